"""Every kind of paper is a file that lasts: its own letters, its own colours, properties that agree, no errors."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from sochihoi.reports import minutes, official, scoring_sheets, sheets, slip
from sochihoi.reports.binding import bound
from sochihoi.reports.cards import Card, CardSheet, cards_pdf
from sochihoi.reports.certificates import Certificate, CertificateBook, certificates_pdf
from sochihoi.reports.colour import srgb_profile
from sochihoi.reports.document import Annex, Heading, Paragraph, Signature
from sochihoi.reports.paper import Properties
from tests.reports import samples, sheet_samples
from tests.reports.conftest import Tool


def _with_annex() -> bytes:
    annex = Annex("Số liệu theo chi hội", (Heading("1. Tổ chức", 1), samples.figures(8)), landscape=True)
    marked = samples.monthly(draft_mark="DỰ THẢO", watermark="XÃ MẪU")
    return official.pdf(replace(marked, annexes=(annex,), keywords=("2026-10", "31615")))


def _cards() -> bytes:
    card = Card("Nguyễn Thị Hạnh", ("Chi hội Ấp An Hòa", "Sinh năm 1970"), "HV-00012")
    return cards_pdf(CardSheet(sheet_samples.UNIT, "THẺ HỘI VIÊN", (card,) * 12, sheet_samples.MADE_ON, "#862758"))


def _certificates() -> bytes:
    one = Certificate(
        "Bà Nguyễn Thị Hạnh", "Đạt danh hiệu gia đình 5 không, 3 sạch, 3 an", "Ấp An Hòa", qr="SCH:HO-0012"
    )
    signer = Signature("CHỦ TỊCH", "Trần Thị Ngọc Ánh", "TM. BAN THƯỜNG VỤ\nKT. CHỦ TỊCH")
    return certificates_pdf(
        CertificateBook(
            ("HỘI LHPN XÃ HÒA PHÚ",),
            "CÔNG NHẬN",
            (one, replace(one, who="Bà Lê Thị Đào")),
            "Hòa Phú, ngày 20 tháng 10 năm 2026",
            signer,
            sheet_samples.MADE_ON,
            "#862758",
            "Giấy công nhận",
        )
    )


def _bound(*texts: str) -> bytes:
    papers = [official.pdf(samples.monthly((Paragraph(text),))) for text in texts]
    return bound(papers, Properties("Giấy tờ các chi hội", "Hội LHPN xã Hòa Phú", sheet_samples.MADE_ON))


PAPERS: dict[str, Callable[[], bytes]] = {
    "report": _with_annex,
    "minutes": lambda: minutes.minutes_pdf(sheet_samples.minutes()),
    "attendance": lambda: sheets.attendance_pdf(sheet_samples.attendance(30)),
    "attendances": lambda: sheets.attendance_batch_pdf([sheet_samples.attendance(30), sheet_samples.attendance(5)]),
    "list": lambda: sheets.list_pdf(sheet_samples.members(60)),
    "households": lambda: scoring_sheets.household_pdf(sheet_samples.households()),
    "branch": lambda: scoring_sheets.branch_pdf(sheet_samples.branch()),
    "cards": _cards,
    "bound": lambda: _bound("Một.", "Hai."),
    "certificates": _certificates,
    "file slip": lambda: slip.file_slip_pdf(sheet_samples.file_slip()),
    "key slip": lambda: slip.key_slip_pdf(sheet_samples.key_slip()),
    "recovery": lambda: slip.recovery_sheet_pdf(sheet_samples.recovery()),
}


@pytest.fixture(params=list(PAPERS))
def pdf(request: pytest.FixtureRequest) -> bytes:
    return PAPERS[request.param]()


@pytest.fixture
def unpacked(pdf: bytes, tool: Tool, tmp_path: Path) -> bytes:
    """The file with nothing packed away in it."""
    tool(pdf, "qpdf", "--qdf", "--object-streams=disable", "{}", "{}.qdf")
    return (tmp_path / "paper.pdf.qdf").read_bytes()


def test_sound_and_with_embedded_letters_only(pdf: bytes, unpacked: bytes, tool: Tool) -> None:
    assert "No syntax or stream encoding errors" in tool(pdf, "qpdf", "--check", "{}")
    rows = tool(pdf, "pdffonts", "{}").splitlines()[2:]
    assert rows
    for row in rows:
        assert "LiberationSerif" in row
        assert row.split()[-5:-2] == ["yes", "yes", "yes"], row
    # Nor is a base font named that nobody embeds
    assert not re.search(rb"Helvetica|Times-Roman|ZapfDingbats|Courier", unpacked)


def test_properties_agree_with_each_other(pdf: bytes, tool: Tool) -> None:
    told = (line.split(":", 1) for line in tool(pdf, "pdfinfo", "{}").splitlines() if ":" in line)
    info = {key.strip(): value.strip() for key, value in told}
    meta = tool(pdf, "pdfinfo", "-meta", "{}")

    def of(name: str) -> str:
        found = re.search(rf"<{name}>(?:<rdf:\w+><rdf:li[^>]*>)?([^<]*)<", meta)
        assert found is not None, name
        return found[1]

    assert info["Title"] == of("dc:title") == of("dc:description") == info["Subject"]
    assert info["Author"] == of("dc:creator")
    assert info["Keywords"] == of("pdf:Keywords")
    assert info["Creator"] == of("xmp:CreatorTool") == "Sổ Chi hội"
    assert info["Producer"] == of("pdf:Producer")
    made = of("xmp:CreateDate")
    assert made == of("xmp:ModifyDate")
    assert f"(D:{made[:10].replace('-', '')}000000+07'00')".encode() in pdf
    assert of("dc:language") == "vi-VN"
    assert (of("pdfaid:part"), of("pdfaid:conformance")) == ("2", "B")
    assert (info["JavaScript"], info["Encrypted"], info["Form"]) == ("no", "no", "none")


def test_catalogue_says_language_title_and_colours(unpacked: bytes) -> None:
    catalogue = next(part for part in unpacked.split(b"endobj") if b"/Type /Catalog" in part)
    assert b"/Lang (vi-VN)" in catalogue
    assert b"/S /GTS_PDFA1" in catalogue
    assert b"/Metadata" in catalogue
    assert b"/PageLabels" in catalogue
    assert b"/DisplayDocTitle true" in unpacked
    assert srgb_profile() in unpacked
    for forbidden in (b"/JavaScript", b"/EmbeddedFile", b"/LZWDecode", b"/Encrypt", b"/SMask ", b"/Launch", b"/URI"):
        assert forbidden not in unpacked


def _identity(pdf: bytes) -> bytes:
    found = re.search(rb"/ID\s*\[<([0-9a-fA-F]{32})><([0-9a-fA-F]{32})>\]", pdf)
    assert found is not None
    assert found[1] == found[2]
    return found[1]


def test_identity_is_of_the_content() -> None:
    one, other = (official.pdf(samples.monthly((Paragraph(text),))) for text in ("Một.", "Hai."))
    assert _identity(one) != _identity(other)  # the titles are the same
    assert _identity(one) == _identity(official.pdf(samples.monthly((Paragraph("Một."),))))


def test_bound_papers_are_the_same_bytes_again_with_all_pages_in_order(tool: Tool) -> None:
    made = _bound("Một.", "Hai.")
    assert made == _bound("Một.", "Hai.")
    assert _identity(made) != _identity(_bound("Hai.", "Một."))
    text = tool(made, "pdftotext", "-raw", "{}", "-")
    assert text.index("Một.") < text.index("Hai.")
    assert text.count("CỘNG HÒA XÃ HỘI") == text.count("\f") == 2


def test_pages_of_a_batch_are_labelled_as_their_feet_say() -> None:
    import pypdfium2

    two = [sheet_samples.attendance(60), sheet_samples.attendance(10)]
    document = pypdfium2.PdfDocument(sheets.attendance_batch_pdf(two))
    labels = [document.get_page_label(at) for at in range(len(document))]
    document.close()
    assert labels == [*(str(at) for at in range(1, len(labels))), "1"]


def test_the_profile_means_srgb() -> None:
    from PIL import Image, ImageCms

    profile = ImageCms.ImageCmsProfile(BytesIO(srgb_profile()))
    colours = Image.new("RGB", (16, 16))
    colours.putdata([(at, 255 - at, at * 7 % 256) for at in range(256)])
    seen = ImageCms.profileToProfile(colours, profile, ImageCms.createProfile("sRGB"))
    assert seen is not None
    assert seen.tobytes() == colours.tobytes()
    assert len(srgb_profile()) == int.from_bytes(srgb_profile()[:4], "big") <= 600
