"""Two entries made one: which value is proposed, and what stays of both."""

from __future__ import annotations

from datetime import date

import pytest

from sochihoi.domain.members import MemberDetails, Membership
from sochihoi.domain.merging import PLACE, Side, choices, chosen, fold_memberships, stronger
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


def test_what_is_known_goes_before_what_is_not_and_what_follows_goes_with_it() -> None:
    kept = MemberDetails("Lê Thị Lan", address="Số 5", health_insurance=True)
    gone = MemberDetails(
        "Lê Thị Lan",
        hamlet="Xóm Mẫu",
        health_insurance=True,
        health_insurance_until=date(2027, 1, 1),
        card_no="T-1",
    )
    found = {one.field: one.side for one in choices(kept, gone, membership=False)}
    assert found == {"address": Side.KEPT, "hamlet": Side.GONE, "health_insurance": Side.KEPT}
    assert proposed(kept, gone)["card_no"] is Side.GONE
    told = chosen(kept, gone, {"health_insurance": Side.GONE, "address": Side.KEPT, PLACE: Side.GONE})
    assert (told.health_insurance_until, told.address, told.hamlet) == (date(2027, 1, 1), "Số 5", "")


def member(key: str, whose: str, since: date | None, until: date | None = None) -> Membership:
    return Membership(key, f"HP-{whose}", whose, registered_on=since, left_on=until)


def test_memberships_of_one_time_become_one_and_no_past_day_loses_her() -> None:
    old, early, late = date(2010, 1, 1), date(2015, 1, 1), date(2020, 1, 1)
    kept = [member("a", "k", early), member("b", "k", old, date(2012, 1, 1))]
    told = fold_memberships("k", kept, [member("c", "g", late), member("d", "g", date(2013, 1, 1), date(2014, 1, 1))])
    assert {one.id: (one.person_id, one.code, one.registered_on, one.left_on) for one in told.stays} == {
        "b": ("k", "HP-k", old, date(2012, 1, 1)),
        "d": ("k", "HP-k", date(2013, 1, 1), date(2014, 1, 1)),
        "a": ("k", "HP-k", early, None),
    }
    assert told.into == {"c": "a"}
    # the one that lasts stays, and counts from the first day of both
    told = fold_memberships("k", [member("a", "k", old, late)], [member("c", "g", early)])
    assert ([(one.id, one.registered_on, one.left_on) for one in told.stays], told.into) == (
        [("c", old, None)],
        {"a": "c"},
    )
    assert fold_memberships("k", [], [member("c", "g", None)]).stays[0].code == "HP-g"
    assert fold_memberships("k", [], []).stays == ()


@pytest.mark.parametrize(
    ("marks", "told"), [(("ABSENT", "PRESENT"), "PRESENT"), ((None, "ABSENT"), "ABSENT"), ((None, None), None)]
)
def test_the_mark_that_says_more_stays(marks: tuple[str | None, ...], told: str | None) -> None:
    assert stronger(marks) == told
