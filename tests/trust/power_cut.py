"""A disk in the mind: fed with the calls that a program made, it says what may lie on it after the power went.

Written data is safe once its file was synced; until then each write may be there, missing, or torn at its sectors, in
any combination. Names (made, renamed, taken away) are kept in the order of a log, of which any beginning may have
reached the disk; syncing a file brings the log up to the last mention of that file there. Nothing else does: the system
of the officer's PC has no call that syncs a folder. A lying disk leaves out some of the syncs that it said it had done.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

SECTOR = 512
_HEAD = struct.Struct("<cIqI")


@dataclass(frozen=True, slots=True)
class Call:
    """One call as the shim wrote it down: its kind, the path below the root, the offset or length, the bytes."""

    kind: str
    path: str
    offset: int
    content: bytes


def calls_in(log: Path, root: Path) -> Iterator[Call]:
    """All calls of a log, in order."""
    raw, at, length = log.read_bytes(), 0, len(str(root)) + 1
    while at < len(raw):
        kind, path_length, offset, content_length = _HEAD.unpack_from(raw, at)
        at += _HEAD.size
        path = raw[at : at + path_length].decode()[length:]
        at += path_length
        content = raw[at : at + content_length]
        at += content_length
        yield Call(kind.decode(), path, offset, content if kind != b"r" else content[length:])


@dataclass
class Disk:
    """``files``: content by number of the file, ``names``: the number behind each path; both as they are safe."""

    names: dict[str, int]
    files: dict[int, bytes]
    seen: dict[str, int] = field(default_factory=dict)  # the names as the program sees them
    writes: list[tuple[int, Call]] = field(default_factory=list)  # not yet safe, with the file's number
    log: list[tuple[str, str, int]] = field(default_factory=list)  # of names, not yet safe: kind, path, number
    next_number: int = 0

    @classmethod
    def of(cls, root: Path) -> Disk:
        """A disk on which everything below ``root`` is safe."""
        paths = sorted(path for path in root.rglob("*") if path.is_file())
        names = {str(path.relative_to(root)): number for number, path in enumerate(paths)}
        files = {number: path.read_bytes() for number, path in enumerate(paths)}
        return cls(names, files, dict(names), next_number=len(paths))

    def take(self, call: Call, *, lies: bool = False) -> None:
        """What the program did. ``lies``: of a sync, that the disk only says so."""
        match call.kind:
            case "c":
                self.seen[call.path] = self.next_number
                self.log.append(("name", call.path, self.next_number))
                self.next_number += 1
            case "w" | "T" | "t":
                if call.path in self.seen:
                    self.writes.append((self.seen[call.path], call))
            case "u" if call.path in self.seen:
                self.log.append(("gone", call.path, self.seen.pop(call.path)))
            case "r":
                target, number = call.content.decode(), self.seen.pop(call.path)
                self.seen[target] = number
                self.log.append((f"move {call.path}", target, number))
            case "s" if not lies:
                self._sync(self.seen[call.path])

    def _sync(self, number: int) -> None:
        content = bytearray(self.files.get(number, b""))
        for _number, call in (one for one in self.writes if one[0] == number):
            _apply(content, call)
        self.files[number] = bytes(content)
        self.writes = [one for one in self.writes if one[0] != number]
        last = max((at for at, one in enumerate(self.log) if one[2] == number), default=-1)
        for one in self.log[: last + 1]:
            _rename(self.names, one)
        del self.log[: last + 1]

    def after_the_cut(self, random: Random) -> dict[str, bytes]:
        """One of the states in which the disk may be found."""
        names = dict(self.names)
        for one in self.log[: random.randint(0, len(self.log))]:
            _rename(names, one)
        files = {number: bytearray(content) for number, content in self.files.items()}
        kind = random.random()
        share = 1.0 if kind < 0.1 else 0.0 if kind < 0.2 else 0.5
        for number, call in self.writes:
            if random.random() < share:
                torn = share < 1 and call.kind == "w" and random.random() < 0.4
                _apply(files.setdefault(number, bytearray()), call, random if torn else None)
        return {path: bytes(files.get(number, b"")) for path, number in names.items()}


def _apply(content: bytearray, call: Call, torn: Random | None = None) -> None:
    if call.kind in ("t", "T"):
        length = call.offset if call.kind == "T" else 0
        del content[length:]
        content.extend(bytes(length - len(content)))
        return
    end = call.offset + len(call.content)
    content.extend(bytes(max(0, end - len(content))))
    for start in range(0, len(call.content), SECTOR):
        if torn is None or torn.random() < 0.6:
            piece = call.content[start : start + SECTOR]
            content[call.offset + start : call.offset + start + len(piece)] = piece


def _rename(names: dict[str, int], one: tuple[str, str, int]) -> None:
    kind, path, number = one
    if kind == "gone":
        if names.get(path) == number:
            del names[path]
        return
    if kind.startswith("move ") and names.get(kind[5:]) == number:
        del names[kind[5:]]
    names[path] = number
