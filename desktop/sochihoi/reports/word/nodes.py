"""The pieces of WordprocessingML that papers are made of. Lengths come in points."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from sochihoi.reports.text import plain

Node = Any  # an element of python-docx: lxml's, with classes of its own
RULE = "Rule"  # the style of a paragraph that is nothing but a short line


def twips(points: float) -> int:
    """Twentieths of a point, in which Word counts."""
    return round(points * 20)


def node(tag: str, attributes: Mapping[str, str | int] | None = None, *children: Node) -> Node:
    """``node("w:jc", {"w:val": "center"})``."""
    made: Node = OxmlElement(tag)
    for name, value in (attributes or {}).items():
        made.set(qn(name), str(value))
    for child in children:
        made.append(child)
    return made


def run(text: str, *, bold: bool = False, italic: bool = False) -> Node:
    """Text in one kind of letters, besides what the paragraph's style says."""
    properties = node("w:rPr")
    if bold:
        properties.append(node("w:b"))
    if italic:
        properties.append(node("w:i"))
    written = node("w:t", {"xml:space": "preserve"})
    written.text = plain(text)
    return node("w:r", None, *([properties] if len(properties) else []), written)


def paragraph(
    style: str,
    *content: Node,
    align: str = "",
    before: float | None = None,
    after: float | None = None,
    indent: Mapping[str, int] | None = None,
    keep_next: bool = False,
    number: int | None = None,
    outline: int | None = None,
    exact: float | None = None,
) -> Node:
    """A paragraph of a style (its id) and what it has of its own. ``number``: of the list that it belongs to;
    ``exact``: height of a line.
    """
    own = node("w:pPr", None, node("w:pStyle", {"w:val": style}))
    if keep_next:
        own.append(node("w:keepNext"))
    if number is not None:
        own.append(node("w:numPr", None, node("w:ilvl", {"w:val": 0}), node("w:numId", {"w:val": number})))
    spacing = {"w:before": before, "w:after": after}
    given: dict[str, int | str] = {name: twips(value) for name, value in spacing.items() if value is not None}
    if exact is not None:
        given |= {"w:line": max(twips(exact), 20), "w:lineRule": "exact"}
    if given:
        own.append(node("w:spacing", given))
    if indent:
        own.append(node("w:ind", indent))
    if align:
        own.append(node("w:jc", {"w:val": align}))
    if outline is not None:
        own.append(node("w:outlineLvl", {"w:val": outline}))
    return node("w:p", None, own, *content)


def rule(room: float, length: float, *, keep_next: bool = False) -> Node:
    """A line of this length in the middle of the room: the lower border of an almost flat paragraph."""
    side = twips(max(room - length, 0) / 2)
    return paragraph(RULE, indent={"w:left": side, "w:right": side}, keep_next=keep_next)


def spacer(points: float, *, keep_next: bool = False) -> Node:
    """Nothing, so high. Between two tables Word wants a paragraph anyway."""
    return paragraph("Spacer", keep_next=keep_next, exact=points)


def page_break() -> Node:
    """What follows begins a new page."""
    return paragraph("Spacer", node("w:r", None, node("w:br", {"w:type": "page"})))


def cell(width: float, *content: Node, span: int = 1, middle: bool = False) -> Node:
    """A cell of a table, so wide in points; a cell ends with a paragraph."""
    own = node("w:tcPr", None, node("w:tcW", {"w:w": twips(width), "w:type": "dxa"}))
    if span > 1:
        own.append(node("w:gridSpan", {"w:val": span}))
    if middle:
        own.append(node("w:vAlign", {"w:val": "center"}))
    return node("w:tc", None, own, *content)


def row(*cells: Node, header: bool = False, height: float = 0) -> Node:
    """A row that does not break over pages; a header row comes again on every page."""
    own = node("w:trPr", None, node("w:cantSplit"))
    if height:
        own.append(node("w:trHeight", {"w:val": twips(height), "w:hRule": "atLeast"}))
    if header:
        own.append(node("w:tblHeader"))
    return node("w:tr", None, own, *cells)


def table(
    widths: list[float], *rows: Node, style: str = "TableNormal", side: float = 0, padding: float = 0, label: str = ""
) -> Node:
    """A table with fixed columns. ``side`` and ``padding``: between rule and letters. ``label``: what it is."""
    own = node(
        "w:tblPr",
        None,
        node("w:tblStyle", {"w:val": style}),
        node("w:tblW", {"w:w": twips(sum(widths)), "w:type": "dxa"}),
        node("w:tblInd", {"w:w": 0, "w:type": "dxa"}),
        node("w:tblLayout", {"w:type": "fixed"}),
        node(
            "w:tblCellMar",
            None,
            *(
                node(f"w:{name}", {"w:w": twips(value), "w:type": "dxa"})
                for name, value in (("top", padding), ("left", side), ("bottom", padding), ("right", side))
            ),
        ),
    )
    if label:
        own.append(node("w:tblCaption", {"w:val": plain(label)}))
    grid = node("w:tblGrid", None, *(node("w:gridCol", {"w:w": twips(width)}) for width in widths))
    return node("w:tbl", None, own, grid, *rows)
