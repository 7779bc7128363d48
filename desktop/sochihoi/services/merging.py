"""Two entries of one woman made one, with what moves said before; and the way back at any later time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from sochihoi.domain.member_lists import Entry
from sochihoi.domain.members import Membership, details_of, membership_of, person_of
from sochihoi.domain.merging import (
    PLACE,
    Choice,
    Folding,
    NotMerged,
    SameEntry,
    Side,
    choices,
    chosen,
    fold_memberships,
    stronger,
)
from sochihoi.domain.people import PositionTitle

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.storage.merging import Belongings, Row
    from sochihoi.storage.work import Work

MERGE = "person.merge"


@dataclass(frozen=True, slots=True)
class Moves:
    """What goes over to the entry that is kept. ``both``: meetings on whose roster both stand, counted once then."""

    memberships: int
    meetings: int
    both: int
    sessions: int
    campaigns: int
    positions: tuple[tuple[PositionTitle, str], ...]  # title, unit id
    households: tuple[str, ...]  # codes of those that she heads
    consents: int


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What a merge would do. ``choices`` are the fields in which the two differ."""

    kept: Entry
    gone: Entry
    choices: tuple[Choice, ...]
    moves: Moves
    folding: Folding


@dataclass(frozen=True, slots=True)
class Merged:
    """An entry that went into another one."""

    person_id: str
    full_name: str
    into: Entry
    on: date | None


