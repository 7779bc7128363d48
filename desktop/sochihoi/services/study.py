"""What an officer does with the study of resolutions: a campaign, its list, its sessions, and who is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from sochihoi.domain.errors import FieldProblem
from sochihoi.domain.meetings import Mark
from sochihoi.domain.roster_typing import Understood, understand
from sochihoi.domain.study import (
    CampaignState,
    StudyCampaign,
    StudyEligible,
    StudyHeadcount,
    StudySession,
    StudyTarget,
    TargetGroup,
    check_eligible,
)
from sochihoi.domain.study_records import (
    CampaignHasSessions,
    CampaignView,
    EligibleMember,
    ListNotFrozen,
    NobodyEligible,
    SessionHasMarks,
    SessionRow,
)
from sochihoi.domain.targets import Direction
from sochihoi.services.study_coverage import campaign_view, ensure_named, roster_of

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work


@dataclass(frozen=True, slots=True)
class TargetDraft:
    """What is entered of one target group: the share to reach, and its size when nobody lists it."""

    group: TargetGroup
    percent: int
    eligible_count: int | None = None
    direction: Direction = Direction.AT_LEAST


@dataclass(frozen=True, slots=True)
class SessionSheet:
    """One session with its roster: the frozen list of its branches (of all, for a session of the whole commune).

    ``branches`` are their names, none for the whole commune. ``forgotten``: the first and last year of the span in
    which nobody is named any more.
    """

    campaign: StudyCampaign
    session: StudySession
    branches: tuple[str, ...]
    roster: tuple[EligibleMember, ...]
    present: frozenset[str]
    heads: dict[TargetGroup, int]
    month_closed_on: date | None
    forgotten: tuple[int, int] | None


class StudyService:
    """Study campaigns. ``last_batch`` is the batch of the newest act here, for its undo."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.last_batch = ""

    @contextmanager
    def _writing(self, act: str, *dates: date | None) -> Iterator[Work]:
        with self._office.write(act, dates=dates) as work:
            yield work
        self.last_batch = work.batch

    # ------------------------------------------------------------------ campaigns

    def begin(self, campaign: StudyCampaign, targets: Iterable[TargetDraft], *, freeze: bool = True) -> str:
        """A new campaign with its targets; ``freeze`` puts today's members on its list. Its id.

        Raises ``FieldProblem`` (title, deadline, percent), ``NobodyEligible``.
        """
        clean = replace(campaign.cleaned(), id=campaign.id or self._office.new_id())
        with self._writing("study.begin") as work:
            work.studies.add(clean, [self._target(clean.id, t) for t in _checked_targets(targets)])
            if freeze:
                self._freeze(work, clean, self._office.today)
        return clean.id

    def change(self, campaign: StudyCampaign, targets: Iterable[TargetDraft] | None = None) -> None:
        """Another title, document, deadline or targets. The list and the state stay as they are."""
        clean = campaign.cleaned()
        with self._writing("study.change") as work:
            before = work.studies.get(campaign.id)
            work.studies.save(replace(clean, frozen_on=before.frozen_on, state=before.state))
            if targets is not None:
                have = {t.target_group: t.id for t in work.studies.targets(campaign.id)}
                told = [self._target(campaign.id, t, have.get(t.group)) for t in _checked_targets(targets)]
                work.studies.replace_targets(campaign.id, told)

    def freeze(self, campaign_id: str, on: date | None = None) -> int:
        """Put the members of a day (today unless said) on the list anew; how many. Raises ``NobodyEligible``."""
        with self._writing("study.freeze") as work:
            ensure_named(work, campaign_id)
            return self._freeze(work, work.studies.get(campaign_id), on or self._office.today)

    def close(self, campaign_id: str) -> None:
        """No more sessions."""
        self._set_state(campaign_id, CampaignState.CLOSED, "study.close")

    def reopen(self, campaign_id: str) -> None:
        """Sessions again."""
        self._set_state(campaign_id, CampaignState.OPEN, "study.reopen")

    def remove(self, campaign_id: str) -> None:
        """Off the list. Raises ``CampaignHasSessions``."""
        with self._writing("study.remove") as work:
            held = len(work.studies.sessions(campaign_id))
            if held:
                raise CampaignHasSessions(held)
            work.studies.remove(campaign_id, self._office.today)

    def _set_state(self, campaign_id: str, state: CampaignState, act: str) -> None:
        with self._writing(act) as work:
            work.studies.save(replace(work.studies.get(campaign_id), state=state))

    def _freeze(self, work: Work, campaign: StudyCampaign, day: date) -> int:
        members = work.studies.members_on(day)
        if not members:
            raise NobodyEligible(day)
        listed = [StudyEligible(self._office.new_id(), campaign.id, m, b) for m, b in members]
        work.studies.freeze(campaign.id, listed)
        work.studies.save(replace(campaign, frozen_on=day))
        return len(listed)

    def _target(self, campaign_id: str, draft: TargetDraft, known: str | None = None) -> StudyTarget:
        return StudyTarget(
            known or self._office.new_id(),
            campaign_id,
            draft.group,
            draft.percent,
            draft.direction,
            None if draft.group.by_person else draft.eligible_count,
        )

    # ------------------------------------------------------------------ looking

    def campaigns(self, until: date = date.max) -> tuple[CampaignView, ...]:
        """Every campaign with how far it is, or was on a day."""
        with self._office.read() as work:
            return tuple(self.view_in(work, c, until) for c in work.studies.all())

    def view(self, campaign_id: str) -> CampaignView:
        """One campaign. Raises ``NotFound``."""
        with self._office.read() as work:
            return self.view_in(work, work.studies.get(campaign_id))

    def stands(self, campaign_id: str, session_id: str = "") -> bool:
        """Whether a campaign, or one of its sessions, is in the book: after an undo or a redo it may not be."""
        with self._office.read() as work:
            if all(c.id != campaign_id for c in work.studies.all()):
                return False
            return not session_id or any(r.session.id == session_id for r in work.studies.sessions(campaign_id))

    def missing(self, campaign_id: str, branch_id: str | None = None) -> tuple[EligibleMember, ...]:
        """Who is still to be reached, by branch and name."""
        with self._office.read() as work:
            listed = work.studies.eligible(work.studies.get(campaign_id))
        return tuple(m for m in listed if not m.reached and branch_id in (None, m.branch_id))

    def reached(self, campaign_id: str, branch_id: str | None = None) -> tuple[EligibleMember, ...]:
        """Who was reached: the list behind the numerator."""
        with self._office.read() as work:
            listed = work.studies.eligible(work.studies.get(campaign_id))
        return tuple(m for m in listed if m.reached and branch_id in (None, m.branch_id))

    def view_in(self, work: Work, campaign: StudyCampaign, until: date = date.max) -> CampaignView:
        """``view`` within a unit of work; with the sessions up to a day, and who was reached by then."""
        return campaign_view(work, campaign, until)

    # ------------------------------------------------------------------ sessions

    def plan_session(self, session: StudySession) -> str:
        """A session of a campaign. Its id. Raises ``CampaignClosed``, ``SessionBeforeStart``, ``MonthClosed``,
        ``FieldProblem`` (day, time).
        """
        if session.held_on is None:
            raise FieldProblem("held_on", "EMPTY")
        clean = replace(session.cleaned(), id=session.id or self._office.new_id())
        with self._writing("study.session", session.held_on) as work:
            ensure_named(work, session.campaign_id, session.held_on)
            work.studies.get(session.campaign_id).check_session(session.held_on)
            clean = replace(clean, branches=work.units.standing(clean.branches, session.held_on))
            work.studies.add_session(clean)
        return clean.id

    def change_session(self, session: StudySession) -> None:
        """Another day, place, speaker… Raises as ``plan_session``; ``SessionHasMarks`` for other branches and
        ``NotHeldYet`` for a day to come once somebody is marked.
        """
        if session.held_on is None:
            raise FieldProblem("held_on", "EMPTY")
        with self._writing("study.session_change", session.held_on) as work:
            before = work.studies.session(session.id)
            self._office.ensure_open(work, before.held_on)
            ensure_named(work, session.campaign_id, before.held_on, session.held_on)
            work.studies.get(session.campaign_id).check_session(session.held_on)
            marked = len(work.studies.attended(session.id))
            if marked and set(session.branches) != set(before.branches):
                raise SessionHasMarks(marked)
            if marked or any(head.people for head in work.studies.headcounts([session.id])):
                session.check_held(self._office.today)
            work.studies.save_session(session.cleaned())

    def cancel_session(self, session_id: str) -> None:
        """Call a session off; its attendances no longer count."""
        with self._writing("study.session_cancel") as work:
            session = work.studies.session(session_id)
            self._office.ensure_open(work, session.held_on)
            ensure_named(work, session.campaign_id, session.held_on)
            work.studies.remove_session(session_id, self._office.today)

    def sheet(self, session_id: str) -> SessionSheet:
        """A session with its roster."""
        with self._office.read() as work:
            session = work.studies.session(session_id)
            campaign = work.studies.get(session.campaign_id)
            branches = tuple(work.studies.branch_names(session.branches).values())
            heads = {h.target_group: h.people for h in work.studies.headcounts([session_id])}
            closed = None if session.held_on is None else work.months.closed().get(f"{session.held_on:%Y-%m}")
            roster = roster_of(work, campaign, session, self._office.today)
            came, gone = work.studies.attended(session_id), work.studies.forgotten().get(campaign.id)
            years = None if gone is None else gone.years
            return SessionSheet(campaign, session, branches, roster, came, heads, closed, years)

    def type_present(self, session_id: str, text: str) -> Understood:
        """Who came, by row numbers of the printed list: ``1-25, 28, !7``. All or nothing; what was written.

        ``!`` and ``?`` take a mark away: at a study session nobody is absent, she is only not reached yet.
        Raises what ``parse_marks`` raises, ``ListNotFrozen``, ``NotHeldYet``.
        """
        with self._marking("study.attendance", session_id) as (work, session):
            session.check_held(self._office.today)
            roster = self._roster_to_mark(work, session)
            there = work.studies.attended(session_id)
            marks = {m.row_number: Mark.PRESENT if m.membership_id in there else None for m in roster}
            found = understand(text, marks)
            by_number = {m.row_number: m.membership_id for m in roster}
            present = {by_number[n] for n, mark in found.changes.items() if mark is Mark.PRESENT}
            gone = {by_number[n] for n, mark in found.changes.items() if mark is not Mark.PRESENT} & there
            self._mark(work, session_id, present - there, gone)
        return found

    def set_present(self, session_id: str, membership_ids: Sequence[str], *, present: bool) -> None:
        """Tick or untick persons. Raises ``NotEligible`` with those who are not on the roster, ``ListNotFrozen``,
        ``NotHeldYet``; a mark that an older version took too early can be taken away at any time.
        """
        with self._marking("study.attendance", session_id) as (work, session):
            there = work.studies.attended(session_id)
            wanted = set(membership_ids)
            if present:
                session.check_held(self._office.today)
                listed = {m.membership_id for m in self._roster_to_mark(work, session)}
                check_eligible(wanted - there, listed)
            self._mark(work, session_id, wanted - there if present else set(), set() if present else wanted & there)

    @contextmanager
    def _marking(self, act: str, session_id: str) -> Iterator[tuple[Work, StudySession]]:
        """A unit of work on who came to a session, refused in a closed month."""
        with self._writing(act) as work:
            session = work.studies.session(session_id)
            self._office.ensure_open(work, session.held_on)
            ensure_named(work, session.campaign_id, session.held_on)
            yield work, session

    def _roster_to_mark(self, work: Work, session: StudySession) -> tuple[EligibleMember, ...]:
        campaign = work.studies.get(session.campaign_id)
        roster = roster_of(work, campaign, session, self._office.today)
        if campaign.frozen_on is None or not roster:
            raise ListNotFrozen(campaign.title)
        return roster

    def _mark(self, work: Work, session_id: str, new: set[str], gone: set[str]) -> None:
        work.studies.set_attended([(self._office.new_id(), session_id, m) for m in sorted(new)], gone, session_id)

    def set_heads(self, session_id: str, group: TargetGroup, people: int) -> None:
        """How many of a group that nobody lists came.

        Raises ``FieldProblem``, ``HeadcountForRegistered``, ``NotHeldYet``.
        """
        if people < 0:
            raise FieldProblem("people", "NEGATIVE", str(people))
        with self._marking("study.heads", session_id) as (work, session):
            if people:
                session.check_held(self._office.today)
            known = {h.target_group: h.id for h in work.studies.headcounts([session_id])}
            head = StudyHeadcount(known.get(group) or self._office.new_id(), session_id, group, people)
            work.studies.put_headcount(head)

    def sessions(self, campaign_id: str) -> tuple[SessionRow, ...]:
        """Its sessions, newest first."""
        with self._office.read() as work:
            return work.studies.sessions(campaign_id)


def _checked_targets(targets: Iterable[TargetDraft]) -> list[TargetDraft]:
    told = list(targets)
    for target in told:
        if not 1 <= target.percent <= 100:
            raise FieldProblem("percent", "OUT_OF_RANGE", str(target.percent))
        if target.eligible_count is not None and target.eligible_count < 0:
            raise FieldProblem("eligible_count", "NEGATIVE", str(target.eligible_count))
    if len({t.group for t in told}) != len(told):
        raise FieldProblem("targets", "TWICE")
    return told
