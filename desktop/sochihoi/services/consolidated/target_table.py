"""The targets of all units together as a table of a report, as they stood when the month was closed."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sochihoi.domain.targets import Direction, Goal, Measured
from sochihoi.services.consolidated.targets import frozen_totals
from sochihoi.services.paper_numbers import UNKNOWN, exact, grouped, share
from sochihoi.services.received_months import needed
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
        ReportColumn("Mức phải đạt", 3.4, number=False, centred=True),
        ReportColumn("Thực hiện", 2.9, number=False, centred=True),
        ReportColumn("Đơn vị đạt", 1.7, number=False, centred=True),
    ]
    last = needed(sheet.period, office.receiving.totals.last_day()).last  # of a year that goes on the newest month
    kept = sheet.closing.definitions.get(KEPT, ()) if sheet.closing else frozen_totals(office, last)
    titles = {target.id: target.title.vi for target in office.definitions.targets}
    lines: list[ReportLine] = []
    for one in kept:
        cells = (
            str(len(lines) + 1),
            titles.get(one["code"], one["code"]),
            goal_cell(one),
            _reached(one),
            f"{grouped(one['met'])}/{grouped(one['units'])}",
        )
        lines.append(ReportLine(cells, (None,) * len(cells)))
    return columns, lines


def goal_cell(one: Mapping[str, Any]) -> str:
    """The goal of the units whose figures are added, as in ``ui.words.upper.goals_of``; a number with what it is of."""
    counted = one.get("counted", 0)  # a month that was closed before it was kept tells the sum alone
    if one["value"] is None:
        return "mỗi đơn vị một mức" if counted else UNKNOWN
    value = Fraction(one["value"])
    told = exact(value)
    if one["direction"] in Direction.__members__:
        told = goal_words(Goal(Direction[one["direction"]], value, Measured[one["measured"]]))
    if one["measured"] == Measured.PERCENT.name or counted == 0 or one["units"] == 1:
        return told
    units = f"{grouped(counted)} đơn vị"
    if counted < one["units"]:
        units = f"{grouped(counted)}/{grouped(one['units'])} đơn vị có số"
    if counted > 1:
        units += ", mỗi nơi một mức" if one["each"] is None else f", mỗi đơn vị {exact(Fraction(one['each']))}"
    return f"{told} ({units})"


def _reached(one: Mapping[str, Any]) -> str:
    if one["numerator"] is None:
        return UNKNOWN
    above = Fraction(one["numerator"])
    if one["measured"] != Measured.PERCENT.name:
        return exact(above)
    below = Fraction(one["denominator"] or 0)
    return f"{share(above / below)} ({grouped(int(above))}/{grouped(int(below))})" if below else UNKNOWN
