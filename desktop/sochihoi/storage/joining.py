"""Records of another commune's book into this one, and which books came in before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import func, or_, select

from sochihoi.domain.joining import Identity, SharesRecords
from sochihoi.domain.months import Closing
from sochihoi.domain.progress import Progress
from sochihoi.domain.units import Level, predecessors
from sochihoi.storage.mapping import from_row
from sochihoi.storage.meetings import placed_on
from sochihoi.storage.schema import (
    METADATA,
    closing,
    former_code,
    household,
    installation,
    joined_book,
    joined_closing,
    meeting,
    membership,
    placement,
)
from sochihoi.storage.work import Row, Work

COMING: Final = (
    "household",
    "person",
    "consent",
    "distinct_persons",
    "membership",
    "placement",
    "position",
    "meeting",
    "attendance",
    "proposal",
    "study_campaign",
    "study_target",
    "study_eligible",
    "study_session",
    "study_attendance",
    "study_headcount",
    "campaign_year",
    "household_registration",
    "assessment",
    "branch_score",
    "entered_figure",
    "joined_book",
    "joined_closing",
    "former_code",
)
"""The tables whose rows come in, after the units, in this order."""
STAYING: Final = ("issued_report", "archived_paper", "report_text", "target_setting", "sent_file", "transfer_ticket")
"""What stays in the other book's backup and is told: its papers, its words, its targets, what it sent."""
CODED: Final = {"membership": membership, "household": household, "meeting": meeting}
_CHUNK = 2000

Edit = Callable[[Mapping[str, Any]], Iterable[Mapping[str, Any]]]


def chunks(work: Work, name: str) -> Iterator[list[dict[str, Any]]]:
    """Every row of a table, deleted ones too, by id, some thousands at a time."""
    table = METADATA.tables[name]
    last = ""
    while True:
        rows = work.rows(select(table).where(table.c.id > last).order_by(table.c.id).limit(_CHUNK))
        if not rows:
            return
        yield [dict(row) for row in rows]
        last = rows[-1]["id"]


def counted(work: Work, names: Iterable[str]) -> dict[str, int]:
    """How many rows some tables have, deleted ones too."""
    return {name: int(work.value(select(func.count()).select_from(METADATA.tables[name])) or 0) for name in names}


def bring_in(work: Work, other: Work, edits: Mapping[str, Edit], progress: Progress) -> dict[str, int]:
    """Every row of the tables that come in, as ``edits`` make it; how many of each table.

    Raises ``SharesRecords`` when a record is here already, ``Cancelled``.
    """
    whole = counted(other, COMING)
    total, done, brought = sum(whole.values()), 0, {}
    for name in COMING:
        table = METADATA.tables[name]
        brought[name] = 0
        for rows in chunks(other, name):
            progress.step(done, total)
            known = work.by_id(table, [row["id"] for row in rows])
            if known:
                raise SharesRecords(name, len(known))
            edit = edits.get(name)
            made = rows if edit is None else [new for row in rows for new in edit(row)]
            work.insert(table, made)
            brought[name] += len(made)
            done += len(rows)
    progress.step(total, total)
    return brought


def codes(work: Work, name: str) -> list[tuple[str, str]]:
    """(Id, code) of every record of a coded table, also of those taken off, by code."""
    table = CODED[name]
    rows = work.rows(select(table.c.id, table.c.code).where(table.c.code != "").order_by(table.c.code, table.c.id))
    return [(row["id"], row["code"]) for row in rows]


def decided_years(work: Work) -> set[tuple[int, int]]:
    """The years, with whether beside, for which the commune chose a criteria set."""
    table = METADATA.tables["campaign_year"]
    return {(row["year"], row["beside"]) for row in work.rows(select(table.c.year, table.c.beside))}


