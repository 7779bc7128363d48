"""Transfers between communes in words. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from sochihoi.domain.tickets import (
    MOVING_ON,
    AcceptedTooEarly,
    AnswerUnknown,
    NoKeyOfUnit,
    NotATicket,
    Ticket,
    TicketClosed,
    TicketDisputed,
    TicketState,
    TicketToSelf,
    TicketUnderWay,
    TicketWay,
)
from sochihoi.i18n import _, number, pgettext, short_date
from sochihoi.ui.words import Message, register
from sochihoi.ui.words.month import period_name
from sochihoi.ui.words.people import field_name

if TYPE_CHECKING:
    from sochihoi.services.ticket_rows import GoesWith

ACTS: dict[str, Callable[[], str]] = {
    "ticket.issue": lambda: _("Transfer ticket made"),
    "ticket.send": lambda: _("Transfer ticket written"),
    "ticket.cancel": lambda: _("Transfer ticket taken back"),
    "ticket.arrive": lambda: _("Transfer ticket taken in"),
    "ticket.accept": lambda: _("Member of another commune accepted"),
    "ticket.refuse": lambda: _("Member of another commune not taken"),
    "ticket.confirm": lambda: _("The other commune has accepted a member"),
    "ticket.refused": lambda: _("The other commune has not taken a member"),
    "ticket.disputed": lambda: _("The other commune has accepted a member"),
}


_ORDER = ("full_name", "birth", "national_id", "phone", "address", "hamlet", "joined", "moving_on", "code")


def state_words(ticket: Ticket) -> str:
    """Where a ticket stands."""
    if ticket.disputed:
        return _("taken back here, accepted there")
    waits = _("waits for the other commune") if ticket.direction is TicketWay.OUT else _("waits to be accepted here")
    return {
        TicketState.ISSUED: waits,
        TicketState.ACCEPTED: _("accepted"),
        TicketState.CONFIRMED: _("accepted by the other commune"),
        TicketState.REFUSED: _("not taken"),
        TicketState.CANCELLED: _("taken back"),
    }[ticket.state]


def fields(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What a ticket holds, a name and a value for each; days as they are written here."""
    from sochihoi.domain.people import PartialDate
    from sochihoi.ui.words.people import partial_date

    told = []
    for code, value in sorted(values.items(), key=lambda pair: _ORDER.index(pair[0]) if pair[0] in _ORDER else 99):
        text = pgettext("ticket", "yes") if value is True else str(value)
        if code in ("birth", "joined", MOVING_ON):
            try:
                text = partial_date(PartialDate.from_iso(str(value)))
            except ValueError:
                text = str(value)
        told.append((_("Code there") if code == "code" else field_name(code), text))
    return told


def goes_words(found: GoesWith | None) -> str:
    """Which file tells the level above of a ticket; empty once one did."""
    if found is None:
        return ""
    month = period_name(found.month)
    if found.made is None:
        return _("Its number, without a name, goes to the level above with the file of {month}.").format(month=month)
    told = _(
        "The file of {made} was made before: the number of this ticket, without a name, goes to the level above"
        " with the file of {month}."
    )
    return told.format(made=period_name(found.made), month=month)


def late_line(ticket: Ticket, name: str, days: int) -> str:
    """A line of what is overdue."""
    if ticket.disputed:
        return _("{name}: accepted by {unit} although the ticket was taken back here").format(
            name=name, unit=ticket.to_unit
        )
    other = ticket.to_unit if ticket.direction is TicketWay.OUT else ticket.from_unit
    text = (
        _("{name}: ticket to {unit} without an answer for {days} days")
        if ticket.direction is TicketWay.OUT
        else _("{name}: ticket from {unit} waits here for {days} days")
    )
    return text.format(name=name, unit=other, days=number(days))


@register(NoKeyOfUnit)
def _no_key(error: NoKeyOfUnit) -> Message:
    return Message(
        _("The key of unit {unit} does not stand in the signed register, so a ticket cannot be locked for it.").format(
            unit=error.unit
        ),
        _("Give her the paper slip, or ask the level above for its newest register."),
    )


@register(TicketToSelf)
def _to_self(error: TicketToSelf) -> Message:
    return Message(
        _("{unit} is this very unit.").format(unit=error.unit),
        _("Transfer her to another branch, or choose another commune."),
    )


@register(TicketUnderWay)
def _under_way(error: TicketUnderWay) -> Message:
    return Message(
        _("{name} has a ticket to {unit} already, and it was not answered yet.").format(
            name=error.name, unit=error.unit
        ),
        _("Write that ticket again, or take it back first."),
    )


@register(TicketClosed)
def _closed(error: TicketClosed) -> Message:
    return Message(
        _("The ticket of {name} was answered or taken back already.").format(name=error.name),
        _("Look at her line in the list of members."),
    )


@register(TicketDisputed)
def _disputed(error: TicketDisputed) -> Message:
    return Message(
        _("{unit} has accepted {name} on {day}, but her ticket was taken back here: she would count twice.").format(
            unit=error.unit, name=error.name, day=short_date(error.accepted_on)
        ),
        _("Ask {unit}. Where she did move, enter that she left on that day.").format(unit=error.unit),
    )


@register(AcceptedTooEarly)
def _too_early(error: AcceptedTooEarly) -> Message:
    return Message(
        _("{name} counts in the other commune until {day}: accepted before that she would count twice.").format(
            name=error.name, day=short_date(error.since)
        ),
        _("Choose that day or a later one."),
    )


@register(AnswerUnknown)
def _unknown(error: AnswerUnknown) -> Message:
    return Message(
        _("This answer of {unit} belongs to no ticket that was made in this book.").format(unit=error.unit),
        _("Take it in on the PC that made the ticket."),
    )


@register(NotATicket)
def _not_a_ticket(_error: NotATicket) -> Message:
    return Message(_("This file is no transfer ticket."), _("Choose the ticket or the answer of the other commune."))
