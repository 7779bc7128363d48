"""A unit that ends: merged into another or split. Its last file closes its stream; what it was stays under its code."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sochihoi.domain.exchange import FINAL, NotEnding, SentState, Stream, UnitEnded

if TYPE_CHECKING:
    from sochihoi.domain.unit_changes import UnitChange
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work


def ending(office: Office) -> UnitChange | None:
    """The change by which this unit ended, as a pack of the level above told it; ``None`` while it goes on."""
    with office.read() as work:
        return _of(office, work, office.commune.code)


def ended(work: Work) -> bool:
    """Whether the last file was made here, and was not returned."""
    return any(one.mode == FINAL and one.state is not SentState.RETURNED for one in work.sync.sent())


def check(office: Office, work: Work, *, final: bool) -> None:
    """Before a file is made. Raises ``NotEnding`` for a last file of a unit that goes on, ``UnitEnded`` for any other
    file after the last one.
    """
    change = _of(office, work, office.commune.code)
    if final and change is None:
        raise NotEnding(office.commune.code)
    if not final and ended(work):
        raise UnitEnded(office.commune.code, () if change is None else change.to_units)


def closed_as(office: Office, work: Work, now: Stream) -> Stream:
    """At the level above: a stream that its last file closed, with the day and who goes on; any other as it is."""
    if not now.closed or now.closed_on is not None:
        return now
    change = _of(office, work, now.id)
    return replace(now, closed_on=office.today, forwarded_to="" if change is None else ", ".join(change.to_units))


def _of(office: Office, work: Work, code: str) -> UnitChange | None:
    from sochihoi.storage.packs import unit_changes

    told = [
        one
        for one in unit_changes(work)
        if one.effective <= office.today and code in one.from_units and code not in one.to_units
    ]
    return told[-1] if told else None
