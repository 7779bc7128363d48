"""What a supplement would change in a closed month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sochihoi.domain.indicators import Figure, UnitType
from sochihoi.domain.months import CheckLevel, CheckSheet, Closing, Finding, differences, digest, freeze, left_out
from sochihoi.domain.periods import Period

PERSON = UnitType.PERSON


def test_an_indicator_that_came_later_is_no_difference() -> None:
    before = {"": {"a": [1, None, None], "b": [2, None, None]}, "north": {"a": [1, None, None]}}
    now = {"": {"a": [1, None, None], "b": [3, None, None], "new": [0, None, None]}, "south": {"a": [1, None, None]}}
    assert differences(before, before) == ()
    assert differences(before, {"": {**before[""], "new": [0, None, None]}, "north": before["north"]}) == ()
    assert differences(before, now) == ("a", "b")  # a branch more, a branch less, a number


def test_figures_come_back_from_a_closing_as_they_were_frozen() -> None:
    share, count = Figure("share", "b", PERSON, None, 3, 4), Figure("members", None, PERSON, 30)
    now, earlier, year = freeze([share, count]), freeze([replace(count, value=29)]), freeze([replace(count, value=300)])
    assert now == {"b": {"share": [None, 3, 4]}, "": {"members": [30, None, None]}}
    closing = Closing("1", "2026-10", 1, date(2026, 11, 1), figures=now, previous=earlier, year_to_date=year)
    assert closing.figure("share", "b", PERSON) == share
    assert closing.figure("members", None, PERSON) == count
    assert (closing.before("members", None, PERSON).value, closing.so_far("members", None, PERSON).value) == (29, 300)
    assert not closing.figure("members", "b", PERSON).known, "nobody counted it there then"


def test_equal_figures_have_an_equal_digest_whatever_their_order() -> None:
    one, other = {"": {"a": [1, None, None], "b": [2, None, None]}}, {"": {"b": [2, None, None], "a": [1, None, None]}}
    assert digest(one, other) == digest(other, one)
    assert digest(one, {}) != digest({}, one)
    assert len(digest({}, {})) == 64


def test_an_error_is_mended_a_warning_wants_a_reason_and_a_note_neither() -> None:
    error, note = Finding("order.left_out", CheckLevel.ERROR), Finding("late", CheckLevel.NOTE)
    asked = Finding("jump/org.members", CheckLevel.WARNING, reason="  ")
    told = replace(asked, reason="Chuyển đi cả tổ")
    sheet = CheckSheet((error, asked, told, note), 7)
    assert (sheet.errors, sheet.unreasoned) == ((error,), (asked,))
    assert (asked.check, error.check) == ("jump", "order.left_out")


def test_closing_leaves_no_month_open_between_closed_ones() -> None:
    december = Period.month(2026, 12)
    assert left_out(december, []) is None, "the first one may be any"
    assert left_out(december, ["2026-09", "2026-11"]) is None
    assert left_out(december, ["2026-08", "2026-09"]) == Period.month(2026, 10)
    assert left_out(Period.month(2026, 8), ["2026-09"]) is None
