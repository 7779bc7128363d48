"""Two entries of one woman, and two women of one name."""

from __future__ import annotations

import pytest

from sochihoi.domain.likeness import Index, Strength, Traits, Verdict, Why, compare, same_place
from sochihoi.domain.people import PartialDate

DAY, YEAR = PartialDate(1971, 3, 8), PartialDate(1971)


def told(full_name: str = "Thạch Thị Hòa", key: str = "one", **more: object) -> Traits:
    """What is known of her; the birth of the first unless said otherwise."""
    return Traits(key, full_name, **({"birth": DAY} | more))  # type: ignore[arg-type]


def found(one: Traits, other: Traits) -> Verdict:
    verdict = compare(one, other)
    assert verdict is not None
    assert compare(other, one) == verdict
    return verdict


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Thạch Thị Hòa", "Thạch Thị Hoà"),
        ("Lê Thị Thúy", "LÊ THỊ THUÝ"),
        ("Lý Thị Mỹ", "Lí Thị Mĩ"),
        ("Trần Thị Hủy", "Trần  thị huỷ"),
        ("Trần Thị Thu\u0309y", "Trần Thị Thủy"),
    ],
)
def test_a_name_is_the_same_wherever_its_tone_stands(one: str, other: str) -> None:
    assert found(told(one), told(other)) == Verdict(Strength.LIKELY, (Why.SAME_NAME, Why.SAME_BIRTH))


def test_a_year_fits_a_day_but_says_less() -> None:
    assert found(told(), told(birth=YEAR)) == Verdict(Strength.POSSIBLE, (Why.SAME_NAME, Why.SAME_BIRTH_YEAR))
    more = found(told(phone="0912 345 678"), told(birth=YEAR, phone="+84912345678"))
    assert more == Verdict(Strength.LIKELY, (Why.SAME_NAME, Why.SAME_BIRTH_YEAR, Why.SAME_PHONE))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (told(), told(birth=PartialDate(1972))),
        (told(), told(birth=PartialDate(1971, 4))),
        (told("Thạch Thị Hòa"), told("Thạch Thị Hoa")),
        (told(), told("Thạch Thị Hằng")),
        (told(birth=None), told(birth=None)),
        (told(national_id="094171006538"), told(national_id="094171006539", phone="0912345678")),
    ],
)
def test_two_women(one: Traits, other: Traits) -> None:
    assert compare(one, other) is None
    assert compare(other, one) is None


def test_a_number_in_common_is_enough_and_what_does_not_fit_is_said() -> None:
    sure = found(told(national_id="094171006538"), told(national_id="094171006538"))
    assert sure == Verdict(Strength.SURE, (Why.SAME_ID, Why.SAME_NAME, Why.SAME_BIRTH))
    assert sure.weighs
    assert Verdict(Strength.POSSIBLE, (Why.NAME_SHORTER, Why.SAME_BIRTH, Why.SAME_PHONE)).weighs
    assert not Verdict(Strength.POSSIBLE, (Why.SAME_NAME, Why.SAME_BIRTH_YEAR)).weighs
    odd = found(told(national_id="094171006538"), told("Lý Mỹ Lệ", birth=YEAR, national_id="094171006538"))
    assert odd == Verdict(Strength.LIKELY, (Why.SAME_ID, Why.SAME_BIRTH_YEAR), (Why.OTHER_NAME,))


def test_the_old_number_of_one_list_is_the_old_number_of_the_other() -> None:
    new = told(national_id="094171006538", old_id="365123456")
    assert found(new, told(national_id="365123456")).why[0] is Why.SAME_OLD_ID
    assert found(new, told(old_id="365123456")).why[0] is Why.SAME_OLD_ID
    assert found(told(national_id="365123456"), told(national_id="365123456")).why[0] is Why.SAME_OLD_ID


def test_a_list_without_marks_and_other_tones() -> None:
    assert found(told(), told("Thach Thi Hoa")).why[0] is Why.NAME_WITHOUT_MARKS
    assert compare(told(), told("Thach Thi Hoa", birth=None)) is None
    other_tones = found(told(phone="0912345678"), told("Thạch Thị Hoá", phone="0912345678"))
    assert other_tones == Verdict(Strength.POSSIBLE, (Why.NAME_OTHER_MARKS, Why.SAME_BIRTH, Why.SAME_PHONE))


