"""Figures that nobody lists person by person: an officer enters them for a month, by branch or for the commune itself.

An entry for the commune itself holds only what belongs to no branch, so the total is always the sum of all entries.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sochihoi.domain.facts import EnteredFact, Facts
from sochihoi.domain.indicators.items import Item, Items
from sochihoi.domain.indicators.parameters import Parameters
from sochihoi.domain.periods import Window


def entered(facts: Facts, window: Window, parameters: Parameters) -> Items:
    """What happened in the months of the window, added up."""
    code = parameters.text("code")
    return _items(e for e in facts.entered if e.code == code and _in(e, window))


def entered_stock(facts: Facts, window: Window, parameters: Parameters) -> Items:
    """What there is at the end: the newest entry of each branch is carried forward until another is entered."""
    return Items(latest_entries(facts, window.end, parameters.text("code")))


def entered_stock_share(facts: Facts, window: Window, parameters: Parameters) -> Items:
    """Like ``entered_stock``, with the denominators that were entered beside the values."""
    return _with_denominators(entered_stock(facts, window, parameters), facts, parameters.text("code"))


def latest_entries(facts: Facts, day: date, code: str) -> tuple[Item, ...]:
    """The newest entry of each branch (and of the commune itself) for a period that ended by ``day``.

    What a branch entered that is no more counts until one that came of it enters its own.
    """
    return _items(_latest(facts, day, code)).numerator


def branches_known(facts: Facts, day: date, code: str) -> frozenset[str | None]:
    """Whose people ``latest_entries`` are about; ``None`` among them: of the commune itself."""
    return frozenset(one for entry in _latest(facts, day, code) for one in (entry.branch, *_heirs(facts, entry)))


def _latest(facts: Facts, day: date, code: str) -> list[EnteredFact]:
    newest: dict[str | None, EnteredFact] = {}
    for entry in facts.entered:
        if entry.code == code and entry.period.end <= day:
            whose = entry.of or entry.branch
            known = newest.get(whose)
            if known is None or known.period < entry.period:
                newest[whose] = entry
    return [entry for entry in newest.values() if not any(heir in newest for heir in _heirs(facts, entry))]


def _heirs(facts: Facts, entry: EnteredFact) -> tuple[str, ...]:
    return entry.heirs or (() if entry.branch is None else facts.came_of(entry.branch))


def _in(entry: EnteredFact, window: Window) -> bool:
    return window.start <= entry.period.start and entry.period.end <= window.end


def _items(entries: Iterable[EnteredFact]) -> Items:
    return Items(tuple(Item(e.branch, _key(e), e.value) for e in entries))


def _key(entry: EnteredFact) -> str:
    return f"{entry.code}/{entry.period.code}/{entry.of or entry.branch or ''}"


def _with_denominators(items: Items, facts: Facts, code: str) -> Items:
    """Entries without a denominator cannot be part of a share and are left out of both sides."""
    whole = {_key(e): e.denominator for e in facts.entered if e.code == code and e.denominator is not None}
    shared = tuple(item for item in items.numerator if item.record in whole)
    return Items(shared, tuple(Item(i.branch, i.record, whole[i.record]) for i in shared))
