"""Two books of one commune put together, in words. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sochihoi.domain.reuniting import NothingApart, NotTheSameBook, Question, StillAsked
from sochihoi.i18n import _, ngettext, number
from sochihoi.ui.words import Message, register
from sochihoi.ui.words.people import field_name

ACTS: dict[str, Callable[[], str]] = {
    "book.unite": lambda: _("Two books put together"),
    "book.epoch": lambda: _("The book goes on after two were put together"),
}


def noun_words(noun: str) -> str:
    """What kind of record it is."""
    return {
        "person": _("Persons"),
        "membership": _("Memberships"),
        "placement": _("Stays in branches"),
        "position": _("Positions"),
        "household": _("Households"),
        "consent": _("Consents"),
        "unit": _("Branches and cells"),
        "meeting": _("Meetings"),
        "attendance": _("Attendance"),
        "proposal": _("Proposals"),
        "closing": _("Closed months"),
        "target_setting": _("Targets"),
        "assessment": _("Assessments of households"),
        "branch_score": _("Scores of branches"),
        "sent_file": _("Files sent"),
    }.get(noun) or _("Other records")


def value_words(value: Any) -> str:
    """A value of either book, short enough for a button."""
    if value is None or value == "":
        return _("(empty)")
    if value is True:
        return _("ticked")
    if value is False:
        return _("not ticked")
    if isinstance(value, Mapping):
        return record_words(value)
    return str(value)


def record_words(row: Mapping[str, Any]) -> str:
    """A whole record: its name, or its first texts."""
    for name in ("full_name", "name", "code", "topic", "period"):
        if row.get(name):
            return str(row[name])
    return _("the record as it stands there")


def question_words(question: Question, whose: str) -> str:
    """``Nguyễn Thị Lan: điện thoại``."""
    what = noun_words(question.noun)
    if not question.field:
        return _("{whose}: kept in one book, taken away in the other").format(whose=whose or what)
    return f"{whose or what}: {_field(question.field)}"


def _field(name: str) -> str:
    try:
        return field_name(name)
    except KeyError:
        return name


def brought(counts: Mapping[str, int]) -> list[str]:
    """What comes in by itself, a line for each kind."""
    by: dict[str, int] = {}
    for noun, count in counts.items():
        by[noun_words(noun)] = by.get(noun_words(noun), 0) + count
    return [f"{name}: {number(count)}" for name, count in sorted(by.items())]


def asked(count: int) -> str:
    """How many things both changed."""
    if not count:
        return _("Nothing was changed on both PCs differently.")
    told = ngettext(
        "{count} value was changed on both PCs differently: choose which one stands.",
        "{count} values were changed on both PCs differently: choose which one stands.",
        count,
    )
    return told.format(count=number(count))


@register(StillAsked)
def _still(error: StillAsked) -> Message:
    return Message(asked(error.count), _("Choose one of the two for each."))


@register(NotTheSameBook)
def _not_same(error: NotTheSameBook) -> Message:
    return Message(
        _("{file} is no state of this book: the two journals have no beginning in common.").format(file=error.name),
        _("Choose a copy that the other PC of this commune made of the same book."),
    )


@register(NothingApart)
def _nothing(error: NothingApart) -> Message:
    return Message(
        _("{file} holds nothing that this book has not.").format(file=error.name), _("Nothing needs to be done.")
    )