def test_a_name_with_a_part_left_out() -> None:
    assert found(told("Thạch Thị Kim Hằng"), told("Thạch Thị Hằng")).why[0] is Why.NAME_SHORTER
    assert compare(told("Thạch Thị Kim Hằng"), told("Thạch Thị Hằng", birth=YEAR)) is None


def test_a_slip_in_the_year_shows_when_house_or_telephone_are_the_same() -> None:
    slip = found(told(household_id="h"), told(birth=PartialDate(1970, 3, 8), household_id="h"))
    assert slip == Verdict(Strength.POSSIBLE, (Why.SAME_NAME, Why.SAME_HOUSEHOLD), (Why.OTHER_BIRTH,))


def test_an_unknown_birth_needs_a_place_beside_the_name() -> None:
    near = found(told(birth=None, hamlet="Ấp An Hòa"), told(address="Số 3, ấp An Hoà, xã Hòa Phú"))
    assert near == Verdict(Strength.POSSIBLE, (Why.SAME_NAME, Why.SAME_HAMLET), (Why.BIRTH_UNKNOWN,))


def test_a_house_is_the_same_under_its_old_commune_and_its_new_one() -> None:
    old = "Số 12, ấp Trà Cuôn, xã Long Hưng, huyện Mẫu, tỉnh Mẫu"
    assert same_place(old, "12 Ấp Trà Cuôn, xã Hòa Phú, TP. Mẫu")
    assert same_place(old, "nhà số 12, Ấp Trà Cuôn, P. Hòa Phú")
    assert not same_place(old, "Số 13, ấp Trà Cuôn, xã Long Hưng")
    assert not same_place(old, "Số 12, ấp Bưng Cốc, xã Long Hưng")
    assert same_place(old, "Số 12, khu phố 4", {"Ấp Trà Cuôn": "Khu vực 2", "Khu vực 2": "Khu phố 4"})
    assert same_place("Tổ 3, KP 4", "tổ 3, khu phố 4, phường Mẫu")
    assert not same_place("", "")


def test_many_are_asked_about_one_by_one_and_among_themselves() -> None:
    known = [
        told(key="a"),
        told("Thạch Thị Hoà", key="b", birth=YEAR),
        told("Lý Mỹ Lệ", key="c", national_id="094171006538"),
        told("Thạch Thị Hoa", key="d"),
    ]
    index = Index(known)
    assert [key for key, _verdict in index.like(told(key="new", national_id="094171006538"))] == ["c", "a", "b"]
    assert [key for key, _verdict in index.like(known[0])] == ["b"]
    assert [(one, other) for one, other, _verdict in index.pairs()] == [("a", "b")]


def test_eight_thousand_entries_are_paired_without_comparing_all_with_all() -> None:
    names = [f"Họ{n % 40} Thị{n // 40 % 25} Tên{n % 97}" for n in range(8_000)]
    known = [Traits(str(n), name, PartialDate(1950 + n % 50)) for n, name in enumerate(names)]
    assert sum(1 for _pair in Index(known).pairs()) < 8_000


def test_one_house_tells_and_a_unit_without_a_hamlet_below_it_tells_nothing() -> None:
    verdict = found(
        told(address="Số 5 đường Trần Phú, xã Cũ", birth=YEAR), told(address="Số 5, đường Trần Phú", birth=YEAR)
    )
    assert Why.SAME_ADDRESS not in verdict.why
    verdict = found(told(address="Số 5, xã Cũ", birth=YEAR), told(address="nhà số 5, huyện Xưa", birth=YEAR))
    assert Why.SAME_ADDRESS in verdict.why
    assert same_place("Số 5, xã Cũ", "Số 5, thị trấn Mới")
    assert not same_place("xã Cũ", "xã Cũ")


def test_an_index_gives_each_pair_once_though_much_is_alike() -> None:
    index = Index(
        [told(key="one", phone="0912345678"), told(key="two", phone="0912345678"), told("Lê Thị Lan", "three")]
    )
    assert [{one, other} for one, other, _why in index.pairs()] == [{"one", "two"}]
