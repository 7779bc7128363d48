"""The book of a new commune that begins with branches of another: opened from the file that the other one made."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sochihoi.domain.joining import OtherKind, inherit
from sochihoi.domain.joining_rows import Rewriting
from sochihoi.domain.parting import NotAPart
from sochihoi.domain.progress import Progress, Unwatched
from sochihoi.domain.reorganisation import Kind, stay_reason
from sochihoi.services.commune import Commune
from sochihoi.services.official_units import OfficialCommune
from sochihoi.services.opening import Made, Surroundings, make_commune

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work

_NOBODY: Final = Unwatched()
_KINDS: Final = ("xã", "phường", "đặc khu", "thị trấn")


@dataclass(frozen=True, slots=True)
class Handed:
    """What a file of branches says: for which commune, of which one, from which day, and how many are in it."""

    on: date
    code: str
    name: str
    from_name: str
    from_code: str
    above: str
    above_level: str
    province: str
    branches: tuple[str, ...]
    members: int
    households: int
    decision: str
    demo: bool

    @property
    def commune(self) -> OfficialCommune:
        """The new commune, as the list of official units would have it."""
        kind = next((one for one in _KINDS if self.name.casefold().startswith(f"{one} ")), "")
        return OfficialCommune(self.code, self.name[len(kind) :].strip(), kind or "xã", "", self.province)


def look(file: Path, password: str, around: Surroundings = Surroundings()) -> Handed:  # noqa: B008
    """Verify the file whole. Raises ``BackupUnusable``, ``CannotRead``, ``WrongPassword``, ``NotAPart``."""
    with _opened(file, password, around, _NOBODY) as (_work, told):
        return told


def found_commune(
    path: Path,
    file: Path,
    file_password: str,
    *,
    above: str = "",
    above_level: str = "",
    password: str,
    officer: str = "",
    around: Surroundings = Surroundings(),  # noqa: B008
) -> Made:
    """Make the new commune's book: its own keys, account and recovery code, its branches from the day on, and what was
    held before under the old commune. ``above``: the level above, that of the old commune where it is empty.

    Nothing is made when the file does not open. Raises as ``look`` and ``make_commune``, ``OtherKind``.
    """
    with _opened(file, file_password, around, _NOBODY) as (there, told):
        if told.demo != around.demo:
            raise OtherKind(around.demo)

        def begin(office: Office, work: Work) -> None:
            _bring_in(office, work, there, told)

        return make_commune(
            path,
            told.commune,
            above=above or told.above,
            above_level=above_level or told.above_level,
            password=password,
            officer=officer,
            around=around,
            begin=begin,
        )


@contextmanager
def _opened(file: Path, password: str, around: Surroundings, progress: Progress) -> Iterator[tuple[Work, Handed]]:
    """The file in a temporary folder, verified whole and brought to the schema of today there."""
    from sochihoi.storage import backup, inspection, parting
    from sochihoi.storage.folder import DataFolder
    from sochihoi.storage.migrate import bring_up_to_date
    from sochihoi.storage.vault import Keyring

    with tempfile.TemporaryDirectory(prefix="sochihoi-founding-") as made:
        folder = DataFolder(Path(made))
        _info, key, _who = backup.open_backup(file, password, folder.path, None, progress)
        bring_up_to_date(folder, key, around.now())
        demo = Keyring.read(folder.keyring).demo_password is not None
        with inspection.reading(folder.database, key) as work:
            told = work.settings.get(parting.PART, None)
            if not isinstance(told, dict):
                raise NotAPart(file.name)
            old = Commune.read(work)
            names = {one.id: one.name for one in work.units.all()}
            yield (
                work,
                Handed(
                    date.fromisoformat(told["on"]),
                    told["code"],
                    told["name"],
                    old.name,
                    old.code,
                    old.above_name,
                    old.above_level,
                    old.province,
                    tuple(names[one] for one in told["branches"]),
                    told["members"],
                    told["households"],
                    told["decision"],
                    demo,
                ),
            )


def _bring_in(office: Office, work: Work, there: Work, told: Handed) -> None:
    """As the book of a commune that joins comes in, with the difference that the old commune goes on itself."""
    from sochihoi.storage import joining, parting

    here, old = Commune.read(work), Commune.read(there).unit_id
    replace(here, first_month=f"{told.on:%Y-%m}").write(work)
    root = replace(work.units.get(here.unit_id), valid_from=told.on, predecessor_ids=(old,))
    theirs = there.units.all()
    parts = there.settings.get(parting.PART, {})["branches"]
    made = inherit(theirs, old, (root,), root, told.on, "", office.new_id, parts)
    work.units.add(*made.units)
    work.units.save(root)
    left = {r["id"]: r["left_on"] for rows in joining.chunks(there, "membership") for r in rows if r["left_on"]}
    reason = stay_reason(Kind.PART, told.decision)
    rewriting = Rewriting(told.on, made.heir, theirs, {}, left, (), office.new_id, reason)
    joining.bring_in(work, there, rewriting.edits(), _NOBODY)
