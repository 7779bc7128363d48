"""Why a figure is what it is: its definition, what it is made of, and the records behind it by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sochihoi.domain.indicators import Figure, Indicator, Item, Items, Row
from sochihoi.domain.periods import Window
from sochihoi.domain.wording import Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sochihoi.services.figures import FigureSheet
    from sochihoi.storage.work import Work

# What the records of a source are; a source that is not here counts persons
_NOUNS = {
    "joined": "membership",
    "left": "membership",
    "net_growth": "membership",
    "branches": "unit",
    "cells": "unit",
    "graded": "unit",
    "models": "unit",
    "outstanding": "unit",
    "meetings": "meeting",
    "attendance": "meeting",
    "documented": "meeting",
    "meetings_due": "turn",
    "quarters_met": "turn",
    "sessions": "session",
    "attendances": "session",
    "member_households": "household",
    "registered": "household",
    "mobilised": "household",
    "plaques": "household",
    "assessed": "household",
    "passing": "household",
    "passing_share": "household",
    "newly_passing": "household",
    "failed": "household",
    "entered": "entry",
    "entered_stock": "entry",
    "entered_stock_share": "entry",
}


@dataclass(frozen=True, slots=True)
class Why:
    """What the panel "why this number" says. Words are the definition's own, in both languages.

    ``window`` are the days that were counted; ``edition`` the closing it is frozen in, ``None`` while open.
    """

    indicator: Indicator
    branch: str | None
    branch_name: str
    row: Row
    window: Window
    sentence: Words
    numerator: Words
    denominator: Words | None
    left_out: Words
    edition: int | None

    @property
    def figure(self) -> Figure:
        """The figure itself."""
        return self.row.now


@dataclass(frozen=True, slots=True)
class Line:
    """One record behind a figure.

    ``noun``: ``person``, ``membership``, ``unit``, ``turn`` (a branch in a month), ``meeting``, ``session``,
    ``household``, ``entry``. ``id`` opens it. ``counted``: in the numerator; ``weight`` what it counts for there, and
    ``out_of`` in the denominator (``None`` where the figure is no share).
    """

    noun: str
    id: str
    title: str
    code: str
    on: date | None
    period: str
    branch: str | None
    branch_name: str
    counted: bool
    weight: int
    out_of: int | None
    born: str = ""


def explain(sheet: FigureSheet, code: str, branch: str | None) -> Why:
    """The definition of a figure and its numbers. Raises ``NotFound``."""
    row = sheet.row(code, branch)
    one = row.indicator
    return Why(
        one,
        branch,
        next((unit.name for unit in sheet.branches if unit.id == branch), ""),
        row,
        sheet.period.window,
        one.definition,
        one.numerator,
        one.denominator,
        one.left_out,
        sheet.closing.edition if sheet.closing else None,
    )


def lines(work: Work, indicator: Indicator, items: Items) -> tuple[Line, ...]:
    """The records by name: branch by branch, in Vietnamese order; those that were counted come first."""
    noun = _NOUNS.get(indicator.source, "person")
    if indicator.source == "gathering":  # members above, women as entered below: two different lists
        return (
            *_named(work, "person", items.numerator, None),
            *_named(work, "entry", (), items.denominator or ()),
        )
    return _named(work, noun, items.numerator, items.denominator)


def _named(work: Work, noun: str, above: Sequence[Item], below: Sequence[Item] | None) -> tuple[Line, ...]:
    from sochihoi.storage.behind import names

    weights = {item.record: item for item in above}
    whole: Mapping[str, Item] = {} if below is None else {item.record: item for item in below}
    every = {**whole, **weights}
    keys = {record: _key(noun, record) for record in every}
    named = names(work, "unit" if noun in ("turn", "entry") else noun, {key for key, _period in keys.values() if key})
    units = names(work, "unit", {item.branch for item in every.values() if item.branch})
    found = []
    for record, item in every.items():
        key, period = keys[record]
        name = named.get(key)
        unit = units.get(item.branch) if item.branch else None
        found.append(
            (
                (record not in weights, unit.order if unit else "", name.order if name else "", record),
                Line(
                    noun,
                    key,
                    name.title if name else "",
                    name.code if name else "",
                    name.on if name else None,
                    period,
                    item.branch,
                    unit.title if unit else "",
                    record in weights,
                    weights[record].weight if record in weights else 0,
                    None if below is None else (whole[record].weight if record in whole else 0),
                    name.born if name else "",
                ),
            )
        )
    return tuple(line for _order, line in sorted(found, key=lambda pair: pair[0]))


def _key(noun: str, record: str) -> tuple[str, str]:
    """The id of the record and, where the item is one of several of it, the month."""
    if noun == "turn":  # branch/2026-10
        branch, _slash, month = record.partition("/")
        return branch, month
    if noun == "entry":  # code/2026-10/branch
        _code, month, branch = record.split("/")
        return branch, month
    if noun == "session":  # id, or id/branch for what one branch has of a session of several
        return record.partition("/")[0], ""
    return record.lstrip("+-"), ""
