"""Workbooks in old fonts: the font tells, the words tell where it is lost, Unicode is left alone."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import Workbook as Book
from openpyxl.styles import Font

from sochihoi.intake.fonts import old_fonts
from sochihoi.intake.legacy import Encoding
from sochihoi.intake.letters import in_unicode
from sochihoi.intake.workbook import Sheet, Workbook, read_workbook
from tests.intake.lists import DATA
from tests.intake.test_legacy import encode
from tests.reports.libreoffice import converted

NAMES = ["Nguyễn thị hồng", "Huỳnh thị như ý", "Trần quỳnh hương", "Vũ khánh ngọc", "Lê thuỳ dương"]


def _book(path: Path, rows: list[list[tuple[str, str]]]) -> Path:
    """Cells as (text, font)."""
    book = Book()
    for row, cells in enumerate(rows, 1):
        for column, (text, font) in enumerate(cells, 1):
            cell = book.active.cell(row, column, text)
            cell.font = Font(name=font)
    book.save(path)
    return path


def test_fonts_of_an_xls_and_of_an_xlsx(tmp_path: Path) -> None:
    fonts = old_fonts(DATA / "hoi-vien-3.xls")["DS"]
    assert set(fonts.values()) == {".VnTime"}
    assert (3, 1) in fonts
    book = _book(tmp_path / "a.xlsx", [[("Hä vµ tªn", ".VnTimeH"), ("Tên", "Arial")]])
    assert old_fonts(book) == {"Sheet": {(0, 0): ".VnTimeH"}}
    assert old_fonts(DATA / "hoi-vien-1.xlsx") == {}
    damaged = tmp_path / "b.xls"
    damaged.write_bytes((DATA / "hoi-vien-3.xls").read_bytes()[:9000])
    assert old_fonts(damaged) == {}


def test_the_font_decides_cell_by_cell_and_draws_capitals(tmp_path: Path) -> None:
    rows = [[("Hä vµ tªn", ".VnTimeH"), ("Ghi chú", "Arial")]]
    rows += [[(encode(name, Encoding.TCVN3), ".VnTime"), ("Hộ nghèo", "Arial")] for name in NAMES]
    path = _book(tmp_path / "a.xlsx", rows)
    told, (done,) = in_unicode(read_workbook(path), old_fonts(path))
    assert [row[0] for row in told.sheets[0].rows] == ["HỌ VÀ TÊN", *NAMES]
    assert [row[1] for row in told.sheets[0].rows] == ["Ghi chú", *["Hộ nghèo"] * 5]
    assert (done.column, done.encoding, done.by_font, done.cells) == (0, Encoding.TCVN3, True, 6)


ODS = """<?xml version="1.0"?>
<office:document-content xmlns:office="urn:o" xmlns:table="urn:t" xmlns:text="urn:x" xmlns:style="urn:s"
xmlns:svg="urn:v"><office:font-face-decls><style:font-face style:name="F1" svg:font-family="'.VnTime'"/>
<style:font-face style:name="VNI-Times" svg:font-family="&apos;VNI-Times&apos;"/>
<style:font-face style:name="Arial" svg:font-family="Arial"/></office:font-face-decls>
<office:automatic-styles><style:style style:name="a"><style:text-properties style:font-name="F1"/></style:style>
<style:style style:name="b" style:parent-style-name="a"/><style:style style:name="c" style:parent-style-name="c"/>
<style:style style:name="u"><style:text-properties style:font-name="Arial"/></style:style>
<style:style style:name="v"><style:text-properties style:font-name="VNI-Times"/></style:style>
</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="DS">
<table:table-column table:default-cell-style-name="b"/><table:table-column table:number-columns-repeated="9999"/>
<table:table-row><table:table-cell/><table:table-cell office:value-type="string"><text:p>A</text:p></table:table-cell>
</table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string"><text:p>B</text:p>
</table:table-cell><table:table-cell table:style-name="u" office:value-type="string"><text:p>C</text:p>
</table:table-cell><table:covered-table-cell table:number-columns-repeated="2"/><table:table-cell table:style-name="c"
office:value-type="string"><text:p><text:span text:style-name="v">D</text:span></text:p></table:table-cell>
<table:table-cell table:style-name="a" office:value-type="float"><text:p>1</text:p></table:table-cell>
</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""


