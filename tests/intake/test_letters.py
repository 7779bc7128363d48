"""Workbooks in old fonts: the font tells, the words tell where it is lost, Unicode is left alone."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook as Book
from openpyxl.styles import Font

from sochihoi.intake.fonts import old_fonts
from sochihoi.intake.legacy import Encoding
from sochihoi.intake.letters import in_unicode
from sochihoi.intake.workbook import Sheet, Workbook, read_workbook
from tests.intake.lists import DATA
from tests.intake.test_legacy import encode

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
