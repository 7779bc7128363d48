"""A province receives: files of many communes in one drop, killed twice, gone on with, and every total counted again in
SQL. Once with the records in the folder, once on PostgreSQL. By hand:

PYTHONPATH=desktop python -m tests.bench.bench_province [communes] [members] [branches]
"""

from __future__ import annotations

import json
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sochihoi.services.office import Office
from sochihoi.services.opening import Surroundings, make_receiver, open_office
from tests import private_server
from tests.bench.province import OCTOBER, Province, make
from tests.bench.timing import table
from tests.exchange_data import MOMENT
from tests.offices import PASSWORD, around

PROJECT = Path(__file__).parents[2]
# by hand and past the product; both engines know it, but for the way into JSON
_SUMS = (
    "SELECT code, sum({num}), sum({den}), count(DISTINCT unit_code) FROM received_figure"
    " WHERE period = '2026-10' AND branch = '' AND code NOT LIKE '%/%' GROUP BY code"
)
_WAYS = {
    "file": ("json_extract(content, '$.num')", "coalesce(json_extract(content, '$.den'), 0)"),
    "server": ("CAST(content ->> 'num' AS bigint)", "coalesce(CAST(content ->> 'den' AS bigint), 0)"),
}


class _Told:
    """Says after every file how long it took, so that whoever listens can end the process between or within files."""

    def __init__(self) -> None:
        self._at = time.perf_counter(), time.process_time()

    def step(self, done: int, total: int = 0) -> None:
        now = time.perf_counter(), time.process_time()
        wall, own = (1000 * (after - before) for after, before in zip(now, self._at, strict=True))
        _say({"done": done, "of": total, "ms": wall, "cpu_ms": own})
        self._at = now


def receive(folder: Path, drop: Path) -> None:
    """The process that is killed: it opens the book, takes everything in, and says its memory."""
    office = open_office(folder, PASSWORD, around=Surroundings(now=lambda: MOMENT))  # ids that no other process makes
    try:
        verdicts = office.receiving.receive([drop], progress=_Told())
    finally:
        office.close()
    outcomes = [one.outcome.name for one in verdicts]
    told = {name: outcomes.count(name) for name in sorted(set(outcomes))}
    _say({"outcomes": told, "rss_mb": _memory()})


