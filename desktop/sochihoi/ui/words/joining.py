"""Words of another commune's book that joins this one: what would come in, what changes, what cannot be. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sochihoi.domain.joining import JoinedBefore, NotOfCommune, OtherKind, SameBook, SharesRecords
from sochihoi.domain.people import PositionTitle
from sochihoi.domain.periods import Period
from sochihoi.i18n import _, ngettext, number, short_date
from sochihoi.ui.words import Message, register
from sochihoi.ui.words.month import period_name
from sochihoi.ui.words.people import position_name

if TYPE_CHECKING:
    from sochihoi.services.joining import Book, Rehearsed
    from sochihoi.storage.joining import BranchLine

ACTS: dict[str, Callable[[], str]] = {"unit.join": lambda: _("Book of another commune joined")}


@register(SameBook)
def _same(error: SameBook) -> Message:
    return Message(
        _("This is a copy of the book of {name} itself, not of another commune.").format(name=error.name),
        _("Choose the copy of the commune that joins. A copy of this book is brought back under “Copies”."),
    )


@register(JoinedBefore)
def _before(error: JoinedBefore) -> Message:
    return Message(
        _("The book of {name} joined already, from {day}.").format(name=error.name, day=short_date(error.on)),
        _("Nothing is to be done. Was something missing, take that act back in the history first."),
    )


@register(OtherKind)
def _kind(error: OtherKind) -> Message:
    if error.demo:
        return Message(
            _("This book is a demonstration, the other one is real."), _("Open the real book and try again.")
        )
    return Message(
        _("The other book is a demonstration: its members are invented."), _("Choose the copy of the real book.")
    )


@register(NotOfCommune)
def _level(error: NotOfCommune) -> Message:
    return Message(
        _("{name} is a level above: its book holds no members.").format(name=error.name),
        _("Choose the copy of a commune's book."),
    )


@register(SharesRecords)
def _shares(error: SharesRecords) -> Message:
    return Message(
        ngettext(
            "{count} record of that book is in this one already: both began as one book.",
            "{count} records of that book are in this one already: both began as one book.",
            error.count,
        ).format(count=number(error.count)),
        _("Ask for the copy that the other commune itself made, or for help."),
    )


def counts(lines: tuple[BranchLine, ...]) -> str:
    """``5 branches · 45 members · 45 households · 9 meetings``."""
    branches, members = len(lines), sum(one.members for one in lines)
    homes, held = sum(one.households for one in lines), sum(one.meetings for one in lines)
    return " · ".join(
        (
            ngettext("{count} branch", "{count} branches", branches).format(count=number(branches)),
            ngettext("{count} member", "{count} members", members).format(count=number(members)),
            ngettext("{count} household", "{count} households", homes).format(count=number(homes)),
            ngettext("{count} meeting", "{count} meetings", held).format(count=number(held)),
        )
    )


def line(one: BranchLine) -> str:
    """``10 members · 10 households · 2 meetings``."""
    return counts((one,)).partition(" · ")[2]


def code_changes(told: Rehearsed) -> dict[str, tuple[tuple[str, str], ...]]:
    """By kind of record, in words: old and new codes."""
    kinds = {
        "membership": _("Codes of members"),
        "household": _("Codes of households"),
        "meeting": _("Codes of meetings"),
        "unit": _("Codes of branches"),
    }
    return {
        words: found
        for noun, words in kinds.items()
        if (found := tuple((old, new) for name, old, new in told.codes if name == noun))
    }


def findings(told: Rehearsed) -> list[str]:
    """What the officer ought to know before she does it."""
    said = []
    if told.whole:
        said.append(_("Both together: {counts}.").format(counts=counts(told.after)))
    else:
        said.append(_("The sums before and after differ. Do not do it, and ask for help."))
    if told.renamed:
        pairs = ", ".join(new for _old, new in told.renamed)
        said.append(_("Branches whose name is taken here are called: {names}.").format(names=pairs))
    for words, found in code_changes(told).items():
        text = _("{kind} that are taken here become others: {count}, such as {old} → {new}.")
        said.append(text.format(kind=words, count=number(len(found)), old=found[0][0], new=found[0][1]))
    if any(noun in ("membership", "household") for noun, _old, _new in told.codes):
        said.append(_("The search finds members and households by their old codes too."))
    if told.offices:
        held = ", ".join(f"{name} ({position_name(PositionTitle[title])})" for name, title in told.offices)
        said.append(_("Offices in {commune} itself end on that day: {who}.").format(commune=told.name, who=held))
    if told.last_closed:
        month = period_name(Period.parse(told.last_closed))
        said.append(
            _("{commune} closed its figures up to {month}. They stay its own; yours of before do not change.").format(
                commune=told.name, month=month
            )
        )
    stayed = sum(told.stayed.values())
    if stayed:
        said.append(
            ngettext(
                "{count} paper, text, target or sent file stays in the copy, which is kept beside this book.",
                "{count} papers, texts, targets and sent files stay in the copy, which is kept beside this book.",
                stayed,
            ).format(count=number(stayed))
        )
    if told.alike:
        said.append(
            ngettext(
                "{count} woman is perhaps in both books. Look at her under “May be entered twice” afterwards.",
                "{count} women are perhaps in both books. Look at them under “May be entered twice” afterwards.",
                len(told.alike),
            ).format(count=number(len(told.alike)))
        )
    return said


def done(book: Book) -> str:
    """What the toast says."""
    members = book.rows["membership"]
    return _("The book of {name} joined, with {members}.").format(
        name=book.name,
        members=ngettext("{count} member", "{count} members", members).format(count=number(members)),
    )


def joined(book: Book) -> str:
    """A book that came in, as the set-up lists it: ``xã Hòa Mỹ (99002), from 1/11/2026``."""
    return _("{name} ({code}), from {day}").format(name=book.name, code=book.code, day=short_date(book.on))
