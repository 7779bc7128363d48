"""Writes the golden files once: ``python -m tests.sync.make_golden`` from the root, with ``desktop`` on the path.

They are never made anew: a file of this format must open for ever. A new format gets new files beside them. The keys
are those of invented units and sign nothing else.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

from sochihoi.domain.corrections import Correction
from sochihoi.domain.exchange import Measure
from sochihoi.sync.envelope import inspect, seal
from sochihoi.sync.manifest import Kind
from sochihoi.sync.member_rows import Member
from sochihoi.sync.receipt import Place, build_receipt
from sochihoi.sync.rows import Branch, Direction, Indicator, Row, TargetStanding
from sochihoi.sync.sshsig import Namespace, allowed_signers_line
from tests.sync import carried_samples
from tests.sync.samples import (
    ABOVE,
    ABOVE_KEYS,
    COMMUNE,
    COMMUNE_KEYS,
    EAST,
    NEIGHBOUR,
    NEIGHBOUR_KEYS,
    OCTOBER,
    SMALL,
    TICKETS,
    draft,
    stream,
    uuid,
)
from tests.sync.test_receipt import CONFIRMED, RECEIPT

FOLDER = Path(__file__).parent.parent / "golden" / "sync"
ROWS: tuple[Row, ...] = (
    *SMALL,
    Branch(EAST, "01", "Thôn Đông"),
    Indicator(OCTOBER, 1, EAST, "mean_attendance", 61, 80),
)


# Since 22 November 2026: where targets stand
TARGET_ROWS: tuple[Row, ...] = (
    *SMALL,
    TargetStanding(OCTOBER, "", "hh_pass_pct", "2025-2030", Direction.OVER, 286, 17, 334, 20),
    TargetStanding(OCTOBER, "", "works_base_n", "2026", Direction.AT_LEAST, 25, 15, scale=1),
    TargetStanding(OCTOBER, "", "study_staff_pct", "2025-2030", Direction.AT_LEAST, goal_num=100, goal_den=100),
    TargetStanding(OCTOBER, "", "hh_escape_poverty_n", "2025-2030", Direction.AT_LEAST, num=12),
)


def with_targets() -> None:
    """``targets.hpn`` beside the others. Refuses to replace a file."""
    data = seal(
        COMMUNE,
        draft(2, inspect((FOLDER / "report.hpn").read_bytes()).manifest_hash),
        TARGET_ROWS,
        (ABOVE_KEYS,),
        stream("targets"),
    )
    with (FOLDER / "targets.hpn").open("xb") as out:
        out.write(data)


# Since 22 November 2026: members, under profile danh-sach
LISTED = ("birth", "branch", "code", "full_name", "national_id", "party_member")
MEMBER_ROWS: tuple[Row, ...] = (
    *SMALL,
    Branch(EAST, "01", "Thôn Đông"),
    Member(
        uuid("hoa"),
        {
            "branch": EAST,
            "code": "HP00001",
            "full_name": "Nguyễn Thị Hoa",
            "birth": "1971-03",
            "national_id": "092171000001",
            "party_member": True,
        },
    ),
    Member(uuid("lan"), {"branch": EAST, "code": "HP00002", "full_name": "Lê Thị Lan"}),
)


def with_members() -> None:
    """``members.hpn`` beside the others. Refuses to replace a file."""
    before = inspect((FOLDER / "targets.hpn").read_bytes()).manifest_hash
    data = seal(COMMUNE, draft(3, before), MEMBER_ROWS, (ABOVE_KEYS,), stream("members"), LISTED)
    with (FOLDER / "members.hpn").open("xb") as out:
        out.write(data)


# Since 22 November 2026: what is to be corrected
ASKED = (
    Correction(
        "2026-10",
        "members_total",
        rule="MEMBERS_GONE",
        percent=50,
        earlier="2026-09",
        before=Measure(40),
        after=Measure(20),
    ),
    Correction(
        "2026-10", "mean_attendance", EAST, said="Chị xem lại giúp.", before=Measure(30, 40), after=Measure(0, 0)
    ),
    Correction("2026-09", said="Cả tháng."),
)


def with_corrections() -> None:
    """``answer.hpn`` beside the others. Refuses to replace a file."""
    place = Place(draft().epoch, 1, 1, inspect((FOLDER / "report.hpn").read_bytes()).manifest_hash)
    before = inspect((FOLDER / "receipt.hpn").read_bytes()).manifest_hash
    receipt = replace(RECEIPT, file_id=draft().file_id, place=place, last_accepted=place, rows=len(ROWS), warnings=())
    numbered = replace(receipt, receipt_no=2, prev_receipt=before)
    with (FOLDER / "answer.hpn").open("xb") as out:
        out.write(build_receipt(ABOVE, numbered, ASKED, COMMUNE_KEYS, stream("answer")))


# Since 22 November 2026: registers, packs, tickets, hand-overs
def with_carried() -> None:
    """The four kinds, and the keys that open the ticket. Refuses to replace a file."""
    last = inspect((FOLDER / "members.hpn").read_bytes())
    files = {
        "register.hpn": carried_samples.second_register(),
        "defpack.hpn": carried_samples.made(Kind.DEFPACK),
        "transfer.hpn": carried_samples.made(Kind.TRANSFER),
        "handover.hpn": carried_samples.handed_over(3, last.manifest_hash),
    }
    hashes = {name: inspect(data).manifest_hash for name, data in files.items()}
    files |= {
        "neighbour.identity": NEIGHBOUR.to_bytes(),
        "neighbour.hpnkey": NEIGHBOUR_KEYS.to_bytes(NEIGHBOUR),
        "carried.json": json.dumps(hashes, indent=1).encode("ascii") + b"\n",
    }
    for name, content in files.items():
        with (FOLDER / name).open("xb") as out:
            out.write(content)


# Since 23 November 2026: transfer tickets, and an epoch that two lives were put together in
HEADS = tuple(sorted(hashlib.sha256(word).hexdigest() for word in (b"one head", b"other head")))
TICKET_ROWS: tuple[Row, ...] = (*SMALL, *TICKETS)


def with_tickets() -> None:
    """``tickets.hpn``, the first file of an epoch with ``parents``, and its receipt ``moved.hpn``."""
    answered = inspect((FOLDER / "answer.hpn").read_bytes())
    made = draft(1, epoch=uuid("epoch 2"), epoch_no=2, file_id=uuid("file 4"), parents=HEADS)
    made = replace(made, parent=inspect((FOLDER / "report.hpn").read_bytes()).manifest_hash)
    data = seal(COMMUNE, made, TICKET_ROWS, (ABOVE_KEYS,), stream("tickets"))
    place = Place(made.epoch, 2, 1, inspect(data).manifest_hash)
    receipt = replace(RECEIPT, file_id=made.file_id, place=place, last_accepted=place, rows=len(TICKET_ROWS))
    told = replace(receipt, receipt_no=3, prev_receipt=answered.manifest_hash, warnings=(), tickets=CONFIRMED)
    for name, content in (("tickets.hpn", data), ("moved.hpn", build_receipt(ABOVE, told))):
        with (FOLDER / name).open("xb") as out:
            out.write(content)


def main() -> None:
    """Refuses to replace a file."""
    data = seal(COMMUNE, draft(), ROWS, (ABOVE_KEYS,), stream("golden"))
    looked = inspect(data)
    place = Place(draft().epoch, 1, 1, looked.manifest_hash)
    receipt = replace(RECEIPT, file_id=draft().file_id, place=place, last_accepted=place, rows=len(ROWS))
    first = replace(receipt, receipt_no=1, prev_receipt=None, warnings=())
    files = {
        "report.hpn": data,
        "receipt.hpn": build_receipt(ABOVE, first),
        "sender.hpnkey": COMMUNE_KEYS.to_bytes(COMMUNE),
        "receiver.hpnkey": ABOVE_KEYS.to_bytes(ABOVE),
        "receiver.identity": ABOVE.to_bytes(),
        "allowed_signers": "".join(
            f"{allowed_signers_line(keys.unit, (Namespace.REPORT, Namespace.RECEIPT), keys.sign_key)}\n"
            for keys in (COMMUNE_KEYS, NEIGHBOUR_KEYS)
        ).encode("ascii"),
        "expected.json": json.dumps(
            {
                "manifest_hash": looked.manifest_hash,
                "fingerprint": looked.fingerprint,
                "digits": list(COMMUNE_KEYS.digits),
                "age_secret": ABOVE.age_secret,
            },
            indent=1,
        ).encode("ascii")
        + b"\n",
    }
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        with (FOLDER / name).open("xb") as out:
            out.write(content)


if __name__ == "__main__":
    main()
