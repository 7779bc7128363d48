"""The pack folder beside a book: its definitions and units come first, a broken one is told and left out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from sochihoi import paths
from sochihoi.domain.months import CheckLevel
from sochihoi.domain.periods import Period
from sochihoi.services.office import Office
from sochihoi.ui.words.findings import finding_hint, finding_text
from tests.offices import make_office
from tests.people_data import add_members

OCTOBER = Period.month(2026, 10)
TERM = """
code = "2025-2030"
name = { vi = "Nhiệm kỳ 2025–2030", en = "Term 2025–2030" }
starts = 2025-09-12
ends = 2030-09-11
source = "Đại hội của xã, ngày 12/9/2025"
"""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "data")
    yield made
    made.close()


def put(office: Office, text: str) -> None:
    folder = paths.pack(office.store.folder.path) / "terms"
    folder.mkdir(parents=True)
    (folder / "own.toml").write_text(text, encoding="utf-8")


def test_the_pack_of_the_commune_is_used(office: Office) -> None:
    put(office, TERM)
    assert office.broken_pack is None
    assert office.targets.row("member_net_growth_n", OCTOBER).window.start == date(2025, 9, 12)


def test_a_broken_pack_is_left_out_and_stands_among_the_checks(office: Office) -> None:
    put(office, TERM.replace("ends = 2030-09-11", ""))
    add_members(office, count=2)
    assert office.targets.row("member_net_growth_n", OCTOBER).window.start == date(2025, 7, 1)
    (found,) = [one for one in office.months.checks(OCTOBER) if one.check == "pack.broken"]
    assert found.level is CheckLevel.WARNING
    assert "own.toml" in finding_text(found)
    assert "ends" in finding_text(found)
    assert finding_hint(found)


def test_a_book_without_a_pack_has_nothing_to_say(office: Office) -> None:
    add_members(office, count=2)
    assert office.broken_pack is None
    assert not [one for one in office.months.checks(OCTOBER) if one.check == "pack.broken"]
