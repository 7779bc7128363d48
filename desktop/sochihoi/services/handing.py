"""Handing a commune's book over to another PC: a signed file with the whole book freezes this one.

The file can be taken more than once; each taking begins a life of its own, and the level above sees the second as a
fork. A hand-over that nobody took is taken back here.
"""

from __future__ import annotations

import hashlib
import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sochihoi import __version__
from sochihoi.domain.accounts import Role
from sochihoi.domain.custody import Act
from sochihoi.domain.errors import NotAllowed
from sochihoi.domain.exchange import NotASender
from sochihoi.domain.handing import HandoverDiffers, NotAHandover, NotHandedOver
from sochihoi.services import custody
from sochihoi.services.restoring import Restored, Seen, restore
from sochihoi.services.restoring import look as look_at_copy

if TYPE_CHECKING:
    from sochihoi.services.commune import Commune
    from sochihoi.services.office import Office
    from sochihoi.services.opening import Surroundings
    from sochihoi.storage.backup import Taken
    from sochihoi.storage.folder import DataFolder
    from sochihoi.sync.statement import Statement


@dataclass(frozen=True, slots=True)
class Handed:
    """A hand-over file that was written: its place, its number, and the day from which this PC only reads."""

    file: Path
    number: int
    frozen_on: date


class HandingOver:
    """What the PC does that has the book. ``random_bytes(count)``: a cryptographic source."""

    def __init__(self, office: Office, random_bytes: Callable[[int], bytes] = secrets.token_bytes) -> None:
        self._office = office
        self._random = random_bytes

    def file_name(self) -> str:
        """``HPN_31135_BANGIAO_20261103.hpn``."""
        return f"HPN_{self._office.commune.code}_BANGIAO_{self._office.today:%Y%m%d}.hpn"

    def write(self, out: Path, *, overwrite: bool = False) -> Handed:
        """Freeze the book, then write the file with all of it; again on a frozen PC, the file once more.

        Nothing is frozen when the file cannot be written. Raises ``NotAllowed`` (only the chair), ``NotASender``,
        ``FileExists``, ``DiskFull``, ``CannotWrite``, ``DatabaseDamaged``.
        """
        from sochihoi.storage import backup, handing
        from sochihoi.storage.errors import FileExists
        from sochihoi.storage.files import write_whole

        office = self._office
        if not office.account.role.may_manage:
            raise NotAllowed(office.account.role.name, "handover.write")
        if office.is_receiver:
            raise NotASender
        if out.exists() and not overwrite:
            raise FileExists(str(out))
        fresh = office.frozen_on is None
        if fresh:
            with office.store.write("handover.freeze") as work:
                handing.freeze(work, office.today)
            office.forget_frozen()
        try:
            taken = backup.take(office.store.folder, office.store.key, office.now)
            content, statement = self._seal(taken)
            write_whole(out, content, overwrite=overwrite)
        except BaseException:
            if fresh:
                self._thaw()
            raise
        self._note(out, content, statement)
        return Handed(out, statement.number, office.frozen_on or office.today)

    def _seal(self, taken: Taken) -> tuple[bytes, Statement]:
        from sochihoi.services.sending import own_keys
        from sochihoi.storage import tickets
        from sochihoi.sync import carried
        from sochihoi.sync.manifest import Kind
        from sochihoi.sync.statement import Statement

        office = self._office
        with office.read() as work:
            here = work.sync.installation()
            identity, keys = own_keys(office, work)
            last = work.sync.last_sent(here.epoch)
            n, head = work.sync.audit_head()
            number = tickets.next_number(work, tickets.HANDOVER)
        about: dict[str, Any] = {
            "epoch": here.epoch,
            "epoch_no": here.epoch_no,
            "seq": 0 if last is None else last.seq,
            "audit": {"n": n, "head": head},
        }
        if last is not None:
            about["mh"] = last.manifest_hash
        statement = Statement(
            Kind.HANDOVER,
            office.new_id(),
            keys.unit,
            here.id,
            number,
            f"{office.now:%Y-%m-%dT%H:%M:%SZ}",
            __version__,
            about=about,
            demo=office.demo,
        )
        return carried.seal(identity, statement, self._random, body=taken.packed), statement

    def _note(self, out: Path, content: bytes, statement: Statement) -> None:
        """Which file it was, without its bytes: they are this very book."""
        from sochihoi.storage import tickets
        from sochihoi.sync.envelope import inspect

        office, sha256 = self._office, hashlib.sha256(content).hexdigest()
        row = {
            "id": office.new_id(),
            "kind": tickets.HANDOVER,
            "direction": tickets.OUT,
            "unit_code": statement.unit,
            "number": statement.number,
            "file_id": statement.file_id,
            "file_name": out.name,
            "manifest_hash": inspect(content).manifest_hash,
            "sha256": sha256,
            "state": "WRITTEN",
            "facts": {"audit": statement.about["audit"]},
            "content": b"",
            "on_day": office.today,
        }
        with office.store.write("handover.write") as work:  # the frozen book takes nothing else
            tickets.keep(work, row)
            custody.note(office, work, sha256, out.name, Act.COPIED, place=custody.place_words(out))

    def take_back(self, password: str) -> None:
        """Nobody took the book over: this PC writes again. The password of a chair is asked for.

        Raises ``NotHandedOver``, ``WrongPassword``, ``NotAllowed``.
        """
        from sochihoi.storage.vault import Keyring

        if self._office.frozen_on is None:
            raise NotHandedOver
        _key, who = Keyring.read(self._office.store.folder.keyring).open(password, self._office.account.name)
        if not Role[who.role].may_manage:
            raise NotAllowed(who.role, "handover.back")
        self._thaw()

    def _thaw(self) -> None:
        from sochihoi.storage import handing

        with self._office.store.write("handover.back") as work:
            handing.thaw(work)
        self._office.forget_frozen()


