"""The power goes at any moment of a day's work: what may lie on the disk opens, with all that was acknowledged."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from sochihoi.services.backups import kept_in
from sochihoi.services.opening import open_office
from sochihoi.storage import backup, engine
from sochihoi.storage.folder import DataFolder
from sochihoi.storage.store import Store
from sochihoi.storage.vault import Keyring
from tests.exchange_data import MOMENT
from tests.offices import PASSWORD, around
from tests.trust.cases import Fresh
from tests.trust.conftest import Counted, Workshop
from tests.trust.inspection import digest
from tests.trust.operations import NEW_PASSWORD
from tests.trust.power_cut import Disk, calls_in

pytestmark = pytest.mark.R10


@dataclass
class Day:
    """A day's work that was recorded: its calls, and the state after each acknowledgement."""

    base: Path
    work: Path
    log: Path
    key: bytes
    states: list[tuple[str, bytes]] = field(default_factory=list)  # of the database, and the keyring
    copies: dict[str, bytes] = field(default_factory=dict)
    by_password: bool = False  # opened as the officer does it, not from the key on

    def opened(self, book: Path) -> Store:
        """The book after the cut."""
        if self.by_password:
            return open_office(book, PASSWORD, around=around("cut", MOMENT)).store
        return Store(DataFolder(book), self.key, now=lambda: MOMENT)


@pytest.fixture
def day(workshop: Workshop, memory: Path, fresh: Fresh) -> Day:
    return _recorded(workshop, memory, fresh, "import", work="a_day")


@pytest.fixture
def restoring(workshop: Workshop, memory: Path, fresh: Fresh) -> Day:
    made = _recorded(workshop, memory, fresh, "restore", operation="restore")
    made.by_password = True
    return made


def _recorded(workshop: Workshop, memory: Path, fresh: Fresh, prepared: str, **what: str) -> Day:
    base, snapshots, log = memory / "base", memory / "snapshots", memory / "log"
    workshop.order("prepare", operation=prepared, root=base)
    work = fresh(base)
    told = workshop.order("operate", root=work, snapshots=snapshots, log=log, **what)
    assert "done" in told["said"], told
    key, _who = Keyring.read(base / "book" / "keyring.json").open(PASSWORD)
    made = Day(base, work, log, key)
    steps = sorted(snapshots.iterdir(), key=lambda one: int(one.name))
    for root in (base, *steps):
        made.states.append((digest(root / "book" / "sochihoi.db", key), (root / "book" / "keyring.json").read_bytes()))
    made.copies = {one.path.name: one.path.read_bytes() for one in kept_in(work / "book" / "backups")}
    for content in made.copies.values():
        (memory / "verify").mkdir()
        (memory / "copy").write_bytes(content)
        backup.open_backup(memory / "copy", NEW_PASSWORD, memory / "verify")
    return made


class Cuts:
    """Cuts of the power after each call of a day."""

    def __init__(self, day: Day, place: Path, seed: int, *, liar: bool = False) -> None:
        self._day, self._place, self._random, self._liar = day, place, Random(seed), liar  # noqa: S311
        self.tried = self.lost = 0
        self.failures: dict[str, str] = {}

    def all(self, wanted: int) -> None:
        """Open so many states, equally many after each call."""
        disk, acknowledged, owed = Disk.of(self._day.base), 0, 0.0
        calls = [call for call in calls_in(self._day.log, self._day.work) if not call.path.endswith("-shm")]
        share = wanted / sum(call.kind != "a" for call in calls)
        for number, call in enumerate(calls):
            if call.kind == "a":
                acknowledged = int(call.content)
                continue
            disk.take(call, lies=self._liar and self._random.random() < 0.15)
            owed += share
            while owed > 1 - 1e-6:
                owed -= 1
                self.tried += 1
                wrong = self._opened(disk.after_the_cut(self._random), acknowledged)
                if wrong:
                    self.failures[f"{number} {call.kind} {call.path}"] = wrong

    def _opened(self, files: dict[str, bytes], acknowledged: int) -> str:
        """What is wrong with such a disk; nothing."""
        shutil.rmtree(self._place, ignore_errors=True)
        for name, content in files.items():
            path = self._place / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        book = self._place / "book"
        for one in kept_in(book / "backups"):
            if one.path.read_bytes() != self._day.copies.get(one.path.name):
                return f"{one.path.name} is offered and not whole"
        try:
            store = self._day.opened(book)
            try:
                # the whole check of the journal against the records takes longer: every twentieth; the digest is of all
                whole = self.tried % 20 == 0
                said = store.findings() if whole else engine.findings(store.folder.database, self._day.key)
                if said:
                    return f"damaged: {said}"
            finally:
                store.close()
            found = digest(book / "sochihoi.db", self._day.key)
        except Exception as problem:  # noqa: BLE001 - whatever stops the officer is a failure
            return repr(problem)
        rings = self._rings(book)
        databases = [at for at, state in enumerate(self._day.states) if state[0] == found]
        if not databases or not rings:
            return "a state that never was"
        if databases[-1] < acknowledged or rings[-1] < acknowledged:
            self.lost += 1
            return "" if self._liar else f"{acknowledged} acknowledged, at {databases[-1]} and {rings[-1]}"
        return ""

    def _rings(self, book: Path) -> list[int]:
        """In which states the keyring was so. On a lying disk the generation before it helps, as it helps her."""
        names = ("keyring.json", "keyring.old.json") if self._liar else ("keyring.json",)
        kept = [(book / name).read_bytes() for name in names if (book / name).exists()]
        return next((found for one in kept if (found := self._known(one))), [])

    def _known(self, keyring: bytes) -> list[int]:
        return [at for at, state in enumerate(self._day.states) if state[1] == keyring]


def _gate(gate: str, day: Day, place: Path, counted: Counted, wanted: int, seed: int, *, liar: bool = False) -> None:
    cuts = Cuts(day, place, seed, liar=liar)
    cuts.all(wanted)
    counted(gate, cuts.tried, cuts.failures, least=wanted, remark=f"{cuts.lost} lost")


def test_power_cut(day: Day, memory: Path, counted: Counted) -> None:
    _gate("R10 power cut", day, memory / "cut", counted, 2000, seed=1)


def test_power_cut_while_restoring(restoring: Day, memory: Path, counted: Counted) -> None:
    _gate("R10 power cut while restoring", restoring, memory / "cut", counted, 200, seed=8)


@pytest.mark.nightly
def test_many_power_cuts_while_restoring(restoring: Day, memory: Path, counted: Counted) -> None:
    _gate("R10 power cuts while restoring", restoring, memory / "cut", counted, 4000, seed=9)


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(2, 7))
def test_many_power_cuts(day: Day, memory: Path, counted: Counted, seed: int) -> None:
    _gate(f"R10 power cut, seed {seed}", day, memory / "cut", counted, 4000, seed)


@pytest.mark.nightly
def test_a_lying_disk(day: Day, memory: Path, counted: Counted) -> None:
    """It may lose what it said it had; what opens is never a mixture. Only copies help against such a disk."""
    _gate("R10 lying disk", day, memory / "cut", counted, 2000, seed=7, liar=True)
