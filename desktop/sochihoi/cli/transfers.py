"""``transfer``: a member goes to another commune with a signed file, or comes with one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sochihoi.cli.frame import DONE, Call, Commands
from sochihoi.cli.spoken import UsageError
from sochihoi.i18n import _

if TYPE_CHECKING:
    from sochihoi.domain.tickets import Ticket
    from sochihoi.services.office import Office
    from sochihoi.services.tickets import Tickets


def register(commands: Commands) -> None:
    """Hang the command."""
    made = commands.add("transfer", _transfer, _("let a member go to another commune, or accept one"))
    made.add_argument("member", metavar=_("MEMBER"), nargs="?", help=_("her code, such as HP00417"))
    made.add_argument("--to", metavar=_("UNIT"), help=_("the code of the other commune"))
    made.add_argument("--out", metavar=_("FILE"), help=_("where the ticket, or the answer, goes"))
    made.add_argument("--cancel", action="store_true", help=_("she stays: take her ticket back"))
    made.add_argument("--take", metavar=_("FILE"), help=_("a ticket for this commune, or the answer to one of ours"))
    made.add_argument("--accept", metavar=_("FILE"), help=_("a ticket: she is a member here"))
    made.add_argument("--branch", metavar=_("NAME"), help=_("where she is from now on"))
    made.add_argument("--refuse", metavar=_("FILE"), help=_("a ticket: she is not taken"))
    made.add_argument("--reason", metavar=_("TEXT"), default="", help=_("why she is not taken"))
    made.add_argument("--force", action="store_true", help=_("overwrite a file that is there"))
    made.add_argument("--json", action="store_true", help=_("the result as JSON on standard output"))


def _transfer(call: Call) -> int:
    options = call.options
    wanted = [options.member, options.take, options.accept, options.refuse]
    if sum(one is not None for one in wanted) != 1:
        raise UsageError(_("Name one member, or one file with --take, --accept or --refuse."))
    needs_out = options.accept is not None or options.refuse is not None or (options.member and not options.cancel)
    if needs_out and not options.out:
        raise UsageError(_("--out says where the file goes."))
    if options.member and not options.cancel and not options.to:
        raise UsageError(_("--to names the other commune."))
    if options.accept is not None and not options.branch:
        raise UsageError(_("--branch names where she is from now on."))
    with call.records() as office:
        ticket = _done(call, office)
        if call.options.json:
            call.json(_json(office, ticket))
    return DONE


def _done(call: Call, office: Office) -> Ticket:
    from sochihoi.services.tickets import Tickets

    options, tickets = call.options, Tickets(office)
    if options.member is not None:
        return _of_member(call, office, tickets)
    if options.take is not None:
        return _taken(call, tickets, Path(options.take))
    return _answered(call, office, tickets)


def _of_member(call: Call, office: Office, tickets: Tickets) -> Ticket:
    from sochihoi.domain.errors import NotFound
    from sochihoi.domain.tickets import TicketWay

    options = call.options
    member = office.people.by_code(options.member)
    if member is None:
        raise NotFound("member", options.member)
    mine = [one for one in tickets.every() if one.membership_id == member.id and one.direction is TicketWay.OUT]
    open_one = next((one for one in mine if one.is_open), None)
    if options.cancel:
        if open_one is None:
            raise NotFound("ticket", options.member)
        tickets.cancel(open_one.id)
        call.say(_("The ticket is taken back: {name} stays.").format(name=tickets.name_of(open_one)))
        return next(one for one in tickets.every() if one.id == open_one.id)
    # the same ticket again, when it was written before and is asked for once more
    same = open_one is not None and open_one.to_unit == options.to
    ticket: Ticket = open_one if same and open_one is not None else tickets.issue(member.id, options.to)
    tickets.files.write(ticket, Path(options.out), overwrite=options.force)
    told = _("Ticket of {name} to {unit} written: {file}. She counts here until its answer was taken in.")
    call.say(told.format(name=tickets.name_of(ticket), unit=ticket.to_unit, file=options.out))
    _say_goes(call, tickets, ticket)
    return ticket


def _say_goes(call: Call, tickets: Tickets, ticket: Ticket) -> None:
    from sochihoi.ui.words.tickets import goes_words

    if told := goes_words(tickets.goes_with(ticket)):
        call.say(told)


def _taken(call: Call, tickets: Tickets, file: Path) -> Ticket:
    from sochihoi.storage.files import read_bytes
    from sochihoi.ui.words import tickets as words

    taken = tickets.take(read_bytes(file))
    ticket: Ticket = taken.ticket
    name = tickets.name_of(ticket)
    call.say(f"{name}: {words.state_words(ticket)}.")
    if not taken.new:
        call.say(_("This file was taken in before; nothing changed."))
    if not taken.answer:
        for label, text in words.fields(ticket.content["values"]):
            call.say(f"  {label}: {text}")
    return ticket


def _answered(call: Call, office: Office, tickets: Tickets) -> Ticket:
    from sochihoi.domain.errors import NotFound
    from sochihoi.services.ticket_answers import TicketAnswers
    from sochihoi.storage.files import read_bytes

    options, answers = call.options, TicketAnswers(office, tickets)
    ticket = tickets.take(read_bytes(Path(options.accept or options.refuse))).ticket
    if options.refuse:
        answers.refuse(ticket.id, options.reason)
    else:
        branch = next((one for one in office.setup.branches() if one.name == options.branch), None)
        if branch is None:
            raise NotFound("branch", options.branch)
        for like in answers.like(ticket):
            call.say(_("May be here already: {name}, {code}").format(name=like.entry.full_name, code=like.entry.code))
        answers.accept(ticket.id, branch.id)
    ticket = next(one for one in tickets.every() if one.id == ticket.id)
    tickets.files.write(ticket, Path(options.out), overwrite=options.force)
    call.say(_("Answer written: {file}. Send it back to {unit}.").format(file=options.out, unit=ticket.from_unit))
    _say_goes(call, tickets, ticket)
    return ticket


def _json(office: Office, ticket: Ticket) -> dict[str, Any]:
    from sochihoi.domain.movements import above_said
    from sochihoi.services.tickets import Tickets

    above, goes = above_said(ticket), Tickets(office).goes_with(ticket)
    code = office.people.detail(ticket.membership_id).membership.code if ticket.membership_id else None
    return {
        "ticket": ticket.ticket,
        "state": ticket.state.name,
        "from": ticket.from_unit,
        "to": ticket.to_unit,
        "member": code,
        "issued_on": _iso(ticket.issued_on),
        "accepted_on": _iso(ticket.accepted_on),
        "goes_with": None if goes is None else goes.month.code,
        "confirmed_above": None if above is None else {"state": above.standing.value, "day": _iso(above.day)},
    }


def _iso(day: Any) -> str | None:
    return None if day is None else str(day.isoformat())
