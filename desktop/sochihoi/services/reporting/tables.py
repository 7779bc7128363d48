"""The tables of a report, kind by kind: texts as a paper has them and the numbers behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from sochihoi.domain.indicators import Display, Figure, Indicator, Row, YearToDate
from sochihoi.services.form_parts import Label, SpanKind, TableKind, TableSpec
from sochihoi.services.paper_numbers import UNKNOWN, shown, tenths
from sochihoi.services.reporting.filling import Filler, added
from sochihoi.services.reporting.record_tables import RecordTables
from sochihoi.services.reporting.report import Number, ReportColumn, ReportLine, ReportTable
from sochihoi.services.reporting.spans import Span, beside, column_name, short_name
from sochihoi.services.reporting.study_tables import Made

if TYPE_CHECKING:
    from sochihoi.services.figures import FigureSheet
    from sochihoi.services.office import Office

MOST_IN_SECTION = 20  # lines of a table behind a section; a longer one is an annex of its own
_NUMBER, _NAME = 0.9, 3.6  # shares of the first columns of a table by branch


class Tables(RecordTables):
    """Makes the tables of one report. ``years``: the sheets of the years of a term; ``labels``: what the form calls
    indicators otherwise than their definition does."""

    def __init__(
        self,
        office: Office,
        span: Span,
        sheet: FigureSheet,
        filler: Filler,
        branch: str | None,
        years: tuple[FigureSheet, ...],
        labels: Iterable[Label] = (),
    ) -> None:
        super().__init__(office, span, sheet, branch)
        self._filler, self._years = filler, years
        self._labels = {one.code: one.label for one in labels}

    def make(self, spec: TableSpec) -> ReportTable | None:
        """The table, or ``None`` when there is nothing in it."""
        makers: dict[TableKind, Callable[[TableSpec], Made]] = {
            TableKind.FIGURES: self._figures,
            TableKind.BRANCHES: self._branches,
            TableKind.PARTS: self._parts,
            TableKind.CRITERIA: self.criteria,
            TableKind.STUDIES: self.studies,
            TableKind.GROUPS: self.groups,
            TableKind.CHANNELS: self.channels,
            TableKind.TARGETS: self._targets,
            TableKind.SCORES: self.scores,
            TableKind.MEETINGS: self.meetings,
            TableKind.PROPOSALS: self.proposals,
        }
        columns, lines = makers[spec.kind](spec)
        if not lines:
            return None
        title = self._filler.text(spec.title) or ""
        section = spec.section if len(lines) <= MOST_IN_SECTION else ""
        return ReportTable(spec.code, title, spec.told, section, spec.in_body, tuple(columns), tuple(lines))

    # ------------------------------------------------------------------ figures

    def _chosen(self, spec: TableSpec) -> list[Indicator]:
        return [
            one
            for one in self._sheet.definitions.indicators
            if (not spec.groups or one.group in spec.groups)
            and (not spec.codes or any(one.code == code or one.code.startswith(f"{code}.") for code in spec.codes))
            and (one.code, self._branch) in self._sheet.cells
            and (self._branch is None or one.source != "branches")  # how many branches says nothing of one
        ]

    def _label(self, indicator: Indicator) -> str:
        return self._labels.get(indicator.code, indicator.label.vi)

    def _by_group(
        self, chosen: Iterable[Indicator], line: Callable[[Indicator], ReportLine | None]
    ) -> list[ReportLine]:
        lines: list[ReportLine] = []
        mine = list(chosen)
        for group in self._sheet.definitions.groups:
            made = [one for one in (line(i) for i in mine if i.group == group.code) if one is not None]
            if made:
                lines += [ReportLine((group.label.vi,), band=True), *made]
        return lines

    def _figures(self, spec: TableSpec) -> Made:
        period = self._span.period
        if self._span.is_term:
            return self._parts(spec)
        with_year = not self._span.begins_year  # otherwise it would say the same twice

        def line(indicator: Indicator) -> ReportLine | None:
            row = self._sheet.cells[indicator.code, self._branch]
            figures = [row.now, row.previous, *([row.year_to_date] if with_year else [])]
            if not any(says(one) for one in figures):
                return None
            return ReportLine(
                (self._label(indicator), *(cell(indicator, one) for one in figures)),
                (None, *(value(one) for one in figures)),
            )

        columns = [ReportColumn("Chỉ tiêu", 5.2, number=False)]
        before = period.previous()
        columns += [ReportColumn(beside(*pair), 1.5) for pair in ((period, before), (before, period))]
        if with_year:
            columns.append(ReportColumn("Từ đầu năm", 1.7))
        return columns, self._by_group(self._chosen(spec), line)

    def _parts(self, spec: TableSpec) -> Made:
        """A column for each month or year, and the whole span last; a span of one part alone is its own column."""
        sheets = self._years or tuple(self._office.figures.of(part) for part in self._span.parts)
        if len(sheets) < 2 and not self._span.is_term:
            return (), []

        def line(indicator: Indicator) -> ReportLine | None:
            key = indicator.code, self._branch
            rows = [sheet.cells.get(key) for sheet in sheets]
            figures = [row.now if row is not None else _nothing(indicator) for row in rows]
            figures.append(self._whole(indicator, figures))
            if not any(says(one) for one in figures):
                return None
            return ReportLine(
                (self._label(indicator), *(cell(indicator, one) for one in figures)),
                (None, *(value(one) for one in figures)),
            )

        narrow = len(sheets) > 6
        titles = [
            column_name(sheet.period)
            if self._span.is_term
            else (f"T{sheet.period.index}" if narrow else short_name(sheet.period))
            for sheet in sheets
        ]
        columns = [ReportColumn("Chỉ tiêu", 5.2, number=False), *(ReportColumn(title, 1.2) for title in titles)]
        columns.append(
            ReportColumn({SpanKind.TERM: "Nhiệm kỳ", SpanKind.YEAR: "Cả năm"}.get(self._span.kind, "Cả kỳ"), 1.4)
        )
        return columns, self._by_group(self._chosen(spec), line)

    def _whole(self, indicator: Indicator, figures: Sequence[Figure]) -> Figure:
        """The span whole: of a term added over its years, otherwise counted over it; persons are never added."""
        if not self._span.is_term:
            return self._sheet.cells[indicator.code, self._branch].now
        known = [one for one in figures if says(one)]
        return added(known) if indicator.year_to_date is not YearToDate.AT_END and known else figures[-1]

    def _targets(self, spec: TableSpec) -> Made:
        if not self._office.is_receiver:
            return self.targets(spec)
        from sochihoi.services.consolidated.target_table import target_table

        return target_table(self._office, self._sheet)

    # ------------------------------------------------------------------ by branch

    def _branches(self, spec: TableSpec) -> Made:
        indicators = [self._sheet.definitions.by_code[column.code] for column in spec.columns]
        columns = [
            ReportColumn("TT", _NUMBER, number=False, centred=True),
            ReportColumn("Đơn vị" if self._office.is_receiver else "Chi hội", _NAME, number=False),
        ]
        columns += [
            ReportColumn(f"{column.title} (%)" if is_percent(one) else column.title, 1.5)
            for column, one in zip(spec.columns, indicators, strict=True)
        ]

        def line(number: str, name: str, branch: str | None, *, total: bool = False) -> ReportLine:
            rows = [self._sheet.cells.get((one.code, branch)) for one in indicators]
            return ReportLine(
                (number, name, *(_narrow(row) for row in rows)),
                (None, None, *(value(row.now) if row else None for row in rows)),
                total=total,
            )

        units = self._sheet.branches
        whole = "Tổng cộng" if self._office.is_receiver else f"Toàn {self._office.commune.kind or 'xã'}"
        lines = [line(str(number), unit.name, unit.id) for number, unit in enumerate(units, start=1)]
        return columns, [
            *lines,
            line("", whole, None, total=True),
        ] if lines else []


def cell(indicator: Indicator, figure: Figure) -> str:
    """A figure as it stands in a table."""
    return shown(indicator, figure) or UNKNOWN


def value(figure: Figure) -> Number:
    """The number behind it; a share as a fraction of 1."""
    return figure.value if figure.value is not None else figure.ratio


def says(figure: Figure) -> bool:
    """Whether it is known and not nothing."""
    return bool(figure.value) or figure.ratio is not None


def is_percent(indicator: Indicator) -> bool:
    """Whether it is written with %."""
    return indicator.display is Display.PERCENT


def _narrow(row: Row | None) -> str:
    """In a column that says % in its title."""
    if row is None:
        return UNKNOWN
    if is_percent(row.indicator):
        return UNKNOWN if row.now.ratio is None else tenths(row.now.ratio * 100)
    return cell(row.indicator, row.now)


def _nothing(indicator: Indicator) -> Figure:
    return Figure(indicator.code, None, indicator.unit, None)
