"""The households of the book as a list of households is held beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochihoi.domain.members import clean_phones
from sochihoi.domain.vietnamese import fold, match_key
from sochihoi.intake.home_list import HomeField, HomeRow, people_in
from sochihoi.services.import_places import branch_key, branches_by_key

if TYPE_CHECKING:
    from sochihoi.domain.members import Household
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work


class HomeBook:
    """The households of the book with their people, as they are now."""

    def __init__(self, office: Office, work: Work) -> None:
        today = self.today = office.today
        self.new_id = office.new_id
        self.homes = {h.code: h for h in work.households.all()}
        self.codes = work.households.codes()
        self.rows = {r.id: r for r in work.households.rows(today)}
        self.living = work.households.living(today)
        members = work.people.rows(today)
        self.members = {m.code: m for m in members}
        self.code_of = {m.person_id: m.code for m in members}
        self.named: dict[tuple[str, str], list[str]] = {}
        for m in members:
            self.named.setdefault((m.branch_id, fold(m.full_name)), []).append(m.code)
        self.others = {p.person_id: p for p in work.people.without_membership(today)}
        everyone = {*self.others, *(r.person_id for rows in self.living.values() for r in rows)}
        self.people = work.people.people(everyone)
        self.units = {u.id: u.name for u in work.units.all()}
        self.branches = branches_by_key(work.units.all(), today)
        self.by_head = {h.head_id: h for h in self.homes.values() if h.head_id is not None}
        self.by_place = {self._place(r.branch, r.head, r.address): self.homes[r.code] for r in self.rows.values()}

    def _place(self, branch: str, head: str, address: str) -> tuple[str, str, str]:
        return branch_key(branch), fold(head), match_key(address)

    def place(self, row: HomeRow) -> tuple[str, str, str]:
        """What tells a household without a code."""
        return self._place(row.says(HomeField.BRANCH), row.says(HomeField.HEAD), row.says(HomeField.ADDRESS))

    def find(self, row: HomeRow) -> Household | None:
        """By its code, else by the member who heads it, else by branch, head and address."""
        if (found := self.homes.get(row.says(HomeField.CODE).upper())) is not None:
            return found
        head = self.members.get(row.says(HomeField.HEAD_CODE).upper())
        if head is not None and head.person_id in self.by_head:
            return self.by_head[head.person_id]
        return self.by_place.get(self.place(row))

    def is_it(self, home: Household, row: HomeRow) -> bool:
        """A code alone may be that of another commune: the head, the address, the phone or a member must be hers."""
        mine = self.rows[home.id]
        if fold(row.says(HomeField.HEAD)) == fold(mine.head):
            return True
        if home.head_id is not None and row.says(HomeField.HEAD_CODE).upper() == self.code_of.get(home.head_id):
            return True
        said, phone = row.says(HomeField.ADDRESS), row.says(HomeField.PHONE)
        if (said and match_key(said) == match_key(home.address)) or (phone and clean_phones(phone) == home.phone):
            return True
        codes = {one.code for one in people_in(row.says(HomeField.MEMBERS), self.today)}
        return any(one.code and one.code in codes for one in self.living.get(home.id, ()))
