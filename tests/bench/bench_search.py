"""The search field against reading the names raw. By hand:

PYTHONPATH=desktop python -m tests.bench.bench_search [members] [branches]
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sochihoi.storage import engine
from tests.bench.timing import best, table
from tests.meetings_data import add_branch
from tests.offices import make_office

TYPED = ("h", "ha", "hang", "thi hang", "nguyen thi", "0912", "HO00001", "khong co ai")  # as keys come in


def read_names(connection: Any) -> int:
    """Every name with its phone and code, nothing made of it; how many."""
    query = (
        "SELECT person.search_key, person.phone, membership.code FROM membership"
        " JOIN person ON person.id = membership.person_id"
    )
    return len(connection.execute(query).fetchall())


def run(folder: Path, members: int = 20_000, branches: int = 100, runs: int = 3) -> dict[str, float | int]:
    """Seconds of the slowest search, and its ratio to reading the names raw."""
    office = make_office(folder / "data")
    try:
        for number in range(branches):
            add_branch(office, f"Ấp {number + 1}", members // branches, cells=0)
        office.households.make_for([row.membership_id for row in office.people.rows("CURRENT")])
        connection = engine.connect(office.store.folder.database, office.store.key, read_only=True)
        try:
            raw, names = best(lambda: read_names(connection), runs)
        finally:
            connection.close()
        slowest, found = 0.0, 0
        for typed in TYPED:
            seconds, hits = best(lambda typed=typed: office.finding.find(typed), runs)  # type: ignore[misc]
            slowest, found = max(slowest, seconds), max(found, len(hits))
    finally:
        office.close()
    return {
        "names": names,
        "found at most": found,
        "raw reading, s": raw,
        "slowest search, s": slowest,
        "ratio": slowest / raw,
    }


if __name__ == "__main__":
    with TemporaryDirectory() as place:
        told = run(Path(place), *(int(one) for one in sys.argv[1:3]))
    print(table("Search from anywhere", told))  # noqa: T201 - run by hand
