"""What an officer does with households: enter, correct, say who lives there and who is the head."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from sochihoi.domain.errors import FieldProblem
from sochihoi.domain.households import HouseholdGroup, Relation, Resident, check_residents
from sochihoi.domain.member_lists import HouseholdRow, MemberRow, ResidentRow
from sochihoi.domain.members import (
    HOUSEHOLD_PREFIX,
    Household,
    MemberDetails,
    clean,
    clean_phones,
    made_code,
    person_of,
)
from sochihoi.domain.vietnamese import nfc, nfc_lines

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.storage.journal import Entry
    from sochihoi.storage.work import Work


@dataclass(frozen=True, slots=True)
class HouseholdDetails:
    """What an officer enters of a household. The head is a person that is entered, or a plain name."""

    branch_id: str
    head_name: str = ""
    head_id: str | None = None
    address: str = ""
    household_group: HouseholdGroup = HouseholdGroup.NONE
    residents: int | None = None
    phone: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class HouseholdDetail:
    """One household and who lives there; ``gone_codes`` are those of households that went into it."""

    row: HouseholdRow
    household: Household
    residents: tuple[ResidentRow, ...]
    gone_codes: tuple[str, ...] = ()


class HouseholdService:
    """Households."""

    def __init__(self, office: Office) -> None:
        self._office = office

    # ------------------------------------------------------------------ reading

    def rows(self, on: date | None = None) -> list[HouseholdRow]:
        """Every household, by branch and head."""
        with self._office.read() as work:
            return work.households.rows(on or self._office.today)

    def without_member(self) -> list[HouseholdRow]:
        """Households in which no member lives today."""
        return [row for row in self.rows() if not row.members]

    def over_branches(self) -> dict[str, tuple[str, ...]]:
        """Households whose members are not all of its branch: by id, the names of every branch concerned."""
        with self._office.read() as work:
            return work.households.over_branches(self._office.today)

    def members_without(self) -> list[MemberRow]:
        """Current members whose household is not entered."""
        with self._office.read() as work:
            return [row for row in work.people.rows(self._office.today) if row.household_id is None]

    def detail(self, household_id: str) -> HouseholdDetail:
        """A household that was merged into another one forwards there. Raises ``NotFound``."""
        from sochihoi.storage.household_forwarding import forwarded, gone_codes

        with self._office.read() as work:
            household_id = forwarded(work, household_id)
            record = work.households.get(household_id)
            row = work.households.row(household_id, self._office.today)
            assert row is not None  # noqa: S101 - its branch is a foreign key
            living = work.households.residents(household_id, self._office.today)
            return HouseholdDetail(row, record, living, gone_codes(work, household_id))

    def by_code(self, code: str) -> Household | None:
        """The household of a printed code, also of one that was merged into another."""
        from sochihoi.storage.household_forwarding import by_code

        with self._office.read() as work:
            found = by_code(work, code.strip().upper())
            return None if found is None else work.households.get(found)

    def history(self, household_id: str) -> tuple[Entry, ...]:
        """What was done with it, newest first."""
        return self._office.history.of_records((household_id,))

    # ------------------------------------------------------------------ entering and correcting

    def add(self, details: HouseholdDetails, residents: Iterable[tuple[str, Relation | None]] = ()) -> str:
        """A new household, perhaps with persons who live there. Its id. Raises ``FieldProblem``, ``SeveralHeads``."""
        return self.add_many([(details, tuple(residents))])[0]

    def add_many(
        self, new: Sequence[tuple[HouseholdDetails, Sequence[tuple[str, Relation | None]]]]
    ) -> tuple[str, ...]:
        """Several households in one act; as ``add``."""
        with self._office.write("household.add") as work:
            number = work.households.highest_code()
            made, living = [], {}
            for details, residents in new:
                number += 1
                code = made_code(HOUSEHOLD_PREFIX, number)
                one = _with_head(_household(details, self._office.new_id(), code), residents)
                made.append(one)
                living[one.id] = residents
            work.households.add(made)
            self._settle(work, living)
            return tuple(h.id for h in made)

    def edit(self, household_id: str, details: HouseholdDetails) -> None:
        """Correct it. Raises ``FieldProblem``, ``NotFound``."""
        with self._office.write("household.edit") as work:
            before = work.households.get(household_id)
            after = _household(details, household_id, before.code)
            work.households.save(after)
            if after.head_id is not None and after.head_id != before.head_id:
                self._make_head(work, household_id, after.head_id)

    def set_residents(
        self,
        household_id: str,
        residents: Sequence[tuple[str, Relation | None]],
        new: Sequence[tuple[MemberDetails, Relation | None]] = (),
    ) -> None:
        """Exactly these persons live there; one who is named head becomes the household's head. ``new`` are residents
        who were not entered yet: they become persons, not members.

        Raises ``ResidentTwice``, ``SeveralHeads``, ``FieldProblem``, ``NotFound``.
        """
        with self._office.write("household.residents") as work:
            made = [(person_of(clean(details), self._office.new_id()), relation) for details, relation in new]
            work.people.add([person for person, _relation in made])
            residents = [*residents, *((person.id, relation) for person, relation in made)]
            record = work.households.get(household_id)
            staying = {person_id for person_id, _relation in residents}
            before = work.households.residents(household_id, self._office.today)
            people = work.people.people(r.person_id for r in before if r.person_id not in staying)
            work.people.save([replace(p, household_id=None, relation_to_head="") for p in people.values()])
            self._settle(work, {household_id: residents})
            changed = _with_head(replace(record, head_id=None), residents)
            if changed.head_id is None and record.head_id in staying:
                changed = replace(changed, head_id=record.head_id)
            if changed.head_id is None and record.head_id is not None and not changed.head_name:
                # the head who moved out stays known by name until another is named
                changed = replace(changed, head_name=work.people.person(record.head_id).full_name)
            work.households.save(changed)

    def set_group(self, household_ids: Sequence[str], group: HouseholdGroup) -> None:
        """The commune recognised households as poor, near poor…, or as none of these."""
        with self._office.write("household.group") as work:
            for record in work.households.many(household_ids).values():
                work.households.save(replace(record, household_group=group))

    def make_for(self, membership_ids: Sequence[str]) -> tuple[str, ...]:
        """A household for each of these members who has none, with her as the only resident entered, at her address
        and in her branch. The new ids. Nothing is guessed about who lives with whom."""
        without = {row.membership_id: row for row in self.members_without()}
        rows = [without[i] for i in membership_ids if i in without]
        new: list[tuple[HouseholdDetails, Sequence[tuple[str, Relation | None]]]] = [
            (
                HouseholdDetails(
                    row.branch_id, address=row.address, household_group=row.household_group, head_name=row.full_name
                ),
                [(row.person_id, None)],
            )
            for row in rows
        ]
        return self.add_many(new) if new else ()

    def remove(self, household_id: str) -> None:
        """Take a household off the lists; its residents stay as persons without one."""
        with self._office.write("household.remove") as work:
            people = work.people.people(
                r.person_id for r in work.households.residents(household_id, self._office.today)
            )
            work.people.save([replace(p, household_id=None, relation_to_head="") for p in people.values()])
            work.households.remove(household_id, self._office.today)

    # ------------------------------------------------------------------ inside

    def _settle(self, work: Work, living: dict[str, Sequence[tuple[str, Relation | None]]]) -> None:
        known = work.people.people(person_id for residents in living.values() for person_id, _relation in residents)
        changed = []
        for household_id, residents in living.items():
            check_residents([Resident(i, relation or Relation.OTHER) for i, relation in residents])
            for person_id, relation in residents:
                changed.append(
                    replace(
                        known[person_id],
                        household_id=household_id,
                        relation_to_head=relation.name if relation is not None else "",
                    )
                )
        work.people.save(changed)

    def _make_head(self, work: Work, household_id: str, head_id: str) -> None:
        residents = work.households.residents(household_id, self._office.today)
        people = work.people.people({*(r.person_id for r in residents if r.relation is Relation.HEAD), head_id})
        changed = [replace(p, relation_to_head="") for i, p in people.items() if i != head_id]
        head = replace(people[head_id], household_id=household_id, relation_to_head=Relation.HEAD.name)
        work.people.save([*changed, head])


def _household(details: HouseholdDetails, household_id: str, code: str) -> Household:
    if details.residents is not None and details.residents < 0:
        raise FieldProblem("residents", "NEGATIVE", str(details.residents))
    if not nfc(details.head_name) and details.head_id is None:
        raise FieldProblem("head_name", "EMPTY")
    return Household(
        household_id,
        code,
        details.branch_id,
        nfc(details.head_name) if details.head_id is None else "",
        details.head_id,
        nfc(details.address),
        details.household_group,
        details.residents,
        clean_phones(details.phone),
        nfc_lines(details.note),
    )


def _with_head(record: Household, residents: Iterable[tuple[str, Relation | None]]) -> Household:
    head = next((person_id for person_id, relation in residents if relation is Relation.HEAD), None)
    return record if head is None else replace(record, head_id=head, head_name="")
