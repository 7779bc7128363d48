"""What is unusual in a unit's file against what it sent before: pure comparison, the levels come as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any, Self

from sochihoi.domain.exchange import Measure

Figures = Mapping[str, Measure]
"""The figures of a whole unit in one period, by indicator."""


class Sign(Enum):
    """What a rule looks for."""

    FALL = "fall"
    RISE = "rise"
    GONE = "gone"  # figures that came before and are absent now
    CORRECTED = "corrected"  # a period that was received before comes with other figures


@dataclass(frozen=True, slots=True)
class Rule:
    """Over ``say`` percent it is told, over ``hold`` a person decides. ``least``: what stood before, at least.

    ``indicators``: which it compares; none for ``GONE`` and ``CORRECTED``. ``tell``: the unit itself is asked to look.
    ``within_year``: what is counted anew each year is not compared with a month of another year.
    """

    code: str
    sign: Sign
    indicators: tuple[str, ...]
    say: int
    hold: int
    least: int
    tell: bool
    within_year: bool = False


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules of a time."""

    code: str
    version: str
    valid_from: date
    valid_to: date | None
    source: str
    rules: tuple[Rule, ...]

    def is_valid(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def rules_on(sets: Iterable[RuleSet], day: date) -> tuple[Rule, ...]:
    """The rules in force on a day: of each code the set that began last, of two of one day the first."""
    found: dict[str, RuleSet] = {}
    for one in sets:
        if one.is_valid(day) and (one.code not in found or found[one.code].valid_from < one.valid_from):
            found[one.code] = one
    return tuple(rule for one in found.values() for rule in one.rules)


@dataclass(frozen=True, slots=True)
class Finding:
    """One unusual thing. ``percent``: by how much, rounded down. ``earlier``: the period that it is compared with.

    ``before`` and ``after``: the figures, for ``GONE`` and ``CORRECTED`` a count of figures (all, then concerned).
    ``hold``: a person decides. ``tell``: the unit is asked to look.
    """

    rule: str
    sign: Sign
    period: str
    earlier: str
    percent: int
    before: Measure
    after: Measure
    indicator: str = ""
    hold: bool = False
    tell: bool = False

    def to_json(self) -> dict[str, Any]:
        """As the ledger keeps it."""
        return {
            "rule": self.rule,
            "sign": self.sign.value,
            "period": self.period,
            "earlier": self.earlier,
            "percent": self.percent,
            "before": _packed(self.before),
            "after": _packed(self.after),
            "indicator": self.indicator,
            "hold": self.hold,
            "tell": self.tell,
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Self:
        """The same again."""
        facts = dict(told) | {"sign": Sign(told["sign"])}
        return cls(**facts | {"before": Measure(*told["before"]), "after": Measure(*told["after"])})


def compare(before: Mapping[str, Figures], after: Mapping[str, Figures], rules: Iterable[Rule]) -> tuple[Finding, ...]:
    """What is unusual in ``after`` (the periods of a file) against ``before`` (what stands of its unit), by period.

    The newest month of the file is compared with the newest month that came by then; every month that came before and
    differs now, with itself.
    """
    rules = tuple(rules)
    months = sorted(period for period in after if _is_month(period))
    pairs: dict[str, str] = {
        period: period for period in after if period in before and dict(before[period]) != dict(after[period])
    }
    if months:
        newest = months[-1]
        earlier = [period for period in before if _is_month(period) and period < newest]
        if newest not in before and earlier:
            pairs[newest] = max(earlier)
    found: list[Finding] = []
    for period, base in sorted(pairs.items()):
        for rule in rules:
            found.extend(_of_rule(rule, period, base, before[base], after[period]))
    return tuple(found)


def _of_rule(rule: Rule, period: str, base: str, before: Figures, after: Figures) -> Iterator[Finding]:
    if rule.sign is Sign.GONE:
        gone = [code for code in before if code not in after]
        yield from _counted(rule, period, base, len(before), len(gone), gone[0] if len(gone) == 1 else "")
        return
    if rule.sign is Sign.CORRECTED:
        if period == base:
            codes = {*before, *after}
            changed = [code for code in sorted(codes) if before.get(code) != after.get(code)]
            only = changed[0] if len(changed) == 1 else ""
            yield from _counted(rule, period, base, len(codes), len(changed), only)
        return
    if rule.within_year and period[:4] != base[:4]:
        return
    for code in rule.indicators:
        old, new = before.get(code), after.get(code)
        if old is None or new is None or _size(old) < rule.least:
            continue
        was, now = _value(old), _value(new)
        if was is None or now is None or was <= 0:
            continue
        moved = (was - now if rule.sign is Sign.FALL else now - was) / was * 100
        if moved > rule.say:
            yield Finding(
                rule.code, rule.sign, period, base, int(moved), old, new, code, hold=moved > rule.hold, tell=rule.tell
            )


def _counted(rule: Rule, period: str, base: str, of: int, count: int, only: str) -> Iterator[Finding]:
    if not count or of < rule.least:
        return
    share = Fraction(count * 100, of)
    if share > rule.say:
        all_, some = Measure(of), Measure(count)
        hold = share > rule.hold
        yield Finding(rule.code, rule.sign, period, base, int(share), all_, some, only, hold=hold, tell=rule.tell)


def _is_month(period: str) -> bool:
    return len(period) == len("2026-10") and period[5:].isdigit()


def _value(one: Measure) -> Fraction | None:
    if one.denominator is None:
        return Fraction(one.numerator, 10**one.scale)
    return Fraction(one.numerator, one.denominator) if one.denominator else None


def _size(one: Measure) -> Fraction:
    return Fraction(one.numerator, 10**one.scale) if one.denominator is None else Fraction(one.denominator)


def _packed(one: Measure) -> list[int | None]:
    return [one.numerator, one.denominator, one.scale]
