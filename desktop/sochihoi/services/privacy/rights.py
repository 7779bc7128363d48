"""What a woman may ask for about her own data: all of it on paper, and to be made anonymous."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from sochihoi import paths
from sochihoi.domain.errors import NotAllowed
from sochihoi.domain.months import NothingRecorded
from sochihoi.domain.periods import Period
from sochihoi.domain.person_file import (
    AnonymousAlready,
    AnonymousWords,
    CountsStillOpen,
    PersonFile,
    StillActive,
    Trace,
    anonymous,
    without_words,
)
from sochihoi.domain.reorganisation import reorganised_by, stay_reason
from sochihoi.domain.vietnamese import fold

if TYPE_CHECKING:
    from sochihoi.domain.members import Person
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work

ACT = "person.anonymise"


@dataclass(frozen=True, slots=True)
class Left:
    """Where her name goes on standing after she is anonymous: texts typed by hand, and papers and files as they went
    out. Copies made before hold everything until they are replaced by newer ones."""

    traces: tuple[Trace, ...]
    reports: int
    files: int


class Rights:
    """``office.privacy.rights``."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def file(self, person_id: str) -> PersonFile:
        """Everything that is kept about her, wherever it stands. Raises ``NotFound``."""
        from sochihoi.storage import person_file as kept

        with self._office.read() as work:
            person = work.people.person(person_id)
            ids = kept.entries_of(work, person_id)
            people = work.people.people(ids)
            members = kept.membership_ids(work, ids)
            stays, held = work.people.placements_of(members), work.people.positions_of(members)
            consents = work.consents.of(ids)
            records = (*ids, *members, *(s.id for s in stays), *(h.id for h in held), *(c.id for c in consents))
            home = work.households.get(person.household_id) if person.household_id is not None else None
            return PersonFile(
                person,
                tuple(one for key, one in people.items() if key != person_id),
                tuple(work.people.memberships(members).values()),
                stays,
                held,
                home,
                kept.years_of_household(work, person.household_id),
                consents,
                kept.came(work, members),
                kept.studied(work, members),
                kept.said(work, person.full_name),
                kept.looks(work, person_id),
                kept.changes(work, records),
            )

    def left(self, person_id: str) -> Left:
        """Where her name stands beside her own records."""
        from sochihoi.storage import person_file as kept

        with self._office.read() as work:
            name = work.people.person(person_id).full_name
            return Left(kept.traces(work, name), *kept.files_kept(work))

    def anonymise(self, person_id: str) -> int:
        """Nothing names her any more; what was counted of her stays counted. It cannot be taken back. How many rows of
        the journal lost their values.

        Raises ``NotAllowed`` (the chair decides), ``StillActive``, ``CountsStillOpen``, ``AnonymousAlready``,
        ``NotFound``.
        """
        from sochihoi.storage import person_file as kept
        from sochihoi.storage.erasing import erase_values
        from sochihoi.storage.schema import draft

        if not self._office.account.role.may_manage:
            raise NotAllowed(self._office.account.role.name, ACT)
        open_ = self._open_month()
        with self._office.write(ACT) as work:
            person = work.people.person(person_id)
            if person.anonymised_on is not None:
                raise AnonymousAlready
            ids = kept.entries_of(work, person_id)
            members = kept.membership_ids(work, ids)
            memberships = work.people.memberships(members)
            today = self._office.today
            if any(one.left_on is None or one.left_on > today for one in memberships.values()):
                raise StillActive(person.full_name)
            if open_ is not None and any(one.left_on and one.left_on > open_.end for one in memberships.values()):
                raise CountsStillOpen(person.full_name, open_.code)
            stays, held = work.people.placements_of(members), work.people.positions_of(members)
            consents = work.consents.of(ids)
            people = work.people.people(ids)
            erased = [("household", home) for home in self._leave_home(work, people)]
            work.people.save(
                [self._anonymous(work, one) for one in people.values()],
                [without_words(one) for one in memberships.values()],
                [replace(one, reason=_without_decision(one.reason)) for one in stays],
            )
            work.consents.save(
                [replace(c, reference="", note="", withdrawn_on=c.withdrawn_on or today) for c in consents]
            )
            notes = kept.clear_notes(work, members)
            erased += [("person", key) for key in ids] + [("membership", key) for key in members]
            erased += [("placement", one.id) for one in stays] + [("position", one.id) for one in held]
            erased += [("consent", one.id) for one in consents] + [("attendance", key) for key in notes]
            forms = [f"member/{key}" for key in members]
            forms += [f"consent/{act}/{key}" for act in ("give", "withdraw") for key in ids]
            work.connection.execute(draft.delete().where(draft.c.id.in_(forms)))
            return erase_values(work, person_id, frozenset(erased))

    def _open_month(self) -> Period | None:
        """The month that is closed next, in a book that closes months: what it counts goes by households that
        anonymity takes her out of."""
        with self._office.read() as work:
            closed = work.months.ever_closed()
        try:
            return self._office.figures.open_period() if closed else None
        except NothingRecorded:
            return None

    def _anonymous(self, work: Work, person: Person) -> Person:
        from sochihoi.storage.facts import MAJORITY, NO_RELIGION

        home = work.households.get(person.household_id) if person.household_id is not None else None
        return anonymous(
            person,
            anonymous_words(),
            self._office.today,
            minority=fold(person.ethnicity) not in MAJORITY,
            religious=fold(person.religion) not in NO_RELIGION,
            group=home.household_group if home is not None else person.household_group,
        )

    def _leave_home(self, work: Work, people: dict[str, Person]) -> list[str]:
        """Her household goes on without her: it is as large as before, and its head is nobody who is named. The
        households that named her as their head."""
        named = []
        for person in people.values():
            if person.household_id is None:
                continue
            home = work.households.get(person.household_id)
            line = work.households.row(home.id, self._office.today)
            if line is not None and home.residents is None:
                home = replace(home, residents=line.size)
            heads = home.head_id == person.id or home.head_name == person.full_name
            if heads:
                home = replace(home, head_id=None, head_name=anonymous_words().name)
                named.append(home.id)
            work.households.save(home)
        return named


def _without_decision(reason: str) -> str:
    """That a unit was reorganised names nobody and stays; what a person typed goes."""
    kind, _decision = reorganised_by(reason)
    return "" if kind is None else stay_reason(kind, "")


@cache
def anonymous_words() -> AnonymousWords:
    """``resources/privacy/anonymous.toml``."""
    import tomllib

    with (paths.resources() / "privacy" / "anonymous.toml").open("rb") as file:
        told: dict[str, Any] = tomllib.load(file)
    return AnonymousWords(**told)
