"""Rows: full schema, scope, and the rules between them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sochihoi.domain.periods import Period
from sochihoi.domain.tickets import TicketState
from sochihoi.sync.errors import Code, Refused
from sochihoi.sync.rows import (
    Branch,
    Closing,
    Direction,
    Indicator,
    Row,
    TargetStanding,
    check_together,
    decode,
    encode,
    key_of,
)
from sochihoi.sync.ticket_rows import TicketRow
from tests.sync.samples import EAST, OCTOBER, ROWS, SEPTEMBER, TICKETS, uuid

MAY_GO = {"works_base_n": {"num", "goal_num"}, "study_staff_pct": {"goal_den"}}  # a target may lack one of the two
ORDERED = sorted(ROWS, key=key_of)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "/".join(key_of(row)))
def test_a_row_comes_back(row: Row) -> None:
    assert decode(encode(row, "31135"), "31135") == row


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "/".join(key_of(row)))
def test_every_key_of_every_row_is_checked(row: Row) -> None:
    whole = encode(row, "31135")
    if isinstance(row, TicketRow) and row.state is TicketState.CANCELLED:
        whole.pop("accepted")  # it may go
    optional = {"joined", "reason", "scale", "ytd_num", "den", "left"} | MAY_GO.get(getattr(row, "code", ""), set())
    for key in whole:
        values = [True, -(10**16), 10**16, 0.5, None, "", "x" * 3000, [], {}, "\u202e", "e\u0301", " a", "=1+1\n"]
        for spoilt in ({k: v for k, v in whole.items() if k != key}, *(whole | {key: value} for value in values)):
            if (key in optional and key not in spoilt) or (key == "branch" and spoilt.get(key) == whole[key]):
                continue
            with pytest.raises(Refused) as refusal:
                decode(spoilt, "31135")
            assert refusal.value.code is Code.ROW
    with pytest.raises(Refused):
        decode(whole | {"full_name": "Nguyễn Thị Mẫu"}, "31135")


def test_a_row_of_another_unit_is_out_of_scope() -> None:
    for row in ROWS:
        with pytest.raises(Refused) as refusal:
            decode(encode(row, "31136"), "31135")
        assert refusal.value.code is Code.SCOPE


@pytest.mark.parametrize(
    "raw", [None, [], "x", {}, {"t": "member"}, {"t": "hdr"}, {"t": ["branch"]}, {"t": "tombstone"}]
)
def test_no_other_kind_of_row(raw: Any) -> None:
    with pytest.raises(Refused) as refusal:
        decode(raw, "31135")
    assert refusal.value.code is Code.ROW


@pytest.mark.parametrize(
    "changes",
    [
        {"den": 4, "scale": 1},
        {"den": 4, "ytd_num": 3},
        {"ytd_den": 3},
        {"ytd_num": 3, "ytd_den": 3},
        {"scale": 0},
        {"scale": 7},
        {"den": -1},
        {"id": "2026-10//other"},
        {"period": "2026-11"},
    ],
)
def test_an_indicator_says_its_value_in_one_way(changes: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refusal:
        decode(encode(Indicator(OCTOBER, 1, "", "x", 3), "31135") | changes, "31135")
    assert refusal.value.code is Code.ROW


@pytest.mark.parametrize(
    "changes",
    [
        {"goal_num": None, "goal_den": None, "num": None, "den": None},  # it would say nothing
        {"num": None},
        {"goal_num": None},
        {"den": None},
        {"goal_den": None},
        {"goal_den": 0},
        {"scale": 1},
        {"scale": 0},
        {"span": "2026-10"},
        {"span": "2030-2025"},
        {"span": "2026-2026"},
        {"direction": "ABOUT"},
    ],
)
def test_a_target_says_its_value_and_its_goal_in_one_way(changes: dict[str, Any]) -> None:
    whole = encode(TargetStanding(OCTOBER, "", "x", "2025-2030", Direction.OVER, 86, 85, 100, 100), "31135")
    decode(whole, "31135")
    with pytest.raises(Refused) as refusal:
        decode({key: value for key, value in (whole | changes).items() if value is not None}, "31135")
    assert refusal.value.code is Code.ROW


@pytest.mark.parametrize(
    "changes",
    [
        {"accepted": None},
        {"state": "ISSUED"},
        {"state": "ACCEPTED"},
        {"way": "IN"},
        {"way": "IN", "state": "REFUSED", "accepted": None},
        {"other": "31135"},
        {"full_name": "Nguyễn Thị Mẫu"},
    ],
)
def test_a_ticket_says_how_it_stands_in_one_way_and_names_nobody(changes: dict[str, Any]) -> None:
    whole = encode(TICKETS[0], "31135") | changes
    with pytest.raises(Refused) as refusal:
        decode({key: value for key, value in whole.items() if value is not None}, "31135")
    assert refusal.value.code is Code.ROW


def test_a_closing_names_the_units_whose_books_it_holds() -> None:
    holding = Closing(OCTOBER, 1, date(2026, 11, 2), joined=("31136", "31137"))
    assert decode(encode(holding, "31135"), "31135") == holding
    for joined in ([], ["31137", "31136"], ["31136", "31136"], ["31135"], ["Xã"], "31136"):
        with pytest.raises(Refused) as refusal:
            decode(encode(holding, "31135") | {"joined": joined}, "31135")
        assert refusal.value.code is Code.ROW


def test_nobody_to_count_is_a_denominator_of_zero() -> None:
    nobody = Indicator(OCTOBER, 1, "", "x", 0, 0)
    assert decode(encode(nobody, "31135"), "31135") == nobody


def test_sorted_rows_fit_together() -> None:
    check_together(ORDERED, OCTOBER)


@pytest.mark.parametrize(
    "rows",
    [
        [],
        ORDERED[::-1],
        [*ORDERED[:2], ORDERED[1], *ORDERED[2:]],
        [row for row in ORDERED if row != Closing(SEPTEMBER, 1, date(2026, 10, 2))],
        [row for row in ORDERED if key_of(row) != ("closing", "2026-10")],
        [row for row in ORDERED if not (isinstance(row, Branch) and row.id == EAST)],
        [replace(row, edition=9) if isinstance(row, Indicator) else row for row in ORDERED],
        [replace(row, code="01") if isinstance(row, Branch) else row for row in ORDERED],
        [Closing(Period.month(2024, 12), 1, date(2025, 1, 2)), *ORDERED[3:]],
    ],
)
def test_rows_that_do_not_fit_together_are_refused(rows: list[Row]) -> None:
    with pytest.raises(Refused) as refusal:
        check_together(rows, OCTOBER)
    assert refusal.value.code is Code.ROW


def test_a_branch_is_not_named_by_what_looks_like_an_id() -> None:
    with pytest.raises(Refused):
        decode(encode(Branch(uuid("east").upper(), "1", "Thôn"), "31135"), "31135")
