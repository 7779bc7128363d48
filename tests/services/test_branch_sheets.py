"""The sheet of one branch for a month: real PDFs, read back."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sochihoi.domain.errors import Cancelled, NotFound
from sochihoi.services.office import Office
from sochihoi.services.reporting.build import WrongSpan
from sochihoi.services.reporting.spans import Span
from sochihoi.services.reports import BRANCH_SHEET, JSON, PDF
from sochihoi.storage.errors import FileExists
from tests.month_data import BRANCHES, OCTOBER, SEPTEMBER, autumn, close_september
from tests.offices import make_office
from tests.report_data import report
from tests.report_data import told as told_of


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "data", moment=datetime(2026, 11, 2, 2, 0, tzinfo=UTC))
    yield made
    made.close()


def october(office: Office) -> Span:
    return office.reports.span(OCTOBER.code)


def words(pdf: bytes, folder: Path) -> str:
    """What stands on the pages."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    file = folder / "paper.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-raw", str(file), "-"], capture_output=True, check=True)
    return done.stdout.decode()


def test_the_paper_has_the_figures_and_meetings_of_the_branch(office: Office, tmp_path: Path) -> None:
    branches = autumn(office)
    close_september(office)
    sheet = report(office, SEPTEMBER, BRANCH_SHEET, branches["Ấp Đại Ân"])
    text = words(office.reports.content(sheet, PDF), tmp_path)
    for said in (
        "BIỂU SỐ LIỆU CHI HỘI",
        "Chi hội Ấp Đại Ân",
        "tháng 9 năm 2026",
        "Kèm theo Báo cáo số 01/BC-BTV",
        "Hội viên cuối kỳ 10",
        "12/09/2026 Sinh hoạt tháng 9",
        "- Chi hội Ấp Đại Ân;",
    ):
        assert said in text, said
    assert "DỰ THẢO" not in text
    assert office.reports.content(sheet, PDF) == office.reports.content(sheet, PDF)
    assert sheet.file_name() == "BieuChiHoi_2026-09_Ap-Dai-An.pdf"


def test_an_open_month_is_a_draft_and_says_when_nobody_met(office: Office, tmp_path: Path) -> None:
    branches = autumn(office)
    sheet = report(office, OCTOBER, BRANCH_SHEET, branches["Ấp Trà Cuôn"])
    text = words(office.reports.content(sheet, PDF), tmp_path)
    assert "DỰ THẢO" in text
    assert "chưa có buổi sinh hoạt" in text
    assert "Kèm theo" not in text
    assert sheet.file_name("json") == "BieuChiHoi_2026-10_Ap-Tra-Cuon_DuThao.json"
    with pytest.raises(WrongSpan):
        report(office, "2025-2030", BRANCH_SHEET, branches["Ấp Trà Cuôn"])


def test_the_json_is_the_row_of_the_branch(office: Office) -> None:
    branches = autumn(office)
    told = told_of(office, OCTOBER, BRANCH_SHEET, branches["Ấp An Hòa"])
    assert told["branch"] == {"id": branches["Ấp An Hòa"], "name": "Ấp An Hòa"}
    assert (told["state"], told["number"], told["date"]) == ("DRAFT", "", None)
    by_code = {one["code"]: one for one in told["figures"]}
    row = office.figures.of(OCTOBER).row("org.attendance_pct", branches["Ấp An Hòa"])
    assert by_code["org.attendance_pct"]["numerator"] == row.now.numerator
    assert "org.branches" not in by_code
    meetings = next(one for one in told["tables"] if one["code"] == "meetings")
    assert [(row["cells"][1], row["cells"][3]) for row in meetings["rows"]] == [("10/10/2026", "7/10")]


@pytest.mark.parametrize("text", ["Ấp An Hòa", "ap an hoa", "AN HOA", "Chi hội An Hòa", "  an hòa "])
def test_a_branch_is_found_by_its_name(office: Office, text: str) -> None:
    branches = autumn(office)
    assert office.reports.branch(october(office), text).id == branches["Ấp An Hòa"]


@pytest.mark.parametrize("text", ["", "ap", "hoa", "Ấp Không Có", "chi hoi "])
def test_a_branch_that_is_not_there_or_not_the_only_one_is_refused(office: Office, text: str) -> None:
    autumn(office)
    with pytest.raises(NotFound):
        office.reports.branch(october(office), text)


def test_all_go_into_a_folder_and_nothing_is_overwritten_unasked(office: Office, tmp_path: Path) -> None:
    autumn(office)
    folder = tmp_path / "bieu"
    files = office.reports.write_all(BRANCH_SHEET, october(office), folder)
    assert len(files) == len(BRANCHES) == len({file.name for file in folder.iterdir()})
    assert all(file.name.isascii() and file.read_bytes().startswith(b"%PDF") for file in files)
    files[1].unlink()
    with pytest.raises(FileExists):
        office.reports.write_all(BRANCH_SHEET, october(office), folder)
    assert not files[1].exists()  # found before anything was written
    assert office.reports.write_all(BRANCH_SHEET, october(office), folder, overwrite=True) == files
    told = office.reports.write_all(BRANCH_SHEET, october(office), folder, kind=JSON)
    assert json.loads(told[0].read_text(encoding="utf-8"))["branch"]["name"] == "Ấp An Hòa"


def test_stopping_leaves_whole_files(office: Office, tmp_path: Path) -> None:
    autumn(office)

    class Stop:
        def step(self, done: int, total: int) -> None:
            assert total == len(BRANCHES)
            if done == 2:
                raise Cancelled

    with pytest.raises(Cancelled):
        office.reports.write_all(BRANCH_SHEET, october(office), tmp_path / "bieu", progress=Stop())
    assert len(list((tmp_path / "bieu").iterdir())) == 2
