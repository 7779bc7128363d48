"""Files of the first day open for ever, for both readers, and the paper shows the very same bytes."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path

import pyrage

from sochihoi.sync import container, payload, sshsig
from sochihoi.sync.envelope import inspect, open_
from sochihoi.sync.identity import Entry, Identity, PublicKeys, Register
from sochihoi.sync.manifest import Manifest
from sochihoi.sync.receipt import open_answer, open_receipt
from sochihoi.sync.rows import key_of
from tests.sync import independent, independent_receipt
from tests.sync.make_golden import ASKED, FOLDER, HEADS, MEMBER_ROWS, ROWS, TARGET_ROWS, TICKET_ROWS
from tests.sync.samples import COMMUNE
from tests.sync.test_receipt import CONFIRMED

PAPER = (Path(__file__).parents[2] / "desktop" / "docs" / "sync-format.md").read_text(encoding="utf-8")
REPORT = (FOLDER / "report.hpn").read_bytes()
SENDER = PublicKeys.from_bytes((FOLDER / "sender.hpnkey").read_bytes())
RECEIVER = PublicKeys.from_bytes((FOLDER / "receiver.hpnkey").read_bytes())
IDENTITY = Identity.from_bytes((FOLDER / "receiver.identity").read_bytes())
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="ascii"))


def test_the_golden_report_opens() -> None:
    opened = open_(REPORT, Register(Entry(SENDER)), RECEIVER, IDENTITY)
    assert opened.rows == tuple(sorted(ROWS, key=key_of))
    assert opened.manifest_hash == EXPECTED["manifest_hash"]
    assert opened.manifest.key == EXPECTED["fingerprint"]
    assert list(SENDER.digits) == EXPECTED["digits"]
    assert IDENTITY.age_secret == EXPECTED["age_secret"]
    purposes = (sshsig.Namespace.REPORT, sshsig.Namespace.RECEIPT)
    line = sshsig.allowed_signers_line(SENDER.unit, purposes, SENDER.sign_key)
    assert line in (FOLDER / "allowed_signers").read_text(encoding="ascii").splitlines()


def test_the_golden_targets_open_for_both_readers_and_follow_the_report() -> None:
    data = (FOLDER / "targets.hpn").read_bytes()
    opened = open_(data, Register(Entry(SENDER)), RECEIVER, IDENTITY)
    assert opened.rows == tuple(sorted(TARGET_ROWS, key=key_of))
    assert (opened.manifest.seq, opened.manifest.draft.prev) == (2, EXPECTED["manifest_hash"])
    known = {(SENDER.unit, SENDER.fingerprint): SENDER.sign_key}
    assert independent.verify(data, known, RECEIVER.unit, EXPECTED["age_secret"]) is None
    shown = re.search(r"```json-lines\n(.*?)```", PAPER, re.DOTALL)
    assert shown is not None
    parts = container.parse(data)
    text = payload.open_text(parts.payload or b"", opened.manifest.payload, IDENTITY).decode()
    assert shown[1] == "".join(f"{line}\n" for line in text.splitlines() if '"t":"target"' in line)


def test_the_golden_members_open_for_both_readers() -> None:
    data = (FOLDER / "members.hpn").read_bytes()
    opened = open_(data, Register(Entry(SENDER)), RECEIVER, IDENTITY)
    assert opened.rows == tuple(sorted(MEMBER_ROWS, key=key_of))
    known = {(SENDER.unit, SENDER.fingerprint): SENDER.sign_key}
    assert independent.verify(data, known, RECEIVER.unit, EXPECTED["age_secret"]) is None
    parts = container.parse(data)
    text = payload.open_text(parts.payload or b"", opened.manifest.payload, IDENTITY).decode()
    for line in text.splitlines():
        if '"t":"member"' in line or '"columns"' in line:
            assert f"{line}\n" in PAPER


def test_the_golden_tickets_open_for_both_readers_and_their_receipt_too() -> None:
    data, moved = ((FOLDER / name).read_bytes() for name in ("tickets.hpn", "moved.hpn"))
    opened = open_(data, Register(Entry(SENDER)), RECEIVER, IDENTITY)
    assert opened.rows == tuple(sorted(TICKET_ROWS, key=key_of))
    assert (opened.manifest.draft.parents, opened.manifest.draft.parent) == (HEADS, EXPECTED["manifest_hash"])
    known = {(SENDER.unit, SENDER.fingerprint): SENDER.sign_key}
    assert independent.verify(data, known, RECEIVER.unit, EXPECTED["age_secret"]) is None
    text = payload.open_text(container.parse(data).payload or b"", opened.manifest.payload, IDENTITY).decode()
    shown = re.search(r"```json-lines-tickets\n(.*?)```", PAPER, re.DOTALL)
    assert shown is not None
    assert shown[1] == "".join(f"{line}\n" for line in text.splitlines() if '"t":"ticket"' in line)
    receipt, _mh = open_receipt(moved, Register(Entry(RECEIVER)), "31135")
    assert (receipt.tickets, receipt.place.mh) == (CONFIRMED, opened.manifest_hash)
    known = {(RECEIVER.unit, RECEIVER.fingerprint): RECEIVER.sign_key}
    assert independent_receipt.verify(moved, known, "31135", COMMUNE.age_secret) is None


def test_the_golden_receipt_answers_it() -> None:
    receipt, _ = open_receipt((FOLDER / "receipt.hpn").read_bytes(), Register(Entry(RECEIVER)), "31135")
    assert receipt.place.mh == EXPECTED["manifest_hash"]
    assert inspect((FOLDER / "receipt.hpn").read_bytes()).fingerprint == IDENTITY.fingerprint


def test_the_golden_answer_asks_the_sender_alone() -> None:
    data = (FOLDER / "answer.hpn").read_bytes()
    register = Register(Entry(RECEIVER))
    receipt, _mh, asked = open_answer(data, register, "31135", identity=COMMUNE)
    assert (asked, receipt.receipt_no) == (ASKED, 2)
    assert receipt.prev_receipt == open_receipt((FOLDER / "receipt.hpn").read_bytes(), register, "31135")[1]
    known = {(RECEIVER.unit, RECEIVER.fingerprint): RECEIVER.sign_key}
    assert independent_receipt.verify(data, known, "31135", COMMUNE.age_secret) is None


def test_the_independent_reader_agrees_bit_by_bit() -> None:
    known = {(SENDER.unit, SENDER.fingerprint): SENDER.sign_key}
    assert independent.verify(REPORT, known, RECEIVER.unit, EXPECTED["age_secret"]) is None
    parts = independent.members(REPORT)
    assert independent.fingerprint(independent.signature(parts[1], parts[0], b"hpn-report@v1")) == SENDER.fingerprint
    assert container.parse(REPORT).listed() == tuple(parts)
    for place in range(0, len(REPORT) * 8, 5):
        damaged = bytearray(REPORT)
        damaged[place // 8] ^= 1 << place % 8
        assert independent.verify(bytes(damaged), known, RECEIVER.unit, EXPECTED["age_secret"]) is not None


def test_the_paper_shows_the_golden_file() -> None:
    shown = re.search(r"```base64\n(.*?)```", PAPER, re.DOTALL)
    assert shown is not None
    assert base64.b64decode(shown[1]) == REPORT
    rows = re.findall(r"^\| (\d+) \| `([0-9a-f ]+)`", PAPER, re.MULTILINE)
    assert len(rows) == 9
    for offset, shown_bytes in rows:
        known = bytes.fromhex(shown_bytes)
        assert REPORT[int(offset) : int(offset) + len(known)] == known
    text = re.search(r"```text\n(.*?)```", PAPER, re.DOTALL)
    assert text is not None
    parts = container.parse(REPORT)
    measures = Manifest.from_bytes(parts.manifest).payload
    assert text[1].encode() == payload.open_text(parts.payload or b"", measures, IDENTITY)
    for fact in (
        EXPECTED["manifest_hash"],
        EXPECTED["fingerprint"],
        " ".join(EXPECTED["digits"]),
        EXPECTED["age_secret"],
    ):
        assert fact in PAPER


def test_the_same_signature_is_made_again() -> None:
    from tests.sync.samples import COMMUNE

    parts = container.parse(REPORT)
    assert sshsig.sign(COMMUNE.sign_seed, parts.manifest, sshsig.Namespace.REPORT) == parts.signature
    assert str(pyrage.x25519.Identity.from_str(EXPECTED["age_secret"]).to_public()) == RECEIVER.age_key
