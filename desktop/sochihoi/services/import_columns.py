"""What an officer said of the columns of a list, kept for the next list with the same titles."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from sochihoi.intake.columns import Choices
    from sochihoi.intake.home_list import HomeChoices
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work

PREFIX = "import.columns."
HOMES = "import.homes."
"""Of lists of households: the same titles may be read as either."""

_Field = TypeVar("_Field", bound=StrEnum)


def remembered(work: Work) -> Choices:
    """All that is kept of lists of members, by the fingerprint of the titles."""
    from sochihoi.intake.columns import Field

    return _kept(work, PREFIX, Field)


def remembered_homes(work: Work) -> HomeChoices:
    """All that is kept of lists of households."""
    from sochihoi.intake.home_list import HomeField

    return _kept(work, HOMES, HomeField)


def _kept(work: Work, prefix: str, fields: type[_Field]) -> dict[str, dict[int, _Field | None]]:
    """A field that this program does not know is nobody's."""
    known = set(fields)
    return {
        key: {int(place): fields(field) if field in known else None for place, field in told.items()}
        for key, told in work.settings.below(prefix).items()
        if isinstance(told, Mapping) and told
    }


def remember(office: Office, choices: Mapping[str, Mapping[int, StrEnum | None]], prefix: str = PREFIX) -> None:
    """Keep what is new of them; an act of its own, so that the import alone can be taken back."""
    told = {key: {str(place): said or "" for place, said in sorted(one.items())} for key, one in choices.items()}
    with office.store.read() as work:
        kept = work.settings.below(prefix)
    new = {key: one for key, one in told.items() if kept.get(key) != one}
    if new:
        with office.write("import.columns") as work:
            for key, one in new.items():
                work.settings.set(prefix + key, one)


def forget(office: Office, key: str, prefix: str = PREFIX) -> None:
    """The titles are understood by themselves again."""
    with office.write("import.columns") as work:
        work.settings.set(prefix + key, {})