def look(file: Path, into: Path, password: str, user: str | None = None, here: Commune | None = None) -> Seen:
    """Verify a hand-over whole and say what it holds; nothing in ``into`` changes.

    Raises ``NotAHandover``, ``Refused``, and as ``restoring.look``.
    """
    with book_in(file) as (book, _statement):
        return look_at_copy(book, into, password, user, here)


def take(
    file: Path, into: Path, password: str, user: str | None, around: Surroundings, *, other_unit: bool = False
) -> Restored:
    """Bring the book of a hand-over into a folder, with the password of one of its accounts; this PC writes it now.

    The statement must be that of the very book inside, signed with its own key. A book that lies in the folder is set
    aside. Raises ``NotAHandover``, ``HandoverDiffers``, ``Refused``, and as ``restoring.restore``.
    """
    with book_in(file) as (book, statement):

        def begin(copy: DataFolder, secret: str, who: str | None, near: Surroundings) -> None:
            _take_over(copy, secret, who, near, statement, file.name)

        return restore(book, into, password, user, around, other_unit=other_unit, begin=begin)


def is_handover(file: Path) -> bool:
    """Whether a file is signed as a hand-over is, and no plain copy of a book; how it is called does not matter."""
    from sochihoi.sync.wrapping import carries

    return carries(file)


@contextmanager
def book_in(file: Path) -> Iterator[tuple[Path, Statement]]:
    """The backup inside as a file of its own, and what is signed about it. A ZIP around the hand-over does no harm."""
    from sochihoi.storage.files import read_bytes, told
    from sochihoi.sync import container, wrapping
    from sochihoi.sync.envelope import inspect
    from sochihoi.sync.manifest import Kind

    data = wrapping.unwrap(read_bytes(file, container.HANDOVER_CAP), cap=container.HANDOVER_CAP)
    found = inspect(data)
    if found.kind is not Kind.HANDOVER or found.statement is None:
        raise NotAHandover
    body = container.parse(data, container.HANDOVER_CAP).payload
    with told(file), tempfile.TemporaryDirectory(prefix="sochihoi-handover-") as made:
        book = Path(made) / f"{file.stem}.hpnbak"
        book.write_bytes(body or b"")
        yield book, found.statement


def _take_over(
    copy: DataFolder, password: str, user: str | None, around: Surroundings, statement: Statement, name: str
) -> None:
    """In the copy, before it takes its place."""
    from sochihoi.services.opening import open_office
    from sochihoi.services.restoring import settle
    from sochihoi.services.sending import own_keys
    from sochihoi.storage import handing

    office = open_office(copy.path, password, user, around=around)
    try:
        with office.read() as work:
            here, (_identity, keys) = work.sync.installation(), own_keys(office, work)
            n, head = work.sync.audit_head()
        told = (keys.fingerprint, keys.unit, here.id, here.epoch, here.epoch_no, {"n": n, "head": head})
        about = statement.about
        said = (statement.key, statement.unit, statement.installation, about["epoch"], about["epoch_no"])
        if told != (*said, about["audit"]) or statement.demo != office.demo:
            raise HandoverDiffers(name)
        with office.store.write("handover.take") as work:
            handing.take_over(work, office.new_id(), around.random(8).hex(), office.today)
    finally:
        office.close()
    settle(copy)
