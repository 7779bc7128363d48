"""``report --format docx|xlsx``: one paper, one branch, all branches."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest

from sochihoi.cli.frame import main
from tests.month_data import autumn
from tests.offices import PASSWORD, around, make_office

Run = Callable[..., int]


@pytest.fixture(scope="module")
def commune(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("commune") / "data"
    office = make_office(folder)
    autumn(office)
    office.close()
    return folder


@pytest.fixture
def run(commune: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("SOCHIHOI_PASSWORD", PASSWORD)
    return lambda *arguments: main(["--data", str(commune), "--lang", "en", *arguments], around("cli"))


def test_a_word_document_for_going_on_writing(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "BaoCao.docx"
    for period, title in (("2026-10", "tháng 10 năm 2026"), ("2026-Q3", "quý III năm 2026"), ("2026", "năm 2026")):
        assert run("report", "--period", period, "--format", "docx", "--out", str(out), "--force") == 0
        made = docx.Document(str(out))
        assert title in made.core_properties.title
        assert "BÁO CÁO" in [one.text for one in made.paragraphs if one.style is not None and one.style.name == "Title"]
    assert run("report", "--period", "2026", "--format", "docx", "--out", str(out)) == 1  # it is there already


def test_a_workbook_for_going_on_counting(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "SoLieu.xlsx"
    assert run("report", "--period", "2026-10", "--format", "xlsx", "--out", str(out)) == 0
    book = openpyxl.load_workbook(out)
    assert any("chi hội" in name for name in book.sheetnames)
    members = [row[1].value for row in book.worksheets[0].iter_rows() if row[0].value == "Hội viên cuối tháng"]
    assert members == [50]


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_one_branch_and_all_branches(kind: str, run: Run, tmp_path: Path) -> None:
    one, every = tmp_path / f"bieu.{kind}", tmp_path / "bieu"
    asked = ("report", "--period", "2026-10", "--format", kind)
    assert run(*asked, "--unit", "ap tra cuon", "--out", str(one)) == 0
    assert run(*asked, "--all", "--out", str(every)) == 0
    names = sorted(path.name for path in every.iterdir())
    assert len(names) == 5
    assert all(name.endswith(f"_DuThao.{kind}") for name in names)
    (same,) = (every / name for name in names if "Tra-Cuon" in name)
    assert same.read_bytes() == one.read_bytes()