def _say(told: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def _memory() -> float:
    """MB at the most; what ``getrusage`` says begins with the process that started this one."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def listened(folder: Path, drop: Path, kill_at: int | None = None) -> list[dict[str, Any]]:
    """What the process says. ``kill_at``: it is killed once it says that so many files are done, in the next one."""
    command = [sys.executable, "-m", "tests.bench.bench_province", "receive", str(folder), str(drop)]
    environment = {**os.environ, "PYTHONPATH": f"{PROJECT / 'desktop'}{os.pathsep}{PROJECT}"}
    process = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, text=True)
    said = []
    assert process.stdout is not None
    for line in process.stdout:
        said.append(json.loads(line))
        if kill_at is not None and said[-1].get("done") == kill_at:
            process.send_signal(signal.SIGKILL)
            break
    process.stdout.close()
    ended = process.wait()
    assert ended == (0 if kill_at is None else -signal.SIGKILL), ended
    return said


@contextmanager
def engine(kind: str) -> Iterator[str]:
    """Where the records are to be: ``""`` for the folder, else the address of a server as durable as a real one."""
    if kind == "file":
        yield ""
        return
    with private_server.running(durable=True) as cluster:
        yield cluster.database()


def run(
    folder: Path, kind: str, communes: int = 168, members: int = 3000, branches: int = 30, *, listed: bool = False
) -> dict[str, Any]:
    """Figures of one engine; ``listed``: with a line a member.

    Raises ``AssertionError`` when anything was lost, doubled, or added up wrongly.
    """
    with engine(kind) as address:
        made = make_receiver(
            folder / kind, code="92", name="tỉnh Mẫu", password=PASSWORD, server=address, around=around(moment=MOMENT)
        )
        province = make(made.office, communes, members, branches, folder / "drop", listed=listed)
        made.office.close()
        began = time.perf_counter()
        parts = [communes // 3, communes * 2 // 3]
        heard = [listened(folder / kind, folder / "drop", kill_at=part) for part in parts]
        heard.append(listened(folder / kind, folder / "drop"))
        seconds = time.perf_counter() - began
        office = open_office(folder / kind, PASSWORD, around=Surroundings(now=lambda: MOMENT))
        try:
            began = time.perf_counter()
            totals = office.receiving.totals.of(OCTOBER)
            looked = time.perf_counter() - began
            check(office, province, totals, sums(office, kind))
            began_pairs = time.perf_counter()
            check_members(office, province)
            paired = time.perf_counter() - began_pairs
            began = time.perf_counter()
            assert office.store.findings() == ()
            checked = time.perf_counter() - began
        finally:
            office.close()
    # what was there already is said at once, and is not counted
    firsts = zip([0, *parts], heard, strict=True)
    fresh = [one for known, said in firsts for one in said if one.get("done", 0) > known]
    each = sorted(one["ms"] for one in fresh)
    return {
        "communes": communes,
        "lines in the files": province.lines,
        "seconds, killed twice": seconds,
        "ms a file, median": statistics.median(each),
        "ms a file, of our own": statistics.median(one["cpu_ms"] for one in fresh),
        "ms a file, p95": each[int(len(each) * 0.95) - 1],
        "memory, MB": heard[-1][-1]["rss_mb"],
        "ms, totals of a month": looked * 1000,
        "ms, women in two communes": paired * 1000,
        "seconds, check of the book": checked,
    }


def sums(office: Office, kind: str) -> dict[str, tuple[int, int, int]]:
    """Code to numerators, denominators and units, by SQL of our own."""
    num, den = _WAYS[kind]
    statement = _SUMS.format(num=num, den=den).replace("%", "%%" if kind == "server" else "%")
    with office.read() as work:
        rows = work.connection.exec_driver_sql(statement).all()
    return {code: (int(above), int(below), int(units)) for code, above, below, units in rows}


def check(office: Office, province: Province, totals: Any, counted: dict[str, tuple[int, int, int]]) -> None:
    """Every file once, every figure three times the same: as it was sent, by the product, by SQL."""
    ledger = office.receiving.ledger(10_000)
    assert sorted(line.file_name for line in ledger) == sorted(file.name for file in province.files)
    assert {line.verdict.name for line in ledger} == {"STORED"}
    assert len(totals.sent) == len(province.files)
    assert totals.missing == ()
    shown = {row.indicator.code: row.now for row in totals.rows} | {code: row[0] for code, row in totals.others.items()}
    for code in province.codes:
        above, below = province.sums[code, "num"], province.sums[code, "den"]
        assert counted[code] == (above, below, len(province.files)), code
        now = shown[code]
        assert (now.numerator, now.denominator) == (above, below) if below else now.value == above, code


def check_members(office: Office, province: Province) -> None:
    """Every member once, and every pair that was laid found."""
    from sochihoi.storage.cross_duplicates import members, pairs

    count = province.members if province.listed else 0
    with office.read() as work:
        assert members(work) == {code[4:9]: count for code in (file.name for file in province.files) if count}
        assert len(pairs(work)) == (len(province.files) - 1) // 2 * bool(count)


def main(arguments: list[str]) -> None:
    """Both engines, one after the other, without and with lists of members."""
    communes, members, branches = [*map(int, arguments), *(168, 3000, 30)[len(arguments) :]]
    for listed in (False, True):
        with TemporaryDirectory() as made:
            for kind in ("file", "server"):
                told = run(Path(made), kind, communes, members, branches, listed=listed)
                profile = "danh-sach" if listed else "tong-hop"
                sys.stdout.write(table(f"A province receives, records: {kind}, profile: {profile}", told) + "\n")
                sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1:2] == ["receive"]:
        receive(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main(sys.argv[1:])
