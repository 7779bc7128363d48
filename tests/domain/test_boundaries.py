"""Figures of a branch that merged, parted or was renamed compare with those of what it came of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sochihoi.domain.boundaries import on_boundaries
from sochihoi.domain.facts import BranchFact, EnteredFact, Facts, HouseholdFact, PlacementFact
from sochihoi.domain.indicators import Figure, Row, compute, statement
from sochihoi.domain.periods import Period
from tests.domain.commune_facts import FACTS, INDICATORS, OCTOBER, SEPTEMBER

DAY = date(2026, 10, 1)
ALL = FACTS.branches


def changed(branches: tuple[BranchFact, ...], goes: dict[str, str], **more: object) -> Facts:
    """Everyone of a branch in ``goes`` is in another one from the day; by membership before by branch."""
    members = []
    for one in FACTS.members:
        last = one.placements[-1]
        new = goes.get(one.membership) or goes.get(last.branch)
        if new is None:
            members.append(one)
            continue
        stays = (*one.placements[:-1], replace(last, to_on=DAY), PlacementFact(new, DAY))
        members.append(replace(one, placements=stays if last.from_on != DAY else (*stays[:-2], stays[-1])))
    living = {m.household: m.placements[-1].branch for m in members}
    homes = tuple(HouseholdFact(h.id, living.get(h.id, h.branch), h.registrations) for h in FACTS.households)
    return replace(FACTS, branches=branches, members=tuple(members), households=homes, **more)  # type: ignore[arg-type]


MERGED = changed(
    (
        BranchFact("north", valid_to=DAY),
        BranchFact("south", valid_to=DAY),
        BranchFact("one", DAY, predecessors=("north", "south")),
    ),
    {"north": "one", "south": "one"},
)
SPLIT = changed(
    (
        BranchFact("north"),
        BranchFact("south", valid_to=DAY),
        BranchFact("left", DAY, predecessors=("south",)),
        BranchFact("right", DAY, predecessors=("south",)),
    ),
    {"m3": "left", "m4": "right", "m5": "left", "m6": "left"},
)
RENAMED = changed(
    (BranchFact("north"), BranchFact("south", valid_to=DAY), BranchFact("new", DAY, predecessors=("south",))),
    {"south": "new"},
)


def rows(facts: Facts, period: Period = OCTOBER, previous: tuple[Figure, ...] | None = None) -> dict[tuple, Row]:
    return {(r.indicator.code, r.branch): r for r in statement(INDICATORS, facts, period, previous=previous)}


def test_nothing_changes_where_no_branch_did() -> None:
    assert on_boundaries(FACTS, OCTOBER.end) is FACTS
    assert on_boundaries(MERGED, SEPTEMBER.end) is not MERGED  # "one" is not there yet
    assert on_boundaries(MERGED, OCTOBER.end) is on_boundaries(MERGED, OCTOBER.end)


def test_a_merged_branch_compares_with_both_that_it_came_of() -> None:
    now, plain = rows(MERGED), rows(FACTS)
    for code in ("org.members", "org.meetings", "org.attendance_pct", "org.joined", "org.heads_party_pct"):
        one, commune = now[code, "one"], plain[code, None]
        assert one.now == replace(commune.now, branch="one"), code
        assert one.previous == replace(commune.previous, branch="one"), code
        assert one.year_to_date == replace(commune.year_to_date, branch="one"), code


def test_the_commune_is_as_it_was() -> None:
    """Of what branches hold; how many branches there are is another matter."""
    now, plain = rows(MERGED), rows(FACTS)
    # the women of the south were never entered: of the merged branch nobody can say whose members to leave out
    others = ("branches", "meetings_due", "quarters_met", "gathering", "models", "outstanding")
    by_branch = {one.code for one in INDICATORS.indicators if one.source in others}
    for (code, branch), row in plain.items():
        if branch is None and code not in by_branch:
            assert (now[code, None].now, now[code, None].year_to_date) == (row.now, row.year_to_date), code


def test_frozen_figures_of_the_month_before_stay_and_new_branches_are_counted_beside_them() -> None:
    frozen = tuple(
        replace(f, value=None if f.value is None else f.value + 1000)
        for f in compute(INDICATORS, FACTS, SEPTEMBER.window)
    )
    now = rows(MERGED, previous=frozen)
    assert now["org.members", None].previous.value == 1000 + (rows(FACTS)["org.members", None].previous.value or 0)
    assert now["org.members", "one"].previous.value == rows(FACTS)["org.members", None].previous.value


def test_parts_of_a_branch_have_their_members_before_but_not_its_meetings() -> None:
    now, plain = rows(SPLIT), rows(FACTS)
    before = [now["org.members", part].previous.value or 0 for part in ("left", "right")]
    # m3 and m6 joined later, m5 came from the north on the day: in September she was not in the south
    assert sum(before) == plain["org.members", "south"].previous.value
    assert before == [0, 1]
    meetings = next(one.code for one in INDICATORS.indicators if one.source == "meetings")
    assert now[meetings, "left"].previous.value is None
    assert now[meetings, None].previous.value == plain[meetings, None].previous.value


def test_a_household_is_of_the_old_branch_in_the_old_month() -> None:
    def home(facts: Facts, day: date) -> dict[str, str | None]:
        return {one.id: one.branch for one in on_boundaries(facts, day).households}

    assert home(SPLIT, SEPTEMBER.end)["h2"] == "south"
    assert home(SPLIT, OCTOBER.end)["h2"] == "left"
    assert home(RENAMED, SEPTEMBER.end)["h2"] == "south"
    assert home(MERGED, SEPTEMBER.end)["h1"] == "north"


def test_a_title_goes_on_under_another_name_and_ends_with_a_merger() -> None:
    def models(facts: Facts) -> set[str]:
        return {one.branch for one in on_boundaries(facts, OCTOBER.end).scores if one.title}

    assert models(RENAMED) == {"new"}
    assert models(MERGED) == {"south"}  # nobody's any more
    code = next(one.code for one in INDICATORS.indicators if one.source == "models")
    counted = [rows(facts)[code, None] for facts in (FACTS, RENAMED, MERGED)]
    assert [(one.now.value, one.previous.value) for one in counted] == [(1, 1), (1, 1), (0, 1)]
    assert rows(RENAMED)[code, "new"].now.value == 1


def test_what_an_old_branch_entered_counts_until_the_new_one_enters_its_own() -> None:
    code = next(
        one.code for one in INDICATORS.indicators if one.source == "entered_stock" and one.code == "org.women_18"
    )

    def women(facts: Facts) -> int | None:
        return next(f.value for f in compute(INDICATORS, facts, OCTOBER.window) if (f.code, f.branch) == (code, "one"))

    both = (*FACTS.entered, EnteredFact(code, "south", Period.month(2026, 3), 7))
    assert women(replace(MERGED, entered=both)) == 12
    assert women(replace(MERGED, entered=(*both, EnteredFact(code, "one", OCTOBER, 11)))) == 11


def test_a_branch_that_met_before_it_merged_within_the_month_has_met() -> None:
    late = date(2026, 10, 15)
    branches = (
        BranchFact("north", valid_to=late),
        BranchFact("south", valid_to=late),
        BranchFact("one", late, predecessors=("north", "south")),
    )
    now = rows(replace(MERGED, branches=branches))
    code = next(one.code for one in INDICATORS.indicators if one.source == "meetings_due")
    for branch in (None, "one"):
        assert (now[code, branch].now.numerator, now[code, branch].now.denominator) == (1, 1)


def test_the_commune_is_counted_with_the_branches_of_each_month() -> None:
    """In the third quarter two branches were due each month; that they are one by October changes nothing of it."""
    late = date(2026, 8, 15)
    branches = (
        BranchFact("north", valid_to=late),
        BranchFact("south", valid_to=late),
        BranchFact("one", late, predecessors=("north", "south")),
    )
    merged = replace(MERGED, branches=branches)
    code = next(one.code for one in INDICATORS.indicators if one.source == "meetings_due")
    quarter = rows(merged, Period.parse("2026-Q3"))
    assert quarter[code, None].now.denominator == 2 + 1 + 1  # July, then one branch in August and September
    assert quarter[code, "one"].now.denominator == 3


def test_parts_of_a_branch_that_met_before_it_was_split_have_met() -> None:
    parts = (BranchFact("left", date(2026, 9, 28), predecessors=("south",)),)
    parts += (BranchFact("right", date(2026, 9, 28), predecessors=("south",)),)
    facts = replace(SPLIT, branches=(BranchFact("north"), BranchFact("south", valid_to=date(2026, 9, 28)), *parts))
    code = next(one.code for one in INDICATORS.indicators if one.source == "meetings_due")
    met = {f.branch: f.numerator for f in compute(INDICATORS, facts, SEPTEMBER.window) if f.code == code}
    assert met == {None: 2, "north": 0, "left": 1, "right": 1}
