"""Every form says what it said, figure by figure and word by word. A wanted change: ``tests.golden.reports.make``."""

from __future__ import annotations

import difflib
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from sochihoi.services.office import Office
from sochihoi.services.report_forms import Scope
from sochihoi.services.reporting.paper import document
from sochihoi.services.reporting.report import Report
from tests.conftest import FindTool
from tests.golden.reports.commune import golden_commune
from tests.golden.reports.level_above import golden_above
from tests.golden.reports.papers import ABOVE, FOLDER, REPORTS, make, text, told
from tests.reports import libreoffice as suite

FORMS = (*REPORTS, *ABOVE)


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Office]]:
    """By form: the commune, or the level above."""
    folder = tmp_path_factory.mktemp("golden")
    with golden_commune(folder / "commune") as commune, golden_above(folder) as above:
        yield dict.fromkeys(REPORTS, commune) | dict.fromkeys(ABOVE, above)


@pytest.fixture(scope="module")
def papers(offices: Mapping[str, Office]) -> dict[str, Report]:
    """Every report, made once."""
    return {form: make(office, form) for form, office in offices.items()}


@pytest.fixture(scope="module")
def pages(offices: Mapping[str, Office], papers: dict[str, Report]) -> dict[str, bytes]:
    """Their PDF files."""
    return {form: offices[form].reports.content(papers[form], "pdf") for form in FORMS}


def same(kept: str, made: str, name: str) -> None:
    """Fails with the lines that differ."""
    lines = difflib.unified_diff(
        kept.splitlines(), made.splitlines(), f"{name} (kept)", f"{name} (made)", lineterm="", n=0
    )
    difference = "\n".join(lines)
    assert not difference, f"\n{difference}"


def test_every_form_has_its_golden_report(offices: Mapping[str, Office]) -> None:
    for office, kept in ((offices["month"], REPORTS), (offices["above"], ABOVE)):
        mine = {one.code for one in office.definitions.forms if (one.scope is Scope.ABOVE) is office.is_receiver}
        assert mine == set(kept)


@pytest.mark.parametrize("form", FORMS)
def test_figures_sentences_and_tables(papers: dict[str, Report], form: str) -> None:
    same((FOLDER / f"{form}.json").read_text(encoding="utf-8"), told(papers[form]), f"{form}.json")


@pytest.mark.parametrize("form", FORMS)
def test_the_text_of_the_paper(pages: dict[str, bytes], form: str, tmp_path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    same((FOLDER / f"{form}.txt").read_text(encoding="utf-8"), text(pages[form], tmp_path), f"{form}.txt")


@pytest.fixture(scope="module")
def printed(
    offices: Mapping[str, Office], papers: dict[str, Report], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, bytes]:
    """``month.docx``, ``month.xlsx`` … as LibreOffice prints them."""
    files = {
        f"{form}-{kind}.{kind}": offices[form].reports.content(papers[form], kind)
        for form in FORMS
        for kind in ("docx", "xlsx")
    }
    return suite.converted(files, tmp_path_factory.mktemp("office"))


@pytest.mark.parametrize("form", FORMS)
def test_word_and_excel_lose_no_word_of_it(
    form: str, papers: dict[str, Report], printed: dict[str, bytes], tmp_path: Path
) -> None:
    paper = document(papers[form])
    assert suite.lost_from_word(paper, printed[f"{form}-docx.docx"], tmp_path) == []
    assert suite.lost_from_workbook(paper, printed[f"{form}-xlsx.xlsx"], tmp_path) == []


@pytest.mark.parametrize("form", FORMS)
def test_the_file_is_sound_and_brings_its_letters(
    form: str, pages: dict[str, bytes], tool: FindTool, tmp_path: Path
) -> None:
    file = tmp_path / f"{form}.pdf"
    file.write_bytes(pages[form])

    def told(*words: str) -> str:
        done = subprocess.run([tool(words[0]), *words[1:], str(file)], check=True, capture_output=True, text=True)
        return done.stdout

    assert "No syntax or stream encoding errors" in told("qpdf", "--check")
    fonts = [row.split() for row in told("pdffonts").splitlines()[2:]]
    assert fonts
    assert {tuple(row[-5:-2]) for row in fonts} == {("yes", "yes", "yes")}, "embedded, a subset, with its letters"
