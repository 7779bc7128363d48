"""A commune that is merged into another: its last file closes its stream, and what comes later goes elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from sochihoi.domain.exchange import NotEnding, Outcome, UnitEnded
from sochihoi.domain.unit_changes import UnitChange
from sochihoi.services.ending import ending
from sochihoi.services.office import Office
from sochihoi.storage.packs import put_unit_changes
from sochihoi.ui import words
from sochihoi.ui.words.sync import line_words
from tests.exchange_data import OCTOBER, SEPTEMBER, Exchange, make_exchange


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[Exchange]:
    made = make_exchange(tmp_path)
    yield made
    made.close()


def told(office: Office, on: date = date(2026, 11, 1), kind: str = "MERGED", to: tuple[str, ...] = ("99005",)) -> None:
    """As a pack would say it."""
    change = UnitChange(office.new_id(), on, kind, ("99001", "99002") if kind == "MERGED" else ("99001",), to, "")
    with office.write("pack.apply") as work:
        put_unit_changes(work, [change], 1, office.today)


def last_file(exchange: Exchange) -> Path:
    made = exchange.below.sending.prepare(OCTOBER, final=True)
    assert made.mode == "final"
    return exchange.below.sending.write(made.id, exchange.stick)


def test_the_last_file_closes_the_stream_and_says_who_goes_on(exchange: Exchange) -> None:
    for office in (exchange.below, exchange.above):
        told(office)
    change = ending(exchange.below)
    assert change is not None
    assert change.to_units == ("99005",)
    (verdict,) = exchange.above.receiving.receive([last_file(exchange)])
    assert verdict.outcome is Outcome.STORED
    with exchange.above.read() as work:
        stream = work.sync.stream("99001")
        assert stream is not None
        assert (stream.closed, stream.closed_on, stream.forwarded_to) == (True, exchange.above.today, "99005")
        # what it was stays under its own code
        assert work.sync.partitions(OCTOBER.code)["99001"][0] == 1


def test_nothing_is_made_after_it_and_the_same_file_goes_again(exchange: Exchange) -> None:
    told(exchange.below)
    file = last_file(exchange)
    assert exchange.below.sending.prepare(OCTOBER, final=True).file_name == file.name
    with pytest.raises(UnitEnded) as problem:
        exchange.below.sending.prepare(SEPTEMBER)
    assert "99005" in str(words.say(problem.value))


def test_a_late_file_of_a_closed_unit_says_where_its_figures_belong(exchange: Exchange) -> None:
    """Made on another PC, from a copy of the book before it ended."""
    late = exchange.send(SEPTEMBER).read_bytes()
    for office in (exchange.below, exchange.above):
        told(office)
    exchange.above.receiving.receive([last_file(exchange)])
    (exchange.stick / "late.hpn").write_bytes(late)
    (verdict,) = exchange.above.receiving.receive([exchange.stick / "late.hpn"])
    assert (verdict.outcome, verdict.code) == (Outcome.REFUSED, "UNIT_CLOSED")
    assert verdict.problem is not None
    assert "99005" in words.say(verdict.problem).todo
    assert verdict.line is not None
    assert "99005" in line_words(verdict.line).todo


def test_a_unit_that_goes_on_makes_no_last_file(exchange: Exchange) -> None:
    with pytest.raises(NotEnding):
        exchange.below.sending.prepare(OCTOBER, final=True)
    told(exchange.below, on=date(2026, 12, 1))
    with pytest.raises(NotEnding):
        exchange.below.sending.prepare(OCTOBER, final=True)
    assert ending(exchange.below) is None


def test_a_unit_that_is_split_is_forwarded_to_all_its_parts(exchange: Exchange) -> None:
    for office in (exchange.below, exchange.above):
        told(office, kind="SPLIT", to=("99006", "99007"))
    exchange.above.receiving.receive([last_file(exchange)])
    with exchange.above.read() as work:
        stream = work.sync.stream("99001")
    assert stream is not None
    assert stream.forwarded_to == "99006, 99007"


def test_a_usual_file_of_the_month_is_no_last_one(exchange: Exchange) -> None:
    first = exchange.send(OCTOBER)
    told(exchange.below)
    last = last_file(exchange)
    assert first.name != last.name
    assert [one.mode for one in exchange.below.sending.history()] == ["final", "snapshot"]
    assert exchange.above.receiving.receive([first, last])[1].outcome is Outcome.STORED