def open_titles(work: Work, unit_id: str, on: date) -> list[tuple[str, str]]:
    """(Name, code of the office) of who holds an office in a unit on a day."""
    position, person = METADATA.tables["position"], METADATA.tables["person"]
    query = (
        select(person.c.full_name, position.c.title)
        .select_from(
            position.join(membership, membership.c.id == position.c.membership_id).join(
                person, person.c.id == membership.c.person_id
            )
        )
        .where(
            position.c.unit_id == unit_id,
            or_(position.c.to_on.is_(None), position.c.to_on > on),
            position.c.deleted_on.is_(None),
        )
    )
    return [(row[0], row[1]) for row in work.connection.execute(query.order_by(position.c.rank, person.c.sort_key))]


# ---------------------------------------------------------------------------- which books


def identity(
    work: Work, unit_id: str, name: str, book_codes: tuple[str, ...], *, demo: bool, receiver: bool
) -> Identity:
    """Which book it is."""
    found = frozenset(row["id"] for row in work.rows(select(installation.c.id)))
    return Identity(unit_id, name, book_codes, found, demo, receiver)


def joined(work: Work) -> tuple[Row, ...]:
    """The books that came in, the oldest first: the columns of ``joined_book``."""
    return tuple(work.rows(select(joined_book).order_by(joined_book.c.joined_on, joined_book.c.id)))


def remember(work: Work, book: Row, recoded: Iterable[Row]) -> None:
    """Which book came in, and where codes lead that changed."""
    work.insert(joined_book, [book])
    work.insert(former_code, list(recoded))


def keep_closings(work: Work, other: Work, book_id: str) -> int:
    """The other commune's closed months, all editions, as it closed them; how many."""
    rows = [dict(row) for row in other.rows(select(closing).order_by(closing.c.id))]
    work.insert(
        joined_closing, [{k: v for k, v in row.items() if k in joined_closing.c} | {"book_id": book_id} for row in rows]
    )
    return len(rows)


def closings(work: Work, book_id: str) -> tuple[Closing, ...]:
    """A joined commune's months as it closed them, by period and edition."""
    query = select(joined_closing).where(joined_closing.c.book_id == book_id)
    rows = work.rows(query.order_by(joined_closing.c.period, joined_closing.c.edition))
    return tuple(from_row(Closing, {**row, "checks": tuple(row["checks"] or ())}) for row in rows)


def by_former_code(work: Work, code: str, noun: str) -> str | None:
    """The record to which a code of another commune's papers leads now; ``None`` for any other code."""
    query = select(former_code.c.of_id).where(former_code.c.code == code, former_code.c.noun == noun)
    found: str | None = work.value(query.order_by(former_code.c.id.desc()).limit(1))
    return found


# ---------------------------------------------------------------------------- what there is, by branch


@dataclass(frozen=True, slots=True)
class BranchLine:
    """A branch of a day: members placed there, households, meetings of it and of those that it came of."""

    id: str
    name: str
    members: int
    households: int
    meetings: int


def lines(work: Work, day: date) -> tuple[BranchLine, ...]:
    """The branches of a day in Vietnamese order."""
    units = work.units.all()
    placed = _by(
        work,
        placement.join(membership, membership.c.id == placement.c.membership_id),
        placement.c.branch_id,
        *placed_on(day),
        or_(membership.c.left_on.is_(None), membership.c.left_on > day),
        membership.c.deleted_on.is_(None),
    )
    homes = _by(work, household, household.c.branch_id, household.c.deleted_on.is_(None))
    held = _by(work, meeting, meeting.c.branch_id, meeting.c.deleted_on.is_(None))
    return tuple(
        BranchLine(
            one.id,
            one.name,
            placed.get(one.id, 0),
            homes.get(one.id, 0),
            sum(held.get(u.id, 0) for u in (one, *predecessors(units, one))),
        )
        for one in units
        if one.level is Level.BRANCH and one.valid_on(day)
    )


def _by(work: Work, source: Any, column: Any, *where: Any) -> dict[str, int]:
    query = select(column, func.count()).select_from(source).where(*where).group_by(column)
    return {row[0]: row[1] for row in work.connection.execute(query)}
