"""The list of Decision 19/2025/QĐ-TTg: counts that the decision and the press gave, and looking things up."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pytest

from sochihoi import paths
from sochihoi.domain.errors import NotFound
from sochihoi.services.official_units import commune, communes, find, provinces


def test_counts_of_the_decision() -> None:
    assert len(provinces()) == 34
    assert len(communes()) == 3321
    assert Counter(c.kind for c in communes()) == {"xã": 2621, "phường": 687, "đặc khu": 13}
    assert Counter(p.kind for p in provinces()) == {"tỉnh": 28, "thành phố": 6}


@pytest.mark.parametrize(("code", "count"), [("37", 129), ("92", 103), ("56", 65)])
def test_counts_of_the_three_provinces_that_were_checked(code: str, count: int) -> None:
    assert len(communes(code)) == count


def test_codes_are_of_two_and_five_digits_each_once() -> None:
    assert {len(p.code) for p in provinces()} == {2}
    assert {len(c.code) for c in communes()} == {5}
    assert len({c.code for c in communes()}) == 3321
    assert {c.province_code for c in communes()} == {p.code for p in provinces()}


def test_the_file_is_nfc_and_says_where_it_is_from() -> None:
    text = (paths.resources() / "units" / "vn-2025-07-01.csv").read_text(encoding="utf-8")
    assert text == unicodedata.normalize("NFC", text)
    assert "19/2025/QĐ-TTg" in text.splitlines()[0]


def test_one_commune_by_its_code() -> None:
    found = commune("31135")
    assert (found.full_name, found.province_name) == ("phường Ninh Kiều", "Cần Thơ")


def test_an_unknown_code() -> None:
    with pytest.raises(NotFound) as problem:
        commune("99999")
    assert (problem.value.noun, problem.value.key) == ("official_commune", "99999")


@pytest.mark.parametrize(
    "text", ["ninh kieu", "Ninh Kiều", "phuong ninh kieu", "ninh kieu can tho", "31135", "NINH KIỀU"]
)
def test_found_however_it_is_typed(text: str) -> None:
    assert [c.code for c in find(text)] == ["31135"]


def test_names_that_begin_with_the_text_come_first() -> None:
    found = find("hòa phú")
    assert found
    assert found[0].name == "Hòa Phú"


def test_straight_and_curly_marks_are_the_same() -> None:
    assert find("ea h'leo") == find("ea h’leo") != ()


def test_nothing_typed_finds_nothing() -> None:
    assert find("  ") == ()
    assert find("zzz") == ()
    assert communes("00") == ()


def test_provinces_in_vietnamese_order() -> None:
    names = [p.name for p in provinces()]
    assert names.index("Cần Thơ") < names.index("Đà Nẵng") < names.index("Gia Lai")
    assert provinces()[0].full_name == "tỉnh An Giang"
