"""The board: who has sent, when it was due, what is missing, and the reminder that goes out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from sochihoi.domain.exchange import NotAReceiver
from sochihoi.domain.periods import FuturePeriod, Period
from sochihoi.services.board import BoardRow, State, as_json
from sochihoi.ui.words import board as words
from sochihoi.ui.words.board_papers import board_listing, reminder_listing
from tests.exchange_data import OCTOBER, SEPTEMBER, Exchange, commune, introduce, make_exchange
from tests.province import spoiled


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[Exchange]:
    made = make_exchange(tmp_path)
    yield made
    made.close()


def silent(exchange: Exchange) -> None:
    other = commune(exchange.root / "silent", "99009", "Im Lặng")
    introduce(other, exchange.above)
    exchange.others.append(other)


def rows(exchange: Exchange, period: Period = OCTOBER) -> dict[str, BoardRow]:
    return {row.unit_code: row for row in exchange.above.board.of(period).rows}


def test_who_has_not_sent_stands_first_and_the_day_is_that_of_the_form(exchange: Exchange) -> None:
    silent(exchange)
    exchange.send()
    exchange.above.receiving.receive([exchange.stick])
    sheet = exchange.above.board.of(OCTOBER)
    assert exchange.above.board.collected() == OCTOBER  # its due day is over, and one has not sent it
    assert [(row.unit_code, row.state, row.days) for row in sheet.rows] == [
        ("99009", State.LATE, 1),
        ("99001", State.SENT, 1),
    ]
    assert (sheet.due, sheet.today) == (date(2026, 11, 2), date(2026, 11, 3))
    sent = sheet.rows[1]
    assert sent.file is not None
    assert (sent.edition, sent.file.seq, sent.age, sent.numbers, sent.periods) == (1, 1, 0, (), ())
    assert sent.in_order
    assert words.due_words(sent) == "trễ 1 ngày"
    assert words.headline(sheet) == "1/2 đơn vị đã gửi tháng 10/2026, hạn 02/11/2026; 1 đơn vị quá hạn"


def test_the_due_day_is_dated(exchange: Exchange) -> None:
    board = exchange.above.board
    assert board.collected() == OCTOBER
    board.set_due_days(5, OCTOBER)
    assert board.of(OCTOBER).due == date(2026, 11, 5)
    assert board.of(SEPTEMBER).due == date(2026, 10, 2)
    row = rows(exchange)["99001"]
    assert (row.state, row.days, words.due_words(row)) == (State.WAITING, -2, "còn 2 ngày")
    board.set_due_days(40, SEPTEMBER)
    assert (board.due_days(SEPTEMBER), board.due_days(OCTOBER)) == (31, 5)
    assert board.due_days(Period.quarter(2026, 3)) == 5
    assert board.due_days(Period.whole_year(2026)) == 10


def test_missing_numbers_and_months_are_named(exchange: Exchange) -> None:
    below = exchange.below
    exchange.send(SEPTEMBER).unlink()
    exchange.send()
    exchange.above.receiving.receive([exchange.stick])
    assert rows(exchange)["99001"].numbers == (1,)
    # September came with the whole snapshot; a partition that is taken away is a month that is missing
    with exchange.above.store.write("t") as work:
        work.sync.replace_partition("99001", "2026-10", [])
        work.sync.replace_partition(
            "99001",
            "2026-08",
            [
                dict(row) | {"id": f"x{at}", "period": "2026-08"}
                for at, row in enumerate(work.sync.partition("99001", "2026-09"))
            ],
        )
        work.sync.replace_partition("99001", "2026-09", [])
    row = rows(exchange)["99001"]
    assert (row.state, row.periods) == (State.LATE, (SEPTEMBER,))
    assert words.gap_words(row) == "thiếu: tệp số 1; số liệu tháng 9/2026"
    text = words.reminder(row, exchange.above.board.of(OCTOBER), exchange.above.commune.union_name)
    assert text.splitlines()[0] == f"Kính gửi {below.commune.union_name},"
    for told in ("tháng 10/2026", "02/11/2026", "quá hạn 1 ngày", "tệp số 1", "tháng 9/2026"):
        assert told in text


def test_a_refused_file_is_named_with_its_reason_and_an_old_one_is_no_trouble(exchange: Exchange) -> None:
    first = exchange.send(SEPTEMBER)
    second = exchange.send()
    exchange.above.receiving.receive([spoiled(second, exchange.root / second.name)])
    row = rows(exchange)["99001"]
    assert row.trouble is not None
    assert (row.state, row.trouble.verdict, row.trouble.code) == (State.LATE, "REFUSED", "PAYLOAD_HASH")
    text = words.reminder(row, exchange.above.board.of(OCTOBER), "Hội LHPN tỉnh Mẫu")
    assert f"Tệp {second.name} nhận ngày 03/11/2026 không nhập được." in text
    exchange.above.board.set_due_days(5, OCTOBER)
    assert rows(exchange)["99001"].state is State.REFUSED
    exchange.above.receiving.receive([second])
    exchange.above.receiving.receive([first])  # refused as STALE: what counts is newer
    row = rows(exchange)["99001"]
    assert (row.state, row.trouble, row.numbers) == (State.SENT, None, (1,))


def test_nobody_is_reminded_of_nothing_and_the_lists_hold_every_unit(exchange: Exchange) -> None:
    silent(exchange)
    exchange.send()
    exchange.above.receiving.receive([exchange.stick])
    sheet = exchange.above.board.of(OCTOBER)
    late, sent = sheet.rows
    assert words.reminder(sent, sheet, "x") == ""
    assert [row.cells[1] for row in board_listing(sheet).rows] == [late.unit_name, sent.unit_name]
    told = reminder_listing(sheet, "Hội LHPN tỉnh Mẫu")
    assert [row.cells[0] for row in told.rows] == [late.unit_name]
    assert told.rows[0].cells[2] == words.reminder(late, sheet, "Hội LHPN tỉnh Mẫu")
    made = as_json(sheet)
    assert [(one["unit"], one["state"], one["days_after_due"]) for one in made["units"]] == [
        ("99009", "LATE", 1),
        ("99001", "SENT", 1),
    ]
    assert made["units"][1]["file"]["seq"] == 1


def test_it_is_no_page_of_a_commune_and_knows_no_future(exchange: Exchange) -> None:
    with pytest.raises(NotAReceiver):
        exchange.below.board.of(OCTOBER)
    with pytest.raises(FuturePeriod):
        exchange.above.board.of(Period.month(2027, 1))
