"""Figures of a month against reading every row of the database raw. By hand:

PYTHONPATH=desktop python -m tests.bench.bench_figures [members] [branches]
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sochihoi.domain.periods import Period
from sochihoi.services.figures import Figures
from sochihoi.services.office import Office
from sochihoi.storage import engine
from tests.bench.timing import best, table
from tests.meetings_data import add_branch, closed_one
from tests.offices import make_office

OCTOBER = Period.month(2026, 10)
HELD = (date(2026, 9, 12), date(2026, 10, 10))


def fill(office: Office, members: int, branches: int) -> None:
    """Branches of equal size; each met twice; every member has a household of her own."""
    for number in range(branches):
        branch_id = add_branch(office, f"Ấp {number + 1}", members // branches, cells=0)
        for day in HELD:
            closed_one(office, branch_id, day, f"1-{max(members // branches * 3 // 4, 1)}")
    office.households.make_for([row.membership_id for row in office.people.rows("CURRENT")])


def read_raw(connection: Any) -> int:
    """Every row of every table, with nothing made of it; how many."""
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
    plain = [name for name in names if not name.startswith(("sqlite_", "alembic_"))]
    return sum(len(connection.execute(f'SELECT * FROM "{name}"').fetchall()) for name in plain)  # noqa: S608 - our names


def run(folder: Path, members: int = 12_000, branches: int = 100, runs: int = 3) -> dict[str, float | int]:
    """Seconds of both, their ratio, and what was counted."""
    office = make_office(folder / "data")
    try:
        fill(office, members, branches)
        connection = engine.connect(office.store.folder.database, office.store.key, read_only=True)
        try:
            raw, rows = best(lambda: read_raw(connection), runs)
        finally:
            connection.close()
        # a fresh service each time: what the page keeps between two looks does not help
        seconds, sheet = best(lambda: Figures(office).of(OCTOBER), runs)
    finally:
        office.close()
    return {
        "rows in the file": rows,
        "members counted": sheet.row("org.members").now.value or 0,
        "branches met": sheet.row("org.branches_met").now.numerator or sheet.row("org.branches_met").now.value or 0,
        "cells": len(sheet.cells),
        "raw reading, s": raw,
        "figures of the month, s": seconds,
        "ratio": seconds / raw,
    }


if __name__ == "__main__":
    with TemporaryDirectory() as place:
        told = run(Path(place), *(int(one) for one in sys.argv[1:3]))
    print(table("Figures of a month", told))  # noqa: T201 - run by hand
