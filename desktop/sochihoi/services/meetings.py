"""What an officer does with the meetings of branches: plan, freeze the roster, mark, close."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from sochihoi.domain.errors import FieldProblem
from sochihoi.domain.meeting_records import (
    AlreadyOnRoster,
    AlreadyPlanned,
    Attended,
    BranchLine,
    BranchMember,
    Closed,
    Meeting,
    MeetingNotClosed,
    MeetingPlan,
    MeetingRow,
    MeetingSheet,
    NobodyOnRoster,
    NotOfTheBranch,
    NotOnRoster,
    RosterHasMarks,
    roster_order,
)
from sochihoi.domain.meetings import Mark, MeetingKind, MeetingState, close_marks, tally
from sochihoi.domain.minutes import MeetingTemplate
from sochihoi.domain.roster_typing import Understood, understand
from sochihoi.domain.units import Level, forward
from sochihoi.domain.vietnamese import nfc

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sochihoi.domain.periods import Period
    from sochihoi.services.meetings_minutes import MinutesBook
    from sochihoi.services.meetings_proposals import ProposalBook
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work


FIRST_YEAR_OF_BOOKS = 2000  # two digits of a year to come are read as long ago: 5/1/27 typed in 2026


class MeetingService:
    """Meetings of branches. ``last_batch`` is the batch of the newest act here, for its undo."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.last_batch = ""

    @cached_property
    def minutes(self) -> MinutesBook:
        """The minutes of meetings."""
        from sochihoi.services.meetings_minutes import MinutesBook

        return MinutesBook(self._office, self)

    @cached_property
    def proposals(self) -> ProposalBook:
        """Opinions and proposals."""
        from sochihoi.services.meetings_proposals import ProposalBook

        return ProposalBook(self._office, self)

    @contextmanager
    def writing(self, act: str, dates: Iterable[date | None]) -> Iterator[Work]:
        """A unit of work whose batch becomes ``last_batch`` once it is committed."""
        with self._office.write(act, dates=dates) as work:
            yield work
        self.last_batch = work.batch

    def templates(self) -> dict[MeetingKind, MeetingTemplate]:
        """The kinds of meetings and their agendas."""
        from sochihoi.services.meetings_templates import templates

        return templates()

    # ------------------------------------------------------------------ lists

    def of_month(self, period: Period) -> tuple[BranchLine, ...]:
        """Every branch of the month with its meetings; a branch without one has a line of its own, at the end.

        Such a branch is due unless it met in the months before within the commune's rhythm (every n months).
        """
        every = max(self._office.commune.meeting_every_months, 1)
        with self._office.read() as work:
            all_rows = work.meetings.of_period(period.shifted(1 - every).start, period.end)
            branches = work.units.of_level(Level.BRANCH)
        rows = [row for row in all_rows if row.held_on >= period.start]
        met, named = {row.branch_id for row in rows}, [BranchLine(row.branch_id, row.branch, row) for row in rows]
        lately = {one.id for row in all_rows for one in forward(branches, row.branch_id, period.end)}
        missing = (b for b in branches if b.valid_within(period.start, period.end) and b.id not in met)
        return (*named, *(BranchLine(b.id, b.name, due=b.valid_on(period.end) and b.id not in lately) for b in missing))

    def of_period(self, start: date, end: date, branch_id: str | None = None) -> tuple[MeetingRow, ...]:
        """Meetings held from ``start`` to ``end``, both counted."""
        with self._office.read() as work:
            return work.meetings.of_period(start, end, branch_id=branch_id)

    def sheet(self, meeting_id: str) -> MeetingSheet:
        """A meeting with its roster. Raises ``NotFound``."""
        with self._office.read() as work:
            meeting = work.meetings.get(meeting_id)
            branch = work.units.get(meeting.branch_id).name
            closed = work.months.closed().get(f"{meeting.held_on:%Y-%m}")
            return MeetingSheet(meeting, branch, work.meetings.roster(meeting_id), closed)

    def row(self, meeting_id: str) -> MeetingRow | None:
        """A meeting as lists show it; ``None`` when it was called off."""
        with self._office.read() as work:
            day = work.meetings.get(meeting_id).held_on
            return next(iter(work.meetings.of_period(day, day, meeting_id=meeting_id)), None)

    def history_of(self, membership_id: str, start: date, end: date) -> tuple[Attended, ...]:
        """The closed meetings on whose roster somebody stood, newest first."""
        with self._office.read() as work:
            return work.meetings.of_member(membership_id, start, end)

    # ------------------------------------------------------------------ planning

    def plan(self, branch_ids: Sequence[str], plan: MeetingPlan) -> tuple[Meeting, ...]:
        """The same meeting for one branch or many, in one act. All or nothing. Each is of the branch of that day.

        Raises ``AlreadyPlanned``, ``SeveralThen`` (which of them met?), ``FieldProblem``, ``MonthClosed``.
        """
        clean = _checked(plan)
        if not branch_ids:
            raise FieldProblem("branches", "EMPTY")
        with self.writing("meeting.plan", [plan.held_on]) as work:
            branch_ids = work.units.as_they_were(branch_ids, plan.held_on)
            self._refuse_second(work, branch_ids, plan.held_on)
            number = work.meetings.next_number()
            new = []
            for at, branch_id in enumerate(branch_ids):
                last = work.meetings.last_before(branch_id, clean.held_on)
                new.append(
                    Meeting(
                        id=self._office.new_id(),
                        code=work.meetings.code(number + at),
                        branch_id=branch_id,
                        held_on=clean.held_on,
                        starts_at=clean.starts_at,
                        place=clean.place or (last.place if last else ""),
                        kind=clean.kind,
                        topic=clean.topic or (last.minutes.next_topic if last else ""),
                    )
                )
            work.meetings.add(new)
        return tuple(new)

    def change(self, meeting_id: str, plan: MeetingPlan) -> Meeting:
        """Another day, time, place, kind or topic.

        The day can change only while the meeting is planned: afterwards the roster is of that day (``MeetingFixed``).
        """
        clean = _checked(plan)
        with self._office.read() as work:
            before = work.meetings.get(meeting_id)
        with self.writing("meeting.change", [before.held_on, clean.held_on]) as work:
            meeting = work.meetings.get(meeting_id)
            if clean.held_on != meeting.held_on:
                meeting.ensure_planned()
                self._refuse_second(work, [meeting.branch_id], clean.held_on)
            changed = replace(
                meeting,
                held_on=clean.held_on,
                starts_at=clean.starts_at,
                place=clean.place,
                kind=clean.kind,
                topic=clean.topic,
            )
            work.meetings.save(changed)
        return changed

    def cancel(self, meeting_id: str) -> None:
        """Call a planned meeting off. Raises ``MeetingFixed`` once its roster is frozen."""
        with self._changing("meeting.cancel", meeting_id) as (work, meeting):
            meeting.ensure_planned()
            work.meetings.remove(meeting_id, self._office.today)

    @staticmethod
    def _refuse_second(work: Work, branch_ids: Sequence[str], day: date) -> None:
        taken = work.meetings.on_day(branch_ids, day)
        if taken:
            raise AlreadyPlanned(tuple(work.units.get(one).name for one in branch_ids if one in taken), day)

    # ------------------------------------------------------------------ rosters

    def freeze(self, meeting_ids: Sequence[str], *, by_cell: bool = False) -> int:
        """Write down who is on the rosters and give the row numbers; meetings that have one are left as they are.

        ``by_cell`` numbers cell by cell. How many rosters are new. Raises ``NobodyOnRoster``.
        """
        with self._office.read() as work:
            wanted = [m for m in work.meetings.many(meeting_ids) if m.state is MeetingState.PLANNED]
        if not wanted:
            return 0
        with self.writing("meeting.freeze", [m.held_on for m in wanted]) as work:
            for day in sorted({m.held_on for m in wanted}):
                today = [m for m in wanted if m.held_on == day]
                members = work.meetings.members_on([m.branch_id for m in today], day)
                work.meetings.freeze(
                    (self._office.new_id(), meeting.id, one.membership_id, number)
                    for meeting in today
                    for number, one in enumerate(self._ordered(work, meeting, members, by_cell=by_cell), 1)
                )
            frozen = self._office.today
            work.meetings.save(*(replace(m, state=MeetingState.ROSTER_FROZEN, frozen_on=frozen) for m in wanted))
        return len(wanted)

    @staticmethod
    def _ordered(work: Work, meeting: Meeting, members: Iterable[BranchMember], *, by_cell: bool) -> list[BranchMember]:
        own = roster_order([m for m in members if m.branch_id == meeting.branch_id], by_cell=by_cell)
        if not own:
            raise NobodyOnRoster(work.units.get(meeting.branch_id).name, meeting.held_on)
        return own

    def unfreeze(self, meeting_id: str) -> None:
        """Give up a roster on which nobody is marked yet, so that the meeting can be moved or called off."""
        with self._changing("meeting.unfreeze", meeting_id) as (work, meeting):
            meeting.ensure_marking()
            marked = sum(row.mark is not None for row in work.meetings.roster(meeting_id))
            if marked:
                raise RosterHasMarks(marked)
            work.meetings.thaw(meeting_id)
            work.meetings.save(replace(meeting, state=MeetingState.PLANNED, frozen_on=None))

    def late_joiners(self, meeting_id: str) -> tuple[BranchMember, ...]:
        """Members of the branch on the day of the meeting who are not on its roster."""
        with self._office.read() as work:
            meeting = work.meetings.get(meeting_id)
            listed = {row.membership_id for row in work.meetings.roster(meeting_id)}
            members = work.meetings.members_on([meeting.branch_id], meeting.held_on)
        return tuple(one for one in members if one.membership_id not in listed)

    def add_to_roster(self, meeting_id: str, membership_id: str) -> int:
        """A late joiner gets the number after the last; nobody else's changes. Her number.

        Raises ``AlreadyOnRoster``, ``NotOfTheBranch`` (she is a guest then).
        """
        with self._changing("meeting.late_joiner", meeting_id) as (work, meeting):
            meeting.ensure_marking()
            rows = work.meetings.roster(meeting_id)
            found = next((row for row in rows if row.membership_id == membership_id), None)
            if found is not None:
                raise AlreadyOnRoster(found.full_name, found.row_number)
            members = work.meetings.members_on([meeting.branch_id], meeting.held_on)
            if not any(one.membership_id == membership_id for one in members):
                raise NotOfTheBranch
            number = max((row.row_number for row in rows), default=0) + 1
            work.meetings.freeze([(self._office.new_id(), meeting_id, membership_id, number)])
        return number

    # ------------------------------------------------------------------ marks

    def type_marks(self, meeting_id: str, text: str, *, absent_only: bool = False) -> Understood:
        """Mark by row numbers: ``1-25, 28, !7, ?12``. All or nothing. What was written.

        ``absent_only``: numbers are those who were absent; everybody who has no mark yet was present.
        Raises what ``parse_marks`` raises, ``NotHeldYet``.
        """
        with self._changing("meeting.marks", meeting_id) as (work, meeting):
            meeting.ensure_marking()
            meeting.check_held(self._office.today)
            rows = work.meetings.roster(meeting_id)
            found = understand(text, {row.row_number: row.mark for row in rows}, absent_only=absent_only)
            by_number = {row.row_number: row.id for row in rows}
            work.meetings.mark({by_number[number]: mark for number, mark in found.changes.items()})
        return found

    def mark_row(self, meeting_id: str, row_id: str, mark: Mark | None) -> None:
        """Tick one person; ``None`` takes her mark away. Raises ``NotOnRoster``, ``NotHeldYet``."""
        with self._changing("meeting.mark", meeting_id) as (work, meeting):
            meeting.ensure_marking()
            if mark is not None:
                meeting.check_held(self._office.today)
            self._ensure_row(work, meeting, row_id)
            work.meetings.mark({row_id: mark})

    def note_row(self, meeting_id: str, row_id: str, note: str) -> None:
        """The note beside one person ("Đi khám bệnh"), also before the day. Raises ``NotOnRoster``."""
        with self._changing("meeting.note", meeting_id) as (work, meeting):
            meeting.ensure_marking()
            self._ensure_row(work, meeting, row_id)
            work.meetings.note(row_id, nfc(note))

    def set_guests(self, meeting_id: str, guests: int, note: str | None = None) -> None:
        """How many guests came, as a head-count, and who they were. They are in no rate. Raises ``NotHeldYet``."""
        if guests < 0:
            raise FieldProblem("guests", "NEGATIVE", str(guests))
        with self._changing("meeting.guests", meeting_id) as (work, meeting):
            meeting.ensure_open()
            if guests:
                meeting.check_held(self._office.today)
            told = meeting.guest_note if note is None else nfc(note)
            work.meetings.save(replace(meeting, guests=guests, guest_note=told))

    @staticmethod
    def _ensure_row(work: Work, meeting: Meeting, row_id: str) -> None:
        if not work.meetings.has_row(meeting.id, row_id):
            raise NotOnRoster(meeting.code)

    # ------------------------------------------------------------------ closing

    def close(self, meeting_id: str, unmarked_as: Mark | None = None) -> Closed:
        """Finish the attendance. Those without a mark get ``unmarked_as``.

        Raises ``UnmarkedNotStated`` when there are such and nothing was said, ``NotHeldYet``, ``RosterNotFrozen``.
        A missing topic or missing minutes are told as ``lacks``, they do not refuse.
        """
        today = self._office.today
        with self._changing("meeting.close", meeting_id) as (work, meeting):
            meeting.ensure_marking()
            meeting.check_held(today)
            before = {row.id: row.mark for row in work.meetings.roster(meeting_id)}
            final = close_marks(before, unmarked_as)
            work.meetings.mark({one: mark for one, mark in final.items() if before[one] is not mark})
            meaning = unmarked_as if None in before.values() else None
            work.meetings.save(replace(meeting, state=MeetingState.CLOSED, closed_on=today, unmarked_meaning=meaning))
        return Closed(tally(final.values()), meeting.lacks())

    def reopen(self, meeting_id: str) -> None:
        """Mark again, while the month is open. The marks stay as they were closed."""
        with self._changing("meeting.reopen", meeting_id) as (work, meeting):
            if meeting.state is not MeetingState.CLOSED:
                raise MeetingNotClosed(meeting.code)
            work.meetings.save(
                replace(meeting, state=MeetingState.ROSTER_FROZEN, closed_on=None, unmarked_meaning=None)
            )

    @contextmanager
    def _changing(self, act: str, meeting_id: str) -> Iterator[tuple[Work, Meeting]]:
        """A unit of work on one meeting, refused when its month is closed."""
        with self.writing(act, ()) as work:
            meeting = work.meetings.get(meeting_id)
            self._office.ensure_open(work, meeting.held_on)
            yield work, meeting


def _checked(plan: MeetingPlan) -> MeetingPlan:
    if plan.held_on.year < FIRST_YEAR_OF_BOOKS:
        raise FieldProblem("held_on", "LONG_AGO", plan.held_on.isoformat())
    return plan.cleaned()
