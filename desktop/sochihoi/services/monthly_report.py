"""The monthly report before it is paper: everything that is printed, as plain values; the same as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sochihoi.domain.indicators import Display, Figure, Group, Indicator, Row
from sochihoi.domain.periods import Period
from sochihoi.domain.units import Unit
from sochihoi.services.commune import Commune
from sochihoi.services.figures import json_row
from sochihoi.services.narrative import SectionText
from sochihoi.services.paper_numbers import NBSP, UNKNOWN, long_date, shown, tenths
from sochihoi.services.report_forms import ReportForm

if TYPE_CHECKING:
    from sochihoi.services.office import Office

DRAFT_MARK = "DỰ THẢO"


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A line of the table of figures: texts as they stand on the paper. A band has only its label."""

    label: str
    now: str = ""
    previous: str = ""
    so_far: str = ""
    is_band: bool = False


@dataclass(frozen=True, slots=True)
class MonthlyReport:
    """One report. ``edition`` 0 and an empty ``number`` belong to a draft of an open month."""

    period: Period
    commune: Commune
    form: ReportForm
    edition: int
    number: str
    on: date
    subject: str
    opening: str
    closing: str
    figures_title: str
    branches_title: str
    sections: tuple[SectionText, ...]
    rows: tuple[Row, ...]
    branches: tuple[tuple[Unit, tuple[Row, ...]], ...]
    figure_lines: tuple[FigureLine, ...]
    branch_titles: tuple[str, ...]
    branch_lines: tuple[tuple[str, ...], ...]
    demo: bool
    sha256: str
    supplement_reason: str

    @property
    def subject_lines(self) -> tuple[str, ...]:
        """The subject as it is broken on the paper."""
        return tuple(line.strip() for line in self.subject.split("\n"))

    @property
    def subject_line(self) -> str:
        """The subject on one line."""
        return " ".join(self.subject_lines)

    @property
    def is_draft(self) -> bool:
        """Whether the month is open: figures may still change."""
        return self.edition == 0

    @property
    def number_line(self) -> str:
        """``Số: 05/BC-BTV``; room for the number where there is none yet."""
        if self.number:
            return f"Số: {self.number}"
        _before, slash, after = self.commune.number_pattern.partition("/")
        return f"Số:      {slash}{after}"

    @property
    def place_date(self) -> str:
        """``Xã Hòa Phú, ngày 30 tháng 10 năm 2026``; a draft leaves the day open."""
        return f"{self.commune.place}, {self._day}" if self.commune.place else self._day

    @property
    def _day(self) -> str:
        if not self.is_draft:
            return long_date(self.on)
        month = f"{self.on.month:02}" if self.on.month < 3 else str(self.on.month)
        return f"ngày      tháng {month} năm {self.on.year}"

    @property
    def annex_line(self) -> str:
        """Which paper an annex goes with, in full: number, date and who issued it (Decree 30/2020/NĐ-CP)."""
        number = self.number_line.removeprefix("Số: ").replace(" ", NBSP)
        kind = self.form.title.capitalize()
        day = self._day.replace(" ", NBSP)  # a date is not broken over two lines
        return f"(Kèm theo {kind} số {number} {day} của {self.commune.union_name})"

    @property
    def printed(self) -> tuple[SectionText, ...]:
        """The sections that have something to say."""
        return tuple(one for one in self.sections if one.numeral)

    @property
    def file_name(self) -> str:
        """``BaoCao_2026-10.pdf``; editions after the first say so. ASCII: it goes through mail and sticks."""
        edition = f"_L{self.edition}" if self.edition > 1 else ""
        return f"BaoCao_{self.period.code}{edition}{'_DuThao' if self.is_draft else ''}.pdf"


