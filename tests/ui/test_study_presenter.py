"""What the pages of study say, without a window; in English, so that the words are the source strings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from sochihoi import i18n
from sochihoi.domain.attendance import NotHeldYet
from sochihoi.domain.errors import UserError
from sochihoi.domain.people import PartialDate
from sochihoi.domain.study import (
    CampaignClosed,
    CampaignState,
    Channel,
    Coverage,
    DocumentKind,
    HeadcountForRegistered,
    NotEligible,
    SessionBeforeStart,
    SessionForm,
    StudyCampaign,
    StudyTarget,
    TargetGroup,
)
from sochihoi.domain.study_records import (
    CampaignHasSessions,
    CampaignView,
    EligibleMember,
    GroupCoverage,
    ListNotFrozen,
    NobodyEligible,
    SessionHasMarks,
)
from sochihoi.domain.targets import Direction
from sochihoi.ui import words
from sochihoi.ui.study import presenter
from sochihoi.ui.words import study as study_words
from sochihoi.ui.words.roster import NOTHING

TODAY = date(2026, 10, 26)
CAMPAIGN = StudyCampaign("c", "Nghị quyết Đại hội I", deadline=TODAY, frozen_on=date(2026, 10, 1))


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = i18n.language()
    i18n.set_language("en")
    yield
    i18n.set_language(before)


def _group(reached: int, eligible: int, percent: int = 95, direction: Direction = Direction.AT_LEAST) -> GroupCoverage:
    target = StudyTarget("t", "c", TargetGroup.MEMBERS, percent, direction)
    return GroupCoverage(target, Coverage(reached, eligible))


def _member(
    name: str, branch: str, year: int | None = 1971, groups: frozenset[TargetGroup] = frozenset()
) -> EligibleMember:
    born = None if year is None else PartialDate(year)
    return EligibleMember(name, "HP1", name, born, "0912345678; 0987654321", branch, branch, "Tổ 1", 1, groups, 0)


@pytest.mark.parametrize(
    ("days", "text", "tone"),
    [(-3, "3 days overdue", "bad"), (0, "due today", "warn"), (7, "7 days left", "warn"), (8, "8 days left", "none")],
)
def test_the_deadline_counts_down(days: int, text: str, tone: str) -> None:
    campaign = replace(CAMPAIGN, deadline=TODAY + timedelta(days=days))
    assert presenter.deadline(campaign, TODAY) == presenter.Standing(text, tone)


def test_a_closed_campaign_is_never_overdue() -> None:
    campaign = replace(CAMPAIGN, deadline=date(2026, 1, 1), state=CampaignState.CLOSED)
    assert presenter.deadline(campaign, TODAY).tone == "none"
    assert presenter.campaign_note(campaign, TODAY) == "closed"
    assert presenter.deadline(replace(CAMPAIGN, deadline=None), TODAY).text == "no due day"


def test_how_many_it_still_takes() -> None:
    assert presenter.lacking(_group(18, 20)).text == "1 more person"
    assert presenter.lacking(_group(19, 20)).text == "target met", "95.0 % exactly passes"
    assert presenter.lacking(_group(0, 0)).text == "nobody on the list"
    unknown = GroupCoverage(StudyTarget("t", "c", TargetGroup.WOMEN, 70), None)
    assert presenter.lacking(unknown).text == "size not entered"
    assert presenter.share(None) == presenter.share(Coverage(0, 0)), "nobody to count is no 0 %"
    assert "0" not in presenter.share(None)


def test_a_goal_says_its_direction() -> None:
    assert presenter.goal(_group(1, 2).target) == "95\u00a0% or more"
    assert presenter.goal(_group(1, 2, 100).target) == "100\u00a0%", "more than all is not said"
    assert presenter.goal(_group(1, 2, 50, Direction.EXACTLY).target) == "exactly 50\u00a0%"
    assert presenter.goal(_group(1, 2, 85, Direction.OVER).target) == "over 85\u00a0%"


def test_why_names_numerator_and_denominator() -> None:
    view = CampaignView(CAMPAIGN, (_group(18, 20),), (), (), 2)
    told = presenter.explain(view, view.groups[0])
    assert (told.figure, "18 people" in told.how, "20 people" in told.how) == ("90.0\u00a0%", True, True)
    assert "01/10/2026" in told.how
    assert "2 of them" in told.left_out


def test_the_missing_are_found_without_tone_marks_and_by_group() -> None:
    heads = frozenset({TargetGroup.BRANCH_HEADS})
    rows = [_member("Thạch Thị Ánh", "Ấp An Hòa"), _member("Lê Thị Bé", "Ấp Trà Cuôn", groups=heads)]
    assert presenter.filtered(rows, None, "thach") == rows[:1]
    assert presenter.filtered(rows, TargetGroup.BRANCH_HEADS, "") == rows[1:]
    assert presenter.filtered(rows, TargetGroup.MEMBERS, "") == rows


def test_the_copied_list_is_by_branch_without_phones() -> None:
    rows = [_member("Thạch Thị Ánh", "Ấp An Hòa"), _member("Lê Thị Bé", "Ấp Trà Cuôn", None)]
    text = presenter.copied(CAMPAIGN, rows)
    assert text.splitlines()[1:] == [
        "",
        "Ấp An Hòa (1)",
        "1. Thạch Thị Ánh, 1971",
        "",
        "Ấp Trà Cuôn (1)",
        "1. Lê Thị Bé",
    ]
    assert "0912" not in text
    assert presenter.phones(rows[0]) == "0912 345 678, 0987 654 321"


def test_typed_numbers_are_understood_or_named() -> None:
    numbers = {n: n in (1, 2) for n in range(1, 13)}
    good = presenter.read_typed("2-5, !1, 9,", numbers)
    assert good.tone == "ok"
    assert "5 present" in good.text
    assert "1 not present" in good.text
    assert "5 of 12" in good.text
    assert presenter.read_typed("13", numbers).tone == "bad"
    assert presenter.read_typed("  ", numbers) == NOTHING


def test_a_long_title_is_cut_at_a_word() -> None:
    assert presenter.shortened("Học tập") == "Học tập"
    assert presenter.shortened("Học tập, quán triệt Nghị quyết", 21) == "Học tập, quán triệt…"


def test_every_choice_has_a_name() -> None:
    assert all(study_words.document_kind(kind) for kind in DocumentKind)
    assert len({study_words.group_name(group) for group in TargetGroup}) == len(TargetGroup)
    assert len({study_words.direction_name(one) for one in Direction}) == len(Direction)
    assert all(study_words.form_name(form) for form in SessionForm)
    assert len({study_words.channel_name(channel) for channel in Channel}) == len(Channel)
    assert all(act.startswith("study.") and say() for act, say in study_words.ACTS.items())


@pytest.mark.parametrize(
    "problem",
    [
        HeadcountForRegistered(TargetGroup.MEMBERS),
        NotEligible(("a", "b")),
        CampaignClosed("Chuyên đề"),
        SessionBeforeStart(TODAY, TODAY),
        NobodyEligible(TODAY),
        ListNotFrozen("Chuyên đề"),
        CampaignHasSessions(2),
        SessionHasMarks(3),
        NotHeldYet(TODAY),
    ],
    ids=lambda problem: type(problem).__name__,
)
def test_a_problem_is_two_sentences(problem: UserError) -> None:
    said = words.say(problem)
    assert said.what.endswith(".")
    assert said.todo.endswith(".")
    assert "{" not in str(said)
