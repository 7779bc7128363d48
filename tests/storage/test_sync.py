from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date

import pytest

from sochihoi.domain.errors import NotFound
from sochihoi.domain.exchange import (
    Direction,
    Measure,
    Outcome,
    Received,
    SentFile,
    SentState,
    Stream,
    TrustedKey,
)
from sochihoi.domain.keys import KeyState
from sochihoi.storage import keys
from sochihoi.storage.schema import installation
from sochihoi.storage.store import Store
from sochihoi.storage.sync import epoch_id, packed

pytestmark = pytest.mark.usefixtures("both_engines")
DAY = date(2026, 11, 3)


def key(number: int, unit: str, direction: Direction = Direction.SENDER) -> TrustedKey:
    return TrustedKey(f"key{number}", unit, "xã Mẫu", "COMMUNE", direction, b"k", f"SHA256:{number}", "12345", DAY)


def sent(seq: int, epoch: str = "e", **more: object) -> SentFile:
    told: dict[str, object] = {
        "id": f"sent{seq:03}",
        "file_name": f"HPN_{seq}.hpn",
        "file_id": f"f{seq}",
        "period": "2026-10",
        "edition": 1,
        "epoch": epoch,
        "seq": seq,
        "manifest_hash": f"mh{seq}",
        "sha256": "0" * 64,
        "to_unit": "99",
        "state": SentState.PREPARED,
        "written_to": "",
        "sent_on": None,
    }
    return SentFile(**(told | more))  # type: ignore[arg-type]


def received(number: int, verdict: Outcome = Outcome.STORED, unit: str = "31135") -> Received:
    return Received(
        id=f"line{number}",
        file_name=f"tệp {number}.hpn",
        sha256=f"sha{number}",
        unit_code=unit,
        unit_name="xã Mẫu",
        period="2026-10",
        seq=number,
        epoch="e",
        manifest_hash=f"mh{number}",
        verdict=verdict,
        code="" if verdict is Outcome.STORED else "SIG_BAD",
        facts={},
        warnings=(),
        received_on=DAY,
    )


def figure(
    number: int, code: str = "org.members", branch: str = "", edition: int = 1, **content: int
) -> dict[str, object]:
    return {
        "id": f"fig{number}",
        "unit_code": "31135",
        "period": "2026-10",
        "edition": edition,
        "branch": branch,
        "branch_name": "",
        "code": code,
        "content": content or {"num": number},
        "file_id": "line1",
    }


def test_an_epoch_is_a_uuid_whatever_randomness_began_it() -> None:
    assert epoch_id("018bcfe5-6800-7001-b47e-92d7171ee692") == "018bcfe5-6800-7001-b47e-92d7171ee692"
    assert epoch_id("a" * 36) == epoch_id("a" * 36)
    made = epoch_id("9f1c2d3e4a5b6c7d")
    assert str(uuid.UUID(made)) == made == epoch_id("9f1c2d3e4a5b6c7d")
    assert made != epoch_id("9f1c2d3e4a5b6c7e")


def test_a_new_epoch_names_the_file_that_the_last_receipt_confirmed(store: Store) -> None:
    with store.write("t") as work:
        with pytest.raises(NotFound):
            work.sync.installation()
        row = {
            "id": "pc",
            "identity": store.book.keep_identity(b"i"),
            "epoch": "0011",
            "epoch_no": 1,
            "parent": "",
            "made_on": DAY,
        }
        work.insert(installation, [row])
        work.sync.new_epoch("2233")
        assert (work.sync.installation().epoch_no, work.sync.installation().parent) == (2, "")
        work.sync.keep_receipt(4, "s" * 64, "a" * 64)
        work.sync.new_epoch("4455")
    with store.read() as work:
        now = work.sync.installation()
        assert (now.epoch_no, now.parent, now.epoch) == (3, "a" * 64, epoch_id("4455"))


def test_only_keys_that_are_active_count(store: Store) -> None:
    with store.write("t") as work:
        waiting = replace(key(3, "31135"), state=KeyState.APPROVED_ONCE, approved_by=("a",))
        gone = replace(key(1, "31135"), state=KeyState.REVOKED, revoked=True, last_epoch_no=2, last_seq=7)
        for one in (gone, key(2, "31136"), waiting, key(4, "92", Direction.PARENT)):
            keys.put(work, one)
        assert [one.id for one in work.sync.trusted(Direction.SENDER)] == ["key2"]
        assert [one.id for one in work.sync.trusted(Direction.PARENT)] == ["key4"]
        assert work.sync.trusted(Direction.SENDER, revoked=True) == (gone, waiting, key(2, "31136"))
        assert keys.every(work, Direction.SENDER, "31135") == (gone, waiting)
        assert gone.last_trusted == (2, 7)
        keys.drop(work, waiting)
        with pytest.raises(ValueError, match="ACTIVE"):
            keys.drop(work, key(2, "31136"))
        assert keys.every(work, Direction.SENDER) == (gone, key(2, "31136"))