def test_fonts_of_an_opendocument_sheet(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("content.xml", ODS)
    names = {(row, column): name for row in (1, 2) for column, name in ((0, ".VnTime"), (4, "VNI-Times"))}
    assert old_fonts(path) == {"DS": names}


def test_an_opendocument_sheet_of_libreoffice_is_known_by_its_fonts(tmp_path: Path) -> None:
    words = ["Hà", "Bé"]  # too little for the words alone to tell
    rows = [[("Họ và tên", "Arial"), ("Chi hội", "Arial")]]
    rows += [[(encode(w, Encoding.TCVN3), ".VnTime"), (encode("Ấp Đông", Encoding.VNI), "VNI-Times")] for w in words]
    xlsx = _book(tmp_path / "a.xlsx", rows)
    path = tmp_path / "a.ods"
    path.write_bytes(converted({"a.xlsx": xlsx.read_bytes()}, tmp_path, "ods")["a.xlsx"])
    told, done = in_unicode(read_workbook(path), old_fonts(path))
    assert told.sheets[0].rows == (("Họ và tên", "Chi hội"), *((word, "Ấp Đông") for word in words))
    assert [(one.encoding, one.by_font, one.cells) for one in done] == [
        (Encoding.TCVN3, True, 2),
        (Encoding.VNI, True, 2),
    ]


def test_unicode_typed_into_an_old_font_stays(tmp_path: Path) -> None:
    path = _book(tmp_path / "a.xlsx", [[("Hà Lan", ".VnTime")], [("Trà Lê", ".VnTime")], [("Đỗ Hà", ".VnTime")]])
    told, done = in_unicode(read_workbook(path), old_fonts(path))
    assert done == ()
    assert [row[0] for row in told.sheets[0].rows] == ["Hà Lan", "Trà Lê", "Đỗ Hà"]


def test_where_the_font_is_lost_the_words_tell() -> None:
    for encoding in (Encoding.TCVN3, Encoding.VNI):
        rows = tuple((encode(name, encoding), 1971, "Kinh") for name in NAMES)
        told, (done,) = in_unicode(Workbook("a.csv", (Sheet("a", rows),)), {})
        assert [row[0] for row in told.sheets[0].rows] == NAMES
        assert (done.encoding, done.by_font) == (encoding, False)


def test_letters_that_did_not_survive_are_named() -> None:
    rows = tuple((encode(name, Encoding.TCVN3).replace("\u00ad", ""),) for name in NAMES)
    _told, (done,) = in_unicode(Workbook("a.csv", (Sheet("a", rows),)), {})
    assert done.lost == ("hơng", "dơng")


def test_a_workbook_in_unicode_is_the_same_one() -> None:
    for name in ("hoi-vien-1.xlsx", "hoi-vien-2.xlsx"):
        book = read_workbook(DATA / name)
        assert in_unicode(book, old_fonts(DATA / name)) == (book, ())


@pytest.mark.parametrize("sign", ["ü", "þ", "®i"])
def test_ticks_of_wingdings_do_not_make_unicode_an_old_font(sign: str) -> None:
    """``ü`` and ``þ`` are letters of TCVN3: as many as a list has ticks, more than its words in Latin-1 letters."""
    titles = ("Họ và tên", "Năm sinh", "Thẻ BHYT", "Ghi chú")
    rows = (titles, *(("Nguyễn Thị Nở", "1971", sign, "Có") for _ in range(9)))
    book = Workbook("a.csv", (Sheet("a", rows),))
    assert in_unicode(book, {})[0].sheets[0].rows[1][3] == "Có"
    if len(sign) == 1:
        assert in_unicode(book, {}) == (book, ())


def test_a_tick_stays_in_a_list_of_an_old_font() -> None:
    rows = tuple((encode(name, Encoding.TCVN3), "ü") for name in NAMES)
    told, _done = in_unicode(Workbook("a.csv", (Sheet("a", rows),)), {})
    assert {row[1] for row in told.sheets[0].rows} == {"ü"}


def test_ticks_are_told_by_the_font_of_their_cell(tmp_path: Path) -> None:
    signs = [
        ("P", "Wingdings 2"),
        ("R", "Wingdings 2"),
        ("O", "Wingdings 2"),
        ("£", "Wingdings 2"),
        ("ü", "Wingdings"),
        ("\uf0fe", "Wingdings"),
        ("a", "Webdings"),
        ("b", "Marlett"),
        ("Ö", "Symbol"),
        ("P", "Arial"),
        ("Có", "Wingdings 2"),
        ("x", "Wingdings 2"),
    ]
    path = _book(tmp_path / "a.xlsx", [signs])
    told, done = in_unicode(read_workbook(path), old_fonts(path))
    assert told.sheets[0].rows == (("✓", "☑", "✗", "☐", "✓", "☑", "✓", "✓", "√", "P", "Có", "x"),)
    assert done == ()
    ods = tmp_path / "a.ods"
    ods.write_bytes(converted({"a.xlsx": path.read_bytes()}, tmp_path, "ods")["a.xlsx"])
    assert in_unicode(read_workbook(ods), old_fonts(ods))[0].sheets[0].rows[0][:4] == ("✓", "☑", "✗", "☐")


def test_the_font_of_what_was_pasted_goes_before_that_of_its_cell(tmp_path: Path) -> None:
    """A sign put in, a name pasted from an old document: the font stands in the text itself."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_row(0, 0, ["P", "Hµ", "x", "R"])
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name).decode() for name in source.namelist()}
    for text, font in (("P", "Wingdings 2"), ("Hµ", ".VnTime")):
        run = f'<r><rPr><rFont val="{font}"/></rPr><t>{text}</t></r>'
        parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace(f"<t>{text}</t>", run)
    with zipfile.ZipFile(path, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    told, _done = in_unicode(read_workbook(path), old_fonts(path))
    assert told.sheets[0].rows == (("✓", "Hà", "x", "R"),)
