"""Answers of the level above at a commune: a receipt, what it asks to correct, and a whole return file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sochihoi.domain.corrections import Correction
from sochihoi.domain.errors import UserError
from sochihoi.domain.exchange import Doubt, NotAReceipt, SentFile, SentState

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work
    from sochihoi.sync.receipt import Receipt

OPEN, DONE = "OPEN", "DONE"
ALSO = "also"
"""The fact of a receipt under which the answers stand that it repeats: manifest hash, number, code."""
DECIDED_BY_PERSON = ("HOLD", "EPOCH_UNPROVEN")
"""Codes of files that a person returned: what she asks stands in the same receipt."""


@dataclass(frozen=True, slots=True)
class TakenReceipt:
    """A receipt that was applied. ``about`` is the file that it answers, ``None`` when this book does not know it;
    ``also``: other files of which it is the first to tell the answer, by number of that.
    """

    receipt: Receipt
    about: SentFile | None
    doubt: Doubt | None = None
    corrections: tuple[Correction, ...] = ()
    also: tuple[SentFile, ...] = ()


@dataclass(frozen=True, slots=True)
class ToCorrect:
    """One thing that the level above asks to look at. ``key``: its place in its receipt, for ``looked_at``."""

    key: str
    receipt_no: int
    returned: bool
    correction: Correction


@dataclass(frozen=True, slots=True)
class Returned:
    """Why a file came back: the code of the refusal, the number of the receipt, and what that asks to look at."""

    code: str
    receipt_no: int
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """One file of a return file. ``kind``: what it says it is. ``problem``: why it was not applied."""

    name: str
    kind: str
    receipt: TakenReceipt | None = None
    result: object = None
    problem: UserError | None = None
    content: bytes = b""


Applier = Callable[["Office", bytes], object]


def _receipt(office: Office, data: bytes) -> object:
    return office.receipts.take(data)


def _register(office: Office, data: bytes) -> object:
    from sochihoi.services import registering

    return registering.apply(office, data)


def _pack_seen(office: Office, data: bytes) -> object:
    return office.packs.look(data)


def _pack_applied(office: Office, data: bytes) -> object:
    return office.packs.apply(data)


APPLIERS: dict[str, Applier] = {"receipt": _receipt, "register": _register, "defpack": _pack_seen}
"""What becomes of each kind of file that goes down; a kind that is not here is left for a newer program. Of a pack it
is only said what it would change: somebody looks first, then ``DECIDED`` applies it."""
DECIDED: dict[str, Applier] = {"defpack": _pack_applied}


@dataclass(eq=False)
class NothingForUs(UserError):
    """Packed together are only files that this program does not apply."""

    kinds: tuple[str, ...]


class Receipts:
    """What a commune does with answers."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def take_any(self, data: bytes, *, packs: bool = False) -> tuple[Taken, ...]:
        """Apply a receipt, or each file of a return file by itself: one that is not proven stops none of the others.

        A pack is looked at; with ``packs`` it is applied too.

        Raises ``Refused`` when the bytes are no file of ours at all, ``NothingForUs``; a single file raises its own
        problem.
        """
        from sochihoi.sync.wrapping import inside

        files = list(inside(data))
        taken = [self._one(name, content, packs=packs) for name, content in files]
        if len(taken) == 1 and taken[0].problem is not None:
            raise taken[0].problem
        if all(one.result is None and one.problem is None for one in taken):
            raise NothingForUs(tuple(one.kind for one in taken))
        return tuple(taken)

    def _one(self, name: str, content: bytes, *, packs: bool) -> Taken:
        from sochihoi.sync import container
        from sochihoi.sync.errors import Refused
        from sochihoi.sync.manifest import read_document

        try:
            kind = str(read_document(container.parse(content).manifest).get("kind"))
            if kind == "report":
                raise NotAReceipt
            applier = (DECIDED.get(kind) if packs else None) or APPLIERS.get(kind)
            result = applier(self._office, content) if applier is not None else None
        except Refused as refusal:
            return Taken(name, "", problem=refusal)
        except UserError as problem:
            return Taken(name, kind, problem=problem)
        return Taken(name, kind, result if isinstance(result, TakenReceipt) else None, result, content=content)

    def take(self, data: bytes) -> TakenReceipt:
        """Apply a receipt of the level above: its answer, the file that it is about, what it asks to correct, and
        whether one of the two sides lost what it had.

        Raises ``Refused`` for one that is not proven, ``NotAReceipt`` for another kind of file.
        """
        from sochihoi.services import ticket_confirmations
        from sochihoi.services.sending import own_keys, parent_of
        from sochihoi.sync.envelope import inspect
        from sochihoi.sync.identity import Entry, PublicKeys, Register
        from sochihoi.sync.receipt import open_answer

        seen_in = inspect(data)
        if seen_in.receipt is None:
            raise NotAReceipt
        with self._office.read() as work:
            parent = parent_of(work)
            register = Register() if parent is None else Register(Entry(PublicKeys.from_bytes(parent.keys)))
            # the answer to a file of before comes under the code of then
            commune, demo = self._office.commune, self._office.demo
            code = seen_in.receipt.unit if seen_in.receipt.unit in commune.codes else commune.code
            identity, _keys = own_keys(self._office, work)
            receipt, sha256, asked = open_answer(data, register, code, demo=demo, identity=identity)
            files = {one.manifest_hash: one for one in work.sync.sent()}
            about = files.get(receipt.place.mh)
            seen = work.sync.last_receipt()
            doubt = _doubt(work, receipt, sha256, seen)
        with self._office.write("sync.receipt") as work:
            new = self._keep(work, receipt, sha256, asked, data, about)
            ticket_confirmations.take(work, receipt)
            for manifest_hash, code in new.items():
                if manifest_hash in files:
                    state = SentState.RETURNED if code else SentState.RECEIVED
                    work.sync.change_sent(files[manifest_hash].id, state)
            if seen is None or receipt.receipt_no > seen["no"]:
                accepted = "" if receipt.last_accepted is None else receipt.last_accepted.mh
                if accepted or seen is not None:
                    work.sync.keep_receipt(receipt.receipt_no, sha256, accepted)
            also = [files[one.mh] for one in receipt.answered if one.mh in files and one.mh in new]
            return TakenReceipt(
                receipt,
                None if about is None else work.sync.sent_one(about.id),
                doubt,
                asked,
                tuple(work.sync.sent_one(one.id) for one in also),
            )

    def _keep(
        self,
        work: Work,
        receipt: Receipt,
        sha256: str,
        asked: tuple[Correction, ...],
        data: bytes,
        about: SentFile | None,
    ) -> dict[str, str]:
        """Keep it with what it asks that no receipt before it asked. Manifest hash to code (empty: applied) of each
        file of which it tells the newest answer; of files that it repeats only those that nothing told of before.
        """
        from sochihoi.storage import ledger

        office = self._office
        known = ledger.carried(work, ledger.RECEIPT, ledger.IN)
        told = _told(known)
        repeated = {one.number for one in receipt.answered}
        others = [
            row
            for row in known
            if row["number"] in repeated
            or receipt.receipt_no in [number for _mh, number, _code in row["facts"].get(ALSO, ())]
        ]
        had = [told for row in others for told in row["facts"]["corrections"]]
        if all(row["manifest_hash"] != sha256 for row in known):
            editions = _editions(work)
            facts: dict[str, Any] = {
                "mh": receipt.place.mh,
                "returned": receipt.code is not None,
                "corrections": [one.to_json() for one in asked if one.to_json() not in had],
                "editions": {one.period: editions.get(one.period, 0) for one in asked},
                "file": "" if about is None else about.file_name,
                ALSO: [[one.mh, one.number, str(one.code or "")] for one in receipt.answered],
            }
            ledger.keep_carried(
                work,
                office.new_id(),
                data,
                kind=ledger.RECEIPT,
                direction=ledger.IN,
                unit=receipt.signer,
                number=receipt.receipt_no,
                sha256=hashlib.sha256(data).hexdigest(),
                on=office.today,
                manifest_hash=sha256,
                state=OPEN if facts["corrections"] else DONE,
                facts=facts,
            )
        new = {one.mh: str(one.code or "") for one in receipt.answered if told.get(one.mh, (0, ""))[0] < one.number}
        if told.get(receipt.place.mh, (0, ""))[0] <= receipt.receipt_no:
            new[receipt.place.mh] = str(receipt.code or "")
        return new

    # ------------------------------------------------------------------ what to correct

    def to_correct(self, period: str = "") -> tuple[ToCorrect, ...]:
        """What is still to be looked at, the newest receipt first; of one period when it is named.

        A receipt takes the place of the one before about the same file. What was asked of a month is done once a newer
        edition of the month was closed, or once somebody said so (``looked_at``). Lines of a refused file are none of
        it: no figure is to be mended.
        """
        from sochihoi.storage import ledger

        with self._office.read() as work:
            rows = ledger.carried(work, ledger.RECEIPT, ledger.IN)
            editions = _editions(work)
        newest = _told(rows)
        found: list[ToCorrect] = []
        for row in rows:
            facts = row["facts"]
            if row["number"] < newest[facts["mh"]][0] or row["state"] != OPEN:
                continue
            for number, told in enumerate(facts["corrections"]):
                one = Correction.from_json(told)
                done = number in facts.get("done", ())
                if done or one.of_line or editions.get(one.period, 0) > facts["editions"].get(one.period, 0):
                    continue
                if period in ("", one.period) and one not in [shown.correction for shown in found]:
                    found.append(ToCorrect(f"{row['id']}/{number}", row["number"], facts["returned"], one))
        return tuple(found)

    def why_returned(self, file: SentFile) -> Returned | None:
        """Why the level above returned a file that was made here; ``None`` where its newest answer did not."""
        from sochihoi.storage import ledger
        from sochihoi.sync.envelope import inspect

        with self._office.read() as work:
            rows = ledger.carried(work, ledger.RECEIPT, ledger.IN)
        number, code = _told(rows).get(file.manifest_hash, (0, ""))
        own = next((row for row in rows if row["facts"]["mh"] == file.manifest_hash and row["number"] == number), None)
        answer = None if own is None else inspect(bytes(own["content"])).receipt
        if answer is not None:
            code = str(answer.code or "")
        if not code:
            return None
        asked = [] if own is None else [Correction.from_json(one) for one in own["facts"]["corrections"]]
        # what a receipt still asks of an earlier file that counts is no reason to return this one
        if code not in DECIDED_BY_PERSON:
            asked = [one for one in asked if one.of_line]
        return Returned(code, number, tuple(asked))

    def looked_at(self, key: str) -> None:
        """Somebody looked at one of them, and the figures are right; whatever receipt asked the same is answered too.

        Raises ``NotFound``.
        """
        from sochihoi.storage import ledger
        from sochihoi.storage.schema import carried_file

        row_id, _slash, number = key.rpartition("/")
        with self._office.write("sync.looked_at") as work:
            asked = work.get(carried_file, row_id)["facts"]["corrections"][int(number)]
            for row in ledger.carried(work, ledger.RECEIPT, ledger.IN):
                facts = dict(row["facts"])
                same = {at for at, one in enumerate(facts["corrections"]) if one == asked}
                if same:
                    facts["done"] = sorted({*facts.get("done", ()), *same})
                    state = DONE if len(facts["done"]) == len(facts["corrections"]) else OPEN
                    ledger.change_carried(work, {row["id"]: {"facts": facts, "state": state}})


