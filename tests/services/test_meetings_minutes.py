"""Minutes begin from a template and the last meeting; proposals are followed up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sochihoi.domain.errors import FieldProblem, NotFound
from sochihoi.domain.meeting_records import MeetingLack, MinutesForm, MinutesIncomplete
from sochihoi.domain.meetings import MeetingKind
from sochihoi.domain.minutes import Minutes, Vote
from sochihoi.domain.proposals import Proposal, ProposalKind
from sochihoi.services.office import Office
from tests.meetings_data import HELD, add_branch, closed_one, frozen_one, make_head
from tests.offices import make_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "commune")
    yield made
    made.close()


def test_every_kind_has_a_template(office: Office) -> None:
    found = office.meetings.templates()
    assert list(found) == list(MeetingKind)
    assert all(len(one.agenda) > 3 and one.name_vi and one.name_en for one in found.values())


def test_minutes_begin_from_the_template_the_head_and_the_last_meeting(office: Office) -> None:
    branch = add_branch(office, members=5)
    last = closed_one(office, branch, date(2026, 9, 12), "1-5")
    make_head(office, office.meetings.sheet(last.id).rows[0].membership_id, branch)
    said = Minutes(discussion="Bàn việc.", conclusion="Trồng hoa đường làng.", votes=(Vote("Trồng hoa", 5),))
    office.meetings.minutes.save(last.id, MinutesForm(chair="Chị A", secretary="Chị Thư ký", minutes=said))
    meeting = frozen_one(office, branch)
    form = office.meetings.minutes.form(meeting.id)
    assert form.chair == office.meetings.sheet(last.id).rows[0].full_name
    assert (form.secretary, form.minutes.review) == ("Chị Thư ký", "Trồng hoa đường làng.")
    assert form.minutes.agenda.startswith("1. Tuyên bố lý do")
    assert office.meetings.sheet(meeting.id).meeting.minutes == Minutes(), "reading stores nothing"
    office.meetings.minutes.save(meeting.id, replace(form, minutes=replace(form.minutes, agenda="", review="")))
    office.meetings.minutes.save(meeting.id, replace(form, minutes=Minutes(discussion="x")))
    assert office.meetings.minutes.form(meeting.id).minutes == Minutes(discussion="x"), "what was emptied stays empty"
    assert office.meetings.minutes.form(last.id).minutes == said


def test_minutes_are_cleaned_and_checked(office: Office) -> None:
    meeting = frozen_one(office, add_branch(office, members=2))
    book = office.meetings.minutes
    votes = (Vote(""), Vote(" Mua  trống ", 1, 1, 0))
    kept = book.save(meeting.id, MinutesForm(starts_at="14h", ends_at="15h30", minutes=Minutes(votes=votes)))
    assert (kept.starts_at, kept.ends_at, kept.minutes.votes) == ("14:00", "15:30", (Vote("Mua trống", 1, 1, 0),))
    for wrong in (
        MinutesForm(guests=-1),
        MinutesForm(ends_at="ba giờ"),
        MinutesForm(minutes=Minutes(fee_collected=-1)),
        MinutesForm(minutes=Minutes(votes=(Vote("a", -1),))),
    ):
        with pytest.raises(FieldProblem):
            book.save(meeting.id, wrong)


def test_minutes_are_done_when_they_can_be_signed(office: Office) -> None:
    meeting = frozen_one(office, add_branch(office, members=2), topic="Vệ sinh môi trường")
    book = office.meetings.minutes
    with pytest.raises(MinutesIncomplete) as told:
        book.finish(meeting.id)
    assert told.value.missing == ("chair", "secretary", "conclusion")
    book.save(meeting.id, MinutesForm("Vệ sinh", chair="A", secretary="B", minutes=Minutes(conclusion="Xong.")))
    book.finish(meeting.id)
    kept = office.meetings.sheet(meeting.id).meeting
    assert (kept.minutes_done_on, kept.lacks()) == (office.today, ())
    book.take_up_again(meeting.id)
    assert office.meetings.sheet(meeting.id).meeting.minutes_done_on is None


def test_minutes_may_come_after_the_close_of_the_meeting(office: Office) -> None:
    meeting = closed_one(office, add_branch(office, members=5))
    assert MeetingLack.MINUTES in meeting.lacks()
    office.meetings.minutes.save(meeting.id, MinutesForm(minutes=Minutes(discussion="Bàn việc.")))
    assert office.meetings.sheet(meeting.id).meeting.lacks() == (MeetingLack.TOPIC,)


def test_proposals_are_followed_up_until_they_are_answered(office: Office) -> None:
    meeting = frozen_one(office, add_branch(office, members=2))
    book = office.meetings.proposals
    lamp = book.add(
        meeting.id,
        Proposal("", "", " Xin thêm đèn đường ", said_by="Chị Huệ", follower="Chị Lan", due_on=date(2026, 10, 20)),
    )
    book.add(meeting.id, Proposal("", "", "Khen buổi sinh hoạt vui.", ProposalKind.OPINION))
    asked = book.add(meeting.id, Proposal("", "", "Khi nào cấp thẻ?", ProposalKind.QUESTION))
    assert [p.position for p in book.of(meeting.id)] == [1, 2, 3]
    waiting = book.open()
    assert [one.proposal.content for one in waiting] == ["Xin thêm đèn đường", "Khi nào cấp thẻ?"]
    assert [one.overdue_days(office.today) for one in waiting] == [6, 0]
    assert waiting[0].held_on == HELD
    moved = book.change(replace(lamp, due_on=date(2026, 11, 1), position=9))
    assert (moved.position, book.open()[0].overdue_days(office.today)) == (1, 0)
    book.answer(lamp.id, "Đã lắp 3 bóng.")
    assert book.get(lamp.id).answered_on == office.today
    book.remove(asked.id)
    assert book.open() == ()
    with pytest.raises(FieldProblem):
        book.answer(lamp.id, " ")
    with pytest.raises(FieldProblem):
        book.add(meeting.id, Proposal("", "", " "))
    with pytest.raises(NotFound):
        book.get("none")
