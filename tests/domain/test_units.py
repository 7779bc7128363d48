"""Units are a dated tree."""

from __future__ import annotations

from datetime import date

import pytest

from sochihoi.domain.units import Level, Unit, children, forward, predecessors

REFORM = date(2025, 7, 1)
OLD_EAST = Unit("e", Level.COMMUNE, "xã Đông", parent_id="p", valid_to=REFORM)
OLD_WEST = Unit("w", Level.COMMUNE, "xã Tây", parent_id="p", valid_to=REFORM, predecessor_ids=("w0",))
OLDEST = Unit("w0", Level.COMMUNE, "xã Tây Hạ", parent_id="p", valid_to=date(2009, 1, 1))
NEW = Unit("n", Level.COMMUNE, "xã Đông Tây", parent_id="p", valid_from=REFORM, predecessor_ids=("e", "w", "lost"))
TREE = (OLD_EAST, OLD_WEST, OLDEST, NEW)


@pytest.mark.parametrize(
    ("day", "there"),
    [(date(2025, 6, 30), False), (REFORM, True), (date(2030, 12, 31), True), (date(2031, 1, 1), False)],
)
def test_first_day_counts_and_last_day_does_not(day: date, there: bool) -> None:
    unit = Unit("a", Level.BRANCH, "Thôn Đông", valid_from=REFORM, valid_to=date(2031, 1, 1))
    assert unit.valid_on(day) is there


def test_open_ends_are_always() -> None:
    assert Unit("a", Level.CELL, "Tổ 1").valid_on(date(1930, 10, 20))
    assert Unit("a", Level.CELL, "Tổ 1").valid_within(date(1930, 10, 20), date(1930, 10, 20))


@pytest.mark.parametrize(
    ("start", "end", "there"),
    [
        (date(2025, 6, 1), date(2025, 6, 30), False),
        (date(2025, 6, 1), REFORM, True),
        (date(2030, 12, 31), date(2031, 1, 31), True),
        (date(2031, 1, 1), date(2031, 1, 31), False),
    ],
)
def test_a_month_that_touches_the_validity(start: date, end: date, there: bool) -> None:
    unit = Unit("a", Level.BRANCH, "Thôn Đông", valid_from=REFORM, valid_to=date(2031, 1, 1))
    assert unit.valid_within(start, end) is there


def test_children_are_those_of_the_day() -> None:
    assert children(TREE, "p", date(2025, 6, 30)) == (OLD_EAST, OLD_WEST)
    assert children(TREE, "p", REFORM) == (NEW,)
    assert children(TREE, "elsewhere", REFORM) == ()


def test_predecessors_go_back_through_every_merger() -> None:
    assert predecessors(TREE, NEW) == (OLD_EAST, OLD_WEST, OLDEST)
    assert predecessors(TREE, OLD_EAST) == ()


def test_units_that_name_one_another_end() -> None:
    one = Unit("1", Level.BRANCH, "Thôn Một", predecessor_ids=("2",))
    two = Unit("2", Level.BRANCH, "Thôn Hai", predecessor_ids=("1",))
    assert predecessors((one, two), one) == (two,)


def test_whoever_asks_for_an_old_unit_is_led_to_what_came_of_it_and_back() -> None:
    assert forward(TREE, "e", date(2025, 6, 30)) == (OLD_EAST,)
    assert forward(TREE, "e", REFORM) == (NEW,)
    assert forward(TREE, "w0", REFORM) == (NEW,)
    assert forward(TREE, "n", date(2025, 6, 30)) == (OLD_EAST, OLD_WEST)
    assert forward(TREE, "unknown", REFORM) == ()


def test_a_unit_that_ended_without_heirs_leads_nowhere() -> None:
    ended = Unit("1", Level.BRANCH, "Thôn Một", valid_to=REFORM)
    assert forward((ended,), "1", REFORM) == ()
    ring = (Unit("1", Level.BRANCH, "A", valid_to=REFORM, predecessor_ids=("2",)),)
    ring += (Unit("2", Level.BRANCH, "B", valid_to=REFORM, predecessor_ids=("1",)),)
    assert forward(ring, "1", REFORM) == ()