def test_sent_files_follow_each_other_within_an_epoch(store: Store) -> None:
    with store.write("t") as work:
        assert work.sync.last_sent("e") is None
        work.sync.add_sent(sent(1), b"one")
        work.sync.add_sent(sent(2), b"two")
        work.sync.add_sent(sent(3, "later"), b"three")
        last = work.sync.last_sent("e")
        assert last is not None
        assert last.seq == 2
        work.sync.change_sent("sent002", SentState.WRITTEN, written_to="E:/HPN_2.hpn", on=DAY)
        work.sync.change_sent("sent001", SentState.RETURNED)
        assert [one.id for one in work.sync.sent()] == ["sent003", "sent002", "sent001"]
        two, one = work.sync.sent_one("sent002"), work.sync.sent_one("sent001")
        assert (two.written_to, two.sent_on, two.counts_as_sent) == ("E:/HPN_2.hpn", DAY, True)
        assert (one.written_to, one.counts_as_sent) == ("", False)
        assert work.sync.sent_content("sent002") == b"two"
        for missing in (work.sync.sent_one, work.sync.sent_content):
            with pytest.raises(NotFound):
                missing("nobody")


def test_the_ledger_keeps_one_line_a_file_with_its_bytes_and_receipt(store: Store) -> None:
    with store.write("t") as work:
        work.sync.put_received(received(1), b"bytes", b"receipt")
        work.sync.put_received(received(2, Outcome.REFUSED), b"bad", None)
        work.sync.put_received(received(3, Outcome.REFUSED), b"worse", None)
        work.sync.put_received(received(3), b"worse", b"receipt 3")
        book = work.sync
        assert [line.id for line in book.ledger()] == ["line3", "line2", "line1"]
        assert [line.id for line in book.ledger(1)] == ["line3"]
        assert book.received_content("line2") == b"bad"
        assert book.receipts() == {"line1": b"receipt", "line3": b"receipt 3"}
        assert book.receipts("nobody") == {}
        assert book.applied("31135") == {"mh1", "mh3"}
        assert book.received_by_sha("sha2") == received(2, Outcome.REFUSED)
        assert book.received_by_sha("none") is None
        assert book.received_by_manifest("31135", "mh2") is None
        assert book.received_by_manifest("31135", "mh1") == received(1) == book.received_one("line1")
        with pytest.raises(NotFound):
            book.received_one("nobody")


def test_a_stream_is_kept_by_unit(store: Store) -> None:
    now = Stream("31135", "e", 1, 7, "mh7", 2)
    with store.write("t") as work:
        assert work.sync.stream("31135") is None
        work.sync.save_stream(now)
        work.sync.save_stream(Stream("31135", "e", 1, 8, "mh8", 3, closed=True))
        assert work.sync.streams() == {"31135": Stream("31135", "e", 1, 8, "mh8", 3, closed=True)}


def test_a_partition_is_replaced_whole_and_left_alone_when_nothing_differs(store: Store) -> None:
    with store.write("t") as work:
        work.sync.put_received(received(1), b"", None)
        first = [
            figure(1),
            figure(2, "org.left", num=3, den=8),
            figure(3, "branch/", "b1"),
            figure(4, "activity/MEETING"),
        ]
        assert work.sync.replace_partition("31135", "2026-10", first)
        assert not work.sync.replace_partition("31135", "2026-10", [row | {"id": f"x{row['id']}"} for row in first])
        assert [one.code for one in work.sync.measures(["2026-10"])] == ["org.left", "org.members"]
        assert work.sync.measures(["2026-10"], code="org.left")[0].measure == Measure(3, 8)
        assert not work.sync.measures(["2026-09"])
        assert work.sync.replace_partition("31135", "2026-10", [figure(9, edition=2)])
        assert [one.measure.numerator for one in work.sync.measures(["2026-10"])] == [9]
        assert work.sync.partitions("2026-10") == {"31135": (2, "line1")}
        assert work.sync.partitions("2026-09") == {}


def test_a_measure_is_packed_without_what_says_nothing() -> None:
    assert packed(Measure(5)) == {"num": 5}
    assert packed(Measure(5, 8, to_date=6, to_date_denominator=9)) == {"num": 5, "den": 8, "ytd_num": 6, "ytd_den": 9}
    assert packed(Measure(125, scale=1)) == {"num": 125, "scale": 1}
