"""What is unusual in a unit's file: exact comparison, nothing said of what is small or unknown."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from sochihoi.domain.exchange import Measure
from sochihoi.domain.unusual import Finding, Rule, RuleSet, Sign, compare, rules_on

MEMBERS = Rule("MEMBERS_GONE", Sign.FALL, ("members",), 10, 30, 20, tell=True)
NEW = Rule("MEMBERS_NEW", Sign.RISE, ("members",), 20, 50, 20, tell=True)
DOWN = Rule("DOWN", Sign.FALL, ("share",), 25, 60, 20, tell=True)
GONE = Rule("GONE", Sign.GONE, (), 5, 40, 4, tell=True)
CORRECTED = Rule("CORRECTED", Sign.CORRECTED, (), 0, 100, 1, tell=False)


def one(before: dict[str, Measure], after: dict[str, Measure], rule: Rule, *, same: bool = False) -> Finding | None:
    period = "2026-09" if same else "2026-10"
    found = compare({"2026-09": before}, {period: after}, [rule])
    assert len(found) <= 1
    return found[0] if found else None


@pytest.mark.parametrize(
    ("now", "percent", "hold"), [(91, None, False), (90, None, False), (89, 11, False), (70, 30, False), (69, 31, True)]
)
def test_over_a_level_means_more_than_it(now: int, percent: int | None, hold: bool) -> None:
    found = one({"members": Measure(100)}, {"members": Measure(now)}, MEMBERS)
    assert (found.percent if found else None, bool(found and found.hold)) == (percent, hold)


def test_a_share_is_compared_exactly_and_relatively() -> None:
    found = one({"share": Measure(80, 100)}, {"share": Measure(48, 100)}, DOWN)
    assert found is not None
    assert (found.percent, found.hold, found.before, found.after) == (40, False, Measure(80, 100), Measure(48, 100))
    assert one({"share": Measure(80, 100)}, {"share": Measure(0, 0)}, DOWN) is None  # nobody to count is no fall
    assert one({"share": Measure(8, 10)}, {"share": Measure(1, 10)}, DOWN) is None  # of ten nothing is unusual


def test_who_comes_is_told_too() -> None:
    found = one({"members": Measure(100)}, {"members": Measure(151)}, NEW)
    assert found is not None
    assert (found.percent, found.hold) == (51, True)


def test_what_begins_anew_each_year_is_compared_within_one() -> None:
    yearly = Rule("PASSING", Sign.FALL, ("passing",), 25, 60, 20, tell=True, within_year=True)
    full, none = {"passing": Measure(300)}, {"passing": Measure(0)}
    assert compare({"2025-12": full}, {"2026-01": none}, [yearly]) == ()
    assert len(compare({"2026-09": full}, {"2026-10": none}, [yearly])) == 1


def test_of_a_code_the_set_that_began_last_is_in_force() -> None:
    def made(code: str, begins: date, rule: Rule, ends: date | None = None) -> RuleSet:
        return RuleSet(code, str(begins), begins, ends, "", (rule,))

    first, by_hand = (
        made("figures", date(2015, 1, 1), MEMBERS),
        made("other", date(2015, 1, 1), GONE, date(2026, 6, 30)),
    )
    second = made("figures", date(2026, 12, 1), NEW)
    assert rules_on((second, first, by_hand), date(2026, 6, 30)) == (MEMBERS, GONE)
    assert rules_on((second, first, by_hand), date(2026, 11, 30)) == (MEMBERS,)
    assert rules_on((second, first, by_hand), date(2026, 12, 1)) == (NEW,)


def test_figures_that_no_longer_come() -> None:
    before = {f"f{n}": Measure(n) for n in range(10)}
    found = one(before, {k: v for k, v in before.items() if k not in ("f1", "f2")}, GONE)
    assert found is not None
    assert (found.before, found.after, found.percent, found.indicator) == (Measure(10), Measure(2), 20, "")
    found = one(before, {k: v for k, v in before.items() if k != "f1"}, GONE)
    assert found is not None
    assert found.indicator == "f1"


def test_a_month_that_comes_again_is_compared_with_itself() -> None:
    before = {"members": Measure(100), "share": Measure(80, 100)}
    assert one(before, dict(before), CORRECTED, same=True) is None
    found = one(before, {**before, "members": Measure(60)}, CORRECTED, same=True)
    assert found is not None
    assert (found.after, found.before, found.indicator, found.hold) == (Measure(1), Measure(2), "members", False)
    fell = one(before, {**before, "members": Measure(60)}, MEMBERS, same=True)
    assert fell is not None
    assert fell.hold
    assert one(before, {"members": Measure(60)}, CORRECTED) is None  # another month is no correction


def test_only_the_newest_month_is_held_against_the_one_before() -> None:
    before = {"2026-08": {"members": Measure(100)}}
    after = {
        "2026-08": {"members": Measure(100)},
        "2026-09": {"members": Measure(10)},
        "2026-10": {"members": Measure(99)},
    }
    assert compare(before, after, [MEMBERS]) == ()
    assert compare({}, after, [MEMBERS, GONE]) == ()


@settings(max_examples=150, deadline=None, derandomize=True, phases=[Phase.generate])
@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 99), st.integers(0, 99))
def test_it_is_never_held_without_being_told_and_comes_back_from_the_ledger(
    a: int, b: int, say: int, more: int
) -> None:
    rule = Rule("R", Sign.FALL, ("members",), say, say + more, 0, tell=True)
    found = one({"members": Measure(a)}, {"members": Measure(b)}, rule)
    assert (found is not None) == (a > 0 and (a - b) * 100 > say * a)
    if found is not None:
        assert found.hold == ((a - b) * 100 > (say + more) * a)
        assert Finding.from_json(found.to_json()) == found


def test_a_file_without_a_month_and_a_small_share_say_nothing() -> None:
    year = {"members": Measure(100)}
    assert compare({"2025": year}, {"2026": {"members": Measure(10)}}, [MEMBERS]) == ()
    before = {f"f{n}": Measure(n) for n in range(40)}
    assert one(before, {k: v for k, v in before.items() if k != "f1"}, GONE) is None  # one of forty is under the level


def test_a_few_corrected_figures_of_many_say_nothing() -> None:
    many = {f"f{n}": Measure(n) for n in range(100)}
    rule = Rule("CORRECTED", Sign.CORRECTED, (), 5, 100, 4, tell=False)
    assert one(many, {**many, "f1": Measure(7)}, rule, same=True) is None
    few = {f"f{n}": Measure(n) for n in range(3)}
    assert one(few, {**few, "f1": Measure(7)}, rule, same=True) is None
