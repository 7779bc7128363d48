"""Model branches: registered, proposed from the records, scored, verified, recognised, corrected."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from sochihoi.domain.errors import FieldProblem, NotFound
from sochihoi.domain.periods import FuturePeriod
from sochihoi.domain.rubric import Answer, BadPoints, Title
from sochihoi.domain.rubric_records import OWN, VERIFIED, SheetBegun, TitleFromSheet, corrections
from sochihoi.domain.scoring import (
    BlockedFromTitle,
    ConditionsOpen,
    NoSuchLine,
    NotYetModel,
    ReasonsMissing,
    ScoresMissing,
    ScoresReadOnly,
    ScoreState,
    WrongScoreState,
)
from sochihoi.services.office import Office
from tests import campaign_data
from tests.meetings_data import add_branch, closed_one
from tests.offices import make_office
from tests.rubric_data import YEAR, answer_all, enter_figures, fill, scored_branch, verified


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "data")
    yield made
    made.close()


def proposals(office: Office, branch: str) -> dict[str, Decimal | None]:
    return {one.code: one.proposed for one in office.rubric.sheet(YEAR, branch).lines}


def test_points_are_proposed_from_the_records_with_what_they_rest_on(office: Office) -> None:
    branch = scored_branch(office, members=20, present=13)  # 65 %: half way from 50 % to 80 %
    enter_figures(office, branch)
    office.rubric.register(YEAR, [branch])
    found = proposals(office, branch)
    assert found["1"] == Decimal("10.0")  # four meetings, one in every quarter that is over
    assert found["2"] == Decimal("0.0")  # none has minutes
    assert found["3"] == Decimal("7.5")
    assert found["4"] == Decimal("0.0")
    assert found["5"] == Decimal("10.0")  # 20 of 25 women
    assert found["7"] is None  # no member household: nobody to count
    assert found["8"] == Decimal("9.0")  # the lower of 18/20 and 20/20
    assert found["9"] is None  # by hand
    assert found["10"] == Decimal("2.5")  # one of two role models, one late report
    third = office.rubric.sheet(YEAR, branch).line("3")
    assert third is not None
    assert (third.figures[0].numerator, third.figures[0].denominator) == (52, 80)
    assert third.figures[0].ratio == Fraction(65, 100)
    behind = office.rubric.list_behind(YEAR, branch, "org.attendance_pct")
    assert [line.on for line in behind] == [date(2026, 2, 7), date(2026, 5, 9), date(2026, 8, 8), date(2026, 10, 3)]
    assert sum(line.weight for line in behind) == 52
    with pytest.raises(NotFound):
        office.rubric.list_behind(YEAR, branch, "org.members")


def test_households_of_the_branch_are_measured(office: Office) -> None:
    branch, homes = campaign_data.add_households(office, count=4)
    campaign_data.confirm(office, branch, homes, {homes[0]: "K1"})
    office.rubric.register(YEAR, [branch])
    line = office.rubric.sheet(YEAR, branch).line("7")
    assert line is not None
    assert (line.figures[0].numerator, line.figures[0].denominator) == (3, 4)
    assert line.proposed == Decimal("13.2")  # 75 of 85 percent points, of 15


def test_another_branch_has_its_own_measures(office: Office) -> None:
    good, idle = scored_branch(office), add_branch(office, "Ấp Hai", 5, cells=0)
    office.rubric.register(YEAR, [good, idle])
    assert proposals(office, idle)["1"] == Decimal("0.0")
    assert proposals(office, idle)["3"] is None
    blocked = {line.branch: line.blocked for line in office.rubric.year(YEAR).lines}
    assert blocked == {"Ấp An Hòa": False, "Ấp Hai": True}


def test_measures_are_counted_once_while_only_points_change(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    branch = scored_branch(office)
    office.rubric.register(YEAR, [branch])
    office.rubric.sheet(YEAR, branch)
    counted: list[int] = []
    facts = office.figures.facts
    monkeypatch.setattr(office.figures, "facts", lambda *told: (counted.append(1), facts(*told))[1])
    office.rubric.put_points(YEAR, branch, "1", OWN, Decimal(10))
    office.rubric.answer(YEAR, branch, "no_report", Answer.NOT_MET)
    office.rubric.sheet(YEAR, branch)
    assert counted == []
    closed_one(office, branch, date(2026, 10, 10), "1-20")
    assert proposals(office, branch)["3"] is not None
    assert counted == [1]


def test_branches_are_registered_once_and_taken_back_while_blank(office: Office) -> None:
    one, two = add_branch(office, "Ấp Một", 3), add_branch(office, "Ấp Hai", 3)
    assert office.rubric.register(YEAR, [one, two, one]) == 2
    assert office.rubric.register(YEAR, [one]) == 0
    assert office.rubric.year(YEAR).registered == 2
    office.rubric.unregister(YEAR, two)
    with pytest.raises(NotFound):
        office.rubric.sheet(YEAR, two)
    assert office.rubric.register(YEAR, [two]) == 1  # again, in the same row of the year
    office.rubric.put_points(YEAR, one, "9", OWN, Decimal(5))
    with pytest.raises(SheetBegun):
        office.rubric.unregister(YEAR, one)
    with pytest.raises(NotFound):
        office.rubric.register(YEAR, ["no such branch"])
    with pytest.raises(FuturePeriod):
        office.rubric.register(YEAR + 1, [one])
    assert office.rubric.years() == (YEAR,)


def test_proposals_fill_blank_cells_and_never_what_stands(office: Office) -> None:
    branch = scored_branch(office)
    office.rubric.register(YEAR, [branch])
    office.rubric.put_points(YEAR, branch, "1", OWN, Decimal("4.5"))
    filled = office.rubric.take_proposals(YEAR, [branch])
    sheet = office.rubric.sheet(YEAR, branch)
    assert sheet.score.points(OWN)["1"] == Decimal("4.5")
    assert sheet.score.points(OWN)["3"] == Decimal("15.0")
    assert filled == len(sheet.score.points(OWN)) - 1
    assert "9" in sheet.own.open_criteria
    office.history.undo(office.rubric.last_batch)
    assert office.rubric.sheet(YEAR, branch).score.points(OWN) == {"1": Decimal("4.5")}


def test_points_texts_and_answers_are_checked(office: Office) -> None:
    branch = add_branch(office, members=3)
    office.rubric.register(YEAR, [branch])
    with pytest.raises(BadPoints):
        office.rubric.put_points(YEAR, branch, "1", OWN, Decimal(11))
    with pytest.raises(NoSuchLine):
        office.rubric.put_evidence(YEAR, branch, "99", "sổ")
    with pytest.raises(FieldProblem):
        office.rubric.put_reason(YEAR, branch, "1", "x" * 501)
    with pytest.raises(NotFound):
        office.rubric.answer(YEAR, branch, "unknown", Answer.MET)
    office.rubric.put_evidence(YEAR, branch, "9", "Tuyến đường hoa ấp An Hòa")
    office.rubric.put_points(YEAR, branch, "9", OWN, Decimal(8))
    line = office.rubric.sheet(YEAR, branch).line("9")
    assert line is not None
    assert (line.evidence, line.line.own) == ("Tuyến đường hoa ấp An Hòa", Decimal("8.0"))
    office.rubric.put_points(YEAR, branch, "9", OWN, None)
    assert "9" in office.rubric.sheet(YEAR, branch).own.open_criteria


def test_verification_wants_points_reasons_and_answers_and_then_is_read_only(office: Office) -> None:
    branch = scored_branch(office)
    office.rubric.register(YEAR, [branch])
    with pytest.raises(ScoresMissing):
        office.rubric.finish_own(YEAR, branch)
    fill(office, branch)
    office.rubric.finish_own(YEAR, branch)
    fill(office, branch, VERIFIED)
    office.rubric.put_points(YEAR, branch, "2", VERIFIED, Decimal(9))
    assert office.rubric.sheet(YEAR, branch).silent == ("2",)
    with pytest.raises(ReasonsMissing):
        office.rubric.verify(YEAR, branch)
    office.rubric.put_reason(YEAR, branch, "2", "Buổi 9/5 chưa có biên bản")
    sheet = office.rubric.sheet(YEAR, branch)
    assert set(sheet.unanswered) == {"head_disciplined", "members_offence", "no_report", "dues_misused"}
    with pytest.raises(ConditionsOpen):
        office.rubric.verify(YEAR, branch)
    answer_all(office, branch)
    office.rubric.verify(YEAR, branch)
    sheet = office.rubric.sheet(YEAR, branch)
    assert (sheet.score.state, sheet.score.band, sheet.column) == (ScoreState.COMMUNE_VERIFIED, "XS", None)
    assert sheet.verified.total == Decimal("99.0")
    with pytest.raises(ScoresReadOnly):
        office.rubric.put_points(YEAR, branch, "2", VERIFIED, Decimal(10))
    with pytest.raises(ScoresReadOnly):
        office.rubric.put_reason(YEAR, branch, "2", "")
    with pytest.raises(ScoresReadOnly):
        office.rubric.take_proposals(YEAR, [branch])
    with pytest.raises(WrongScoreState):
        office.rubric.verify(YEAR, branch)


def test_a_settled_sheet_shows_what_the_records_said_then(office: Office) -> None:
    branch = scored_branch(office, members=20, present=16)
    verified(office, branch)
    closed_one(office, branch, date(2026, 10, 24), "1")
    third = office.rubric.sheet(YEAR, branch).line("3")
    assert third is not None
    assert (third.figures[0].numerator, third.figures[0].denominator) == (64, 80)
    assert third.proposed == Decimal("15.0")
    ninth = office.rubric.sheet(YEAR, branch).line("9")
    assert ninth is not None
    assert (ninth.figures, ninth.proposed) == ((), None)
    assert office.rubric.sheet(YEAR, branch).until == date(2026, 10, 26)


def test_a_correction_leaves_a_trace(office: Office) -> None:
    branch = scored_branch(office)
    verified(office, branch)
    with pytest.raises(FieldProblem):
        office.rubric.correct(YEAR, branch, " ")
    office.rubric.correct(YEAR, branch, "Cộng nhầm mục 9")
    sheet = office.rubric.sheet(YEAR, branch)
    assert (sheet.score.state, sheet.score.band, sheet.score.verified_on) == (ScoreState.SELF_SCORED, None, None)
    assert corrections(sheet.score) == ((date(2026, 10, 26), "Cộng nhầm mục 9"),)
    assert "few_meetings" not in sheet.score.blocking  # what the records answer is asked of them again
    assert sheet.score.blocking["no_report"] == "NOT_MET"
    office.rubric.put_points(YEAR, branch, "9", VERIFIED, Decimal(7), "Một phần việc chưa xong")
    office.rubric.verify(YEAR, branch)
    assert office.rubric.sheet(YEAR, branch).verified.total == Decimal("97.0")
    office.rubric.correct(YEAR, branch, "Lần hai")
    assert len(corrections(office.rubric.sheet(YEAR, branch).score)) == 2
    office.rubric.back_to_own(YEAR, branch)
    assert office.rubric.sheet(YEAR, branch).column == OWN
    with pytest.raises(WrongScoreState):
        office.rubric.back_to_own(YEAR, branch)


def test_titles_have_the_existing_model_branches_as_denominator(office: Office) -> None:
    """Twenty branches, eight model branches, two of them outstanding: 25 %, not 10 %."""
    best = [scored_branch(office, f"Ấp {n}", 4, 4) for n in (1, 2)]
    others = [unit.id for unit in office.setup.add_branches([f"Ấp {n}" for n in range(3, 21)])]
    office.rubric.record_titles(2025, dict.fromkeys([*best, *others[:6]], Title.MODEL))
    for branch in best:
        verified(office, branch)
        office.rubric.recognise(YEAR, branch, Title.MODEL_OUTSTANDING)
    found = office.rubric.year(YEAR)
    assert (found.outstanding.numerator, found.outstanding.denominator) == (2, 8)
    assert (found.outstanding.ratio, found.outstanding.met) == (Fraction(1, 4), True)
    assert len(found.lines) == 20
    assert [line.title for line in found.lines][:3] == [Title.MODEL_OUTSTANDING, Title.MODEL_OUTSTANDING, Title.MODEL]
    assert office.rubric.years() == (2026, 2025)
    row = office.targets.row("top_model_branch_pct", office.rubric.measures.of_today())
    assert (row.standing.numerator, row.standing.denominator, row.standing.met) == (2, 8, True)


def test_only_a_model_branch_becomes_outstanding_and_a_blocked_one_nothing(office: Office) -> None:
    branch = scored_branch(office)
    verified(office, branch)
    with pytest.raises(NotYetModel):
        office.rubric.recognise(YEAR, branch, Title.MODEL_OUTSTANDING)
    office.rubric.recognise(YEAR, branch, Title.MODEL)
    office.rubric.report(YEAR, [branch])
    assert office.rubric.sheet(YEAR, branch).score.state is ScoreState.REPORTED
    idle = scored_branch(office, "Ấp Hai", 3, 3)
    office.rubric.register(YEAR, [idle])
    office.rubric.answer(YEAR, idle, "head_disciplined", Answer.MET)
    verified(office, idle)
    assert office.rubric.sheet(YEAR, idle).blocked == ("head_disciplined",)
    with pytest.raises(BlockedFromTitle):
        office.rubric.recognise(YEAR, idle, Title.MODEL)
    office.rubric.refuse(YEAR, idle)
    assert office.rubric.sheet(YEAR, idle).score.state is ScoreState.NOT_RECOGNISED


def test_a_refused_branch_no_longer_holds_its_title(office: Office) -> None:
    branch = scored_branch(office)
    office.rubric.record_titles(2025, {branch: Title.MODEL})
    verified(office, branch)
    assert office.rubric.sheet(YEAR, branch).held is Title.MODEL
    office.rubric.refuse(YEAR, branch)
    assert office.rubric.year(YEAR).outstanding.met is None
    assert office.rubric.year(YEAR).lines[0].title is None


def test_earlier_titles_are_recorded_and_taken_away_but_not_over_a_sheet(office: Office) -> None:
    branch = scored_branch(office)
    office.rubric.record_titles(2025, {branch: Title.MODEL_OUTSTANDING})
    office.rubric.record_titles(2025, {branch: Title.MODEL})
    assert office.rubric.year(YEAR).lines[0].held is Title.MODEL
    office.rubric.record_titles(2025, {branch: None})
    assert office.rubric.year(YEAR).lines[0].held is None
    office.rubric.record_titles(2025, {branch: Title.MODEL_OUTSTANDING})
    assert office.rubric.year(YEAR).lines[0].held is Title.MODEL_OUTSTANDING
    verified(office, branch)
    with pytest.raises(TitleFromSheet):
        office.rubric.record_titles(YEAR, {branch: None})
