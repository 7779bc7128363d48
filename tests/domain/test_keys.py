"""Digits that somebody typed from a paper, against those of a key file."""

from __future__ import annotations

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from sochihoi.domain.keys import Compared, compare_digits

DIGITS = tuple(f"{at:02}{at * 7 % 1000:03}" for at in range(1, 13))
WHOLE = " ".join(DIGITS)


@pytest.mark.parametrize(
    "typed",
    [
        WHOLE,
        WHOLE.replace(" ", ""),
        WHOLE.replace(" ", "-"),
        WHOLE.replace(" ", "\n"),
        "\n".join("  ".join(DIGITS[row : row + 4]) for row in (0, 4, 8)),
        f"  {WHOLE.replace(' ', ' – ')} ",
        f"HPNKEY;99001;{''.join(DIGITS)}",
        f"hpnkey;99001;{''.join(DIGITS)}\r\n",
    ],
)
def test_what_stands_between_digits_does_not_matter(typed: str) -> None:
    assert compare_digits(typed, DIGITS).agrees


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", Compared.NOTHING),
        (" - \n", Compared.NOTHING),
        ("0100", Compared.SO_FAR),
        (WHOLE[:-1], Compared.SO_FAR),
        (f"{WHOLE} 1", Compared.TOO_MANY),
        (WHOLE.replace("0", "O"), Compared.STRANGE),
        (WHOLE.replace("1", "١"), Compared.STRANGE),
    ],
)
def test_what_is_not_all_or_too_much_is_said(typed: str, found: Compared) -> None:
    assert compare_digits(typed, DIGITS).found is found


def test_a_digit_that_was_left_out_shows_in_its_own_group() -> None:
    groups = [*DIGITS]
    groups[4] = groups[4][:-1]
    assert compare_digits(" ".join(groups), DIGITS).wrong == (5,)
    # run together, everything behind it is off
    assert compare_digits("".join(groups), DIGITS).wrong[0] == 5


@settings(deadline=None, derandomize=True, phases=[Phase.generate], max_examples=120)
@given(st.integers(0, 59), st.integers(1, 9), st.sampled_from(["", " ", "-", "\n"]))
def test_one_other_digit_is_named_by_its_group(at: int, more: int, between: str) -> None:
    text = "".join(DIGITS)
    other = text[:at] + str((int(text[at]) + more) % 10) + text[at + 1 :]
    groups = [other[n : n + 5] for n in range(0, 60, 5)]
    found = compare_digits(between.join(groups), DIGITS)
    assert (found.found, found.wrong) == (Compared.DIFFERS, (at // 5 + 1,))
