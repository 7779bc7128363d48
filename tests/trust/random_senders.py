"""Communes that send, fork, are put back, come to an end; and the second opinion on what a receiver must make of it.

The opinion follows section 7 of desktop/docs/sync-format.md by hand and shares nothing with the product.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import date

from sochihoi.domain.ids import seeded
from sochihoi.domain.periods import Period
from sochihoi.sync.envelope import inspect, seal
from sochihoi.sync.identity import Identity, PublicKeys
from sochihoi.sync.manifest import AuditHead, Draft, Mode
from sochihoi.sync.rows import Closing, Indicator

MONTHS = (Period.month(2026, 8), Period.month(2026, 9), Period.month(2026, 10))
CODE = "org.members"


@dataclass(frozen=True)
class Made:
    """A file and all that the second opinion reads of it. ``figures``: period to (edition, value)."""

    unit: str
    data: bytes
    mh: str
    epoch: str
    epoch_no: int
    seq: int
    prev: str
    parent: str
    final: bool
    figures: dict[str, tuple[int, int]]


@dataclass
class Writer:
    """One PC of a commune, as far as it sends."""

    epoch: str
    epoch_no: int = 1
    seq: int = 0
    prev: str = ""
    parent: str = ""
    figures: dict[str, tuple[int, int]] = field(default_factory=dict)


@dataclass
class Unit:
    """One commune: its keys, its PCs (more than one after a fork), and what the receiver should hold of it."""

    code: str
    identity: Identity
    keys: PublicKeys
    writers: list[Writer]
    applied: list[Made] = field(default_factory=list)
    held: dict[str, tuple[int, int]] = field(default_factory=dict)

    def expected(self, file: Made) -> str:
        """The verdict by the paper: ``STORED``, ``DUPLICATE``, or the code of a refusal."""
        if file.mh in [one.mh for one in self.applied]:
            return "DUPLICATE"
        head = self.applied[-1] if self.applied else None
        if head is None:
            return "STORED" if file.epoch_no == 1 else "EPOCH_UNPROVEN"
        if head.final:
            return "UNIT_CLOSED"
        if file.epoch != head.epoch:
            if file.epoch_no <= head.epoch_no:
                return "STALE" if file.epoch_no < head.epoch_no else "FORK_CHAIN"
            proven = file.epoch_no == head.epoch_no + 1 and file.parent == head.mh
            return "STORED" if proven else "EPOCH_UNPROVEN"
        if file.seq <= head.seq:
            return "STALE" if file.seq < head.seq else "FORK_SAME_SEQ"
        follows = file.seq > head.seq + 1 or file.prev == head.mh
        return "STORED" if follows else "FORK_CHAIN"

    def take(self, file: Made) -> None:
        """The receiver stored it."""
        self.applied.append(file)
        self.held |= file.figures


@dataclass
class World:
    """All of it, moved by one source of randomness."""

    source: random.Random
    units: list[Unit]
    above: PublicKeys
    pool: list[Made] = field(default_factory=list)

    @classmethod
    def of(cls, seed: int, above: PublicKeys, codes: tuple[str, ...]) -> World:
        """Communes with one PC each."""
        source = random.Random(seed)  # noqa: S311 - the same world each time
        units = []
        for code in codes:
            identity = Identity.generate(source.randbytes)
            keys = identity.public_keys(unit=code, name=f"Xã {code}", level="COMMUNE", installation=seeded(code)())
            units.append(Unit(code, identity, keys, [Writer(cls._uuid(source))]))
        return cls(source, units, above)

    @staticmethod
    def _uuid(source: random.Random) -> str:
        return seeded(str(source.random()))()

    def write(self, unit: Unit, *, final: bool = False) -> Made:
        """A PC closes or corrects a month and makes its file."""
        writer = self.source.choice(unit.writers)
        month = self.source.choice(MONTHS)
        edition = writer.figures.get(month.code, (0, 0))[0] + 1
        writer.figures = writer.figures | {month.code: (min(edition, 999), 1000 + self.source.randrange(40))}
        writer.seq += 1
        draft = Draft(
            file_id=self._uuid(self.source),
            unit=unit.code,
            installation=unit.keys.installation,
            epoch=writer.epoch,
            epoch_no=writer.epoch_no,
            seq=writer.seq,
            created="2026-11-03T08:00:00Z",
            period=month,
            app="0.1.0",
            audit=AuditHead(1, "ab" * 32),
            prev=writer.prev or None,
            parent=writer.parent or None,
            mode=Mode.FINAL if final else Mode.SNAPSHOT,
        )
        rows: list[Closing | Indicator] = []
        for code, (number, value) in writer.figures.items():
            rows.append(Closing(Period.parse(code), number, date(2026, 11, 2), "Sửa số" if number > 1 else ""))
            rows.append(Indicator(Period.parse(code), number, "", CODE, value))
        data = seal(unit.identity, draft, rows, (self.above,), self.source.randbytes)
        writer.prev = inspect(data).manifest_hash
        made = Made(
            unit.code,
            data,
            writer.prev,
            writer.epoch,
            writer.epoch_no,
            writer.seq,
            draft.prev or "",
            draft.parent or "",
            final,
            dict(writer.figures),
        )
        self.pool.append(made)
        return made

    def disturb(self, unit: Unit) -> None:
        """A second PC goes on with a copy, stops again, or begins a new epoch, mostly with proof."""
        if len(unit.writers) > 1 and self.source.random() < 0.6:
            counting = [one for one in unit.writers if unit.applied and one.prev == unit.applied[-1].mh]
            unit.writers = counting[:1] or unit.writers[:1]
            return
        writer = self.source.choice(unit.writers)
        if self.source.random() < 0.5 and len(unit.writers) < 3:
            unit.writers.append(replace(writer, figures=dict(writer.figures)))
            return
        writer.epoch, writer.epoch_no, writer.seq, writer.prev = self._uuid(self.source), writer.epoch_no + 1, 0, ""
        if unit.applied and self.source.random() < 0.8:
            head = unit.applied[-1]
            writer.epoch_no, writer.parent = head.epoch_no + 1, head.mh
