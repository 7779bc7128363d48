"""What is due and what is missing this month: facts only, the page says them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from sochihoi.domain.attendance import Tally
from sochihoi.domain.errors import NotFound
from sochihoi.domain.exchange import Direction as Way
from sochihoi.domain.exchange import SentState
from sochihoi.domain.indicators import UnitType
from sochihoi.domain.keys import KeyState
from sochihoi.domain.meetings import MeetingState
from sochihoi.domain.months import CheckLevel, Closing, left_out
from sochihoi.domain.periods import Period, PeriodKind
from sochihoi.domain.study import CampaignState
from sochihoi.domain.targets import Direction, Goal, Measured
from sochihoi.services.backups import FOLDER as BACKUP_FOLDER
from sochihoi.services.overview_facts import Beginning, Below, Due, DueKind, Glance, Missing, MissingKind, Share

if TYPE_CHECKING:
    from sochihoi.domain.meeting_records import MeetingRow
    from sochihoi.services.figures import FigureSheet
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work

_WAITING = (KeyState.REQUESTED, KeyState.APPROVED_ONCE)
MONTHS_SHOWN = 6
LOWEST_SHOWN = 6
ANSWERS_SHOWN = 2
STUDY_AHEAD = timedelta(days=60)  # a deadline further away is not due yet
ANSWER_AHEAD = timedelta(days=7)
REQUESTS_AHEAD = timedelta(days=3)
BACKUP_EVERY = timedelta(days=7)  # a copy outside this PC older than that is worth a word


class Overview:
    """The first page."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def beginning(self) -> Beginning:
        """The first things to do, and which are done. Cheap: asked before anything is counted."""
        from sochihoi.domain.units import Level
        from sochihoi.storage.glance import register

        with self._office.read() as work:
            have = register(work)
            return Beginning(
                len(work.units.of_level(Level.BRANCH, self._office.today)),
                have.members,
                have.households,
                bool(work.settings.get(BACKUP_FOLDER)),
                bool(work.sync.trusted(Way.PARENT)),
            )

    def of(self, period: Period) -> Glance:
        """A month at a glance. Raises ``FuturePeriod`` for one that has not begun."""
        sheet = self._office.figures.of(period)
        every = max(self._office.commune.meeting_every_months, 1)
        with self._office.read() as work:
            day = self._office.figures.last_day(work)
            rows = work.meetings.of_period(period.shifted(1 - max(every, MONTHS_SHOWN)).start, period.end)
            closings = work.months.newest(period.shifted(1 - MONTHS_SHOWN).code, period.code)
            closed = work.months.closed()
            sent = [one for one in work.sync.sent() if one.counts_as_sent]
            due = [*self._answers(work, day), *self._studies(work, day)]
        here = [m for m in rows if m.held_on >= period.start]
        lately = [m for m in rows if m.held_on >= period.shifted(1 - every).start]
        met = {m.branch_id for m in lately if _held(m, day)}
        closing = closings.get(period.code)
        sent_now = next((one.sent_on for one in sent if one.period == period.code), None)
        if period.kind is PeriodKind.MONTH:
            due += self._month_ends(period, closed, sent_now, [(s.sent_on, s.state) for s in sent])
        due += [*self._copies(day), *self._duties(day), *self._tickets(), *self._corrections(day), *self._key(day)]
        due += self._tree(day)
        return Glance(
            period,
            len(sheet.branches),
            sheet.row("org.members").now.value or 0,
            sheet.row("household.members").now.value or 0,
            sum(unit.id in met for unit in sheet.branches),
            len(sheet.branches),
            self._open_checks(period) if period.code not in closed else 0,
            closed.get(period.code),
            closing is not None and bool(closing.report_date),
            sent_now,
            tuple(sorted(due, key=lambda one: (one.kind is DueKind.BACKUP, one.on))),
            tuple(self._missing(sheet, here, met, day)),
            tuple(self._attendance(sheet, rows, closings)),
            self._attendance_goal(period),
            _lowest(sheet),
            self._goal("household.passing_pct", period),
            self._office.figures.criteria_set(period.year),
        )

    def below(self, period: Period) -> Below:
        """The units below in a month, for a level above."""
        from sochihoi.services.consolidated.lowest import lowest
        from sochihoi.services.received_tickets import movements
        from sochihoi.services.unit_trees import changes, named
        from sochihoi.storage.keys import every

        totals = self._office.receiving.totals.of(period)
        rows = {row.indicator.code: row.now for row in totals.rows}
        ledger = self._office.receiving.ledger(1)
        with self._office.read() as work:
            waiting = tuple(one.unit_name for one in every(work, Way.SENDER) if one.state in _WAITING)
            late = sum(one.is_late(self._office.today) for one in movements(work))

        def share(code: str) -> Share | None:
            one = rows.get(code)
            if one is None or not one.denominator:
                return None
            return Share(code, one.numerator or 0, one.denominator)

        members = rows.get("org.members")
        return Below(
            period,
            totals.sent,
            totals.missing,
            None if members is None else members.value,
            share("org.attendance_pct"),
            share("household.passing_pct"),
            ledger[0].received_on if ledger else None,
            waiting,
            tuple(named(self._office, one) for one in changes(self._office) if one.effective >= self._office.today),
            late,
            lowest(self._office.receiving.totals, "org.attendance_pct", period),
        )

    # ------------------------------------------------------------------ what is due

    def _answers(self, work: Work, day: date) -> list[Due]:
        """Proposals whose answer is due, a line for each meeting with the soonest of its days; many become one line."""
        found: dict[tuple[str, date], Due] = {}
        for one in work.meetings.open_proposals():
            on = one.proposal.due_on
            if on is None or on > day + ANSWER_AHEAD:
                continue
            before = found.get((one.branch_id, one.held_on))
            found[one.branch_id, one.held_on] = Due(
                DueKind.ANSWER,
                min(on, before.on) if before else on,
                branches=(one.branch,),
                held_on=one.held_on,
                count=(before.count if before else 0) + 1,
            )
        lines = list(found.values())
        if len(lines) <= ANSWERS_SHOWN:
            return lines
        # so many that they would hide what else is due: one line for all
        branches = tuple(dict.fromkeys(name for line in lines for name in line.branches))
        return [Due(DueKind.ANSWER, min(x.on for x in lines), branches=branches, count=sum(x.count for x in lines))]

    def _studies(self, work: Work, day: date) -> list[Due]:
        return [
            Due(DueKind.STUDY, one.deadline, view=self._office.study.view(one.id))
            for one in work.studies.all()
            if one.state is CampaignState.OPEN and one.deadline is not None and one.deadline <= day + STUDY_AHEAD
        ]

    def _month_ends(
        self,
        period: Period,
        closed: dict[str, date],
        sent_on: date | None,
        before: Sequence[tuple[date | None, SentState]],
    ) -> list[Due]:
        from sochihoi.services.month_checks import close_on

        commune = self._office.commune
        due = [
            Due(DueKind.CLOSE, close_on(month, commune.close_day), month)
            for month in (left_out(period, closed), period)
            if month is not None and month.code not in closed
        ]
        if sent_on is None:
            last = max(((on, state) for on, state in before if on is not None), default=None, key=lambda pair: pair[0])
            day = send_on(period, commune.send_day)
            receipt = last is not None and last[1] is SentState.RECEIVED
            due.append(Due(DueKind.SEND, day, period, last=last[0] if last else None, receipt=receipt))
        return due

    def _copies(self, day: date) -> list[Due]:
        """A copy outside this PC that is old or was never made; nothing for a demonstration."""
        if self._office.demo or not self._office.may_write:
            return []
        from sochihoi.storage.glance import register

        last = self._office.backups.last_outside()
        with self._office.read() as work:
            begun = register(work).begun_on
        if last is None and begun is None:
            return []
        wanted = (last or begun or day) + BACKUP_EVERY
        return [Due(DueKind.BACKUP, wanted, last=last)] if wanted < day else []

    def _tickets(self) -> list[Due]:
        """Transfers to or from other communes that nobody answered for too long, in one line."""
        from sochihoi.domain.tickets import LONGEST
        from sochihoi.services.tickets import Tickets

        late = Tickets(self._office).late()
        days = [one.issued_on + LONGEST for one in late if one.issued_on is not None]
        return [Due(DueKind.TICKET, min(days), count=len(days))] if days else []

    def _corrections(self, day: date) -> list[Due]:
        """What the level above asks to look at, one line a month."""
        found: dict[str, list[str]] = {}
        for one in self._office.receipts.to_correct():
            found.setdefault(one.correction.period, []).append(one.correction.indicator)
        return [
            Due(DueKind.CORRECT, day, Period.parse(period), count=len(asked), figure=next(filter(None, asked), ""))
            for period, asked in sorted(found.items())
        ]

    def _tree(self, day: date) -> list[Due]:
        """Changes of units that name this one, until their day."""
        from sochihoi.services.unit_trees import named, naming

        ours = naming(self._office, self._office.commune.code)
        return [
            Due(DueKind.TREE, one.effective, change=named(self._office, one)) for one in ours if one.effective >= day
        ]

    def _key(self, day: date) -> list[Due]:
        """The register of the level above is here and does not name the key of this PC: its files are refused."""
        from sochihoi.services.register_view import listed_here

        with self._office.read() as work:
            listed = listed_here(self._office, work)
        return [Due(DueKind.KEY, day)] if listed is False else []

    def _duties(self, day: date) -> list[Due]:
        """Requests of members and incidents with personal data whose day is near or over."""
        from sochihoi.domain.duties import notify_by

        duties = self._office.privacy.duties
        rules = duties.rules()
        days: dict[DueKind, list[date]] = {DueKind.ACKNOWLEDGE: [], DueKind.REQUEST: []}
        for row in duties.requests():
            owed = DueKind.ACKNOWLEDGE if row.request.acknowledged_on is None else DueKind.REQUEST
            on = row.due.acknowledge_by if owed is DueKind.ACKNOWLEDGE else row.due.answer_by
            if on <= day + REQUESTS_AHEAD:
                days[owed].append(on)
        open_ones = [one for one in duties.incidents() if one.closed_on is None and one.notified_at is None]
        found = [Due(kind, min(near), count=len(near)) for kind, near in days.items() if near]
        if open_ones:
            until = min(notify_by(one, rules).astimezone().date() for one in open_ones)
            found.append(Due(DueKind.INCIDENT, until, count=len(open_ones)))
        return found

    def _open_checks(self, period: Period) -> int:
        sheet = self._office.months.check_sheet(period)
        return sum(one.level is CheckLevel.ERROR for one in sheet.findings) + len(sheet.unreasoned)

    # ------------------------------------------------------------------ what is missing

    def _missing(self, sheet: FigureSheet, here: Sequence[MeetingRow], met: set[str], day: date) -> list[Missing]:
        found = []
        idle = [unit.name for unit in sheet.branches if unit.id not in met]
        if idle:
            found.append(Missing(MissingKind.MEETINGS, len(idle), tuple((name, None) for name in idle)))
        bare = [m for m in here if m.state is MeetingState.CLOSED and not m.has_minutes]
        if bare:
            names = tuple((m.branch, m.held_on) for m in bare)
            found.append(
                Missing(MissingKind.MINUTES, len(bare), names, bare[0].id if len(bare) == 1 else "", len(bare))
            )
        unmarked = [m for m in here if m.state is MeetingState.ROSTER_FROZEN and m.held_on <= day and m.tally.unmarked]
        if unmarked:
            people = sum(m.tally.unmarked for m in unmarked)
            names = tuple((m.branch, m.held_on) for m in unmarked)
            only = unmarked[0].id if len(unmarked) == 1 else ""
            found.append(Missing(MissingKind.MARKS, people, names, only, len(unmarked)))
        members, assessed = sheet.row("household.members").now.value, sheet.row("household.assessed").now.value
        if members and members > (assessed or 0):
            found.append(Missing(MissingKind.HOUSEHOLDS, members - (assessed or 0)))
        return found

    # ------------------------------------------------------------------ charts

    def _attendance(
        self, sheet: FigureSheet, rows: Sequence[MeetingRow], closings: Mapping[str, Closing]
    ) -> list[tuple[Period, Share]]:
        """Frozen figures of closed months, the records of open ones: as ``org.attendance_pct`` says it."""
        out = []
        for step in range(1 - MONTHS_SHOWN, 1):
            month = sheet.period.shifted(step)
            closing = closings.get(month.code)
            if step == 0:
                figure = sheet.row("org.attendance_pct").now
                share = Share(month.code, figure.numerator or 0, figure.denominator or 0)
            elif closing is not None:
                kept = closing.figure("org.attendance_pct", None, UnitType.ATTENDANCE)
                share = Share(month.code, kept.numerator or 0, kept.denominator or 0)
            else:
                tallies = [m.tally for m in rows if m.state is MeetingState.CLOSED and month.contains(m.held_on)]
                whole = sum(tallies, Tally())
                share = Share(month.code, whole.present, whole.roster)
            out.append((month, share))
        return out

    def _attendance_goal(self, period: Period) -> Goal | None:
        """What a target asks, else what the score sheet of the year gives full points for."""
        told = self._goal("org.attendance_pct", period)
        if told is not None:
            return told
        try:
            rubric = self._office.definitions.rubric_for(period.year)
        except NotFound:
            return None
        parts = (part for criterion in rubric.criteria for part in criterion.parts)
        full = next((part.full for part in parts if part.source == "org.attendance_pct"), None)
        return None if full is None else Goal(Direction.AT_LEAST, Fraction(full), Measured.PERCENT)

    def _goal(self, code: str, period: Period) -> Goal | None:
        with self._office.read() as work:
            found = self._office.targets.goals(work, period).get(code)
        return None if found is None else found[1]


def _held(row: MeetingRow, day: date) -> bool:
    """It took place: closed, or on its way to be marked."""
    return row.state is MeetingState.CLOSED or (row.state is MeetingState.ROSTER_FROZEN and row.held_on <= day)


def _lowest(sheet: FigureSheet) -> tuple[Share, ...]:
    """Branches with member households, the lowest share first."""
    found = [
        Share(unit.name, row.now.numerator or 0, row.now.denominator)
        for unit, row in sheet.split("household.passing_pct")
        if row.now.denominator
    ]
    return tuple(sorted(found, key=lambda one: one.ratio or Fraction(0))[:LOWEST_SHOWN])


def send_on(period: Period, send_day: int) -> date:
    """The day of the month after by which the report goes out."""
    after = period.next()
    return after.start.replace(day=min(max(send_day, 1), after.end.day))
