"""The way back: return files, what they ask to correct at its place, codes read over the telephone, missing months."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sochihoi.domain import gap_codes
from sochihoi.domain.corrections import Correction
from sochihoi.domain.exchange import NotAReceipt, NotAReceiver, NotASender, Outcome, SentState
from sochihoi.domain.gap_codes import BadGapCode
from sochihoi.domain.periods import Period
from sochihoi.services import receipts
from sochihoi.services.gaps import NothingMissing
from sochihoi.services.inspecting import inspect as look_at
from sochihoi.services.receipts import NothingForUs, Taken
from sochihoi.services.receiving import files_of
from sochihoi.storage import ledger
from sochihoi.sync.envelope import inspect
from sochihoi.sync.errors import Code, Refused
from sochihoi.sync.names import is_return, return_name
from sochihoi.ui.shared.signed_files import file_facts
from sochihoi.ui.words import say
from tests.exchange_data import OCTOBER, REASON, SEPTEMBER, Exchange, make_exchange
from tests.pack_data import TARGETS, folder


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[Exchange]:
    made = make_exchange(tmp_path)
    yield made
    made.close()


def received(exchange: Exchange, month: Period = OCTOBER) -> str:
    (verdict,) = exchange.above.receiving.receive([exchange.send(month)])
    assert verdict.outcome is Outcome.STORED
    assert verdict.line is not None
    return verdict.line.id


def answer_in(exchange: Exchange, content: bytes) -> Taken:
    """What became of the receipt in a return file."""
    return next(one for one in exchange.below.receipts.take_any(content) if "_R0" in one.name)


def keep_down(exchange: Exchange, kind: str, number: int, content: bytes) -> None:
    """A pack or register as the level above keeps it."""
    with exchange.above.write("t") as work:
        ledger.keep_carried(
            work,
            exchange.above.new_id(),
            content,
            kind=kind,
            direction=ledger.OUT,
            unit="",
            number=number,
            sha256=f"{number:064}",
            on=exchange.above.today,
            file_name=f"HPN_99_{kind}_{number:04}.hpn",
        )


# ---------------------------------------------------------------------- the return file


def test_one_file_goes_back_and_is_applied_whole(exchange: Exchange, tmp_path: Path) -> None:
    answers = exchange.above.receiving.answers
    assert answers.of_unit("99001") is None
    received(exchange)
    (out,) = answers.write(tmp_path / "back")
    assert out.name == "HPN_99001_TRALOI_0001.zip"
    with zipfile.ZipFile(out) as archive:
        assert archive.namelist()[0] == "HPN_99001_2026-10_0001_R0001.hpn"
    assert answers.write(tmp_path / "back") == (out,)
    again = answers.of_unit("99001")
    assert again is not None
    assert again.content == out.read_bytes()  # the same facts, the same bytes
    taken = answer_in(exchange, out.read_bytes())
    assert taken.receipt is not None
    assert taken.receipt.about is not None
    assert (taken.kind, taken.receipt.about.state) == ("receipt", SentState.RECEIVED)


def test_every_unit_gets_its_own(exchange: Exchange, tmp_path: Path) -> None:
    other = exchange.neighbour()
    received(exchange)
    exchange.above.receiving.receive([exchange.send(office=other)])
    names = [path.name for path in exchange.above.receiving.answers.write(tmp_path / "back")]
    assert names == ["HPN_99001_TRALOI_0001.zip", "HPN_99002_TRALOI_0001.zip"]
    assert [one.unit for one in exchange.above.receiving.answers.all(["99002"])] == ["99002"]
    with pytest.raises(NotAReceiver):
        exchange.below.receiving.answers.all()
    problem = answer_in(exchange, (tmp_path / "back" / names[1]).read_bytes()).problem
    assert isinstance(problem, Refused)
    assert problem.code is Code.NOT_FOR_ME


def test_pack_and_register_go_along_until_the_unit_is_proven_to_have_them(exchange: Exchange, tmp_path: Path) -> None:
    answers = exchange.above.receiving.answers
    exchange.above.packs.make(folder(tmp_path / "one", {"targets/tinh.toml": TARGETS}), code="tinh")
    received(exchange, SEPTEMBER)
    first = answers.of_unit("99001")
    assert first is not None
    assert set(first.with_) == {"REGISTER", "DEFPACK"}
    assert first.with_["DEFPACK"] == 1
    answers.write(exchange.stick)
    taken = {one.kind: one for one in exchange.below.receipts.take_any(first.content)}
    assert {kind: one.problem for kind, one in taken.items()} == {"receipt": None, "register": None, "defpack": None}
    assert exchange.below.packs.applied() is None  # somebody looks first
    exchange.below.receipts.take_any(first.content, packs=True)
    applied = exchange.below.packs.applied()
    assert applied is not None
    assert applied.number == 1
    received(exchange, OCTOBER)  # this file names the receipt that came with them
    again = answers.of_unit("99001")
    assert again is not None
    assert again.with_ == {}
    newer = TARGETS.replace("value = 5", "value = 6")
    exchange.above.packs.make(folder(tmp_path / "two", {"targets/tinh.toml": newer}))
    second = answers.of_unit("99001")
    assert second is not None
    assert second.with_ == {"DEFPACK": 2}


def first_receipt(packed: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return archive.read(archive.namelist()[0])


def test_one_bad_file_inside_stops_no_other(exchange: Exchange, monkeypatch: pytest.MonkeyPatch) -> None:
    received(exchange)
    keep_down(exchange, "DEFPACK", 1, b"no file of ours")
    made = exchange.above.receiving.answers.of_unit("99001")
    assert made is not None
    taken = exchange.below.receipts.take_any(made.content)
    assert [(one.kind, one.problem is None) for one in taken if one.kind != "register"] == [
        ("receipt", True),
        ("", False),
    ]
    # a kind without an applier is left for a newer program
    monkeypatch.delitem(receipts.APPLIERS, "receipt")
    with pytest.raises(NothingForUs):
        exchange.below.receipts.take_any(first_receipt(made.content))


def test_a_report_is_no_answer(exchange: Exchange) -> None:
    with pytest.raises(NotAReceipt):
        exchange.below.receipts.take_any(exchange.send().read_bytes())


def test_return_files_in_a_folder_of_reports_are_passed_over(exchange: Exchange) -> None:
    received(exchange)
    exchange.above.receiving.answers.write(exchange.stick)
    assert [path.name for path in files_of([exchange.stick])] == ["HPN_99001_2026-10_0001.hpn"]
    for name in (return_name("99001", 3), "HPN_99001_TRALOI_0003 (1).zip", "hpn_99001_traloi_0003 - Copy.ZIP"):
        assert is_return(name)
    assert not is_return("HPN_99001_2026-10_0001.hpn.zip")


# ---------------------------------------------------------------------- what to correct


def test_what_is_to_be_corrected_stands_at_its_month_until_it_is_closed_anew(exchange: Exchange) -> None:
    received(exchange)
    deciding, mine = exchange.above.receiving.deciding, exchange.below.receipts
    deciding.ask(
        "99001", [Correction("2026-10", "org.meetings", said="Chị xem lại."), Correction("2026-09", said="Cả")]
    )
    made = exchange.above.receiving.answers.of_unit("99001")
    assert made is not None
    assert "Chị xem lại".encode() not in made.content
    taken = answer_in(exchange, made.content)
    assert taken.receipt is not None
    assert len(taken.receipt.corrections) == 2
    assert [one.correction.indicator for one in mine.to_correct("2026-10")] == ["org.meetings"]
    assert {one.correction.period for one in mine.to_correct()} == {"2026-09", "2026-10"}
    mine.take_any(made.content)  # twice is once
    assert len(mine.to_correct()) == 2
    exchange.below.months.begin_supplement(OCTOBER, "Sửa một số.")
    assert len(mine.to_correct("2026-10")) == 1  # an open month is not corrected yet
    exchange.below.months.close(OCTOBER, reason=REASON)
    assert mine.to_correct("2026-10") == ()
    (rest,) = mine.to_correct()
    mine.looked_at(rest.key)
    assert mine.to_correct() == ()


def test_a_newer_receipt_takes_the_place_of_what_was_asked(exchange: Exchange) -> None:
    line = received(exchange)
    deciding, mine = exchange.above.receiving.deciding, exchange.below.receipts
    deciding.ask("99001", [Correction("2026-10", said="Chị xem lại.")])
    asked = exchange.above.receiving.answers.of_unit("99001")
    assert asked is not None
    mine.take_any(asked.content)
    deciding.take_back([line])
    back = exchange.above.receiving.answers.of_unit("99001")
    assert back is not None
    taken = answer_in(exchange, back.content)
    assert taken.receipt is not None
    assert taken.receipt.about is not None
    assert (taken.receipt.about.state, mine.to_correct()) == (SentState.RETURNED, ())
    mine.take_any(asked.content)  # an older answer that comes late changes nothing
    assert exchange.below.sending.history()[0].state is SentState.RETURNED


def test_one_receipt_answers_every_file_since_the_last_one(exchange: Exchange, tmp_path: Path) -> None:
    deciding, mine, answers = (
        exchange.above.receiving.deciding,
        exchange.below.receipts,
        exchange.above.receiving.answers,
    )
    first = exchange.send(SEPTEMBER)
    received(exchange, OCTOBER)
    asked = Correction("2026-10", "org.meetings", said="Chị xem lại.")
    deciding.ask("99001", [asked])
    (early,) = answers.write(tmp_path / "early")
    exchange.above.receiving.receive([first])  # too late: it is refused, and its receipt is the newest
    made = answers.of_unit("99001")
    assert made is not None
    taken = answer_in(exchange, made.content).receipt
    assert taken is not None
    assert [(one.number, one.code) for one in taken.receipt.answered] == [(2, None)]
    assert ("Ghi chú", "Trả lời luôn cho 1 tệp khác.") in file_facts(look_at(first_receipt(made.content)))
    assert (taken.receipt.code, [one.period for one in taken.also]) == (Code.STALE, ["2026-10"])
    states = {one.period: one.state for one in exchange.below.sending.history()}
    assert states == {"2026-09": SentState.RETURNED, "2026-10": SentState.RECEIVED}
    assert [one.correction for one in mine.to_correct()] == [asked]  # asked of the file that counts
    (stale,) = (one for one in exchange.below.sending.history() if one.period == "2026-09")
    why = mine.why_returned(stale)
    assert why is not None
    assert (why.code, why.corrections) == ("STALE", ())
    mine.take_any(early.read_bytes())  # the receipt that it repeats comes late: nothing is asked twice
    mine.looked_at(mine.to_correct()[0].key)
    again = mine.take_any(made.content)[0].receipt
    assert again is not None
    assert (mine.to_correct(), again.also) == ((), ())
    exchange.below.months.begin_supplement(OCTOBER, "Sửa một số.")
    exchange.below.months.close(OCTOBER, reason=REASON)
    received(exchange)  # this file names that receipt: nothing is repeated any more
    made = answers.of_unit("99001")
    assert made is not None
    newest = inspect(first_receipt(made.content)).receipt
    assert newest is not None
    assert (newest.receipt_no, newest.answered, newest.payload) == (4, (), None)


def test_what_was_asked_goes_with_the_next_receipt_until_it_is_proven_or_mended(exchange: Exchange) -> None:
    deciding, mine = exchange.above.receiving.deciding, exchange.below.receipts
    stays, mended = Correction("2026-09", said="Chị xem lại."), Correction("2026-10", said="Chị xem lại.")
    received(exchange, SEPTEMBER)
    deciding.ask("99001", [stays])
    received(exchange, OCTOBER)
    deciding.ask("99001", [mended])
    exchange.below.months.begin_supplement(OCTOBER, "Sửa một số.")
    exchange.below.months.close(OCTOBER, reason=REASON)
    received(exchange, OCTOBER)
    made = exchange.above.receiving.answers.of_unit("99001")
    assert made is not None
    taken = answer_in(exchange, made.content).receipt
    assert taken is not None
    assert taken.corrections == (stays,)
    assert [one.number for one in taken.receipt.answered] == [2, 4]
    assert {one.state for one in exchange.below.sending.history()} == {SentState.RECEIVED}
    assert [one.correction for one in mine.to_correct()] == [stays]


# ---------------------------------------------------------------------- missing months


def test_the_missing_months_are_asked_for_and_made(tmp_path: Path) -> None:
    made = make_exchange(tmp_path)
    above, below = made.above, made.below
    assert above.gaps.missing("99001", OCTOBER) == (OCTOBER,)
    made.above.receiving.receive([made.send(SEPTEMBER)])
    with pytest.raises(NothingMissing):
        above.gaps.code("99001", OCTOBER)  # both months were closed: the file brought both
    running = Period.month(2026, 11)
    with pytest.raises(NothingMissing) as told:
        above.gaps.code("99001", running)
    assert told.value.running == "2026-11"
    assert "tháng 11/2026" in str(say(told.value)).lower()
    assert above.gaps.running("99001", OCTOBER) is None
    above.store.now = lambda: datetime(2027, 1, 2, 2, 0, tzinfo=UTC)
    code = above.gaps.code("99001", Period.month(2027, 1))  # January is going on
    asked = below.gaps.asked(code)
    assert [month.code for month in asked.months] == ["2026-11", "2026-12"]
    assert (asked.open_, asked.ready) == (asked.months, ())
    wanted = gap_codes.spelled("99001", [SEPTEMBER, OCTOBER])
    asked = below.gaps.asked(wanted.lower())
    assert (asked.months, asked.open_) == ((SEPTEMBER, OCTOBER), ())
    folder = tmp_path / "again"
    written = below.gaps.write(asked.ready, folder)
    assert [path.name for path in written] == ["HPN_99001_2026-09_0001.hpn", "HPN_99001_2026-10_0002.hpn"]
    assert below.gaps.write([SEPTEMBER], folder)[0].name == "HPN_99001_2026-09_0003.hpn"  # 1 would be too old above
    assert [one.outcome.name for one in above.receiving.receive([folder])] == ["DUPLICATE", "STORED", "STORED"]
    with pytest.raises(BadGapCode):
        below.gaps.asked(gap_codes.spelled("99002", [OCTOBER]))
    with pytest.raises(BadGapCode):
        below.gaps.asked("ABC")
    with pytest.raises(NotASender):
        above.gaps.asked(wanted)
    with pytest.raises(NotAReceiver):
        below.gaps.missing("99001", OCTOBER)
    made.close()
