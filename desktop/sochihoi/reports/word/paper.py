"""An official paper as a Word document: ``docx(document)``. It opens in Word and LibreOffice as the PDF looks."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from sochihoi.reports import fonts
from sochihoi.reports import layout as layouts
from sochihoi.reports.annexes import annex_name, is_landscape
from sochihoi.reports.document import Annex, BarChart, BulletList, FigureTable, OfficialDocument, Paragraph
from sochihoi.reports.ending import with_end_mark
from sochihoi.reports.fonts import Typeface
from sochihoi.reports.layout import MM, Layout
from sochihoi.reports.paper import Marks, Properties
from sochihoi.reports.tables import Look, row_heights
from sochihoi.reports.tables import figure_table as drawn_table
from sochihoi.reports.word.blocks import Writer
from sochihoi.reports.word.frame import annex_head, code_line, letterhead, signatures, title
from sochihoi.reports.word.nodes import twips
from sochihoi.reports.word.package import blank, packed
from sochihoi.reports.word.pages import headers, section, section_break


def docx(document: OfficialDocument, layout: Layout | None = None) -> bytes:
    """The whole paper. ``layout`` ``None`` = the shipped one. Same document in, same bytes out.

    Raises ``LookupError`` when no usable font is installed: widths are measured with it.
    """
    layout = layout or layouts.shipped()
    face = fonts.typeface()
    properties = Properties(document.title, document.author, document.made_on, document.language, document.keywords)
    made = blank(layout, properties, twips(layout.first_line_mm * MM), _numbered(document))
    writer = Writer(made, layout, face, document.language)
    mark = layout.end_mark if document.end_mark is None else document.end_mark
    blocks, left_over = with_end_mark(document.body, mark)
    body = made.element.body
    final = body.sectPr
    nodes = [
        *letterhead(document.header, layout, face),
        *title(document.kind_title, document.subject_lines, layout, face),
        *writer.nodes(blocks, layout, ending=True),
        *(writer.nodes((Paragraph(left_over),), layout, ending=True) if left_over else []),
        *signatures(
            document.signature,
            document.second_signature,
            document.recipients,
            layout,
            document.language,
            followed=document.code is not None,
        ),
    ]
    if document.code is not None:
        nodes += code_line(document.code, writer.code(document.code), layout, document.language)
    lying = [layout]
    for at, annex in enumerate(document.annexes, 1):
        nodes.append(section_break(lying[-1], first=len(lying) == 1))
        own = layout.turned() if is_landscape(annex, layout, face) else layout
        lying.append(own)
        name = annex_name(at, len(document.annexes), document.language)
        nodes += annex_head(name, annex.title, document.annex_line, own, face)
        nodes += writer.nodes(annex.body, _drawn_together(annex, own, face), depth=1)
    for one in nodes:
        final.addprevious(one)
    body.replace(final, section(lying[-1], first=len(lying) == 1))
    marks = Marks(draft_mark=document.draft_mark, watermark=document.watermark)
    headers(made, lying, marks, face)
    return packed(made)


def _numbered(document: OfficialDocument) -> int:
    """How many numbered lists there are."""
    parts = [document.body, *(annex.body for annex in document.annexes)]
    return sum(isinstance(block, BulletList) and block.numbered for part in parts for block in part)


def _drawn_together(annex: Annex, layout: Layout, face: Typeface) -> Layout:
    """Rows stand closer where that saves a page, as on the PDF."""
    tight = replace(layout, table_padding_pt=layout.table_tight_pt)
    return tight if _pages(annex, tight, face) < _pages(annex, layout, face) else layout


def _pages(annex: Annex, layout: Layout, face: Typeface) -> int:
    """About how many pages an annex takes, headers that come again included."""
    line = layout.body_pt * layout.leading
    high, repeated = 5 * line + 16, 0.0
    for block in annex.body:
        if isinstance(block, FigureTable):
            look = Look(layout.table_pt, layout.table_padding_pt)
            heights = row_heights(drawn_table(block.columns, block.rows, layout.text_width, layout, face, look))
            high += sum(heights) + 2 * layout.after_paragraph_pt
            repeated = max(repeated, heights[0])
        elif isinstance(block, BarChart):
            high += block.height_mm * MM
        high += line if isinstance(block, BarChart | Paragraph) else 0
    return 1 + max(0, ceil((high - layout.text_height) / (layout.text_height - repeated)))
