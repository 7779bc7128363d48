"""Taking back on any later day: exactly what stood before stands again, and every unit is told honestly."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from sochihoi.domain.corrections import BuiltUpon, NothingToTakeBack
from sochihoi.domain.exchange import Outcome, SentState
from sochihoi.services.receiving import Verdict
from sochihoi.storage.schema import received_figure, received_file
from sochihoi.sync.envelope import inspect
from tests.exchange_data import OCTOBER, REASON, SEPTEMBER, Exchange, make_exchange

pytestmark = pytest.mark.usefixtures("both_engines")


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[Exchange]:
    made = make_exchange(tmp_path)
    yield made
    made.close()


def take(exchange: Exchange, *paths: Path) -> tuple[Verdict, ...]:
    return exchange.above.receiving.receive(paths)


def line_of(verdict: Verdict) -> str:
    assert verdict.line is not None
    return verdict.line.id


def standing(exchange: Exchange) -> list[tuple[Any, ...]]:
    """All figures and the file that each came with, without the ids of the rows; and where each stream is."""
    with exchange.above.read() as work:
        rows = work.rows(select(received_figure))
        told = [
            (r["unit_code"], r["period"], r["edition"], r["branch"], r["code"], str(r["content"]), r["file_id"])
            for r in rows
        ]
        streams = [(one.id, one.epoch, one.seq, one.manifest_hash) for one in work.sync.streams().values() if one.begun]
    return [*sorted(told), *sorted(streams)]


def supplement(exchange: Exchange) -> Path:
    below = exchange.below
    below.months.begin_supplement(OCTOBER, "Sửa một số.")
    below.months.close(OCTOBER, reason=REASON)
    return exchange.send()


def test_the_figures_before_stand_again_and_the_unit_is_told(exchange: Exchange) -> None:
    first = take(exchange, exchange.send(SEPTEMBER))
    before = standing(exchange)
    newer = take(exchange, supplement(exchange))[0]
    assert standing(exchange) != before
    undone = exchange.above.receiving.deciding.take_back([line_of(newer)])
    assert standing(exchange) == before
    assert (undone.periods, [one.id for one in undone.files]) == ({"99001": ("2026-09", "2026-10")}, [line_of(newer)])
    with exchange.above.read() as work:
        stream = work.sync.stream("99001")
        content = work.sync.receipts()[line_of(newer)]
    assert stream is not None
    receipt = inspect(content).receipt
    assert receipt is not None
    assert (receipt.receipt_no, stream.receipt_no, receipt.code and receipt.code.value) == (3, 3, "UNDONE")
    assert receipt.last_accepted is not None
    assert first[0].line is not None
    assert receipt.last_accepted.mh == first[0].line.manifest_hash
    taken = exchange.below.receipts.take(content)
    assert taken.about is not None
    assert (taken.about.state, taken.doubt) == (SentState.RETURNED, None)


def test_taken_in_again_it_counts_again(exchange: Exchange) -> None:
    sent = exchange.send(SEPTEMBER)
    line = line_of(take(exchange, sent)[0])
    after = standing(exchange)
    exchange.above.receiving.deciding.take_back([line])
    assert standing(exchange) == []
    (verdict,) = take(exchange, sent)
    assert (verdict.outcome, line_of(verdict)) == (Outcome.STORED, line)
    assert standing(exchange) == after
    with exchange.above.read() as work:
        receipt = inspect(work.sync.receipts()[line]).receipt
        stream = work.sync.stream("99001")
    assert receipt is not None
    assert receipt.receipt_no == 3  # a number once given is never given again
    assert stream is not None
    assert stream.begun


def test_what_is_built_upon_stays(exchange: Exchange) -> None:
    first = take(exchange, exchange.send(SEPTEMBER))[0]
    newer = take(exchange, exchange.send(OCTOBER))[0]
    before = standing(exchange)
    deciding = exchange.above.receiving.deciding
    with pytest.raises(BuiltUpon) as problem:
        deciding.take_back([line_of(first)])
    assert (problem.value.file_name, problem.value.by) == (first.file_name, newer.file_name)
    assert standing(exchange) == before
    deciding.take_back([line_of(newer), line_of(first)])
    assert standing(exchange) == []
    with pytest.raises(NothingToTakeBack):
        deciding.take_back([line_of(first)])


def test_a_whole_drop_goes_back_and_other_units_stay(exchange: Exchange) -> None:
    other = exchange.neighbour()
    take(exchange, exchange.send(SEPTEMBER))
    before = standing(exchange)
    drop = take(exchange, exchange.send(OCTOBER), exchange.send(office=other))
    batch = next(one.line.batch for one in drop if one.line)
    deciding = exchange.above.receiving.deciding
    undone = deciding.take_back([one.id for one in deciding.of_batch(batch)])
    assert sorted(undone.periods) == ["99001", "99002"]
    assert standing(exchange) == before


def test_a_newer_file_follows_a_taken_back_one(exchange: Exchange) -> None:
    take(exchange, exchange.send(SEPTEMBER))
    newer = take(exchange, exchange.send(OCTOBER))[0]
    exchange.above.receiving.deciding.take_back([line_of(newer)])
    (verdict,) = take(exchange, supplement(exchange))
    assert verdict.line is not None
    assert (verdict.outcome, verdict.line.warnings) == (Outcome.STORED, ("GAP",))


def test_a_revoked_key_does_not_keep_figures_from_going_back(exchange: Exchange) -> None:
    from sochihoi.storage.schema import trusted_key

    take(exchange, exchange.send(SEPTEMBER))
    before = standing(exchange)
    newer = take(exchange, exchange.send(OCTOBER))[0]
    with exchange.above.store.write("t") as work:
        keys = work.rows(select(trusted_key.c.id))
        work.update(trusted_key, {row["id"]: {"revoked": True} for row in keys})
    exchange.above.receiving.deciding.take_back([line_of(newer)])
    assert standing(exchange) == before


def test_twice_changes_nothing_and_gives_the_same_receipt(exchange: Exchange) -> None:
    random = Random(7)  # noqa: S311 - the same order every time
    files = [exchange.send(SEPTEMBER), exchange.send(OCTOBER), supplement(exchange)]
    deciding = exchange.above.receiving.deciding
    counted: list[list[tuple[Any, ...]]] = [standing(exchange)]
    for file in files:
        line = line_of(take(exchange, file)[0])
        counted.append(standing(exchange))
        with exchange.above.read() as work:
            receipt = work.sync.receipts()[line]
        for again in random.choices(files[: files.index(file) + 1], k=3):
            assert take(exchange, again)[0].outcome is Outcome.DUPLICATE
        assert standing(exchange) == counted[-1]
        with exchange.above.read() as work:
            assert work.sync.receipts()[line] == receipt
    for state in reversed(counted[:-1]):  # and back the same way, one after the other
        with exchange.above.read() as work:
            newest = max(work.sync.streams()["99001"].seq, 0)
            line = next(one.id for one in work.sync.ledger() if one.seq == newest)
        deciding.take_back([line])
        assert standing(exchange) == state
    with exchange.above.read() as work:
        assert {row["verdict"] for row in work.rows(select(received_file.c.verdict))} == {"UNDONE"}
