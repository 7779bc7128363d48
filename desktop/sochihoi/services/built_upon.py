"""By what an act was built upon, told with the names of those whom the later acts are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochihoi.storage.errors import LaterAct, UndoConflict

if TYPE_CHECKING:
    from sochihoi.services.office import Office

_TOLD = 3


def told(office: Office, batch: str, conflict: UndoConflict) -> UndoConflict:
    """The conflict with the newest acts that stand in the way, and whom they are about."""
    from sochihoi.storage.built_upon import later_batches
    from sochihoi.storage.glance import subjects

    with office.read() as work:
        found = later_batches(work, batch, conflict.records, _TOLD + 1)
        named = subjects(work, [name for name, _act, _at in found])
    by = tuple(LaterAct(act, at, tuple(named.get(name, ()))) for name, act, at in found[:_TOLD])
    return UndoConflict(conflict.records, by, more=len(found) > _TOLD)
