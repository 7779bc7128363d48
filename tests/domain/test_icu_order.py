"""Our own key of the Vietnamese order beside ICU's: over every syllable, over lists of words, over names."""

from __future__ import annotations

from functools import cmp_to_key
from itertools import pairwise
from random import Random

import pytest

from sochihoi.domain.syllables import every_syllable
from sochihoi.domain.vietnamese import match_key, sort_key, text_key
from tests.domain.icu import vietnamese

FAMILIES = ("Nguyễn", "Trần", "Đặng", "Đỗ", "Dương", "Đinh", "Lê", "Lý", "Võ", "Vũ", "Ông", "Âu", "Ấu", "Thạch", "Ơn")


def sign(number: int) -> int:
    return (number > 0) - (number < 0)


def by_key(one: str, other: str) -> int:
    a, b = text_key(one), text_key(other)
    return (a > b) - (a < b)


def test_icu_is_there_and_orders_as_vietnamese_does() -> None:
    compare = vietnamese()
    for order in ("aăâbcdđeêghiklmnoôơpqrstuưvxy", ("ma", "mà", "mả", "mã", "má", "mạ")):
        assert all(compare(one, other) < 0 for one, other in pairwise(order))
    assert compare("Hòa", "HÒA") == 0


def test_every_syllable_stands_where_icu_puts_it() -> None:
    """Beside each other in our order, none lies behind the next in ICU's. Only where the tone mark of one word was
    typed in two places (gìa, già) does ICU tell apart what is one word here, so that the family name decides.
    """
    compare = vietnamese()
    ours = sorted(every_syllable(), key=text_key)
    apart = [(one, other) for one, other in pairwise(ours) if text_key(one) != text_key(other)]
    assert [pair for pair in apart if compare(*pair) >= 0] == []
    together = [(one, other) for one, other in pairwise(ours) if text_key(one) == text_key(other)]
    assert all(match_key(one) == match_key(other) for one, other in together)
    assert len(together) < 300


@pytest.mark.parametrize("words", [1, 2, 3, 4])
def test_phrases_compare_as_in_icu(words: int) -> None:
    compare, source = vietnamese(), Random(words)  # noqa: S311 - the same phrases every time
    syllables = [*every_syllable(), "Tổ", "Ấp", "Ô", "Đ"]
    few = source.sample(syllables, 60)  # few, so that beginnings are shared
    for _n in range(4_000):
        pool = few if source.random() < 0.7 else syllables
        one, other = (" ".join(source.choices(pool, k=words)) for _side in range(2))
        if text_key(one) != text_key(other):
            assert by_key(one, other) == sign(compare(one, other)), (one, other)


def test_a_list_of_people_is_in_icu_order_of_given_name_then_family_then_the_rest() -> None:
    compare, source = vietnamese(), Random(7)  # noqa: S311
    syllables = source.sample(every_syllable(), 80)
    names = {
        " ".join((source.choice(FAMILIES), *source.choices(["Thị", "Ngọc", *syllables], k=source.randint(0, 2)), given))
        for given in syllables
        for _n in range(25)
    }

    def by_words(one: str, other: str) -> int:
        a, b = one.split(), other.split()
        told = zip((a[-1], *a[:-1]), (b[-1], *b[:-1]), strict=False)
        first = next((c for c in (sign(compare(x, y)) for x, y in told) if c), 0)
        return first or sign(len(a) - len(b))

    expected = sorted(sorted(names), key=cmp_to_key(by_words))
    assert sorted(sorted(names), key=sort_key) == expected
