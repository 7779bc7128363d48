"""Held files: kept and not counted until a person decides; refused ones judged again; corrections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sochihoi.domain.corrections import (
    BY_PERSON,
    Correction,
    NoSuchFile,
    NotHeld,
    NothingCounts,
    ReasonMissing,
    SeveralFiles,
)
from sochihoi.domain.errors import NotFound
from sochihoi.domain.exchange import NotAReceiver, Outcome
from sochihoi.domain.people import LeaveReason
from sochihoi.domain.unusual import Finding
from sochihoi.services import trusting
from sochihoi.services.office import Office
from sochihoi.services.receiving import Verdict
from sochihoi.sync.identity import Entry, Identity, PublicKeys, Register
from sochihoi.sync.receipt import Answer, Receipt, open_answer
from sochihoi.ui.words import answers as words
from sochihoi.ui.words.unusual import findings_of, names_of
from tests.exchange_data import OCTOBER, REASON, SEPTEMBER, Exchange, closed_meeting, commune, make_exchange
from tests.meetings_data import add_branch
from tests.offices import make_above
from tests.pack_data import UNUSUAL

pytestmark = pytest.mark.usefixtures("both_engines")


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[Exchange]:
    made = make_exchange(tmp_path)
    yield made
    made.close()


def one(exchange: Exchange, path: Path) -> Verdict:
    (verdict,) = exchange.above.receiving.receive([path])
    return verdict


def many_leave(office: Office, count: int, on: date) -> None:
    """So many members of the commune leave on a day."""
    from sqlalchemy import select

    from sochihoi.storage.schema import membership

    with office.read() as work:
        ids = [row["id"] for row in work.rows(select(membership.c.id).where(membership.c.left_on.is_(None)))]
    for who in ids[:count]:
        office.people.leave(who, LeaveReason.RESIGNED, on=on)


def halved(root: Path) -> Exchange:
    """September is at the level above; in October half of the members left, and that file waits on the stick."""
    made = make_exchange(root, records=False)
    below = made.below
    branch = add_branch(below, "Ấp An Hòa", 40, cells=0)
    closed_meeting(below, branch, date(2026, 9, 10), absent=1)
    below.months.close(SEPTEMBER, reason=REASON)
    assert one(made, made.send(SEPTEMBER)).outcome is Outcome.STORED
    many_leave(below, 20, date(2026, 10, 5))
    closed_meeting(below, branch, date(2026, 10, 10), absent=1)
    below.months.close(OCTOBER, reason=REASON)
    return made


@pytest.fixture
def unusual(tmp_path: Path) -> Iterator[Exchange]:
    made = halved(tmp_path)
    yield made
    made.close()


def members(exchange: Exchange) -> dict[str, int]:
    with exchange.above.read() as work:
        found = work.sync.measures(["2026-09", "2026-10"], code="org.members")
        return {one.period: one.measure.numerator for one in found}


def receipt_for(exchange: Exchange, line_id: str) -> tuple[Receipt, tuple[Correction, ...]]:
    """The newest answer on a line as the commune reads it."""
    with exchange.above.read() as work:
        content = work.sync.receipts()[line_id]
    with exchange.below.read() as work:
        identity = Identity.from_bytes(work.sync.installation().identity)
    keys = PublicKeys.from_bytes(exchange.above.sending.key_file())
    receipt, _mh, asked = open_answer(content, Register(Entry(keys)), "99001", identity=identity)
    return receipt, asked


def test_a_file_that_moves_too_far_is_held_and_counts_nothing(unusual: Exchange) -> None:
    (dry,) = unusual.above.receiving.receive([unusual.send()], dry_run=True)
    assert (dry.outcome, dry.code) == (Outcome.HELD, "HOLD")
    assert unusual.above.receiving.deciding.held() == ()
    verdict = one(unusual, unusual.send())
    assert (verdict.outcome, verdict.code, members(unusual)) == (Outcome.HELD, "HOLD", {"2026-09": 40})
    assert verdict.line is not None
    told = findings_of(verdict.line, names_of(unusual.above.definitions))
    assert "50" in told[0]
    assert "40" in told[0]
    assert "20" in told[0]
    assert Finding.from_json(verdict.line.findings[0]).hold
    with unusual.above.read() as work:
        stream = work.sync.stream("99001")
        assert stream is not None
        assert (stream.seq, stream.receipt_no) == (1, 1)
        assert verdict.line.id not in work.sync.receipts()  # nobody is told before it is decided
    again = one(unusual, unusual.send())
    assert again.line is not None
    assert (again.outcome, again.line.id) == (Outcome.HELD, verdict.line.id)
    assert [held.id for held in unusual.above.receiving.deciding.held()] == [verdict.line.id]


def test_accepting_stores_it_and_says_who_did(unusual: Exchange) -> None:
    line = one(unusual, unusual.send()).line
    assert line is not None
    verdict = unusual.above.receiving.deciding.accept(line.id)
    assert (verdict.outcome, members(unusual)) == (Outcome.STORED, {"2026-09": 40, "2026-10": 20})
    assert verdict.line is not None
    assert (verdict.line.decision, verdict.line.decided_by) == ("ACCEPTED", unusual.above.account.name)
    assert unusual.above.account.name in words.decision_words(verdict.line)
    receipt, asked = receipt_for(unusual, line.id)
    assert (receipt.answer, receipt.receipt_no) == (Answer.APPLIED, 2)
    assert {(one.period, one.indicator, one.rule) for one in asked} >= {("2026-10", "org.members", "MEMBERS_GONE")}
    with pytest.raises(NotHeld):
        unusual.above.receiving.deciding.accept(line.id)


def test_returning_needs_a_reason_which_only_the_unit_reads(unusual: Exchange) -> None:
    line = one(unusual, unusual.send()).line
    assert line is not None
    deciding = unusual.above.receiving.deciding
    with pytest.raises(ReasonMissing):
        deciding.give_back(line.id, " \n ")
    said = "Chị xem lại:\nhai mươi hội viên nghỉ trong một ngày?"
    returned = deciding.give_back(line.id, said)
    assert (returned.verdict, returned.code, returned.decision) == (Outcome.REFUSED, "HOLD", "RETURNED")
    assert members(unusual) == {"2026-09": 40}
    receipt, asked = receipt_for(unusual, line.id)
    assert (receipt.answer, receipt.code and receipt.code.value, receipt.rows) == (Answer.RETURNED, "HOLD", 0)
    assert receipt.last_accepted is not None
    assert receipt.last_accepted.seq == 1
    assert asked[0] == Correction("2026-10", said="Chị xem lại: hai mươi hội viên nghỉ trong một ngày?")
    with unusual.above.read() as work:
        assert "mươi" not in work.sync.receipts()[line.id].decode("utf-8", "replace")
    # the same file again stays returned, with the same answer
    with unusual.above.read() as work:
        before = work.sync.receipts()[line.id]
    assert one(unusual, unusual.send()).outcome is Outcome.REFUSED
    with unusual.above.read() as work:
        assert work.sync.receipts()[line.id] == before
    # she may still change her mind
    assert deciding.accept(line.id).outcome is Outcome.STORED
    assert receipt_for(unusual, line.id)[0].receipt_no == 3


def test_a_new_beginning_without_proof_is_accepted_by_a_person(exchange: Exchange) -> None:
    assert one(exchange, exchange.send(SEPTEMBER)).outcome is Outcome.STORED
    with exchange.below.store.write("t") as work:
        work.sync.new_epoch("0011223344556677")
    verdict = one(exchange, exchange.send(OCTOBER))
    assert (verdict.outcome, verdict.code) == (Outcome.HELD, "EPOCH_UNPROVEN")
    assert verdict.line is not None
    accepted = exchange.above.receiving.deciding.accept(verdict.line.id)
    assert accepted.outcome is Outcome.STORED
    with exchange.above.read() as work:
        stream = work.sync.stream("99001")
    assert stream is not None
    assert (stream.epoch_no, stream.seq, stream.receipt_no) == (2, 1, 2)


def test_a_new_beginning_of_a_unit_never_heard_of_can_be_returned(exchange: Exchange) -> None:
    with exchange.below.store.write("t") as work:
        work.sync.new_epoch("0011223344556677")
    line = one(exchange, exchange.send(OCTOBER)).line
    assert line is not None
    exchange.above.receiving.deciding.give_back(line.id, "Chị gọi lại giúp.")
    receipt, asked = receipt_for(exchange, line.id)
    assert (receipt.receipt_no, receipt.last_accepted, asked[0].rule) == (1, None, BY_PERSON)


def test_refused_files_are_judged_again_in_one_go(tmp_path: Path) -> None:
    made = make_exchange(tmp_path, introduced=False)
    trusting.accept(made.below, made.above.sending.key_file())
    line = one(made, made.send()).line
    assert line is not None
    assert line.code == "KEY_UNKNOWN"
    deciding = made.above.receiving.deciding
    (still,) = deciding.judge_again([line.id])
    assert still.code == "KEY_UNKNOWN"
    trusting.accept(made.above, made.below.sending.key_file())
    (verdict,) = deciding.judge_again([line.id])
    assert (verdict.outcome, verdict.line and verdict.line.id) == (Outcome.STORED, line.id)
    assert deciding.judge_again([line.id]) == ()  # it counts: nothing to judge
    assert deciding.quarantined() == ()
    made.close()


def test_a_drop_has_one_number(exchange: Exchange) -> None:
    other = exchange.neighbour()
    exchange.send()
    exchange.send(office=other)
    (exchange.stick / "hỏng.hpn").write_bytes(b"x")
    verdicts = exchange.above.receiving.receive([exchange.stick])
    (batch,) = {v.line.batch for v in verdicts if v.line}
    assert {one.unit_code for one in exchange.above.receiving.deciding.of_batch(batch)} == {"99001", "99002"}
    assert exchange.above.receiving.deciding.of_batch("") == ()


def test_a_person_asks_about_figures_that_count(exchange: Exchange) -> None:
    deciding = exchange.above.receiving.deciding
    ask = Correction("2026-10", "org.meetings", said="  Tháng 10 có hai buổi\tthôi à? ")
    with pytest.raises(NothingCounts):
        deciding.ask("99001", [ask])
    line = one(exchange, exchange.send()).line
    assert line is not None
    with pytest.raises(ReasonMissing):
        deciding.ask("99001", [replace(ask, said="\n")])
    with pytest.raises(NotFound):
        deciding.ask("99001", [replace(ask, indicator="member_count")])
    deciding.ask("99001", [ask])
    deciding.ask("99001", [Correction("2026-09", said="Và tháng 9?")])
    receipt, asked = receipt_for(exchange, line.id)
    assert (receipt.answer, receipt.receipt_no, len(asked)) == (Answer.APPLIED, 3, 2)
    assert asked[0].said == "Tháng 10 có hai buổi thôi à?"
    with exchange.above.read() as work:  # the receipt before is kept
        from sochihoi.storage import ledger

        kept = ledger.carried(work, ledger.RECEIPT, ledger.OUT, unit="99001")
    assert [row["number"] for row in kept] == [2, 1]


def test_a_file_is_found_by_its_name_or_number(exchange: Exchange, tmp_path: Path) -> None:
    deciding = exchange.above.receiving.deciding
    line = one(exchange, exchange.send()).line
    assert line is not None
    assert deciding.find(line.file_name).id == line.id
    assert deciding.find(line.id[-8:].upper()).id == line.id
    with pytest.raises(NoSuchFile):
        deciding.find("HPN_1.hpn")
    sent = exchange.stick / line.file_name
    sent = sent.rename(exchange.stick / "HPN (1).hpn")
    assert deciding.find(str(sent)).id == line.id  # by its bytes, whatever it is called
    for number in range(2):
        (tmp_path / "twice.hpn").write_bytes(b"%d" % number)
        exchange.above.receiving.receive([tmp_path / "twice.hpn"])
    with pytest.raises(SeveralFiles) as problem:
        deciding.find("twice.hpn")
    assert len(problem.value.numbers) == 2


def test_a_commune_decides_nothing(tmp_path: Path) -> None:
    office = commune(tmp_path / "c")
    with pytest.raises(NotAReceiver):
        office.receiving.deciding.judge_again(["x"])
    with pytest.raises(NotAReceiver):
        office.receiving.deciding.take_back(["x"])
    office.close()


def test_levels_are_data_that_a_pack_corrects(tmp_path: Path) -> None:
    above = make_above(tmp_path / "above")
    shipped = above.receiving.unusual_rules
    assert {"MEMBERS_GONE", "ATTENDANCE_DOWN", "FIGURES_GONE", "MONTH_CORRECTED"} <= {one.code for one in shipped}
    from sochihoi import paths

    folder = paths.pack(tmp_path / "above") / "unusual"
    folder.mkdir(parents=True)
    (folder / "x.toml").write_text(UNUSUAL.replace("2026-12-01", "2020-01-01"), encoding="utf-8")
    above.forget_definitions()
    assert [(one.code, one.say, one.hold) for one in above.receiving.unusual_rules] == [("MEMBERS_GONE", 1, 2)]
    (folder / "x.toml").write_text(UNUSUAL.replace("hold = 2", "hold = 0"), encoding="utf-8")
    above.forget_definitions()
    assert above.receiving.unusual_rules == shipped  # a broken pack counts for nothing
    above.close()
