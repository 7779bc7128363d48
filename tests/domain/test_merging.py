"""Two entries made one: which value is proposed, and what stays of both."""

from __future__ import annotations

from sochihoi.domain.members import MemberDetails
from sochihoi.domain.merging import Side, choices, chosen
from sochihoi.domain.people import OtherOrganisation, PartialDate

UNION, FORCES = OtherOrganisation.TRADE_UNION, OtherOrganisation.ARMED_FORCES


def proposed(kept: MemberDetails, gone: MemberDetails) -> dict[str, Side]:
    return {one.field: one.side for one in choices(kept, gone, membership=True)}


def test_a_name_typed_without_marks_gives_way_and_a_date_that_says_less_too() -> None:
    kept = MemberDetails("Tran Thi Hong", birth=PartialDate(1971))
    gone = MemberDetails("Trần Thị Hồng", birth=PartialDate(1971, 3, 8))
    assert proposed(kept, gone) == {"full_name": Side.GONE, "birth": Side.GONE}
    assert proposed(gone, kept) == {"full_name": Side.KEPT, "birth": Side.KEPT}


def test_what_can_stand_side_by_side_does_each_once() -> None:
    kept = MemberDetails(
        "Lê Thị Lan", phone="0912345678", note="tổ 1", clubs=("Dân vũ",), other_organisations=frozenset({UNION})
    )
    gone = MemberDetails(
        "Lê Thị Lan",
        phone="0987654321",
        note="tổ",
        clubs=("Dân vũ", "Gia đình"),
        other_organisations=frozenset({FORCES}),
    )
    picks = proposed(kept, gone)
    assert set(picks.values()) == {Side.BOTH}
    told = chosen(kept, gone, picks)
    assert told.phone == "0912345678; 0987654321"
    assert told.note == "tổ 1"
    assert told.clubs == ("Dân vũ", "Gia đình")
    assert told.other_organisations == {UNION, FORCES}
    assert chosen(gone, kept, {"note": Side.BOTH}).note == "tổ\ntổ 1"
