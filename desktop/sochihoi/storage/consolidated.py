"""What came up, as the desk of a level above asks for it: files by unit, months by unit, figures of branches."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from sochihoi.domain.exchange import COMMUNE, Measure, Received
from sochihoi.domain.periods import Period
from sochihoi.domain.unit_changes import UnitChange
from sochihoi.storage.mapping import from_row, from_rows
from sochihoi.storage.schema import received_figure, received_file, unit_change
from sochihoi.storage.work import Work

_CHUNK = 500  # ids that one query asks for
_MONTH = 7  # letters of 2026-10; longer periods have another length
OF_BRANCH = "branch/"
"""The code of the one row in which everything of a branch stands, by code."""
CLOSING = "closing/"
"""The code of the row that every period of a unit has, once."""
JOINED = "joined"
"""Where the row of a closing keeps the units whose books were part of this one by then."""
PARENT = "parent"
"""Where the line of a file keeps the hash that its epoch began from."""
ACTIVITY = "activity/"
"""What the code of a row of sums begins with; the kind of work follows."""


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file in the ledger without its bytes. ``verdict``: the name of its outcome."""

    id: str
    file_name: str
    sha256: str
    unit_code: str
    period: str
    seq: int
    epoch: str | None
    verdict: str
    code: str
    warnings: tuple[str, ...]
    received_on: date | None
    undone_on: date | None

    @property
    def counts(self) -> bool:
        """Whether its figures stand here."""
        return self.verdict == "STORED" and self.undone_on is None


@dataclass(frozen=True, slots=True)
class Stands:
    """What a month of a unit stands on: the edition, the line of the ledger, and the units that are no more whose books
    were part of this one by then."""

    edition: int
    file_id: str
    joined: frozenset[str]


@dataclass(frozen=True, slots=True)
class BranchFigure:
    """A figure of one branch of a unit, or of one commune of a province."""

    branch: str
    name: str
    measure: Measure


def files(work: Work) -> dict[str, list[FileLine]]:
    """Reports of every unit that could be told, the oldest first."""
    columns = [received_file.c[name] for name in FileLine.__slots__]
    query = (
        select(*columns)
        .where(received_file.c.unit_code != "", received_file.c.kind == "report", received_file.c.deleted_on.is_(None))
        .order_by(received_file.c.received_on, received_file.c.id)
    )
    found: dict[str, list[FileLine]] = {}
    for row in work.rows(query):
        found.setdefault(row["unit_code"], []).append(from_row(FileLine, row))
    return found


def months(work: Work) -> dict[str, dict[str, Stands]]:
    """Unit code -> month -> what it stands on, of every month that is here."""
    c = received_figure.c
    query = select(c.unit_code, c.period, c.edition, c.file_id, c.content).where(
        c.code == CLOSING, func.length(c.period) == _MONTH
    )
    found: dict[str, dict[str, Stands]] = {}
    for row in work.rows(query):
        if row["period"][5].isdigit():
            found.setdefault(row["unit_code"], {})[row["period"]] = _stands(row)
    return found


def told_months(work: Work, codes: Collection[str]) -> dict[str, tuple[Period, Period]]:
    """The oldest and the newest month of these units that are here; one of which none came is left out."""
    c = received_figure.c
    query = select(c.unit_code, func.min(c.period).label("oldest"), func.max(c.period).label("newest")).where(
        c.unit_code.in_(sorted(codes)), c.code == CLOSING, func.substr(c.period, 6, 1).in_(("0", "1"))
    )
    rows = work.rows(query.group_by(c.unit_code))
    return {row["unit_code"]: (Period.parse(row["oldest"]), Period.parse(row["newest"])) for row in rows}


def threads(work: Work, codes: Collection[str]) -> dict[str, set[str]]:
    """What ties the files of one book together, by the code of the unit that sent them: their epochs, their hashes, and
    the hash that an epoch began from. Two codes that share one were borne by the same book."""
    c = received_file.c
    query = select(c.unit_code, c.epoch, c.manifest_hash, c.facts).where(
        c.unit_code.in_(sorted(codes)), c.kind == "report", c.verdict == "STORED"
    )
    found: dict[str, set[str]] = {}
    for row in work.rows(query):
        told = {row["epoch"], row["manifest_hash"], (row["facts"] or {}).get(PARENT)}
        found.setdefault(row["unit_code"], set()).update(one for one in told if one)
    return found


def standing(work: Work, period: str) -> dict[str, Stands]:
    """By code of the unit, of those whose period is here; one row a unit is read."""
    c = received_figure.c
    query = select(c.unit_code, c.edition, c.file_id, c.content).where(c.period == period, c.code == CLOSING)
    return {row["unit_code"]: _stands(row) for row in work.rows(query)}


def _stands(row: Mapping[Any, Any]) -> Stands:
    return Stands(row["edition"], row["file_id"], frozenset((row["content"] or {}).get(JOINED, ())))


def files_behind(work: Work, ids: Iterable[str]) -> dict[str, FileLine]:
    """Some lines of the ledger by id."""
    columns = [received_file.c[name] for name in FileLine.__slots__]
    wanted = sorted(set(ids))
    found: dict[str, FileLine] = {}
    for start in range(0, len(wanted), _CHUNK):
        query = select(*columns).where(received_file.c.id.in_(wanted[start : start + _CHUNK]))
        found.update((one.id, one) for one in from_rows(FileLine, work.rows(query)))
    return found


def ledger_lines(work: Work, ids: Iterable[str]) -> dict[str, Received]:
    """The same as whole lines of the ledger, without the bytes."""
    wanted = sorted(set(ids))
    columns = [column for column in received_file.c if column.name not in ("content", "receipt")]
    found: dict[str, Received] = {}
    for start in range(0, len(wanted), _CHUNK):
        query = select(*columns).where(received_file.c.id.in_(wanted[start : start + _CHUNK]))
        found.update((one.id, one) for one in from_rows(Received, work.rows(query)))
    return found


def branch_figures(work: Work, unit_code: str, period: str, code: str) -> tuple[BranchFigure, ...]:
    """One indicator of a unit's branches in a month, as its file said it."""
    c = received_figure.c
    query = select(c.branch, c.branch_name, c.content).where(
        c.unit_code == unit_code, c.period == period, c.branch != COMMUNE, c.code == OF_BRANCH
    )
    return tuple(
        BranchFigure(row["branch"], row["branch_name"], measure(row["content"][code]))
        for row in work.rows(query)
        if code in row["content"]
    )


def activities(work: Work, period: str) -> dict[str, dict[str, Mapping[str, int]]]:
    """Unit code -> kind of work -> its sums in a month, of every unit as a whole."""
    c = received_figure.c
    query = select(c.unit_code, c.code, c.content).where(
        c.period == period, c.branch == COMMUNE, c.code.startswith(ACTIVITY)
    )
    found: dict[str, dict[str, Mapping[str, int]]] = {}
    for row in work.rows(query):
        found.setdefault(row["unit_code"], {})[row["code"].removeprefix(ACTIVITY)] = row["content"]
    return found


def measure(kept: Mapping[str, Any]) -> Measure:
    """A figure as the ledger keeps it."""
    return Measure(kept["num"], kept.get("den"), kept.get("scale", 0), kept.get("ytd_num"), kept.get("ytd_den"))


def unit_changes(work: Work) -> tuple[UnitChange, ...]:
    """Units that merged, parted, were renamed or moved, in the order of time."""
    query = select(unit_change).where(unit_change.c.deleted_on.is_(None)).order_by(unit_change.c.effective)
    return from_rows(UnitChange, (row for row in work.rows(query) if row["effective"] is not None))
