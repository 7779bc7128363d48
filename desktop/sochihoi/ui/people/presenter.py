"""What the page of members shows: rows after the filters, counts, the words of the panel. No Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from sochihoi.domain.member_lists import MemberRow, Participation, Search
from sochihoi.domain.people import age_on
from sochihoi.domain.vietnamese import fold
from sochihoi.i18n import _, ngettext, number, percent, short_date
from sochihoi.ui.words import households as household_words
from sochihoi.ui.words import intake as intake_words
from sochihoi.ui.words import people as words
from sochihoi.ui.words.reorganise import reason_words

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.services.people_reading import MemberDetail

CURRENT, LEFT, CORE, NO_BIRTH, REVIEW, PARTY = "current", "left", "core", "no_birth", "review", "party"
MOVING = "moving"

Fact = tuple[str, str] | tuple[str, str, str] | None
BadgeWords = tuple[str, str]  # text, tone


@dataclass(frozen=True, slots=True)
class Filters:
    """What the officer chose above the list."""

    text: str = ""
    branch_id: str | None = None
    chips: frozenset[str] = frozenset({CURRENT})


class PeoplePresenter:
    """Reads the list once and filters it in memory: typing never waits for the file."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.rows: list[MemberRow] = []

    # ------------------------------------------------------------------ the list

    def load(self) -> None:
        """Read everyone again, those who left too."""
        self.rows = self.office.people.rows("ALL")

    def is_left(self, row: MemberRow) -> bool:
        """Whether she is no member today."""
        return row.left_on is not None and row.left_on <= self.office.today

    def visible(self, filters: Filters) -> list[MemberRow]:
        """The rows that pass every filter, in Vietnamese order."""
        search = Search.of(filters.text)
        return [row for row in self.rows if self._passes(row, filters) and self._found(row, search)]

    def _found(self, row: MemberRow, search: Search) -> bool:
        return not search.words or search.finds(
            row.search_key, row.phone, fold(row.code), ids=(row.national_id, row.old_id)
        )

    def _passes(self, row: MemberRow, filters: Filters) -> bool:
        chips = filters.chips
        left = self.is_left(row)
        if filters.branch_id is not None and row.branch_id != filters.branch_id:
            return False
        if (CURRENT in chips) != (LEFT in chips) and left != (LEFT in chips):
            return False
        asked = {CORE: row.core_member, NO_BIRTH: row.birth is None, REVIEW: bool(row.review), PARTY: row.party_member}
        asked[MOVING] = row.is_moving
        return all(holds for name, holds in asked.items() if name in chips)

    def counts(self, branch_id: str | None = None) -> dict[str, int]:
        """How many current members lack a year of birth, and how many are to be looked at."""
        here = [r for r in self.rows if not self.is_left(r) and branch_id in (None, r.branch_id)]
        return {
            NO_BIRTH: sum(r.birth is None for r in here),
            REVIEW: sum(bool(r.review) for r in here),
            MOVING: sum(r.is_moving for r in here),
        }

    def branches(self) -> list[tuple[str | None, str]]:
        """Choices of the branch filter."""
        return [(None, _("All branches")), *((u.id, u.name) for u in self.office.setup.branches())]

    def noun(self, count: int, chips: Iterable[str]) -> str:
        """What the footer counts."""
        chosen = set(chips)
        if CURRENT in chosen and LEFT not in chosen:
            return ngettext("active member", "active members", count)
        if LEFT in chosen and CURRENT not in chosen:
            return ngettext("member who left", "members who left", count)
        return ngettext("member, active or not", "members, active or not", count)

    def no_match(self, filters: Filters) -> str:
        """Why the list is empty under these filters."""
        place = dict(self.branches()).get(filters.branch_id, "") if filters.branch_id else ""
        if filters.text.strip() and place:
            return _("No member matches “{text}” in {branch}.").format(text=filters.text.strip(), branch=place)
        if filters.text.strip():
            return _("No member matches “{text}”.").format(text=filters.text.strip())
        if place:
            return _("No member of {branch} matches these filters.").format(branch=place)
        return _("No member matches these filters.")

    def badges(self, row: MemberRow) -> list[BadgeWords]:
        """Position first, then what the row is marked with."""
        found: list[BadgeWords] = [(words.position_name(title), "none") for title in row.positions]
        if self.is_left(row) and row.left_on is not None:
            reason = words.leave_name(row.left_reason) if row.left_reason is not None else _("Left")
            found.insert(0, (f"{reason} {short_date(row.left_on)}", "warn"))
        if row.is_moving:
            found.insert(0, (_("On her way"), "info"))
        if row.review:
            found.insert(0, (_("Look at"), "warn"))
        if row.core_member:
            found.append((_("Core"), "info"))
        if row.honorary:
            found.append((_("Honorary"), "none"))
        return found

    def remarks(self, row: MemberRow) -> str:
        """The last column on paper: the badges."""
        return ", ".join(text for text, _tone in self.badges(row))

    # ------------------------------------------------------------------ the panel

    def profile(self, told: MemberDetail) -> list[Fact]:
        """The tab "Hồ sơ": what is known, label and value; empty things are left out, missing ones that matter stay."""
        person, member = told.person, told.membership
        facts: list[Fact] = []
        if member.review:
            facts += [
                (words.field_name("review"), "; ".join(map(intake_words.review_words, member.review)), "warn"),
                None,
            ]
        facts += [
            (words.field_name("birth"), self._birth(told), "" if person.birth is not None else "warn"),
            *([(_("Merged codes"), words.merged_words(told.gone_codes))] if told.gone_codes else []),
            (_("Household"), household_words.household_words(told.household_head, told.household_size) or "—"),
            (words.field_name("address"), person.address or "—"),
            *([(words.field_name("hamlet"), person.hamlet)] if person.hamlet else []),
            (words.field_name("phone"), words.phones(person.phone) or "—"),
        ]
        group = household_words.group_name(told.row.household_group)
        some = (
            (words.field_name("occupation"), person.occupation),
            (words.field_name("household_group"), group),
            (words.field_name("loan"), person.loan),
            (words.field_name("education"), person.education),
            (words.field_name("professional_level"), person.professional_level),
            (words.field_name("political_theory_level"), person.political_theory_level),
        )
        facts += [(name, value) for name, value in some if value]
        facts.append((_("Joined"), self._joined(told)))
        if member.card_no:
            facts.append((words.field_name("card_no"), member.card_no))
        if told.row.is_moving:
            facts.append((_("On her way"), self._moving(told), "info"))
        if member.left_on is not None:
            facts.append((_("Left"), self._left(told), "warn"))
        if member.other_organisations:
            names = ", ".join(words.organisation_name(o) for o in sorted(member.other_organisations))
            facts.append((words.field_name("other_organisations"), names))
        if member.clubs:
            facts.append((words.field_name("clubs"), "; ".join(member.clubs)))
        if person.note:
            facts.append((words.field_name("note"), person.note))
        return [*facts, None, *self.year(told.participation)]

    def _birth(self, told: MemberDetail) -> str:
        birth = told.person.birth
        if birth is None:
            return _("Not known")
        age = age_on(birth, self.office.today)
        return ngettext("{date} ({count} year old)", "{date} ({count} years old)", age).format(
            date=words.partial_date(birth), count=age
        )

    def _joined(self, told: MemberDetail) -> str:
        joined = told.membership.joined
        if joined is None:
            return _("Not known")
        until = told.membership.left_on or self.office.today
        years = age_on(joined, until)
        if years < 1:
            return words.partial_date(joined)
        return ngettext("{date} ({count} year)", "{date} ({count} years)", years).format(
            date=words.partial_date(joined), count=years
        )

    def _left(self, told: MemberDetail) -> str:
        member = told.membership
        reason = words.leave_name(member.left_reason) if member.left_reason is not None else ""
        return ", ".join(part for part in (short_date(member.left_on), reason, member.left_to) if part)

    def _moving(self, told: MemberDetail) -> str:
        member = told.membership
        text = _("To {union}, since {day}").format(union=member.moving_to, day=short_date(member.moving_on))
        slip = _("Slip {number}").format(number=member.moving_no) if member.moving_no else ""
        return "\n".join(part for part in (text, slip) if part)

    def year(self, told: Participation) -> list[Fact]:
        """What she took part in within a year: meetings and study, never added together."""
        meetings = _("No finished meeting yet")
        if told.meetings:
            meetings = ngettext(
                "{present}/{count} meeting ({percent})", "{present}/{count} meetings ({percent})", told.meetings
            ).format(
                present=number(told.present),
                count=number(told.meetings),
                percent=percent(Fraction(told.present, told.meetings)),
            )
        studied = _("Nothing to study yet")
        if told.campaigns:
            studied = ngettext(
                "{done}/{count} study campaign", "{done}/{count} study campaigns", told.campaigns
            ).format(done=number(told.studied), count=number(told.campaigns))
        return [(_("Year {year}").format(year=told.year), ""), (_("Meetings"), meetings), (_("Study"), studied)]

    def part(self, told: MemberDetail) -> list[Fact]:
        """The tab "Tham gia": this year, the year before, positions with their terms, and where she was."""
        names = {u.id: u.name for u in self.office.setup.units()}
        this = told.participation
        before = self.office.people.detail(told.membership.id, this.year - 1).participation
        facts: list[Fact] = [*self.year(this), None, *self.year(before)]
        if told.positions:
            facts += [None, (_("Positions"), "")]
        for held in told.positions:
            until = short_date(held.to_on) if held.to_on is not None else _("now")
            term = f"{short_date(held.from_on)} – {until}"
            unit = names.get(held.unit_id, "")
            trained = _("trained on {day}").format(day=short_date(held.trained_on)) if held.trained_on else ""
            facts.append((words.position_name(held.title), "\n".join(part for part in (unit, term, trained) if part)))
        facts += [None, (_("Where she was"), "")]
        for stay in told.placements:
            place = ", ".join(names.get(i, "") for i in (stay.branch_id, stay.cell_id) if i)
            since = _("since {day}").format(day=short_date(stay.from_on))
            if stay.to_on is not None:
                since = f"{short_date(stay.from_on)} – {short_date(stay.to_on)}"
            facts.append((since, "\n".join(part for part in (place, reason_words(stay.reason)) if part)))
        return facts

    def under(self, told: MemberDetail) -> str:
        """The small line below the name: ``HP00417 · Chi hội Ấp An Hòa, Tổ 2``."""
        place = _("Branch {branch}").format(branch=told.row.branch)
        if told.row.cell:
            place = f"{place}, {told.row.cell}"
        return f"{told.row.code} · {place}"

    def choices_of_cells(self, branch_id: str | None) -> list[tuple[str, str]]:
        """Cells of a branch, with none first."""
        cells = self.office.setup.cells(branch_id) if branch_id else ()
        return [("", _("No cell")), *((c.id, c.name) for c in cells)]
