"""One household becomes two, two become one: each looked at before, each one act."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sochihoi.domain.households import HouseholdGroup, NobodyMoves, NobodyStays, Relation, SameHousehold
from sochihoi.domain.member_lists import ResidentRow
from sochihoi.domain.members import HOUSEHOLD_PREFIX, Household, Person, made_code
from sochihoi.domain.vietnamese import nfc

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work


@dataclass(frozen=True, slots=True)
class Shape:
    """A household as it would be. ``size``: people living there as far as anyone counted."""

    household: Household
    head: str
    residents: tuple[ResidentRow, ...]

    @property
    def members(self) -> int:
        """How many of those entered are members."""
        return sum(one.membership_id is not None for one in self.residents)

    @property
    def size(self) -> int | None:
        """As counted, else as many as are entered."""
        return max(self.household.residents or 0, len(self.residents)) or None


@dataclass(frozen=True, slots=True)
class Parting:
    """How a household is parted: who goes into the new one, its head and address, and who heads the old one then."""

    going: tuple[str, ...]
    new_head: str | None = None
    address: str = ""
    old_head: str | None = None


class HouseholdShapes:
    """Parting and joining households."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def split_preview(self, household_id: str, how: Parting) -> tuple[Shape, Shape]:
        """The old household and the new one as they would be. Raises ``NobodyMoves``, ``NobodyStays``, ``NotFound``."""
        with self._office.read() as work:
            return self._parted(work, household_id, how, "", "")

    def split(self, household_id: str, how: Parting) -> str:
        """Do it; registrations and assessments stay with the old household. The new one's id. As ``split_preview``."""
        with self._office.write("household.split") as work:
            code = made_code(HOUSEHOLD_PREFIX, work.households.highest_code() + 1)
            old, new = self._parted(work, household_id, how, self._office.new_id(), code)
            work.households.add([new.household])
            work.households.save(old.household)
            self._live(work, (old, new))
            return new.household.id

    def merge_preview(self, kept_id: str, gone_id: str) -> Shape:
        """The household that the two become. Raises ``SameHousehold``, ``NotFound``."""
        with self._office.read() as work:
            return self._joined(work, kept_id, gone_id)

    def merge(self, kept_id: str, gone_id: str) -> None:
        """Everyone lives in the kept one; what the other was registered and assessed for goes over where the kept one
        has nothing of that year and round. As ``merge_preview``."""
        from sochihoi.storage import household_forwarding

        with self._office.write("household.merge") as work:
            joined = self._joined(work, kept_id, gone_id)
            work.households.save(joined.household)
            self._live(work, (joined,))
            self._take_along(work, kept_id, gone_id)
            self._move_campaign(work, kept_id, gone_id)
            household_forwarding.name_kept(work, kept_id)
            work.households.remove(gone_id, self._office.today)

    # ------------------------------------------------------------------ inside

    def _parted(self, work: Work, household_id: str, how: Parting, new_id: str, code: str) -> tuple[Shape, Shape]:
        record = work.households.get(household_id)
        living = work.households.residents(household_id, self._office.today)
        going = [one for one in living if one.person_id in how.going]
        staying = [one for one in living if one.person_id not in how.going]
        if not going:
            raise NobodyMoves(record.code)
        if not staying and record.head_id is not None:
            raise NobodyStays(record.code)
        row = work.households.row(household_id, self._office.today)
        before = row.head if row is not None else record.head_name
        old = _under(replace(record, residents=_fewer(record.residents, going, staying)), staying, how.old_head, before)
        new = Household(
            new_id,
            code,
            record.branch_id,
            address=nfc(how.address) or record.address,
            household_group=record.household_group,
        )
        head = how.new_head if how.new_head in {one.person_id for one in going} else going[0].person_id
        return old, _under(new, going, head, "")

    def _joined(self, work: Work, kept_id: str, gone_id: str) -> Shape:
        if kept_id == gone_id:
            raise SameHousehold(work.households.get(kept_id).code)
        kept, gone = work.households.get(kept_id), work.households.get(gone_id)
        today = self._office.today
        living = (*work.households.residents(kept_id, today), *work.households.residents(gone_id, today))
        record = _together(kept, gone, len(living))
        mine = {one.person_id for one in work.households.residents(kept_id, today)}
        people = [one if one.person_id in mine else replace(one, relation=None) for one in living]
        row = work.households.row(kept_id, today)
        return Shape(record, row.head if row is not None else record.head_name, tuple(people))

    def _live(self, work: Work, shapes: Iterable[Shape]) -> None:
        told = {one.person_id: (shape.household.id, one.relation) for shape in shapes for one in shape.residents}
        changed: list[Person] = []
        for person_id, who in work.people.people(told).items():
            home, relation = told[person_id]
            changed.append(
                replace(who, household_id=home, relation_to_head=relation.name if relation is not None else "")
            )
        work.people.save(changed)

    def _take_along(self, work: Work, kept_id: str, gone_id: str) -> None:
        """Who lived there before she died: figures of those days find her where the others are."""
        from sochihoi.storage import merging

        ids = [row["id"] for row in merging.residents(work, [gone_id])]
        work.people.save([replace(one, household_id=kept_id) for one in work.people.people(ids).values()])

    def _move_campaign(self, work: Work, kept_id: str, gone_id: str) -> None:
        from sochihoi.storage import merging

        keys = {"household_registration": ("year",), "assessment": ("year", "set_code", "round")}
        for table, key in keys.items():
            rows = merging.rows_of_household(work, table, (kept_id, gone_id))
            there = {tuple(r[k] for k in key) for r in rows if r["household_id"] == kept_id}
            changes: dict[str, dict[str, Any]] = {}
            for row in rows:
                of = tuple(row[k] for k in key)
                if row["household_id"] == gone_id and row["deleted_on"] is None and of not in there:
                    there.add(of)
                    changes[row["id"]] = {"household_id": kept_id}
            merging.change(work, table, changes)


def _fewer(counted: int | None, going: Sequence[ResidentRow], staying: Sequence[ResidentRow]) -> int | None:
    return None if counted is None else max(counted - len(going), len(staying))


def _under(record: Household, people: Sequence[ResidentRow], head_id: str | None, before: str) -> Shape:
    """A household under a head: the one named, else the one it has if she stays, else the name that it had."""
    ids = {one.person_id: one for one in people}
    head_id = head_id if head_id in ids else record.head_id if record.head_id in ids else None
    if head_id is None:
        return Shape(replace(record, head_id=None, head_name=record.head_name or before), before, tuple(people))
    changed = record.head_id != head_id
    told = []
    for one in people:
        relation = one.relation if not changed else None  # what they were to the old head says nothing of the new one
        told.append(replace(one, relation=Relation.HEAD if one.person_id == head_id else relation))
    return Shape(replace(record, head_id=head_id, head_name=""), ids[head_id].full_name, tuple(told))


def _together(kept: Household, gone: Household, entered: int) -> Household:
    """What two households become: the kept one's head and address, what it does not say from the other, the people of
    both. ``entered``: residents of both who are entered."""
    counted = None
    if kept.residents is not None or gone.residents is not None:
        counted = max((kept.residents or 0) + (gone.residents or 0), entered)
    told = [note for note in (kept.note, gone.note) if note]
    return replace(
        kept,
        residents=counted,
        address=kept.address or gone.address,
        phone=kept.phone or gone.phone,
        household_group=gone.household_group if kept.household_group is HouseholdGroup.NONE else kept.household_group,
        note="\n".join(dict.fromkeys(told)),
    )
