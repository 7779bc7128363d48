"""Packs of definitions as the book keeps them, and the changes of units that they told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from sochihoi.domain.packs import Pack
from sochihoi.domain.unit_changes import UnitChange
from sochihoi.storage.mapping import from_rows
from sochihoi.storage.schema import carried_file, unit_change
from sochihoi.storage.work import Work

DEFPACK = "DEFPACK"
_KEPT = [c for c in carried_file.c if c.name != "content"]


def keep(work: Work, pack: Pack, file_id: str, sha256: str, content: bytes) -> None:
    """Keep a pack that was made or applied."""
    row = {
        "id": pack.id,
        "kind": DEFPACK,
        "direction": "OUT" if pack.own else "IN",
        "unit_code": pack.unit,
        "number": pack.number,
        "file_id": file_id,
        "file_name": pack.file_name,
        "manifest_hash": pack.sha256,
        "sha256": sha256,
        "state": "MADE" if pack.own else "APPLIED",
        "facts": {
            "id": pack.code,
            "effective": pack.effective.isoformat(),
            "expires": pack.expires.isoformat() if pack.expires else "",
            "files": list(pack.files),
        },
        "content": content,
        "on_day": pack.kept_on,
    }
    work.insert(carried_file, [row])


def kept(work: Work) -> tuple[Pack, ...]:
    """All that were made or applied here, the newest number first."""
    query = select(*_KEPT).where(carried_file.c.kind == DEFPACK, carried_file.c.deleted_on.is_(None))
    rows = work.rows(query.order_by(carried_file.c.number.desc(), carried_file.c.id.desc()))
    return tuple(_pack(row) for row in rows)


def newest_made(work: Work) -> int:
    """The number of the newest pack that was made here; 0 before the first."""
    return next((one.number for one in kept(work) if one.own), 0)


def content(work: Work, pack_id: str) -> bytes:
    """The signed file. Raises ``NotFound``."""
    return bytes(work.get(carried_file, pack_id)["content"])


def _pack(row: Mapping[Any, Any]) -> Pack:
    facts = row["facts"]
    return Pack(
        id=row["id"],
        unit=row["unit_code"],
        code=facts["id"],
        number=row["number"],
        sha256=row["manifest_hash"],
        effective=date.fromisoformat(facts["effective"]),
        expires=date.fromisoformat(facts["expires"]) if facts["expires"] else None,
        files=tuple(facts["files"]),
        kept_on=row["on_day"],
        own=row["direction"] == "OUT",
        file_name=row["file_name"],
    )


def unit_changes(work: Work) -> tuple[UnitChange, ...]:
    """Units that merge, part, are renamed or move, in the order of time."""
    query = select(unit_change).where(unit_change.c.deleted_on.is_(None), unit_change.c.effective.is_not(None))
    return from_rows(UnitChange, work.rows(query.order_by(unit_change.c.effective, unit_change.c.id)))


def put_unit_changes(work: Work, changes: Iterable[UnitChange], number: int, today: date) -> None:
    """The changes of the newest pack take the place of those before; one that is no longer told is off."""
    rows = [
        {
            "id": one.id,
            "effective": one.effective,
            "kind": one.kind,
            "from_units": list(one.from_units),
            "to_units": list(one.to_units),
            "reason": one.reason,
            "pack_version": number,
            "deleted_on": None,
        }
        for one in changes
    ]
    told = {row["id"] for row in rows}
    work.remove(unit_change, [one.id for one in unit_changes(work) if one.id not in told], today)
    work.put(unit_change, rows)
