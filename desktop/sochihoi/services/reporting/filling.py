"""Fills the places of a text from figures and facts, and says which figures each sentence rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sochihoi.domain.indicators import Figure, Row, YearToDate
from sochihoi.domain.periods import PeriodKind
from sochihoi.domain.targets import Goal, Target
from sochihoi.services.form_parts import OPTIONAL, PLACEHOLDER, Section, Sentence
from sochihoi.services.paper_numbers import fraction, grouped, listed, share, shown, tenths
from sochihoi.services.reporting.spans import Span, before_words, words
from sochihoi.services.target_words import goal_words, standing_of

if TYPE_CHECKING:
    import re

    from sochihoi.services.figures import FigureSheet

NAMED = 3  # branches that stand out or lag
LISTED = 10  # branches that a list of those without a meeting names
# Sources whose count begins anew in January: a year is compared with a year, January not with December
_ANEW = frozenset(
    (
        *("assessed", "failed", "mobilised", "newly_passing", "passing", "passing_share", "registered"),
        *("studied", "studied_persons"),
    )
)
FEWEST = 4  # fewer branches than this are not compared


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """One sentence as drafted, the codes of the figures that it rests on, and the lists: ``proposals``, ``studies``,
    ``targets``, ``scores``, ``meetings``, ``criteria``."""

    text: str
    figures: tuple[str, ...]
    lists: tuple[str, ...] = ()


class Filler:
    """Fills texts for the commune or one branch; ``None`` when a place of them is not known.

    ``years``: the figures of the years of a term, oldest first; empty for any other span.
    """

    def __init__(
        self,
        span: Span,
        sheet: FigureSheet,
        facts: Mapping[str, Any],
        targets: Mapping[str, tuple[Target, Goal]],
        branch: str | None = None,
        years: tuple[FigureSheet, ...] = (),
    ) -> None:
        self._span = span
        self._sheet = sheet
        self._facts = {**facts, **words(span)}  # what a closed month kept may be older than a word of ours
        self._targets = targets
        self._branch = branch
        self._years = years

    def draft(self, section: Section) -> tuple[DraftSentence, ...]:
        """The sentences of a section that have something to say."""
        said = ((self.text(one.text), one) for one in section.sentences if self._applies(one))
        return tuple(DraftSentence(text, one.figures, one.lists) for text, one in said if text)

    def text(self, template: str) -> str | None:
        """The whole text, or ``None``."""
        unknown = False

        def put(found: re.Match[str]) -> str:
            nonlocal unknown
            value = self._value(found[1], found[2] or "")
            unknown = unknown or value is None
            return value or ""

        is_whole = self._span.is_term or self._span.begins_year
        filled = PLACEHOLDER.sub(put, OPTIONAL.sub("" if is_whole else r"\1", template))
        return None if unknown else filled

    def _applies(self, sentence: Sentence) -> bool:
        if sentence.spans and self._span.kind not in sentence.spans:
            return False
        if sentence.some and not any(self._amount(name) for name in sentence.some):
            return False
        return not any(self._amount(name) for name in sentence.zero)

    def _row(self, code: str) -> Row | None:
        return self._sheet.cells.get((code, self._branch))

    def _amount(self, asked: str) -> bool:
        """Whether there is any of it, now or over the term; with ``|so_far`` since January."""
        name, _bar, how = asked.partition("|")
        row = self._row(name)
        if row is None:
            return bool(self._facts.get(name))
        figures = [row.now, *self._over(name)] if self._span.is_term else [row.year_to_date if how else row.now]
        return any(one.value if one.value is not None else one.numerator for one in figures)

    def _over(self, code: str) -> list[Figure]:
        """The figure of each year of the term."""
        rows = (sheet.cells.get((code, self._branch)) for sheet in self._years)
        return [row.now for row in rows if row is not None]

    def _now(self, row: Row) -> Figure:
        """The figure of the span: of a term what adds up, added over its years; a state as it is now."""
        if not self._span.is_term or row.indicator.year_to_date is YearToDate.AT_END:
            return row.now
        known = self._over(row.indicator.code)
        return added(known) if known else row.now

    def _value(self, name: str, how: str) -> str | None:
        row = self._row(name)
        if row is None:
            fact = self._facts.get(name)
            if isinstance(fact, int):
                return str(fact) if name.endswith(("year", "month")) else grouped(fact)
            return str(fact) if fact else None
        now = self._now(row)
        match how:
            case "change":
                return self._changed(row)
            case "previous":
                return shown(row.indicator, row.previous)
            case "so_far":
                return shown(row.indicator, now if self._span.is_term else row.year_to_date)
            case "of":
                return fraction(now)
            case "rest":
                return _rest(now)
            case "target":
                return self._target(name, row)
            case "needed":
                return self._needed(name, row)
            case "highest" | "lowest":
                return self._ranked(name, highest=how == "highest")
            case "missing":
                return self._missing(name)
            case "short":
                return self._short(name)
            case _:
                return shown(row.indicator, now)

    def _target(self, code: str, row: Row) -> str:
        if code not in self._targets:
            return ""
        _target, goal = self._targets[code]
        state = standing_of(goal, row.now)
        if state is None or state.met is None:
            return ""
        if state.met:
            return f", đạt chỉ tiêu ({goal_words(goal)})"
        return f", chưa đạt chỉ tiêu ({goal_words(goal)})"

    def _changed(self, row: Row) -> str:
        """``, tăng 3 so với tháng trước``; nothing over a term, and where the count began anew since then."""
        period = self._sheet.period
        anew = row.indicator.source in _ANEW and period.previous().year != period.year
        if self._span.is_term or (anew and period.kind is not PeriodKind.YEAR):
            return ""
        return change_words(row, before_words(period))

    def _needed(self, code: str, row: Row) -> str | None:
        """How many more it takes to meet the target; ``None`` when it is met or there is none."""
        if code not in self._targets:
            return None
        state = standing_of(self._targets[code][1], row.now)
        return grouped(state.needed) if state is not None and state.needed else None

    def _ranked(self, code: str, *, highest: bool) -> str | None:
        """Branches above the share of the whole commune, or below it and short of the target."""
        if self._branch is not None:
            return None
        mean = self._sheet.row(code).now.ratio
        known = [(row.now, unit.name) for unit, row in self._sheet.split(code) if row.now.ratio is not None]
        if len(known) < FEWEST or mean is None:
            return None
        if highest:
            named = [pair for pair in known if (pair[0].ratio or 0) > mean]
        else:
            goal = self._targets[code][1] if code in self._targets else None
            named = [pair for pair in known if (pair[0].ratio or 0) < mean and not _meets(goal, pair[0])]
        named.sort(key=lambda pair: -(pair[0].ratio or 0) if highest else (pair[0].ratio or 0))
        return ", ".join(f"{name} ({share(one.ratio or Fraction(0))})" for one, name in named[:NAMED]) or None

    def _missing(self, code: str) -> str | None:
        if self._branch is not None:
            return None
        idle = [unit.name for unit, row in self._sheet.split(code) if row.now.denominator and not row.now.numerator]
        return listed(idle, LISTED, "và {count} chi hội khác") if idle else None

    def _short(self, code: str) -> str | None:
        """Branches that met, but not as often as they were due, with what is lacking, the most first."""
        if self._branch is not None:
            return None
        lacking = [(_lacking(row.now), unit.name) for unit, row in self._sheet.split(code) if row.now.numerator]
        named = [f"{name} ({grouped(count)} kỳ)" for count, name in sorted(lacking, key=lambda p: -p[0]) if count]
        return listed(named, LISTED, "và {count} chi hội khác") if named else None


def _lacking(figure: Figure) -> int:
    return (figure.denominator or 0) - (figure.numerator or 0)


def _rest(figure: Figure) -> str | None:
    """Those of the whole who are not in the share; ``None`` when there is nobody left."""
    left = _lacking(figure) if figure.numerator is not None else 0
    return grouped(left) if left > 0 else None


def _meets(goal: Goal | None, figure: Figure) -> bool:
    known = figure.numerator is not None and figure.denominator
    return goal is not None and bool(known) and goal.meets(figure.numerator or 0, figure.denominator or 0)


def added(figures: Iterable[Figure]) -> Figure:
    """The same indicator of several years together. Raises ``UnitMismatch``, ``ValueError`` for none."""
    several = list(figures)
    if not several:
        raise ValueError
    total = several[0]
    for one in several[1:]:
        total = total.plus(one)
    return total


def change_words(row: Row, before: str) -> str:
    """``, tăng 3 so với tháng trước``; empty when one of both is not known."""
    change = row.change
    if change is None:
        return ""
    if row.indicator.is_share:
        points = tenths(abs(change) * 100)
        if points == tenths(Fraction(0)):
            return f", không đổi so với {before}"
        return f", {'tăng' if change > 0 else 'giảm'} {points} điểm phần trăm so với {before}"
    if not change:
        return f", không đổi so với {before}"
    return f", {'tăng' if change > 0 else 'giảm'} {grouped(int(abs(change)))} so với {before}"
