"""What a supplement would change in a closed month."""

from __future__ import annotations

from sochihoi.domain.months import differences


def test_an_indicator_that_came_later_is_no_difference() -> None:
    before = {"": {"a": [1, None, None], "b": [2, None, None]}, "north": {"a": [1, None, None]}}
    now = {"": {"a": [1, None, None], "b": [3, None, None], "new": [0, None, None]}, "south": {"a": [1, None, None]}}
    assert differences(before, before) == ()
    assert differences(before, {"": {**before[""], "new": [0, None, None]}, "north": before["north"]}) == ()
    assert differences(before, now) == ("a", "b")  # a branch more, a branch less, a number
