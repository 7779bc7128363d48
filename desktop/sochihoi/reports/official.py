"""An official paper as PDF: ``pdf(document)``. Same document in, same bytes out."""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import Any

from reportlab.platypus import CondPageBreak, Flowable, NextPageTemplate, Table
from reportlab.platypus import PageBreak as NewPage
from reportlab.platypus import Paragraph as SetParagraph

from sochihoi.reports import fonts, paper
from sochihoi.reports import layout as layouts
from sochihoi.reports.annexes import AnnexHead, annex_name, is_landscape
from sochihoi.reports.closing import Closing, SignatureBlock
from sochihoi.reports.document import (
    BarChart,
    Block,
    BulletList,
    CheckBoxes,
    FigureTable,
    Heading,
    OfficialDocument,
    PageBreak,
    Paragraph,
)
from sochihoi.reports.drawing import ChartFlowable, CheckBoxLine, CodeLine
from sochihoi.reports.ending import with_end_mark
from sochihoi.reports.heading import Letterhead, Title
from sochihoi.reports.layout import Layout
from sochihoi.reports.tables import Look, figure_table, row_heights
from sochihoi.reports.text import Styles, markup, plain, styles


class BookmarkedHeading(SetParagraph):
    """A heading that is also an entry in the reader's outline."""

    def __init__(self, text: str, style: Any, key: str, label: str, level: int) -> None:
        super().__init__(text, style)
        self._entry = (key, label, level)

    @property
    def tag(self) -> str:
        """The title of the paper is the only heading of level 1."""
        return f"H{min(self._entry[2] + 2, 6)}"

    def draw(self) -> None:
        key, label, level = self._entry
        self.canv.bookmarkHorizontal(key, 0, self.height)
        self.canv.addOutlineEntry(label, key, level)
        super().draw()


class Typesetter:
    """Blocks become what ReportLab sets on pages."""

    def __init__(self, layout: Layout, face: fonts.Typeface, language: str, annex: int = 0) -> None:
        self.layout, self.face, self.language = layout, face, language
        self.styles: Styles = styles(layout, face)
        # In an annex its own title is the level above every heading, and the keys of bookmarks are its own
        self._key, self._top = (f"annex-{annex}", 1) if annex else ("part", 0)
        self._headings = 0
        self._depth = self._top - 1

    def story(self, blocks: tuple[Block, ...]) -> list[Flowable]:
        """In order; each block is one flowable or more."""
        return [flowable for block in blocks for flowable in self._set(block)]

    def paragraph(self, block: Paragraph) -> SetParagraph:
        """One paragraph with its lead and letters."""
        text = markup(block.text)
        text = f"<b>{text}</b>" if block.bold else text
        text = f"<i>{text}</i>" if block.italic else text
        lead = f"<b>{markup(block.lead)}</b> " if block.lead else ""
        style = self.styles.body if block.indented else self.styles.flush
        return SetParagraph(lead + text, self.styles.centred if block.centred else style)

    def _set(self, block: Block) -> list[Flowable]:
        match block:
            case Paragraph():
                # A line feed in what the officer typed is a paragraph of its own
                parts = [part for part in block.text.split("\n") if part.strip()] or [""]
                first = self.paragraph(replace(block, text=parts[0]))
                return [first, *(self.paragraph(replace(block, text=part, lead="")) for part in parts[1:])]
            case Heading():
                return [self._heading(block)]
            case BulletList():
                marks = (f"{at}. " if block.numbered else "- " for at in range(1, len(block.items) + 1))
                return [
                    SetParagraph(mark + markup(item), self.styles.bullet)
                    for mark, item in zip(marks, block.items, strict=True)
                ]
            case FigureTable():
                return self._table(block)
            case BarChart():
                drawn = ChartFlowable(block, self.layout, self.face, self.language)
                return [*self._caption(block.caption), drawn]
            case CheckBoxes():
                return [
                    CheckBoxLine(text, ticked, self.layout, self.face, self.language) for text, ticked in block.choices
                ]
            case PageBreak():
                return [NewPage()]

    def _heading(self, block: Heading) -> Flowable:
        # A level may not be skipped in an outline
        self._depth = min(block.level - 1 + self._top, self._depth + 1)
        self._headings += 1
        text = markup(block.text)
        text = f"<i>{text}</i>" if block.level >= 3 else text
        key = f"{self._key}-{self._headings}"
        return BookmarkedHeading(text, self.styles.heading, key, plain(block.text), self._depth)

    def _caption(self, caption: str) -> list[Flowable]:
        return [SetParagraph(markup(caption), self.styles.caption)] if caption else []

    def _table(self, block: FigureTable) -> list[Flowable]:
        look = Look(self.layout.table_pt, self.layout.table_padding_pt)
        table = figure_table(block.columns, block.rows, self.layout.text_width, self.layout, self.face, look)
        table.spaceAfter = self.layout.after_paragraph_pt * 1.5
        table.spaceBefore = self.layout.after_paragraph_pt / 2
        return [*self._caption(block.caption), table]


