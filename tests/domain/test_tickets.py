"""What a ticket says of a woman who moves: values of a wrong shape are left out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sochihoi.domain.people import PartialDate
from sochihoi.domain.tickets import details_in, moving_day


@pytest.mark.parametrize(
    ("values", "day"), [({"moving_on": "2026-11-03"}, date(2026, 11, 3)), ({"moving_on": "hôm qua"}, None), ({}, None)]
)
def test_the_day_on_which_she_leaves(values: dict[str, Any], day: date | None) -> None:
    assert moving_day(values) == day


def test_what_fits_is_shown_and_the_rest_is_left_out() -> None:
    said = {"full_name": "Lê Thị Mẫu", "birth": "1971-03-08", "party_member": True, "phone": "0912345678"}
    found = details_in({**said, "joined": "lâu rồi", "religion": 7, "unknown": "x", "household_group": "POOR"})
    assert (found.full_name, found.birth, found.phone) == ("Lê Thị Mẫu", PartialDate(1971, 3, 8), "0912345678")
    assert found.party_member
    assert found.joined is None
    assert found.religion == ""
