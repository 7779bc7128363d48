"""What a ticket says of a woman who moves: values of a wrong shape are left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from sochihoi.domain.member_columns import COLUMNS
from sochihoi.domain.members import Membership, Person
from sochihoi.domain.people import JoinKind, PartialDate
from sochihoi.domain.tickets import Ticket, TicketState, TicketWay, details_in, moving_day, values_of


@pytest.mark.parametrize(
    ("values", "day"), [({"moving_on": "2026-11-03"}, date(2026, 11, 3)), ({"moving_on": "hôm qua"}, None), ({}, None)]
)
def test_the_day_on_which_she_leaves(values: dict[str, Any], day: date | None) -> None:
    assert moving_day(values) == day


def test_what_fits_is_shown_and_the_rest_is_left_out() -> None:
    said = {"full_name": "Lê Thị Mẫu", "birth": "1971-03-08", "party_member": True, "phone": "0912345678"}
    found = details_in({**said, "joined": "lâu rồi", "religion": 7, "unknown": "x", "household_group": "POOR"})
    assert (found.full_name, found.birth, found.phone) == ("Lê Thị Mẫu", PartialDate(1971, 3, 8), "0912345678")
    assert found.party_member
    assert found.joined is None
    assert found.religion == ""


TICKET = Ticket("1", "PC-1", TicketWay.OUT, "99001", "99002", "m", TicketState.ISSUED, {}, "", date(2026, 9, 1))


def test_sixty_days_are_the_longest_that_a_ticket_waits() -> None:
    assert [TICKET.is_late(date(2026, 9, 1) + timedelta(days=n)) for n in (60, 61)] == [False, True]
    answered = replace(TICKET, state=TicketState.CONFIRMED)
    assert (TICKET.is_open, answered.is_open) == (True, False)
    assert not answered.is_late(date(2027, 9, 1))
    assert not replace(TICKET, issued_on=None).is_late(date(2027, 9, 1))


def test_cancelled_here_and_accepted_there_is_late_at_once() -> None:
    cancelled = replace(TICKET, state=TicketState.CANCELLED)
    disputed = replace(cancelled, accepted_on=date(2026, 9, 2))
    assert [(one.disputed, one.is_late(date(2026, 9, 3))) for one in (cancelled, disputed)] == [
        (False, False),
        (True, True),
    ]
    assert not replace(TICKET, state=TicketState.CONFIRMED, accepted_on=date(2026, 9, 2)).disputed


def test_a_ticket_carries_what_is_known_of_the_columns_asked_for() -> None:
    person = Person("p", "Lê Thị Mẫu", PartialDate(1971, 3), phone="0" * 200, party_member=True)
    membership = Membership("m", "HP00001", "p", core_member=False, join_kind=JoinKind.ADMISSION)
    asked = ("full_name", "birth", "phone", "party_member", "core_member", "religion", "joined", "join_kind")
    told = values_of(person, membership, tuple(code for code in asked if code in COLUMNS))
    assert told.pop("join_kind", "ADMISSION") == "ADMISSION"
    assert told == {"full_name": "Lê Thị Mẫu", "birth": "1971-03", "phone": "0" * 60, "party_member": True}
    assert details_in(told).birth == person.birth
