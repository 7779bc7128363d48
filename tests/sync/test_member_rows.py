"""Lines about members: whitelisted columns, their shapes, the header that lists them, nothing of them elsewhere."""

from __future__ import annotations

from typing import Any

import pytest

from sochihoi.sync import payload
from sochihoi.sync.canonical import parse
from sochihoi.sync.envelope import inspect, open_, seal
from sochihoi.sync.errors import Code, Refused
from sochihoi.sync.member_rows import Member
from sochihoi.sync.rows import Branch, Closing, Indicator, decode, encode
from tests.sync.make_golden import LISTED, MEMBER_ROWS
from tests.sync.samples import (
    ABOVE,
    ABOVE_KEYS,
    COMMUNE,
    EAST,
    REGISTER,
    SMALL,
    draft,
    forged,
    stream,
    text_of,
    uuid,
)

WHOLE = {"t": "member", "id": uuid("hoa"), "unit": "31135", "full_name": "Nguyễn Thị Hoa", "birth": "1971-03"}


def sealed(rows: Any, columns: tuple[str, ...]) -> bytes:
    return seal(COMMUNE, draft(), rows, (ABOVE_KEYS,), stream("m"), columns)


def test_a_member_comes_back() -> None:
    found = decode(WHOLE, "31135")
    assert found == Member(uuid("hoa"), {"full_name": "Nguyễn Thị Hoa", "birth": "1971-03"})
    assert encode(found, "31135") == WHOLE


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("id", "1"),
        ("full_name", ""),
        ("full_name", "x" * 201),
        ("full_name", " Hoa"),
        ("full_name", "Hoa\u202e"),
        ("full_name", "Ho\u0061\u0300"),
        ("full_name", 7),
        ("birth", "1971-13"),
        ("birth", "1971-02-30"),
        ("birth", "71"),
        ("joined", "2026-1-1"),
        ("national_id", "09217100000"),
        ("national_id", 92171000001),
        ("party_member", False),
        ("party_member", 1),
        ("branch", "Thôn Đông"),
        ("household_group", "rất nghèo"),
        ("violence", "x"),
        ("note", "x"),
        ("period", "2026-10"),
    ],
)
def test_what_does_not_fit_a_column_is_refused(key: str, value: object) -> None:
    with pytest.raises(Refused) as refusal:
        decode(WHOLE | {key: value}, "31135")
    assert refusal.value.code is Code.ROW


def test_a_member_of_another_unit_is_out_of_scope() -> None:
    with pytest.raises(Refused) as refusal:
        decode(WHOLE | {"unit": "31136"}, "31135")
    assert refusal.value.code is Code.SCOPE


@pytest.mark.parametrize(
    ("columns", "values"),
    [
        ((), {"full_name": "Hoa"}),
        (("full_name",), {"full_name": "Hoa", "phone": "0912345678"}),
        (("branch",), {"branch": uuid("nowhere")}),
    ],
)
def test_no_member_goes_out_beyond_what_is_listed(columns: tuple[str, ...], values: dict[str, str]) -> None:
    with pytest.raises(Refused) as refusal:
        sealed((*SMALL, Member(uuid("hoa"), values)), columns)
    assert refusal.value.code is Code.ROW


def test_the_profile_shows_in_the_header_alone_and_figures_stay_as_they_were() -> None:
    plain = payload.text_of(draft(), COMMUNE.fingerprint, b"\1" * 16, SMALL)
    assert b'"profile":"tong-hop"' in plain
    assert b"columns" not in plain
    empty = payload.text_of(draft(), COMMUNE.fingerprint, b"\1" * 16, SMALL, LISTED)
    assert b'"profile":"danh-sach"' in empty.split(b"\n")[0]
    assert empty.split(b"\n")[1:] == plain.split(b"\n")[1:]
    looked = inspect(sealed(MEMBER_ROWS, LISTED))
    assert looked.manifest is not None  # nothing of it stands outside what is encrypted
    assert b"danh-sach" not in sealed(MEMBER_ROWS, LISTED)


@pytest.mark.parametrize(
    "change",
    [
        {"columns": []},
        {"columns": ["full_name", "branch"]},
        {"columns": ["branch", "branch"]},
        {"columns": ["branch", "violence"]},
        {"columns": "branch"},
        {"columns": [["branch"]]},
        {"profile": "tong-hop"},
        {"profile": "tat-ca"},
    ],
)
def test_a_header_that_lists_otherwise_is_refused(change: dict[str, Any]) -> None:
    text = payload.text_of(draft(), COMMUNE.fingerprint, b"\1" * 16, MEMBER_ROWS, LISTED)
    first, *rest = [parse(line) for line in text.splitlines()]
    assert open_(forged(text_of([first, *rest])), REGISTER, ABOVE_KEYS, ABOVE)
    with pytest.raises(Refused) as refusal:
        open_(forged(text_of([first | change, *rest])), REGISTER, ABOVE_KEYS, ABOVE)
    assert refusal.value.code in (Code.ROW, Code.BINDING)


def test_branches_and_figures_are_unchanged_beside_members() -> None:
    opened = open_(sealed(MEMBER_ROWS, LISTED), REGISTER, ABOVE_KEYS, ABOVE)
    kinds = {type(row) for row in opened.rows}
    assert {Branch, Closing, Indicator, Member} == kinds
    assert [row.values["branch"] for row in opened.rows if isinstance(row, Member)] == [EAST, EAST]
