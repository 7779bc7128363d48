"""The grid of a branch, what finishing a round refuses, and where a branch stands in a year."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from sochihoi.domain.campaign import Assessment, CriteriaSet, Criterion, Result, Round
from sochihoi.domain.campaign_records import (
    HouseholdLine,
    NothingAssessed,
    RoundIncomplete,
    SetNotForYear,
    Sheet,
    SheetLine,
    SheetRow,
    Standing,
    YearResults,
    YearSets,
)
from sochihoi.domain.wording import Words

WORDS = Words("chữ", "words")
OWN = CriteriaSet(
    "MAU",
    "1",
    date(2026, 1, 1),
    None,
    WORDS,
    WORDS,
    "",
    tuple(Criterion(code, WORDS, at, WORDS, WORDS, WORDS) for at, code in enumerate(("K1", "K2"))),
)
BESIDE = CriteriaSet("KHAC", "1", date(2026, 1, 1), None, WORDS, WORDS, "", OWN.criteria)
DONE = date(2026, 10, 20)


def line(head: str, marks: str | None, done: date | None = None, *, former: bool = False) -> SheetLine:
    """``marks``: a letter for each criterion, P or F, shorter while cells are missing; ``None``: no assessment."""
    if marks is None:
        return SheetLine(f"h-{head}", "", head, member=True, registered=False, former_done=former)
    told = {
        code: {"mark": {"P": "PASS", "F": "FAIL"}[mark], "note": f"{head} {code}"}
        for code, mark in zip(OWN.codes, marks, strict=False)
    }
    judged = Assessment(f"a-{head}", f"h-{head}", 2026, "MAU", "1", results=told, done_on=done)
    return SheetLine(f"h-{head}", "", head, member=True, registered=False, former_done=former, assessment=judged)


def sheet(*lines: SheetLine, of: Round = Round.SELF) -> Sheet:
    rows = tuple(SheetRow.of(number, one, OWN) for number, one in enumerate(lines, start=1))
    return Sheet(2026, OWN, of, "b", "Ấp Mẫu", rows)


def test_a_year_uses_its_own_set_and_perhaps_one_beside_it() -> None:
    alone, both = YearSets(2026, OWN), YearSets(2026, OWN, BESIDE)
    assert (alone.in_use, both.in_use) == ((OWN,), (OWN, BESIDE))
    assert [both.pick(code) for code in (None, "MAU", "KHAC")] == [OWN, OWN, BESIDE]
    with pytest.raises(SetNotForYear) as told:
        alone.pick("KHAC")
    assert (told.value.year, told.value.set_code) == (2026, "KHAC")


def test_a_row_says_what_is_known_of_a_household() -> None:
    full, half, blank = (
        SheetRow.of(1, one, OWN) for one in (line("Lan", "PF", DONE), line("Mai", "P"), line("Na", None))
    )
    assert (full.household_id, full.complete, full.blank, full.done_on) == ("h-Lan", True, False, DONE)
    assert (full.marks, full.verdict.failed, full.note("K2")) == (
        {"K1": Result.PASS, "K2": Result.FAIL},
        ("K2",),
        "Lan K2",
    )
    assert (half.complete, half.blank, half.verdict.passed) == (False, False, None)
    assert (blank.complete, blank.blank, blank.done_on, blank.note("K1")) == (False, True, None, "")


def test_finishing_closes_what_is_complete_and_leaves_no_household_half() -> None:
    mixed = sheet(line("Lan", "PP"), line("Mai", "P"), line("Na", None), line("Sen", "PF", DONE))
    assert (mixed.complete, mixed.begun) == (2, True)
    assert [[row.line.head for row in rows] for rows in (mixed.half, mixed.blank, mixed.to_finish, mixed.finished)] == [
        ["Mai"],
        ["Na"],
        ["Lan"],
        ["Sen"],
    ]
    for leave_out in (True, False):
        with pytest.raises(RoundIncomplete) as told:
            mixed.check_finish(leave_out=leave_out)
        assert (told.value.half, told.value.blank) == (("Mai",), ("Na",))
    some = sheet(line("Lan", "PP"), line("Na", None))
    assert [row.line.head for row in some.check_finish(leave_out=True)] == ["Lan"]
    with pytest.raises(RoundIncomplete):
        some.check_finish(leave_out=False)
    assert len(sheet(line("Lan", "PP")).check_finish(leave_out=False)) == 1
    with pytest.raises(NothingAssessed):
        sheet(line("Na", None)).check_finish(leave_out=True)
    assert not sheet(line("Na", None)).begun


def test_only_who_finished_the_round_before_is_started_in_this_one() -> None:
    lines = (line("Lan", None, former=True), line("Mai", None), line("Na", "P", former=True))
    assert [row.line.head for row in sheet(*lines, of=Round.BRANCH_REVIEW).startable] == ["Lan"]
    assert sheet(*lines).startable == ()


def household(name: str, **more: object) -> HouseholdLine:
    told = {"member": True} | more
    return HouseholdLine(name, "", name, "", "", "b", "Ấp Mẫu", "", **told)  # type: ignore[arg-type]


def test_member_households_stand_where_their_last_round_is() -> None:
    day = date(2026, 5, 1)
    confirmed = household("Lan", round=Round.COMMUNE_CONFIRM, passed=True, newly=True, plaque_on=day, begun=True)
    failed = household("Mai", round=Round.COMMUNE_CONFIRM, passed=False, registered_on=day, begun=True)
    reviewed = household("Na", round=Round.BRANCH_REVIEW, passed=True, mobilised_on=day, begun=True)
    alone = household("Sen", round=Round.SELF, passed=True, begun=True)
    no_member = household("Út", member=False, registered_on=day, mobilised_on=day, plaque_on=day)
    assert [one.confirmed for one in (confirmed, failed, reviewed, alone, no_member)] == [True] + [False] * 4
    found = Standing.of("b", "Ấp Mẫu", iter([confirmed, failed, reviewed, alone, household("Vy"), no_member]))
    assert found == Standing(
        "b",
        "Ấp Mẫu",
        households=5,
        registered=2,  # also who is no member
        mobilised=1,
        assessed=4,
        self_done=4,
        reviewed=3,
        confirmed=2,
        passed=1,
        newly=1,
        plaques=1,
        begun=4,
    )
    assert (found.share, found.over, found.still_needed) == (Fraction(1, 5), False, 4)


def test_a_share_of_nobody_is_not_known_and_exactly_85_percent_is_not_over() -> None:
    nobody = Standing()
    assert (nobody.share, nobody.over, nobody.still_needed) == (None, None, 0)
    exact, over = Standing(households=20, passed=17), Standing(households=20, passed=18)
    assert [(one.over, one.still_needed) for one in (exact, over)] == [(False, 1), (True, 0)]


def test_the_commune_is_its_branches_and_what_fails_most_comes_first() -> None:
    branches = (
        Standing("a", "A", 3, 1, 1, 2, 2, 1, 1, 1, 1, 1, 2),
        Standing("b", "B", 4, 2, 0, 1, 1, 1, 1, 0, 0, 0, 1),
    )
    results = YearResults(YearSets(2026, OWN), branches, {"K1": 1, "K2": 0, "K3": 5, "K4": 1})
    assert results.year == 2026
    assert results.total == Standing("", "", 7, 3, 1, 3, 3, 2, 2, 1, 1, 1, 3)
    assert results.most_failed == (("K3", 5), ("K1", 1), ("K4", 1))
