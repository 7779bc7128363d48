"""Return files: for each unit one plain ZIP around its newest receipt and, where it lacks them, the pack and the
register of the level above. Each file inside is signed and judged by itself; the ZIP carries nothing.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sochihoi.domain.exchange import NotAReceiver

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work
    from sochihoi.sync.receipt import Receipt

GOES_DOWN = ("REGISTER", "DEFPACK")
"""Kinds of ``carried_file`` (direction OUT) that go with an answer to every unit, each in its newest number."""
_DATE = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o644 << 16


@dataclass(frozen=True, slots=True)
class ReturnFile:
    """What goes back to a unit. ``number``: of its receipt. ``with_``: the kinds beside the receipt, with numbers."""

    unit: str
    number: int
    name: str
    content: bytes
    with_: Mapping[str, int]


class Returning:
    """What a level above answers. Raises ``NotAReceiver`` at a commune."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def of_unit(self, unit: str) -> ReturnFile | None:
        """The file for a unit; ``None`` while there is nothing to answer. The same facts give the same bytes."""
        with self._office.read() as work:
            return self._made(work, unit)

    def all(self, units: Iterable[str] = ()) -> tuple[ReturnFile, ...]:
        """The files of these units, by code; of every unit that has an answer without any."""
        if not self._office.is_receiver:
            raise NotAReceiver
        wanted = sorted(set(units))
        with self._office.read() as work:
            known = wanted or sorted(work.sync.streams())
            return tuple(made for unit in known if (made := self._made(work, unit)) is not None)

    def write(self, folder: Path, units: Iterable[str] = ()) -> tuple[Path, ...]:
        """Write them into a folder, each under a name of its own; what was written is remembered.

        Raises ``DiskFull``, ``CannotWrite``, ``NotAReceiver``.
        """
        from sochihoi.storage.files import told, write_whole

        files = self.all(units)
        with told(folder):
            folder.mkdir(exist_ok=True)
        written = []
        for one in files:
            out = folder / one.name
            with told(out):
                if not (out.is_file() and out.read_bytes() == one.content):
                    write_whole(out, one.content, overwrite=True)
            written.append(out)
        self._remember(files)
        return tuple(written)

    def _made(self, work: Work, unit: str) -> ReturnFile | None:
        from sochihoi.storage import ledger
        from sochihoi.sync.names import receipt_name, return_name

        newest = _newest(work, unit)
        if newest is None:
            return None
        receipt, content = newest
        parts = [(receipt_name(receipt.unit, receipt.period, receipt.seq, receipt.receipt_no), content)]
        has, with_ = self._seen(work, unit), {}
        for kind in GOES_DOWN:
            rows = ledger.carried(work, kind, ledger.OUT)
            if rows and rows[0]["number"] > has.get(kind, 0):
                parts.append((_name(kind, rows[0]), bytes(rows[0]["content"])))
                with_[kind] = int(rows[0]["number"])
        name = return_name(unit, receipt.receipt_no)
        return ReturnFile(unit, receipt.receipt_no, name, _zip(parts), with_)

    def _seen(self, work: Work, unit: str) -> dict[str, int]:
        """What the unit is proven to have: the newest receipt that its newest file names came with it."""
        from sochihoi.services.answering import proven
        from sochihoi.storage import ledger

        number = proven(work, work.sync.stream(unit))
        found: dict[str, int] = {}
        for row in ledger.carried(work, ledger.RETURN_FILE, ledger.OUT, unit=unit):
            if row["number"] <= number:
                for kind, version in row["facts"].items():
                    found[kind] = max(found.get(kind, 0), int(version))
        return found

    def _remember(self, files: Iterable[ReturnFile]) -> None:
        from sochihoi.storage import ledger

        office = self._office
        with office.write("sync.answer") as work:
            for one in files:
                sha256 = hashlib.sha256(one.content).hexdigest()
                before = ledger.carried(work, ledger.RETURN_FILE, ledger.OUT, unit=one.unit)
                if any(row["sha256"] == sha256 for row in before):
                    continue
                ledger.keep_carried(
                    work,
                    office.new_id(),
                    one.content,
                    kind=ledger.RETURN_FILE,
                    direction=ledger.OUT,
                    unit=one.unit,
                    number=one.number,
                    sha256=sha256,
                    on=office.today,
                    file_name=one.name,
                    state="WRITTEN",
                    facts=one.with_,
                )


def _newest(work: Work, unit: str) -> tuple[Receipt, bytes] | None:
    from sochihoi.sync.envelope import inspect

    found: tuple[Receipt, bytes] | None = None
    for content in work.sync.receipts(unit).values():
        receipt = inspect(content).receipt
        if receipt is not None and (found is None or receipt.receipt_no > found[0].receipt_no):
            found = receipt, content
    return found


def _name(kind: str, row: Mapping[Any, Any]) -> str:
    return str(row["file_name"]) or f"HPN_{kind}_{row['number']:04}.hpn"


def _zip(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """A plain archive that any tool opens: stored, one date, so that the same parts give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, _DATE)
            entry.create_system, entry.external_attr = 3, _PLAIN_FILE
            archive.writestr(entry, content)
    return out.getvalue()
