"""Sheets with more empty cells than anybody could hold: read without them, and refused where that does not help."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sochihoi.intake import guard, painted
from sochihoi.intake.annotating import annotated
from sochihoi.intake.columns import map_workbook
from sochihoi.intake.errors import FileTrouble
from sochihoi.intake.interpret import open_list
from sochihoi.intake.painted import pieces, whole_rows, without_empty
from tests.intake.lists import write
from tests.intake.test_workbook import archive, trouble

SHEET = "xl/worksheets/sheet1.xml"


def below(path: Path, rows: str) -> Path:
    """A list of one member with these rows below."""
    write(path, [["Họ tên", "Năm sinh", "Chi hội"], ["Lê Thị Lan", 1971, "Ấp Đông"]])
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    return archive(path, parts | {SHEET: parts[SHEET].replace(b"</sheetData>", f"{rows}</sheetData>".encode())})


def test_a_painted_sheet_is_read_in_pieces_and_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "PAINTED_FROM", 1000)
    monkeypatch.setattr(guard, "MAX_BYTES", 40_000)
    monkeypatch.setattr(painted, "_PIECE", 700)
    formula = '<c r="A{0}" t="str"><f>IF(B{0}="","",A{0}+1)</f><v></v></c><c r="B{0}" s="0"/>'
    rows = "".join(f'<row r="{at}" s="0">{formula.format(at)}</row>' for at in range(3, 2000))
    path = below(tmp_path / "a.xlsx", rows + '<row r="2000"><c r="C2000" t="inlineStr"><is><t>Hết</t></is></c></row>')
    opened = open_list(path)
    (sheet,) = opened.workbook.sheets
    assert (sheet.rows[1], sheet.rows[-1]) == (("Lê Thị Lan", 1971, "Ấp Đông"), ("", "", "Hết"))
    assert len(sheet.rows) == 2000
    back = load_workbook(io.BytesIO(annotated(path, opened.workbook, map_workbook(opened.workbook), [], "Cần xem lại")))
    assert back.worksheets[0]["A2"].value == "Lê Thị Lan"
    full = "".join(f'<row r="{at}"><c r="A{at}"><v>{at}</v></c></row>' for at in range(3, 2000))
    assert trouble(below(path, full)) is FileTrouble.TOO_LARGE
    monkeypatch.setattr(guard, "MAX_RATIO", 2)
    assert trouble(below(path, rows)) is FileTrouble.TOO_COMPRESSED
    monkeypatch.setattr(guard, "MAX_PAINTED", 50_000)
    assert trouble(path) is FileTrouble.TOO_LARGE


def test_a_part_that_lies_of_its_size_is_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "PAINTED_FROM", 10)
    whole = (below(tmp_path / "a.xlsx", "")).read_bytes()
    with zipfile.ZipFile(io.BytesIO(whole)) as source:
        about = source.getinfo(SHEET)
    for size in (about.file_size - 1, about.file_size + 1):
        lied = whole.replace(about.file_size.to_bytes(4, "little"), size.to_bytes(4, "little"))
        (tmp_path / "b.xlsx").write_bytes(lied)
        assert trouble(tmp_path / "b.xlsx") is FileTrouble.DAMAGED


def test_only_what_says_where_it_stands_is_left_out() -> None:
    kept = b'<row r="2"><c r="A2"><v>1</v></c><c/><c><v>2</v></c><c r="B2" t="str"><v>a</v></c></row>'
    empty = b'<row r="3" s="1"><c r="A3" s="1"/><x:c r="B3"></x:c><c r="C3" t="str"><f>B3</f><v/></c></row><row r="4"/>'
    assert without_empty(kept + empty) == kept
    counted = b'<row r="2"><c r="A2"/><c><v>1</v></c></row><row r="3"/><row><c r="A4"><v>1</v></c></row>'
    assert without_empty(counted) == counted
    assert without_empty(b"<row/><row><c/></row>") == b"<row/><row><c/></row>"


def test_pieces_are_the_whole_and_end_where_a_row_begins() -> None:
    rows = b"".join(b'<row r="%d"><c r="A1"/></row>' % at for at in range(200_000))
    packed = zlib.compress(rows, wbits=-15)
    found = list(whole_rows(pieces(io.BytesIO(packed), len(packed))))
    assert b"".join(found) == rows
    assert len(found) > 1
    assert all(part.startswith(b"<row ") for part in found)
    with pytest.raises(zlib.error):
        list(pieces(io.BytesIO(packed[:-50]), len(packed)))