def build(office: Office, period: Period) -> MonthlyReport:
    """The report of a month as it stands: the newest edition of a closed month, a draft of an open one.

    Raises ``NotAMonth``, ``FuturePeriod``.
    """
    standing = office.months.standing(period)
    sheet = office.figures.of(period)
    form = office.months.form
    filler = office.months.narrative.filler(period)
    sections = office.months.narrative.sections(period)
    closing = sheet.closing
    rows = sheet.rows
    codes = [column.code for column in form.branch_columns]
    branches = tuple(
        (unit, tuple(sheet.cells[code, unit.id] for code in codes if (code, unit.id) in sheet.cells))
        for unit in sheet.branches
    )
    with office.read() as work:
        today = office.figures.last_day(work)
    return MonthlyReport(
        period=period,
        commune=office.commune,
        form=form,
        edition=closing.edition if closing else 0,
        number=closing.report_number if closing else "",
        on=(closing.report_date or closing.closed_on) if closing else today,
        subject=filler.text(form.subject) or "",
        opening=filler.text(form.opening) or "",
        closing=filler.text(form.closing) or "",
        figures_title=filler.text(form.figures_title) or "",
        branches_title=filler.text(form.branches_title) or "",
        sections=sections,
        rows=rows,
        branches=branches,
        figure_lines=figure_lines(sheet.definitions.groups, rows),
        branch_titles=tuple(
            f"{column.title} (%)" if is_percent(sheet.definitions.by_code[column.code]) else column.title
            for column in form.branch_columns
        ),
        branch_lines=tuple(_branch_lines(form, branches, sheet.cells)),
        demo=office.demo,
        sha256=closing.sha256 if closing else "",
        supplement_reason=standing.supplement or (closing.reason if closing and closing.edition > 1 else ""),
    )


def figure_lines(groups: Sequence[Group], rows: tuple[Row, ...]) -> tuple[FigureLine, ...]:
    """Group by group, without lines that say nothing and groups without lines."""
    lines: list[FigureLine] = []
    for group in groups:
        mine = [row for row in rows if row.indicator.group == group.code and _says(row)]
        if mine:
            lines.append(FigureLine(group.label.vi, is_band=True))
            lines += [
                FigureLine(
                    row.indicator.label.vi,
                    _cell(row.indicator, row.now),
                    _cell(row.indicator, row.previous),
                    _cell(row.indicator, row.year_to_date),
                )
                for row in mine
            ]
    return tuple(lines)


def _says(row: Row) -> bool:
    """Whether any of its figures is known and not nothing."""
    return any(figure.value or figure.ratio is not None for figure in (row.now, row.previous, row.year_to_date))


def _cell(indicator: Indicator, figure: Figure) -> str:
    return shown(indicator, figure) or UNKNOWN


def _branch_lines(form: ReportForm, branches: Any, cells: Any) -> list[tuple[str, ...]]:
    """Numbered, the sum of the commune last."""
    lines = []
    for number, (unit, rows) in enumerate(branches, start=1):
        lines.append((str(number), unit.name, *(_narrow(row) for row in rows)))
    total = (cells[column.code, None] for column in form.branch_columns)
    if lines:
        lines.append(("", "Toàn xã", *(_narrow(row) for row in total)))
    return lines


def _narrow(row: Row) -> str:
    """In a column that says % in its title."""
    if is_percent(row.indicator):
        return UNKNOWN if row.now.ratio is None else tenths(row.now.ratio * 100)
    return _cell(row.indicator, row.now)


def is_percent(indicator: Indicator) -> bool:
    """Whether it is written with %."""
    return indicator.display is Display.PERCENT


def as_json(report: MonthlyReport) -> dict[str, Any]:
    """The same report for a program. Texts are Vietnamese; figures have the shape of the command ``figures``."""
    commune = report.commune
    return {
        "form": {"code": report.form.code, "version": report.form.version},
        "period": report.period.code,
        "state": "DRAFT" if report.is_draft else "CLOSED",
        "edition": report.edition,
        "demonstration": report.demo,
        "unit": {"code": commune.code, "name": commune.union_name},
        "to": commune.above_name,
        "number": report.number,
        "date": None if report.is_draft else report.on.isoformat(),
        "place": commune.place,
        "title": report.form.title,
        "subject": report.subject_line,
        "sections": [
            {
                "code": one.section.code,
                "numeral": one.numeral,
                "level": one.section.level,
                "heading": one.heading,
                "text": one.content,
                "edited": one.edited,
            }
            for one in report.sections
        ],
        "figures": [
            json_row(row.indicator.code, row.indicator.label.vi, (row.now, row.previous, row.year_to_date))
            for row in report.rows
        ],
        "branches": [
            {
                "id": unit.id,
                "name": unit.name,
                "figures": [
                    json_row(row.indicator.code, row.indicator.label.vi, (row.now, row.previous, row.year_to_date))
                    for row in rows
                ],
            }
            for unit, rows in report.branches
        ],
        "recipients": list(commune.recipients),
        "signature": {
            "on_behalf": commune.on_behalf,
            "title": commune.signer_title,
            "name": commune.signer_name,
        },
        "sha256": report.sha256,
    }
