"""Files of every kind, and files that are none."""

from __future__ import annotations

import io
import random
import shutil
import struct
import unicodedata
import zipfile
from pathlib import Path

import openpyxl
import pytest

from sochihoi.intake import guard, workbook
from sochihoi.intake.errors import FileTrouble, ListNotRead
from sochihoi.intake.interpret import read_members
from sochihoi.intake.workbook import read_workbook
from tests.intake.lists import DATA, TODAY, write

ROWS = "Họ và tên{0}Ngày sinh{0}Số điện thoại{0}Địa chỉ{0}Chi hội\n"
LINE = 'Lê Thị Lan{0}8/3/71{0}0512169593{0}"Số 49, Ấp An Hòa"{0}Ấp An Hòa\n'


def trouble(path: Path) -> FileTrouble:
    with pytest.raises(ListNotRead) as refused:
        read_workbook(path)
    assert refused.value.file == path.name
    return refused.value.trouble


def archive(path: Path, parts: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", kind) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return path


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_files(tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text((ROWS + LINE * 2).format(delimiter), encoding=encoding)
    first, second = read_members(path, TODAY).rows
    assert (first.name, str(first.birth), first.phone) == ("Lê Thị Lan", "1971-03-08", "0512169593")
    assert (first.address, first.branch, second.row) == ("Số 49, Ấp An Hòa", "Ấp An Hòa", 3)


def test_unquoted_commas_do_not_make_a_comma_the_separator(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text((ROWS + LINE.replace('"', "") * 3).format("\t"), encoding="utf-8")
    assert read_members(path, TODAY).rows[2].address == "Số 49, Ấp An Hòa"


def test_rows_of_a_text_file_may_be_short_or_long(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("STT;Họ tên;Năm sinh;Chi hội\n1;Lê Thị Lan\n2;Lê Thị Liên;1980;Ấp Đông;;;x\n\n", encoding="utf-8")
    assert [row.name for row in read_members(path, TODAY).rows] == ["Lê Thị Lan", "Lê Thị Liên"]


def test_text_in_an_old_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    rows = "Họ và tên;Năm sinh;Địa chỉ\nTrần Thị Thúy;1971;Số 4, Ấp Mỹ Thuận\nLê Thị Hoàng Yến;1965;Ấp Đầu Giồng\n"
    path.write_bytes(windows_1258(rows))
    assert trouble(path) is FileTrouble.TEXT_ENCODING
    path.write_bytes("Gr\xfc\xdfe;Stra\xdfe".encode("latin-1"))
    assert trouble(path) is FileTrouble.TEXT_ENCODING
    path.write_bytes(b'"' + b"a" * 200_000)
    assert trouble(path) is FileTrouble.DAMAGED
    path.write_bytes(b"")
    assert read_workbook(path).sheets[0].rows == ()


@pytest.mark.parametrize(
    "text",
    [
        "Hä vµ tªn;N¨m sinh;§Þa chØ\nTrÇn ThÞ Thóy;1971;Êp Mü ThuËn\nLª ThÞ Hoµng YÕn;1965;Êp §Çu Giång\n",
        (
            "Hoï vaø teân;Naêm sinh;Ñòa chæ\nTraàn Thò Thuùy;1971;AÁp Myõ Thuaän\n"
            "Leâ Thò Hoaøng Yeán;1965;AÁp Ñaàu Gioàng\n"
        ),
    ],
)
@pytest.mark.parametrize("encoding", ["latin-1", "utf-8", "utf-8-sig"])
def test_text_of_an_old_font_is_known_by_its_words(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode(encoding))
    found = read_members(path, TODAY)
    assert [row.name for row in found.rows] == ["Trần Thị Thúy", "Lê Thị Hoàng Yến"]
    assert [row.address for row in found.rows] == ["Ấp Mỹ Thuận", "Ấp Đầu Giồng"]


def windows_1258(text: str) -> bytes:
    """As Windows writes Vietnamese: the letter, then its tone as a sign of its own."""
    parts = unicodedata.normalize("NFD", text)
    for quality in ("a\u0302", "a\u0306", "e\u0302", "o\u0302", "o\u031b", "u\u031b"):
        for spelt in (quality, quality[0].upper() + quality[1]):
            parts = parts.replace(spelt, unicodedata.normalize("NFC", spelt))
    for quality in ("a\u0323\u0302", "e\u0323\u0302", "o\u0323\u0302", "a\u0323\u0306"):
        for spelt in (quality, quality[0].upper() + quality[1:]):
            parts = parts.replace(spelt, unicodedata.normalize("NFC", spelt[0] + spelt[2]) + "\u0323")
    return parts.encode("cp1258")


def test_the_kind_is_told_by_the_content(tmp_path: Path) -> None:
    disguised = tmp_path / "really-new.xls"
    shutil.copy(DATA / "hoi-vien-1.xlsx", disguised)
    assert len(read_workbook(disguised).sheets[0].rows) == 401
    page = tmp_path / "page.xls"
    page.write_text("<html><table></table></html>", encoding="utf-8")
    assert trouble(page) is FileTrouble.UNKNOWN_KIND
    assert trouble(tmp_path / "nowhere.xlsx") is FileTrouble.MISSING
    assert trouble(tmp_path) is FileTrouble.MISSING


def test_cells_keep_their_places(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page["C3"] = "x"
    book.create_chartsheet("Biểu đồ")
    book.save(tmp_path / "a.xlsx")
    (sheet,) = read_workbook(tmp_path / "a.xlsx").sheets
    assert sheet.rows == (("", "", ""), ("", "", ""), ("", "", "x"))


def test_damaged_files(tmp_path: Path) -> None:
    whole = (DATA / "hoi-vien-1.xlsx").read_bytes()
    path = tmp_path / "a.xlsx"
    path.write_bytes(whole[:-500])
    assert trouble(path) is FileTrouble.DAMAGED
    archive(path, {"a.txt": b"no workbook"})
    assert trouble(path) is FileTrouble.DAMAGED
    archive(path, {"a.txt": b"x"}, zipfile.ZIP_BZIP2)
    assert trouble(path) is FileTrouble.DAMAGED
    old = tmp_path / "a.xls"
    old.write_bytes((DATA / "hoi-vien-3.xls").read_bytes()[:3000])
    assert trouble(old) is FileTrouble.DAMAGED


def test_a_panic_of_the_reader_is_a_damaged_file(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.xls"
    whole = (DATA / "hoi-vien-3.xls").read_bytes()
    for length in range(36_600, len(whole), 97):
        path.write_bytes(whole[:length])
        try:
            read_workbook(path)
        except ListNotRead as refused:
            assert refused.trouble is FileTrouble.DAMAGED  # noqa: PT017 - a cut at a block's end is read whole
    capfd.readouterr()


def test_a_workbook_with_a_password(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes((DATA / "hoi-vien-3.xls").read_bytes()[:1536] + "EncryptedPackage".encode("utf-16-le"))
    assert trouble(path) is FileTrouble.LOCKED


def test_an_opendocument_list(tmp_path: Path) -> None:
    row = "<table:table-row>{}</table:table-row>"
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = [["Họ tên", "Năm sinh", "Chi hội"], ["Lê Thị Lan", "8/3/71", "Ấp Đông"]]
    body = "".join(row.format("".join(cell.format(text) for text in texts)) for texts in rows)
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="DS">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    parts = {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": content.encode(),
        "META-INF/manifest.xml": manifest.encode(),
    }
    (found,) = read_members(archive(tmp_path / "a.ods", parts, zipfile.ZIP_STORED), TODAY).rows
    assert (found.sheet, found.name, str(found.birth), found.branch) == ("DS", "Lê Thị Lan", "1971-03-08", "Ấp Đông")


def test_too_large_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_BYTES", 1000)
    assert trouble(DATA / "hoi-vien-1.xlsx") is FileTrouble.TOO_LARGE


def test_a_bomb_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.xlsx", {"xl/worksheets/sheet1.xml": b"0" * 20_000_000})
    assert path.stat().st_size < 100_000
    assert trouble(path) is FileTrouble.TOO_COMPRESSED


def test_many_parts_and_many_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = archive(tmp_path / "a.xlsx", {f"{number}.xml": b"<a/>" for number in range(201)})
    assert trouble(path) is FileTrouble.TOO_MANY_PARTS
    monkeypatch.setattr(guard, "MAX_BYTES", 1000)
    archive(path, {"a.xml": bytes(range(256)) * 2, "b.xml": bytes(range(256)) * 2})
    assert trouble(path) is FileTrouble.TOO_LARGE


def test_a_size_that_lies_is_damage(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.xlsx", {"a.xml": b"<a>12345</a>"})
    content = bytearray(path.read_bytes())
    entry = content.index(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = struct.pack("<I", 3)
    path.write_bytes(content)
    assert trouble(path) is FileTrouble.DAMAGED


def test_a_locked_archive_is_named_so(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.xlsx", {"a.xml": b"<a/>"})
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert trouble(path) is FileTrouble.LOCKED


@pytest.mark.parametrize(
    "text",
    [
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>',
        b'<!ENTITY b "c">',
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a>'.encode("utf-16"),
    ],
)
def test_document_types_and_entities_are_refused(tmp_path: Path, text: bytes) -> None:
    good = io.BytesIO((DATA / "hoi-vien-1.xlsx").read_bytes())
    with zipfile.ZipFile(good) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    parts["xl/sharedStrings.xml"] = text
    assert trouble(archive(tmp_path / "a.xlsx", parts)) is FileTrouble.ENTITIES


def test_a_cell_in_the_far_corner_of_an_old_workbook_is_refused() -> None:
    """far.xls has three filled cells, the last of them in IV65536."""
    assert trouble(DATA / "far.xls") is FileTrouble.TOO_LARGE


def test_a_cell_in_the_far_corner_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", [["Họ tên"]])
    book = openpyxl.load_workbook(path)
    page = book.active
    assert page is not None
    page["XFD1048576"] = "x"
    book.save(path)
    assert trouble(path) is FileTrouble.TOO_LARGE


def far(path: Path, cell: str) -> Path:
    """A list of one member and a cell of any kind in the farthest corner."""
    write(path, [["Họ tên", "Năm sinh", "Chi hội"], ["Lê Thị Lan", 1971, "Ấp Đông"]])
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    row = f'<row r="1048576">{cell}</row></sheetData>'.encode()
    sheet = "xl/worksheets/sheet1.xml"
    return archive(path, parts | {sheet: parts[sheet].replace(b"</sheetData>", row)})


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="XFD1048576" s="0"/>',
        '<c r="XFD1048576" t="n"></c>',
        '<c r="XFD1048576"> </c>',
        '<c r="XFD1048576"><v></v></c>',
        '<c r="XFD1048576" t="str"><f>IF(A1="","",1)</f><v></v></c>',
        '<c r="XFD1048576" t="inlineStr"><is><t xml:space="preserve"> </t></is></c>',
    ],
)
def test_a_sheet_that_is_painted_to_its_last_corner_is_read(tmp_path: Path, cell: str) -> None:
    path = far(tmp_path / "a.xlsx", cell)
    (sheet,) = read_workbook(path).sheets
    assert sheet.rows[1:] == (("Lê Thị Lan", 1971, "Ấp Đông"),)


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="XFD1048576"><v>1</v></c>',
        "<c r='XFD1048576'><v>1</v></c>",
        '<c r="XFC1048576" t="s"/><c><v>1</v></c>',
        '<c r="XFD1048576" t="str"><v>.</v></c>',
    ],
)
def test_a_far_cell_that_a_reader_keeps_is_refused(tmp_path: Path, cell: str) -> None:
    assert trouble(far(tmp_path / "a.xlsx", cell)) is FileTrouble.TOO_LARGE


def test_the_sheets_of_a_workbook_are_bounded_together(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name in ("a", "b", "c"):
        book.create_sheet(name)["CV30000"] = "x"  # three million cells each
    book.save(tmp_path / "a.xlsx")
    assert trouble(tmp_path / "a.xlsx") is FileTrouble.TOO_LARGE


def test_an_old_workbook_that_is_painted_to_its_last_corner_is_read() -> None:
    """painted.xls has a list of one member, and a cell without anything but its colour in IV65536."""
    (sheet,) = read_workbook(DATA / "painted.xls").sheets
    assert sheet.rows[1:] == (("Lê Thị Lan", 1971, "Ấp Đông"),)


def ods(row_times: int, cell_times: int, text: str) -> dict[str, bytes]:
    cell = f'<table:table-cell table:number-columns-repeated="{cell_times}" office:value-type="string">'
    row = f'<table:table-row table:number-rows-repeated="{row_times}">{cell}<text:p>{text}</text:p></table:table-cell>'
    return {"content.xml": f'<table:table table:name="a">{row}</table:table-row></table:table>'.encode()}


@pytest.mark.parametrize(
    ("row_times", "cell_times", "text"), [(1_000, 16_000, "x"), (1_000_000, 7, "x"), (1_000, 900, "x" * 200)]
)
def test_a_cell_repeated_without_end_is_refused(tmp_path: Path, row_times: int, cell_times: int, text: str) -> None:
    assert trouble(archive(tmp_path / "a.ods", ods(row_times, cell_times, text))) is FileTrouble.TOO_LARGE


def test_a_long_text_that_every_cell_names_is_refused(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{at}"><c r="A{at}" t="s"><v>0</v></c></row>' for at in range(1, 4000))
    parts = {
        "xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode(),
        "xl/sharedStrings.xml": b"<sst><si><t>"
        + random.Random(1).randbytes(20_000).hex().encode()  # noqa: S311 - only so that it does not shrink
        + b"</t></si></sst>",
    }
    assert trouble(archive(tmp_path / "a.xlsx", parts)) is FileTrouble.TOO_LARGE


def test_a_reader_without_permission_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.xlsx", [["Họ tên"]])

    def refuse(self: Path, mode: str = "r") -> object:
        raise PermissionError(self)

    monkeypatch.setattr(Path, "open", refuse)
    assert trouble(path) is FileTrouble.UNREADABLE
