"""Anyone from anywhere: members, other persons, households, by name without marks, phone, or printed code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sochihoi.domain.member_lists import Search
from sochihoi.domain.vietnamese import fold

if TYPE_CHECKING:
    from sochihoi.services.office import Office

MEMBER, PERSON, HOUSEHOLD = "member", "person", "household"


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. ``id`` is of the membership, person or household; ``detail`` says which one it is."""

    kind: str
    id: str
    title: str
    code: str
    detail: str
    left: bool = False


class Finding:
    """The search field of the top bar, and ``members --search``."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def find(self, text: str, limit: int = 12) -> tuple[Hit, ...]:
        """Best first: current members, those who left, other persons, households. Nothing for an empty search."""
        search = Search.of(text)
        if not search.words:
            return ()
        with self._office.read() as work:
            today = self._office.today
            members = [m for m in work.people.rows(today, "ALL") if search.finds(m.search_key, m.phone, fold(m.code))]
            persons = [p for p in work.people.without_membership(today) if search.finds(fold(p.full_name), p.phone)]
            households = [h for h in work.households.rows(today) if search.finds(h.search_key, h.phone, fold(h.code))]
        seen = {m.person_id for m in members}
        members.sort(key=lambda m: m.left_on is not None)
        hits = [
            Hit(
                MEMBER,
                m.membership_id,
                m.full_name,
                m.code,
                " · ".join(part for part in (m.branch, m.cell, str(m.birth_year or "")) if part),
                m.left_on is not None and m.left_on <= today,
            )
            for m in members
        ]
        hits += [Hit(PERSON, p.person_id, p.full_name, "", p.address) for p in persons if p.person_id not in seen]
        hits += [
            Hit(HOUSEHOLD, h.id, h.head, h.code, " · ".join(part for part in (h.branch, h.address) if part))
            for h in households
        ]
        return tuple(hits[:limit])
