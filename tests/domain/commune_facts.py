"""A small invented commune for the tests of figures: two branches, three households, one autumn."""

from __future__ import annotations

from datetime import date

from sochihoi.domain.campaign import Round
from sochihoi.domain.facts import (
    AssessmentFact,
    BranchFact,
    EnteredFact,
    Facts,
    HouseholdFact,
    MeetingFact,
    MemberFact,
    PlacementFact,
    PositionFact,
    RegistrationFact,
    ScoreFact,
    SessionFact,
)
from sochihoi.domain.indicators import Figure, IndicatorSet, Item, compute, items_of
from sochihoi.domain.periods import Period
from sochihoi.domain.study import Channel, DocumentKind
from sochihoi.services.definitions import load

SHIPPED = load()
OCTOBER = Period.month(2026, 10)
SEPTEMBER = Period.month(2026, 9)
INDICATORS: IndicatorSet = SHIPPED.indicators_for(OCTOBER)


def at(branch: str) -> tuple[PlacementFact, ...]:
    return (PlacementFact(branch),)


MEMBERS = (
    MemberFact("m1", "p1", at("north"), core=True, party=True, household="h1", bhyt=True),
    MemberFact("m2", "p2", at("north"), honorary=True, ethnic_minority=True, household="h1"),
    MemberFact("m3", "p3", at("south"), date(2026, 10, 4), date(2026, 10, 4), religious=True, household="h2"),
    MemberFact("m4", "p4", at("south"), left_on=date(2026, 10, 31), household="h3"),
    MemberFact(
        "m5",
        "p5",
        (PlacementFact("north", None, date(2026, 10, 1)), PlacementFact("south", date(2026, 10, 1))),
        household="h3",
    ),
    MemberFact("m6", "p6", at("south"), date(2026, 11, 1), date(2026, 11, 1)),
)
ROUND = Round.COMMUNE_CONFIRM
FACTS = Facts(
    members=MEMBERS,
    positions=(
        PositionFact("1", "m1", "north", "BRANCH_HEAD", trained_on=date(2026, 10, 2)),
        PositionFact("2", "m5", "south", "BRANCH_HEAD", from_on=date(2026, 10, 1)),
        PositionFact("3", "m2", "south", "BRANCH_HEAD", to_on=date(2026, 10, 1)),
        PositionFact("4", "m2", "south", "BRANCH_HEAD", from_on=date(2026, 11, 1)),
        PositionFact("5", "m2", "north", "BRANCH_DEPUTY"),
        PositionFact("6", "m4", "north", "BRANCH_HEAD"),
        PositionFact("7", "gone", "north", "BRANCH_HEAD"),
    ),
    branches=(BranchFact("north"), BranchFact("south"), BranchFact("old", valid_to=date(2026, 10, 1))),
    cells=(BranchFact("c1", parent="north"), BranchFact("c2", parent="old", valid_to=date(2026, 10, 1))),
    meetings=(
        MeetingFact("g1", "north", date(2026, 10, 3), closed=True, roster=40, present=30),
        MeetingFact("g2", "north", date(2026, 10, 24), closed=True, roster=20, present=10, has_minutes=False),
        MeetingFact("g3", "south", date(2026, 10, 24), closed=False, roster=50, present=0),
        MeetingFact("g4", "south", date(2026, 9, 24), closed=True, roster=50, present=25),
    ),
    sessions=(
        SessionFact(
            "s1",
            "wave",
            DocumentKind.RESOLUTION,
            date(2026, 9, 5),
            ("north",),
            ("m1", "m2", "m4"),
            (("WOMEN", 5),),
            (Channel.LOUDSPEAKER, Channel.TRAINING),
        ),
        SessionFact("s2", "wave", DocumentKind.RESOLUTION, date(2026, 10, 5), (), ("m1", "m3", "unknown")),
        SessionFact("s3", "theme", DocumentKind.THEME, date(2026, 10, 6), ("south",), ("m5",)),
    ),
    households=(
        HouseholdFact(
            "h1",
            "north",
            (
                RegistrationFact(2025, date(2025, 2, 1), date(2025, 2, 1)),
                RegistrationFact(2026, date(2026, 2, 1), date(2026, 3, 1), date(2026, 10, 20)),
            ),
        ),
        HouseholdFact("h2", "south", (RegistrationFact(2026, date(2026, 11, 1)),)),
        HouseholdFact("h3", "south"),
        HouseholdFact("h4", "south"),
    ),
    assessments=(
        AssessmentFact("h1", 2025, "5K3S-2014", ROUND, date(2025, 11, 1), passed=True),
        AssessmentFact("h1", 2026, "5K3S3A-2026", ROUND, date(2026, 10, 1), passed=True),
        AssessmentFact("h2", 2026, "5K3S3A-2026", ROUND, date(2026, 10, 1), passed=True),
        AssessmentFact("h3", 2026, "5K3S3A-2026", Round.BRANCH_REVIEW, date(2026, 9, 9), passed=False, failed=("S1",)),
        AssessmentFact("h3", 2026, "5K3S3A-2026", Round.SELF, date(2026, 9, 1), passed=False, failed=("K1",)),
        AssessmentFact("h3", 2026, "5C3S-2022", ROUND, date(2026, 9, 9), passed=True),
        AssessmentFact("h3", 2026, "5K3S3A-2026", ROUND, date(2026, 11, 9), passed=True),
        AssessmentFact("h4", 2026, "5K3S3A-2026", ROUND, date(2026, 9, 9), passed=True),
    ),
    scores=(
        ScoreFact("t1", "north", 2026, "COMMUNE_VERIFIED", "XS", None, date(2026, 10, 9)),
        ScoreFact("t2", "south", 2026, "SELF_SCORED"),
        ScoreFact("t3", "south", 2025, "REPORTED", "TOT", "MODEL", date(2025, 12, 1), date(2025, 12, 9)),
        ScoreFact("t4", "north", 2025, "REPORTED", "KHA", None, date(2025, 12, 1), date(2025, 12, 9)),
        ScoreFact("t5", "old", 2026, "COMMUNE_VERIFIED", "XS", None, date(2026, 11, 9)),
    ),
    entered=(
        EnteredFact("org.women_18", "north", Period.month(2026, 1), 4),
        EnteredFact("org.women_18", "north", Period.month(2026, 6), 5),
        EnteredFact("org.women_18", "north", Period.month(2026, 12), 9),
        EnteredFact("dues.collected_vnd", "north", SEPTEMBER, 300_000),
        EnteredFact("dues.collected_vnd", "north", OCTOBER, 120_000),
        EnteredFact("dues.collected_vnd", None, OCTOBER, 30_000),
        EnteredFact("dues.paid_pct", "north", OCTOBER, 3, 4),
        EnteredFact("dues.paid_pct", "south", OCTOBER, 3),
        EnteredFact("dues.paid_pct", "south", SEPTEMBER, 2, 4),
    ),
    set_codes={2025: "5K3S-2014", 2026: "5K3S3A-2026"},
)


def figures(facts: Facts = FACTS, period: Period = OCTOBER) -> dict[tuple[str, str | None], Figure]:
    """Every figure of the period by code and branch."""
    return {(one.code, one.branch): one for one in compute(INDICATORS, facts, period.window)}


def behind(code: str, period: Period = OCTOBER) -> tuple[Item, ...]:
    """The records in the numerator."""
    return items_of(INDICATORS.by_code[code], FACTS, period.window).numerator
