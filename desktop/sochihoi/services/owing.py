"""The units below that owe figures of a period. A lost key ends no unit, and a unit that ended owes what it lived."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochihoi.domain.exchange import Direction, TrustedKey
from sochihoi.domain.keys import KeyState

if TYPE_CHECKING:
    from sochihoi.services.received_months import Months, Needed
    from sochihoi.storage.work import Work


def owing(work: Work, months: Months, need: Needed) -> dict[str, TrustedKey]:
    """By unit code, each with the key that counts, else with its newest revoked one.

    A unit whose key was revoked (lost, stolen) owes as before once a file of it counted; one of which nothing came is
    out. One that a pack began or ended (merged, split) owes the months in which it lived. After its last file nothing
    more can come of it: it stands where its figures are.
    """
    keys: dict[str, TrustedKey] = {}
    for key in work.sync.trusted(Direction.SENDER, revoked=True):
        before = keys.get(key.unit_code)
        if key.state is KeyState.ACTIVE or (
            key.state is KeyState.REVOKED and (before is None or before.state is KeyState.REVOKED)
        ):
            keys[key.unit_code] = key
    streams = work.sync.streams()

    def owes(code: str, key: TrustedKey) -> bool:
        stream = streams.get(code)
        mine = months.of_unit(code, need)
        if any(code in months.standing(month) for month in mine):
            return True
        if not mine or (stream is not None and stream.closed):
            return False
        return key.state is KeyState.ACTIVE or (stream is not None and stream.begun)

    return {code: key for code, key in keys.items() if owes(code, key)}
