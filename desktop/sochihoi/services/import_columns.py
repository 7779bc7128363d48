"""What an officer said of the columns of a list, kept for the next list with the same titles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sochihoi.intake.columns import Choices
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work

PREFIX = "import.columns."


def remembered(work: Work) -> Choices:
    """All that is kept, by the fingerprint of the titles. A field that this program does not know is nobody's."""
    from sochihoi.intake.columns import Field

    known = set(Field)
    return {
        key: {int(place): Field(field) if field in known else None for place, field in told.items()}
        for key, told in work.settings.below(PREFIX).items()
        if isinstance(told, Mapping) and told
    }


def remember(office: Office, choices: Choices) -> None:
    """Keep what is new of them; an act of its own, so that the import alone can be taken back."""
    with office.store.read() as work:
        new = {key: told for key, told in choices.items() if remembered(work).get(key) != told}
    if new:
        with office.write("import.columns") as work:
            for key, told in new.items():
                work.settings.set(PREFIX + key, {str(place): field or "" for place, field in sorted(told.items())})


def forget(office: Office, key: str) -> None:
    """The titles are understood by themselves again."""
    with office.write("import.columns") as work:
        work.settings.set(PREFIX + key, {})
