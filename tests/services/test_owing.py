"""Who owes figures of a period: not who has a key, and not a unit that ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from sochihoi.domain.periods import Period
from sochihoi.domain.unit_changes import UnitChange
from sochihoi.services import registering
from sochihoi.services.board import State
from sochihoi.services.office import Office
from sochihoi.storage.packs import put_unit_changes
from sochihoi.ui.words import board as words
from tests.exchange_data import OCTOBER, SEPTEMBER, Exchange, commune, introduce, make_exchange

NOVEMBER = Period.month(2026, 11)


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[Exchange]:
    made = make_exchange(tmp_path)
    yield made
    made.close()


def stands(office: Office, period: Period) -> dict[str, State]:
    return {row.unit_code: row.state for row in office.board.of(period).rows}


def test_a_unit_whose_key_was_lost_still_owes_its_months(exchange: Exchange) -> None:
    above = exchange.above
    exchange.send(SEPTEMBER)
    above.receiving.receive([exchange.stick])
    registering.revoke(above, "99001", None, "Mất máy")
    assert stands(above, SEPTEMBER) == {"99001": State.SENT}
    (row,) = above.board.of(NOVEMBER).rows
    assert (row.state, row.no_key) == (State.WAITING, True)
    assert words.remarks(row).startswith("Khóa của đơn vị đã bị thu hồi và chưa có khóa mới.")
    sheet = above.board.of(NOVEMBER)
    assert "đề nghị chị làm khóa mới trước" in words.reminder(row, sheet, "Hội LHPN tỉnh Mẫu")
    assert above.board.collected() == OCTOBER  # its file of October is still waited for
    totals = above.receiving.totals.of(NOVEMBER)
    assert ([one.unit_code for one in totals.sent], [one.unit_code for one in totals.missing]) == ([], ["99001"])
    assert above.receiving.totals.of(SEPTEMBER).known == 1


def test_a_unit_that_was_revoked_before_anything_came_is_out(exchange: Exchange) -> None:
    other = commune(exchange.root / "other", "99009", "Ghi Nhầm")
    exchange.others.append(other)
    introduce(other, exchange.above)
    assert set(stands(exchange.above, OCTOBER)) == {"99001", "99009"}
    registering.revoke(exchange.above, "99009", None, "Ghi nhầm")
    assert set(stands(exchange.above, OCTOBER)) == {"99001"}


def test_a_unit_that_ended_is_asked_for_nothing_after_it(exchange: Exchange) -> None:
    above = exchange.above
    change = UnitChange(above.new_id(), date(2026, 11, 1), "MERGED", ("99001", "99002"), ("99005",), "")
    for office in (exchange.below, above):
        with office.write("pack.apply") as work:
            put_unit_changes(work, [change], 1, office.today)
    assert set(stands(above, OCTOBER)) == {"99001"}
    assert stands(above, NOVEMBER) == {}
    last = exchange.below.sending.prepare(OCTOBER, final=True)
    above.receiving.receive([exchange.below.sending.write(last.id, exchange.stick)])
    assert stands(above, OCTOBER) == {"99001": State.SENT}
    assert stands(above, NOVEMBER) == {}
    assert stands(above, Period.month(2026, 8)) == {}  # nothing more can come of it
    assert above.receiving.totals.of(NOVEMBER).known == 0
