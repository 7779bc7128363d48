"""Assessing households: cells saved as typed, three rounds one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from campaign_data import YEAR, add_households, all_pass
from offices import make_office

from sochihoi.domain.campaign import NotApplicableNotAllowed, Result, Round, RoundBeforeDone, UnknownCriterion
from sochihoi.domain.campaign_records import LaterRoundBegun, NothingAssessed, RoundDone, RoundIncomplete, SheetRow
from sochihoi.domain.errors import FieldProblem, MonthClosed
from sochihoi.services.campaign_rounds import RoundBook
from sochihoi.services.office import Office
from sochihoi.storage.schema import assessment, closing

TODAY = date(2026, 10, 26)
SELF, REVIEW, CONFIRM = Round


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "commune")
    yield made
    made.close()


@pytest.fixture
def book(office: Office) -> RoundBook:
    return office.campaign.rounds


def _row(book: RoundBook, branch: str, household: str, which: Round = SELF) -> SheetRow:
    return next(row for row in book.sheet(branch, YEAR, which).rows if row.household_id == household)


def test_the_grid_has_member_households_and_those_that_registered(office: Office, book: RoundBook) -> None:
    branch, homes = add_households(office, count=3, outside=2)
    assert [row.number for row in book.sheet(branch, YEAR, SELF).rows] == [1, 2, 3]
    outside = next(line.household_id for line in office.campaign.households(YEAR, branch) if not line.member)
    office.campaign.register([outside], YEAR)
    sheet = book.sheet(branch, YEAR, SELF)
    assert len(sheet.rows) == 4
    assert {row.line.registered: row.line.member for row in sheet.rows} == {False: True, True: False}
    assert sheet.branch == "Ấp An Hòa"
    assert [row.household_id for row in sheet.rows] == [i for i in homes if i in {r.household_id for r in sheet.rows}]


def test_every_cell_is_saved_as_typed_and_undone_one_by_one(office: Office, book: RoundBook) -> None:
    branch, homes = add_households(office, count=1)
    book.mark(homes[0], YEAR, SELF, "K1", Result.PASS)
    book.mark(homes[0], YEAR, SELF, "S1", Result.FAIL)
    book.note(homes[0], YEAR, SELF, "S1", "Chưa có nhà tiêu hợp vệ sinh")
    book.mark(homes[0], YEAR, SELF, "K4", Result.NA)
    row = _row(book, branch, homes[0])
    assert row.marks == {"K1": Result.PASS, "K4": Result.NA, "S1": Result.FAIL}
    assert (row.note("S1"), row.note("K1"), row.verdict.passed) == ("Chưa có nhà tiêu hợp vệ sinh", "", None)
    assert len(row.verdict.missing) == 8
    office.history.undo()
    office.history.undo()
    assert _row(book, branch, homes[0]).marks == {"K1": Result.PASS, "S1": Result.FAIL}
    assert _row(book, branch, homes[0]).note("S1") == ""


def test_a_cell_can_become_blank_again_and_keeps_its_note(office: Office, book: RoundBook) -> None:
    branch, homes = add_households(office, count=1)
    book.mark(homes[0], YEAR, SELF, "K1", Result.FAIL)
    book.note(homes[0], YEAR, SELF, "K1", "Hỏi lại")
    book.mark(homes[0], YEAR, SELF, "K1", None)
    assert _row(book, branch, homes[0]).note("K1") == "Hỏi lại"
    book.note(homes[0], YEAR, SELF, "K1", " ")
    with office.read() as work:
        assert work.rows(assessment.select()) == []  # nobody was assessed
    assert not book.sheet(branch, YEAR, SELF).begun


def test_marks_that_the_set_does_not_have_are_refused(office: Office, book: RoundBook) -> None:
    branch, homes = add_households(office, count=1)
    with pytest.raises(NotApplicableNotAllowed):
        book.mark(homes[0], YEAR, SELF, "K1", Result.NA)
    with pytest.raises(UnknownCriterion):
        book.mark(homes[0], YEAR, SELF, "C1", Result.PASS)
    with pytest.raises(UnknownCriterion):
        book.note(homes[0], YEAR, SELF, "C1", "x")
    assert not book.sheet(branch, YEAR, SELF).begun


def test_passing_a_row_fills_what_is_blank_and_overwrites_nothing(office: Office, book: RoundBook) -> None:
    branch, homes = add_households(office, count=1)
    book.mark(homes[0], YEAR, SELF, "S1", Result.FAIL)
    book.note(homes[0], YEAR, SELF, "S2", "Bếp mới")
    book.pass_row(homes[0], YEAR, SELF)
    row = _row(book, branch, homes[0])
    assert (row.complete, row.verdict.passed, row.verdict.failed, row.verdict.met) == (True, False, ("S1",), 10)
    assert row.note("S2") == "Bếp mới"
    book.mark(homes[0], YEAR, SELF, "S1", Result.PASS)
    assert _row(book, branch, homes[0]).verdict.passed is True


def test_a_round_is_finished_only_when_it_is_complete(office: Office, book: RoundBook) -> None:
    branch, homes = add_households(office, count=3)
    with pytest.raises(NothingAssessed):
        book.finish(branch, YEAR, SELF)
    all_pass(office, homes[:1])
    book.mark(homes[1], YEAR, SELF, "K1", Result.PASS)
    with pytest.raises(RoundIncomplete) as caught:
        book.finish(branch, YEAR, SELF, leave_out=True)
    assert (len(caught.value.half), len(caught.value.blank)) == (1, 1)
    book.pass_row(homes[1], YEAR, SELF)
    with pytest.raises(RoundIncomplete) as caught:
        book.finish(branch, YEAR, SELF)
    assert (len(caught.value.half), len(caught.value.blank)) == (0, 1)
    with pytest.raises(FieldProblem):
        book.finish(branch, YEAR, SELF, on=date(2026, 11, 1), leave_out=True)
    ended = book.finish(branch, YEAR, SELF, leave_out=True)
    assert (ended.households, ended.passed) == (2, 2)
    sheet = book.sheet(branch, YEAR, SELF)
    assert (len(sheet.finished), sheet.complete, len(sheet.blank)) == (2, 2, 1)
    assert sheet.finished[0].done_on == TODAY
    assert sheet.finished[0].line.assessment is not None
    assert sheet.finished[0].line.assessment.assessor == "Trần Thị Mẫu"


def test_rounds_follow_each_other_and_begin_from_what_was_found(office: Office, book: RoundBook) -> None:
    branch, homes = add_households(office, count=2)
    with pytest.raises(RoundBeforeDone):
        book.start(branch, YEAR, REVIEW)
    with pytest.raises(RoundBeforeDone):
        book.mark(homes[0], YEAR, REVIEW, "K1", Result.PASS)
    book.pass_row(homes[0], YEAR, SELF)
    book.note(homes[0], YEAR, SELF, "S1", "Mới xây")
    with pytest.raises(RoundBeforeDone):
        book.mark(homes[0], YEAR, REVIEW, "K1", Result.PASS)  # complete is not finished
    book.finish(branch, YEAR, SELF, leave_out=True)
    assert [row.household_id for row in book.sheet(branch, YEAR, REVIEW).startable] == [homes[0]]
    assert book.start(branch, YEAR, REVIEW) == 1
    assert book.start(branch, YEAR, REVIEW) == 0
    row = _row(book, branch, homes[0], REVIEW)
    assert (row.complete, row.done_on, row.note("S1")) == (True, None, "Mới xây")
    book.mark(homes[0], YEAR, REVIEW, "S1", Result.FAIL)
    assert _row(book, branch, homes[0]).verdict.passed is True  # what the household said stays
    book.finish(branch, YEAR, REVIEW, leave_out=True)
    book.start(branch, YEAR, CONFIRM)
    assert book.finish(branch, YEAR, CONFIRM, leave_out=True).passed == 0
    line = office.campaign.household(homes[0], YEAR)
    assert (line.round, line.passed, line.failed, line.confirmed) == (CONFIRM, False, ("S1",), False)


def test_a_late_household_is_copied_when_it_is_marked(office: Office, book: RoundBook) -> None:
    branch, homes = add_households(office, count=1)
    all_pass(office, homes)
    book.finish(branch, YEAR, SELF)
    changed = book.mark(homes[0], YEAR, REVIEW, "A1", Result.FAIL)
    assert (len(changed.marks), changed.marks["A1"], changed.round) == (11, Result.FAIL, REVIEW)


def test_a_finished_round_changes_no_more_until_it_is_opened_again(office: Office, book: RoundBook) -> None:
    branch, homes = add_households(office, count=2)
    all_pass(office, homes)
    book.finish(branch, YEAR, SELF)
    with pytest.raises(RoundDone) as caught:
        book.mark(homes[0], YEAR, SELF, "K1", Result.FAIL)
    assert (caught.value.round, caught.value.done_on) == (SELF, TODAY)
    assert caught.value.household
    assert book.reopen(homes, YEAR, SELF) == 2
    book.mark(homes[0], YEAR, SELF, "K1", Result.FAIL)
    book.finish(branch, YEAR, SELF)
    book.start(branch, YEAR, REVIEW)
    with pytest.raises(LaterRoundBegun):
        book.reopen(homes, YEAR, SELF)


def test_a_round_finished_in_a_closed_month_stays(office: Office, book: RoundBook) -> None:
    branch, homes = add_households(office, count=1)
    all_pass(office, homes)
    book.finish(branch, YEAR, SELF, on=date(2026, 9, 20))
    with office.write("test.close") as work:
        row = {"id": office.new_id(), "period": "2026-09", "closed_on": date(2026, 9, 30), "edition": 1}
        work.insert(closing, [row])
    with pytest.raises(MonthClosed):
        book.reopen(homes, YEAR, SELF)
    book.start(branch, YEAR, REVIEW)
    with pytest.raises(MonthClosed):
        book.finish(branch, YEAR, REVIEW, on=date(2026, 9, 25))


def test_notes_come_with_many_marks(office: Office, book: RoundBook) -> None:
    branch, homes = add_households(office, count=2)
    marks = {homes[0]: {"K1": Result.FAIL}, homes[1]: {"K1": Result.PASS}}
    assert book.mark_many(marks, YEAR, SELF, notes={(homes[0], "K1"): "Hộ nghèo"}) == 2
    assert _row(book, branch, homes[0]).note("K1") == "Hộ nghèo"
    assert _row(book, branch, homes[1]).note("K1") == ""
    office.history.undo()
    assert not book.sheet(branch, YEAR, SELF).begun
