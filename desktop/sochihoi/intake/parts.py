"""The parts of an .xlsx: which part is which sheet, and the cells of one, without building the whole of it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

_PIECE: Final = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s/>])([^<>]*?)(/?)>")
_AT: Final = re.compile(rb"""\sr\s*=\s*["']([A-Z]{0,3})([0-9]{0,7})["']""")
_KIND: Final = re.compile(rb"""\st\s*=\s*["'](\w+)["']""")
_STYLE: Final = re.compile(rb"""\ss\s*=\s*["'](\d+)["']""")
_NOTHING: Final = re.compile(rb"\s*(?:<(?:\w+:)?v\s*(?:/>|></(?:\w+:)?v>))?\s*</(?:\w+:)?c>")
_SHARED: Final = re.compile(rb"\s*<(?:\w+:)?v>(\d+)<")
_TEXTS: Final = frozenset({b"s", b"str", b"inlineStr"})


@dataclass(frozen=True, slots=True)
class FilledCell:
    """A cell that something stands in: row and column from 0, its style, whether it is a text, and which of the shared
    texts (-1: none of them)."""

    row: int
    column: int
    style: int
    text: bool
    shared: int


def filled_cells(content: bytes) -> Iterator[FilledCell]:
    """The cells of a sheet's part that a reader keeps. One that has nothing but its looks is none: many officers'
    sheets are painted down to their last corner."""
    row, column = -1, -1
    for piece in _PIECE.finditer(content):
        kind, about, closed = piece.groups()
        at = _AT.search(about)
        letters, digits = at.groups() if at else (b"", b"")
        if kind == b"row":
            row, column = int(digits) - 1 if digits else row + 1, -1
            continue
        row = int(digits) - 1 if digits else row
        column = _column(letters) if letters else column + 1
        said = _KIND.search(about)
        text = said is not None and said[1] in _TEXTS
        if closed or (not text and _NOTHING.match(content, piece.end())):
            continue
        style = _STYLE.search(about)
        named = _SHARED.match(content, piece.end()) if text and said and said[1] == b"s" else None
        yield FilledCell(row, column, int(style[1]) if style else 0, text, int(named[1]) if named else -1)


def sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """The sheets in order, each with its part."""
    tree = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - no entities: guarded
    targets = {one.get("Id", ""): one.get("Target", "") for one in tree}
    parts = {key: to.lstrip("/") if to.startswith("/") else f"xl/{to}" for key, to in targets.items()}
    for sheet in ET.fromstring(archive.read("xl/workbook.xml")).iterfind(".//{*}sheet"):  # noqa: S314 - guarded
        target = parts.get(next((value for key, value in sheet.items() if key.endswith("}id")), ""))
        if target is not None:
            yield sheet.get("name", ""), archive.read(target)


def fonts_of_styles(archive: zipfile.ZipFile) -> list[ET.Element]:
    """The font of each style that cells name by its place; empty for a workbook without styles."""
    if "xl/styles.xml" not in archive.namelist():
        return []
    tree = ET.fromstring(archive.read("xl/styles.xml"))  # noqa: S314 - no entities: guarded
    fonts = tree.findall("{*}fonts/{*}font")
    return [fonts[int(style.get("fontId", "0"))] for style in tree.iterfind("{*}cellXfs/{*}xf")]


def fonts_of_runs(archive: zipfile.ZipFile) -> dict[int, str]:
    """Shared texts, by their place, that have one font of their own whatever the cell's is: pasted, or signs put in."""
    if "xl/sharedStrings.xml" not in archive.namelist():
        return {}
    found = {}
    texts = ET.fromstring(archive.read("xl/sharedStrings.xml")).iterfind("{*}si")  # noqa: S314 - guarded
    for place, text in enumerate(texts):
        fonts = {font.get("val", "") for font in text.iterfind("{*}r/{*}rPr/{*}rFont")}
        if len(fonts) == 1:
            found[place] = fonts.pop()
    return found


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
