"""The blocks of a paper as paragraphs, lists, tables and pictures of Word."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from docx.shared import Pt

from sochihoi.reports.charts import told
from sochihoi.reports.document import (
    BarChart,
    Block,
    BulletList,
    CheckBoxes,
    FigureTable,
    Heading,
    PageBreak,
    PaperCode,
    Paragraph,
)
from sochihoi.reports.fonts import Typeface
from sochihoi.reports.layout import MM, Layout
from sochihoi.reports.pictures import chart_png, code_png
from sochihoi.reports.word.nodes import Node, node, page_break, paragraph, run, spacer, twips
from sochihoi.reports.word.package import BULLETS
from sochihoi.reports.word.tables import after, figure_table

if TYPE_CHECKING:
    from docx.document import Document

_BOX, _TICKED = "\u2610", "\u2611"
_BOX_FONT = "Segoe UI Symbol"


class Writer:
    """Writes blocks for one section of paper. ``depth``: by how much headings stand lower in the outline."""

    def __init__(self, document: Document, layout: Layout, face: Typeface, language: str) -> None:
        self._document, self._layout, self._face, self._language = document, layout, face, language
        self._lists = BULLETS
        self._boxes = 0

    def nodes(self, blocks: tuple[Block, ...], layout: Layout, *, depth: int = 0, ending: bool = False) -> list[Node]:
        """``layout``: of the section. ``ending``: signatures follow, the last part goes with them."""
        made: list[Node] = []
        end = len(blocks) - 1
        for at, block in enumerate(blocks):
            made += self._block(block, layout, depth, last=ending and at == end)
            if at == end and not ending and isinstance(block, FigureTable):
                made[-1] = spacer(1)  # no room is wanted below: it could run over to a page of its own
        return made

    def _block(self, block: Block, layout: Layout, depth: int, *, last: bool) -> list[Node]:
        match block:
            case Paragraph():
                return _paragraphs(block, last=last)
            case Heading():
                style = f"Heading{min(block.level, 3)}"
                return [paragraph(style, run(block.text), outline=block.level - 1 + depth if depth else None)]
            case BulletList():
                return self._list(block, last=last)
            case FigureTable():
                return self._table(block, layout, padding=layout.table_padding_pt, last=last)
            case BarChart():
                return [*_caption(block.caption), self._picture(block, layout, last=last)]
            case CheckBoxes():
                end = len(block.choices) - 1
                return [
                    self._check(text, ticked=ticked, last=last and at == end)
                    for at, (text, ticked) in enumerate(block.choices)
                ]
            case PageBreak():
                return [page_break()]

    def _list(self, block: BulletList, *, last: bool) -> list[Node]:
        style, number = "ListBullet", BULLETS
        if block.numbered:
            self._lists += 1
            style, number = "ListNumber", self._lists
        end = len(block.items) - 1
        return [
            paragraph(style, run(item), number=number, keep_next=last and at == end)
            for at, item in enumerate(block.items)
        ]

    def _table(self, block: FigureTable, layout: Layout, *, padding: float, last: bool) -> list[Node]:
        made = figure_table(block, layout, self._face, padding=padding, ends=last)
        return [*_caption(block.caption), made, spacer(after(layout), keep_next=last)]

    def _picture(self, block: BarChart, layout: Layout, *, last: bool) -> Node:
        wide, high = layout.text_width, block.height_mm * MM
        png = chart_png(block, self._layout, self._face, self._language, wide)
        return paragraph("Picture", self._inline(png, wide, high, told(block.data)), keep_next=last)

    def _inline(self, png: bytes, wide: float, high: float, said: str) -> Node:
        inline = self._document.part.new_pic_inline(BytesIO(png), Pt(wide), Pt(high))
        for side in "TBLR":
            inline.set(f"dist{side}", "0")  # LibreOffice would leave an eighth of an inch
        inline.docPr.set("descr", said)
        return node("w:r", None, node("w:drawing", None, inline))

    def code(self, code: PaperCode) -> Node:
        """The square code of a paper."""
        side = self._layout.code_mm * MM
        return paragraph("Recipients", self._inline(code_png(code.content), side, side, code.shown))

    def _check(self, text: str, *, ticked: bool, last: bool) -> Node:
        """A box of Word that can be ticked with the mouse."""
        self._boxes += 1
        indent = self._layout.first_line_mm * MM
        beside = self._layout.body_pt * 1.3
        states = (("w14:checkedState", _TICKED), ("w14:uncheckedState", _BOX))
        box = node(
            "w14:checkbox",
            None,
            node("w14:checked", {"w14:val": int(ticked)}),
            *(node(tag, {"w14:val": f"{ord(sign):04X}", "w14:font": _BOX_FONT}) for tag, sign in states),
        )
        fonts = {f"w:{name}": _BOX_FONT for name in ("ascii", "hAnsi", "eastAsia", "cs")}
        sign = run(_TICKED if ticked else _BOX)
        sign.insert(0, node("w:rPr", None, node("w:rFonts", fonts)))
        control = node(
            "w:sdt",
            None,
            node("w:sdtPr", None, node("w:id", {"w:val": self._boxes}), box),
            node("w:sdtContent", None, sign),
        )
        tab = node("w:r", None, node("w:tab"))
        hanging = {"w:left": twips(indent + beside), "w:hanging": twips(beside)}
        return paragraph("Check", control, tab, run(text), indent=hanging, keep_next=last)


def _caption(caption: str) -> list[Node]:
    return [paragraph("Caption", run(caption))] if caption else []


def _paragraphs(block: Paragraph, *, last: bool) -> list[Node]:
    """A line feed in what the officer typed is a paragraph of its own."""
    parts = [part for part in block.text.split("\n") if part.strip()] or [""]
    style = "Centred" if block.centred else "BodyText" if block.indented else "Flush"
    made = []
    for at, part in enumerate(parts):
        lead = [run(f"{block.lead} ", bold=True)] if block.lead and not at else []
        text = run(part, bold=block.bold, italic=block.italic)
        made.append(paragraph(style, *lead, text, keep_next=last and at == len(parts) - 1))
    return made
