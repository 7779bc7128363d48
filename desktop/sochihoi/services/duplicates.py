"""Entries that may be one woman: while one is typed, and in the whole register; and what was said of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sochihoi.domain.likeness import Index, Traits, Verdict, pair_of
from sochihoi.domain.member_lists import Entry, Likeness, LikePair
from sochihoi.domain.members import MemberDetails, clean
from sochihoi.domain.units import forward
from sochihoi.domain.vietnamese import nfc

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work


class Duplicates:
    """Finds, and remembers what an officer said; it changes no person."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def like(self, details: MemberDetails, but_person: str | None = None) -> tuple[Likeness, ...]:
        """Who of the register may be the woman who is typed, the likeliest first. ``but_person``: herself.

        Those of whom it was said that they are two women are not named again.
        """
        from sochihoi.storage import likeness

        if not nfc(details.full_name):
            return ()
        one = traits_of(details, but_person or "")
        with self._office.read() as work:
            found = Index(likeness.candidates(work, one), self.renamed(work)).like(one)
            distinct = likeness.said_distinct(work) if but_person and found else set()
            told = [(key, verdict) for key, verdict in found if pair_of(one.key, key) not in distinct]
            entries = likeness.entries(work, [key for key, _verdict in told])
        return tuple(Likeness(entries[key], verdict) for key, verdict in told)

    def pairs(self) -> tuple[LikePair, ...]:
        """Every two entries of the register that may be one woman, the likeliest first, in Vietnamese order."""
        from sochihoi.storage import likeness

        with self._office.read() as work:
            distinct = likeness.said_distinct(work)
            found = [
                (one, other, verdict)
                for one, other, verdict in Index(likeness.everyone(work), self.renamed(work)).pairs()
                if pair_of(one, other) not in distinct
            ]
            entries = likeness.entries(work, {key for one, other, _verdict in found for key in (one, other)})
        pairs = (_pair(entries[one], entries[other], verdict) for one, other, verdict in found)
        return tuple(sorted(pairs, key=lambda p: (-p.verdict.strength, len(p.verdict.against), p.one.sort_key)))

    def renamed(self, work: Work) -> dict[str, str]:
        """Old place names to the ones that they have now: of branches and communes that were renamed or merged into
        one other. A place that was parted has no single new name."""
        units = work.units.all()
        told = {}
        for unit in units:
            now = forward(units, unit.id, self._office.today)
            if len(now) == 1 and now[0].id != unit.id and unit.name != now[0].name:
                told[unit.name] = now[0].name
        return told

    def distinct(self, one_id: str, other_id: str) -> None:
        """Two persons who look alike are two women: they are not asked about again. Raises ``NotFound``."""
        with self._office.write("person.distinct") as work:
            work.people.person(one_id)
            self.remember(work, one_id, [other_id])

    def remember(self, work: Work, person_id: str, others: Sequence[str]) -> None:
        """The same within an act of somebody else: a woman who is being entered is none of these."""
        from sochihoi.storage import likeness

        for other in others:
            work.people.person(other)
            likeness.say_distinct(work, self._office.new_id(), person_id, other, self._office.today)


def _pair(one: Entry, other: Entry, verdict: Verdict) -> LikePair:
    """A member before someone who is none, the one entered first before the other."""
    if (not one.code, one.code, one.person_id) > (not other.code, other.code, other.person_id):
        one, other = other, one
    return LikePair(one, other, verdict)


def traits_of(details: MemberDetails, key: str) -> Traits:
    """What tells apart a woman who is typed."""
    told = clean(details)
    return Traits(
        key,
        told.full_name,
        told.birth,
        told.national_id,
        told.old_id,
        told.phone,
        told.address,
        told.hamlet,
        told.household_id,
    )
