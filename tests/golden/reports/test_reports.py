"""Every form says what it said, figure by figure and word by word. A wanted change: ``tests.golden.reports.make``."""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sochihoi.services.office import Office
from tests.golden.reports.commune import golden_commune
from tests.golden.reports.papers import FOLDER, REPORTS, make, text, told


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with golden_commune(tmp_path_factory.mktemp("golden") / "commune") as made:
        yield made


def same(kept: str, made: str, name: str) -> None:
    """Fails with the lines that differ."""
    lines = difflib.unified_diff(
        kept.splitlines(), made.splitlines(), f"{name} (kept)", f"{name} (made)", lineterm="", n=0
    )
    difference = "\n".join(lines)
    assert not difference, f"\n{difference}"


def test_every_form_has_its_golden_report(office: Office) -> None:
    assert {one.code for one in office.definitions.forms} == set(REPORTS)


@pytest.mark.parametrize("form", REPORTS)
def test_figures_sentences_and_tables(office: Office, form: str) -> None:
    same((FOLDER / f"{form}.json").read_text(encoding="utf-8"), told(make(office, form)), f"{form}.json")


@pytest.mark.parametrize("form", REPORTS)
def test_the_text_of_the_paper(office: Office, form: str, tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    made = text(office.reports.content(make(office, form), "pdf"), tmp_path)
    same((FOLDER / f"{form}.txt").read_text(encoding="utf-8"), made, f"{form}.txt")
