"""What lies on a stick or in a folder: files of ours, each with what it is, where it stands and what to do with it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sochihoi.domain.custody import Deed, Lying
from sochihoi.domain.errors import UserError
from sochihoi.domain.exchange import Direction, SentFile

if TYPE_CHECKING:
    from sochihoi.services.inspecting import Inspected
    from sochihoi.services.office import Office
    from sochihoi.sync.identity import Register

MOST = 2000
"""Files that are looked at: a stick with somebody's photographs on it must not hold the window up."""
_DEPTH = 5
_BOOKS = {".hpnbak": Lying.BACKUP, ".hpnpart": Lying.PART}
_ENDINGS = (".hpn", ".hpnkey", *_BOOKS)
_WRAPS = (".zip", ".eml")


@dataclass(frozen=True, slots=True)
class OnStick:
    """One file. ``name`` is that inside a wrapping, where there is one. ``found``: what it says of itself, ``None``
    for a copy of a book (``made``: when, UTC) and for what is not whole (``problem`` says why). ``own``: the file of
    this book that it is a copy of. ``foreign``: of another unit, or for another. ``done``: it was taken in here
    already.
    """

    path: Path
    name: str
    content: bytes
    what: Lying
    deed: Deed
    found: Inspected | None = None
    own: SentFile | None = None
    foreign: bool = False
    done: bool = False
    problem: UserError | None = None
    made: str = ""


def look(office: Office, places: Sequence[Path]) -> tuple[OnStick, ...]:
    """Our files in folders (also below them), or the files themselves; the same file twice is named once.

    Nothing is changed and nothing written down. What cannot be read is passed over, except a file that was named.
    """
    from sochihoi.services.inspecting import register_here

    register = register_here(office)
    with office.read() as work:
        sent = {one.sha256: one for one in work.sync.sent()}
    newest = _newest(office)
    told: dict[str, OnStick] = {}
    for path in _files(places):
        book = _book(path)
        if book is not None:  # as large as a book: it is not read, and each is named
            told[str(path.resolve())] = book
            continue
        for name, content in _inside(path):
            sha256 = hashlib.sha256(content).hexdigest()
            if sha256 not in told:
                told[sha256] = _judge(office, register, path, name, content, sent.get(sha256), newest)
    return tuple(told.values())


@dataclass(frozen=True, slots=True)
class _Newest:
    """The unit above whose key counts, and the highest number of each kind that was taken in of it."""

    above: str
    numbers: Mapping[Lying, int]


def _newest(office: Office) -> _Newest:
    from sochihoi.services import registering

    pack = office.packs.applied()
    with office.read() as work:
        parents, seen = work.sync.trusted(Direction.PARENT), work.sync.last_receipt()
        register = registering.from_above(work)
    above = parents[-1].unit_code if parents else ""
    numbers = {
        Lying.RECEIPT: 0 if seen is None else int(seen["no"]),
        Lying.REGISTER: 0 if register is None else register.number,
        Lying.PACK: 0 if pack is None else pack.number,
    }
    return _Newest(above, numbers)


def _files(places: Sequence[Path]) -> Iterator[Path]:
    looked = 0
    for place in places:
        if not place.is_dir():
            yield place
            continue
        for folder, below, names in os.walk(place):  # a folder that cannot be read is passed over
            deep = len(Path(folder).relative_to(place).parts)
            below[:] = [] if deep >= _DEPTH else sorted(name for name in below if not name.startswith((".", "$")))
            for name in sorted(names):
                looked += 1
                if looked > MOST:
                    return
                if _ours(Path(folder) / name):
                    yield Path(folder) / name


def _ours(path: Path) -> bool:
    """By its name, as carriers change it: ``(1)`` behind, a ZIP around. A name proves nothing."""
    from sochihoi.sync.names import KEY_SUFFIX, recognise
    from sochihoi.sync.wrapping import holds

    name = path.name.lower()
    plain = name.rsplit("(", 1)[0].strip() if name.endswith(")") else name
    if name.startswith("._"):
        return False
    return plain.endswith(_ENDINGS) or recognise(path.name) is not None or holds(path) or holds(path, KEY_SUFFIX)


def _book(path: Path) -> OnStick | None:
    """A copy of a book, or the branches of one, by its name; what it says of itself needs no password."""
    from sochihoi.storage.backup import stated
    from sochihoi.storage.errors import BackupUnusable

    what = next((what for ending, what in _BOOKS.items() if ending in path.name.lower()), None)
    if what is None:
        return None
    try:
        return OnStick(path, path.name, b"", what, Deed.NONE, made=stated(path).made_at)
    except BackupUnusable as problem:
        return OnStick(path, path.name, b"", what, Deed.NONE, problem=problem)


def _inside(path: Path) -> Iterator[tuple[str, bytes]]:
    from sochihoi.storage.files import read_bytes
    from sochihoi.sync.container import FILE_CAP, HANDOVER_CAP
    from sochihoi.sync.wrapping import inside

    try:
        data = read_bytes(path, HANDOVER_CAP)
    except UserError:
        return
    if len(data) > FILE_CAP:
        yield path.name, data
        return
    try:
        for name, content in inside(data):
            yield name or path.name, content
    except UserError:
        yield path.name, data


def _judge(
    office: Office,
    register: Register,
    path: Path,
    name: str,
    content: bytes,
    own: SentFile | None,
    newest: _Newest,
) -> OnStick:
    from sochihoi.services.inspecting import inspect

    try:
        found = inspect(content, register)
    except UserError as problem:
        return OnStick(path, name, content, Lying.BROKEN, Deed.LOOK, problem=problem)
    what, me = _WHAT[found.kind], office.commune.codes
    facts, above = found.facts(), office.is_receiver
    foreign, done, deed = False, False, Deed.LOOK
    if what is Lying.REPORT:
        foreign = found.unit not in me and not above
        if above:
            with office.read() as work:
                line = work.sync.received_by_sha(found.sha256)
            done = line is not None and line.code == ""
            deed = Deed.LOOK if done else Deed.RECEIVE
    elif what is Lying.RECEIPT:
        foreign = facts["about"] not in me
        done = not foreign and facts["receipt_no"] <= newest.numbers[what]
        deed = Deed.LOOK if foreign or done else Deed.APPLY
    elif what is Lying.TICKET:
        foreign = not {*facts["to"]} & {*me}
        deed = Deed.LOOK if foreign else Deed.OPEN
    elif what in (Lying.PACK, Lying.REGISTER):
        mine = above or found.unit in me
        foreign = not mine and found.unit != newest.above
        done = not mine and not foreign and facts["number"] <= newest.numbers[what]
        deed = Deed.LOOK if mine or foreign or done else Deed.APPLY
    elif what is Lying.KEY:
        done = found.known
        deed = Deed.NONE if done else Deed.TRUST
    return OnStick(path, name, content, what, deed, found, own, foreign, done)


_WHAT = {
    "report": Lying.REPORT,
    "receipt": Lying.RECEIPT,
    "defpack": Lying.PACK,
    "register": Lying.REGISTER,
    "transfer": Lying.TICKET,
    "handover": Lying.HANDOVER,
    "key": Lying.KEY,
}
