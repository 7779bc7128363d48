"""Which years may forget who came to study, and what is left of a woman's days in them."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from sochihoi.domain.facts import Facts, MemberFact, PlacementFact, SessionFact
from sochihoi.domain.indicators.parameters import Parameters
from sochihoi.domain.indicators.sources_activity import studied
from sochihoi.domain.joined_facts import own
from sochihoi.domain.periods import Period
from sochihoi.domain.study import Coverage, DocumentKind, TargetGroup
from sochihoi.domain.study_forgetting import Forgotten, Grid, GroupKept, spans

DAYS = st.dates(date(2025, 6, 1), date(2028, 6, 30))
QUICK = settings(deadline=None, derandomize=True, max_examples=60, phases=(Phase.generate,))


def test_years_that_a_campaign_links_are_forgotten_together_or_not_at_all() -> None:
    linked = [[2024], [2025, 2027], [2026], [2027, 2028], [], [2030]]
    assert spans(linked, date(2028, 12, 31)) == ((2024, 2024),)
    assert spans(linked, date(2029, 1, 1)) == ((2024, 2024), (2025, 2028))
    assert spans([], date(2029, 1, 1)) == ()


def test_groups_are_kept_by_the_day_of_their_first_session() -> None:
    kept = Forgotten(
        (2026, 2026), {TargetGroup.BRANCH_HEADS: GroupKept(9, {date.min: 1, date(2026, 3, 4): 2, date(2026, 5, 6): 3})}
    )
    assert Forgotten.read(kept.plain()) == kept
    heads = kept.groups[TargetGroup.BRANCH_HEADS]
    assert [heads.coverage(day) for day in (date(2026, 3, 3), date(2026, 3, 4), date.max)] == [
        Coverage(1, 9),
        Coverage(3, 9),
        Coverage(6, 9),
    ]


@QUICK
@given(st.lists(DAYS, min_size=1, max_size=5, unique=True), st.sets(DAYS, max_size=4), st.booleans(), st.booleans())
def test_on_every_day_that_is_looked_at_she_is_where_she_was(
    borders: list[date], sessions: set[date], begun: bool, goes_on: bool
) -> None:
    grid = Grid((2026, 2026), frozenset(day for day in sessions if day.year == 2026))
    at = [None if begun else date(2025, 1, 1), *sorted(borders), None if goes_on else date(2029, 1, 1)]
    stays = tuple(PlacementFact(f"b{n}", at[n], at[n + 1]) for n in range(len(at) - 1) if n != 2)
    first, last = min(borders), max(borders) + timedelta(days=30)
    real = MemberFact("m", "p", stays, counts_from=first, left_on=last)
    from_on, to_on = grid.membership(first, last)
    made = MemberFact("x", "y", tuple(grid.stays(stays)), counts_from=from_on, left_on=to_on)
    for day in grid.days:
        assert (made.is_member(day), made.branch_on(day)) == (real.is_member(day), real.branch_on(day)), day
    told = {one for stay in made.placements for one in (stay.from_on, stay.to_on)} | {from_on, to_on}
    assert told <= {None, *grid.days, date(2028, 1, 1)}, "no other day of hers is told"


def test_who_stands_for_nobody_is_counted_where_she_was_and_names_nobody_else() -> None:
    def member(key: str, branch: str) -> MemberFact:
        return MemberFact(f"m{key}", f"p{key}", (PlacementFact(branch),))

    session = SessionFact("s", "c", DocumentKind.RESOLUTION, date(2026, 3, 4), (), ("ma", "mx"))
    real = tuple(
        member(key, branch) for key, branch in (("a", "north"), ("b", "north"), ("c", "south"), ("d", "south"))
    )
    facts = Facts(members=real, sessions=(session,), stand_ins=(member("x", "south"), member("y", "north")))
    march = Period.month(2026, 3).window
    found = studied(facts, march, Parameters({}))
    parts = found.by_branch(("north", "south"))
    assert [(one.above, one.below) for one in (found, *parts.values())] == [(2, 4), (1, 2), (1, 2)]
    assert {item.record for item in found.denominator or ()} & {"pb", "pc", "pd"} == set()
    mine = own(facts, ("south",))
    assert [one.person for one in mine.stand_ins] == ["py"]
    named = studied(Facts(members=real, sessions=(session,)), march, Parameters({}))
    assert (named.above, named.below) == (1, 4)
