"""Ten letters for missing months: every set of months comes back, a slip of the ear is noticed."""

from __future__ import annotations

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from sochihoi.domain.gap_codes import SPAN, BadGapCode, months_of, spelled
from sochihoi.domain.paper_codes import LETTERS
from sochihoi.domain.periods import Period


def month(number: int) -> Period:
    return Period.month(2015 + number // 12, number % 12 + 1)


@settings(max_examples=100, deadline=None, derandomize=True, phases=[Phase.generate])
@given(st.integers(0, 999), st.sets(st.integers(0, SPAN - 1), min_size=1), st.sampled_from(["99001", "92", "TW"]))
def test_months_come_back(first: int, places: set[int], unit: str) -> None:
    months = tuple(month(first + place) for place in sorted(places))
    code = spelled(unit, reversed(months))
    assert (len(code), code[5]) == (11, "-")
    assert months_of(unit, f" {code.lower()} ") == months


def test_a_slip_is_noticed() -> None:
    code = spelled("99001", [month(140)]).replace("-", "")
    wrong = 0
    for place in range(len(code)):
        for letter in LETTERS:
            if letter != code[place]:
                with pytest.raises(BadGapCode):
                    months_of("99001", code[:place] + letter + code[place + 1 :])
                wrong += 1
    assert wrong == 310
    with pytest.raises(BadGapCode):
        months_of("99002", code)


@pytest.mark.parametrize("numbers", [[], [0, SPAN], [1 << 10]])
def test_what_does_not_fit_is_refused(numbers: list[int]) -> None:
    with pytest.raises(ValueError, match="months"):
        spelled("99001", [month(number) for number in numbers])
