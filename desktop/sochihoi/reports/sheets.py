"""Working sheets that are printed, filled in by hand and typed back: attendance; and lists of people.

Row numbers are large: the officer types them from the paper. Every sheet says which page of how many.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, PageBreak, Spacer
from reportlab.platypus import Paragraph as SetParagraph

from sochihoi.reports import fonts, paper
from sochihoi.reports import layout as layouts
from sochihoi.reports.closing import Closing, SignatureBlock
from sochihoi.reports.document import Align, Column, Row, RowKind, Signature
from sochihoi.reports.fonts import Typeface
from sochihoi.reports.layout import MM, Layout
from sochihoi.reports.long_tables import LongTable
from sochihoi.reports.tables import Look, column_widths, figure_table
from sochihoi.reports.text import markup
from sochihoi.reports.wording import word


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One person on the frozen roster. ``state`` and ``note`` are words, "" on a blank sheet."""

    number: int
    full_name: str
    birth_year: str = ""
    cell: str = ""
    state: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AttendanceSheet:
    """``unit_lines`` as on the unit's papers. ``code`` is the short code of the meeting, printed on every page.

    ``filled``: the list after the meeting, with states in words and ``summary`` ("Có mặt 38/45 …"), instead of boxes.
    ``is_study``: of a study session, where nobody is absent and no minutes are kept: ``summary`` stands on the blank
    sheet too (room for the numbers), and only who is in charge signs.
    """

    unit_lines: tuple[str, ...]
    branch: str
    time: str
    place: str
    code: str
    rows: tuple[RosterRow, ...]
    made_on: date
    topic: str = ""
    guest_rows: int = 5
    filled: bool = False
    is_study: bool = False
    summary: str = ""
    secretary: str = ""
    chair: str = ""
    watermark: str = ""
    language: str = "vi"


@dataclass(frozen=True, slots=True)
class ListSheet:
    """Any list of any page: its title, the filter in words, how many, columns and rows. Landscape when asked."""

    unit_lines: tuple[str, ...]
    title: str
    filter_text: str
    count_text: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    made_on: date
    landscape: bool = True
    foot: str = ""
    watermark: str = ""
    language: str = "vi"


class _Title(SetParagraph):
    """Of a sheet."""

    tag = "H1"


def head(unit_lines: Sequence[str], title: str, lines: Sequence[str], layout: Layout, face: Typeface) -> list[Flowable]:
    """Unit lines at the upper left (the last bold), the title, and what the sheet is about."""
    size = layout.sheet_pt
    leading = size * layout.leading
    left = ParagraphStyle("unit", fontName=face.regular, fontSize=size, leading=leading)
    middle = ParagraphStyle(
        "title", fontName=face.bold, fontSize=size + 3, leading=(size + 3) * 1.2, alignment=TA_CENTER, spaceBefore=6
    )
    about = ParagraphStyle("about", parent=left, alignment=TA_CENTER)
    story: list[Flowable] = [SetParagraph(markup(line), left) for line in unit_lines[:-1]]
    story += [SetParagraph(f"<b>{markup(line)}</b>", left) for line in unit_lines[-1:]]
    story.append(_Title(markup(title), middle))
    story += [SetParagraph(markup(line), about) for line in lines if line]
    return [*story, Spacer(0, 6)]


def note(text: str, layout: Layout, face: Typeface) -> Flowable:
    """A line below or above the table."""
    size = layout.sheet_pt
    return SetParagraph(
        markup(text),
        ParagraphStyle("note", fontName=face.regular, fontSize=size, leading=size * 1.3, spaceBefore=6, spaceAfter=4),
    )


def signatures(
    left: tuple[str, str] | None, right: tuple[str, str], layout: Layout, face: Typeface, language: str
) -> Flowable:
    """Who signs, each (title, name); no seal."""
    smaller = replace(layout, signature_pt=layout.sheet_pt)
    second = Signature(*left, seal_room=False) if left is not None else None
    return SignatureBlock(Signature(*right, seal_room=False), second, (), smaller, face, language)


def _columns(sheet: AttendanceSheet) -> tuple[Column, ...]:
    def title(key: str) -> str:
        return word(sheet.language, f"sheet.{key}")

    mark = Column(title("state"), 26, Align.CENTRE) if sheet.filled else Column(title("signature"), 38)
    return (
        Column(title("number"), 14, Align.CENTRE),
        Column(title("full_name"), 60),
        Column(title("birth_year"), 18, Align.CENTRE),
        Column(title("cell"), 26, Align.CENTRE),
        mark,
        Column(title("note"), 36 if sheet.filled else 24),
    )


def _rows(sheet: AttendanceSheet) -> list[Row]:
    rows = [Row((str(row.number), row.full_name, row.birth_year, row.cell, row.state, row.note)) for row in sheet.rows]
    if sheet.guest_rows and not sheet.filled:
        rows.append(Row((word(sheet.language, "sheet.guests"),), RowKind.GROUP))
        # Guests have no roster number: "46" typed back must never mean one of them
        for at in range(1, sheet.guest_rows + 1):
            rows.append(Row((word(sheet.language, "sheet.guest_number", number=at), "", "", "", "", "")))  # noqa: PERF401
    return rows


