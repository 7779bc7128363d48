"""Targets: frozen with the month, in its file, the same to the last unit at the level above, counted over units."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from sochihoi.domain.exchange import ReceivedTarget
from sochihoi.domain.months import Closing
from sochihoi.domain.periods import FuturePeriod, Period
from sochihoi.domain.targets import Direction
from sochihoi.services import target_rows
from sochihoi.services.consolidated import target_table, targets
from sochihoi.services.target_totals import TargetPart, TargetTotal
from sochihoi.sync import rows as wire
from sochihoi.ui.words import upper as words
from tests.exchange_data import OCTOBER, REASON, SEPTEMBER, Exchange, commune, introduce, make_exchange, with_records

pytestmark = pytest.mark.usefixtures("both_engines")

PASSING, TRAINED, MODELS = "hh_pass_pct", "officer_trained_pct", "special_group_model_n"


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[Exchange]:
    """A commune with a value of its own (85,25 %), entered figures, September and October closed."""
    made = make_exchange(tmp_path, records=False)
    with_records(made.below, months=())
    made.below.targets.set_goal("study_member_pct", OCTOBER, Decimal("85.25"), Direction.OVER)
    made.below.targets.enter(TRAINED, OCTOBER, 3, 4)
    made.below.targets.enter(MODELS, OCTOBER, 2)
    for month in (SEPTEMBER, OCTOBER):
        made.below.months.close(month, reason=REASON)
    yield made
    made.close()


def test_both_sides_agree_exactly_on_every_target(exchange: Exchange) -> None:
    exchange.send()
    exchange.above.receiving.receive([exchange.stick])
    for month in (SEPTEMBER, OCTOBER):
        here = exchange.below.months.closing(month).definitions["targets"]
        assert len(here) > 10
        assert target_rows.compared(exchange.below, exchange.above, month) == []
    totals = {one.code: one for one in exchange.above.receiving.totals.of(OCTOBER).targets}
    own = totals["study_member_pct"].parts[0].target
    assert (own.goal, own.direction, own.is_share) == (Fraction(8525, 10_000), "OVER", True)
    assert words.goal_of(own) == "trên 85,25\u00a0%"
    trained, models = totals[TRAINED], totals[MODELS]
    assert (trained.numerator, trained.denominator, trained.count(met=False)) == (3, 4, 1)
    assert (models.numerator, models.denominator, models.count(met=True), models.span) == (2, None, 1, "2025-2030")
    nothing = next(one for one in totals.values() if one.numerator is None)
    assert nothing.count(met=None) == 1
    told = exchange.above.receiving.totals.as_json(OCTOBER)["targets"]
    part = next(one for one in told if one["code"] == "study_member_pct")["units"][0]
    assert (part["goal_numerator"], part["goal_denominator"], part["direction"]) == (341, 400, "OVER")


def test_a_target_that_changes_after_closing_stays_as_it_was_sent(exchange: Exchange) -> None:
    exchange.send()
    exchange.below.targets.enter(MODELS, OCTOBER, 7)
    exchange.above.receiving.receive([exchange.stick])
    assert target_rows.compared(exchange.below, exchange.above, OCTOBER) == []
    with exchange.above.read() as work:
        (kept,) = (one for one in work.sync.targets("2026-10") if one.code == MODELS)
    assert kept.figure == 2


def test_a_difference_is_found(exchange: Exchange) -> None:
    exchange.send()
    exchange.above.receiving.receive([exchange.stick])
    with exchange.above.store.write("t") as work:
        rows = [dict(row) for row in work.sync.partition("99001", "2026-10")]
        for row in rows:
            if row["code"] == f"target/{MODELS}":
                row["content"] = {**row["content"], "num": 3}
        work.sync.replace_partition("99001", "2026-10", rows)
    assert [code for code, _mine, _theirs in target_rows.compared(exchange.below, exchange.above, OCTOBER)] == [MODELS]


def test_targets_of_two_units_are_added_and_counted(exchange: Exchange, tmp_path: Path) -> None:
    other = commune(tmp_path / "other", "99002", "Tân Lập")
    with_records(other, 5, months=())
    other.targets.enter(TRAINED, OCTOBER, 4, 4)
    other.targets.set_goal(MODELS, OCTOBER, 5)
    other.months.close(OCTOBER, reason=REASON)
    introduce(other, exchange.above)
    exchange.others.append(other)
    exchange.send()
    exchange.send(office=other)
    exchange.above.receiving.receive([exchange.stick])
    totals = {one.code: one for one in exchange.above.receiving.totals.of(OCTOBER).targets}
    trained = totals[TRAINED]
    assert (trained.numerator, trained.denominator, trained.count(met=True), trained.count(met=False)) == (7, 8, 1, 1)
    assert words.figure_words(trained.numerator, trained.denominator, share=True) == "87,5\u00a0% (7/8)"
    assert words.goals_of(trained) == "100\u00a0%"
    models = totals[MODELS]
    assert both_say(models) == "từ 1 trở lên (1/2 đơn vị có số)"  # the other's goal is of no figure
    mine, others = models.parts
    entered = replace(others, target=replace(others.target, figure=Fraction(4)))
    assert both_say(with_parts(models, mine, entered)) == "từ 6 trở lên (2 đơn vị, mỗi nơi một mức)"
    assert both_say(with_parts(models, mine, mine, others)) == "từ 2 trở lên (2/3 đơn vị có số, mỗi đơn vị 1)"
    assert both_say(with_parts(models, mine)) == "từ 1 trở lên"
    without = replace(mine, target=replace(mine.target, goal=None))
    assert both_say(with_parts(models, entered, without)) == "mỗi đơn vị một mức"
    assert both_say(with_parts(models, without)) == "—"
    told = next(one for one in exchange.above.receiving.totals.as_json(OCTOBER)["targets"] if one["code"] == MODELS)
    assert (told["numerator"], told["goal"], told["goal_each"], told["counted"]) == (2, 1, 1, 1)
    assert "1/2 đơn vị đã đạt" in words.target_line(trained)


def with_parts(total: TargetTotal, *parts: TargetPart) -> TargetTotal:
    return replace(total, numerator=sum((p.target.figure or Fraction(0) for p in parts), Fraction(0)), parts=parts)


def both_say(total: TargetTotal) -> str:
    """What the tab writes; the report of the same month writes it too."""
    kept = targets.kept(total)
    assert kept is not None
    assert target_table.goal_cell(kept) == words.goals_of(total)
    return words.goals_of(total)


def test_months_closed_before_targets_were_frozen_send_none() -> None:
    old = Closing("c", "2026-09", 1, OCTOBER.start)
    assert list(target_rows.to_file([old])) == []


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        (("PERCENT", "17/2", "101", "334"), (101, 334, 17, 200, 0)),
        (("PERCENT", "85", None, None), (None, None, 85, 100, 0)),
        (("PERCENT", None, "3", "4"), (3, 4, None, None, 0)),
        (("PERCENT", "85", "0", "0"), (None, None, 85, 100, 0)),  # of nobody there is no share
        (("PERCENT", "85", "5/2", "10"), (5, 20, 85, 100, 0)),
        (("COUNT", "3/2", "4", None), (40, None, 15, None, 1)),
        (("COUNT", "1", "2", None), (2, None, 1, None, 0)),
        (("COUNT", None, None, None), None),
    ],
)
def test_values_travel_as_exact_fractions(
    kept: tuple[str, str | None, str | None, str | None], expected: tuple[int | None, ...] | None
) -> None:
    measured, value, above, below = kept
    fixed = {"code": "x", "span": "2026", "direction": "AT_LEAST", "measured": measured}
    figures = {"value": value, "numerator": above, "denominator": below}
    closing = Closing("c", "2026-09", 1, OCTOBER.start, definitions={"targets": [fixed | figures]})
    rows = list(target_rows.to_file([closing]))
    for row in rows:
        assert wire.decode(wire.encode(row, "99001"), "99001") == row
    assert [(r.num, r.den, r.goal_num, r.goal_den, r.scale) for r in rows] == ([] if expected is None else [expected])


@pytest.mark.parametrize(
    ("direction", "figure", "met"),
    [
        ("AT_LEAST", 85, True),
        ("OVER", 85, False),
        ("OVER", 86, True),
        ("AT_MOST", 85, True),
        ("UNDER", 85, False),
        ("EXACTLY", 85, True),
        ("EXACTLY", 84, False),
    ],
)
def test_exactly_the_goal_is_over_no_goal(direction: str, figure: int, met: bool) -> None:
    for share, whole, goal in ((True, 100, Fraction(85, 100)), (False, None, Fraction(85))):
        one = ReceivedTarget("u", "2026-10", "x", "2026", direction, share, Fraction(figure), whole, goal, "f")
        assert one.met is met


def test_longer_periods_name_the_missing_months_of_each_unit(exchange: Exchange) -> None:
    exchange.send()
    exchange.above.receiving.receive([exchange.stick])
    totals = exchange.above.receiving.totals
    told = totals.as_json(Period.quarter(2026, 3))
    assert told["missing_months"] == {"99001": ["2026-07", "2026-08"]}
    lines = words.missing_units(totals.of(Period.quarter(2026, 3)))
    assert "Hội LHPN xã Hòa Phú chưa gửi: tháng 7/2026, tháng 8/2026." in lines


def test_what_is_null_before_is_explained(exchange: Exchange) -> None:
    exchange.send()
    exchange.above.receiving.receive([exchange.stick])
    totals = exchange.above.receiving.totals
    told = totals.as_json(SEPTEMBER)
    assert told["previous"] == {"period": "2026-08", "units": 0, "missing": ["99001"]}
    assert all(figure["previous"] is None for figure in told["figures"])
    assert words.missing_units(totals.of(SEPTEMBER)) == [
        "Số liệu kỳ trước (tháng 8/2026) chưa có: Hội LHPN xã Hòa Phú."
    ]
    october = totals.as_json(OCTOBER)
    assert october["previous"] == {"period": "2026-09", "units": 1, "missing": []}
    unknown = [f["code"] for f in october["figures"] if f["value"] is not None and f["previous"] is None]
    for code in unknown:  # null only where September itself had nobody to count
        row = exchange.below.figures.of(OCTOBER).row(code)
        assert not row.previous.known, code
    assert words.missing_units(totals.of(OCTOBER)) == []


def test_a_period_to_come_is_refused_also_by_a_demonstration(tmp_path: Path) -> None:
    made = make_exchange(tmp_path, demo=True)
    made.send()
    made.above.receiving.receive([made.stick])
    totals = made.above.receiving.totals
    totals.check_begun(OCTOBER)
    with pytest.raises(FuturePeriod):
        totals.check_begun(Period.month(2027, 3))
    made.close()
