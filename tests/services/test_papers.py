"""The monthly report as paper and as JSON: real PDFs, read back."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sochihoi.reports import preview
from sochihoi.services.office import Office
from sochihoi.services.reporting.build import WrongSpan
from sochihoi.services.reporting.proving import prove
from tests.month_data import OCTOBER, SEPTEMBER, add_households, autumn, close_september
from tests.offices import make_office
from tests.report_data import pdf as pdf_of
from tests.report_data import report as report_of
from tests.report_data import told as told_of
from tests.report_data import write

AFTER = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "data", moment=AFTER)
    made.setup.save_commune(replace(made.commune, signer_name="Trần Thị Mẫu"))
    yield made
    made.close()


def words(pdf: bytes, folder: Path) -> str:
    """What stands on the pages."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    file = folder / "paper.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-raw", str(file), "-"], capture_output=True, check=True)
    return done.stdout.decode()


def test_the_paper_of_a_closed_month(office: Office, tmp_path: Path) -> None:
    autumn(office)
    add_households(office)
    close_september(office)
    office.months.close(OCTOBER, "Hoãn vì ngập nước")
    text = words(pdf_of(office, OCTOBER), tmp_path)
    for said in (
        "HỘI LHPN XÃ HÒA PHÚ",
        "BAN THƯỜNG VỤ",
        "Số: 02/BC-BTV",
        "Xã Hòa Phú, ngày 02 tháng 11 năm 2026",
        "BÁO CÁO",
        "I. KẾT QUẢ CÔNG TÁC HỘI VÀ PHONG TRÀO PHỤ NỮ",
        "4/5 chi hội sinh hoạt đúng kỳ",
        "SỐ LIỆU CÔNG TÁC HỘI THÁNG 10 NĂM 2026",
        "SỐ LIỆU THEO CHI HỘI THÁNG 10 NĂM 2026",
        "Toàn xã",
        "TM. BAN THƯỜNG VỤ",
        "CHỦ TỊCH",
        "Trần Thị Mẫu",
        "Nơi nhận:",
        "./.",
    ):
        assert said in text, said
    assert "DỰ THẢO" not in text
    assert "XÃ MẪU" not in text


def test_figures_are_annexes_that_the_body_names(office: Office, tmp_path: Path) -> None:
    autumn(office)
    add_households(office)
    close_september(office)
    office.months.close(OCTOBER, "Hoãn vì ngập nước")
    text = " ".join(words(pdf_of(office, OCTOBER), tmp_path).replace("\u00a0", " ").split())
    body, _signed, behind = text.partition("Trần Thị Mẫu")
    assert "(kèm theo Phụ lục I: số liệu công tác Hội; Phụ lục II: số liệu theo chi hội)./." in body
    assert "Nơi nhận:" not in behind.partition("Phụ lục I ")[2]
    for name, title in (("Phụ lục I", "SỐ LIỆU CÔNG TÁC HỘI"), ("Phụ lục II", "SỐ LIỆU THEO CHI HỘI")):
        assert (
            f"{name} {title} THÁNG 10 NĂM 2026 "
            "(Kèm theo Báo cáo số 02/BC-BTV ngày 02 tháng 11 năm 2026 của Hội LHPN xã Hòa Phú)"
        ) in behind
    assert "SỐ LIỆU" not in body


def test_a_month_without_figures_has_no_annex(office: Office, tmp_path: Path) -> None:
    text = words(pdf_of(office, OCTOBER), tmp_path)
    assert "Phụ lục" not in text


def test_the_same_month_gives_the_same_bytes(office: Office) -> None:
    autumn(office)
    close_september(office)
    assert pdf_of(office, SEPTEMBER) == pdf_of(office, SEPTEMBER)


def test_an_open_month_is_marked_as_a_draft_without_a_number(office: Office, tmp_path: Path) -> None:
    autumn(office)
    text = words(pdf_of(office, OCTOBER), tmp_path)
    assert "DỰ THẢO" in text
    assert "/BC-BTV" in text
    report = report_of(office, OCTOBER)
    assert report.is_draft
    assert report.file_name() == "BaoCao_2026-10_DuThao.pdf"
    with pytest.raises(WrongSpan):
        pdf_of(office, "2026-Q3")


def test_a_supplement_says_that_it_takes_the_place_of_the_first(office: Office, tmp_path: Path) -> None:
    autumn(office)
    close_september(office)
    office.months.begin_supplement(SEPTEMBER, "Sót một buổi")
    assert report_of(office, SEPTEMBER).is_draft
    office.months.close(SEPTEMBER, "Đã bổ sung")
    report = report_of(office, SEPTEMBER)
    assert report.file_name() == "BaoCao_2026-09_L2.pdf"
    assert "bổ sung, thay báo cáo trước: Sót một buổi" in words(pdf_of(office, SEPTEMBER), tmp_path)


def test_a_demonstration_is_watermarked(tmp_path: Path) -> None:
    demo = make_office(tmp_path / "demo", moment=AFTER, demo=True)
    autumn(demo)
    pdf = pdf_of(demo, OCTOBER)
    assert "XÃMẪU" in words(pdf, tmp_path).replace("\n", "")  # letter by letter, because it stands aslant
    assert len(preview.page_sizes(pdf)) >= 2
    assert told_of(demo, OCTOBER)["demonstration"] is True
    demo.close()


def test_the_json_says_the_same_as_the_paper(office: Office) -> None:
    branches = autumn(office)
    close_september(office)
    closing = office.months.close(OCTOBER, "Hoãn vì ngập nước")
    write(office, OCTOBER, "situation", "Tư tưởng ổn định.")
    told = told_of(office, OCTOBER)
    assert json.loads(json.dumps(told)) == told
    assert (told["period"], told["state"], told["edition"]) == ("2026-10", "CLOSED", 1)
    assert (told["number"], told["date"]) == ("02/BC-BTV", "2026-11-02")
    proof = prove(office, told["paper_code"])
    assert (proof.period, proof.edition, proof.number) == (closing.period, 1, closing.report_number)
    assert told["unit"] == {"code": "99001", "name": "Hội LHPN xã Hòa Phú"}
    by_code = {one["code"]: one for one in told["figures"]}
    assert (by_code["org.branches_met"]["numerator"], by_code["org.branches_met"]["denominator"]) == (4, 5)
    first = told["sections"][0]
    assert (first["code"], first["text"], first["edited"], first["numeral"]) == (
        "situation",
        "Tư tưởng ổn định.",
        True,
        "I",
    )
    assert {one["id"] for one in told["branches"]} == set(branches.values())
    assert told_of(office, SEPTEMBER)["number"] == "01/BC-BTV"
