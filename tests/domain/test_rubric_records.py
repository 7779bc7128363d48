"""The sheet as it is shown: columns, answers, settled evidence, corrections."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from sochihoi.domain.indicators import Figure, UnitType
from sochihoi.domain.rubric import Answer, Title, outstanding_share, tally
from sochihoi.domain.rubric_records import (
    OWN,
    VERIFIED,
    BranchLine,
    ConditionLine,
    ProposedLine,
    ScoreSheet,
    YearList,
    back_to_own,
    corrected,
    corrections,
    earlier_title,
    figure_read,
    figure_text,
    with_evidence,
    with_text,
)
from sochihoi.domain.scoring import BranchScore, Holdings, ScoreState, WrongScoreState
from sochihoi.domain.targets import TargetPeriod, TargetSetting, Term, period_of
from sochihoi.domain.wording import Words
from sochihoi.services.definitions import load

SHIPPED = load()
RUBRIC = SHIPPED.rubric_for(2026)
ATTENDANCE = next(i for d in SHIPPED.indicator_sets for i in d.indicators.indicators if i.code == "org.attendance_pct")
DAY = date(2026, 10, 31)
SCORE = BranchScore("1", "north", 2026, RUBRIC.code, RUBRIC.version)


def line(*figures: Figure, proposed: Decimal | None = None) -> ProposedLine:
    third = RUBRIC.criteria[2]
    return ProposedLine(third, (ATTENDANCE,), figures, proposed, SCORE.line("3"))


def sheet(score: BranchScore, *conditions: ConditionLine, lines: tuple[ProposedLine, ...] = ()) -> ScoreSheet:
    own, verified = (tally(RUBRIC, score.points(column)) for column in (OWN, VERIFIED))
    return ScoreSheet("north", "Ấp Bắc", DAY, RUBRIC, score, lines, conditions, own, verified)


def test_the_column_follows_the_state() -> None:
    scored = SCORE.with_cell(RUBRIC, "1", OWN, Decimal(4)).with_cell(RUBRIC, "1", VERIFIED, Decimal(5))
    assert (sheet(scored).column, sheet(scored).shown.total) == (OWN, Decimal("4.0"))
    second = sheet(replace(scored, state=ScoreState.SELF_SCORED))
    assert (second.column, second.shown.total) == (VERIFIED, Decimal("5.0"))
    settled = sheet(replace(scored, state=ScoreState.REPORTED))
    assert (settled.column, settled.shown.total) == (None, Decimal("5.0"))


def test_the_officer_answers_before_the_records() -> None:
    few = RUBRIC.conditions[0]
    by_records = ConditionLine(few, None, Answer.MET)
    assert (by_records.answer, ConditionLine(few, Answer.NOT_MET, Answer.MET).answer) == (Answer.MET, Answer.NOT_MET)
    shown = sheet(SCORE, by_records, ConditionLine(RUBRIC.conditions[2], None))
    assert shown.answers == {"few_meetings": Answer.MET}
    assert shown.blocked == ("few_meetings",)
    assert "head_disciplined" in shown.unanswered


def test_lines_are_found_and_say_whether_anything_is_known() -> None:
    known = line(Figure("a", "north", UnitType.ATTENDANCE, None, 4, 5))
    assert known.known is True
    assert line(Figure("a", "north", UnitType.ATTENDANCE, None)).known is False
    shown = sheet(SCORE, lines=(known,))
    assert (shown.line("3"), shown.line("4"), shown.silent) == (known, None, ())
    differs = replace(known, line=replace(known.line, own=Decimal(9), verified=Decimal(8)))
    assert sheet(SCORE, lines=(differs,)).silent == ("3",)


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (Figure("org.attendance_pct", "north", UnitType.ATTENDANCE, None, 427, 520), "427/520"),
        (Figure("org.attendance_pct", "north", UnitType.ATTENDANCE, 10), "10"),
        (Figure("org.attendance_pct", "north", UnitType.ATTENDANCE, None), ""),
    ],
)
def test_a_measure_is_kept_as_text_and_read_again(figure: Figure, text: str) -> None:
    assert figure_text(figure) == text
    assert figure_read(ATTENDANCE, "north", text) == figure


def test_a_share_of_nobody_is_kept_as_nothing() -> None:
    assert figure_text(Figure("a", "north", UnitType.ATTENDANCE, None, 0, 0)) == ""


def test_settling_keeps_proposals_and_measures_beside_the_points() -> None:
    scored = with_text(SCORE.with_cell(RUBRIC, "3", OWN, Decimal(15)), "3", "evidence", "sổ điểm danh")
    figure = Figure("org.attendance_pct", "north", UnitType.ATTENDANCE, None, 4, 5)
    settled = with_evidence(scored, (line(figure, proposed=Decimal("15.0")),), DAY)
    row = settled.rows["3"]
    assert (row["self"], row["evidence"]) == ("15.0", "sổ điểm danh")
    assert (row["proposed"], row["measures"], row["until"]) == ("15.0", "4/5", "2026-10-31")
    assert with_evidence(SCORE, (line(figure),), DAY).rows["3"]["proposed"] == ""


def test_corrections_are_kept_in_order() -> None:
    recognised = replace(
        SCORE, state=ScoreState.RECOGNISED, band="XS", title=Title.MODEL, verified_on=DAY, recognised_on=DAY
    )
    once = corrected(recognised, "Cộng nhầm", date(2026, 11, 2))
    assert (once.state, once.band, once.title, once.verified_on) == (ScoreState.SELF_SCORED, None, None, None)
    twice = corrected(replace(once, state=ScoreState.COMMUNE_VERIFIED), "Thiếu biên bản", date(2026, 11, 5))
    assert corrections(twice) == ((date(2026, 11, 2), "Cộng nhầm"), (date(2026, 11, 5), "Thiếu biên bản"))
    for state in (ScoreState.REGISTERED, ScoreState.SELF_SCORED, ScoreState.REPORTED):
        with pytest.raises(WrongScoreState):
            corrected(replace(SCORE, state=state), "x", DAY)


def test_only_a_scored_sheet_goes_back_to_the_branch() -> None:
    assert back_to_own(replace(SCORE, state=ScoreState.SELF_SCORED)).state is ScoreState.REGISTERED
    with pytest.raises(WrongScoreState):
        back_to_own(SCORE)


def test_an_earlier_title_counts_from_the_last_day_of_its_year() -> None:
    made = earlier_title("1", "north", 2025, RUBRIC, Title.MODEL)
    assert (made.state, made.title, made.recognised_on) == (ScoreState.REPORTED, Title.MODEL, date(2025, 12, 31))
    assert made.read_only is True


def test_a_branch_shows_what_it_holds_now() -> None:
    assert BranchLine("north", "Ấp Bắc", None, held=Title.MODEL).title is Title.MODEL
    assert BranchLine("north", "Ấp Bắc", SCORE, held=Title.MODEL).title is Title.MODEL
    refused = replace(SCORE, state=ScoreState.NOT_RECOGNISED, recognised_on=DAY)
    assert BranchLine("north", "Ấp Bắc", refused, held=Title.MODEL).title is None
    nobody: frozenset[str] = frozenset()
    listed = YearList(
        2026,
        RUBRIC,
        (BranchLine("north", "Ấp Bắc", SCORE), BranchLine("south", "Ấp Nam", None)),
        Holdings(nobody, nobody),
        outstanding_share(nobody, nobody),
    )
    assert listed.registered == 1


def test_a_setting_is_kept_under_its_year_or_term() -> None:
    term = Term("2025-2030", Words("Nhiệm kỳ", "Term"), date(2025, 7, 1), date(2030, 6, 30), "x")
    assert period_of(TargetPeriod.TERM, 2026, term) == "2025-2030"
    assert period_of(TargetPeriod.ANNUAL, 2026, term) == "2026"
    assert TargetSetting("1", "a", "2026").empty is True
    assert TargetSetting("1", "a", "2026", note="x").empty is False
