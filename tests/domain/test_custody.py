"""The way of a file: its steps are told in the order in which they can happen."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from sochihoi.domain.custody import Act, NobodyNamed, Step
from sochihoi.domain.errors import UserError


def test_acts_stand_in_the_order_of_the_way() -> None:
    way = sorted(Act, key=lambda act: act.value)
    assert way[:4] == [Act.PREPARED, Act.COPIED, Act.HANDED, Act.RECEIVED]
    assert issubclass(NobodyNamed, UserError)


def test_a_step_that_was_noted_stays_as_it_is() -> None:
    step = Step("1", "ab", "bao-cao.hpn", Act.HANDED, "USB", "Trần Thị Mẫu", date(2026, 11, 3))
    with pytest.raises(FrozenInstanceError):
        step.person = "Lê Thị Khác"  # type: ignore[misc]
