"""Packs of definitions: the level above makes one of a folder; a unit below looks at it and applies it.

The signed file is kept in the book, and so in every backup. Its definitions come before those of the folder ``pack``,
which anybody at this PC can change; that folder comes before the program's own.
"""

from __future__ import annotations

import hashlib
import secrets
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sochihoi import paths
from sochihoi.domain.exchange import Direction, NotAReceiver
from sochihoi.domain.packs import (
    Change,
    Changed,
    Pack,
    PackDays,
    PackOfAnother,
    follows,
    newest_begun,
)
from sochihoi.services import pack_sealing

if TYPE_CHECKING:
    from sochihoi.domain.member_columns import Profile
    from sochihoi.domain.unit_changes import UnitChange
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work
    from sochihoi.sync.carried import Carried
    from sochihoi.sync.manifest import DefinitionPack


@dataclass(frozen=True, slots=True)
class Look:
    """A proven pack before it is applied. ``known``: exactly this one is kept here already. ``skipped``: numbers
    between it and the one applied that never came; every pack is a whole set, so nothing is missing."""

    pack: Pack
    signer: str
    changes: tuple[Change, ...]
    known: bool = False
    skipped: int = 0


class Packs:
    """``office.packs``. ``random_bytes(count)``: a cryptographic source."""

    def __init__(self, office: Office, random_bytes: Callable[[int], bytes] = secrets.token_bytes) -> None:
        self._office = office
        self._random = random_bytes
        self._laid: dict[str, Path] = {}

    # ------------------------------------------------------------------ what is in force

    def kept(self) -> tuple[Pack, ...]:
        """All that were made or applied here, the newest first."""
        from sochihoi.storage import packs

        with self._office.read() as work:
            return packs.kept(work)

    def applied(self) -> Pack | None:
        """The newest pack of the level above that was applied, whether or not its day has come."""
        with self._office.read() as work:
            return self._newest(work, own=False)

    def made(self) -> Pack | None:
        """The newest that was made here."""
        with self._office.read() as work:
            return self._newest(work, own=True)

    def in_force(self) -> Pack | None:
        """The pack of the level above whose definitions count today."""
        with self._office.read() as work:
            return newest_begun(self._line(work, own=False), self._office.today)

    def stated(self, work: Work) -> DefinitionPack | None:
        """The pack behind today's figures, as the manifest of a report names it."""
        from sochihoi.sync.manifest import DefinitionPack

        found = newest_begun(self._line(work, own=False), self._office.today)
        return None if found is None else DefinitionPack(found.code, found.number, found.sha256)

    def layers(self) -> tuple[Path, ...]:
        """Folders with definitions, the first before the others: signed packs, then the one laid by hand."""
        return (*self.signed(), paths.pack(self._office.store.folder.path))

    def signed(self) -> tuple[Path, ...]:
        """Folders of the signed packs in force: the one from above, then the one made here for the units below."""
        today = self._office.today
        with self._office.read() as work:
            found = [newest_begun(self._line(work, own=own), today) for own in (False, True)]
            return tuple(self._folder(work, one) for one in found if one is not None)

    def profile(self, code: str) -> Profile | None:
        """What the level above asks for under a profile; ``danh-sach`` only while its pack says so.

        The pack that is in force here for the units below asks nothing of this unit itself.
        """
        with self._office.read() as work:
            return self.profile_in(work, code)

    def profile_in(self, work: Work, code: str) -> Profile | None:
        """The same in a unit of work."""
        from sochihoi.services.profiles import read_profiles

        found = newest_begun(self._line(work, own=False), self._office.today)
        return read_profiles(() if found is None else (self._folder(work, found),)).get(code)

    def asked_below(self, work: Work, code: str) -> Profile | None:
        """What this unit asks of the units below under a profile, in the newest pack that it made."""
        from sochihoi.services.profiles import read_profiles

        last = self._newest(work, own=True)
        return None if last is None else read_profiles((self._folder(work, last),)).get(code)

    def _line(self, work: Work, *, own: bool) -> tuple[Pack, ...]:
        """The packs of one signer, the newest first: this unit, or the level above whose key counts."""
        from sochihoi.storage import packs

        parents = {one.unit_code for one in work.sync.trusted(Direction.PARENT)}
        return tuple(one for one in packs.kept(work) if one.own == own and (own or one.unit in parents))

    def _newest(self, work: Work, *, own: bool) -> Pack | None:
        return next(iter(self._line(work, own=own)), None)

    def _folder(self, work: Work, pack: Pack) -> Path:
        """Where the files of a kept pack lie for the loaders; the book says what is in them."""
        from sochihoi.services.pack_files import lay
        from sochihoi.storage import packs

        if pack.id not in self._laid:
            folder = self._office.store.folder.path / "packs" / pack.sha256[:16]
            self._laid[pack.id] = lay(pack_sealing.texts(packs.content(work, pack.id)), folder)
        return self._laid[pack.id]

    # ------------------------------------------------------------------ the level above

    def plan(self, folder: Path, effective: date) -> tuple[Change, ...]:
        """What a pack of this folder would change here; nothing is made. Raises as ``make``."""
        from sochihoi.services import pack_files

        if not self._office.is_receiver:
            raise NotAReceiver
        return self._checked(pack_files.gathered(folder), effective)

    def make(
        self, folder: Path, *, effective: date | None = None, expires: date | None = None, code: str = ""
    ) -> tuple[Look, bytes]:
        """A folder becomes the next signed pack of this unit. The same folder for the same days is the same pack
        again. ``effective``: today when absent. ``code``: the name of the line, with the first pack only.

        Raises ``NotAReceiver``, ``PackDays``, ``PackOfAnother``, ``NothingInPack``, ``NotForAPack``,
        ``BadDefinition``, ``BadUnitList``, ``PackRewritesPast``, ``PackLeavesOut``.
        """
        from sochihoi.services import pack_files
        from sochihoi.storage import packs

        office = self._office
        if not office.is_receiver:
            raise NotAReceiver
        begins = effective or office.today
        if expires is not None and expires < begins:
            raise PackDays(begins, expires)
        texts = pack_files.gathered(folder)
        with office.read() as work:
            last = self._newest(work, own=True)
            if last is not None:
                if code and code != last.code:
                    raise PackOfAnother(code, last.code)
                before = packs.content(work, last.id)
                if (pack_sealing.texts(before), last.effective, last.expires) == (texts, begins, expires):
                    return Look(last, office.commune.union_name, (), known=True), before
        changes = self._checked(texts, begins)
        pack, file_id, data = pack_sealing.sealed(office, self._random, texts, begins, expires, last, code)
        self._keep(pack, file_id, data, "pack.make")
        return Look(pack, office.commune.union_name, changes), data

    def _checked(self, texts: Mapping[str, str], effective: date) -> tuple[Change, ...]:
        from sochihoi.services import pack_files

        with self._office.read() as work:
            last = self._newest(work, own=True)
            before = pack_files.read((self._folder(work, last),) if last is not None else ())
        with _laid(texts) as folder:
            pack_files.check_history(pack_files.read((folder,)), before, folder, effective)
            return self._compared(folder, own=True)

    def content(self, pack_id: str) -> bytes:
        """The signed file of a kept pack. Raises ``NotFound``."""
        from sochihoi.storage import packs

        with self._office.read() as work:
            return packs.content(work, pack_id)

    def write(self, pack_id: str, out: Path, *, overwrite: bool = False) -> Path:
        """Write a kept pack; into a folder under its own name. Raises ``FileExists``, ``DiskFull``, ``CannotWrite``."""
        from sochihoi.storage.files import write_whole

        target = out / next(one.file_name for one in self.kept() if one.id == pack_id) if out.is_dir() else out
        write_whole(target, self.content(pack_id), overwrite=overwrite)
        return target

    # ------------------------------------------------------------------ below

    def look(self, data: bytes) -> Look:
        """Prove a pack and say what it would change; nothing is applied. At the level above also of its own.

        Raises ``Refused``, ``NotAPack``, ``NoParentKey``, ``PackOlder``, ``PackForked``, ``PackOfAnother``,
        ``BadDefinition``, ``BadUnitList``.
        """
        return self._look(data)[0]

    def apply(self, data: bytes) -> Look:
        """Keep a pack of the level above; it takes effect on its day. Applying the same one again changes nothing.

        Raises as ``look``.
        """
        found, opened = self._look(data)
        if found.known:
            return found
        self._keep(found.pack, opened.statement.file_id, opened.content, "pack.apply")
        return found

    def _look(self, data: bytes) -> tuple[Look, Carried]:
        from sochihoi.sync.names import pack_name

        opened = pack_sealing.opened(self._office, data)
        statement = opened.statement
        with self._office.read() as work:
            own = statement.unit == self._office.commune.code
            line = self._line(work, own=own)
        about = statement.about
        pack = Pack(
            id=self._office.new_id(),
            unit=statement.unit,
            code=about["id"],
            number=statement.number,
            sha256=opened.manifest_hash,
            effective=date.fromisoformat(about["effective"]),
            expires=date.fromisoformat(about["expires"]) if "expires" in about else None,
            files=tuple(row["id"] for row in opened.rows),
            kept_on=self._office.today,
            own=own,
            file_name=pack_name(statement.unit, statement.number),
        )
        same = next((one for one in line if one.sha256 == pack.sha256), None)
        if same is not None and (own or same is line[0]):
            return Look(same, opened.signer.name, (), known=True), opened
        skipped = follows(pack, statement.prev, line)
        with _laid(pack_sealing.texts_of(opened.rows)) as folder:
            return Look(pack, opened.signer.name, self._compared(folder, own=own), skipped=skipped), opened

    def _compared(self, folder: Path, *, own: bool) -> tuple[Change, ...]:
        """The folder in the place of the newest pack of its signer, whether or not its day has come."""
        from sochihoi.services import pack_files
        from sochihoi.services.pack_changes import compare

        with self._office.read() as work:
            mine, other = (self._newest(work, own=way) for way in (own, not own))
            beside = [self._folder(work, other)] if other is not None else []
            signed = [self._folder(work, mine)] if mine is not None else []
        by_hand = (paths.pack(self._office.store.folder.path),)
        before = pack_files.read_kindly((*signed, *beside), by_hand)
        after = pack_files.read_kindly((folder, *beside), by_hand)
        found = compare(before, after, self._office.commune.code)
        return tuple(self._named(one, folder) if one.what is Changed.TREE else one for one in found)

    def _named(self, one: Change, folder: Path) -> Change:
        """A change of units with their names, the list of units in the same pack before all others."""
        from sochihoi.services.unit_trees import named

        return replace(one, facts={"change": named(self._office, one.facts["change"], (folder,))})

    # ------------------------------------------------------------------ both

    def _keep(self, pack: Pack, file_id: str, data: bytes, act: str) -> None:
        from sochihoi.storage import packs

        office = self._office
        with office.write(act) as work:
            packs.keep(work, pack, file_id, hashlib.sha256(data).hexdigest(), data)
            packs.put_unit_changes(work, self._tree(work), pack.number, office.today)
        office.forget_definitions()

    def _tree(self, work: Work) -> Sequence[UnitChange]:
        """The changes of units in the newest pack of each signer, also of one whose day has not come."""
        from sochihoi.services.unit_trees import read_tree

        newest = [self._newest(work, own=own) for own in (False, True)]
        told = {c.id: c for one in newest if one is not None for c in read_tree(self._folder(work, one))}
        return tuple(told.values())


@contextmanager
def _laid(texts: Mapping[str, str]) -> Iterator[Path]:
    """The files of a pack that is not kept yet, for the loaders."""
    from sochihoi.services.pack_files import lay

    with tempfile.TemporaryDirectory(prefix="pack-") as folder:
        yield lay(texts, Path(folder))
