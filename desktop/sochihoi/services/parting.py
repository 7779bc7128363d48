"""Branches go to a new commune: tried on a copy, then one file for the new commune and one act in this book."""

from __future__ import annotations

import re
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sochihoi.domain.parting import ChangedSince, PartingPlan, chosen
from sochihoi.domain.progress import Progress, Unwatched
from sochihoi.domain.reorganisation import DayToCome, UnitNameEmpty, UnitNameTaken
from sochihoi.domain.units import Level, Unit
from sochihoi.domain.vietnamese import fold, nfc
from sochihoi.services.commune import Commune
from sochihoi.services.commune_changes import BadCommuneCode
from sochihoi.services.opening import Surroundings

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.storage.joining import BranchLine
    from sochihoi.storage.parting import Sides
    from sochihoi.storage.store import Store
    from sochihoi.storage.work import Work

ACT: Final = "unit.part"
SUFFIX: Final = ".hpnpart"
_CODE: Final = re.compile(r"\d{5}", re.ASCII)
_NOBODY: Final = Unwatched()
_STEPS: Final = 100


@dataclass(frozen=True, slots=True)
class OnBoth:
    """A member (``code`` of her membership) or a household that would be on both sides."""

    noun: str
    code: str
    name: str
    branch: str


@dataclass(frozen=True, slots=True)
class PartRehearsed:
    """What a parting does, found by doing it on a copy: the branches ``before``, those that ``stay``, those that ``go``
    as the new book would begin. ``offices``: (name, title) held here that end. ``both``: who is on both sides."""

    plan: PartingPlan
    before: tuple[BranchLine, ...]
    stay: tuple[BranchLine, ...]
    go: tuple[BranchLine, ...]
    offices: tuple[tuple[str, str], ...]
    both: tuple[OnBoth, ...]

    @property
    def whole(self) -> bool:
        """Whether it can be done: nobody on both sides, nobody lost, nobody counted twice."""
        after = (*self.stay, *self.go)
        return not self.both and all(
            sum(getattr(one, what) for one in self.before) == sum(getattr(one, what) for one in after)
            for what in ("members", "households")
        )


@dataclass(frozen=True, slots=True)
class Parted:
    """The file that was made, and who is in it."""

    plan: PartingPlan
    file: Path
    members: int
    households: int


