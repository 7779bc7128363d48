"""Anyone from anywhere: members, other persons, households, by name without marks, phone, or printed code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sochihoi.domain.member_lists import Search
from sochihoi.domain.people import PartialDate

if TYPE_CHECKING:
    from sochihoi.services.office import Office

MEMBER, PERSON, HOUSEHOLD = "member", "person", "household"


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. ``id`` is of the membership, person or household; ``detail`` says which one it is; ``gone`` is
    the code that was asked for, when that entry went into this one."""

    kind: str
    id: str
    title: str
    code: str
    detail: str
    left: bool = False
    gone: str = ""


class Finding:
    """The search field of the top bar, and ``members --search``."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def find(self, text: str, limit: int = 12) -> tuple[Hit, ...]:
        """Best first: current members, those who left, other persons, households. Nothing for an empty search."""
        from sochihoi.storage import finding as found
        from sochihoi.storage.household_forwarding import by_code
        from sochihoi.storage.household_forwarding import forwarded as lives_on
        from sochihoi.storage.joining import by_former_code
        from sochihoi.storage.merging import by_gone_code, forwarded_membership

        search = Search.of(text)
        if not search.words:
            return ()
        today = self._office.today
        with self._office.read() as work:
            members = found.members(work, search, today, limit)
            left = limit - len(members)
            persons = found.persons(work, search, today, limit) if left > 0 else ()
            households = found.households(work, search, left) if left > 0 else ()
            code = text.strip().upper()
            # a code on papers of a commune that joined, also where this one has given it to somebody too
            gone = by_former_code(work, code, "membership")
            if gone is not None:
                gone = forwarded_membership(work, gone)
            if not members and not households and gone is None:
                gone = by_gone_code(work, code)
            forwarded = work.people.row(gone, today) if gone is not None else None
            home = by_former_code(work, code, "household")
            if home is not None:
                home = lives_on(work, home)
            if not members and not households and forwarded is None and home is None:
                home = by_code(work, code)
            into = work.households.row(home, today) if home is not None else None
        seen = {m["person_id"] for m in members}
        hits = [
            Hit(
                MEMBER,
                m["membership_id"],
                m["full_name"],
                m["code"],
                " · ".join(part for part in (m["branch"], m["cell"], _year(m["birth"])) if part),
                m["left_on"] is not None and m["left_on"] <= today,
            )
            for m in members
        ]
        # one who left stands among the members already
        others = [p for p in persons if p["person_id"] not in seen]
        hits += [Hit(PERSON, p["person_id"], p["full_name"], "", p["address"]) for p in others]
        hits += [
            Hit(
                HOUSEHOLD,
                h["id"],
                h["resident_head"] or h["head_name"],
                h["code"],
                " · ".join(part for part in (h["branch"], h["address"]) if part),
            )
            for h in households
        ]
        if forwarded is not None:  # the code of an entry that went into this one
            told = " · ".join(
                part for part in (forwarded.branch, forwarded.cell, str(forwarded.birth_year or "")) if part
            )
            hits.append(Hit(MEMBER, forwarded.membership_id, forwarded.full_name, forwarded.code, told, gone=code))
        if into is not None:
            told = " · ".join(part for part in (into.branch, into.address) if part)
            hits.append(Hit(HOUSEHOLD, into.id, into.head, into.code, told, gone=code))
        return tuple(hits[:limit])


def _year(birth: str | None) -> str:
    return str(PartialDate.from_iso(birth).year or "") if birth else ""
