"""Bringing the records of an opened book into this one: one batch, on a copy as in earnest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from sochihoi.domain import joining as rules
from sochihoi.domain.joining_rows import Rewriting
from sochihoi.domain.members import HOUSEHOLD_PREFIX, MEMBER_PREFIX, highest, made_code
from sochihoi.domain.progress import Progress
from sochihoi.domain.reorganisation import DayToCome, NotThatDay

if TYPE_CHECKING:
    from sochihoi.services.commune import Commune
    from sochihoi.services.office import Office
    from sochihoi.storage.backup import BackupInfo
    from sochihoi.storage.work import Work

ACT: Final = "unit.join"


@dataclass(frozen=True, slots=True)
class Other:
    """The other book, open: its records, what its backup says of itself, who it is."""

    work: Work
    info: BackupInfo
    commune: Commune
    who: rules.Identity
    epoch: str


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it."""

    book_id: str
    rows: Mapping[str, int]
    stayed: Mapping[str, int]
    codes: tuple[tuple[str, str, str], ...]
    renamed: tuple[tuple[str, str], ...]


def bring_in(office: Office, other: Other, on: date, file_name: str, digest: str, progress: Progress) -> Done:
    from sochihoi.storage import joining as storage
    from sochihoi.storage.schema import unit

    if on > office.today:
        raise DayToCome("on", "IN_THE_FUTURE", on.isoformat())
    with office.write(ACT, dates=[on]) as work:
        _check(office, work, other, on)
        units = work.units.all()
        theirs = other.work.units.all()
        root = work.units.get(office.commune.unit_id)
        suffix = other.commune.short_name or other.commune.name
        made = rules.inherit(theirs, other.commune.unit_id, units, root, on, suffix, office.new_id)
        work.units.add(*made.units)
        only_named = [one.id for one in rules.only_named(units, other.commune.name)]
        work.remove(unit, only_named, office.today)
        before = tuple(i for i in root.predecessor_ids if i not in only_named)
        work.units.save(replace(root, predecessor_ids=(*before, other.commune.unit_id)))
        codes = _new_codes(work, other.work)
        left = {
            r["id"]: r["left_on"] for rows in storage.chunks(other.work, "membership") for r in rows if r["left_on"]
        }
        rewriting = Rewriting(on, made.heir, theirs, codes, left, storage.decided_years(work), office.new_id)
        recoded = [(name, key, new) for name, changed in codes.items() for key, new in changed.items()]
        olds = {name: dict(storage.codes(other.work, name)) for name in codes}
        told = [(name, key, olds[name][key], new) for name, key, new in recoded]
        told += [("unit", key, old, new) for key, old, new in made.codes]
        rows = storage.bring_in(work, other.work, rewriting.edits(), progress)
        stayed = {name: count for name, count in storage.counted(other.work, storage.STAYING).items() if count}
        book_id = office.new_id()
        kept = {
            "id": book_id,
            "unit_id": other.commune.unit_id,
            "unit_code": other.commune.code,
            "unit_name": other.commune.name,
            "installation": other.work.sync.installation().id,
            "epoch": other.epoch,
            "change": other.info.change,
            "head": other.info.head,
            "joined_on": on,
            "file_name": file_name,
            "sha256": digest,
            "told": {"rows": rows, "stayed": stayed, "installations": sorted(other.who.installations)},
        }
        former = [
            {"id": office.new_id(), "book_id": book_id, "noun": name, "of_id": key, "code": old}
            for name, key, old, _new in told
        ]
        storage.remember(work, kept, former)
        storage.keep_closings(work, other.work, book_id)
        for campaign, remains in other.work.studies.forgotten().items():
            work.studies.keep_forgotten(campaign, remains)
    return Done(book_id, rows, stayed, tuple((name, old, new) for name, _key, old, new in told), made.renamed)


def _check(office: Office, work: Work, other: Other, on: date) -> None:
    from sochihoi.storage import joining as storage

    here = office.commune
    mine = storage.identity(work, here.unit_id, here.name, here.codes, demo=office.demo, receiver=here.receiver)
    known: list[tuple[rules.Identity, date]] = []
    for row in storage.joined(work):
        installed = frozenset(row["told"]["installations"])
        who = rules.Identity(
            row["unit_id"], row["unit_name"], (row["unit_code"],), installed, mine.demo, receiver=False
        )
        known.append((who, row["joined_on"]))
    rules.check(mine, other.who, known)
    for book, unit_id in ((work, here.unit_id), (other.work, other.commune.unit_id)):
        root = book.units.get(unit_id)
        if root.valid_from is not None and (on < root.valid_from or (book is other.work and on == root.valid_from)):
            raise NotThatDay(root.name, on)


def _new_codes(work: Work, other: Work) -> dict[str, dict[str, str]]:
    """By table: the codes of the other book that are taken here, by record, each with a new one."""
    from sochihoi.storage import joining as storage

    def of(name: str, prefix: str, make: Callable[[int], str]) -> dict[str, str]:
        mine: list[Any] = storage.codes(work, name)
        theirs = storage.codes(other, name)
        ours = {code for _key, code in mine}
        first = highest(prefix, (code for _key, code in (*mine, *theirs))) + 1
        return rules.new_codes(theirs, ours, first, make)

    return {
        "membership": of("membership", MEMBER_PREFIX, lambda n: made_code(MEMBER_PREFIX, n)),
        "household": of("household", HOUSEHOLD_PREFIX, lambda n: made_code(HOUSEHOLD_PREFIX, n)),
        "meeting": of("meeting", "SH-", work.meetings.code),
    }
