"""A member goes to another commune with a ticket: she counts once, all the way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from operator import add
from pathlib import Path

import pytest

from sochihoi.domain.consent import How
from sochihoi.domain.errors import FieldProblem
from sochihoi.domain.people import JoinKind, LeaveReason, NotMoving
from sochihoi.domain.periods import Period
from sochihoi.domain.tickets import (
    AcceptedTooEarly,
    AnswerUnknown,
    NoKeyOfUnit,
    NotATicket,
    TicketClosed,
    TicketDisputed,
    TicketState,
    TicketToSelf,
    TicketUnderWay,
)
from sochihoi.services.ticket_answers import TicketAnswers
from sochihoi.services.tickets import Tickets
from sochihoi.storage.errors import FileExists, UndoConflict
from sochihoi.sync.errors import Code, Refused
from sochihoi.ui.words.tickets import goes_words
from tests.exchange_data import MOMENT, commune
from tests.people_data import details
from tests.tickets_data import Moving, in_one_register, make_moving


@pytest.fixture
def moving(tmp_path: Path) -> Iterator[Moving]:
    made = make_moving(tmp_path)
    yield made
    made.close()


def count(moving: Moving) -> tuple[int, int]:
    return len(moving.source.people.rows()), len(moving.destination.people.rows())


def test_she_counts_at_the_source_until_its_program_read_the_answer(moving: Moving) -> None:
    name = moving.source.people.detail(moving.member).person.full_name
    data = moving.send()
    row = moving.source.people.row(moving.member)
    assert row is not None
    assert row.is_moving
    assert count(moving) == (3, 0)
    taken = moving.into.take(data)
    assert (taken.new, taken.answer) == (True, False)
    assert taken.ticket.content["values"]["full_name"] == name
    assert taken.ticket.content["from_name"] == "Hội LHPN xã Hòa Phú"
    assert count(moving) == (3, 0)
    made = moving.answers.accept(taken.ticket.id, moving.branch, on=date(2026, 11, 3))
    there = moving.destination.people.detail(made)
    assert there.person.full_name == name
    assert there.person.birth == moving.source.people.detail(moving.member).person.birth
    assert (there.membership.join_kind, there.membership.joined_from) == (
        JoinKind.TRANSFER_IN,
        "Hội LHPN xã Hòa Phú",
    )
    assert there.membership.registered_on == date(2026, 11, 3)
    back = moving.out.take(moving.answer())
    assert (back.answer, back.new, back.ticket.state) == (True, True, TicketState.CONFIRMED)
    gone = moving.source.people.detail(moving.member).membership
    assert (gone.left_on, gone.left_reason) == (date(2026, 11, 3), LeaveReason.TRANSFER_OUT)
    assert gone.left_to == "Hội LHPN xã Tân Lập"
    assert count(moving) == (2, 1)


def test_both_files_twice_change_nothing(moving: Moving) -> None:
    data = moving.send()
    first = moving.into.take(data)
    again = moving.into.take(data)
    assert (again.new, again.ticket) == (False, first.ticket)
    moving.answers.accept(first.ticket.id, moving.branch)
    assert not moving.into.take(data).new
    with pytest.raises(TicketClosed):
        moving.answers.accept(first.ticket.id, moving.branch)
    answer = moving.answer()
    moving.out.take(answer)
    left = moving.source.people.detail(moving.member).membership
    assert not moving.out.take(answer).new
    assert moving.source.people.detail(moving.member).membership == left
    assert count(moving) == (2, 1)
    assert answer == moving.answer("again.hpn")


def test_sensitive_columns_go_only_with_her_word(moving: Moving) -> None:
    ethnicity = moving.source.people.detail(moving.member).person.ethnicity
    assert ethnicity
    values = moving.into.take(moving.send()).ticket.content["values"]
    assert not {"ethnicity", "religion", "party_member"} & set(values)
    assert {"full_name", "birth", "phone", "address"} <= set(values)
    moving.source.moves.stay(moving.member)
    person = moving.source.people.detail(moving.member).person.id
    give_sensitive(moving, person)
    values = moving.into.take(moving.send("second.hpn")).ticket.content["values"]
    assert values["ethnicity"] == ethnicity
    newest, before = moving.source.privacy.access.log()[:2]
    assert "ethnicity" in newest.fields  # what left this PC is kept for the chair
    assert "ethnicity" not in before.fields


def give_sensitive(moving: Moving, person: str) -> None:
    from sochihoi.domain.consent import Consent, Purpose

    entry = Consent(
        id=moving.source.new_id(),
        person_id=person,
        purpose=Purpose.SENSITIVE,
        text_version="1",
        given_on=date(2026, 10, 1),
        how=How.PAPER,
    )
    with moving.source.write("consent.give") as work:
        work.consents.add([entry])


def test_who_may_be_her_is_shown_and_she_is_entered_once(moving: Moving) -> None:
    person = moving.source.people.detail(moving.member).person
    known = moving.destination.people.add_person(details(person.full_name, birth=person.birth, phone=person.phone))
    ticket = moving.into.take(moving.send()).ticket
    (like,) = moving.answers.like(ticket)
    assert like.entry.person_id == known
    made = moving.answers.accept(ticket.id, moving.branch, person_id=known)
    assert moving.destination.people.detail(made).person.id == known
    assert count(moving) == (3, 1)


def test_a_ticket_for_another_unit_is_refused(moving: Moving, tmp_path: Path) -> None:
    other = commune(tmp_path / "other", "99003", "Phú Mỹ")
    in_one_register(moving.above, moving.source, other)
    data = moving.send()
    with pytest.raises(Refused) as told:
        Tickets(other).take(data)
    assert told.value.code is Code.NOT_FOR_ME
    assert Tickets(other).every() == ()
    other.close()


def test_a_ticket_of_an_unknown_unit_or_another_kind_is_refused(moving: Moving, tmp_path: Path) -> None:
    other = commune(tmp_path / "other", "99003", "Phú Mỹ")
    in_one_register(moving.above, other)
    from tests.people_data import add_members

    stranger = add_members(other, count=1)[0]
    ticket = Tickets(other).issue(stranger, "99002")
    Tickets(other).files.write(ticket, tmp_path / "x.hpn")
    with pytest.raises(Refused) as told:
        moving.into.take((tmp_path / "x.hpn").read_bytes())
    assert told.value.code is Code.KEY_UNKNOWN
    report = (Path(__file__).parents[1] / "golden/sync/report.hpn").read_bytes()
    with pytest.raises(NotATicket):
        moving.into.take(report)
    other.close()


def test_a_ticket_needs_a_key_another_unit_and_a_member_without_one(moving: Moving) -> None:
    with pytest.raises(NoKeyOfUnit):
        moving.out.issue(moving.member, "99003")
    row = moving.source.people.row(moving.member)
    assert row is not None
    assert not row.is_moving  # nothing was begun
    with pytest.raises(TicketToSelf):
        moving.out.issue(moving.member, "99001")
    assert moving.out.destinations() == (("99002", "Hội LHPN xã Tân Lập"),)
    data = moving.send()
    with pytest.raises(TicketUnderWay):
        moving.out.issue(moving.member, "99002")
    with pytest.raises(FileExists):
        moving.out.files.write(moving.out.every()[0], moving.root / "ticket.hpn")
    assert (moving.root / "ticket.hpn").read_bytes() == data


def test_a_refusal_goes_back_with_its_reason(moving: Moving) -> None:
    ticket = moving.into.take(moving.send()).ticket
    with pytest.raises(FieldProblem):
        moving.answers.refuse(ticket.id, "  ")
    moving.answers.refuse(ticket.id, "Chị không cư trú tại xã.")
    back = moving.out.take(moving.answer())
    assert (back.ticket.state, back.ticket.content["reason"]) == (TicketState.REFUSED, "Chị không cư trú tại xã.")
    assert count(moving) == (3, 0)
    moving.source.moves.stay(moving.member)
    assert moving.out.every()[0].state is TicketState.REFUSED


def test_a_ticket_and_her_moving_are_one_act(moving: Moving) -> None:
    def stands() -> tuple[bool, TicketState]:
        row = moving.source.people.row(moving.member)
        assert row is not None
        return row.is_moving, moving.out.every()[0].state

    moving.send()
    history = moving.source.history
    assert "member.moving" not in {act.act for act in history.acts()}
    assert history.undo().act == "ticket.issue"
    assert stands() == (False, TicketState.CANCELLED)
    history.redo()
    assert stands() == (True, TicketState.ISSUED)
    moving.out.cancel(moving.out.every()[0].id)
    moving.source.moves.begin(moving.member, "Tân Lập")
    moving.into.take(moving.send("second.hpn"))
    history.undo()  # the slip was made before the ticket, and stays
    assert stands() == (True, TicketState.CANCELLED)
    history.redo()
    moving.answers.refuse(moving.into.every()[0].id, "Chị không cư trú tại xã.")
    moving.out.take(moving.answer())
    issued = next(act for act in history.acts() if act.act == "ticket.issue")
    with pytest.raises(UndoConflict):
        history.undo(issued.batch)


def test_a_ticket_is_taken_back_and_she_stays(moving: Moving) -> None:
    moving.send()
    moving.out.cancel(moving.out.every()[0].id)
    row = moving.source.people.row(moving.member)
    assert row is not None
    assert not row.is_moving
    assert moving.out.every()[0].state is TicketState.CANCELLED
    with pytest.raises(TicketClosed):
        moving.out.cancel(moving.out.every()[0].id)
    with pytest.raises(NotMoving):
        moving.source.moves.stay(moving.member)


def test_accepted_there_and_taken_back_here_is_a_matter_for_two_people(moving: Moving) -> None:
    ticket = moving.into.take(moving.send()).ticket
    moving.answers.accept(ticket.id, moving.branch)
    moving.source.moves.stay(moving.member)
    for _again in range(2):
        with pytest.raises(TicketDisputed):
            moving.out.take(moving.answer(f"{_again}.hpn"))
    assert moving.out.late()[0].disputed
    assert count(moving) == (3, 1)


def test_an_answer_of_somebody_else_closes_nothing(moving: Moving, tmp_path: Path) -> None:
    ticket = moving.into.take(moving.send()).ticket
    moving.answers.accept(ticket.id, moving.branch)
    answer = moving.answer()
    with moving.source.write("test.forget") as work:
        from sochihoi.storage.schema import transfer_ticket

        work.update(transfer_ticket, {moving.out.every()[0].id: {"to_unit": "99003"}})
    with pytest.raises(AnswerUnknown):
        moving.out.take(answer)
    assert count(moving) == (3, 1)


def test_a_day_in_a_closed_month_of_the_source_is_moved_to_the_first_open_one(moving: Moving) -> None:
    ticket = moving.into.take(moving.send()).ticket
    moving.answers.accept(ticket.id, moving.branch)
    month = timedelta(days=30)
    moving.source.store.now = partial(add, MOMENT, month)
    moving.source.months.close(Period.month(2026, 11), reason="Không sinh hoạt vì ngập nước.")
    moving.out.take(moving.answer())
    assert moving.source.people.detail(moving.member).membership.left_on == date(2026, 12, 1)


def test_a_ticket_goes_up_with_the_next_file(moving: Moving) -> None:
    source, october = moving.source, Period.month(2026, 10)
    ticket = moving.out.issue(moving.member, "99002")
    told = moving.out.goes_with(ticket)
    assert told is not None
    assert (told.month, told.made) == (october, None)
    source.months.close(october, reason="Hoãn.")
    source.sending.prepare(october)
    assert moving.out.goes_with(ticket) is None  # this file tells of it
    moving.out.files.write(ticket, moving.root / "t.hpn")
    taken = moving.into.take((moving.root / "t.hpn").read_bytes()).ticket
    moving.out.cancel(ticket.id)
    again = moving.out.goes_with(moving.out.issue(moving.member, "99002"))
    assert again is not None
    assert (again.month, again.made) == (october.next(), october)
    assert "Tệp tháng 10/2026 đã lập" in goes_words(again)
    assert "cùng tệp tháng 11/2026" in goes_words(again)
    # accepted after its arrival was told: that goes with the file after
    moving.destination.months.close(october, reason="Hoãn.")
    moving.destination.sending.prepare(october)
    assert moving.into.goes_with(taken) is None
    moving.answers.accept(taken.id, moving.branch)
    accepted = moving.into.goes_with(moving.into.every()[0])
    assert accepted is not None
    assert accepted.month == october.next()


def test_nobody_is_accepted_before_she_was_on_her_way(moving: Moving) -> None:
    """The day of the slip, not that of the file, is where one commune ends and the other begins."""
    moving.source.moves.begin(moving.member, "Hội LHPN xã Tân Lập", on=date(2026, 11, 2))
    ticket = moving.into.take(moving.send()).ticket
    with pytest.raises(AcceptedTooEarly):
        moving.answers.accept(ticket.id, moving.branch, on=date(2026, 11, 1))
    assert count(moving) == (3, 0)
    moving.answers.accept(ticket.id, moving.branch, on=date(2026, 11, 2))
    moving.out.take(moving.answer())
    assert moving.source.people.detail(moving.member).membership.left_on == date(2026, 11, 2)
    for day, where in ((date(2026, 11, 1), (3, 0)), (date(2026, 11, 2), (2, 1))):
        assert (len(moving.source.people.rows(on=day)), len(moving.destination.people.rows(on=day))) == where


def test_after_sixty_days_both_sides_list_it(moving: Moving) -> None:
    ticket = moving.into.take(moving.send()).ticket
    for office in (moving.source, moving.destination):
        assert Tickets(office).late() == ()
        for days, late in ((60, 0), (61, 1)):
            office.store.now = partial(add, MOMENT, timedelta(days=days))
            assert len(Tickets(office).late()) == late
        office.store.now = partial(add, MOMENT, timedelta())
    with pytest.raises(FieldProblem):
        TicketAnswers(moving.destination).accept(ticket.id, moving.branch, on=date(2026, 11, 4))
