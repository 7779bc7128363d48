"""Vietnamese text: stored, searched, sorted and compared."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sochihoi.domain.vietnamese import (
    fold,
    given_name,
    match_key,
    nfc,
    nfc_lines,
    sort_key,
    text_key,
    unshout,
    with_capitals,
)

NAMES = st.lists(st.text(alphabet="aăâbđeêgioôơuưyàảãáạếHĐ", min_size=1, max_size=6), min_size=1, max_size=4).map(
    " ".join
)
calm = settings(deadline=None, derandomize=True)


def arranged(texts: list[str], key: Callable[[str], str]) -> list[str]:
    """Sorted from the worst beginning: a stable sort must not hide two equal keys."""
    turned = list(texts)
    turned.reverse()
    turned.sort(key=key)
    return turned


def test_text_is_stored_composed_with_single_spaces() -> None:
    assert nfc("  Nguyễn \t Thị\u00a0 Hoa\n") == "Nguyễn Thị Hoa"
    assert nfc(unicodedata.normalize("NFD", "Đặng Thị Huyền")) == "Đặng Thị Huyền"


def test_control_and_direction_characters_go() -> None:
    assert nfc("\ufeffLê\u200b \u202eThị\u2066 Hoa\x00\x07\ud800") == "Lê Thị Hoa"
    assert nfc("Lê\u2028Thị") == "Lê Thị"


def test_lines_are_kept_where_lines_are_meant() -> None:
    assert nfc_lines("\r\n một  hai \r ba\n\n\n\nbốn\n") == "một hai\nba\n\nbốn"


def test_search_form_has_no_marks() -> None:
    assert fold("  Đặng Thị  HOÀ ") == "dang thi hoa"
    assert fold("Nguyễn Thuỷ Ưu") == "nguyen thuy uu"


def test_given_name_is_the_last_word() -> None:
    assert given_name("Nguyễn Thị Hoa") == "Hoa"
    assert given_name("Nở") == "Nở"
    assert given_name("  ") == ""


def test_capital_names_are_written_small_again() -> None:
    assert unshout("TRỊNH THÚY ÁNH") == "Trịnh Thúy Ánh"
    assert unshout("Trịnh THÚY Ánh") == "Trịnh THÚY Ánh"
    assert unshout("  ") == ""


def test_capitals_that_an_old_font_had_no_letter_for_come_back() -> None:
    assert with_capitals("Hồ Thị Bích ánh") == "Hồ Thị Bích Ánh"
    assert with_capitals("Nguyễn thị út") == "Nguyễn thị Út"
    assert with_capitals("nguyễn thị ánh") == "nguyễn thị ánh"


def test_people_are_listed_by_given_then_family_then_middle_name() -> None:
    listed = [
        "Võ Thị An",
        "Đỗ Thị Ánh",
        "Lê Thị Bé",
        "Lê Thị Cúc",
        "Danh Thị Dung",
        "Đặng Thị Dung",
        "Võ Thị Dung",
        "Đặng Thị Đào",
        "Lê Hoa",
        "Lê Ánh Hoa",
        "Lê Thị Hoa",
        "An Thị Hòa",
        "An Thị Hoan",
        "Yên Thị Ửng",
        "Yên Thị Vân",
    ]
    assert arranged(listed, sort_key) == listed


def test_the_alphabet_and_the_tones() -> None:
    alphabet = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")
    assert arranged(alphabet, sort_key) == alphabet
    tones = ["ma", "mà", "mả", "mã", "má", "mạ", "mă", "mằ", "mâ"]
    assert arranged(tones, sort_key) == tones
    assert arranged(tones, text_key) == tones


def test_tone_placement_and_capitals_do_not_move_a_name() -> None:
    assert sort_key("LÊ THỊ HOÀ") == sort_key("Lê Thị Hòa")
    assert sort_key("") == ""


def test_the_key_sorts_in_sqlite_without_a_collation() -> None:
    names = ["Võ Thị Ửng", "Đặng Thị Đào", "Lê Thị An", "Lê Thị Ân", "Danh Thị Dung"]
    with sqlite3.connect(":memory:") as database:
        database.execute("create table person (name text, key text)")
        database.executemany("insert into person values (?, ?)", [(name, sort_key(name)) for name in names])
        found = [row[0] for row in database.execute("select name from person order by key")]
    database.close()
    assert found == ["Lê Thị An", "Lê Thị Ân", "Danh Thị Dung", "Đặng Thị Đào", "Võ Thị Ửng"]
    assert all(sort_key(name).isascii() for name in names)


def test_numbers_sort_by_value() -> None:
    cells = ["Ấp 9", "Ấp An Hòa", "Tổ 1", "Tổ 2", "Tổ 02A", "Tổ 10", "Tổ 100", "Tổ X"]
    assert arranged(cells, text_key) == cells
    assert text_key("Tổ 002") == text_key("Tổ 2")
    assert text_key("Tổ 0") < text_key("Tổ 1")
    assert text_key("1" * 60) > text_key("9" * 40)[:1]


def test_names_in_other_scripts_come_last_and_signs_weigh_nothing() -> None:
    assert sort_key("Δ") > sort_key("Zin") > sort_key("Yến")
    assert sort_key("Zin").isascii()
    assert sort_key("K'Sor H'Bia") == sort_key("KSor HBia")
    assert sort_key("\u0302") == sort_key("'")
    assert sort_key("Franç") == sort_key("Franc")
    assert text_key("̂b") == text_key("b")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Hoà", "Hòa", True),
        ("Thuý", "Thúy", True),
        ("LÊ THỊ THUÝ", "lê  thị thúy", True),
        ("Hoa", "Hòa", False),
        ("Hoà", "Hoá", False),
        ("Đào", "Dào", False),
        ("Lan", "Lân", False),
        ("Hà-My", "Hàmy", True),
    ],
)
def test_names_match_wherever_the_tone_was_typed(one: str, other: str, same: bool) -> None:
    assert (match_key(one) == match_key(other)) is same


@given(st.text(max_size=40))
@calm
def test_storing_twice_changes_nothing(text: str) -> None:
    assert nfc(nfc(text)) == nfc(text)
    assert nfc_lines(nfc_lines(text)) == nfc_lines(text)
    assert fold(fold(text)) == fold(text)


@given(NAMES)
@calm
def test_composed_and_decomposed_names_are_one(name: str) -> None:
    apart = unicodedata.normalize("NFD", name)
    assert sort_key(apart) == sort_key(name)
    assert text_key(apart) == text_key(name)
    assert match_key(apart) == match_key(name)


@given(NAMES, NAMES)
@calm
def test_names_that_match_sort_together(one: str, other: str) -> None:
    if match_key(one) == match_key(other):
        assert sort_key(one) == sort_key(other)
        assert fold(one) == fold(other)
