"""Who goes with branches to a new commune, and whose the figures are: pure rules."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from sochihoi.domain.campaign import Round
from sochihoi.domain.facts import (
    AssessmentFact,
    BranchFact,
    EnteredFact,
    Facts,
    HouseholdFact,
    MeetingFact,
    MemberFact,
    ScoreFact,
    SessionFact,
)
from sochihoi.domain.members import Placement
from sochihoi.domain.parted_facts import on_its_own, since, without_parted
from sochihoi.domain.parting import (
    Belongs,
    BelongsToBoth,
    Going,
    NothingParted,
    chosen,
    founded,
    newest_change,
    parted,
    who_goes,
    with_history,
)
from sochihoi.domain.people import LeaveReason
from sochihoi.domain.periods import Period
from sochihoi.domain.reorganisation import NotThatDay
from sochihoi.domain.study import DocumentKind
from sochihoi.domain.units import Level, Unit, forward

ON = date(2026, 11, 1)
EARLY, LATE = date(2026, 3, 1), date(2026, 11, 20)
ROOT = Unit("r", Level.COMMUNE, "xã A")
UNITS = (
    ROOT,
    Unit("a", Level.BRANCH, "Ấp A", parent_id="r"),
    Unit("b", Level.BRANCH, "Ấp B", parent_id="r", valid_from=EARLY, predecessor_ids=("whole", "shared")),
    Unit("whole", Level.BRANCH, "Ấp cũ", parent_id="r", valid_to=EARLY),
    Unit("shared", Level.BRANCH, "Ấp lớn", parent_id="r", valid_to=EARLY),
    Unit("c", Level.BRANCH, "Ấp C", parent_id="r", valid_from=EARLY, predecessor_ids=("shared",)),
    Unit("new", Level.BRANCH, "Ấp mới", parent_id="r", valid_from=ON),
    Unit("a1", Level.CELL, "Tổ 1", parent_id="a"),
)


def test_whole_branches_are_chosen_and_one_stays() -> None:
    assert [one.id for one in chosen(UNITS, ("a", "b", "a"), ON)] == ["a", "b"]
    for wrong in ("new", "whole", "nobody", "a1"):
        with pytest.raises(NotThatDay):
            chosen(UNITS, (wrong,), ON)
    for branches, everything in ((("a",), True), ((), False)):
        with pytest.raises(NothingParted) as told:
            chosen(UNITS[:2], branches, ON)
        assert told.value.everything is everything


def test_the_past_goes_only_where_it_is_theirs_alone() -> None:
    assert with_history(UNITS, ("b",)) == {"b", "whole"}
    assert with_history(UNITS, ("b", "c")) == {"b", "c", "whole", "shared"}


def test_who_goes_stays_or_is_on_both_sides() -> None:
    stays = [
        Placement("1", "m1", "b"),
        Placement("2", "m2", "a"),
        Placement("3", "m3", "a", from_on=EARLY, to_on=EARLY),
        Placement("4", "m3", "b", from_on=EARLY),
        Placement("5", "left", "b", to_on=EARLY),
        Placement("6", "again", "a"),
        Placement("7", "two-a", "a"),
        Placement("8", "two-b", "b"),
        Placement("9", "moved", "b", to_on=EARLY),
        Placement("A", "now", "a", from_on=EARLY),
    ]
    members = {
        "m1": Belongs("p1"),
        "m2": Belongs("p2"),
        "m3": Belongs("p3"),
        "left": Belongs("p4", EARLY),
        "again": Belongs("p1", date(2020, 1, 1)),  # she was in a branch that stays, long ago
        "two-a": Belongs("p5"),
        "two-b": Belongs("p5"),
        "moved": Belongs("p6", EARLY),
        "now": Belongs("p6"),
    }
    living = {"p1": "h1", "p2": "h2", "p3": "h2", "p4": "h2", "p5": None, "p6": None, "child": "h1", "other": "h2"}
    homes = {"h1": "b", "h2": "a"}
    going = who_goes(frozenset({"b", "whole"}), ON, stays, members, living, homes)
    assert going.memberships == {"m1", "m3", "left", "two-b"}
    assert going.leaving == {"m1", "m3", "two-b"}
    assert going.persons == {"p1", "p3", "p4", "p5", "child"}
    assert going.households == {"h1"}
    assert (going.both, going.homes_both) == ({"p5"}, {"h2"})
    with pytest.raises(BelongsToBoth) as told:
        going.check()
    assert (told.value.members, told.value.households) == (1, 1)
    nobody: frozenset[str] = frozenset()
    Going(going.branches, going.memberships, going.leaving, going.persons, going.households, nobody, nobody).check()


SIDES = st.sampled_from(["b", "a"])
REGISTERS = st.lists(
    st.tuples(SIDES, st.none() | SIDES, st.booleans(), st.none() | st.integers(0, 3), st.integers(0, 6)),
    min_size=1,
    max_size=8,
)


@settings(phases=[Phase.generate], deadline=None, derandomize=True, max_examples=60)
@given(REGISTERS, st.lists(SIDES, min_size=4, max_size=4))
def test_nobody_is_lost_and_nobody_is_on_both_sides_unseen(
    rows: list[tuple[str, str | None, bool, int | None, int]], places: list[str]
) -> None:
    homes = {f"h{at}": branch for at, branch in enumerate(places)}
    stays, members, living = [], {}, {}
    for at, (then, now, gone, home, person) in enumerate(rows):
        stays.append(Placement(f"{at}", f"m{at}", then, from_on=EARLY))
        if now is not None:
            stays.append(Placement(f"{at}n", f"m{at}", now, from_on=date(2026, 6, 1)))
        members[f"m{at}"] = Belongs(f"p{person}", date(2026, 8, 1) if gone else None)
        living[f"p{person}"] = None if home is None else f"h{home}"
    sides = {}
    for side in ("b", "a"):
        sides[side] = who_goes(frozenset({side}), ON, stays, members, living, homes)
    one, other = sides["b"], sides["a"]
    lasting = {key for key, whose in members.items() if whose.left_on is None}
    assert one.households | other.households == set(homes)
    assert not one.households & other.households
    assert one.both == other.both
    assert one.leaving | other.leaving == lasting
    assert not one.leaving & other.leaving
    if not one.both:
        assert one.homes_both == other.homes_both
        here = {members[key].person for key in lasting}
        assert {p for p in one.persons & other.persons if p in here} == set()
        if not one.homes_both:
            for person in here & one.persons:
                assert living[person] is None or living[person] in one.households


def test_a_change_on_the_day_or_later_is_found() -> None:
    quiet = [Placement("1", "m", "b", from_on=EARLY, to_on=ON), Placement("2", "m", "a", from_on=LATE)]
    assert newest_change(quiet, ("b",), ON) is None
    assert newest_change([*quiet, Placement("3", "n", "b", from_on=ON)], ("b",), ON) == ON
    assert newest_change([*quiet, Placement("3", "n", "b", to_on=LATE)], ("b",), ON) == LATE


def test_the_tree_says_whose_a_branch_is() -> None:
    new = Unit("n", Level.COMMUNE, "xã N", valid_from=ON, predecessor_ids=("b", "lost"))
    after = (*(one for one in UNITS if one.id != "b"), Unit("b", Level.BRANCH, "Ấp B", valid_to=ON), new)
    assert parted(after, "r", ON) == {"b": ON}
    assert parted(after, "r", EARLY) == parted(UNITS, "r", ON) == {}
    assert [one.id for one in forward(after, "b", ON)] == ["n"]
    assert founded(after, "r") is None
    # the new commune's own book, also after it was renamed
    root = Unit("n", Level.COMMUNE, "xã N", valid_from=ON, predecessor_ids=("r",))
    assert founded((ROOT, root), "n") == ON
    later = Unit("n", Level.COMMUNE, "xã M", valid_from=LATE, predecessor_ids=("old",))
    old = Unit("old", Level.COMMUNE, "xã N", valid_from=ON, valid_to=LATE, predecessor_ids=("r",))
    assert founded((ROOT, old, later), "n") == ON
    # but not a commune that it joined: that one was there before
    joined = Unit("n", Level.COMMUNE, "xã N", valid_from=ON, valid_to=LATE, predecessor_ids=("r",))
    whole = Unit("w", Level.COMMUNE, "xã W", predecessor_ids=("n", "lost"))
    assert founded((ROOT, joined, whole, Unit("n1", Level.BRANCH, "Ấp N", parent_id="n")), "w") is None


FACTS = Facts(
    members=(
        MemberFact("m1", "p1", (), joined_on=EARLY, counts_from=EARLY),
        MemberFact("m2", "p2", (), joined_on=LATE, counts_from=LATE),
        MemberFact("m3", "p3", (), left_on=ON, left_reason=LeaveReason.WITH_BRANCH.name),
    ),
    branches=(BranchFact("a"), BranchFact("b", valid_to=ON), BranchFact("n", valid_from=LATE)),
    cells=(BranchFact("a1", parent="a"),),
    meetings=(MeetingFact("1", "a", EARLY, closed=True, roster=1, present=1),),
    sessions=(
        SessionFact("1", "c", DocumentKind.RESOLUTION, EARLY),
        SessionFact("2", "c", DocumentKind.RESOLUTION, LATE),
    ),
    households=(HouseholdFact("ha", "a"), HouseholdFact("hb", "b")),
    assessments=tuple(AssessmentFact(h, 2026, "S", Round.SELF, EARLY, passed=True) for h in ("ha", "hb")),
    scores=(ScoreFact("1", "a", 2026, "VERIFIED"), ScoreFact("2", "b", 2026, "VERIFIED")),
    entered=(
        EnteredFact("women", "b", Period.month(2026, 9), 40),
        EnteredFact("women", "a", Period.month(2026, 11), 30),
    ),
)


def test_the_figures_of_both_sides() -> None:
    assert since(FACTS, None) is FACTS
    assert without_parted(FACTS, {}) is FACTS
    mine = without_parted(FACTS, {"b": ON})
    assert [one.id for one in mine.households] == ["ha"]
    assert [one.household for one in mine.assessments] == ["ha"]
    assert [one.branch for one in mine.scores] == ["a"]
    assert mine.meetings == FACTS.meetings
    assert mine.entered[2:] == (EnteredFact("women", "b", Period.month(2026, 11), 0),)
    new = since(FACTS, ON)
    assert [(one.membership, one.joined_on, one.counts_from) for one in new.members] == [
        ("m1", None, ON),
        ("m2", LATE, LATE),
    ]
    assert [one.valid_from for one in (*new.branches, *new.cells)] == [ON, ON, LATE, ON]
    assert (new.meetings, [one.id for one in new.sessions], [one.id for one in new.studied_before]) == (
        (),
        ["2"],
        ["1"],
    )
    assert [one.value for one in new.entered] == [30]
    assert on_its_own(FACTS, UNITS, "r", ON) is FACTS
    assert [one for one in LeaveReason if not one.is_told] == [LeaveReason.WITH_BRANCH]
