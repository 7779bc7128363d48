"""A reorganisation ends what was, begins what is, and loses nobody."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from sochihoi.domain.errors import MonthClosed
from sochihoi.domain.members import Household, Placement, Position
from sochihoi.domain.people import PositionTitle
from sochihoi.domain.reorganisation import (
    By,
    DayToCome,
    Enrolled,
    Goes,
    GoesRoundInRing,
    Kind,
    NotThatDay,
    Outcome,
    Plan,
    Roll,
    StillUnplaced,
    TooFewUnits,
    UnitNameEmpty,
    UnitNameTaken,
)
from sochihoi.domain.succession import work_out
from sochihoi.domain.units import Level, Unit, forward

DAY, TODAY = date(2026, 10, 1), date(2026, 10, 26)
UNITS = (
    Unit("x", Level.COMMUNE, "xã Hòa Phú"),
    Unit("a", Level.BRANCH, "Ấp An Hòa", parent_id="x"),
    Unit("b", Level.BRANCH, "Ấp Bưng Cốc", parent_id="x"),
    Unit("c", Level.BRANCH, "Ấp Trà Cuôn", parent_id="x"),
    Unit("a1", Level.CELL, "Tổ 1", parent_id="a"),
    Unit("a2", Level.CELL, "Tổ 2", parent_id="a"),
    Unit("b1", Level.CELL, "Tổ 1", parent_id="b"),
)
MERGE = Plan(Kind.MERGE, DAY, ("a", "b"), ("Ấp Hòa Bưng",), decision="12/QĐ-BTV")
SPLIT = Plan(
    Kind.SPLIT, DAY, ("a",), ("Ấp An Hòa", "Ấp An Hạ"), goes=(Goes(By.CELL, "a1", 0), Goes(By.HAMLET, "xom chua", 1))
)


def roll(*stays: Placement, **more: object) -> Roll:
    members = {stay.membership_id: Enrolled(stay.membership_id, f"p-{stay.membership_id}") for stay in stays}
    return Roll(UNITS, **({"members": members, "placements": stays} | more))  # type: ignore[arg-type]


def carry(plan: Plan, before: Roll) -> tuple[Outcome, Roll]:
    numbers = count(1)
    outcome = work_out(plan, before, TODAY, lambda: f"new{next(numbers)}")
    return outcome, outcome.carried_out(before)


def places(of: Roll, membership: str, day: date) -> list[Placement]:
    return [
        one
        for one in of.placements
        if one.membership_id == membership
        and (one.from_on is None or one.from_on <= day)
        and (one.to_on is None or day < one.to_on)
    ]


def test_two_branches_become_one_and_their_cells_go_with_them() -> None:
    outcome, after = carry(MERGE, roll(Placement("s1", "m1", "a", "a1"), Placement("s2", "m2", "b", "b1")))
    (new,) = outcome.parts
    assert (new.name, new.valid_from, new.predecessor_ids) == ("Ấp Hòa Bưng", DAY, ("a", "b"))
    assert {one.id: one.valid_to for one in outcome.ended} == dict.fromkeys(("a", "b", "a1", "a2", "b1"), DAY)
    assert {u.name for u in after.units if u.parent_id == new.id} == {"Tổ 1", "Tổ 2", "Tổ 1 (Ấp Bưng Cốc)"}
    assert places(after, "m1", DAY - timedelta(1))[0].branch_id == "a"
    (stay,) = places(after, "m1", DAY)
    assert (stay.branch_id, stay.reason) == (new.id, "reorganised:merge 12/QĐ-BTV")
    assert next(u for u in after.units if u.id == stay.cell_id).predecessor_ids == ("a1",)
    assert forward(after.units, "a", DAY) == (new,)


def test_who_goes_where_is_said_by_member_then_cell_then_hamlet_then_the_rest() -> None:
    stays = (
        Placement("s1", "m1", "a", "a1"),
        Placement("s2", "m2", "a", "a2"),
        Placement("s3", "m3", "a"),
        Placement("s4", "m4", "a", "a1"),
    )
    members = {f"m{n}": Enrolled("", f"p{n}", "Xóm Chùa" if n in (2, 4) else "") for n in range(1, 5)}
    plan = replace(SPLIT, goes=(*SPLIT.goes, Goes(By.MEMBER, "m1", 1)))
    outcome, after = carry(plan, roll(*stays, members=members))
    assert outcome.unplaced == ("m3",)
    with pytest.raises(StillUnplaced):
        outcome.check_whole()
    outcome, after = carry(replace(plan, rest=0), roll(*stays, members=members))
    outcome.check_whole()
    branch = [places(after, f"m{n}", DAY)[0].branch_id for n in range(1, 5)]
    first, second = (part.id for part in outcome.parts)
    assert branch == [second, second, first, first]
    # a cell whose women part is a cell in both, and names the old one
    assert sorted(u.parent_id or "" for u in after.units if "a1" in u.predecessor_ids) == sorted([first, second])


def test_a_household_goes_with_the_women_who_live_there_and_with_its_head_where_they_part() -> None:
    stays = (
        Placement("s1", "m1", "a", "a1"),
        Placement("s2", "m2", "a", "a2"),
        Placement("s3", "m3", "a", "a1"),
        Placement("s4", "m4", "a", "a2"),
    )
    members = {
        "m1": Enrolled("", "p1", "", "h1"),
        "m2": Enrolled("", "p2", "", "h2"),
        "m3": Enrolled("", "p3", "", "h2"),
        "m4": Enrolled("", "p4", "", "h3"),
    }
    homes = (
        Household("h1", "HO1", "a"),
        Household("h2", "HO2", "a", head_id="p2"),
        Household("h3", "HO3", "a"),
        Household("h4", "HO4", "a"),
        Household("h5", "HO5", "b"),
    )
    plan = replace(SPLIT, goes=(Goes(By.CELL, "a1", 0), Goes(By.CELL, "a2", 1), Goes(By.HAMLET, "", 0)))
    outcome, after = carry(plan, roll(*stays, members=members, households=homes))
    first, second = (part.id for part in outcome.parts)
    assert {home.id: home.branch_id for home in after.households} == {
        "h1": first,
        "h2": second,
        "h3": second,
        "h4": "a",
        "h5": "b",
    }
    assert outcome.unplaced_households == ("h4",)
    plan = replace(plan, goes=(*plan.goes, Goes(By.HOUSEHOLD, "h4", 1)))
    outcome, after = carry(plan, roll(*stays, members=members, households=homes))
    assert outcome.whole
    assert after.households[3].branch_id == outcome.parts[1].id


def test_offices_of_what_is_no_more_end_and_those_of_what_goes_on_as_one_stay() -> None:
    stays = (Placement("s1", "m1", "a", "a1"), Placement("s2", "m2", "b", "b1"))
    held = (
        Position("p1", "m1", "a", PositionTitle.BRANCH_HEAD, date(2020, 1, 1)),
        Position("p2", "m2", "b1", PositionTitle.CELL_HEAD, date(2021, 1, 1), trained_on=date(2022, 2, 2)),
        Position("p3", "m1", "b", PositionTitle.BRANCH_DEPUTY, to_on=date(2026, 1, 1)),
    )
    outcome, _after = carry(MERGE, roll(*stays, positions=held))
    assert [(one.id, one.to_on) for one in outcome.positions_ended] == [("p1", DAY), ("p2", DAY)]
    (kept,) = outcome.positions_begun
    assert (kept.title, kept.from_on, kept.trained_on) == (PositionTitle.CELL_HEAD, DAY, date(2022, 2, 2))
    renamed, _after = carry(Plan(Kind.RENAME, DAY, ("a",), ("Ấp An Bình",)), roll(*stays, positions=held))
    assert [(one.title, one.unit_id) for one in renamed.positions_begun] == [
        (PositionTitle.BRANCH_HEAD, renamed.parts[0].id)
    ]


def test_a_cell_moves_with_its_women_and_the_households_in_which_only_they_live() -> None:
    stays = (Placement("s1", "m1", "a", "a1"), Placement("s2", "m2", "a", "a2"), Placement("s3", "m3", "a", "a1"))
    members = {
        "m1": Enrolled("", "p1", "", "h1"),
        "m2": Enrolled("", "p2", "", "h2"),
        "m3": Enrolled("", "p3", "", "h2"),
    }
    homes = (Household("h1", "HO1", "a"), Household("h2", "HO2", "a"), Household("h3", "HO3", "a"))
    plan = Plan(Kind.MOVE_CELL, DAY, ("a1",), target="b")
    outcome, after = carry(plan, roll(*stays, members=members, households=homes))
    assert outcome.whole
    assert [home.branch_id for home in after.households] == ["b", "a", "a"]
    (stay,) = places(after, "m1", DAY)
    cell = next(u for u in after.units if u.id == stay.cell_id)
    assert (stay.branch_id, cell.parent_id, cell.name) == ("b", "b", "Tổ 1 (Ấp An Hòa)")
    assert places(after, "m2", DAY)[0].branch_id == "a"
    assert [one.id for one in outcome.ended] == ["a1"]


def test_a_cell_is_renamed_where_it_is() -> None:
    plan = Plan(Kind.RENAME, DAY, ("a1",), ("Tổ Hoa Sen",))
    outcome, after = carry(plan, roll(Placement("s1", "m1", "a", "a1"), Placement("s2", "m2", "a")))
    assert [(s.branch_id, s.cell_id) for s in outcome.stays_begun] == [("a", outcome.parts[0].id)]
    assert outcome.parts[0].parent_id == "a"
    assert len(after.placements) == 3


def test_a_stay_that_began_later_is_in_the_new_branch_altogether() -> None:
    later = Placement("s1", "m1", "a", None, date(2026, 10, 12))
    outcome, after = carry(MERGE, roll(later))
    assert after.placements == (replace(later, branch_id=outcome.parts[0].id),)


@pytest.mark.parametrize(
    ("plan", "problem"),
    [
        (replace(MERGE, on=date(2026, 11, 1)), DayToCome),
        (replace(MERGE, on=date(2026, 8, 20)), MonthClosed),
        (replace(MERGE, on=date(2026, 9, 20)), MonthClosed),
        (replace(MERGE, sources=("a", "a")), TooFewUnits),
        (replace(MERGE, sources=("a", "gone")), NotThatDay),
        (replace(SPLIT, names=("Ấp Một",)), TooFewUnits),
        (replace(SPLIT, names=("Ấp Một", "  ")), UnitNameEmpty),
        (replace(SPLIT, names=("Ấp Một", "ẤP MỘT")), UnitNameTaken),
        (replace(SPLIT, names=("Ấp Một", "Ấp Trà Cuôn")), UnitNameTaken),
        (Plan(Kind.RENAME, DAY, ("a",), ("Ấp An Hòa",)), UnitNameTaken),
        (Plan(Kind.RENAME, DAY, ("a",)), UnitNameEmpty),
        (Plan(Kind.MOVE_CELL, DAY, ("a1",), target="a"), GoesRoundInRing),
        (Plan(Kind.MOVE_CELL, DAY, ("a1",), target="a1"), GoesRoundInRing),
        (Plan(Kind.MOVE_CELL, DAY, ("a1",), target="b1"), GoesRoundInRing),
        (Plan(Kind.MOVE_CELL, DAY, ("a1",)), NotThatDay),
    ],
)
def test_what_cannot_be_is_refused(plan: Plan, problem: type[Exception]) -> None:
    with pytest.raises(problem):
        carry(plan, roll(Placement("s1", "m1", "a"), closed={"2026-09": date(2026, 9, 30)}))


# ---------------------------------------------------------------------- whatever the register looks like

DAYS = st.dates(date(2026, 9, 1), date(2026, 10, 26))
CELLS = {"a": ("a1", "a2"), "b": ("b1",), "c": ()}


@st.composite
def registers(draw: st.DrawFn) -> Roll:
    stays, members = [], {}
    for n in range(draw(st.integers(1, 9))):
        who, at = f"m{n}", draw(st.one_of(st.none(), DAYS))
        left = draw(st.one_of(st.none(), DAYS))
        if left is not None and at is not None and left <= at:
            left = None
        turns = sorted(draw(st.sets(DAYS, max_size=2)))
        turns = [one for one in turns if (at is None or one > at) and (left is None or one < left)]
        for number, (since, until) in enumerate(zip([at, *turns], [*turns, left], strict=True)):
            branch = draw(st.sampled_from("abc"))
            cell = draw(st.sampled_from((None, *CELLS[branch])))
            stays.append(Placement(f"s{n}-{number}", who, branch, cell, since, until))
        home = draw(st.sampled_from((None, "h1", "h2")))
        members[who] = Enrolled(who, f"p{n}", draw(st.sampled_from(("", "Xóm Chùa"))), home, left)
    homes = tuple(Household(h, h.upper(), draw(st.sampled_from("abc"))) for h in ("h1", "h2", "h3"))
    return Roll(UNITS, members, tuple(stays), (), homes)


PLANS = st.sampled_from(
    (
        MERGE,
        replace(MERGE, sources=("a", "b", "c")),
        replace(SPLIT, rest=0),
        SPLIT,
        Plan(Kind.RENAME, DAY, ("a",), ("Ấp An Bình",)),
        Plan(Kind.RENAME, DAY, ("a1",), ("Tổ Hoa Sen",)),
        Plan(Kind.MOVE_CELL, DAY, ("a1",), target="b"),
    )
)


QUICK = settings(deadline=None, derandomize=True, max_examples=150, phases=(Phase.generate,))


@QUICK
@given(registers(), PLANS, DAYS)
def test_everyone_is_placed_once_on_every_day_and_nobody_is_lost(before: Roll, plan: Plan, on: date) -> None:
    outcome, after = carry(replace(plan, on=on), before)
    turns = {turn for stay in (*before.placements, *after.placements) for turn in (stay.from_on, stay.to_on)}
    turns |= {on, date(2026, 9, 1), date(2026, 10, 30)}
    # between two turns nothing changes
    for day in sorted({turn - timedelta(n) for turn in turns if turn is not None for n in (0, 1)}):
        for who in before.members:
            was, now = places(before, who, day), places(after, who, day)
            assert len(was) == len(now)
            if who in outcome.unplaced or not was:
                continue
            alive = {u.id for u in after.units if u.valid_on(day)}
            assert now[0].branch_id in alive
            if day < on:
                assert (now[0].branch_id, now[0].cell_id) == (was[0].branch_id, was[0].cell_id)
            else:
                heirs = {u.id for u in forward(after.units, was[0].branch_id, day)} | {plan.target}
                assert now[0].branch_id in heirs
                cell = now[0].cell_id
                assert cell is None or (cell in alive and was[0].cell_id is not None)
        if outcome.whole:
            branches = Counter(
                places(after, who, day)[0].branch_id for who in before.members if places(after, who, day)
            )
            assert sum(branches.values()) == sum(bool(places(before, who, day)) for who in before.members)


@QUICK
@given(registers(), PLANS)
def test_no_household_and_no_unit_is_lost_and_every_cell_stands_below_a_branch_that_lasts(
    before: Roll, plan: Plan
) -> None:
    outcome, after = carry(plan, before)
    assert [home.id for home in after.households] == [home.id for home in before.households]
    assert {u.id for u in before.units} <= {u.id for u in after.units}
    assert len({u.id for u in after.units}) == len(after.units)
    lasting = {u.id for u in after.units if u.valid_to is None}
    assert all(u.parent_id in lasting for u in after.units if u.id in lasting and u.parent_id is not None)
    for home in after.households:
        assert home.branch_id in lasting or home.id in outcome.unplaced_households
    below = [(u.parent_id, u.name.casefold()) for u in after.units if u.id in lasting]
    assert len(below) == len(set(below))


def test_a_unit_that_began_that_day_cannot_end_on_it() -> None:
    """It would have lived no day."""
    _outcome, after = carry(MERGE, roll(Placement("s1", "m1", "a")))
    new = next(one for one in after.units if one.predecessor_ids)
    with pytest.raises(NotThatDay):
        carry(Plan(Kind.RENAME, DAY, (new.id,), ("Ấp Mới",)), after)
