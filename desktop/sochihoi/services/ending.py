"""A unit that ends: merged into another or split. Its last file closes its stream; what it was stays under its code."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sochihoi.domain.exchange import FINAL, NotEnding, SentState, Stream, UnitEnded
from sochihoi.sync.names import recognise

if TYPE_CHECKING:
    from sochihoi.domain.unit_changes import UnitChange
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work
    from sochihoi.sync.manifest import Manifest


def ending(office: Office) -> UnitChange | None:
    """The change by which this unit ended, as a pack of the level above told it; ``None`` while it goes on."""
    with office.read() as work:
        return _of(office, work, office.commune.code)


def ended(office: Office, work: Work) -> bool:
    """Whether the last file of this unit was made here, and was not returned. One that bore another code ended then:
    its book goes on."""
    return any(
        one.mode == FINAL and one.state is not SentState.RETURNED and _unit(one.file_name) == office.commune.code
        for one in work.sync.sent()
    )


def _unit(name: str) -> str:
    """Whose file is called so."""
    found = recognise(name)
    return "" if found is None else found.unit


def check(office: Office, work: Work, *, final: bool) -> None:
    """Before a file is made. Raises ``NotEnding`` for a last file of a unit that goes on, ``UnitEnded`` for any other
    file after the last one.
    """
    change = _of(office, work, office.commune.code)
    if final and change is None:
        raise NotEnding(office.commune.code)
    if not final and ended(office, work):
        raise UnitEnded(office.commune.code, () if change is None else change.to_units)


def gone_on(work: Work, manifest: Manifest) -> Stream | None:
    """At the level above: the stream in which the book of this file stood under the code of before, as a change of the
    units says; ``None`` for a book that bears no new code."""
    from sochihoi.storage.packs import unit_changes

    draft = manifest.draft
    for one in unit_changes(work):
        for code in one.from_units if manifest.unit in one.to_units else ():
            before = work.sync.stream(code)
            if before is not None and (draft.epoch == before.epoch or draft.parent == before.manifest_hash):
                return before
    return None


def stream_of(work: Work, manifest: Manifest) -> Stream | None:
    """At the level above: where a sender stands. The files and receipts of a book under a new code are numbered on."""
    before = work.sync.stream(manifest.unit)
    if before is None:
        before = gone_on(work, manifest)
        return before and replace(before, id=manifest.unit, closed=False, closed_on=None, forwarded_to="")
    return before


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
