"""The papers of all branches in one go: what is frozen is read once, not once for each paper that is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sochihoi.services.office import Office
from sochihoi.services.reports import BRANCH_SHEET
from tests.month_data import SEPTEMBER, autumn, close_september
from tests.offices import make_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "data")
    autumn(made)
    close_september(made)
    yield made
    made.close()


def test_a_kept_paper_does_not_make_figures_be_read_again(office: Office, tmp_path: Path) -> None:
    span = office.reports.span(SEPTEMBER.code)
    before = office.figures.of(SEPTEMBER)
    files = office.reports.write_all(BRANCH_SHEET, span, tmp_path / "sheets")
    branches = office.reports.branches(span)
    assert len(files) == len(branches) >= 2
    assert all(office.reports.issuing.kept(BRANCH_SHEET, span, unit.id) for unit in branches)
    assert office.figures.of(SEPTEMBER) is before  # with each paper anew, the batch would cost the square of its size


def test_a_changed_unit_is_seen_at_once(office: Office) -> None:
    branch = office.figures.of(SEPTEMBER).branches[0]
    office.setup.rename_unit(branch.id, "Khóm Mới")
    assert "Khóm Mới" in [unit.name for unit in office.figures.of(SEPTEMBER).branches]