def _told(rows: Iterable[Mapping[Any, Any]]) -> dict[str, tuple[int, str]]:
    """The newest answer to each file that receipts tell of: manifest hash to the number of its receipt and, where
    another receipt repeats it, the code of the refusal.
    """
    found: dict[str, tuple[int, str]] = {}
    for row in rows:
        facts = row["facts"]
        for name, number, code in ((facts["mh"], row["number"], ""), *facts.get(ALSO, ())):
            if name not in found or found[name][0] < number:
                found[name] = number, code
    return found


def _editions(work: Work) -> dict[str, int]:
    from sochihoi.storage.sending_sums import editions

    return editions(work)


def _doubt(work: Work, receipt: Receipt, sha256: str, seen: Mapping[Any, Any] | None) -> Doubt | None:
    """What the numbers of a proven receipt give away. Hashes decide, no clock."""
    files = {one.manifest_hash: one for one in work.sync.sent()}
    accepted = receipt.last_accepted
    if accepted is not None and accepted.mh not in files:
        return Doubt.OLDER_BOOK
    if seen is None or receipt.receipt_no > seen["no"] or sha256 == seen["sha256"]:
        return None
    before = files.get(seen["accepted"])
    newer = before is not None and accepted is not None and files[accepted.mh].id > before.id
    return Doubt.OLDER_ABOVE if receipt.receipt_no == seen["no"] or newer else None
