"""The minutes of a meeting: begun from a template, saved field by field, called done, signed on paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from sochihoi.domain.errors import FieldProblem
from sochihoi.domain.meeting_records import Meeting, MinutesForm, MinutesIncomplete
from sochihoi.domain.minutes import BLANK_MINUTES, Minutes, read_time
from sochihoi.domain.vietnamese import nfc
from sochihoi.services.meetings_templates import templates

if TYPE_CHECKING:
    from sochihoi.services.meetings import MeetingService
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work


class MinutesBook:
    """Sổ biên bản sinh hoạt."""

    def __init__(self, office: Office, meetings: MeetingService) -> None:
        self._office = office
        self._meetings = meetings

    def form(self, meeting_id: str) -> MinutesForm:
        """What stands in the minutes; fields that nobody wrote yet are filled from the template and the last meeting.

        Nothing is stored by reading it.
        """
        with self._office.read() as work:
            return filled(work, work.meetings.get(meeting_id))

    def save(self, meeting_id: str, form: MinutesForm) -> Meeting:
        """Keep the minutes as they stand; what did not change is not journaled. Raises ``FieldProblem``."""
        if form.guests < 0:
            raise FieldProblem("guests", "NEGATIVE", str(form.guests))
        with self._meetings.writing("meeting.minutes", ()) as work:
            meeting = work.meetings.get(meeting_id)
            self._office.ensure_open(work, meeting.held_on)
            changed = replace(
                meeting,
                topic=nfc(form.topic),
                starts_at=read_time(form.starts_at, "starts_at"),
                ends_at=read_time(form.ends_at, "ends_at"),
                place=nfc(form.place),
                chair=nfc(form.chair),
                secretary=nfc(form.secretary),
                guests=form.guests,
                guest_note=nfc(form.guest_note),
                minutes=form.minutes.cleaned(),
            )
            work.meetings.save(changed)
        return changed

    def finish(self, meeting_id: str) -> None:
        """The minutes are ready to be signed. Raises ``NotHeldYet``, ``MinutesIncomplete`` with the fields
        that are empty.
        """
        self._set_done(meeting_id, self._office.today)

    def take_up_again(self, meeting_id: str) -> None:
        """The minutes are not done after all."""
        self._set_done(meeting_id, None)

    def _set_done(self, meeting_id: str, day: date | None) -> None:
        with self._meetings.writing("meeting.minutes_done", ()) as work:
            meeting = work.meetings.get(meeting_id)
            self._office.ensure_open(work, meeting.held_on)
            if day is not None:
                meeting.check_held(day)
                if missing := meeting.missing_in_minutes():
                    raise MinutesIncomplete(missing)
            work.meetings.save(replace(meeting, minutes_done_on=day))


def filled(work: Work, meeting: Meeting) -> MinutesForm:
    """The minutes with what is known already: agenda of the kind, who leads, what the last meeting resolved."""
    form = MinutesForm(
        meeting.topic,
        meeting.starts_at,
        meeting.ends_at,
        meeting.place,
        meeting.chair,
        meeting.secretary,
        meeting.guests,
        meeting.guest_note,
        meeting.minutes,
    )
    if meeting.minutes != BLANK_MINUTES:
        return form
    last = work.meetings.last_before(meeting.branch_id, meeting.held_on)
    agenda = "\n".join(f"{n}. {line}" for n, line in enumerate(templates()[meeting.kind].agenda, 1))
    return replace(
        form,
        chair=form.chair or work.meetings.head_of(meeting.branch_id, meeting.held_on) or (last.chair if last else ""),
        secretary=form.secretary or (last.secretary if last else ""),
        minutes=Minutes(agenda=agenda, review=last.minutes.conclusion if last else ""),
    )
