"""Words of what came up from several units: targets, goals, who is missing. No Qt."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from sochihoi.domain.exchange import ReceivedTarget
from sochihoi.domain.targets import Direction, Goal, Measured
from sochihoi.i18n import _, ngettext, number, percent
from sochihoi.ui.words.month import in_language, period_name
from sochihoi.ui.words.targets import goal_words

if TYPE_CHECKING:
    from sochihoi.services.target_totals import TargetTotal
    from sochihoi.services.totals import Totals

_NAMED = 6


def target_title(total: TargetTotal) -> str:
    """What a target is called; its code where this version has no words for it."""
    return total.code if total.target is None else in_language(total.target.title)


def span_words(span: str) -> str:
    """``2026``, ``2025–2030``."""
    return span.replace("-", "–")


def plain_number(value: Fraction) -> str:
    """``12``, ``1,5``: a number as exact as it came, without zeros behind."""
    return number(Decimal(value.numerator) / Decimal(value.denominator))


def figure_words(figure: Fraction | None, whole: int | None, *, share: bool) -> str:
    """``30,2 % (101/334)``, ``2``; ``—`` where nobody entered it."""
    if figure is None:
        return "—"
    if not share:
        return plain_number(figure)
    if not whole:
        return _("none yet")
    return f"{percent(figure / whole)} ({number(int(figure))}/{number(whole)})"


def goal_of(one: ReceivedTarget) -> str:
    """``trên 85 %``; ``—`` where the unit has not set it."""
    return "—" if one.goal is None else _goal(one.goal, one.direction, share=one.is_share)


def _goal(goal: Fraction, direction: str, *, share: bool) -> str:
    value = goal * 100 if share else goal
    if direction not in Direction.__members__ or value < 0 or (share and value > 100):
        return percent(goal) if share else plain_number(value)
    return goal_words(Goal(Direction[direction], value, Measured.PERCENT if share else Measured.COUNT))


def goals_of(total: TargetTotal) -> str:
    """``trên 85 %``; of numbers, as the figure beside it is a sum, ``từ 36 trở lên (3 đơn vị, mỗi đơn vị 12)``."""
    goal = total.goal
    if goal is None:
        return "—"
    if goal.value is None:
        return _("of each unit its own")
    told = _goal(goal.value, goal.direction, share=total.is_share)
    if total.is_share or len(total.parts) == 1:
        return told
    count = {"count": number(goal.units), "all": number(len(total.parts))}
    units = ngettext("{count} unit", "{count} units", goal.units)
    if goal.units < len(total.parts):
        units = _("{count} of {all} units with a figure")
    units = units.format(**count)
    if goal.units > 1 and goal.each is None:
        units = _("{units}, of each its own").format(units=units)
    elif goal.units > 1 and goal.each is not None:
        units = _("{units}, each {goal}").format(units=units, goal=plain_number(goal.each))
    return f"{told} ({units})"


def met_words(met: bool | None) -> str:
    """A badge: reached, not reached, no figures."""
    if met is None:
        return _("No figures yet")
    return _("Target met") if met else _("Not met yet")


def target_line(total: TargetTotal) -> str:
    """One target of all units as a sentence of the command line."""
    counted = ngettext(
        "{met} of {count} unit has reached its goal", "{met} of {count} units have reached their goal", len(total.parts)
    ).format(met=number(total.count(met=True)), count=number(len(total.parts)))
    return _("{target}, {span} ({goal}): {figure}; {counted}").format(
        target=target_title(total),
        span=span_words(total.span),
        goal=goals_of(total),
        figure=figure_words(total.numerator, total.denominator, share=total.is_share),
        counted=counted,
    )


def missing_units(totals: Totals, *, most: int = _NAMED) -> list[str]:
    """Which units are not in the figures, of a longer period with the months that never came; which are not in those
    of the period before."""
    told = []
    if totals.missing:
        names = [one.unit_name for one in totals.missing]
        told.append(
            ngettext(
                "{count} unit is not in these figures: {names}.",
                "{count} units are not in these figures: {names}.",
                len(names),
            ).format(count=number(len(names)), names=_listed(names, most))
        )
    if len(totals.period.months()) > 1:
        for one in totals.missing[:most]:
            months = ", ".join(period_name(month) for month in totals.missing_months.get(one.unit_code, ()))
            told.append(_("{unit} has not sent: {months}.").format(unit=one.unit_name, months=months))
    if totals.without_before:
        names = [one.unit_name for one in totals.without_before]
        told.append(
            _("Figures before ({period}) are without: {names}.").format(
                period=period_name(totals.period.previous()), names=_listed(names, most)
            )
        )
    return told


def _listed(names: list[str], most: int) -> str:
    return ", ".join(names[:most]) + ("…" if len(names) > most else "")
