"""The ledger as a desk: what waits for a person, one drop, what stands of a unit, answers that were replaced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select

from sochihoi.domain.exchange import COMMUNE, Measure, Outcome, Received
from sochihoi.storage.mapping import from_rows
from sochihoi.storage.schema import carried_file, received_figure, received_file
from sochihoi.storage.work import Work

_LINE = [c for c in received_file.c if c.name not in ("content", "receipt")]
RECEIPT, RETURN_FILE = "RECEIPT", "RETURN"
"""Kinds of ``carried_file`` that stand here: a receipt that came or that a newer one took the place of."""
OUT, IN = "OUT", "IN"


def lines(work: Work, verdict: Outcome | None = None, *, unit: str = "", batch: str = "") -> tuple[Received, ...]:
    """Lines of the ledger, the oldest first: with this verdict, of this unit, of this drop."""
    query = select(*_LINE).order_by(received_file.c.received_on, received_file.c.id)
    if verdict is not None:
        query = query.where(received_file.c.verdict == verdict.name)
    if unit:
        query = query.where(received_file.c.unit_code == unit)
    if batch:
        query = query.where(received_file.c.batch == batch)
    return from_rows(Received, work.rows(query))


def units_since(work: Work, period: str) -> int:
    """How many units have a file that counts for this month (``2026-10``) or a later one."""
    which = (received_file.c.verdict == Outcome.STORED.name, received_file.c.period >= period)
    return int(work.value(select(func.count(received_file.c.unit_code.distinct())).where(*which)) or 0)


def change_line(work: Work, line_id: str, changes: Mapping[str, Any]) -> None:
    """Change columns of a line. Raises ``NotFound``."""
    work.update(received_file, {line_id: dict(changes)})


def receipt_of(work: Work, line_id: str) -> bytes | None:
    """The newest receipt of a line."""
    found = work.value(select(received_file.c.receipt).where(received_file.c.id == line_id))
    return None if found is None else bytes(found)


def figures_of(work: Work, unit_code: str) -> dict[str, dict[str, Measure]]:
    """All figures of a unit as a whole, by period and indicator."""
    columns = (received_figure.c.period, received_figure.c.code, received_figure.c.content)
    query = select(*columns).where(
        received_figure.c.unit_code == unit_code,
        received_figure.c.branch == COMMUNE,
        ~received_figure.c.code.contains("/"),  # a stroke marks summary rows
    )
    found: dict[str, dict[str, Measure]] = {}
    for row in work.rows(query):
        kept = row["content"]
        measure = Measure(kept["num"], kept.get("den"), kept.get("scale", 0))
        found.setdefault(row["period"], {})[row["code"]] = measure
    return found


def periods_of(work: Work, unit_code: str) -> frozenset[str]:
    """The periods of a unit that stand here."""
    query = select(received_figure.c.period).where(received_figure.c.unit_code == unit_code).distinct()
    return frozenset(row["period"] for row in work.rows(query))


# ---------------------------------------------------------------------- what is carried besides reports


def keep_carried(
    work: Work,
    carried_id: str,
    content: bytes,
    *,
    kind: str,
    direction: str,
    unit: str,
    number: int,
    sha256: str,
    on: date,
    manifest_hash: str = "",
    file_name: str = "",
    state: str = "KEPT",
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Keep a signed file that is no report."""
    row = {
        "id": carried_id,
        "kind": kind,
        "direction": direction,
        "unit_code": unit,
        "number": number,
        "file_name": file_name,
        "manifest_hash": manifest_hash,
        "sha256": sha256,
        "state": state,
        "facts": dict(facts or {}),
        "content": content,
        "on_day": on,
    }
    work.insert(carried_file, [row])


def carried(work: Work, kind: str, direction: str, *, unit: str | None = None) -> tuple[Mapping[Any, Any], ...]:
    """Rows of ``carried_file`` with their bytes, the newest number first; of one other side when ``unit`` says so."""
    query = select(carried_file).where(carried_file.c.kind == kind, carried_file.c.direction == direction)
    if unit is not None:
        query = query.where(carried_file.c.unit_code == unit)
    return tuple(work.rows(query.order_by(carried_file.c.number.desc(), carried_file.c.id.desc())))


def change_carried(work: Work, changes: Mapping[str, Mapping[str, Any]]) -> None:
    """Change columns of carried files, by id. Raises ``NotFound``."""
    work.update(carried_file, {key: dict(values) for key, values in changes.items()})


def content_of(work: Work, line_ids: Iterable[str]) -> dict[str, bytes]:
    """The bytes of lines, as they came."""
    return {key: bytes(row["content"]) for key, row in work.by_id(received_file, line_ids).items()}
