"""Attendance sheets and minutes on paper, in Vietnamese whatever the screen says."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from sochihoi import paths
from sochihoi.domain.meeting_records import Meeting, MeetingSheet, RosterNotFrozen, RosterRow
from sochihoi.domain.meetings import Mark, MeetingState
from sochihoi.domain.progress import Progress, Unwatched
from sochihoi.services.letterheads import layout_of, unit_lines, watermark
from sochihoi.services.meetings_templates import templates

if TYPE_CHECKING:
    from sochihoi.domain.proposals import Proposal
    from sochihoi.reports.minutes import ProposalLine
    from sochihoi.reports.sheets import AttendanceSheet
    from sochihoi.services.office import Office

_NUMBERED = re.compile(r"^\s*\d+[.)]\s*")


def attendance_sheet(office: Office, meeting_id: str) -> bytes:
    """The sheet of one meeting as PDF. Raises ``RosterNotFrozen``."""
    return attendance_sheets(office, [meeting_id])


def attendance_sheets(office: Office, meeting_ids: Sequence[str], progress: Progress | None = None) -> bytes:
    """The sheets of several meetings in one PDF, each from a new page.

    Blank with row numbers and room to sign before the attendance is finished, the filled list afterwards.
    Raises ``RosterNotFrozen``, ``Cancelled``.
    """
    from sochihoi.reports.sheets import attendance_batch_pdf

    told = progress or Unwatched()
    sheets = []
    for at, meeting_id in enumerate(meeting_ids):
        told.step(at, len(meeting_ids))
        sheets.append(_sheet(office, office.meetings.sheet(meeting_id)))
    pdf = attendance_batch_pdf(sheets)
    told.step(len(meeting_ids), len(meeting_ids))
    return pdf


def _sheet(office: Office, sheet: MeetingSheet) -> AttendanceSheet:
    from sochihoi.reports import sheets

    meeting = sheet.meeting
    if meeting.state is MeetingState.PLANNED:
        raise RosterNotFrozen(meeting.code)
    filled, told = meeting.state is MeetingState.CLOSED, sheet.tally
    summary = _word(
        "summary",
        present=told.present,
        roster=told.roster,
        excused=told.excused,
        absent=told.absent,
        guests=meeting.guests,
    )
    return sheets.AttendanceSheet(
        unit_lines=unit_lines(office),
        branch=sheet.branch,
        time=_time(meeting),
        place=meeting.place or _word("place_open"),
        code=meeting.code,
        rows=tuple(
            sheets.RosterRow(
                row.row_number,
                row.full_name,
                row.birth[:4],
                row.cell,
                _state(row.mark) if filled else "",
                _note(row),
            )
            for row in sheet.rows
        ),
        made_on=meeting.held_on,
        topic=meeting.topic,
        filled=filled,
        summary=summary if filled else "",
        secretary=meeting.secretary,
        chair=meeting.chair,
        watermark=watermark(demo=office.demo),
    )


def minutes_paper(office: Office, meeting_id: str) -> bytes:
    """The minutes as PDF, the secretary signing left, the chair right; a draft until they are finished."""
    from sochihoi.reports.document import Header
    from sochihoi.reports.minutes import MinutesPaper, VoteLine, minutes_pdf

    sheet = office.meetings.sheet(meeting_id)
    meeting, told, commune = sheet.meeting, sheet.tally, office.commune.on(sheet.meeting.held_on)
    form = office.meetings.minutes.form(meeting_id)
    said = form.minutes
    guests = ""
    if form.guests or form.guest_note:
        key = "guests_who" if form.guest_note else "guests"
        guests = _word(key, count=form.guests, who=_open_end(form.guest_note))
    header = Header(
        organ_lines=(_word("branch_line", branch=sheet.branch.upper()),),
        parent_lines=(commune.union_line,),
        place_date=_word("place_date", place=commune.place, **_day(meeting.held_on)) if commune.place else "",
    )
    return minutes_pdf(
        MinutesPaper(
            header=header,
            subject=_word("subject", kind=templates()[meeting.kind].name_vi, **_day(meeting.held_on)),
            time=_time(meeting),
            place=_open_end(form.place) or _word("place_open"),
            chair=form.chair,
            secretary=form.secretary,
            present=str(told.present),
            total=str(told.roster),
            excused=str(told.excused),
            absent=str(told.absent + told.unmarked),
            made_on=meeting.held_on,
            guests=guests,
            agenda=tuple(_NUMBERED.sub("", line) for line in said.agenda.splitlines() if line.strip()),
            review=said.review,
            content="\n".join(text for text in (form.topic, said.discussion) if text),
            proposals=tuple(_proposal(one) for one in office.meetings.proposals.of(meeting_id)),
            votes=tuple(
                VoteLine(vote.question, str(vote.in_favour), str(vote.against), str(vote.abstaining))
                for vote in said.votes
            ),
            conclusion=said.conclusion,
            next_topic=_open_end(said.next_topic),
            fee="" if said.fee_collected is None else _word("fee", amount=f"{said.fee_collected:,}".replace(",", ".")),
            ended=_hour(form.ends_at),
            draft_mark="" if meeting.minutes_done_on else _word("draft"),
            watermark=watermark(demo=office.demo),
        ),
        layout_of(commune),
    )


def _proposal(one: Proposal) -> ProposalLine:
    from sochihoi.reports.minutes import ProposalLine

    text, follow = _open_end(" ".join(one.content.split())), ""
    if one.answered_on is not None:
        text = _word("answered", text=text, day=_short(one.answered_on), answer=_open_end(one.answer))
    elif one.follower and one.due_on:
        follow = _word("follower_until", who=one.follower, day=_short(one.due_on))
    else:
        follow = one.follower or (_word("until", day=_short(one.due_on)) if one.due_on else "")
    return ProposalLine(text, one.said_by, follow)


@cache
def _words() -> dict[str, str]:
    with (paths.resources() / "meetings" / "papers" / "words.toml").open("rb") as file:
        return tomllib.load(file)


def _word(key: str, **values: object) -> str:
    return _words()[key].format(**values)


def _day(day: date) -> dict[str, str]:
    """Day under 10 and months 1 and 2 with a leading 0 (Decree 30/2020/NĐ-CP, annex I)."""
    return {
        "day": f"{day.day:02}",
        "month": f"{day.month:02}" if day.month < 3 else str(day.month),
        "year": f"{day.year}",
    }


def _short(day: date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year}"


def _hour(text: str) -> str:
    hour, _colon, minute = text.partition(":")
    return _word("hour", hour=hour, minute=minute) if text else ""


def _time(meeting: Meeting) -> str:
    if not meeting.starts_at:
        return _word("time_open", **_day(meeting.held_on))
    hour, _colon, minute = meeting.starts_at.partition(":")
    return _word("time", hour=hour, minute=minute, **_day(meeting.held_on))


def _open_end(text: str) -> str:
    """Without the full stop that the paper sets itself."""
    return text.rstrip(" .;")


def _state(mark: Mark | None) -> str:
    return "" if mark is None else _word(mark.name.lower())


def _note(row: RosterRow) -> str:
    return "; ".join(text for text in (_word("honorary") if row.honorary else "", row.note) if text)
