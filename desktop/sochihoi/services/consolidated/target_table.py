"""The targets of all units together as a table of a report, as they stood when the month was closed."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sochihoi.domain.targets import Direction, Goal, Measured
from sochihoi.services.consolidated.targets import frozen_totals
from sochihoi.services.paper_numbers import UNKNOWN, exact, grouped, share
from sochihoi.services.received_figures import needed
from sochihoi.services.reporting.report import ReportColumn, ReportLine
from sochihoi.services.target_rows import KEPT
from sochihoi.services.target_words import goal_words

if TYPE_CHECKING:
    from sochihoi.services.figures import FigureSheet
    from sochihoi.services.office import Office


def target_table(office: Office, sheet: FigureSheet) -> tuple[list[ReportColumn], list[ReportLine]]:
    """A line a target that a unit sent: the goal of all, what was reached, how many units have reached theirs."""
    columns = [
        ReportColumn("TT", 0.9, number=False, centred=True),
        ReportColumn("Chỉ tiêu", 4.6, number=False),
        ReportColumn("Mức phải đạt", 2.0, number=False, centred=True),
        ReportColumn("Thực hiện", 2.9, number=False, centred=True),
        ReportColumn("Đơn vị đạt", 1.7, number=False, centred=True),
    ]
    last = needed(sheet.period, office.receiving.totals.last_day()).months[
        -1
    ]  # of a year that goes on the newest month
    kept = sheet.closing.definitions.get(KEPT, ()) if sheet.closing else frozen_totals(office, last)
    titles = {target.id: target.title.vi for target in office.definitions.targets}
    lines: list[ReportLine] = []
    for one in kept:
        cells = (
            str(len(lines) + 1),
            titles.get(one["code"], one["code"]),
            _goal(one),
            _reached(one),
            f"{grouped(one['met'])}/{grouped(one['units'])}",
        )
        lines.append(ReportLine(cells, (None,) * len(cells)))
    return columns, lines


def _goal(one: Mapping[str, Any]) -> str:
    if one["value"] is None:
        return UNKNOWN
    value = Fraction(one["value"])
    if one["direction"] not in Direction.__members__:
        return exact(value)
    return goal_words(Goal(Direction[one["direction"]], value, Measured[one["measured"]]))


def _reached(one: Mapping[str, Any]) -> str:
    if one["numerator"] is None:
        return UNKNOWN
    above = Fraction(one["numerator"])
    if one["measured"] != Measured.PERCENT.name:
        return exact(above)
    below = Fraction(one["denominator"] or 0)
    return f"{share(above / below)} ({grouped(int(above))}/{grouped(int(below))})" if below else UNKNOWN
