"""Who writes this book: frozen here, taken over there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select

from sochihoi.storage.schema import installation, sent_file
from sochihoi.storage.sync import epoch_id
from sochihoi.storage.work import Work


def freeze(work: Work, on: date) -> None:
    """From here on this PC only reads."""
    work.update(installation, {work.sync.installation().id: {"frozen_on": on}})


def thaw(work: Work) -> None:
    """This PC writes again."""
    work.update(installation, {work.sync.installation().id: {"frozen_on": None, "handed_to": ""}})


def take_over(work: Work, new_id: str, epoch: str, on: date) -> None:
    """Another PC with the same keys goes on: a new installation, a new epoch that names the last file received above.

    Where no file was ever made the epochs are still counted from 1: a level above that knows nothing asks for no proof.
    """
    before = work.sync.installation()
    row = work.get(installation, before.id)
    seen = work.sync.last_receipt()
    begun = bool(work.value(select(func.count()).select_from(sent_file)))
    work.update(installation, {before.id: {"handed_to": new_id, "frozen_on": before.frozen_on or on}})
    work.remove(installation, [before.id], on)
    made: Mapping[str, Any] = {
        "id": new_id,
        "identity": row["identity"],
        "epoch": epoch_id(epoch),
        "epoch_no": before.epoch_no + 1 if begun else before.epoch_no,
        "parent": "" if seen is None else str(seen["accepted"]),
        "made_on": on,
    }
    work.insert(installation, [made])
