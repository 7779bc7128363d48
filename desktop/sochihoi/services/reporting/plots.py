"""The plots of a report: one indicator over the parts of the span, or branch by branch; always with its table."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sochihoi.domain.indicators import Indicator
from sochihoi.reports.charts import Bar, HorizontalBars, VerticalBars
from sochihoi.services.form_parts import Label, PlotKind, PlotSpec
from sochihoi.services.paper_numbers import NBSP, UNKNOWN, grouped, tenths
from sochihoi.services.reporting.filling import Filler
from sochihoi.services.reporting.report import ReportColumn, ReportLine, ReportPlot, ReportTable
from sochihoi.services.reporting.spans import Span, column_name
from sochihoi.services.reporting.tables import cell, value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sochihoi.domain.indicators import Figure
    from sochihoi.domain.targets import Goal, Target
    from sochihoi.services.figures import FigureSheet
    from sochihoi.services.office import Office

MOST = 20  # bars one below the other; of more branches the ten highest and the ten lowest are drawn


def make(
    office: Office,
    spec: PlotSpec,
    span: Span,
    sheet: FigureSheet,
    filler: Filler,
    targets: Mapping[str, tuple[Target, Goal]],
    branch: str | None,
    years: tuple[FigureSheet, ...],
    labels: Iterable[Label] = (),
) -> ReportPlot | None:
    """The plot, or ``None`` when fewer than two of its bars are known."""
    indicator = sheet.definitions.by_code.get(spec.figure)
    if indicator is None:
        return None
    if spec.kind is PlotKind.BRANCHES:
        named = [(unit.name, row.now) for unit, row in sheet.split(spec.figure)]
    else:
        sheets = years or tuple(office.figures.of(part) for part in span.parts)
        found = ((one, one.cells.get((spec.figure, branch))) for one in sheets)
        named = [
            (column_name(one.period) if span.is_term else f"T{one.period.index}", row.now)
            for one, row in found
            if row is not None
        ]
    if sum(_measure(figure) is not None for _name, figure in named) < 2:
        return None
    title = filler.text(spec.title) or ""
    goal = targets[spec.figure][1] if indicator.is_share and spec.figure in targets else None
    data = _side_by_side(title, indicator, named, goal)
    word = "đơn vị" if office.is_receiver else "chi hội"
    if spec.kind is PlotKind.BRANCHES:
        data = _below(title, indicator, named, goal, word)
    called = next((one.label for one in labels if one.code == indicator.code), indicator.label.vi)
    return ReportPlot(spec.code, data.title, spec.section, data, _table(spec, title, indicator, called, named, word))


def _measure(figure: Figure) -> Fraction | int | None:
    return figure.ratio if figure.value is None else figure.value


def _target(goal: Goal | None) -> tuple[Fraction | None, str]:
    if goal is None:
        return None, ""
    return Fraction(goal.value) / 100, f"{tenths(Fraction(goal.value)).removesuffix(',0')}{NBSP}%"


def _side_by_side(
    title: str, indicator: Indicator, named: list[tuple[str, Figure]], goal: Goal | None
) -> VerticalBars | HorizontalBars:
    at, words = _target(goal)
    last = len(named) - 1
    bars = tuple(
        Bar(name, _measure(figure), _short(indicator, figure), dark=number == last)
        for number, (name, figure) in enumerate(named)
    )
    if indicator.is_share:
        ticks = tuple((Fraction(step, 100), f"{step}{NBSP}%") for step in (0, 50, 100))
    else:
        top = max(int(bar.value or 0) for bar in bars) or 1
        ticks = ((Fraction(0), "0"), (Fraction(top), grouped(top)))
    return VerticalBars(title, bars, ticks, at, words)


def _below(
    title: str, indicator: Indicator, named: list[tuple[str, Figure]], goal: Goal | None, word: str
) -> HorizontalBars:
    at, words = _target(goal)
    ranked = sorted(named, key=lambda pair: (_measure(pair[1]) is None, -(_measure(pair[1]) or 0)))
    if len(ranked) > MOST:
        ranked = [pair for pair in ranked if _measure(pair[1]) is not None]
    if len(ranked) > MOST:
        half = MOST // 2
        ranked = [*ranked[:half], *ranked[-half:]]
        title = f"{title} ({half} {word} cao nhất và {half} {word} thấp nhất)"
    bars = tuple(
        Bar(name, _measure(figure), _short(indicator, figure), dark=_is_below(goal, figure)) for name, figure in ranked
    )
    top = 1 if indicator.is_share else max((bar.value for bar in bars if bar.value is not None), default=1) or 1
    return HorizontalBars(title, bars, top, at, words)


def _is_below(goal: Goal | None, figure: Figure) -> bool:
    if goal is None or figure.numerator is None or not figure.denominator:
        return False
    return not goal.meets(figure.numerator, figure.denominator)


def _short(indicator: Indicator, figure: Figure) -> str:
    if figure.value is None and figure.ratio is not None:
        return tenths(figure.ratio * 100)
    return cell(indicator, figure)


def _table(
    spec: PlotSpec, title: str, indicator: Indicator, called: str, named: list[tuple[str, Figure]], word: str
) -> ReportTable:
    """The figures that were drawn; of a plot by branch all branches."""
    first = word.capitalize() if spec.kind is PlotKind.BRANCHES else "Thời gian"
    columns = [ReportColumn(first, 4.0, number=False), ReportColumn(called, 2.2)]
    if indicator.is_share:
        columns.append(ReportColumn("Số trên tổng số", 2.2))
    lines = []
    for name, figure in named:
        texts, values = [name, cell(indicator, figure)], [None, value(figure)]
        if indicator.is_share:
            of = UNKNOWN
            if figure.numerator is not None and figure.denominator:
                of = f"{grouped(figure.numerator)}/{grouped(figure.denominator)}"
            texts.append(of)
            values.append(None)
        lines.append(ReportLine(tuple(texts), tuple(values)))
    return ReportTable(
        f"{spec.code}-table", title, "", spec.section, in_body=False, columns=tuple(columns), lines=tuple(lines)
    )
