"""Members on their way between units below, in words: what their ticket waits for, and what to do. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochihoi.domain.movements import Hitch, Movement, Standing, above_said
from sochihoi.domain.tickets import Ticket, TicketState, TicketWay
from sochihoi.i18n import _, ngettext, number, short_date
from sochihoi.ui.words import Message

if TYPE_CHECKING:
    from sochihoi.services.board import BoardSheet


def number_words(ticket: str) -> str:
    """``phiếu …4AB45A``: the end of a ticket's number is enough to find it by telephone, and nobody's name."""
    return _("ticket …{number}").format(number=ticket[-6:].upper())


def way_words(one: Movement, sheet: BoardSheet) -> str:
    """``Hội LHPN xã Hòa Phú → Hội LHPN xã Tân Lập``."""
    return f"{sheet.name_of(one.from_unit)} → {sheet.name_of(one.to_unit)}"


def age_words(one: Movement, sheet: BoardSheet) -> str:
    """``phiếu ngày 05/08/2026, 110 ngày``."""
    days = (sheet.today - one.issued).days
    told = ngettext("ticket of {day}, {count} day", "ticket of {day}, {count} days", days)
    return told.format(day=short_date(one.issued), count=number(days))


def waits_words(one: Movement) -> Message:
    """What a ticket waits for, and what to do about it."""
    what, todo = {
        Hitch.NOT_ARRIVED: (
            _("The ticket has not reached the destination."),
            _("Ask the source to send it once more, or to take it back if she stays."),
        ),
        Hitch.WAITS_THERE: (
            _("The ticket waits at the destination."),
            _("Ask the destination to accept her or to send her back."),
        ),
        Hitch.NOT_CLOSED: (
            _("Accepted on {day}; the source counts her too."),
            _("Ask the destination for the answer file, and the source to take it in."),
        ),
        Hitch.STAYS: (
            _("The destination has not taken her; the source has not read the answer."),
            _("Ask the source to take in the answer file: she stays there."),
        ),
        Hitch.TAKEN_BACK: (
            _("The source took the ticket back; it still waits at the destination."),
            _("Ask the destination to refuse it: she stays where she was."),
        ),
        Hitch.NOT_TOLD: (
            _("Accepted on {day}; the source tells of no such ticket."),
            _("Wait for the next file of the source; if it says nothing either, ask both which ticket it was."),
        ),
        Hitch.DISPUTED: (
            _("Taken back by the source, and accepted by the destination on {day}."),
            _("Let both speak with her: one of them has to end her membership."),
        ),
    }[one.hitch() or Hitch.WAITS_THERE]
    return Message(what.format(day="" if one.accepted is None else short_date(one.accepted)), todo)


def headline(sheet: BoardSheet) -> str:
    """``3 phiếu chuyển đang mở, 1 phiếu quá 60 ngày``; empty when none is open."""
    if not sheet.movements:
        return ""
    count = len(sheet.movements)
    told = ngettext("{count} transfer ticket is open", "{count} transfer tickets are open", count)
    late = len(sheet.late_movements)
    if not late:
        return told.format(count=number(count))
    more = ngettext("{count} of them for more than 60 days", "{count} of them for more than 60 days", late)
    return f"{told.format(count=number(count))}, {more.format(count=number(late))}"


def button_words(sheet: BoardSheet) -> str:
    """On the button that lists them; empty when none is open."""
    late, count = len(sheet.late_movements), len(sheet.movements)
    if late:
        told = ngettext("{count} ticket over 60 days…", "{count} tickets over 60 days…", late)
        return told.format(count=number(late))
    return ngettext("{count} open ticket…", "{count} open tickets…", count).format(count=number(count)) if count else ""


def lines(sheet: BoardSheet) -> list[str]:
    """The open ones, the late ones first, a line each."""
    found = []
    for one in in_order(sheet):
        said = waits_words(one)
        found.append(f"{way_words(one, sheet)}: {age_words(one, sheet)}. {said.what} {said.todo}")
    return found


def in_order(sheet: BoardSheet) -> tuple[Movement, ...]:
    """The late ones first, each the oldest first."""
    return tuple(sorted(sheet.movements, key=lambda one: (not one.is_late(sheet.today), one.issued, one.ticket)))


def twice_words(count: int) -> str:
    """What a total of members leaves out; empty when nobody is counted by two units."""
    if not count:
        return ""
    told = ngettext(
        "{count} woman on her way is counted by two units; the total has her once.",
        "{count} women on their way are counted by two units; the total has each of them once.",
        count,
    )
    return told.format(count=number(count))


def of_some_words(count: int) -> str:
    """The same of a figure that counts some of the members: whether she is one of them no ticket says."""
    if not count:
        return ""
    told = ngettext(
        "{count} woman on her way is counted by two units and may be in this figure twice.",
        "{count} women on their way are counted by two units and may be in this figure twice.",
        count,
    )
    return told.format(count=number(count))


def leaving_words(count: int) -> str:
    """What a report tells of tickets; empty when there are none."""
    if not count:
        return ""
    told = ngettext(
        "{count} transfer ticket goes along: its number, the other commune, days, and nobody's name.",
        "{count} transfer tickets go along: their numbers, the other communes, days, and nobody's name.",
        count,
    )
    return told.format(count=number(count))


def above_words(ticket: Ticket) -> str:
    """What the level above confirmed of a commune's own ticket; empty before it did."""
    told = above_said(ticket)
    if told is None:
        return ""
    day = short_date(told.day)
    out = ticket.direction is TicketWay.OUT
    if told.standing is Standing.SETTLED and out:
        return _("confirmed by the level above: counted in the other commune since {day}").format(day=day)
    if told.standing is Standing.SETTLED:
        return _("confirmed by the level above: counted here since {day}").format(day=day)
    if out and ticket.state is TicketState.ISSUED:
        said = _("accepted there since {day}, the level above says: ask for the answer file and take it in")
        return said.format(day=day)
    return _("the level above knows that she was accepted on {day}, and counts her once").format(day=day)