def _least(flowable: Flowable, layout: Layout) -> float:
    """How much of a part a heading above it needs on its own page: two lines, header and two rows, or all."""
    room = layout.text_width
    if isinstance(flowable, Closing):
        return flowable.least(room)
    _wide, high = flowable.wrap(room, 10_000)
    if isinstance(flowable, Table):
        return float(min(high, sum(row_heights(flowable)[:4])))
    if isinstance(flowable, SetParagraph):
        two = 2 * flowable.style.leading
        return float(two if high > 1.9 * two else high)  # three lines are not parted: one would stand alone
    return float(high)


def _kept_together(story: list[Flowable], layout: Layout) -> list[Flowable]:
    """No heading and no caption stands last on a page; what follows them may break (ReportLab's own ``keepWithNext``
    would push a whole table over).
    """
    found: list[Flowable] = []
    run: list[Flowable] = []
    page = layout.text_height - 1
    for flowable in story:
        if isinstance(flowable, SetParagraph) and flowable.style.name in {"heading", "caption"}:
            run.append(flowable)
            continue
        if run:
            above = sum(
                part.wrap(layout.text_width, 10_000)[1] + part.getSpaceBefore() + part.getSpaceAfter() for part in run
            )
            found += [CondPageBreak(min(above + _least(flowable, layout), page)), *run]
            run = []
        found.append(flowable)
    return [*found, *run]


def _annexes(document: OfficialDocument, layout: Layout, face: fonts.Typeface) -> list[Flowable]:
    """Each from a new page, upright or turned; page numbers go on."""
    story: list[Flowable] = []
    for at, annex in enumerate(document.annexes, 1):
        turned = is_landscape(annex, layout, face)
        own = layout.turned() if turned else layout
        name = annex_name(at, len(document.annexes), document.language)
        head = AnnexHead(name, annex.title, document.annex_line, own, face, f"annex-{at}")
        setter = Typesetter(own, face, document.language, at)
        body = setter.story(annex.body)
        pages = _pages([head, *body], own)
        if pages > 1:
            tight = replace(own, table_padding_pt=own.table_tight_pt)
            closer = Typesetter(tight, face, document.language, at).story(annex.body)
            if _pages([head, *closer], own) < pages:
                body = closer  # a last page with a row or two on it looks forgotten
        story += [
            NextPageTemplate(paper.TURNED if turned else paper.UPRIGHT),
            NewPage(),
            head,
            *_kept_together(body, own),
        ]
    return story


def _pages(story: list[Flowable], layout: Layout) -> int:
    """About how many pages a story takes, headers that come again included."""
    high, repeated = 0.0, 0.0
    for part in story:
        high += part.wrap(layout.text_width, 10_000)[1] + part.getSpaceBefore() + part.getSpaceAfter()
        if isinstance(part, Table):
            repeated = max(repeated, row_heights(part)[0])
    return 1 + max(0, ceil((high - layout.text_height) / (layout.text_height - repeated)))


def pdf(document: OfficialDocument, layout: Layout | None = None) -> bytes:
    """The whole paper. ``layout`` ``None`` = the shipped one.

    Raises ``LookupError`` when no usable font is installed, ReportLab's ``LayoutError`` for a part higher than a page.
    """
    layout = layout or layouts.shipped()
    face = fonts.typeface()
    setter = Typesetter(layout, face, document.language)
    mark = layout.end_mark if document.end_mark is None else document.end_mark
    blocks, left_over = with_end_mark(document.body, mark)
    body = setter.story(blocks)
    block = SignatureBlock(
        document.signature, document.second_signature, document.recipients, layout, face, document.language
    )
    below: list[Flowable] = [setter.paragraph(Paragraph(left_over)), block] if left_over else [block]
    if document.code is not None:
        below.append(CodeLine(document.code, layout, face, document.language))
    ending = Closing(body.pop(), *below) if body else block
    story = [
        Letterhead(document.header, layout, face),
        Title(document.kind_title, document.subject_lines, layout, face),
        *_kept_together([*body, ending], layout),
        *_annexes(document, layout, face),
    ]
    properties = paper.Properties(
        document.title, document.author, document.made_on, document.language, document.keywords
    )
    marks = paper.Marks(draft_mark=document.draft_mark, watermark=document.watermark)
    return paper.render(story, layout, face, properties, marks, tagged=True)
