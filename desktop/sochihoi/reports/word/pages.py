"""Sections: how the paper lies, its margins, and what stands above the text: number, draft mark, watermark."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from docx.oxml import parse_xml

from sochihoi.reports.fonts import Typeface
from sochihoi.reports.layout import MM, Layout
from sochihoi.reports.paper import Marks
from sochihoi.reports.text import plain, width_of
from sochihoi.reports.word.nodes import Node, node, paragraph, run, twips
from sochihoi.reports.word.styles import FONT

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section

_ASCENT = 0.891  # of Times New Roman: from the top of a line to its letters' feet


def section(layout: Layout, *, first: bool) -> Node:
    """The properties of a section that begins a new page. ``first``: its first page has no number."""
    made = node("w:sectPr", None, node("w:type", {"w:val": "nextPage"}))
    size: dict[str, str | int] = {
        "w:w": twips(layout.paper_width_mm * MM),
        "w:h": twips(layout.paper_height_mm * MM),
    }
    if layout.paper_width_mm > layout.paper_height_mm:
        size["w:orient"] = "landscape"
    made.append(node("w:pgSz", size))
    above = layout.page_number_from_top_mm * MM - _ASCENT * layout.page_number_pt
    margins = {"top": layout.margin_top_mm, "right": layout.margin_right_mm, "bottom": layout.margin_bottom_mm}
    made.append(
        node(
            "w:pgMar",
            {
                **{f"w:{side}": twips(mm * MM) for side, mm in margins.items()},
                "w:left": twips(layout.margin_left_mm * MM),
                "w:header": twips(above),
                "w:footer": twips(layout.margin_bottom_mm * MM / 2),
                "w:gutter": 0,
            },
        )
    )
    if first:
        made.append(node("w:titlePg"))
    return made


def section_break(layout: Layout, *, first: bool) -> Node:
    """Ends a section behind what stands before it, in no room."""
    made = paragraph("Spacer", exact=1)
    made.pPr.append(section(layout, first=first))
    return made


def headers(document: Document, layouts: list[Layout], marks: Marks, face: Typeface) -> None:
    """What stands above the text of each section; a section that lies as the one before it takes its header."""
    before: Layout | None = None
    for own, layout in zip(document.sections, layouts, strict=True):
        if before is None:
            if marks.draft_mark or marks.watermark:
                _fill(own, layout, marks, face, first=True)
            _fill(own, layout, marks, face, first=False)
        elif before != layout:
            _fill(own, layout, marks, face, first=False)
        before = layout


def _fill(own: Section, layout: Layout, marks: Marks, face: Typeface, *, first: bool) -> None:
    header = own.first_page_header if first else own.header
    header.is_linked_to_previous = False
    room = layout.text_width
    stops = node(
        "w:tabs",
        None,
        node("w:tab", {"w:val": "center", "w:pos": twips(room / 2)}),
        node("w:tab", {"w:val": "right", "w:pos": twips(room)}),
    )
    content: list[Node] = [_tab(), *([] if first else _page_number())]
    if marks.draft_mark:
        framed = run(f" {plain(marks.draft_mark)} ", bold=True)
        border: dict[str, str | int] = {"w:val": "single", "w:space": 1, "w:color": "000000"}
        border["w:sz"] = max(round(layout.rule_pt * 8), 2)
        framed.rPr.append(node("w:bdr", border))
        content += [_tab(), framed]
    if marks.watermark:
        content.append(_watermark(layout, face, plain(marks.watermark)))
    made = paragraph("Header", *content)
    made.pPr.append(stops)
    part = header._element
    for old in list(part):
        part.remove(old)
    part.append(made)


def _tab() -> Node:
    return node("w:r", None, node("w:tab"))


def _page_number() -> list[Node]:
    """A field: Word counts."""
    code = node("w:instrText", {"xml:space": "preserve"})
    code.text = " PAGE "
    return [
        node("w:r", None, node("w:fldChar", {"w:fldCharType": "begin"})),
        node("w:r", None, code),
        node("w:r", None, node("w:fldChar", {"w:fldCharType": "separate"})),
        run("2"),
        node("w:r", None, node("w:fldChar", {"w:fldCharType": "end"})),
    ]


def _watermark(layout: Layout, face: Typeface, text: str) -> Node:
    """As Word makes one: letters as a shape, grey, across the page, behind the text."""
    wide = min(layout.paper_width_mm, layout.paper_height_mm) * MM
    size = min(90.0, 0.8 * wide / max(width_of(text, face.bold, 1), 1))
    length = width_of(text, face.bold, size)
    place = (
        f"position:absolute;margin-left:0;margin-top:0;width:{length:.1f}pt;height:{size:.1f}pt;rotation:315;"
        "z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:page;"
        "mso-position-vertical:center;mso-position-vertical-relative:page"
    )
    made: Node = parse_xml(
        '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
        "<w:rPr><w:noProof/></w:rPr><w:pict>"
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
        ' path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
        '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
        '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
        '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800"'
        ' o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
        f'<v:shape id="PowerPlusWaterMarkObject1" o:spid="_x0000_s2049" type="#_x0000_t136" style="{place}"'
        f' o:allowincell="f" fillcolor="{layout.watermark}" stroked="f"><v:textpath'
        f' style="font-family:&quot;{FONT}&quot;;font-size:1pt;font-weight:bold" string={quoteattr(text)}/></v:shape>'
        "</w:pict></w:r>"
    )
    return made
