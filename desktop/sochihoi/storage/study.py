"""Study campaigns, the frozen lists, sessions and who came."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from sochihoi.domain.members import Placement
from sochihoi.domain.people import PartialDate, PositionTitle
from sochihoi.domain.study import StudyCampaign, StudyEligible, StudyHeadcount, StudySession, StudyTarget, TargetGroup
from sochihoi.domain.study_forgetting import Forgotten
from sochihoi.domain.study_records import EligibleMember, SessionRow
from sochihoi.storage.mapping import from_row, from_rows, to_row
from sochihoi.storage.schema import (
    membership,
    person,
    placement,
    position,
    study_attendance,
    study_campaign,
    study_eligible,
    study_headcount,
    study_session,
    study_target,
    unit,
)
from sochihoi.storage.study_forgetting import KEPT, forgotten, stood
from sochihoi.storage.work import Work

_GROUP_OF_TITLE = {
    PositionTitle.BRANCH_HEAD.name: TargetGroup.BRANCH_HEADS,
    PositionTitle.EXECUTIVE_COMMITTEE.name: TargetGroup.COMMITTEE,
    PositionTitle.STANDING_BOARD.name: TargetGroup.STANDING_BOARD,
    PositionTitle.CHAIR.name: TargetGroup.OFFICERS,
    PositionTitle.VICE_CHAIR.name: TargetGroup.OFFICERS,
}


class Studies:
    """Everything of study."""

    def __init__(self, work: Work) -> None:
        self._work = work

    # ------------------------------------------------------------------ campaigns

    def add(self, campaign: StudyCampaign, targets: Sequence[StudyTarget]) -> None:
        """A new campaign with its targets."""
        self._work.insert(study_campaign, [to_row(campaign)])
        self._work.insert(study_target, [to_row(t) for t in targets])

    def save(self, campaign: StudyCampaign) -> None:
        """A changed campaign."""
        self._work.update(study_campaign, {campaign.id: _without_id(campaign)})

    def get(self, campaign_id: str) -> StudyCampaign:
        """Raises ``NotFound``."""
        return from_row(StudyCampaign, self._work.get(study_campaign, campaign_id))

    def all(self) -> tuple[StudyCampaign, ...]:
        """Open ones first, then by deadline, the nearest first."""
        query = (
            select(study_campaign)
            .where(study_campaign.c.deleted_on.is_(None))
            .order_by(
                study_campaign.c.state.desc(), func.coalesce(study_campaign.c.deadline, "9999"), study_campaign.c.id
            )
        )
        return from_rows(StudyCampaign, self._work.rows(query))

    def remove(self, campaign_id: str, on: date) -> None:
        """Off the list."""
        self._work.remove(study_campaign, [campaign_id], on)

    def targets(self, campaign_id: str) -> tuple[StudyTarget, ...]:
        """Its target groups, in the order of entry."""
        query = select(study_target).where(
            study_target.c.campaign_id == campaign_id, study_target.c.deleted_on.is_(None)
        )
        return from_rows(StudyTarget, self._work.rows(query.order_by(study_target.c.id)))

    def replace_targets(self, campaign_id: str, targets: Sequence[StudyTarget]) -> None:
        """Exactly these targets."""
        gone = {t.id for t in self.targets(campaign_id)} - {t.id for t in targets}
        self._work.erase(study_target, sorted(gone))
        self._work.put(study_target, [to_row(t) for t in targets])

    # ------------------------------------------------------------------ the frozen list

    def members_on(self, day: date) -> tuple[tuple[str, str], ...]:
        """Members of the commune on a day: membership id and branch id."""
        query = (
            select(placement.c.membership_id, placement.c.branch_id)
            .join(membership, membership.c.id == placement.c.membership_id)
            .where(
                or_(placement.c.from_on.is_(None), placement.c.from_on <= day),
                or_(placement.c.to_on.is_(None), placement.c.to_on > day),
                or_(membership.c.left_on.is_(None), membership.c.left_on > day),
                placement.c.deleted_on.is_(None),
                membership.c.deleted_on.is_(None),
            )
            .order_by(placement.c.membership_id)
        )
        return tuple((r["membership_id"], r["branch_id"]) for r in self._work.rows(query))

    def freeze(self, campaign_id: str, eligible: Iterable[StudyEligible]) -> None:
        """Exactly these memberships are on the list from now on."""
        old = self._work.rows(select(study_eligible.c.id).where(study_eligible.c.campaign_id == campaign_id))
        self._work.erase(study_eligible, [r["id"] for r in old])
        self._work.insert(study_eligible, [to_row(e) for e in eligible])

    def eligible(self, campaign: StudyCampaign, until: date = date.max) -> tuple[EligibleMember, ...]:
        """The frozen list with how often each came up to a day; by branch, in Vietnamese order, numbered as printed."""
        if campaign.frozen_on is None:
            return ()
        came = (
            select(study_attendance.c.membership_id, func.count().label("attended"))
            .join(study_session, study_session.c.id == study_attendance.c.session_id)
            .where(
                study_session.c.campaign_id == campaign.id,
                _held_by(until),
                study_session.c.deleted_on.is_(None),
                study_attendance.c.deleted_on.is_(None),
            )
            .group_by(study_attendance.c.membership_id)
            .subquery()
        )
        day = campaign.frozen_on
        cell = unit.alias("cell")
        lives = and_(
            placement.c.membership_id == study_eligible.c.membership_id,
            placement.c.branch_id == study_eligible.c.branch_id,
            or_(placement.c.from_on.is_(None), placement.c.from_on <= day),
            or_(placement.c.to_on.is_(None), placement.c.to_on > day),
            placement.c.deleted_on.is_(None),
        )
        query = (
            select(
                study_eligible.c.membership_id,
                membership.c.code,
                membership.c.core_member,
                person.c.full_name,
                person.c.birth,
                person.c.phone,
                study_eligible.c.branch_id,
                unit.c.name.label("branch"),
                func.coalesce(cell.c.name, "").label("cell"),
                func.coalesce(came.c.attended, 0).label("attended"),
            )
            .join(membership, membership.c.id == study_eligible.c.membership_id)
            .join(person, person.c.id == membership.c.person_id)
            .join(unit, unit.c.id == study_eligible.c.branch_id)
            .join(placement, lives, isouter=True)
            .join(cell, cell.c.id == placement.c.cell_id, isouter=True)
            .join(came, came.c.membership_id == study_eligible.c.membership_id, isouter=True)
            .where(study_eligible.c.campaign_id == campaign.id, study_eligible.c.deleted_on.is_(None))
            .order_by(
                unit.c.sort_key, study_eligible.c.branch_id, person.c.sort_key, membership.c.code, membership.c.id
            )
        )
        titles = self._titles(day)
        found, number, branch, seen = [], 0, "", set()
        for r in self._work.rows(query):
            if r["membership_id"] in seen:
                continue
            seen.add(r["membership_id"])
            number = number + 1 if r["branch_id"] == branch else 1
            branch = r["branch_id"]
            groups = set(titles.get(r["membership_id"], ()))
            if r["core_member"]:
                groups.add(TargetGroup.CORE_MEMBERS)
            found.append(
                EligibleMember(
                    r["membership_id"],
                    r["code"],
                    r["full_name"],
                    PartialDate.from_iso(r["birth"]) if r["birth"] else None,
                    r["phone"],
                    r["branch_id"],
                    r["branch"],
                    r["cell"],
                    number,
                    frozenset(groups),
                    r["attended"],
                )
            )
        return tuple(found)

    def _titles(self, day: date) -> dict[str, set[TargetGroup]]:
        query = select(position.c.membership_id, position.c.title).where(
            position.c.title.in_(sorted(_GROUP_OF_TITLE)),
            or_(position.c.from_on.is_(None), position.c.from_on <= day),
            or_(position.c.to_on.is_(None), position.c.to_on > day),
            position.c.deleted_on.is_(None),
        )
        found: dict[str, set[TargetGroup]] = {}
        for r in self._work.rows(query):
            found.setdefault(r["membership_id"], set()).add(_GROUP_OF_TITLE[r["title"]])
        return found

    # ------------------------------------------------------------------ sessions

    def add_session(self, session: StudySession) -> None:
        """A new session."""
        self._work.insert(study_session, [_session_row(session)])

    def save_session(self, session: StudySession) -> None:
        """A changed session."""
        self._work.update(study_session, {session.id: {k: v for k, v in _session_row(session).items() if k != "id"}})

    def session(self, session_id: str) -> StudySession:
        """Raises ``NotFound``."""
        return _session(self._work.get(study_session, session_id))

    def remove_session(self, session_id: str, on: date) -> None:
        """Called off."""
        self._work.remove(study_session, [session_id], on)

    def stays_of(self, membership_ids: Sequence[str]) -> tuple[Placement, ...]:
        """The stays of somebody on a list in order, also where the list names nobody any more."""
        query = select(placement).where(placement.c.membership_id.in_(membership_ids), stood())
        return from_rows(Placement, self._work.rows(query.order_by(placement.c.from_on, placement.c.id)))

    def forgotten(self) -> dict[str, Forgotten]:
        """What is left of each campaign whose names are gone."""
        return forgotten(self._work)

    def keep_forgotten(self, campaign_id: str, left: Forgotten) -> None:
        """What is left of a campaign."""
        self._work.settings.set(KEPT + campaign_id, left.plain())

    def sessions(self, campaign_id: str, until: date = date.max) -> tuple[SessionRow, ...]:
        """Its sessions up to a day, newest first, with attendances and head-counts."""
        query = (
            select(study_session)
            .where(
                study_session.c.campaign_id == campaign_id,
                _held_by(until),
                study_session.c.deleted_on.is_(None),
            )
            .order_by(study_session.c.held_on.desc(), study_session.c.id)
        )
        found = [_session(r) for r in self._work.rows(query)]
        ids = [one.id for one in found]
        members = self._sums(select(study_attendance.c.session_id, func.count().label("n")), study_attendance, ids)
        others = self._sums(
            select(study_headcount.c.session_id, func.sum(study_headcount.c.people).label("n")), study_headcount, ids
        )
        names = self.branch_names({branch for one in found for branch in one.branches})
        return tuple(
            SessionRow(
                one,
                tuple(name for branch, name in names.items() if branch in one.branches),
                members.get(one.id, 0),
                others.get(one.id, 0),
            )
            for one in found
        )

    def branch_names(self, branch_ids: Collection[str]) -> dict[str, str]:
        """Names by id, in Vietnamese order."""
        if not branch_ids:
            return {}
        query = select(unit.c.id, unit.c.name).where(unit.c.id.in_(sorted(branch_ids)))
        return {r["id"]: r["name"] for r in self._work.rows(query.order_by(unit.c.sort_key, unit.c.id))}

    def _sums(self, query, table, ids: Sequence[str]) -> dict[str, int]:  # type: ignore[no-untyped-def] # a query of two columns
        found = query.where(table.c.session_id.in_(ids), table.c.deleted_on.is_(None)).group_by(table.c.session_id)
        return {r["session_id"]: int(r["n"]) for r in self._work.rows(found)}

    # ------------------------------------------------------------------ who came

    def attended(self, session_id: str) -> frozenset[str]:
        """Memberships that came to a session."""
        query = select(study_attendance.c.membership_id).where(
            study_attendance.c.session_id == session_id, study_attendance.c.deleted_on.is_(None)
        )
        return frozenset(r["membership_id"] for r in self._work.rows(query))

    def set_attended(self, rows: Sequence[tuple[str, str, str]], gone: Collection[str], session_id: str) -> None:
        """Add attendances (id, session, membership) and take those of ``gone`` memberships away."""
        if gone:
            query = select(study_attendance.c.id, study_attendance.c.membership_id).where(
                study_attendance.c.session_id == session_id
            )
            self._work.erase(study_attendance, [r["id"] for r in self._work.rows(query) if r["membership_id"] in gone])
        self._work.insert(study_attendance, [{"id": i, "session_id": s, "membership_id": m} for i, s, m in rows])

    def outsiders(self, campaign_id: str, until: date = date.max) -> int:
        """Members who came to a session up to a day and are not on the frozen list: persons, each once."""
        listed = select(study_eligible.c.membership_id).where(study_eligible.c.campaign_id == campaign_id)
        query = (
            select(func.count(func.distinct(study_attendance.c.membership_id)))
            .join(study_session, study_session.c.id == study_attendance.c.session_id)
            .where(
                study_session.c.campaign_id == campaign_id,
                _held_by(until),
                study_session.c.deleted_on.is_(None),
                study_attendance.c.deleted_on.is_(None),
                study_attendance.c.membership_id.not_in(listed),
            )
        )
        return int(self._work.value(query) or 0)

    def headcounts(self, session_ids: Sequence[str]) -> tuple[StudyHeadcount, ...]:
        """Head-counts of sessions."""
        query = select(study_headcount).where(
            study_headcount.c.session_id.in_(session_ids), study_headcount.c.deleted_on.is_(None)
        )
        return from_rows(StudyHeadcount, self._work.rows(query))

    def put_headcount(self, head: StudyHeadcount) -> None:
        """A group's head-count at a session; the one before is replaced."""
        self._work.put(study_headcount, [to_row(head)])


def _held_by(until: date) -> ColumnElement[bool]:
    """A session without a day counts always: books of older versions have them."""
    return or_(study_session.c.held_on.is_(None), study_session.c.held_on <= until)


def _without_id(record: StudyCampaign) -> dict[str, object]:
    return {k: v for k, v in to_row(record).items() if k != "id"}


def _session_row(session: StudySession) -> dict[str, object]:
    """The first branch and the others have columns of their own: books of older schemas know only the first."""
    row = to_row(session)
    first, *further = row.pop("branches") or [None]
    return {**row, "branch_id": first, "further_branches": further}


def _session(row: Mapping[Any, Any]) -> StudySession:
    return from_row(StudySession, {**row, "branches": branches_of(row["branch_id"], row["further_branches"])})


def branches_of(first: str | None, further: Sequence[str]) -> tuple[str, ...]:
    """The branches of a session from its two columns; none for the whole commune."""
    return () if first is None else (first, *further)
