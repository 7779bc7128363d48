"""Blank scoring sheets: households against the criteria of a year, a branch against its rubric."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from reportlab.platypus import Flowable

from sochihoi.reports import fonts, paper, sheets
from sochihoi.reports import layout as layouts
from sochihoi.reports.closing import Closing
from sochihoi.reports.document import Align, Column, Row, RowKind
from sochihoi.reports.fonts import Typeface
from sochihoi.reports.layout import MM, Layout
from sochihoi.reports.tables import Look, figure_table
from sochihoi.reports.text import wrap
from sochihoi.reports.wording import word

_UPRIGHT_MM = range(24, 60, 3)


@dataclass(frozen=True, slots=True)
class CriterionColumn:
    """``group`` ("3 sạch") names the band above it; criteria of one group stand together."""

    title: str
    group: str


@dataclass(frozen=True, slots=True)
class HouseholdSheet:
    """``campaign`` is the name of the criteria set of the year, ``households`` (head, address)."""

    unit_lines: tuple[str, ...]
    campaign: str
    branch: str
    criteria: tuple[CriterionColumn, ...]
    households: tuple[tuple[str, str], ...]
    made_on: date
    blank_rows: int = 0
    foot: str = ""
    watermark: str = ""
    language: str = "vi"


@dataclass(frozen=True, slots=True)
class RubricRow:
    """One criterion; scores are texts, "" = to be written by hand."""

    number: str
    title: str
    maximum: str
    proposed: str = ""
    self_score: str = ""
    verified: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class BranchSheet:
    """``groups``: (name, criteria); ``blocking``: conditions in words, each with a box to tick by hand."""

    unit_lines: tuple[str, ...]
    subject: str
    branch: str
    groups: tuple[tuple[str, tuple[RubricRow, ...]], ...]
    total: RubricRow
    made_on: date
    blocking: tuple[str, ...] = ()
    foot: str = ""
    watermark: str = ""
    language: str = "vi"


def _upright(sheet: HouseholdSheet, layout: Layout, face: Typeface) -> float:
    """The lowest header, in points, in which no title needs more than two lines."""
    for height in _UPRIGHT_MM:
        if all(len(wrap(one.title, face.bold, layout.sheet_small_pt, height * MM)) <= 2 for one in sheet.criteria):
            return height * MM
    return _UPRIGHT_MM[-1] * MM


def household_pdf(sheet: HouseholdSheet, layout: Layout | None = None) -> bytes:
    """Landscape, criteria upright under their bands, one row a household, large row numbers.

    Raises ``LookupError`` without a usable font.
    """
    layout = (layout or layouts.shipped()).for_sheet(landscape=True)
    face, language = fonts.typeface(), sheet.language
    columns = (
        Column(word(language, "sheet.number"), 13, Align.CENTRE),
        Column(word(language, "households.household"), 74),
        *(Column(one.title, 12, Align.CENTRE, upright=True) for one in sheet.criteria),
        Column(word(language, "households.all_met"), 16, Align.CENTRE),
        Column(word(language, "sheet.note"), 34),
    )
    bands = tuple((name, len(list(found))) for name, found in groupby(sheet.criteria, lambda one: one.group))
    empty = ("",) * (len(sheet.criteria) + 2)
    named = [f"{head}\n{address}" if address else head for head, address in sheet.households]
    rows = [Row((str(at), text, *empty)) for at, text in enumerate(named + [""] * sheet.blank_rows, 1)]
    look = Look(
        layout.sheet_small_pt,
        2,
        row_height=layout.sheet_row_mm * MM,
        number_size=layout.sheet_number_pt,
        bands=(("", 1), ("", 1), *bands, ("", 1), ("", 1)),
        upright_height=_upright(sheet, layout, face),
    )
    table = figure_table(columns, rows, layout.text_width, layout, face, look)
    signed = sheets.signatures(
        (word(language, "sheet.secretary"), ""), (word(language, "sheet.head"), ""), layout, face, language
    )
    about = (sheet.campaign, word(language, "sheet.branch", branch=sheet.branch))
    title = word(language, "households.title")
    story: list[Flowable] = [
        *sheets.head(sheet.unit_lines, title, about, layout, face),
        sheets.note(word(language, "households.how"), layout, face),
        Closing(table, signed),
    ]
    properties = paper.Properties(title, " ".join(sheet.unit_lines), sheet.made_on, language)
    marks = paper.Marks(number_on_top=False, foot=sheet.foot, watermark=sheet.watermark)
    return paper.render(story, layout, face, properties, marks, tagged=True)


def _cells(row: RubricRow) -> tuple[str, ...]:
    return (row.number, row.title, row.maximum, row.proposed, row.self_score, row.verified, row.evidence)


def branch_pdf(sheet: BranchSheet, layout: Layout | None = None) -> bytes:
    """Portrait: criterion, maximum, proposed, own and verified score, evidence; blocking conditions below.

    Raises ``LookupError`` without a usable font.
    """
    layout = (layout or layouts.shipped()).for_sheet()
    face, language = fonts.typeface(), sheet.language

    def title(key: str) -> str:
        return word(language, f"branch_scoring.{key}")

    columns = (
        Column(word(language, "sheet.number"), 11, Align.CENTRE),
        Column(title("criterion"), 68),
        *(Column(title(key), 17, Align.CENTRE) for key in ("maximum", "proposed", "self_score", "verified")),
        Column(title("evidence"), 42),
    )
    rows: list[Row] = []
    for name, criteria in sheet.groups:
        rows.append(Row((name,), RowKind.GROUP))
        rows += [Row(_cells(one)) for one in criteria]
    rows.append(Row(_cells(sheet.total), RowKind.TOTAL))
    look = Look(layout.sheet_small_pt + 1, 2.5, row_height=layout.sheet_row_mm * MM)
    table = figure_table(columns, rows, layout.text_width, layout, face, look)
    about = (sheet.subject, word(language, "sheet.branch", branch=sheet.branch))
    blocking: Flowable | None = None
    if sheet.blocking:
        conditions = (Column(title("blocking"), 160), Column("", 12))
        found = [Row((text, "")) for text in sheet.blocking]
        blocking = figure_table(conditions, found, layout.text_width, layout, face, Look(layout.sheet_small_pt + 1, 3))
    signed = sheets.signatures((title("branch_signs"), ""), (title("commune_signs"), ""), layout, face, language)
    story = [
        *sheets.head(sheet.unit_lines, title("title"), about, layout, face),
        *([table, sheets.note("", layout, face)] if blocking else []),
        Closing(blocking or table, signed),
    ]
    properties = paper.Properties(title("title"), " ".join(sheet.unit_lines), sheet.made_on, language)
    marks = paper.Marks(number_on_top=False, foot=sheet.foot, watermark=sheet.watermark)
    return paper.render(story, layout, face, properties, marks, tagged=True)
