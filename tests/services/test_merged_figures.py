"""Figures over a merger: what the unit that ended did counts, and what a book tells under two codes counts once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sochihoi.domain.exchange import Doubt, Outcome, SentState
from sochihoi.domain.periods import Period
from sochihoi.domain.unit_changes import UnitChange
from sochihoi.services.board import State
from sochihoi.services.commune_changes import change, proposed
from sochihoi.services.consolidated.comparing import Boundaries, compare
from sochihoi.services.consolidated.parts import behind
from sochihoi.services.ending import ending
from sochihoi.services.office import Office
from sochihoi.storage.packs import put_unit_changes
from tests.exchange_data import (
    MOMENT,
    OCTOBER,
    SEPTEMBER,
    Exchange,
    closed_meeting,
    commune,
    introduce,
    make_exchange,
    with_records,
)
from tests.meetings_data import add_branch
from tests.offices import PASSWORD, make_above

YEAR = Period.whole_year(2026)
QUARTERS = [Period.quarter(2026, number) for number in (3, 4)]
DAY = date(2026, 10, 1)


def told(before: tuple[str, ...], after: tuple[str, ...], *offices: Office, on: date = DAY) -> None:
    for office in offices:
        with office.write("pack.apply") as work:
            put_unit_changes(work, [UnitChange("change", on, "MERGED", before, after, "")], 1, office.today)


def receive(exchange: Exchange, outcome: Outcome = Outcome.STORED) -> None:
    assert exchange.above.receiving.receive([exchange.stick])[-1].outcome is outcome


@pytest.fixture
def merged(tmp_path: Path) -> Iterator[Exchange]:
    """99001 had two meetings in September and ended; 99002, with two in each month, goes on."""
    made = make_exchange(tmp_path, records=False)
    with_records(made.below, months=(SEPTEMBER,))
    other = made.neighbour()
    told(("99001", "99002"), ("99002",), made.below, made.above)
    last = made.below.sending.prepare(SEPTEMBER, final=True)
    made.below.sending.write(last.id, made.stick)
    made.send(OCTOBER, other)
    receive(made)
    yield made
    made.close()


def meetings(office: Office, period: Period) -> tuple[int | None, int | None]:
    row = next(one for one in office.receiving.totals.of(period).rows if one.indicator.code == "org.meetings")
    sheet = office.figures.of(period).row("org.meetings")
    assert (sheet.now, sheet.year_to_date) == (row.now, row.year_to_date)
    return row.now.value, row.year_to_date.value


def test_what_the_ended_one_did_stays_in_the_year(merged: Exchange) -> None:
    above = merged.above
    assert [meetings(above, one) for one in (SEPTEMBER, OCTOBER, YEAR)] == [(4, 4), (2, 6), (6, 6)]
    members = [above.figures.of(one).row("org.members") for one in (OCTOBER, YEAR)]
    assert len({(row.now.value, row.year_to_date.value) for row in members}) == 1  # how it stood does not
    assert members[0].now.value == merged.others[0].figures.of(OCTOBER).row("org.members").now.value
    totals = above.receiving.totals.of(YEAR)
    assert ([one.unit_code for one in totals.sent], totals.missing) == (["99001", "99002"], ())
    assert {row.unit_code: row.state for row in above.board.of(OCTOBER).rows} == {"99002": State.SENT}
    shares = {one.unit_code: one for one in above.receiving.totals.split("org.meetings", OCTOBER)}
    ended = shares["99001"]
    assert (ended.now.value, ended.year_to_date.value, ended.file.period) == (None, 2, "2026-09")
    found = behind(above, "org.meetings", YEAR, "99001")
    assert found.file is not None
    assert (found.file.period, sum(one.now.value or 0 for one in found.parts)) == ("2026-09", 2)


def test_a_quarter_asks_each_for_the_months_it_lived(merged: Exchange) -> None:
    above = merged.above
    third, fourth = (above.receiving.totals.of(one) for one in QUARTERS)
    assert third.missing_months["99001"] == third.missing_months["99002"] == QUARTERS[0].months()[:2]
    assert fourth.missing_months == {"99002": QUARTERS[1].months()[1:]}
    # nor is the one that ended asked by telephone for what it did not live; of a year the months count that are over
    assert [above.gaps.missing(code, YEAR) for code in ("99001", "99002")] == [(), ()]
    assert [above.gaps.running(code, YEAR) for code in ("99001", "99002")] == [None, OCTOBER.next()]


def test_on_new_boundaries_the_heir_has_the_year_of_both(merged: Exchange) -> None:
    above = merged.above
    new = compare(above, "org.meetings", YEAR, Period.whole_year(2025), Boundaries.NEW)
    assert [(line.name, line.later.value) for line in new.lines] == [("Xã Tân Lập", 6)]
    old = compare(above, "org.meetings", YEAR, Period.whole_year(2025), Boundaries.OLD)  # of then nothing is here
    assert [(line.later.value, line.earlier.value, line.part) for line in old.lines] == [
        (6, None, False),
        (2, None, True),
        (4, None, True),
    ]
    after = compare(above, "org.meetings", SEPTEMBER, OCTOBER, Boundaries.OLD)
    assert [(line.name, line.earlier.value, line.part) for line in after.lines] == [
        ("Xã Hòa Phú + Xã Tân Lập", 4, False),
        ("Xã Hòa Phú", 2, True),
        ("Xã Tân Lập", 2, True),
    ]
    # it ended within the month, and told of it: the heir stands beside both
    with above.write("t") as work:
        put_unit_changes(
            work,
            [UnitChange("change", date(2026, 9, 16), "MERGED", ("99001", "99002"), ("99002",), "")],
            2,
            above.today,
        )
    (line,) = compare(above, "org.meetings", SEPTEMBER, OCTOBER, Boundaries.NEW).lines
    assert (line.name, line.earlier.value, line.later.value) == ("Xã Tân Lập", 4, 2)
    # a quarter in which one ended, and the next
    with above.write("t") as work:
        for month in QUARTERS[0].months()[:2]:
            for code in ("99001", "99002"):
                rows = [dict(row) | {"id": above.new_id()} for row in work.sync.partition(code, "2026-09")]
                work.sync.replace_partition(code, month.code, [row | {"period": month.code} for row in rows])
    (line,) = compare(above, "org.meetings", QUARTERS[0], OCTOBER, Boundaries.NEW).lines
    assert (line.name, line.earlier.value, line.later.value) == ("Xã Tân Lập", 12, 2)


def answered(exchange: Exchange, unit: str) -> list[Doubt | None]:
    """What a commune doubts of the answer that it takes in."""
    made = exchange.above.receiving.answers.of_unit(unit)
    assert made is not None
    taken = exchange.below.receipts.take_any(made.content)
    assert [one.problem for one in taken if one.problem is not None] == []
    return [one.receipt.doubt for one in taken if one.receipt is not None]


class Clock:
    """Stands until it is set."""

    def __init__(self) -> None:
        self.now = datetime(2026, 10, 1, 2, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.mark.parametrize("day", [1, 16])
def test_what_an_heir_holds_whose_book_the_other_joined_is_not_added_again(tmp_path: Path, day: int) -> None:
    """Its count since January is of both from then on; in the month of the joining it tells the whole of both."""
    clock = Clock()
    exchange = Exchange(tmp_path, commune(tmp_path / "c", clock=clock), make_above(tmp_path / "a", moment=MOMENT))
    heir = commune(tmp_path / "d", "99002", "Tân Lập", clock=clock)
    exchange.others.append(heir)
    below, above, on = exchange.below, exchange.above, date(2026, 10, day)
    for office, name in ((below, "Ấp An Hòa"), (heir, "Ấp Phú Mỹ")):
        introduce(office, above)
        closed_meeting(office, add_branch(office, name, 5, cells=0), date(2026, 9, 10), absent=1)
        office.months.close(SEPTEMBER, reason="Hoãn vì ngập nước.")
    told(("99001", "99002"), ("99002",), below, heir, above, on=on)
    last = SEPTEMBER
    if day > 1:  # it closed the month of the change too
        clock.now = datetime(2026, 10, 31, 2, tzinfo=UTC)
        closed_meeting(below, below.setup.branches()[0].id, date(2026, 10, 10), absent=1)
        clock.now = datetime(2026, 11, 1, 2, tzinfo=UTC)
        last = below.months.close(OCTOBER, reason="Hoãn vì ngập nước.") and OCTOBER
    below.sending.write(below.sending.prepare(last, final=True).id, exchange.stick)
    below.backups.make(tmp_path / "a.hpnbak")
    clock.now = datetime(2026, 11, 2, 2, tzinfo=UTC)
    heir.setup.joining.join(tmp_path / "a.hpnbak", PASSWORD, on)
    for branch in heir.setup.branches():
        closed_meeting(heir, branch.id, date(2026, 10, 20), absent=1)
    heir.months.close(OCTOBER, reason="Hoãn vì ngập nước.")
    exchange.send(OCTOBER, heir)
    receive(exchange)
    own = heir.figures.of(OCTOBER)
    here = (own.row("org.meetings").now.value, own.row("org.meetings").year_to_date.value)
    assert [meetings(above, one) for one in (SEPTEMBER, OCTOBER, YEAR)] == [(2, 2), here, (here[1], here[1])]
    assert above.figures.of(OCTOBER).row("org.members").now.value == own.row("org.members").now.value
    totals = above.receiving.totals.of(YEAR)
    assert ([one.unit_code for one in totals.sent], totals.missing) == (["99002"], ())
    assert [row.unit_code for row in above.board.of(OCTOBER).rows] == ["99002"]
    told((), (), above)  # without a change that leads to it nobody speaks for another
    assert meetings(above, SEPTEMBER) == (2, 2)
    assert meetings(above, OCTOBER)[0] == here[0] + (1 if day > 1 else 0)
    exchange.close()


def test_a_book_under_another_code_tells_its_months_once(tmp_path: Path) -> None:
    """Every file holds all closed months: those before the change are the old unit's, and its count since January."""
    clock = Clock()
    exchange = Exchange(tmp_path, commune(tmp_path / "c", clock=clock), make_above(tmp_path / "a", moment=MOMENT))
    below, above = exchange.below, exchange.above
    introduce(below, above)
    with_records(below, months=(SEPTEMBER,))
    told(("99001", "99002"), ("99005",), below, above)
    below.sending.write(below.sending.prepare(SEPTEMBER, final=True).id, exchange.stick)
    receive(exchange)
    clock.now = datetime(2026, 10, 5, 2, tzinfo=UTC)
    change(below, replace(proposed(below.commune, clock.now.date()), code="99005", short_name="Hòa Bình"))
    introduce(below, above)
    assert answered(exchange, "99001") == [None]  # the answer to its last file comes under the code of then
    assert ending(below) is None  # the last file was another unit's
    clock.now = datetime(2026, 11, 3, 2, tzinfo=UTC)
    below.months.close(OCTOBER, reason="Hoãn vì ngập nước.")
    exchange.send(OCTOBER)
    receive(exchange)
    assert above.receiving.ledger()[0].warnings == ()
    assert answered(exchange, "99005") == [None]
    assert {one.state for one in below.sending.history()} == {SentState.RECEIVED}
    own = below.figures.of(SEPTEMBER).row("org.members").now.value
    for period, units in ((SEPTEMBER, ["99001"]), (OCTOBER, ["99005"])):
        totals = above.receiving.totals.of(period)
        row = next(one for one in totals.rows if one.indicator.code == "org.members")
        assert (row.now.value, [one.unit_code for one in totals.sent]) == (own, units)
        assert {(one.unit_code, one.numbers) for one in above.board.of(period).rows} == {(units[0], ())}
        for target in totals.targets:
            assert [part.target.unit_code for part in target.parts] == units
    assert [meetings(above, one) for one in (SEPTEMBER, OCTOBER, YEAR)] == [(2, 2), (0, 2), (2, 2)]
    closing = above.months.close(SEPTEMBER, reason="Một đơn vị chưa gửi.")
    assert [one["code"] for one in closing.definitions["units"]] == ["99001"]
    assert set(closing.definitions["activities"]) == {"99001"}
    assert above.months.newer(SEPTEMBER) == ()  # the same edition once more is nothing new
    exchange.close()
