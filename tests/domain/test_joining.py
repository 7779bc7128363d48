"""Which units go on, which codes change, whose a record of the past is: pure rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import count

import pytest

from sochihoi.domain.facts import BranchFact, EnteredFact, Facts, HouseholdFact, MeetingFact, MemberFact, PlacementFact
from sochihoi.domain.joined_facts import own
from sochihoi.domain.joining import (
    Identity,
    JoinedBefore,
    NotOfCommune,
    OtherKind,
    SameBook,
    check,
    inherit,
    new_codes,
    only_named,
    strangers,
)
from sochihoi.domain.joining_rows import Rewriting
from sochihoi.domain.periods import Period
from sochihoi.domain.units import Level, Unit, forward

ON = date(2026, 11, 1)
MINE = Identity("a", "xã A", ("99001",), frozenset({"pc-a"}), demo=False, receiver=False)
OTHER = Identity("b", "xã B", ("99002",), frozenset({"pc-b"}), demo=False, receiver=False)
OURS = (Unit("a", Level.COMMUNE, "xã A"), Unit("a1", Level.BRANCH, "Ấp 1", "CH1", "a"))
THEIRS = (
    Unit("b", Level.COMMUNE, "xã B"),
    Unit("b1", Level.BRANCH, "ấp 1", "CH1", "b"),
    Unit("b2", Level.BRANCH, "Ấp 2", None, "b", valid_to=date(2026, 3, 1)),
    Unit("b3", Level.BRANCH, "Ấp 3", None, "b", valid_from=date(2026, 11, 10), predecessor_ids=("b1",)),
    Unit("b11", Level.CELL, "Tổ 1", None, "b1"),
)


def test_who_may_come_in() -> None:
    check(MINE, OTHER, [])
    # a merged commune goes on under the code of the one that joins
    check(replace(MINE, codes=("99002", "99001")), OTHER, [])
    for same in (replace(OTHER, unit_id="a"), replace(OTHER, installations=frozenset({"pc-a", "x"}))):
        with pytest.raises(SameBook):
            check(MINE, same, [])
    with pytest.raises(SameBook):
        check(replace(MINE, codes=("99009", "99001")), replace(OTHER, codes=("99001",)), [])
    with pytest.raises(OtherKind):
        check(MINE, replace(OTHER, demo=True), [])
    with pytest.raises(NotOfCommune):
        check(MINE, replace(OTHER, receiver=True), [])
    with pytest.raises(JoinedBefore):
        check(MINE, replace(OTHER, codes=("99007",)), [(OTHER, ON)])
    check(MINE, OTHER, [(replace(OTHER, unit_id="c", installations=frozenset({"pc-c"})), ON)])


def test_branches_go_on_in_the_commune_from_the_day() -> None:
    ids = count()
    made = inherit(THEIRS, "b", OURS, OURS[0], ON, "B", lambda: f"n{next(ids)}")
    now = {one.id: one for one in made.units}
    heir = now[made.heir["b1"]]
    assert (heir.name, heir.code, heir.parent_id, heir.valid_from) == ("ấp 1 (B)", "CH1-2", "a", ON)
    assert made.renamed == (("ấp 1", "ấp 1 (B)"),)
    assert made.codes == ((heir.id, "CH1", "CH1-2"),)
    assert (now["b1"].valid_to, now["b1"].parent_id, now["b"].valid_to) == (ON, "b", ON)
    assert now["b2"] == THEIRS[2]
    assert (now["b3"].parent_id, now["b3"].predecessor_ids) == ("a", (heir.id,))
    assert now[made.heir["b11"]].parent_id == heir.id
    units = (*made.units, replace(OURS[0], predecessor_ids=("b",)), OURS[1])
    assert [u.id for u in forward(units, "b1", ON)] == [heir.id]
    assert [u.id for u in forward(units, heir.id, date(2026, 10, 31))] == ["b1"]
    assert strangers(units, "a", date(2026, 10, 31)) >= {"b", "b1", "b2", "b11"}
    assert strangers(units, "a", ON) == frozenset()


def test_a_commune_under_its_earlier_names_is_no_stranger() -> None:
    joined = date(2026, 3, 1)
    units = (
        Unit("a", Level.COMMUNE, "xã Mới", valid_from=ON, predecessor_ids=("old", "named")),
        Unit("a1", Level.BRANCH, "Ấp 1", parent_id="a"),
        Unit("old", Level.COMMUNE, "xã A", valid_to=ON, predecessor_ids=("b",)),
        Unit("named", Level.COMMUNE, "xã C", valid_to=ON),
        Unit("b", Level.COMMUNE, "xã B", valid_to=joined, predecessor_ids=("d",)),
        Unit("b1", Level.BRANCH, "Ấp 9", parent_id="b", valid_to=joined),
        Unit("d", Level.COMMUNE, "xã D", valid_to=date(2025, 7, 1)),
        Unit("d1", Level.BRANCH, "Ấp 8", parent_id="d", valid_to=date(2025, 7, 1)),
    )
    assert strangers(units, "a", date(2026, 2, 28)) == {"b", "b1", "d", "d1"}  # d came here with b
    assert strangers(units, "a", joined) == frozenset()
    assert [u.id for u in only_named(units, "Xã c")] == ["named"]


def test_a_free_code_stays_and_levels_above_stay_where_they_are() -> None:
    ids = count()
    theirs = (Unit("p", Level.PROVINCE, "Tỉnh"), THEIRS[0], replace(THEIRS[1], code="CH7"))
    made = inherit(theirs, "b", OURS, OURS[0], ON, "B", lambda: f"n{next(ids)}")
    assert made.codes == ()
    assert "p" not in {one.id for one in made.units}
    assert {one.code for one in made.units if one.id == made.heir["b1"]} == {"CH7"}


def test_a_commune_is_passed_through_once_and_a_province_is_no_commune() -> None:
    mine = Unit("a", Level.COMMUNE, "xã A", predecessor_ids=("b", "p"))
    other = Unit("b", Level.COMMUNE, "xã B", valid_to=ON, predecessor_ids=("a",))
    units = (mine, other, Unit("p", Level.PROVINCE, "Tỉnh"), Unit("b1", Level.BRANCH, "Ấp 1", "CH1", "b"))
    assert strangers(units, "a", date(2026, 10, 1)) == {"b", "b1"}


def test_a_session_of_a_commune_without_branches_stays_as_it_is() -> None:
    row = {"id": "s", "held_on": date(2026, 9, 1), "branch_id": None, "further_branches": []}
    bare = Rewriting(ON, {}, (THEIRS[0],), {}, {}, set(), lambda: "new")
    assert bare.edits()["study_session"](row) == [row]


def test_only_taken_codes_change() -> None:
    theirs = [("x", "HP00001"), ("y", "HP00009"), ("z", "")]
    assert new_codes(theirs, {"HP00001", ""}, 10, lambda n: f"HP{n:05}") == {"x": "HP00010"}


def rewriting(left: dict[str, date] | None = None) -> Rewriting:
    ids = count()
    heir = {"b1": "n1", "b11": "n2"}
    return Rewriting(ON, heir, THEIRS, {}, left or {}, {(2026, 0)}, lambda: f"new{next(ids)}")


def stay(**more: object) -> dict[str, object]:
    row: dict[str, object] = {"id": "s", "membership_id": "m", "branch_id": "b1", "cell_id": "b11", "reason": ""}
    return row | {"from_on": None, "to_on": None, "deleted_on": None} | more


@pytest.mark.parametrize(
    ("row", "left", "branches"),
    [
        (stay(), {}, ["b1", "n1"]),
        (stay(to_on=ON), {}, ["b1"]),
        (stay(from_on=ON), {}, ["n1"]),
        (stay(), {"m": ON}, ["b1"]),
        (stay(), {"m": date(2026, 12, 1)}, ["b1", "n1"]),
        (stay(deleted_on=date(2026, 5, 1)), {}, ["b1"]),
        (stay(branch_id="b2", cell_id=None), {}, ["b2"]),
    ],
)
def test_a_stay_is_over_or_goes_on(row: dict[str, object], left: dict[str, date], branches: list[str]) -> None:
    made = list(rewriting(left).edits()["placement"](row))
    assert [one["branch_id"] for one in made] == branches
    if len(made) == 2:
        assert (made[0]["to_on"], made[1]["from_on"], made[1]["to_on"]) == (ON, ON, None)
        assert made[1]["cell_id"] == "n2"
        assert made[0]["id"] == "s" != made[1]["id"]


def test_offices_of_the_commune_end_and_those_of_a_branch_go_on() -> None:
    edit = rewriting().edits()["position"]
    row = {"id": "p", "membership_id": "m", "from_on": None, "to_on": None, "deleted_on": None}
    assert [(r["unit_id"], r["to_on"]) for r in edit({**row, "unit_id": "b"})] == [("b", ON)]
    assert [(r["unit_id"], r["to_on"]) for r in edit({**row, "unit_id": "b1"})] == [("b1", ON), ("n1", None)]


def test_a_session_for_the_whole_commune_is_one_of_its_branches() -> None:
    edit = rewriting().edits()["study_session"]
    row = {"id": "s", "branch_id": None, "further_branches": []}
    (before,) = edit({**row, "held_on": date(2026, 2, 1)})
    assert [before["branch_id"], *before["further_branches"]] == ["b1", "b2"]
    (after,) = edit({**row, "held_on": date(2026, 11, 5)})
    assert [after["branch_id"], *after["further_branches"]] == ["n1"]
    assert not list(rewriting().edits()["campaign_year"]({"id": "y", "year": 2026, "beside": 0}))


def test_the_records_of_before_are_the_commune_s_own() -> None:
    gone, day = frozenset({"b", "b1"}), date(2026, 9, 10)
    facts = Facts(
        members=(
            MemberFact("m1", "p1", (PlacementFact("a1"),), household="h1"),
            MemberFact("m2", "p2", (PlacementFact("b1", None, ON), PlacementFact("n1", ON)), household="h2"),
        ),
        branches=(
            BranchFact("a1", parent="a"),
            BranchFact("b1", None, ON, "b"),
            BranchFact("n1", ON, None, "a", ("b1",)),
        ),
        meetings=(
            MeetingFact("x", "a1", day, closed=True, roster=1, present=1),
            MeetingFact("y", "b1", day, closed=True, roster=1, present=1),
        ),
        households=(HouseholdFact("h1", "a1"), HouseholdFact("h2", "n1"), HouseholdFact("h3", "n1")),
        entered=(
            EnteredFact("c", None, Period.month(2026, 9), 1),
            EnteredFact("c", "b", Period.month(2026, 9), 2),
        ),
    )
    mine = own(facts, gone)
    assert [one.membership for one in mine.members] == ["m1"]
    assert [one.id for one in mine.meetings] == ["x"]
    assert [one.id for one in mine.households] == ["h1"]
    assert [one.value for one in mine.entered] == [1]
    assert [one.id for one in mine.branches_on(day)] == ["a1"]
    assert own(facts, frozenset()) is facts


def test_what_is_planned_and_open_goes_to_the_heir_and_what_was_stays() -> None:
    made = replace(rewriting(), codes={"household": {"h": "HO00012"}, "membership": {"m": "HP00012"}}).edits()
    assert list(made["household"]({"id": "h", "code": "HO00001", "branch_id": "b1"})) == [
        {"id": "h", "code": "HO00012", "branch_id": "n1"}
    ]
    assert list(made["membership"]({"id": "m", "code": "HP00001"})) == [{"id": "m", "code": "HP00012"}]
    for held, branch in ((None, "n1"), (ON, "n1"), (date(2026, 10, 31), "b1")):
        row = {"id": "g", "code": "SH-0001", "branch_id": "b1", "held_on": held}
        assert list(made["meeting"](row)) == [{**row, "branch_id": branch}]
    for year, state, deleted, branch in (
        (2026, "SELF_SCORED", None, "n1"),
        (2026, "RECOGNISED", None, "b1"),
        (2025, "SELF_SCORED", None, "b1"),
        (2026, "SELF_SCORED", ON, "b1"),
    ):
        row = {"id": "t", "branch_id": "b1", "year": year, "state": state, "deleted_on": deleted}
        assert list(made["branch_score"](row)) == [{**row, "branch_id": branch}]
    assert [len(list(made["campaign_year"]({"year": year, "beside": 0}))) for year in (2025, 2026)] == [1, 0]
    assert list(made["joined_book"]({"id": "j", "joined_on": None})) == [{"id": "j", "joined_on": ON}]


def test_a_free_name_and_no_code_stay_and_what_the_other_commune_was_comes_too() -> None:
    ids = count()
    former = Unit("b0", Level.COMMUNE, "xã B cũ", parent_id="huyen", valid_to=date(2025, 7, 1))
    free = Unit("b9", Level.BRANCH, "Ấp 9", None, "b")
    made = inherit((THEIRS[0], former, free), "b", OURS, OURS[0], ON, "B", lambda: f"n{next(ids)}")
    now = {one.id: one for one in made.units}
    assert (made.renamed, made.codes) == ((), ())
    assert (now[made.heir["b9"]].name, now[made.heir["b9"]].code) == ("Ấp 9", None)
    assert (now["b0"].parent_id, now["b0"].valid_to) == (OURS[0].parent_id, former.valid_to)
