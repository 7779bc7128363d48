"""The register of consent: who agreed to what, when, how it is proved, and when it was taken back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from sochihoi.domain.access import watched_in
from sochihoi.domain.consent import (
    NOTHING_SAID,
    Consent,
    ConsentState,
    ConsentText,
    Given,
    Purpose,
    Standing,
    standings,
    text_on,
)
from sochihoi.domain.errors import FieldProblem
from sochihoi.domain.members import SENSITIVE
from sochihoi.domain.people import MembershipProblem
from sochihoi.domain.vietnamese import nfc

if TYPE_CHECKING:
    from sochihoi.domain.member_lists import MemberRow
    from sochihoi.services.office import Office


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One line of the register: a member and what holds of her."""

    member: MemberRow
    standing: Standing

    @property
    def kept_against(self) -> bool:
        """Whether sensitive data are kept although she took back that they may be."""
        one = self.member
        kept = one.ethnicity or one.religion or one.party_member or one.health_insurance
        return bool(kept) and self.standing.state(Purpose.SENSITIVE) is ConsentState.WITHDRAWN


class ConsentService:
    """``office.privacy.consent``. The register is the only place that says whether a woman agreed."""

    def __init__(self, office: Office) -> None:
        self._office = office

    # ------------------------------------------------------------------ reading

    def text(self) -> ConsentText:
        """The words of the slip that are in force today."""
        return text_on(self._office.definitions.consent, self._office.today)

    def of_person(self, person_id: str) -> tuple[Consent, ...]:
        """Every entry of a person, in order of their days."""
        with self._office.read() as work:
            return work.consents.of([person_id])

    def standing(self, person_id: str) -> Standing:
        """What holds of her now."""
        return standings(self.of_person(person_id)).get(person_id, NOTHING_SAID)

    def rows(self, status: str = "CURRENT") -> list[ConsentRow]:
        """The members of a list (``CURRENT``, ``LEFT``, ``ALL``) with what holds of each, in Vietnamese order."""
        with self._office.read() as work:
            held = standings(work.consents.all())
            return [
                ConsentRow(row, held.get(row.person_id, NOTHING_SAID))
                for row in work.people.rows(self._office.today, status)
            ]

    # ------------------------------------------------------------------ recording

    def give(self, person_ids: Collection[str], given: Given) -> int:
        """They agreed, one or many at once (after a meeting). How many entries were made: who agreed on that day to
        that text already has none twice.

        Raises ``FieldProblem`` (``purposes``: nothing was agreed to; ``given_on``: a day to come).
        """
        if not given.purposes:
            raise FieldProblem("purposes", "EMPTY")
        if given.on > self._office.today:
            raise FieldProblem("given_on", MembershipProblem.IN_THE_FUTURE, given.on.isoformat())
        version = text_on(self._office.definitions.consent, given.on).version
        with self._office.write("consent.give") as work:
            held = standings(work.consents.of(person_ids))
            new = [
                Consent(
                    self._office.new_id(), person, purpose, version, given.on, given.how, nfc(given.reference),
                    note=nfc(given.note),
                )
                for person in dict.fromkeys(person_ids)
                for purpose in Purpose
                if purpose in given.purposes and not _same(held.get(person, NOTHING_SAID).of(purpose), given, version)
            ]  # fmt: skip
            work.consents.add(new)
        return len(new)

    def withdraw(self, person_ids: Collection[str], purposes: Collection[Purpose], on: date) -> int:
        """They take their yes back from a day. How many entries ended.

        Raises ``FieldProblem`` (``purposes``; ``withdrawn_on``: a day to come, or one before it was given).
        """
        if not purposes:
            raise FieldProblem("purposes", "EMPTY")
        if on > self._office.today:
            raise FieldProblem("withdrawn_on", MembershipProblem.IN_THE_FUTURE, on.isoformat())
        with self._office.write("consent.withdraw") as work:
            open_ = [
                one
                for one in work.consents.of(person_ids)
                if one.purpose in purposes and one.state is ConsentState.GIVEN
            ]
            if any(one.given_on is not None and on < one.given_on for one in open_):
                raise FieldProblem("withdrawn_on", "END_BEFORE_START", on.isoformat())
            work.consents.save([replace(one, withdrawn_on=on) for one in open_])
        return len(open_)

    def clear_sensitive(self, person_ids: Collection[str]) -> int:
        """Take what she no longer allows off her entry: ethnic group, religion, Party, health insurance. How many
        entries changed. Figures of closed months stay; the history keeps it until she is made anonymous.
        """
        with self._office.write("consent.clear") as work:
            people = work.people.people(person_ids).values()
            cleared = [replace(one, **_WITHOUT) for one in people if SENSITIVE & watched_in(one)]
            work.people.save(cleared)
        return len(cleared)


_WITHOUT: Final[dict[str, Any]] = {
    "ethnicity": "",
    "religion": "",
    "party_member": False,
    "party_joined_on": None,
    "health_insurance": False,
    "health_insurance_until": None,
}


def _same(held: Consent | None, given: Given, version: str) -> bool:
    return (
        held is not None
        and held.state is ConsentState.GIVEN
        and (held.given_on, held.text_version) == (given.on, version)
    )
