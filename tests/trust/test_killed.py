"""Killed at any moment while members are saved one after the other: what was acknowledged is there, nothing is half."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from sochihoi.services.opening import open_office
from tests.exchange_data import MOMENT
from tests.offices import PASSWORD, around
from tests.trust.conftest import Counted, Workshop

pytestmark = pytest.mark.R9

ANEW = 50  # kills, after which a new book is begun: a book of thousands is saved no differently, only slower
LONGEST = 0.3  # seconds after the book was opened


def _wrong(book: Path, acknowledged: int, *, whole: bool) -> list[str]:
    """What is not as it must be: numbers from 0 on without a gap, up to the last acknowledged or one more."""
    office = open_office(book, PASSWORD, around=around("count", MOMENT))
    try:
        wrong = [str(one) for one in office.store.findings(quick=not whole)]
        saved = [
            row for row in office.people.rows("ALL") if row.address.startswith("Số ") and row.address[3:].isdigit()
        ]
        numbers = sorted(int(row.address[3:]) for row in saved)
        if numbers != list(range(len(numbers))):
            wrong.append("a gap")
        if not acknowledged <= len(numbers) <= acknowledged + 1:
            wrong.append(f"{acknowledged} were acknowledged, {len(numbers)} are there")
        with office.read() as work:
            run = work.connection.exec_driver_sql
            sums = [run(f"SELECT count(*) FROM {table}").scalar() for table in ("person", "membership", "placement")]  # noqa: S608
            told = run("SELECT noun, count(*) FROM journal WHERE after IS NOT NULL AND before IS NULL GROUP BY noun")
            journal = dict(told.fetchall())
        if len(set(sums)) != 1 or [journal[t] for t in ("person", "membership", "placement")] != sums:
            wrong.append(f"half a member: {sums} {journal}")
    finally:
        office.close()
    return wrong


def _killed(workshop: Workshop, memory: Path, kills: int) -> tuple[dict[int, list[str]], int]:
    """The failures by kill, and how many saved members were acknowledged in all."""
    source, failures, in_all = Random(9), {}, 0  # noqa: S311 - the same moments each time, as far as the PC allows
    root, saved = memory / "0", 0
    for kill in range(kills):
        if kill % ANEW == 0:
            root, saved = memory / str(kill), 0
            workshop.order("prepare", operation="save", root=root)
        told = workshop.order(
            "operate", work="save_for_ever", root=root, more=[saved], kill_after=source.random() * LONGEST
        )
        numbers = [int(one.split()[1]) for one in told["said"] if one.startswith("ack ") and one != "ack open"]
        wrong = [one for one in told["said"] if one.startswith(("crash", "problem"))]
        now = saved + len(numbers)
        wrong += _wrong(root / "book", now, whole=kill % 10 == 9 or kill == kills - 1)
        if wrong or told["signal"] != 9:
            failures[kill] = [*wrong, json.dumps(told)]
            saved = 0
            root = memory / f"{kill} again"
            workshop.order("prepare", operation="save", root=root)
            continue
        in_all += len(numbers)
        saved = _count(root / "book")
    return failures, in_all


def _count(book: Path) -> int:
    office = open_office(book, PASSWORD, around=around("count", MOMENT))
    try:
        return sum(row.address[3:].isdigit() for row in office.people.rows("ALL"))
    finally:
        office.close()


def _gate(counted: Callable[..., None], workshop: Workshop, memory: Path, kills: int, least: int) -> None:
    failures, acknowledged = _killed(workshop, memory, kills)
    counted("R9 killed while saving", kills, failures, least=kills, remark=f"{acknowledged:,} acknowledged, 0 lost")
    assert acknowledged >= least  # or the kills came before the work


def test_nothing_acknowledged_is_lost(workshop: Workshop, memory: Path, counted: Counted) -> None:
    _gate(counted, workshop, memory, 30, 30)


@pytest.mark.nightly
def test_nothing_acknowledged_is_lost_in_a_thousand_kills(workshop: Workshop, memory: Path, counted: Counted) -> None:
    _gate(counted, workshop, memory, 1000, 1000)