class Parting:
    """Partings of this commune."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def rehearse(self, plan: PartingPlan, progress: Progress = _NOBODY) -> PartRehearsed:
        """Do it on a copy in a temporary folder and look; nothing here changes; any thread.

        Raises ``DayToCome``, ``MonthClosed``, ``NothingParted``, ``NotThatDay``, ``ChangedSince``, ``BadCommuneCode``,
        ``UnitNameEmpty``, ``UnitNameTaken``, ``NotAllowed``, ``Cancelled`` and storage errors.
        """
        from sochihoi.services.office import Office
        from sochihoi.storage import joining, parting
        from sochihoi.storage.folder import DataFolder
        from sochihoi.storage.inspection import copy_checked
        from sochihoi.storage.store import Store

        mine = self._office
        with tempfile.TemporaryDirectory(prefix="sochihoi-parting-") as made:
            folder = DataFolder(Path(made) / "book")
            folder.path.mkdir()
            copy_checked(mine.store.folder.database, mine.store.key, folder.database)
            progress.step(30, _STEPS)
            store = Store(folder, mine.store.key, now=mine.store.now, ids=mine.store.new_id, demo=mine.demo)
            try:
                copy = Office(store, mine.account)
                with copy.read() as work:
                    before = joining.lines(work, mine.today)
                with copy.write(ACT, dates=[plan.on]) as work:
                    sides, told = _sides(copy, work, plan)
                    both = tuple(OnBoth(*one) for one in parting.on_both(work, sides))
                    offices = tuple(parting.offices(work, sides, copy.commune.unit_id))
                    with _file(copy, work, sides, told, Path(made) / "part") as part, part.read() as there:
                        go = joining.lines(there, mine.today)
                    progress.step(80, _STEPS)
                    parting.carry_out(work, sides, _commune(copy, work, told), copy.today)
                with copy.read() as work:
                    stay = joining.lines(work, mine.today)
                progress.step(_STEPS, _STEPS)
                return PartRehearsed(told, before, stay, go, offices, both)
            finally:
                store.close()

    def part(
        self,
        plan: PartingPlan,
        out: Path,
        password: str,
        progress: Progress = _NOBODY,
        around: Surroundings = Surroundings(),  # noqa: B008
    ) -> Parted:
        """Write the file for the new commune, under a password of its own, and end the branches here: one act, which
        can be taken back while nothing stands on it. The file goes again where the act fails.

        Raises as ``rehearse``, ``BelongsToBoth``, ``PasswordTooShort``, ``FileExists``, ``DiskFull``, ``CannotWrite``.
        """
        from sochihoi.services.setup import check_password
        from sochihoi.storage import backup, parting
        from sochihoi.storage.errors import FileExists
        from sochihoi.storage.vault import Cost, Keyring, Wrap

        check_password(password)
        if out.exists():
            raise FileExists(str(out))
        office, written = self._office, False
        try:
            with (
                office.write(ACT, dates=[plan.on]) as work,
                tempfile.TemporaryDirectory(prefix="sochihoi-parting-") as made,
            ):
                sides, told = _sides(office, work, plan)
                sides.going.check()
                progress.step(10, _STEPS)
                with _file(office, work, sides, told, Path(made)) as part:
                    folder, key = part.folder, part.key
                ring = Keyring.new(folder.keyring, demo_password=password if office.demo else None)
                # nobody's account: the file is neither brought back nor joined, only a new book begins with it
                who = Wrap(around.ids(), told.name, "VIEWER")
                ring.add(key, who, password, random=around.random, cost=around.cost or Cost())
                ring.save()
                progress.step(60, _STEPS)
                backup.make(folder, key, out, office.now)
                written = True
                parting.carry_out(work, sides, _commune(office, work, told), office.today)
                progress.step(_STEPS, _STEPS)
        except BaseException:
            if written:
                out.unlink(missing_ok=True)
            raise
        return Parted(told, out, len(sides.going.leaving), len(sides.going.households))


def _sides(office: Office, work: Work, plan: PartingPlan) -> tuple[Sides, PartingPlan]:
    """The plan as it stands over the register, checked."""
    from sochihoi.storage import parting

    if plan.on > office.today:
        raise DayToCome("on", "IN_THE_FUTURE", plan.on.isoformat())
    told = replace(plan, code=nfc(plan.code), name=nfc(plan.name), decision=nfc(plan.decision))
    if not _CODE.fullmatch(told.code):
        raise BadCommuneCode("code", "shape", told.code)
    if not told.name:
        raise UnitNameEmpty("name", "empty")
    if told.code in office.commune.codes:
        raise UnitNameTaken("code", "taken", told.code)
    if fold(told.name) == fold(office.commune.name):
        raise UnitNameTaken("name", "taken", told.name)
    chosen(work.units.all(), told.branches, told.on)
    sides = parting.look(work, told)
    if sides.newest is not None:
        names = ", ".join(one.name for one in sides.units if one.id in told.branches)
        raise ChangedSince(names, told.on, sides.newest)
    return sides, told


def _commune(office: Office, work: Work, plan: PartingPlan) -> Unit:
    root = work.units.get(office.commune.unit_id)
    return Unit(
        office.new_id(), Level.COMMUNE, plan.name, plan.code, root.parent_id, plan.on, predecessor_ids=plan.branches
    )


@contextmanager
def _file(office: Office, work: Work, sides: Sides, plan: PartingPlan, folder: Path) -> Iterator[Store]:
    """A new book in a folder, under a new key, with the rows that go and nothing else: no page of it ever held another.

    ``work`` may read or write.
    """
    from sochihoi.storage import joining, parting
    from sochihoi.storage.folder import DataFolder
    from sochihoi.storage.store import Store

    folder.mkdir(exist_ok=True)
    here = office.commune
    store = Store(
        DataFolder(folder), secrets.token_bytes(32), now=office.store.now, ids=office.new_id, demo=office.demo
    )
    try:
        with store.write(ACT) as there:
            there.units.add(*parting.units_that_go(work, sides, here.unit_id))
            told = Commune(here.unit_id, here.code, here.name, here.short_name, here.kind, here.province)
            replace(told, above_name=here.above_name, above_level=here.above_level).write(there)
            there.settings.set(
                parting.PART,
                {"on": plan.on.isoformat(), "code": plan.code, "name": plan.name, "branches": list(plan.branches)}
                | {"decision": plan.decision, "members": len(sides.going.leaving)}
                | {"households": len(sides.going.households)},
            )
            joining.bring_in(there, work, parting.edits(work, sides), _NOBODY)
        yield store
    finally:
        store.close()