class Merging:
    """Merging entries of persons."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def plan(self, kept_id: str, gone_id: str) -> MergePlan:
        """What a merge would do; nothing is written. Raises ``SameEntry``, ``NotFound``."""
        from sochihoi.storage import likeness

        with self._office.read() as work:
            entries = likeness.entries(work, (kept_id, gone_id))
            kept, gone, folding = self._both(work, kept_id, gone_id)
            differing = choices(kept[1], gone[1], membership=bool(folding.into))
            places = _places(work, folding, gone_id)
            if places is not None:
                differing += (Choice(PLACE, *places, Side.KEPT),)
            moves = _moves(work, gone_id, folding)
            return MergePlan(entries[kept_id], entries[gone_id], differing, moves, folding)

    def merge(self, kept_id: str, gone_id: str, picks: Mapping[str, Side]) -> str:
        """One act: the fields as chosen (the proposal where ``picks`` says nothing), everything over, the other entry
        forwards. The batch. Figures of closed months stand as they were frozen. Raises ``SameEntry``, ``NotFound``.
        """
        from sochihoi.storage import merging

        plan = self.plan(kept_id, gone_id)
        sides = {one.field: one.side for one in plan.choices} | dict(picks)
        with self._office.write(MERGE) as work:
            kept, gone, folding = self._both(work, kept_id, gone_id)
            told = chosen(kept[1], gone[1], sides)
            work.people.save(
                [
                    person_of(told, kept[0]),
                    replace(gone[0], merged_into=kept_id),
                ]
            )
            self._memberships(work, folding, told if folding.into else None)
            self._move_rows(work, folding, sides.get(PLACE, Side.KEPT), gone_id)
            agreed = {row["id"]: {"person_id": kept_id} for row in merging.consents(work, gone_id)}
            merging.change(work, "consent", agreed)
            self._households(work, gone[0].full_name, kept_id, gone_id, told.household_id)
            self._remove(work, gone_id, folding)
            return work.batch

    def undo(self, gone_id: str) -> None:
        """The entry stands by itself again, at any later time: what moved goes back, what was corrected since stays.

        Raises ``NotMerged``, ``NotFound``.
        """
        from sochihoi.storage import merging

        with self._office.read() as work:
            row = work.people.person(gone_id)
            batch = merging.batch_of(work, gone_id, MERGE) if row.merged_into is not None else None
        if batch is None:
            raise NotMerged(row.full_name)
        self._office.history.take_apart(batch)

    def merged(self) -> tuple[Merged, ...]:
        """The entries that went into another one, the newest first."""
        from sochihoi.storage import likeness, merging

        with self._office.read() as work:
            rows = merging.merged(work)
            now = {row["id"]: merging.forwarded(work, row["id"]) for row in rows}
            entries = likeness.entries(work, set(now.values()))
        return tuple(Merged(row["id"], row["full_name"], entries[now[row["id"]]], row["deleted_on"]) for row in rows)

    # ------------------------------------------------------------------ inside

    def _both(self, work: Work, kept_id: str, gone_id: str) -> tuple[Any, Any, Folding]:
        """Person and details of each, and what becomes of their memberships."""
        kept, gone = work.people.person(kept_id), work.people.person(gone_id)
        if kept_id == gone_id or gone.merged_into is not None or kept.merged_into is not None:
            raise SameEntry(gone.full_name)
        theirs, hers = work.people.memberships_of(kept_id), work.people.memberships_of(gone_id)
        folding = fold_memberships(kept_id, theirs, hers)
        of_both = _beside_each_other(folding, theirs, hers)
        return (kept, details_of(kept, of_both[0])), (gone, details_of(gone, of_both[1])), folding

    def _memberships(self, work: Work, folding: Folding, told: Any) -> None:
        newest = list(folding.into.values())[-1:]
        stays = [membership_of(told, m) if told is not None and m.id in newest else m for m in folding.stays]
        work.people.save(memberships=stays)

    def _move_rows(self, work: Work, folding: Folding, place: Side, gone_id: str) -> None:
        from sochihoi.storage import merging

        closed = work.months.closed()
        hers = {m.id for m in work.people.memberships(folding.into).values() if m.person_id == gone_id}
        have = merging.belongings(work, [*folding.into, *set(folding.into.values())])
        into = folding.into
        pairs = _Pairs(into, closed, self._office.today)
        merging.change(work, "attendance", pairs.attendances(have.attendances))
        merging.change(work, "study_attendance", pairs.unique(have.study, "session_id"))
        merging.change(work, "study_eligible", pairs.unique(have.eligible, "campaign_id"))
        merging.change(work, "position", pairs.positions(have.positions))
        merging.change(work, "placement", _placements(have, folding, hers, place, self._office.today))

    def _households(self, work: Work, name: str, kept_id: str, gone_id: str, lives_in: str | None) -> None:
        """The head of a household is the kept entry; where that one lives elsewhere, the name alone stays."""
        from sochihoi.storage import merging

        for row in merging.headed(work, gone_id):
            home = work.households.get(row["id"])
            here = lives_in in (None, home.id)
            work.households.save(replace(home, head_id=kept_id if here else None, head_name="" if here else name))

    def _remove(self, work: Work, gone_id: str, folding: Folding) -> None:
        from sochihoi.storage import merging

        today = self._office.today
        merging.change(work, "membership", {i: {"deleted_on": today} for i in folding.into})
        merging.change(work, "person", {gone_id: {"deleted_on": today}})


def _moves(work: Work, gone_id: str, folding: Folding) -> Moves:
    from sochihoi.storage import merging

    hers = [m.id for m in work.people.memberships_of(gone_id)]
    have = merging.belongings(work, hers)
    survivors = set(folding.into.values())
    beside = merging.belongings(work, [*survivors, *folding.into])
    rosters: dict[str, int] = {}
    for row in beside.attendances:
        rosters[row["meeting_id"]] = rosters.get(row["meeting_id"], 0) + 1
    return Moves(
        len(hers),
        len(have.attendances),
        sum(count > 1 for count in rosters.values()),
        sum(row["deleted_on"] is None for row in have.study),
        sum(row["deleted_on"] is None for row in have.eligible),
        tuple((PositionTitle[row["title"]], row["unit_id"]) for row in have.positions),
        tuple(row["code"] for row in merging.headed(work, gone_id)),
        len(merging.consents(work, gone_id)),
    )


def _places(work: Work, folding: Folding, gone_id: str) -> tuple[str, str] | None:
    """The branches of the membership that stays and of the one that goes, where they differ: the kept entry's
    first."""
    if not folding.into:
        return None
    hers = {m.id for m in work.people.memberships_of(gone_id)}
    gone, stays = list(folding.into.items())[-1]
    kept_one, gone_one = (stays, gone) if gone in hers else (gone, stays)
    last = {p.membership_id: p.branch_id for p in work.people.placements_of([gone, stays])}
    pair = last.get(kept_one, ""), last.get(gone_one, "")
    return pair if pair[0] != pair[1] else None


def _beside_each_other(
    folding: Folding, kept: tuple[Membership, ...], gone: tuple[Membership, ...]
) -> tuple[Membership | None, Membership | None]:
    """The newest two memberships that become one, the kept entry's first."""
    theirs, hers = {m.id: m for m in kept}, {m.id: m for m in gone}
    for goes, stays in reversed(folding.into.items()):
        pair = (goes, stays) if goes in theirs else (stays, goes)
        if pair[0] in theirs and pair[1] in hers:
            return theirs[pair[0]], hers[pair[1]]
    return (kept[0] if kept else None), (gone[0] if gone else None)


