"""Where a file stands in its sender's stream: the rules of step 12, pure. No clock: numbers and hashes decide."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import Enum

from sochihoi.sync.errors import Code
from sochihoi.sync.manifest import Manifest


class Outcome(Enum):
    """What to do with a file that opened."""

    APPLY = "APPLY"
    DUPLICATE = "DUPLICATE"  # applied before: the same receipt again, nothing changes
    REFUSE = "REFUSE"


class Warning_(Enum):  # noqa: N801 - the builtin Warning is something else
    """Worth a line in the receipt, no reason to refuse."""

    GAP = "GAP"  # earlier files never came; this one is a whole snapshot, so nothing is missing


@dataclass(frozen=True, slots=True)
class StreamState:
    """One sender as the receiver knows it: the newest applied file, and the hashes of all applied ones."""

    epoch: str
    epoch_no: int
    seq: int
    mh: str
    closed: bool = False
    applied: Collection[str] = field(default=frozenset(), repr=False)


@dataclass(frozen=True, slots=True)
class Verdict:
    """``code`` is set exactly when the outcome is to refuse."""

    outcome: Outcome
    code: Code | None = None
    warnings: tuple[Warning_, ...] = ()


def judge(state: StreamState | None, manifest: Manifest, mh: str, *, demo: bool = False) -> Verdict:
    """The verdict on a file whose manifest hash is ``mh``. ``state`` is ``None`` for a sender never heard of.

    ``demo``: whether the receiver is a demonstration; it takes demonstration files only, a real one none. A refusal
    never moves the state: the caller advances it (``advanced``) in the transaction that stores the rows.
    """
    draft = manifest.draft
    if draft.demo != demo:
        return _refuse(Code.DEMO)
    if state is None:
        return _apply(draft.seq, 1) if draft.epoch_no == 1 else _refuse(Code.EPOCH_UNPROVEN)
    if mh == state.mh or mh in state.applied:
        return Verdict(Outcome.DUPLICATE)
    if state.closed:
        return _refuse(Code.UNIT_CLOSED)
    if draft.epoch != state.epoch:
        if draft.epoch_no < state.epoch_no:
            return _refuse(Code.STALE)
        if draft.epoch_no == state.epoch_no:
            return _refuse(Code.FORK_CHAIN)  # two lives began from one book: taken over, or restored, twice
        if draft.epoch_no != state.epoch_no + 1 or draft.parent != state.mh:
            return _refuse(Code.EPOCH_UNPROVEN)
        return _apply(draft.seq, 1)
    if draft.epoch_no != state.epoch_no:
        return _refuse(Code.EPOCH_UNPROVEN)
    if draft.seq < state.seq:
        return _refuse(Code.STALE)
    if draft.seq == state.seq:
        return _refuse(Code.FORK_SAME_SEQ)
    if draft.seq == state.seq + 1 and draft.prev != state.mh:
        return _refuse(Code.FORK_CHAIN)
    return _apply(draft.seq, state.seq + 1)


def advanced(state: StreamState | None, manifest: Manifest, mh: str) -> StreamState:
    """The state after the file was applied. A final file closes the stream."""
    applied = frozenset(state.applied) if state is not None else frozenset()
    draft = manifest.draft
    return StreamState(draft.epoch, draft.epoch_no, draft.seq, mh, draft.mode.value == "final", applied | {mh})


def _apply(seq: int, expected: int) -> Verdict:
    return Verdict(Outcome.APPLY, warnings=(Warning_.GAP,) if seq > expected else ())


def _refuse(code: Code) -> Verdict:
    return Verdict(Outcome.REFUSE, code)
