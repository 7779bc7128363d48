"""How long units lived, and under whose code a month counts."""

from __future__ import annotations

from datetime import date

from sochihoi.domain.lifetimes import Lives, lives
from sochihoi.domain.periods import Period
from sochihoi.domain.unit_changes import UnitChange

AUGUST, SEPTEMBER, OCTOBER, NOVEMBER = (Period.month(2026, number) for number in range(8, 12))
DAY = date(2026, 10, 1)


def change(before: str, after: str, on: date = DAY, key: str = "1") -> UnitChange:
    return UnitChange(key, on, "MERGED", tuple(before.split()), tuple(after.split()))


def test_units_of_which_no_change_speaks_live_always() -> None:
    nothing = lives((), {}, {})
    assert nothing == Lives()
    assert nothing.lived("A", SEPTEMBER)
    assert nothing.last_month("A", OCTOBER) == OCTOBER
    assert nothing.speaking(OCTOBER, {"A": 1, "B": 2}) == {"A": "A", "B": "B"}
    renamed = lives([change("A", "A")], {}, {"A": (AUGUST, OCTOBER)})  # another name, the same code
    assert renamed == Lives()


def test_what_merged_into_another_ended_and_its_count_since_january_stays() -> None:
    found = lives([change("A B", "B")], {"A": {"x"}, "B": {"y"}}, {"A": (AUGUST, SEPTEMBER), "B": (AUGUST, OCTOBER)})
    assert (found.lived("A", SEPTEMBER), found.lived("A", OCTOBER), found.lived("B", OCTOBER)) == (True, False, True)
    assert found.goes_on == {}
    assert found.last_month("A", SEPTEMBER) == SEPTEMBER
    assert found.last_month("A", OCTOBER) == SEPTEMBER
    assert found.last_month("A", Period.month(2027, 1)) is None  # the year before is another year
    assert found.last_month("B", OCTOBER) == OCTOBER


def test_a_unit_that_still_tells_has_not_ended_and_one_that_told_before_had_begun() -> None:
    late = lives([change("A B", "C")], {}, {"A": (AUGUST, OCTOBER), "C": (SEPTEMBER, NOVEMBER)})
    assert late.lived("A", OCTOBER)
    assert not late.lived("A", NOVEMBER)
    assert not late.lived("B", OCTOBER)
    assert late.lived("C", SEPTEMBER)
    assert not late.lived("C", AUGUST)
    assert late.last_month("C", AUGUST) is None


def test_one_that_became_one_other_is_the_same_book() -> None:
    found = lives([change("A", "C", date(2026, 10, 15))], {}, {"A": (AUGUST, SEPTEMBER), "C": (AUGUST, OCTOBER)})
    assert found.goes_on == {"A": "C"}
    # the heir tells the month of the change, and its count since January holds what it did as another
    assert (found.lived("A", OCTOBER), found.lived("C", OCTOBER), found.lived("C", SEPTEMBER)) == (False, True, False)
    assert found.last_month("A", OCTOBER) is None
    assert found.last_month("A", SEPTEMBER) == SEPTEMBER
    # September told under both codes counts once, as A's; a later edition of it too
    assert found.speaking(SEPTEMBER, {"C": 1, "A": 1, "Z": 1}) == {"A": "A", "Z": "Z"}
    assert found.speaking(SEPTEMBER, {"C": 2, "A": 1}) == {"A": "C"}
    assert found.speaking(SEPTEMBER, {"C": 1}) == {"A": "C"}
    assert found.speaking(OCTOBER, {"A": 1, "C": 1}) == {"C": "A"}


def test_of_several_the_book_that_goes_on_is_told_by_its_thread() -> None:
    merged = change("A B", "C")
    threads = {"A": {"x"}, "B": {"y", "head"}, "C": {"z", "head"}}
    found = lives([merged], threads, {})
    assert found.goes_on == {"B": "C"}
    assert found.speaking(SEPTEMBER, {"A": 1, "B": 1, "C": 1}) == {"A": "A", "B": "B"}
    assert (found.last_month("A", OCTOBER), found.last_month("B", OCTOBER)) == (SEPTEMBER, None)
    # told as two changes it is no rename: only the thread says which book it is
    two = [change("A", "C"), change("B", "C", key="2")]
    assert lives(two, {}, {}).goes_on == {}
    assert lives(two, threads, {}).goes_on == {"B": "C"}
    assert lives([change("A", "C D")], {"A": {"x"}, "C": {"x"}, "D": {"x"}}, {}).goes_on == {"A": "C"}


def test_an_heir_is_one_to_which_the_changes_lead() -> None:
    found = lives([change("A B", "B"), change("B", "C", date(2026, 11, 1), key="2"), change("X", "C X")], {}, {})
    assert [found.leads("A", to) for to in ("B", "C", "A", "X")] == [True, True, False, False]
    assert not found.leads("C", "B")
    ring = lives([change("A", "B"), change("B", "A", date(2026, 11, 1), key="2")], {}, {})
    assert not ring.leads("A", "C")


def test_a_book_may_go_on_twice() -> None:
    found = lives([change("A", "B"), change("B", "C", date(2026, 11, 1), key="2")], {}, {})
    assert found.goes_on == {"A": "B", "B": "C"}
    assert found.speaking(SEPTEMBER, {"C": 1}) == {"A": "C"}
    assert found.speaking(OCTOBER, {"A": 1, "B": 1, "C": 3}) == {"B": "C"}
    assert found.speaking(NOVEMBER, {"A": 1, "C": 1}) == {"C": "A"}