class _Pairs:
    """Rows of two memberships that become one: a meeting has her once. In a closed month both rows stay as they are,
    so that nothing counted there changes."""

    def __init__(self, into: Mapping[str, str], closed: Mapping[str, date], today: date) -> None:
        self._into, self._closed, self._today = into, closed, today

    def _is_closed(self, row: Row) -> bool:
        day = row.get("held_on")
        return day is not None and f"{day.year:04}-{day.month:02}" in self._closed

    def attendances(self, rows: tuple[Row, ...]) -> dict[str, dict[str, Any]]:
        """The stronger mark stays on the row of the membership that stays."""
        there = {(r["meeting_id"], r["membership_id"]): r for r in rows if r["membership_id"] not in self._into}
        marks: dict[str, dict[str, Any]] = {}
        for row in rows:
            if row["membership_id"] not in self._into:
                continue
            stays = self._into[row["membership_id"]]
            other = there.get((row["meeting_id"], stays))
            if other is None:
                marks[row["id"]] = {"membership_id": stays}
                there[row["meeting_id"], stays] = row
            elif not self._is_closed(row):
                mark = marks.get(other["id"], {}).get("mark", other["mark"])
                marks[row["id"]] = {"deleted_on": self._today}
                marks.setdefault(other["id"], {})["mark"] = stronger((mark, row["mark"]))
        return marks

    def unique(self, rows: tuple[Row, ...], owner: str) -> dict[str, dict[str, Any]]:
        """One row for a session or a campaign; a deleted row of the one that stays lives again."""
        there = {(r[owner], r["membership_id"]): r for r in rows if r["membership_id"] not in self._into}
        changes: dict[str, dict[str, Any]] = {}
        for row in rows:
            if row["membership_id"] not in self._into or row["deleted_on"] is not None:
                continue
            stays = self._into[row["membership_id"]]
            other = there.get((row[owner], stays))
            if other is None:
                changes[row["id"]] = {"membership_id": stays}
                there[row[owner], stays] = row
            elif not self._is_closed(row):
                changes[row["id"]] = {"deleted_on": self._today}
                if other["deleted_on"] is not None:
                    changes[other["id"]] = {"deleted_on": None}
        return changes

    def positions(self, rows: tuple[Row, ...]) -> dict[str, dict[str, Any]]:
        """A position that both have from the same day stays once."""
        there = {_office_of(r, r["membership_id"]) for r in rows if r["membership_id"] not in self._into}
        changes: dict[str, dict[str, Any]] = {}
        for row in rows:
            if row["membership_id"] in self._into:
                stays = self._into[row["membership_id"]]
                twice = _office_of(row, stays) in there
                there.add(_office_of(row, stays))
                changes[row["id"]] = {"deleted_on": self._today} if twice else {"membership_id": stays}
        return changes


def _office_of(row: Row, member: str) -> tuple[Any, ...]:
    return member, row["title"], row["unit_id"], row["from_on"]


def _placements(
    have: Belongings, folding: Folding, hers: set[str], place: Side, today: date
) -> dict[str, dict[str, Any]]:
    """The stays of the side that was chosen; they begin when the membership does, so that no day is without one."""
    began = {m.id: m.registered_on for m in folding.stays}
    by: dict[str, list[Row]] = {}
    for row in have.placements:
        by.setdefault(row["membership_id"], []).append(row)
    changes: dict[str, dict[str, Any]] = {}
    for goes, stays in folding.into.items():
        wanted = (goes in hers) == (place is Side.GONE)
        mine, other = (by.get(goes, []), by.get(stays, [])) if wanted else (by.get(stays, []), by.get(goes, []))
        if not mine:
            mine, other = other, mine
        for row in other:
            changes.setdefault(row["id"], {})["deleted_on"] = today
        for row in mine:
            changes.setdefault(row["id"], {})["membership_id"] = stays
        first = mine[0] if mine else None
        since = began[stays]
        if first is not None and since is not None and (first["from_on"] or since) > since:
            changes.setdefault(first["id"], {})["from_on"] = since
        by[stays] = mine
    return changes