def attendance_story(sheet: AttendanceSheet, layout: Layout, face: Typeface) -> list[Flowable]:
    """One meeting's sheet as flowables."""
    language = sheet.language
    lines = (
        word(language, "sheet.branch", branch=sheet.branch),
        word(language, "sheet.when_where", time=sheet.time, place=sheet.place),
        word(language, "sheet.topic", topic=sheet.topic) if sheet.topic else "",
    )
    look = Look(
        layout.sheet_pt,
        2,
        row_height=layout.sheet_row_mm * MM if not sheet.filled else 0,
        number_size=layout.sheet_number_pt,
    )
    table = figure_table(_columns(sheet), _rows(sheet), layout.text_width, layout, face, look)
    below = sheet.summary if sheet.filled or sheet.is_study else word(language, "sheet.present_count")
    foot: list[Flowable] = [note(line, layout, face) for line in below.split("\n") if line]
    above = head(sheet.unit_lines, _title(sheet), lines, layout, face)
    return [*above, Closing(table, *foot, _signed(sheet, layout, face))]


def _title(sheet: AttendanceSheet) -> str:
    if sheet.is_study:
        return word(sheet.language, "study_sheet.filled_title" if sheet.filled else "study_sheet.title")
    return word(sheet.language, "sheet.filled_title" if sheet.filled else "sheet.attendance_title")


def _signed(sheet: AttendanceSheet, layout: Layout, face: Typeface) -> Flowable:
    language = sheet.language
    if sheet.is_study:
        return signatures(None, (word(language, "study_sheet.runs"), sheet.chair), layout, face, language)
    secretary, chair = (word(language, f"sheet.{key}") for key in ("secretary", "chair"))
    return signatures((secretary, sheet.secretary), (chair, sheet.chair), layout, face, language)


def attendance_pdf(sheet: AttendanceSheet, layout: Layout | None = None) -> bytes:
    """The sheet of one meeting. Raises ``LookupError`` without a usable font."""
    layout = (layout or layouts.shipped()).for_sheet()
    face = fonts.typeface()
    foot = word(sheet.language, "sheet.meeting_code", code=sheet.code)
    return _pdf(
        attendance_story(sheet, layout, face), layout, face, sheet, foot, len(_rows(sheet)) * len(_columns(sheet))
    )


def attendance_batch_pdf(sheets: Sequence[AttendanceSheet], layout: Layout | None = None) -> bytes:
    """Sheets of several meetings, each from a new page, with all their codes' branches in one file.

    Raises ``ValueError`` for no sheet at all.
    """
    if not sheets:
        raise ValueError("no sheet")
    layout = (layout or layouts.shipped()).for_sheet()
    face = fonts.typeface()
    story: list[Flowable] = []
    cells = 0
    for sheet in sheets:
        cells += len(_rows(sheet)) * len(_columns(sheet))
        if story:
            story.append(PageBreak())
        story.append(paper.FootChange(word(sheet.language, "sheet.meeting_code", code=sheet.code)))
        story += attendance_story(sheet, layout, face)
    return _pdf(
        story, layout, face, sheets[0], word(sheets[0].language, "sheet.meeting_code", code=sheets[0].code), cells
    )


def list_pdf(sheet: ListSheet, layout: Layout | None = None) -> bytes:
    """Any list, under its title, filter and count. Raises ``LookupError`` without a usable font."""
    layout = (layout or layouts.shipped()).for_sheet(landscape=sheet.landscape)
    face = fonts.typeface()
    about = word(sheet.language, "sheet.list_count", filter=sheet.filter_text, count=sheet.count_text).strip()
    look = Look(layout.sheet_small_pt + 1, 2.5)
    story = head(sheet.unit_lines, sheet.title, (about,), layout, face)
    widths = column_widths(sheet.columns, sheet.rows, layout.text_width, face, look.size)
    story.append(LongTable(sheet.columns, sheet.rows, widths, layout, face, look))
    return _pdf(story, layout, face, sheet, sheet.foot, len(sheet.rows) * len(sheet.columns))


def _pdf(
    story: list[Flowable],
    layout: Layout,
    face: Typeface,
    sheet: AttendanceSheet | ListSheet,
    foot: str,
    cells: int,
) -> bytes:
    title = sheet.title if isinstance(sheet, ListSheet) else _title(sheet)
    properties = paper.Properties(title, " ".join(sheet.unit_lines), sheet.made_on, sheet.language)
    marks = paper.Marks(number_on_top=False, foot=foot, watermark=sheet.watermark)
    return paper.render(story, layout, face, properties, marks, tagged=cells <= paper.TAGGED_CELLS)
