"""What the page of households shows: rows after the filters, counts, the words of the panel. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sochihoi.domain.households import HouseholdGroup
from sochihoi.domain.member_lists import HouseholdRow, MemberRow, PersonRow, ResidentRow, Search
from sochihoi.domain.people import age_on
from sochihoi.domain.vietnamese import fold
from sochihoi.i18n import _, ngettext, number
from sochihoi.ui.words import households as words
from sochihoi.ui.words.people import field_name, merged_words, phones

if TYPE_CHECKING:
    from sochihoi.services.households import HouseholdDetail
    from sochihoi.services.office import Office

NO_MEMBER, TWO_BRANCHES, NO_HEAD = "no_member", "two_branches", "no_head"
GROUPS = (HouseholdGroup.POOR, HouseholdGroup.NEAR_POOR, HouseholdGroup.POLICY, HouseholdGroup.HARDSHIP)

Fact = tuple[str, str] | tuple[str, str, str] | None


@dataclass(frozen=True, slots=True)
class Filters:
    """What the officer chose above the list. Several groups on: a household of any of them."""

    text: str = ""
    branch_id: str | None = None
    chips: frozenset[str] = frozenset()


class HouseholdsPresenter:
    """Reads both lists once and filters them in memory."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.rows: list[HouseholdRow] = []
        self.without: list[MemberRow] = []
        self.others: list[PersonRow] = []
        self.over: dict[str, tuple[str, ...]] = {}

    def load(self) -> None:
        """Read the households, the members whose household is not entered, and the persons who are no members."""
        self.rows = self.office.households.rows()
        self.over = self.office.households.over_branches()
        self.without = self.office.households.members_without()
        self.others = list(self.office.people.others())

    def visible(self, filters: Filters) -> list[HouseholdRow]:
        """The households that pass every filter."""
        search = Search.of(filters.text)
        groups = {group for group in GROUPS if group.name in filters.chips}
        return [
            row
            for row in self.rows
            if filters.branch_id in (None, row.branch_id)
            and (not groups or row.household_group in groups)
            and (NO_HEAD not in filters.chips or row.head_died)
            and (NO_MEMBER not in filters.chips or not row.members)
            and (TWO_BRANCHES not in filters.chips or row.id in self.over)
            and (not search.words or search.finds(row.search_key, row.phone, fold(row.code)))
        ]

    def visible_members(self, filters: Filters) -> list[MemberRow]:
        """The members without a household that pass the branch and the search."""
        search = Search.of(filters.text)
        return [
            row
            for row in self.without
            if filters.branch_id in (None, row.branch_id)
            and (not search.words or search.finds(row.search_key, row.phone, fold(row.code), fold(row.address)))
        ]

    def visible_others(self, filters: Filters) -> list[PersonRow]:
        """The persons who are no members that pass the search."""
        search = Search.of(filters.text)
        return [
            row
            for row in self.others
            if not search.words or search.finds(fold(row.full_name), row.phone, fold(row.address))
        ]

    def home_of(self, row: PersonRow) -> str:
        """The household in which a person lives: its head and code."""
        home = next((h for h in self.rows if h.id == row.household_id), None)
        return f"{home.head} · {home.code}" if home is not None else "—"

    def cells(self, branch_id: str | None) -> list[tuple[str, str]]:
        """Cells of a branch, with none first."""
        found = self.office.setup.cells(branch_id) if branch_id else ()
        return [("", _("No cell")), *((c.id, c.name) for c in found)]

    def count_without_member(self, branch_id: str | None) -> int:
        """Households in which no member lives."""
        return sum(not row.members for row in self.rows if branch_id in (None, row.branch_id))

    def count_headless(self, branch_id: str | None) -> int:
        """Households whose head has died."""
        return sum(row.head_died for row in self.rows if branch_id in (None, row.branch_id))

    def count_over(self, branch_id: str | None) -> int:
        """Households whose members are in two branches."""
        return sum(row.id in self.over for row in self.rows if branch_id in (None, row.branch_id))

    def branches(self) -> list[tuple[str | None, str]]:
        """Choices of the branch filter."""
        return [(None, _("All branches")), *((u.id, u.name) for u in self.office.setup.branches())]

    def no_match(self, filters: Filters) -> str:
        """Why the list is empty under these filters."""
        if filters.text.strip():
            return _("No household matches “{text}”.").format(text=filters.text.strip())
        return _("No household matches these filters.")

    def facts(self, told: HouseholdDetail) -> list[Fact]:
        """The tab "Hộ": label and value."""
        home = told.household
        group = words.group_name(home.household_group)
        facts: list[Fact] = [
            self._head(told),
            (field_name("address"), home.address or "—"),
            (field_name("phone"), phones(home.phone) or "—"),
            (field_name("household_group"), group or _("None of these"), "warn" if group else ""),
            (_("People"), words.people_words(told.row.size)),
            (_("Members"), number(told.row.members) if told.row.members else _("No member"), _tone(told.row.members)),
        ]
        if home.id in self.over:
            text = _("Its members are in more than one branch: {names}.").format(names=", ".join(self.over[home.id]))
            facts.insert(0, (_("Branch"), text, "warn"))
        if told.gone_codes:
            facts.insert(0, (_("Merged codes"), merged_words(told.gone_codes)))
        if home.note:
            facts.append((field_name("note"), home.note))
        facts += [None, (_("Who is entered"), "")]
        if not told.residents:
            facts.append(("—", _("Nobody is entered yet.")))
        facts += [(self._relation(one), self._resident(one)) for one in told.residents]
        return facts

    def _head(self, told: HouseholdDetail) -> Fact:
        if told.row.head_died:
            return (_("Head"), _("{name} has died. Choose another head.").format(name=told.row.head), "warn")
        return (_("Head"), told.row.head or "—")

    def _relation(self, one: ResidentRow) -> str:
        return words.relation_name(one.relation) if one.relation is not None else _("Relation not known")

    def _resident(self, one: ResidentRow) -> str:
        told = [one.full_name]
        if one.birth is not None:
            age = age_on(one.birth, self.office.today)
            told.append(ngettext("{count} year old", "{count} years old", age).format(count=age))
        if one.membership_id is not None:
            told.append(_("member {code}").format(code=one.code))
        return ", ".join(told)

    def noun(self, count: int) -> str:
        """What the footer counts."""
        return ngettext("household", "households", count)


def _tone(members: int) -> str:
    return "" if members else "warn"
