"""Tickets as both their ends tell them above: what they wait for, and that a woman on her way counts once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sochihoi.domain.movements import (
    ABOVE,
    Confirmed,
    Hitch,
    Movement,
    Standing,
    Told,
    above_said,
    confirmed,
    matched,
)
from sochihoi.domain.tickets import Ticket, TicketState, TicketWay

MADE, MOVED, OUT = date(2026, 9, 1), date(2026, 9, 10), date(2026, 11, 1)
SOURCE = Told("99001", "t1", TicketWay.OUT, "99002", TicketState.ISSUED, MADE)
THERE = Told("99002", "t1", TicketWay.IN, "99001", TicketState.ISSUED, MADE + timedelta(days=3))
TAKEN = replace(THERE, state=TicketState.ACCEPTED, accepted=MOVED)
GONE = replace(SOURCE, state=TicketState.CONFIRMED, accepted=MOVED, left=OUT)


def of(*told: Told) -> Movement:
    (found,) = matched(told)
    return found


@pytest.mark.parametrize(
    ("told", "hitch"),
    [
        ((SOURCE,), Hitch.NOT_ARRIVED),
        ((replace(SOURCE, state=TicketState.CANCELLED),), None),
        ((SOURCE, THERE), Hitch.WAITS_THERE),
        ((THERE,), Hitch.WAITS_THERE),
        ((GONE, THERE), None),  # the newer file of the two says it
        ((SOURCE, TAKEN), Hitch.NOT_CLOSED),
        ((replace(SOURCE, left=OUT), TAKEN), None),  # she left otherwise
        ((GONE, TAKEN), None),
        ((TAKEN,), Hitch.NOT_TOLD),
        ((SOURCE, replace(THERE, state=TicketState.REFUSED)), Hitch.STAYS),
        ((replace(SOURCE, state=TicketState.REFUSED), replace(THERE, state=TicketState.REFUSED)), None),
        ((replace(SOURCE, state=TicketState.CANCELLED), THERE), Hitch.TAKEN_BACK),
        ((replace(SOURCE, state=TicketState.CANCELLED), TAKEN), Hitch.DISPUTED),
    ],
)
def test_what_a_ticket_waits_for(told: tuple[Told, ...], hitch: Hitch | None) -> None:
    found = of(*told)
    assert found.hitch() is hitch
    late = found.issued + timedelta(days=61)
    assert found.is_late(late) == (hitch is not None)
    assert found.is_late(late - timedelta(days=1)) == (hitch is Hitch.DISPUTED)


def test_she_is_counted_twice_from_her_acceptance_until_she_left() -> None:
    both, found = {"99001", "99002"}, of(GONE, TAKEN)
    days = (MOVED - timedelta(days=1), MOVED, OUT - timedelta(days=1), OUT)
    assert [found.counted_twice(day, both) for day in days] == [False, True, True, False]
    assert not found.counted_twice(MOVED, {"99001"})
    assert not of(TAKEN).counted_twice(MOVED, both)
    assert not of(SOURCE, THERE).counted_twice(MOVED, both)
    assert not of(SOURCE, replace(TAKEN, left=MOVED)).counted_twice(MOVED, both)  # she left the destination again
    with pytest.raises(ValueError, match="movement"):
        _ = Movement("t", "a", "b", None, None).issued


def test_an_end_that_names_another_unit_is_no_end_of_it() -> None:
    stranger = replace(TAKEN, unit="99003")
    found = matched([SOURCE, stranger])
    assert [(one.from_unit, one.to_unit, one.hitch()) for one in found] == [
        ("99001", "99002", Hitch.NOT_ARRIVED),
        ("99001", "99003", Hitch.NOT_TOLD),
    ]
    assert confirmed(found, "99001") == ()


def test_both_ends_are_told_the_same() -> None:
    second = (replace(SOURCE, ticket="t0"), replace(TAKEN, ticket="t0"))
    found = matched([GONE, TAKEN, *second])
    told = (Confirmed("t0", Standing.ACCEPTED, MOVED), Confirmed("t1", Standing.SETTLED, MOVED))
    assert confirmed(found, "99001") == confirmed(found, "99002") == told
    assert confirmed(found, "99003") == ()


def test_a_commune_keeps_what_was_confirmed_with_its_ticket() -> None:
    one = Ticket("i", "t1", TicketWay.OUT, "99001", "99002", "m", TicketState.ISSUED, {}, "c", MADE)
    assert above_said(one) is None
    kept = {ABOVE: {"no": 2, "standing": "ACCEPTED", "day": "2026-09-10"}}
    assert above_said(replace(one, content=kept)) == Confirmed("t1", Standing.ACCEPTED, MOVED)
