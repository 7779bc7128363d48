"""A disk, or a stick, of every size from no room to enough: a sentence, the book whole, and done again with room."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.trust.cases import Case, Fresh, told
from tests.trust.conftest import Counted, Workshop
from tests.trust.operations import OPERATIONS

pytestmark = pytest.mark.R11

KB = 1024


def _used(folder: Path) -> int:
    """Bytes that the files of a folder take on a file system in memory, which gives out pages of 4 kB."""
    paths = list(folder.rglob("*"))
    return sum(-(-path.stat().st_size // 4096) * 4096 if path.is_file() else 0 for path in paths) + 16 * KB


class Room:
    """An operation where there is little room: ``root`` the whole disk, ``stick`` only what is carried away."""

    def __init__(self, case: Case, memory: Path, place: str) -> None:
        self._case, self._root, self._place = case, memory / "work", place  # paths are kept in the book
        self.mounts = bool(case.workshop.order("rooms")["mounts"])
        self.base_size = _used(case.base if place == "root" else case.base / "stick")

    def wrong(self, room: int) -> tuple[list[str], bool]:
        """What is not as it must be with so many bytes, and whether the operation was done."""
        case = self._case
        order = {"operation": case.name, "root": self._root, "base": case.base, "place": self._place, "room": room}
        shutil.rmtree(self._root, ignore_errors=True)
        answer = case.workshop.order("room", **order, mounts=self.mounts, again=OPERATIONS[case.name].repeats)
        found = told(answer)
        if "outcome" not in found:
            return found["wrong"], False
        said = found["outcome"]["said"]
        wrong, where = case.judged(said, told(found["left"]))
        if found["again"] is not None and not wrong:
            wrong += case.judged_again(where, found["again"]["said"], told(found["after"]))
        return wrong, "done" in said


def _gate(room: Room, gate: str, counted: Callable[..., None], sizes: list[int]) -> None:
    failures, done = {}, 0
    for size in sizes:
        wrong, finished = room.wrong(size)
        done += finished
        if wrong:
            failures[size // KB] = wrong
    way = "" if room.mounts else "; stand-in: the largest file is limited (RLIMIT_FSIZE)"
    counted(gate, len(sizes), failures, least=len(sizes), remark=f"{done} had room{way}")
    assert 0 < done < len(sizes)  # or the sizes miss the place where it matters


def _spread(least: int, most: int, count: int) -> list[int]:
    return [least + (most - least) * n // (count - 1) for n in range(count)]


# Beyond the base, the most that each operation needs, so that some sizes have room for it
MOST = {"import": 160 * KB, "save": 160 * KB, "close": 240 * KB, "backup": 2600 * KB}


def test_import_on_a_full_disk(workshop: Workshop, memory: Path, fresh: Fresh, counted: Counted) -> None:
    room = Room(Case.made("import", workshop, fresh, memory), memory, "root")
    start = room.base_size if room.mounts else 4 * KB
    _gate(room, "R11 import, disk of 20 sizes", counted, _spread(start, start + MOST["import"], 20))


def test_a_full_stick(workshop: Workshop, memory: Path, fresh: Fresh, counted: Counted) -> None:
    """The signed file of a month is some kB: every page counts."""
    room = Room(Case.made("send", workshop, fresh, memory), memory, "stick")
    if not room.mounts:
        pytest.skip("no file system of its own for the stick")
    _gate(room, "R11 send, stick of 8 sizes", counted, [4 * KB * n for n in range(1, 9)])


@pytest.mark.nightly
@pytest.mark.parametrize("name", MOST)
def test_a_disk_of_every_size(name: str, workshop: Workshop, memory: Path, fresh: Fresh, counted: Counted) -> None:
    room = Room(Case.made(name, workshop, fresh, memory), memory, "root")
    start = room.base_size if room.mounts else 4 * KB
    step = 8 * KB if name == "backup" else 4 * KB  # memory is given out in pages of 4 kB
    _gate(room, f"R11 {name}, disk, every {step // KB} kB", counted, list(range(start, start + MOST[name], step)))


@pytest.mark.nightly
def test_a_copy_on_a_full_stick(workshop: Workshop, memory: Path, fresh: Fresh, counted: Counted) -> None:
    room = Room(Case.made("backup", workshop, fresh, memory), memory, "stick")
    if not room.mounts:
        pytest.skip("no file system of its own for the stick")
    _gate(room, "R11 backup, stick of 25 sizes", counted, _spread(4 * KB, 3600 * KB, 25))
