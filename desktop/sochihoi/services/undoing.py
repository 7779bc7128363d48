"""Taking files back, on any later day: what stood before stands again, made anew from the files in the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sochihoi.domain.corrections import BuiltUpon, CannotRebuild, NothingToTakeBack
from sochihoi.domain.exchange import Direction, Outcome, Received, Stream

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work
    from sochihoi.sync.envelope import Opened
    from sochihoi.sync.identity import Register
    from sochihoi.sync.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back. ``periods``: those whose figures are others now, or gone, by unit code."""

    files: tuple[Received, ...]
    periods: dict[str, tuple[str, ...]]


def take_back(office: Office, line_ids: Sequence[str]) -> Undone:
    """These files no longer count. Each unit is told by a receipt of its own, and its place in the stream goes back.

    All or nothing. Raises ``NothingToTakeBack``; ``BuiltUpon`` when a newer file of a unit stands on one of them;
    ``CannotRebuild`` when a file that stood before does not open any more.
    """
    from sochihoi.storage import ledger

    with office.write("sync.undo") as work:
        wanted = {one for one in line_ids if work.sync.received_one(one).verdict is Outcome.STORED}
        if not wanted:
            raise NothingToTakeBack
        units = sorted({work.sync.received_one(one).unit_code for one in wanted})
        periods = {unit: _of_unit(office, work, unit, wanted) for unit in units}
        files = tuple(one for one in ledger.lines(work, Outcome.UNDONE) if one.id in wanted)
    return Undone(files, periods)


def once_accepted(work: Work) -> Register:
    """Every sender's key that ever counted: what was taken in once is opened again whatever became of its key."""
    from sochihoi.sync.identity import Entry, PublicKeys, Register

    keys = work.sync.trusted(Direction.SENDER, revoked=True)
    return Register(*(Entry(PublicKeys.from_bytes(one.keys)) for one in keys))


def _of_unit(office: Office, work: Work, unit: str, wanted: set[str]) -> tuple[str, ...]:
    from sochihoi.services import received_members, taking_rows
    from sochihoi.storage import ledger

    stored = _in_order(work, unit)
    gone = [line for line in stored if line.id in wanted]
    left = [line for line in stored if line.id not in wanted]
    if left and stored.index(left[-1]) > stored.index(gone[0]):
        after = next(line for line in left if stored.index(line) > stored.index(gone[0]))
        raise BuiltUpon(gone[0].file_name, after.file_name)
    opened = {line.id: _opened(office, work, line) for line in gone}
    periods = frozenset().union(*(taking_rows.periods_in(one.rows) for one in opened.values()))
    for period in sorted(periods):
        work.sync.replace_partition(unit, period, ())
    for line in left:  # as they came, one after the other: so every figure is again of the file that brought it
        one = _opened(office, work, line)
        if periods & taking_rows.periods_in(one.rows):
            taking_rows.store(work, line, one.rows, office.new_id, only=periods)
    rows = _opened(office, work, left[-1]).rows if left else ()
    received_members.store(office, work, unit, left[-1].id if left else "", rows)
    stream = _stream(work, unit, left)
    for line in reversed(gone):
        stream = replace(stream, receipt_no=stream.receipt_no + 1)
        _tell(office, work, line, opened[line.id], stream)
        changes = {"verdict": Outcome.UNDONE.name, "code": "UNDONE", "undone_on": office.today, "facts": {}}
        ledger.change_line(work, line.id, changes)
    work.sync.save_stream(stream)
    return tuple(sorted(periods))


def _in_order(work: Work, unit: str) -> list[Received]:
    """The files of a unit that count, in the order in which they were applied: epochs and numbers only rise."""
    from sochihoi.storage import ledger

    lines = ledger.lines(work, Outcome.STORED, unit=unit)
    contents = ledger.content_of(work, [line.id for line in lines])
    places = {key: _manifest(content) for key, content in contents.items()}
    return sorted(lines, key=lambda line: (places[line.id].draft.epoch_no, line.seq))


def _manifest(content: bytes) -> Manifest:
    from sochihoi.sync import container
    from sochihoi.sync.manifest import Manifest

    return Manifest.from_bytes(container.parse(content).manifest)


def _opened(office: Office, work: Work, line: Received) -> Opened:
    from sochihoi.services.sending import own_keys
    from sochihoi.sync.envelope import open_
    from sochihoi.sync.errors import Refused

    identity, me = own_keys(office, work)
    try:
        return open_(work.sync.received_content(line.id), once_accepted(work), me, identity)
    except Refused as refusal:
        raise CannotRebuild(line.file_name) from refusal


def _stream(work: Work, unit: str, left: Sequence[Received]) -> Stream:
    """Back to the newest file that still counts; the numbers of receipts only rise."""
    before = work.sync.stream(unit)
    number = 0 if before is None else before.receipt_no
    if not left:
        return Stream(unit, "", 0, 0, "", number)
    draft = _manifest(work.sync.received_content(left[-1].id)).draft
    closed = draft.mode.value == "final"
    return Stream(unit, draft.epoch, draft.epoch_no, draft.seq, left[-1].manifest_hash, number, closed)


def _tell(office: Office, work: Work, line: Received, opened: Opened, stream: Stream) -> None:
    from sochihoi.services.answering import Answers
    from sochihoi.services.sending import own_keys
    from sochihoi.sync.errors import Code

    answers = Answers(office, *own_keys(office, work))
    receipt = answers.make(work, opened.manifest, opened.manifest_hash, stream, code=Code.UNDONE, to=opened.sender)
    answers.put(work, line.id, receipt)
