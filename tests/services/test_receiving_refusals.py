"""Every file that must not be taken, and that it changes nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sochihoi.domain.exchange import Outcome
from sochihoi.services import trusting
from sochihoi.services.receiving import Verdict
from sochihoi.storage.errors import CannotRead
from sochihoi.storage.schema import sent_file
from sochihoi.sync.envelope import inspect
from sochihoi.sync.identity import Identity
from sochihoi.sync.receipt import Answer
from tests.exchange_data import OCTOBER, REASON, SEPTEMBER, Exchange, make_exchange
from tests.offices import make_above

pytestmark = pytest.mark.usefixtures("both_engines")


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[Exchange]:
    made = make_exchange(tmp_path)
    yield made
    made.close()


def one(exchange: Exchange, path: Path) -> Verdict:
    (verdict,) = exchange.above.receiving.receive([path])
    return verdict


def stored(exchange: Exchange) -> int:
    with exchange.above.read() as work:
        return len(work.sync.measures(["2026-09", "2026-10"]))


def changed(data: bytes) -> bytes:
    at = len(data) // 2
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def test_damaged_files_are_refused_and_kept(exchange: Exchange, tmp_path: Path) -> None:
    good = exchange.send().read_bytes()
    bad = {
        "changed.hpn": changed(good),
        "truncated.hpn": good[: len(good) // 2],
        "longer.hpn": good + b"x",
        "empty.hpn": b"",
        "other.hpn": b"PK\3\4 this is something else",
        "key.hpnkey": exchange.below.sending.key_file(),
    }
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name, data in bad.items():
        (inbox / name).write_bytes(data)
    verdicts = exchange.above.receiving.receive(sorted(inbox.iterdir()))
    assert {v.file_name: (v.outcome, v.code) for v in verdicts} == dict.fromkeys(bad, (Outcome.REFUSED, "CONTAINER"))
    assert stored(exchange) == 0
    lines = {line.file_name: line for line in exchange.above.receiving.ledger()}
    assert {name: exchange.above.receiving.file_bytes(line.id) for name, line in lines.items()} == bad
    with exchange.above.read() as work:
        assert work.sync.streams() == {}
    # the whole file is taken after all that
    assert one(exchange, exchange.send()).outcome is Outcome.STORED


def test_a_file_of_an_unknown_key_can_be_taken_once_the_key_is_accepted(tmp_path: Path) -> None:
    made = make_exchange(tmp_path, introduced=False)
    trusting.accept(made.below, made.above.sending.key_file())
    sent = made.send()
    verdict = one(made, sent)
    assert (verdict.code, verdict.line is not None and verdict.line.unit_code) == ("KEY_UNKNOWN", "99001")
    assert one(made, sent).code == "KEY_UNKNOWN"
    trusting.accept(made.above, made.below.sending.key_file())
    assert one(made, sent).outcome is Outcome.STORED
    assert [line.verdict for line in made.above.receiving.ledger()] == [Outcome.STORED]  # one line a file
    made.close()


def test_a_file_signed_by_another_unit_in_the_name_of_this_one(exchange: Exchange) -> None:
    thief = Identity.generate(lambda count: b"\7" * count)
    keys = thief.public_keys(unit="99001", name="kẻ trộm", level="COMMUNE", installation=exchange.below.new_id())
    sent = exchange.send()
    trusting.accept(exchange.above, keys.to_bytes(thief))  # from now on the old key of this unit no longer counts
    assert one(exchange, sent).code == "KEY_REVOKED"
    assert stored(exchange) == 0


def test_a_file_for_another_level_above(exchange: Exchange, tmp_path: Path) -> None:
    elsewhere = make_above(tmp_path / "elsewhere", seed="elsewhere")
    exchange.others.append(elsewhere)
    trusting.accept(elsewhere, exchange.below.sending.key_file())
    (verdict,) = elsewhere.receiving.receive([exchange.send()])
    assert verdict.code == "NOT_FOR_ME"


def test_an_older_file_that_comes_again_never_goes_back(exchange: Exchange, tmp_path: Path) -> None:
    old = shutil.copy(exchange.send(SEPTEMBER), tmp_path / "old.hpn")
    older = exchange.send(SEPTEMBER)
    newer = exchange.send(OCTOBER)
    assert one(exchange, newer).outcome is Outcome.STORED
    before = stored(exchange)
    verdict = one(exchange, older)
    assert (verdict.code, stored(exchange)) == ("STALE", before)
    with exchange.above.read() as work:
        stream = work.sync.stream("99001")
        assert stream is not None
        assert (stream.seq, stream.receipt_no) == (2, 2)
        receipt = inspect(work.sync.receipts()[verdict.line.id]).receipt if verdict.line else None
    assert receipt is not None
    assert (receipt.answer, receipt.rows, receipt.last_accepted and receipt.last_accepted.seq) == (
        Answer.RETURNED,
        0,
        2,
    )
    assert one(exchange, Path(old)).code == "STALE"  # the same answer, not another number
    with exchange.above.read() as work:
        again = work.sync.stream("99001")
    assert again == stream


def test_two_files_with_one_number_are_a_fork(exchange: Exchange, tmp_path: Path) -> None:
    assert one(exchange, exchange.send(SEPTEMBER)).outcome is Outcome.STORED
    second = exchange.send(OCTOBER)
    with exchange.below.store.write("t") as work:  # as a second PC would: its own file 2 after the same file 1
        made = exchange.below.sending.history()[0]
        work.update(sent_file, {made.id: {"seq": 0}})
    below = exchange.below
    below.months.begin_supplement(OCTOBER, "Sửa một số.")
    below.months.close(OCTOBER, reason=REASON)
    fork = below.sending.write(below.sending.prepare(OCTOBER).id, tmp_path / "fork")
    assert one(exchange, second).outcome is Outcome.STORED
    assert one(exchange, fork).code == "FORK_SAME_SEQ"


def test_an_unproven_new_beginning_is_for_a_person(exchange: Exchange) -> None:
    assert one(exchange, exchange.send(SEPTEMBER)).outcome is Outcome.STORED
    with exchange.below.store.write("t") as work:
        work.sync.new_epoch("0011223344556677")
    assert one(exchange, exchange.send(OCTOBER)).code == "EPOCH_UNPROVEN"


def test_demonstration_files_are_refused_by_a_real_receiver(tmp_path: Path) -> None:
    demo = make_exchange(tmp_path / "demo", demo=True)
    assert one(demo, demo.send()).outcome is Outcome.STORED  # among themselves all is well
    real = make_exchange(tmp_path / "real", records=False)
    (verdict,) = real.above.receiving.receive([demo.stick])
    assert verdict.outcome is Outcome.REFUSED
    assert verdict.code in ("KEY_UNKNOWN", "DEMO")
    demo.close()
    real.close()


def test_what_cannot_be_read_or_is_too_big_stops_nobody(exchange: Exchange, tmp_path: Path) -> None:
    from sochihoi.sync.container import FILE_CAP

    big = tmp_path / "HPN_99001_2026-10_0009.hpn"
    with big.open("wb") as handle:
        handle.truncate(FILE_CAP + 1)
    verdicts = exchange.above.receiving.receive([tmp_path / "gone.hpn", big, exchange.send()])
    told = {v.file_name: (v.outcome, v.code, v.line is None) for v in verdicts}
    assert told == {
        "gone.hpn": (Outcome.REFUSED, "", True),
        big.name: (Outcome.REFUSED, "TOO_BIG", False),
        "HPN_99001_2026-10_0001.hpn": (Outcome.STORED, "", False),
    }
    assert isinstance(next(v for v in verdicts if v.line is None).problem, CannotRead)
