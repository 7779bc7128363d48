"""What the pages of meetings say, without a window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sochihoi.domain.meeting_records import BranchLine, MeetingRow, RosterRow
from sochihoi.domain.meetings import Mark, MeetingKind, MeetingState, Tally
from sochihoi.domain.proposals import OpenProposal, Proposal
from sochihoi.ui.meetings import presenter

TODAY = date(2026, 10, 26)
ROW = MeetingRow(
    "m",
    "SH-0001",
    "b",
    "Ấp An Hòa",
    date(2026, 10, 24),
    "14:00",
    "",
    MeetingKind.REGULAR,
    "Vay vốn",
    MeetingState.ROSTER_FROZEN,
    Tally(0, 0, 0, 45),
    0,
    has_minutes=False,
    minutes_done_on=None,
    open_proposals=0,
)


def _line(**changes: object) -> BranchLine:
    return BranchLine("b", "Ấp An Hòa", replace(ROW, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "tone"),
    [
        (BranchLine("b", "Ấp"), "warn"),
        (BranchLine("b", "Ấp", due=False), "none"),
        (_line(state=MeetingState.CLOSED), "ok"),
        (_line(tally=Tally(1, 0, 0, 44)), "warn"),
        (_line(), "warn"),
        (_line(held_on=date(2026, 10, 30)), "info"),
        (_line(held_on=date(2026, 10, 30), state=MeetingState.PLANNED), "none"),
    ],
)
def test_a_line_stands_somewhere(line: BranchLine, tone: str) -> None:
    assert presenter.standing(line, TODAY).tone == tone


def test_minutes_stand_somewhere_after_the_day() -> None:
    assert presenter.minutes_standing(None, TODAY) is None
    assert presenter.minutes_standing(replace(ROW, held_on=date(2026, 10, 30)), TODAY) is None
    tones = [
        presenter.minutes_standing(replace(ROW, has_minutes=begun, minutes_done_on=done), TODAY)
        for begun, done in ((False, None), (True, None), (True, TODAY))
    ]
    assert [one.tone for one in tones if one is not None] == ["warn", "info", "ok"]


def test_lines_answer_to_the_chips() -> None:
    assert presenter.faults(BranchLine("b", "Ấp"), TODAY) == {presenter.NOT_MET}
    assert presenter.faults(BranchLine("b", "Ấp", due=False), TODAY) == set()
    assert presenter.faults(_line(), TODAY) == {presenter.NOT_DONE, presenter.NO_MINUTES}
    assert presenter.faults(_line(state=MeetingState.CLOSED, has_minutes=True), TODAY) == {presenter.DONE}
    assert presenter.month_note(()) == ""


def test_half_a_roster_has_no_rate_yet() -> None:
    assert presenter.rate(None) == presenter.rate(ROW) == "—"
    assert presenter.rate(replace(ROW, state=MeetingState.CLOSED, tally=Tally(24, 1, 20, 0))) != "—"
    assert presenter.presence(Tally()) == "—"
    assert presenter.presence(Tally(24, 1, 1, 19)) == "24/45"


def _roster(*marks: Mark | None) -> list[RosterRow]:
    return [
        RosterRow(str(n), str(n), n, f"Chị {n}", f"chi {n}", "", "", honorary=False, mark=mark, note="")
        for n, mark in enumerate(marks, 1)
    ]


def test_a_reading_tells_what_changes() -> None:
    rows = _roster(Mark.PRESENT, None, None)
    assert presenter.read_typed("", rows, absent_only=False).found is None
    assert presenter.read_typed("!", rows, absent_only=False).found is None
    assert presenter.read_typed("4", rows, absent_only=False).tone == "bad"
    found = presenter.read_typed("!1, 2-3", rows, absent_only=False).found
    assert found is not None
    assert found.overwritten == (1,)
    assert found.after == Tally(2, 0, 1, 0)
    many = _roster(*[None] * 120)
    typed = ",".join(str(n) for n in range(1, 120, 2))
    assert "…" in presenter.read_typed(typed, many, absent_only=False).text, "a long list of numbers is shortened"
    assert "<b" not in presenter.read_typed("<b>", rows, absent_only=False).text


def test_due_days_are_told_in_days() -> None:
    def tone(due: date | None, answered: date | None = None) -> str:
        return presenter.due_standing(due, answered, TODAY).tone

    assert tone(None) == "none"
    assert tone(None, TODAY) == "ok"
    assert tone(date(2026, 10, 23)) == "bad"
    assert tone(TODAY) == "warn"
    assert tone(date(2026, 10, 29)) == "warn"
    assert tone(date(2026, 11, 20)) == "none"
    assert presenter.proposal_standing(Proposal("p", "m", "Khen"), TODAY).text == ""
    assert presenter.proposal_standing(Proposal("p", "m", "Xin", follower="Chị Lan"), TODAY).text
    late = OpenProposal(Proposal("p", "m", "Xin", due_on=date(2026, 10, 20)), "b", "Ấp", TODAY)
    assert presenter.overdue([late], TODAY) == 1


def test_planning_is_told_with_its_place() -> None:
    assert "Ấp Một" in presenter.planned_words(["Ấp Một"], TODAY)
    assert "2" in presenter.planned_words(["Ấp Một", "Ấp Hai"], TODAY)
    assert presenter.denominator(Tally(), None) == ""
    assert presenter.birth_year(_roster(None)[0]) == "—"
    assert presenter.mark_of_key("x") == (False, None)
