"""Fills the places of a text from figures and facts, and says which figures each sentence rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sochihoi.domain.indicators import Figure, Row, YearToDate
from sochihoi.domain.targets import Goal, Target
from sochihoi.services.form_parts import OPTIONAL, PLACEHOLDER, Section, Sentence, SpanKind
from sochihoi.services.paper_numbers import fraction, grouped, listed, shown, tenths
from sochihoi.services.report_facts import goal_words, standing_of
from sochihoi.services.reporting.spans import Span, before_words, words

if TYPE_CHECKING:
    import re

    from sochihoi.services.figures import FigureSheet

NAMED = 3  # branches that stand out or lag
LISTED = 10  # branches that a list of those without a meeting names
FEWEST = 4  # fewer branches than this are not compared


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """One sentence as drafted, and the codes of the figures that it rests on."""

    text: str
    figures: tuple[str, ...]


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
        return tuple(DraftSentence(text, one.figures) for text, one in said if text)

    def text(self, template: str) -> str | None:
        """The whole text, or ``None``."""
        unknown = False

        def put(found: re.Match[str]) -> str:
            nonlocal unknown
            value = self._value(found[1], found[2] or "")
            unknown = unknown or value is None
            return value or ""

        is_long = self._span.kind in (SpanKind.YEAR, SpanKind.TERM)
        filled = PLACEHOLDER.sub(put, OPTIONAL.sub("" if is_long else r"\1", template))
        return None if unknown else filled

    def _applies(self, sentence: Sentence) -> bool:
        if sentence.spans and self._span.kind not in sentence.spans:
            return False
        if sentence.some and not any(self._amount(name) for name in sentence.some):
            return False
        return not any(self._amount(name) for name in sentence.zero)

    def _row(self, code: str) -> Row | None:
        return self._sheet.cells.get((code, self._branch))

    def _amount(self, name: str) -> bool:
        """Whether there is any of it, now or over the term."""
        row = self._row(name)
        if row is None:
            return bool(self._facts.get(name))
        figures = [row.now, *self._over(name)] if self._span.is_term else [row.now]
        return any(one.value if one.value is not None else one.numerator for one in figures)

    def _over(self, code: str) -> list[Figure]:
        """The figure of each year of the term."""
        rows = (sheet.cells.get((code, self._branch)) for sheet in self._years)
        return [row.year_to_date for row in rows if row is not None]

    def _value(self, name: str, how: str) -> str | None:
        row = self._row(name)
        if row is None:
            fact = self._facts.get(name)
            if isinstance(fact, int):
                return str(fact) if name.endswith(("year", "month")) else grouped(fact)
            return str(fact) if fact else None
        match how:
            case "change":
                return change_words(row, before_words(self._sheet.period))
            case "previous":
                return shown(row.indicator, row.previous)
            case "so_far" if not self._span.is_term:
                return shown(row.indicator, row.year_to_date)
            case "of":
                return fraction(row.now)
            case "target":
                return self._target(name, row)
            case "highest" | "lowest":
                return self._ranked(name, highest=how == "highest")
            case "missing":
                return self._missing(name)
            case _:
                return self._over_term(row) if self._span.is_term else shown(row.indicator, row.now)

    def _over_term(self, row: Row) -> str | None:
        """What adds up, added over the years; a state as it is now."""
        if row.indicator.year_to_date is YearToDate.AT_END or row.indicator.is_share:
            return shown(row.indicator, row.now)
        known = self._over(row.indicator.code)
        return shown(row.indicator, added(known)) if known else None

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

    def _ranked(self, code: str, *, highest: bool) -> str | None:
        known = [(row.now.ratio, unit.name) for unit, row in self._sheet.split(code) if row.now.ratio is not None]
        if len(known) < FEWEST or self._branch is not None:
            return None
        best = sorted(known, key=lambda pair: -pair[0])[:NAMED]
        worst = sorted((k for k in known if k not in best), key=lambda pair: pair[0])[:NAMED]
        if not worst or worst[0][0] == best[0][0]:
            return None
        told = best if highest else worst
        return ", ".join(f"{name} ({tenths(ratio * 100)}\u00a0%)" for ratio, name in told)

    def _missing(self, code: str) -> str | None:
        if self._branch is not None:
            return None
        idle = [unit.name for unit, row in self._sheet.split(code) if row.now.denominator and not row.now.numerator]
        return listed(idle, LISTED, "và {count} chi hội khác") if idle else None


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
