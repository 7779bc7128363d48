"""Invented communes, keys and rows. Keys follow from a word, so every test has the same ones."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sochihoi.domain.ids import seeded
from sochihoi.domain.periods import Period
from sochihoi.domain.tickets import TicketState, TicketWay
from sochihoi.sync import container, payload, sshsig
from sochihoi.sync.canonical import canon, parse
from sochihoi.sync.container import Members
from sochihoi.sync.envelope import seal
from sochihoi.sync.identity import Entry, Identity, PublicKeys, RandomBytes, Register
from sochihoi.sync.manifest import AuditHead, Draft
from sochihoi.sync.rows import Activity, ActivityKind, Branch, Closing, Direction, Indicator, Row, TargetStanding
from sochihoi.sync.sshsig import Namespace
from sochihoi.sync.ticket_rows import TicketRow

OCTOBER = Period.month(2026, 10)
SEPTEMBER = Period.month(2026, 9)


def stream(word: str) -> RandomBytes:
    """Bytes that follow from a word. For tests only."""
    left = [hashlib.shake_256(word.encode()).digest(4096)]

    def take(count: int) -> bytes:
        taken, left[0] = left[0][:count], left[0][count:]
        assert len(taken) == count
        return taken

    return take


def uuid(word: str) -> str:
    """An id that follows from a word."""
    return seeded(word)()


COMMUNE = Identity.generate(stream("commune"))
NEIGHBOUR = Identity.generate(stream("neighbour"))
STRANGER = Identity.generate(stream("stranger"))
ABOVE = Identity.generate(stream("above"))
RECOVERY = Identity.generate(stream("recovery"))

COMMUNE_KEYS = COMMUNE.public_keys(unit="31135", name="Xã Mẫu Một", level="COMMUNE", installation=uuid("pc"))
NEIGHBOUR_KEYS = NEIGHBOUR.public_keys(unit="31136", name="Xã Mẫu Hai", level="COMMUNE", installation=uuid("pc2"))
ABOVE_KEYS = ABOVE.public_keys(unit="92", name="Tỉnh Mẫu", level="PROVINCE", installation=uuid("pc3"))
RECOVERY_KEYS = RECOVERY.public_keys(unit="92", name="Tỉnh Mẫu", level="PROVINCE", installation=uuid("safe"))
DEMO_KEYS = COMMUNE.public_keys(unit="31135", name="Xã Mẫu", level="COMMUNE", installation=uuid("pc"), demo=True)
DEMO_ABOVE = ABOVE.public_keys(unit="92", name="Tỉnh Mẫu", level="PROVINCE", installation=uuid("pc3"), demo=True)
REGISTER = Register(Entry(COMMUNE_KEYS), Entry(NEIGHBOUR_KEYS))

EAST, WEST = uuid("east"), uuid("west")
MOVED = date(2026, 10, 12)
TICKETS = (
    TicketRow(uuid("goes"), TicketWay.OUT, "31136", TicketState.CONFIRMED, date(2026, 9, 28), MOVED, date(2026, 11, 1)),
    TicketRow(uuid("waits"), TicketWay.OUT, "31136", TicketState.ISSUED, date(2026, 8, 5)),
    TicketRow(uuid("stays"), TicketWay.OUT, "31136", TicketState.CANCELLED, date(2026, 10, 2), MOVED),
    TicketRow(uuid("comes"), TicketWay.IN, "31137", TicketState.ACCEPTED, date(2026, 10, 20), date(2026, 10, 21)),
)
ROWS: tuple[Row, ...] = (
    *TICKETS,
    Branch(EAST, "01", "Thôn Đông"),
    Branch(WEST, "02", "Thôn Tây"),
    Closing(SEPTEMBER, 1, date(2026, 10, 2)),
    Closing(OCTOBER, 2, date(2026, 11, 3), "Bổ sung số liệu học tập", ("31136",)),
    Indicator(OCTOBER, 2, "", "members_total", 3412),
    Indicator(OCTOBER, 2, "", "gathering_rate", 3412, 4377),
    Indicator(OCTOBER, 2, "", "members_net", -3, ytd_num=12),
    Indicator(OCTOBER, 2, EAST, "mean_attendance", 61, 80, ytd_num=610, ytd_den=800),
    Indicator(SEPTEMBER, 1, "", "works_value", 12_345, scale=1),
    Activity(
        OCTOBER,
        EAST,
        ActivityKind.MEETING,
        {"due": 1, "held": 1, "on_schedule": 1, "roster": 80, "present": 61, "excused": 9, "absent": 10, "guests": 4},
    ),
    TargetStanding(OCTOBER, "", "hh_pass_pct", "2025-2030", Direction.OVER, 286, 17, 334, 20),
    TargetStanding(OCTOBER, "", "works_base_n", "2026", Direction.AT_LEAST, 25, 15, scale=1),
    TargetStanding(OCTOBER, "", "study_staff_pct", "2026", Direction.AT_LEAST, goal_num=100, goal_den=100),
)
SMALL: tuple[Row, ...] = (Closing(OCTOBER, 1, date(2026, 11, 2)), Indicator(OCTOBER, 1, "", "members_total", 3412))


def draft(seq: int = 1, prev: str | None = None, **changes: Any) -> Draft:
    """A plausible statement of the commune."""
    made = Draft(
        file_id=uuid(f"file {seq}"),
        unit="31135",
        installation=uuid("pc"),
        epoch=uuid("epoch"),
        epoch_no=1,
        seq=seq,
        created="2026-11-03T08:00:00Z",
        period=OCTOBER,
        app="0.1.0",
        audit=AuditHead(17, "ab" * 32),
        prev=prev if seq > 1 else None,
    )
    return replace(made, **changes)


def sealed(
    rows: tuple[Row, ...] = SMALL,
    made: Draft | None = None,
    identity: Identity = COMMUNE,
    to: tuple[PublicKeys, ...] = (ABOVE_KEYS,),
) -> bytes:
    """A whole file as the product seals it."""
    return seal(identity, made or draft(), rows, to, stream("salt"))


def manifest_of(data: bytes) -> dict[str, Any]:
    """The manifest as an object that a test may spoil."""
    found: dict[str, Any] = parse(container.parse(data).manifest)
    return found


def resigned(
    document: object,
    ciphertext: bytes | None,
    identity: Identity = COMMUNE,
    namespace: Namespace = Namespace.REPORT,
) -> bytes:
    """A container around a manifest that ``identity`` really signed, whatever it says."""
    signed = document if isinstance(document, bytes) else canon(document)
    return container.build(Members(signed, sshsig.sign(identity.sign_seed, signed, namespace), ciphertext))


def forged(text: bytes, changes: Mapping[str, Any] | None = None, packed: bytes | None = None) -> bytes:
    """What an enrolled but hostile commune can make: any text inside, rightly encrypted, measured and signed."""
    import pyrage

    document = manifest_of(_BASE)
    packed = payload.gzip_of(text) if packed is None else packed
    ciphertext: bytes = pyrage.encrypt(packed, [pyrage.x25519.Recipient.from_str(ABOVE.age_key)])
    document["payload"] = {
        "ct_len": len(ciphertext),
        "ct_sha256": payload.sha256(ciphertext),
        "gz_len": len(packed),
        "pt_len": len(text),
        "pt_sha256": payload.sha256(text),
    } | dict((changes or {}).get("payload", {}))
    document |= {key: value for key, value in (changes or {}).items() if key != "payload"}
    return resigned(document, ciphertext)


def lines_of(rows: tuple[Row, ...] = ROWS) -> list[dict[str, Any]]:
    """Header and rows as objects that a test may spoil."""
    text = payload.text_of(draft(), COMMUNE.fingerprint, b"\5" * 16, rows)
    return [parse(line) for line in text.splitlines()]


def text_of(lines: list[Any]) -> bytes:
    """Canonical lines, the counts of the header as they are."""
    return b"".join(canon(line) + b"\n" for line in lines)


_BASE = sealed()
