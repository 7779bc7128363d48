"""Pages: one frame between the margins, page numbers, marks, properties. Same story and date in, same bytes out.

Every file is made after PDF/A-2b (ISO 19005-2): letters embedded, colours said by a profile, properties in XMP that
agree with the old ones, an identity of its own, no script, no link out (decision 0008).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfdoc import XMP, PDFArray, PDFDictionary, PDFName, PDFStream, PDFString
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, PageTemplate

from sochihoi.reports.colour import srgb_profile
from sochihoi.reports.fonts import Typeface
from sochihoi.reports.layout import MM, Layout
from sochihoi.reports.tagging import Structure, TaggedFrame, marked
from sochihoi.reports.text import plain, width_of
from sochihoi.reports.wording import word

PRODUCER = "Sổ Chi hội"


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says of itself. ``language`` is ``vi`` or ``en``."""

    title: str
    author: str
    made_on: date
    language: str = "vi"
    keywords: tuple[str, ...] = ()
    producer: str = PRODUCER  # which program wrote the file, as both records of its properties say

    @property
    def tag(self) -> str:
        """As PDF readers want it: ``vi-VN``."""
        return {"vi": "vi-VN", "en": "en-GB"}[self.language]


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands on every page beside the text.

    ``number_on_top``: official papers, from page 2. ``foot``: working sheets, left; "Trang 1/5" then stands right.
    """

    number_on_top: bool = True
    foot: str | None = None
    draft_mark: str = ""
    watermark: str = ""


TAGGED_CELLS = 12_000  # each costs about 2 kB while a file is made: longer lists are not told apart
UPRIGHT, TURNED = "page", "turned"  # the ways in which a page lies, for ``NextPageTemplate``


class FootChange(Flowable):
    """From here on another sheet: its own words at the foot, its pages counted from 1. Stands first on its page."""

    def __init__(self, foot: str) -> None:
        super().__init__()
        self.foot = foot

    def wrap(self, _available_width: float, _available_height: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        """Nothing to see."""
        canvas: Any = self.canv
        canvas.begin_section(self.foot)


class _Sections:
    """Which sheet a page belongs to, and how many pages each sheet has."""

    def __init__(self, foot: str) -> None:
        self.feet, self.pages = [foot], [0]

    def begin(self, foot: str) -> bool:
        """Whether it is another one than the first."""
        if self.pages[-1] == 0:
            self.feet[-1] = foot
            return False
        self.feet.append(foot)
        self.pages.append(0)
        return True

    def form(self) -> str:
        return f"total-pages-{len(self.feet)}"


def _xmp(properties: Properties) -> bytes:
    stamp = f"{properties.made_on.isoformat()}T00:00:00+07:00"
    title, author = escape(plain(properties.title)), escape(plain(properties.author))
    keywords = escape(_keywords(properties))
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"'
        ' xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">\n'
        "<dc:format>application/pdf</dc:format>\n"
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>\n'
        f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:description>\n'
        f"<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>\n"
        f"<dc:language><rdf:Bag><rdf:li>{properties.tag}</rdf:li></rdf:Bag></dc:language>\n"
        f"<xmp:CreateDate>{stamp}</xmp:CreateDate><xmp:ModifyDate>{stamp}</xmp:ModifyDate>\n"
        f"<xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool><pdf:Producer>{properties.producer}</pdf:Producer>\n"
        f"<pdf:Keywords>{keywords}</pdf:Keywords>\n"
        "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>\n"
        '</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end="w"?>'
    ).encode()


def _keywords(properties: Properties) -> str:
    return ", ".join(plain(one) for one in properties.keywords)


def _colours(document: Any) -> PDFArray:
    """What the colours of the paper mean, on any screen and printer: those of sRGB."""
    profile = PDFStream(dictionary=PDFDictionary({"N": 3}), content=srgb_profile())
    intent = PDFDictionary(
        {
            "Type": PDFName("OutputIntent"),
            "S": PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": PDFString("sRGB IEC61966-2.1"),
            "Info": PDFString("sRGB IEC61966-2.1"),
            "DestOutputProfile": document.Reference(profile),
        }
    )
    return PDFArray([intent])


def _canvas_of(
    properties: Properties,
    face: Typeface,
    sections: _Sections,
    totals: Callable[[Canvas], None],
    structure: Structure | None,
) -> type[Canvas]:
    """A canvas that writes our properties; ``totals`` draws the numbers of pages once they are known."""

    class Paper(Canvas):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            # A base font of ours, or each page would name Helvetica, which is not embedded
            kwargs |= {"invariant": 1, "lang": properties.tag, "initialFontName": face.regular, "pdfVersion": (1, 7)}
            super().__init__(*args, **kwargs)
            day = properties.made_on
            self.setDateFormatter(lambda *_now: f"D:{day.year:04}{day.month:02}{day.day:02}000000+07'00'")
            self.setViewerPreference("DisplayDocTitle", "true")
            inside: Any = self
            catalog = inside._doc.Catalog
            catalog.Metadata = XMP(creator=lambda _doc: _xmp(properties))
            # ReportLab knows no such entry of a catalogue, and writes those alone that stand in this list
            catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
            catalog.OutputIntents = _colours(inside._doc)
            self.addPageLabel(0, "ARABIC", start=1)
            self.structure = structure

        def begin_section(self, foot: str) -> None:
            if sections.begin(foot):
                self.addPageLabel(self.getPageNumber() - 1, "ARABIC", start=1)

        def showPage(self) -> None:
            inside: Any = self
            # ReportLab makes the identity of a file from its title alone: two reports would pass for one
            inside._doc.updateSignature("\n".join(inside._code))
            super().showPage()
            if structure is not None:
                structure.page_done(self)

        def save(self) -> None:
            totals(self)
            if structure is not None:
                structure.write(self)
            super().save()

    return Paper


def _watermark(canvas: Canvas, layout: Layout, face: Typeface, text: str) -> None:
    wide, high = layout.paper_width_mm * MM, layout.paper_height_mm * MM
    size = min(90.0, 0.8 * wide / max(width_of(text, face.bold, 1), 1))
    canvas.saveState()
    canvas.setFillColor(HexColor(layout.watermark))
    canvas.setFont(face.bold, size)
    canvas.translate(wide / 2, high / 2)
    canvas.rotate(45)
    canvas.drawCentredString(0, -size / 3, text)
    canvas.restoreState()


def _draft_frame(canvas: Canvas, layout: Layout, face: Typeface, text: str) -> None:
    size = layout.page_number_pt
    wide = width_of(text, face.bold, size)
    right = (layout.paper_width_mm - layout.margin_right_mm) * MM
    base = (layout.paper_height_mm - layout.page_number_from_top_mm) * MM
    canvas.setFont(face.bold, size)
    canvas.drawRightString(right - 4, base, text)
    canvas.setLineWidth(layout.rule_pt)
    canvas.rect(right - wide - 8, base - 4, wide + 8, size + 3)


def _page(
    name: str,
    layout: Layout,
    face: Typeface,
    marks: Marks,
    end: Callable[[Canvas, object], None],
) -> PageTemplate:
    """One way for a page to lie: a frame between the margins, the marks, the number."""
    middle = (layout.margin_left_mm + layout.paper_width_mm - layout.margin_right_mm) * MM / 2

    def begin(canvas: Canvas, _template: object) -> None:
        with marked(canvas, "Artifact"):
            put_marks(canvas)

    def put_marks(canvas: Canvas) -> None:
        number = canvas.getPageNumber()
        canvas.saveState()
        if marks.watermark:
            _watermark(canvas, layout, face, plain(marks.watermark))
        if marks.draft_mark:
            _draft_frame(canvas, layout, face, plain(marks.draft_mark))
        if marks.number_on_top and number > 1:
            canvas.setFont(face.regular, layout.page_number_pt)
            base = (layout.paper_height_mm - layout.page_number_from_top_mm) * MM
            canvas.drawCentredString(middle, base, str(number))
        canvas.restoreState()

    frame = TaggedFrame(
        layout.margin_left_mm * MM,
        layout.margin_bottom_mm * MM,
        layout.text_width,
        layout.text_height,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    size = (layout.paper_width_mm * MM, layout.paper_height_mm * MM)
    return PageTemplate(name, [frame], onPage=begin, onPageEnd=end, pagesize=size)


def render(
    story: Sequence[Flowable],
    layout: Layout,
    face: Typeface,
    properties: Properties,
    marks: Marks,
    *,
    tagged: bool = False,
) -> bytes:
    """Set the story on pages; ``NextPageTemplate(TURNED)`` in it turns the paper, ``UPRIGHT`` turns it back.

    ``tagged``: headings, paragraphs, cells and charts are told apart (``tagging``), see ``TAGGED_CELLS``.
    Raises ReportLab's ``LayoutError`` for a part higher than a page.
    """
    foot_base = (layout.margin_bottom_mm - 7) * MM
    right = (layout.paper_width_mm - layout.margin_right_mm) * MM
    sections = _Sections(marks.foot or "")
    total_room = width_of("0000", face.regular, layout.sheet_small_pt)

    def on_page_end(canvas: Canvas, _template: object) -> None:
        sections.pages[-1] += 1
        if marks.foot is None:
            return
        page = word(properties.language, "paper.page", page=sections.pages[-1])
        with marked(canvas, "Artifact"):
            canvas.saveState()
            canvas.setFont(face.regular, layout.sheet_small_pt)
            canvas.drawString(layout.margin_left_mm * MM, foot_base, plain(sections.feet[-1]))
            canvas.drawRightString(right - total_room, foot_base, page)
            canvas.doForm(sections.form())
            canvas.restoreState()

    def totals(canvas: Canvas) -> None:
        if marks.foot is None:
            return
        for at, pages in enumerate(sections.pages, 1):
            canvas.beginForm(f"total-pages-{at}", 0, 0, right, layout.paper_height_mm * MM)
            canvas.setFont(face.regular, layout.sheet_small_pt)
            canvas.drawString(right - total_room, foot_base, str(pages))
            canvas.endForm()

    out = BytesIO()
    size = (layout.paper_width_mm * MM, layout.paper_height_mm * MM)
    title = plain(properties.title)
    template = BaseDocTemplate(
        out,
        pagesize=size,
        title=title,
        author=plain(properties.author),
        subject=title,
        creator=PRODUCER,
        producer=properties.producer,
        keywords=[plain(one) for one in properties.keywords],
        lang=properties.tag,
    )
    template.addPageTemplates(
        [
            _page(UPRIGHT, layout, face, marks, on_page_end),
            _page(TURNED, layout.turned(), face, marks, on_page_end),
        ]
    )
    maker = _canvas_of(properties, face, sections, totals, Structure() if tagged else None)
    template.build(list(story), canvasmaker=maker)
    return out.getvalue()
