"""What is known of members: the list, one member whole, her history, who may be the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sochihoi.domain.access import WATCHED, Look
from sochihoi.domain.member_lists import Likeness, MemberRow, Participation, PersonRow, Search
from sochihoi.domain.members import MemberDetails, Membership, Person, Placement, Position, details_of
from sochihoi.domain.people import LeaveReason
from sochihoi.domain.vietnamese import fold

if TYPE_CHECKING:
    from sochihoi.domain.members import Household
    from sochihoi.services.office import Office
    from sochihoi.storage.journal import Entry


@dataclass(frozen=True, slots=True)
class MemberDetail:
    """Everything about one member, for the panel at the right. ``row`` is her line of the list; ``gone_codes`` are
    those of entries that went into hers."""

    row: MemberRow
    person: Person
    membership: Membership
    placements: tuple[Placement, ...]
    positions: tuple[Position, ...]
    household: Household | None
    household_head: str
    household_size: int | None
    participation: Participation
    gone_codes: tuple[str, ...] = ()


class PeopleReading:
    """The reading half of ``PeopleService``."""

    def __init__(self, office: Office) -> None:
        self._office = office

    # ------------------------------------------------------------------ reading

    def rows(self, status: str = "CURRENT", on: date | None = None) -> list[MemberRow]:
        """The list of a day (today unless said): ``CURRENT``, ``LEFT`` or ``ALL``; by given name, Vietnamese order."""
        with self._office.read() as work:
            return work.people.rows(on or self._office.today, status)

    def row(self, membership_id: str) -> MemberRow | None:
        """One line of the list."""
        with self._office.read() as work:
            return work.people.row(membership_id, self._office.today)

    def found(self, text: str = "", status: str = "CURRENT") -> list[MemberRow]:
        """The list without those whom a search does not find; by code, as members were entered."""
        search = Search.of(text)
        rows = [
            m
            for m in self.rows(status)
            if search.finds(m.search_key, m.phone, fold(m.code), ids=(m.national_id, m.old_id))
        ]
        return sorted(rows, key=lambda m: m.code)

    def export_records(self, text: str = "") -> list[dict[str, Any]]:
        """Current members with full values, as other programs read them; logged as an export.

        ``code`` and the keys of an intake record; dates YYYY-MM-DD, ``birth_date`` absent unless the day is known.
        """
        rows = self.found(text)
        self.note_export(len(rows), "json", WATCHED)
        return [_record(row) for row in rows]

    def note_export(self, count: int, form: str, fields: Iterable[str] = ()) -> None:
        """Write into the journal that a list of members left the program: how many, in which form, with which of the
        fields whose showing is watched."""
        self._office.privacy.access.left(Look.MEMBERS, count, form, fields=fields)

    def others(self) -> tuple[PersonRow, ...]:
        """Persons who are no members today."""
        with self._office.read() as work:
            return work.people.without_membership(self._office.today)

    def person(self, person_id: str) -> Person:
        """Someone known; who was merged into another entry is that one. Raises ``NotFound``."""
        from sochihoi.storage.merging import forwarded

        with self._office.read() as work:
            return work.people.person(forwarded(work, person_id))

    def membership_ids(self, person_id: str) -> tuple[str, ...]:
        """Her memberships, the newest first."""
        with self._office.read() as work:
            return tuple(m.id for m in work.people.memberships_of(person_id))

    def by_code(self, code: str) -> Membership | None:
        """The membership of a printed code, also of one whose entry went into another."""
        from sochihoi.storage.merging import by_gone_code

        with self._office.read() as work:
            found = work.people.by_code(code)
            if found is None and (now := by_gone_code(work, code.strip().upper())) is not None:
                found = work.people.membership(now)
            return found

    def detail(self, membership_id: str, year: int | None = None) -> MemberDetail:
        """Profile, stays, positions, household, and what she took part in that year. An entry that was merged into
        another one forwards there. Raises ``NotFound``."""
        from sochihoi.storage.merging import forwarded_membership, gone_codes

        with self._office.read() as work:
            membership_id = forwarded_membership(work, membership_id)
            member = work.people.membership(membership_id)
            person = work.people.person(member.person_id)
            row = work.people.row(membership_id, self._office.today)
            if row is None:  # entered with a day that is still to come
                row = work.people.row(membership_id, member.registered_on or self._office.today)
            assert row is not None  # noqa: S101 - a membership always has a placement
            household = line = None
            died = member.left_reason is LeaveReason.DECEASED
            if person.household_id is not None and not died:
                household = work.households.get(person.household_id)
                line = work.households.row(household.id, self._office.today)
            return MemberDetail(
                row,
                person,
                member,
                work.people.placements_of([membership_id]),
                work.people.positions_of([membership_id]),
                household,
                line.head if line is not None else "",
                line.size if line is not None else None,
                work.people.participation(membership_id, year or self._office.today.year),
                gone_codes(work, member.person_id),
            )

    def details(self, membership_id: str) -> MemberDetails:
        """What a form shows of her. Raises ``NotFound``."""
        with self._office.read() as work:
            member = work.people.membership(membership_id)
            return details_of(work.people.person(member.person_id), member)

    def history(self, membership_id: str) -> tuple[Entry, ...]:
        """What was done with her, her memberships, stays, positions and consents, newest first."""
        from sochihoi.storage.belonging import parts_of

        with self._office.read() as work:
            person_id = work.people.membership(membership_id).person_id
            members = [m.id for m in work.people.memberships_of(person_id)]
            stays = [p.id for p in work.people.placements_of(members)]
            held = [p.id for p in work.people.positions_of(members)]
            parts = parts_of(work, "person", person_id)
        return self._office.history.of_records((person_id, *members, *stays, *held, *parts))

    def alike(self, details: MemberDetails, but_person: str | None = None) -> tuple[Likeness, ...]:
        """Who may be the same, the likeliest first. A warning, never a refusal."""
        return self._office.duplicates.like(details, but_person)


def _record(row: MemberRow) -> dict[str, Any]:
    from sochihoi.intake.draft import group_label

    exact = row.birth.exact() if row.birth is not None else None
    return {
        "code": row.code,
        "name": row.full_name,
        "birth_year": row.birth_year,
        "birth_date": exact.isoformat() if exact is not None else None,
        "national_id": row.national_id,
        "ethnicity": row.ethnicity,
        "religion": row.religion,
        "address": row.address,
        "phone": row.phone,
        "branch": row.branch,
        "cell": row.cell,
        "joined": str(row.joined) if row.joined is not None else None,
        "party": row.party_member,
        "household_group": group_label(row.household_group),
        "bhyt": row.health_insurance,
    }
