"""The units below that owe figures of a period. A lost key ends no unit, and a unit that ended owes nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochihoi.domain.exchange import Direction, TrustedKey
from sochihoi.domain.keys import KeyState

if TYPE_CHECKING:
    from sochihoi.domain.periods import Period
    from sochihoi.storage.work import Work


def owing(work: Work, period: Period) -> dict[str, TrustedKey]:
    """By unit code, each with the key that counts, else with its newest revoked one.

    A unit whose key was revoked (lost, stolen) owes as before once a file of it counted; one of which nothing came is
    out. One that a pack ended (merged, split) owes what began before that day. After its last file nothing more can
    come of it: it stands where its figures are.
    """
    from sochihoi.storage import consolidated
    from sochihoi.storage.packs import unit_changes

    keys: dict[str, TrustedKey] = {}
    for key in work.sync.trusted(Direction.SENDER, revoked=True):
        before = keys.get(key.unit_code)
        if key.state is KeyState.ACTIVE or (
            key.state is KeyState.REVOKED and (before is None or before.state is KeyState.REVOKED)
        ):
            keys[key.unit_code] = key
    streams = work.sync.streams()
    here = set(consolidated.standing(work, period.months()[-1].code))
    ended = {
        code
        for one in unit_changes(work)
        if one.effective <= period.start
        for code in one.from_units
        if code not in one.to_units
    }

    def owes(code: str, key: TrustedKey) -> bool:
        stream = streams.get(code)
        if code in here:
            return True
        if code in ended or (stream is not None and stream.closed):
            return False
        return key.state is KeyState.ACTIVE or (stream is not None and stream.begun)

    return {code: key for code, key in keys.items() if owes(code, key)}
