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
from sochihoi.domain.custody import Act
from sochihoi.domain.exchange import NotAReceipt, NotAReceiver, NotASender, Outcome, SentState
from sochihoi.domain.gap_codes import BadGapCode
from sochihoi.domain.periods import Period
from sochihoi.services import receipts
from sochihoi.services.custody import Custody
from sochihoi.services.gaps import NothingMissing
from sochihoi.services.phone_codes import CodeOfNoFile, NotACode, NotCounted
from sochihoi.services.receipts import NothingForUs, Taken
from sochihoi.services.receiving import files_of
from sochihoi.storage import ledger
from sochihoi.ui.words import say
from sochihoi.sync.errors import Code, Refused
from sochihoi.sync.names import is_return, return_name
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


# ---------------------------------------------------------------------- codes by telephone


def test_the_code_by_telephone_is_of_exactly_this_file(exchange: Exchange) -> None:
    line = received(exchange, SEPTEMBER)
    code = exchange.above.phone.tell(line)
    assert exchange.above.phone.tell(line) == code
    file = exchange.below.phone.check(code.replace("-", " ").lower())
    assert (file.period, file.state) == ("2026-09", SentState.WRITTEN)  # heard is not signed
    assert Custody(exchange.below).of([file.sha256])[file.sha256][-1].act is Act.PHONED
    other = exchange.above.phone.tell(received(exchange, OCTOBER))
    assert other != code
    with pytest.raises(CodeOfNoFile):
        exchange.below.phone.check(code[:-1] + ("A" if code[-1] != "A" else "B"))
    with pytest.raises(NotACode):
        exchange.below.phone.check("12345")


def test_the_code_of_one_unit_is_none_for_another_and_a_courier_cannot_make_it(exchange: Exchange) -> None:
    from sochihoi.sync import phone
    from sochihoi.sync.identity import Identity, PublicKeys

    line = received(exchange)
    code = exchange.above.phone.tell(line)
    other = exchange.neighbour()
    with pytest.raises(CodeOfNoFile):
        other.phone.check(code)
    sent = exchange.below.sending.history()[0]
    courier = Identity.generate(lambda count: b"\7" * count)
    above = PublicKeys.from_bytes(exchange.above.sending.key_file()).age_key
    assert phone.code(courier, above, sent.sha256, sent.manifest_hash) != code.replace("-", "")
    exchange.above.receiving.deciding.take_back([line])
    with pytest.raises(NotCounted):
        exchange.above.phone.tell(line)


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
