"""Through whose hands the signed files went: a step for each thing that happened to one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sochihoi.domain.custody import Act, NobodyNamed, Step
from sochihoi.domain.errors import FieldProblem
from sochihoi.domain.people import MembershipProblem
from sochihoi.domain.vietnamese import nfc
from sochihoi.services import drives

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work


class Custody:
    """What is known of the way of files. They are named by their SHA-256, whatever they are called outside."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def of(self, hashes: Iterable[str]) -> Mapping[str, tuple[Step, ...]]:
        """The steps of files, in order; files without any are absent."""
        from sochihoi.storage import custody

        with self._office.read() as work:
            return custody.of(work, hashes)

    def handed(self, sha256: str, file_name: str, person: str, *, on: date | None = None, place: str = "") -> None:
        """A copy was given to somebody. Raises ``NobodyNamed``, ``FieldProblem`` (``on``) for a day to come."""
        self._typed([(sha256, file_name)], Act.HANDED, person, on, place)

    def received(self, files: Iterable[tuple[str, str]], person: str, *, on: date | None = None) -> None:
        """Files (SHA-256, name) that came in were brought by somebody. Raises as ``handed``."""
        self._typed(files, Act.RECEIVED, person, on, "")

    def _typed(self, files: Iterable[tuple[str, str]], act: Act, person: str, on: date | None, place: str) -> None:
        who, day = nfc(person), on or self._office.today
        if not who:
            raise NobodyNamed
        if day > self._office.today:
            raise FieldProblem("on", MembershipProblem.IN_THE_FUTURE, day.isoformat())
        with self._office.write(f"custody.{act.name.lower()}") as work:
            for sha256, name in files:
                note(self._office, work, sha256, name, act, place=place, person=who, on=day)


def note(
    office: Office,
    work: Work,
    sha256: str,
    file_name: str,
    act: Act,
    *,
    place: str = "",
    person: str = "",
    on: date | None = None,
) -> None:
    """A step within the act that it belongs to."""
    from sochihoi.storage import custody

    custody.add(work, [Step(office.new_id(), sha256, file_name, act, place, person, on or office.today)])


def place_words(place: Path) -> str:
    """Where a copy lies: ``KINGSTON (E:) 1A2B-3C4D`` on a stick, else the folder."""
    drive = drives.drive_of(place)
    if drive is None:
        return str(place.parent)
    return f"{drive.label} {drive.serial}".strip()
