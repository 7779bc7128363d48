"""Two PCs wrote one book: what each changed since they parted, put together record by record and field by field.

No clock decides. What one side changed alone is taken; what both changed differently is a question for a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sochihoi.domain.errors import UserError

Row = Mapping[str, Any]
"""A record in plain values; its ``id`` is among them."""

DERIVED = frozenset({"sort_key", "search_key"})
"""Columns that follow from others: never asked about, made anew."""


class Side(Enum):
    """Whose value it is."""

    OURS = 1
    THEIRS = 2


@dataclass(frozen=True, slots=True)
class Changed:
    """A record that at least one side changed. ``base``: what it was when they parted. ``None``: it was not there."""

    noun: str
    record_id: str
    base: Row | None
    ours: Row | None
    theirs: Row | None


@dataclass(frozen=True, slots=True)
class Question:
    """Both sides changed it, and differently. ``field`` is empty where one side took the record away: then the values
    are the records, ``None`` the one that is gone."""

    noun: str
    record_id: str
    field: str
    base: Any
    ours: Any
    theirs: Any

    @property
    def key(self) -> tuple[str, str, str]:
        """Its name among the answers."""
        return self.noun, self.record_id, self.field


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a record of ours becomes. ``row`` absent: it is taken away. ``whole``: as it stands in the other book.
    Otherwise only the fields that change, with their values from there.
    """

    noun: str
    record_id: str
    fields: tuple[str, ...] = ()
    whole: bool = False
    gone: bool = False


Answers = Mapping[tuple[str, str, str], Side]


@dataclass(eq=False)
class StillAsked(UserError):
    """Two books would be put together while questions are open."""

    count: int


@dataclass(eq=False)
class NotTheSameBook(UserError):
    """The journals of two books share no beginning: they are no two states of one book."""

    name: str


@dataclass(eq=False)
class NothingApart(UserError):
    """The other book holds nothing that this one has not."""

    name: str


def unite(
    changes: Iterable[Changed], answers: Answers | None = None
) -> tuple[tuple[Resolved, ...], tuple[Question, ...]]:
    """What changes in our book, and the questions that ``answers`` leave open. An open one changes nothing."""
    given = answers or {}
    resolved: list[Resolved] = []
    open_ones: list[Question] = []
    for one in changes:
        found, asked = _record(one, given)
        if found is not None:
            resolved.append(found)
        open_ones += asked
    return tuple(resolved), tuple(open_ones)


def questions(changes: Iterable[Changed]) -> tuple[Question, ...]:
    """Everything that a person has to say."""
    return unite(changes)[1]


def _record(one: Changed, answers: Answers) -> tuple[Resolved | None, list[Question]]:
    if _same(one.ours, one.theirs) or _same(one.theirs, one.base):
        return None, []
    if _same(one.ours, one.base):
        if one.theirs is None:
            return Resolved(one.noun, one.record_id, gone=True), []
        if one.ours is None:
            return Resolved(one.noun, one.record_id, whole=True), []
    elif one.ours is None or one.theirs is None:
        return _whole(one, answers)
    return _fields(one, answers)


def _whole(one: Changed, answers: Answers) -> tuple[Resolved | None, list[Question]]:
    """One side took away what the other changed."""
    asked = Question(one.noun, one.record_id, "", one.base, one.ours, one.theirs)
    said = answers.get(asked.key)
    if said is None:
        return None, [asked]
    if said is Side.OURS:
        return None, []
    return Resolved(one.noun, one.record_id, whole=one.theirs is not None, gone=one.theirs is None), []


def _fields(one: Changed, answers: Answers) -> tuple[Resolved | None, list[Question]]:
    base, ours, theirs = one.base or {}, one.ours or {}, one.theirs or {}
    taken: list[str] = []
    asked: list[Question] = []
    for name in theirs:
        if name in DERIVED or theirs[name] == ours.get(name):
            continue
        before = base.get(name, _NOT_SAID)
        if before is not _NOT_SAID and theirs[name] == before:
            continue
        if before is not _NOT_SAID and ours.get(name) == before:
            taken.append(name)
            continue
        question = Question(one.noun, one.record_id, name, base.get(name), ours.get(name), theirs[name])
        said = answers.get(question.key)
        if said is None:
            asked.append(question)
        elif said is Side.THEIRS:
            taken.append(name)
    return (Resolved(one.noun, one.record_id, fields=tuple(taken)) if taken else None), asked


_NOT_SAID = object()


def _same(one: Row | None, other: Row | None) -> bool:
    if one is None or other is None:
        return one is other
    names = {*one, *other} - DERIVED
    return all(one.get(name, _NOT_SAID) == other.get(name, _NOT_SAID) for name in names)
