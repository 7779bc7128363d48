"""What a plot by branch draws of many branches."""

from __future__ import annotations

from typing import Any

from sochihoi.domain.indicators import Figure, Row
from sochihoi.domain.periods import Period
from sochihoi.domain.units import Level, Unit
from sochihoi.services.figures import FigureSheet
from sochihoi.services.form_parts import PlotKind, PlotSpec
from sochihoi.services.office import Office
from sochihoi.services.reporting import plots
from sochihoi.services.reporting.filling import Filler
from sochihoi.services.reporting.report import ReportPlot
from sochihoi.services.reporting.spans import span_of
from tests.domain.commune_facts import INDICATORS

MONTH = Period.month(2026, 10)
SPAN = span_of(MONTH, MONTH.end)


def drawn(office: Office, branches: int, *, unknown: int = 0) -> ReportPlot:
    """Branch n of so many has a share of n in 100; of the last ones nothing is known."""
    indicator = INDICATORS.by_code["org.attendance_pct"]
    units = tuple(Unit(f"u{n}", Level.BRANCH, f"Ấp {n}") for n in range(branches))
    cells: dict[Any, Row] = {}
    for n, unit in enumerate(units):
        whole = 0 if n >= branches - unknown else 100
        figure = Figure(indicator.code, unit.id, indicator.unit, None, min(n, whole), whole)
        cells[indicator.code, unit.id] = Row(indicator, unit.id, figure, figure, figure)
    sheet = FigureSheet(MONTH, INDICATORS, units, cells)
    spec = PlotSpec("plot", PlotKind.BRANCHES, indicator.code, "Dự sinh hoạt")
    made = plots.make(office, spec, SPAN, sheet, Filler(SPAN, sheet, {}, {}), {}, None, ())
    assert made is not None
    return made


def test_of_many_branches_the_best_and_the_last_are_drawn_and_the_title_says_so(commune: Office) -> None:
    many = drawn(commune, 100)
    assert [bar.label for bar in many.data.bars] == [f"Ấp {n}" for n in (*range(99, 89, -1), *range(9, -1, -1))]
    assert many.title == many.data.title == "Dự sinh hoạt (10 chi hội cao nhất và 10 chi hội thấp nhất)"
    assert len(many.table.lines) == 100
    assert drawn(commune, 20).title == "Dự sinh hoạt"


def test_no_branch_is_drawn_twice_where_little_is_known(commune: Office) -> None:
    few = drawn(commune, 25, unknown=10)
    assert [bar.label for bar in few.data.bars] == [f"Ấp {n}" for n in range(14, -1, -1)]
    assert few.title == "Dự sinh hoạt"
