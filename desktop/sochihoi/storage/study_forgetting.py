"""Old study without names: in each span of years every woman is another one, made up, who stands for nobody.

The rows of who came and of who ought to come are written anew, in no order, for women whom no list shows and who have
no more than the counts need: the branch on the days of the span. Which woman stood there is nowhere kept.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, func, or_, select

from sochihoi.domain.facts import PlacementFact
from sochihoi.domain.study import TargetGroup
from sochihoi.domain.study_forgetting import Forgotten, Grid, GroupKept, Years, spans
from sochihoi.domain.vietnamese import fold, sort_key
from sochihoi.storage.erasing import erase_values
from sochihoi.storage.schema import journal as journal_rows
from sochihoi.storage.schema import (
    membership,
    person,
    placement,
    study_attendance,
    study_eligible,
    study_session,
)
from sochihoi.storage.work import Row, Work

KEPT: Final = "study.forgotten/"  # the settings that say what is left of a campaign
Shuffle = Callable[[list[Any]], None]


@dataclass(frozen=True, slots=True)
class DueStudy:
    """What is due. ``campaigns`` of each span, ``sessions`` and ``marks`` of all of them."""

    campaigns: Mapping[Years, tuple[str, ...]]
    sessions: int
    marks: int


def stand_ins() -> Select[tuple[str]]:
    """The memberships that stand for nobody: no list shows them and they never had a code."""
    return select(membership.c.id).where(membership.c.code == "", membership.c.deleted_on.is_not(None))


def counted() -> Select[Any]:
    """Those of them that are women who count, with the person that they share: membership, person, from, to."""
    return (
        select(membership.c.id, membership.c.person_id, membership.c.registered_on, membership.c.left_on)
        .join(person, person.c.id == membership.c.person_id)
        .where(membership.c.id.in_(stand_ins()), person.c.anonymised_on.is_not(None))
        .order_by(membership.c.id)
    )


def stood() -> ColumnElement[bool]:
    """The condition that a stay counts where study is counted: also one of somebody who stands for nobody."""
    return or_(placement.c.deleted_on.is_(None), placement.c.membership_id.in_(stand_ins()))


def forgotten(work: Work) -> dict[str, Forgotten]:
    """What is left of each campaign whose names are gone."""
    return {key: Forgotten.read(told) for key, told in work.settings.below(KEPT).items()}


def due(work: Work, before: date) -> DueStudy:
    """What may be forgotten of spans that ended before a day: campaigns that name anybody."""
    years: dict[str, set[int]] = defaultdict(set)
    named = select(study_eligible.c.campaign_id).union(
        select(study_session.c.campaign_id).join(study_attendance, study_attendance.c.session_id == study_session.c.id)
    )
    query = select(study_session.c.campaign_id, study_session.c.held_on).where(
        study_session.c.held_on.is_not(None), study_session.c.campaign_id.in_(named)
    )
    for row in work.rows(query):
        years[row["campaign_id"]].add(row["held_on"].year)
    gone = forgotten(work)
    found: dict[Years, tuple[str, ...]] = {}
    for first, last in spans([sorted(those) for those in years.values()], before):
        own = tuple(sorted(key for key, those in years.items() if first <= min(those) <= last and key not in gone))
        if own:
            found[first, last] = own
    every = [key for own in found.values() for key in own]
    lines = (
        select(func.count(study_session.c.id.distinct()), func.count())
        .select_from(study_attendance.join(study_session, study_session.c.id == study_attendance.c.session_id))
        .where(study_session.c.campaign_id.in_(every))
    )
    sessions, marks = work.connection.execute(lines).one()
    return DueStudy(found, int(sessions), int(marks))


def forget(work: Work, told: DueStudy, *, name: str, new_id: Callable[[], str], shuffle: Shuffle, today: date) -> None:
    """Take the names out of all of it, and out of the journal; every count stays. ``name``: what is shown instead."""
    for years, campaigns in told.campaigns.items():
        span = _Span(work, years, campaigns)
        for campaign in campaigns:
            work.studies.keep_forgotten(campaign, span.kept(campaign))
        ids = span.replace(name, new_id, shuffle, today)
        erase_values(work, campaigns[0], span.past() - ids)


class _Span:
    """One span of years with its campaigns."""

    def __init__(self, work: Work, years: Years, campaigns: Collection[str]) -> None:
        self._work, self._years, self._campaigns = work, years, campaigns
        of_them = select(study_session).where(study_session.c.campaign_id.in_(campaigns))
        self._sessions: dict[str, Row] = {row["id"]: row for row in work.rows(of_them)}
        here = study_attendance.c.session_id.in_(of_them.with_only_columns(study_session.c.id))
        self._came = work.rows(select(study_attendance).where(here))
        self._listed = work.rows(select(study_eligible).where(study_eligible.c.campaign_id.in_(campaigns)))

    # ------------------------------------------------------------------ what is kept

    def kept(self, campaign_id: str) -> Forgotten:
        """The groups of a campaign, of the commune only: by branch they would name a head of a branch."""
        campaign = self._work.studies.get(campaign_id)
        first = self._first_days(campaign_id)
        sizes: Counter[TargetGroup] = Counter()
        days: dict[TargetGroup, Counter[date]] = defaultdict(Counter)
        for one in self._work.studies.eligible(campaign):
            for group in one.groups:
                sizes[group] += 1
                if one.membership_id in first:
                    days[group][first[one.membership_id]] += 1
        groups = {group: GroupKept(size, dict(days[group])) for group, size in sizes.items()}
        return Forgotten(self._years, groups)

    def _first_days(self, campaign_id: str) -> dict[str, date]:
        found: dict[str, date] = {}
        for row in self._came:
            session = self._sessions[row["session_id"]]
            alive = session["deleted_on"] is None and row["deleted_on"] is None
            if alive and session["campaign_id"] == campaign_id:
                key, day = row["membership_id"], session["held_on"] or date.min
                found[key] = min(found.get(key, day), day)
        return found

    # ------------------------------------------------------------------ who stands there now

    def replace(self, name: str, new_id: Callable[[], str], shuffle: Shuffle, today: date) -> set[tuple[str, str]]:
        """Write every row anew for somebody else; the new rows (noun, id)."""
        into = self._made_up(
            {row["membership_id"] for row in (*self._came, *self._listed)}, name, new_id, shuffle, today
        )
        made: set[tuple[str, str]] = set()
        for table, rows in ((study_eligible, self._listed), (study_attendance, self._came)):
            fresh: list[Row] = [{**row, "membership_id": into[row["membership_id"]]} for row in rows]
            shuffle(fresh)
            fresh = [{**row, "id": new_id()} for row in fresh]
            self._work.erase(table, [row["id"] for row in rows])
            self._work.insert(table, fresh)
            made |= {(table.name, row["id"]) for row in fresh}
        return made

    def _made_up(
        self, ids: set[str], name: str, new_id: Callable[[], str], shuffle: Shuffle, today: date
    ) -> dict[str, str]:
        """Membership -> the one that stands there: one person for each person, made in no order."""
        work, grid = (
            self._work,
            Grid(self._years, frozenset(s["held_on"] for s in self._sessions.values() if s["held_on"])),
        )
        real = work.by_id(membership, sorted(ids))
        # who left and came back counts once under both: the one that is on no list goes with her
        of_them = membership.c.person_id.in_({row["person_id"] for row in real.values()})
        real |= {row["id"]: row for row in work.rows(select(membership).where(of_them, membership.c.code != ""))}
        order = sorted(real)
        shuffle(order)
        lives = work.by_id(person, {row["person_id"] for row in real.values()})
        stays: dict[str, list[PlacementFact]] = defaultdict(list)
        for stay in work.people.placements_of(order):
            stays[stay.membership_id].append(PlacementFact(stay.branch_id, stay.from_on, stay.to_on))
        people: dict[str, Row] = {}
        made: dict[str, Row] = {}
        places: list[Row] = []
        for key in order:
            row = real[key]
            # an entry that was merged or taken off is an attendance and no person: so is who stands there for it
            counts = row["deleted_on"] is None and lives[row["person_id"]]["deleted_on"] is None
            who = row["person_id"] if counts else key
            if who not in people:
                people[who] = {
                    "id": new_id(),
                    "full_name": name,
                    "sort_key": sort_key(name),
                    "search_key": fold(name),
                    "anonymised_on": today if counts else None,
                    "deleted_on": today,
                }
            from_on, to_on = grid.membership(row["registered_on"], row["left_on"])
            mine = new_id()
            made[key] = {
                "id": mine,
                "code": "",
                "person_id": people[who]["id"],
                "registered_on": from_on,
                "left_on": to_on,
                "deleted_on": today,
            }
            places += [
                {
                    "id": new_id(),
                    "membership_id": mine,
                    "branch_id": one.branch,
                    "from_on": one.from_on,
                    "to_on": one.to_on,
                    "deleted_on": today,
                }
                for one in grid.stays(stays[key])
            ]
        work.insert(person, list(people.values()))
        work.insert(membership, list(made.values()))
        work.insert(placement, places)
        return {key: row["id"] for key, row in made.items()}

    def past(self) -> set[tuple[str, str]]:
        """Every row that ever stood on these lists (noun, id), also one that was taken away again."""
        nouns = ("study_attendance", "study_eligible")
        rows = self._work.rows(
            select(journal_rows.c.noun, journal_rows.c.record_id, journal_rows.c.before, journal_rows.c.after).where(
                journal_rows.c.noun.in_(nouns)
            )
        )
        ours = {*self._sessions, *self._campaigns}
        return {(row["noun"], row["record_id"]) for row in rows if ours & set(_links(row["before"], row["after"]))}


def _links(*texts: str | None) -> Iterable[str]:
    for told in texts:
        if told is not None:
            values = json.loads(told)
            yield from (values[key] for key in ("session_id", "campaign_id") if key in values)
