"""The level above finds a paper's code again in the figures that came in the signed file, and only there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sochihoi.domain import paper_codes
from sochihoi.domain.exchange import Outcome
from sochihoi.domain.periods import Period
from sochihoi.services.reporting.proving import NoSuchCode, prove
from tests.exchange_data import OCTOBER, SEPTEMBER, Exchange, make_exchange
from tests.report_data import report


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[Exchange]:
    made = make_exchange(tmp_path)
    yield made
    made.close()


def code_on_paper(exchange: Exchange, period: object) -> str:
    issue = report(exchange.below, period).issue  # type: ignore[arg-type]
    assert issue is not None
    return issue.code


def test_a_paper_matches_the_figures_that_were_received(exchange: Exchange, tmp_path: Path) -> None:
    code = code_on_paper(exchange, OCTOBER)
    with pytest.raises(NoSuchCode):
        prove(exchange.above, code)  # nothing was received yet
    exchange.above.receiving.receive([exchange.send()])
    proof = prove(exchange.above, paper_codes.shown(code))
    assert (proof.unit_code, proof.period, proof.edition, proof.form) == ("99001", "2026-10", 1, "month")
    assert proof.received
    assert proof.figures == prove(exchange.below, code).figures
    assert prove(exchange.above, code_on_paper(exchange, SEPTEMBER)).period == "2026-09"  # it came along


def test_a_paper_with_one_other_figure_matches_nothing(exchange: Exchange) -> None:
    exchange.above.receiving.receive([exchange.send()])
    figures = dict(prove(exchange.below, code_on_paper(exchange, OCTOBER)).figures)
    figures["org.members"] = (figures["org.members"][0] + 1, None)
    forged = paper_codes.digest(paper_codes.canonical("99001", "month", "2026-10", 1, figures))
    with pytest.raises(NoSuchCode):
        prove(exchange.above, paper_codes.code_of(forged))


# ---------------------------------------------------------------------- longer than a month


def test_the_paper_of_a_quarter_matches_what_came_with_the_month(exchange: Exchange) -> None:
    below, above = exchange.below, exchange.above
    above.receiving.receive([exchange.send(SEPTEMBER)])
    assert below.sending.standing(SEPTEMBER).reports == ()
    code = below.reports.issuing.issue(report(below, "2026-Q3", "quarter"), number="8a").code
    with pytest.raises(NoSuchCode):
        prove(above, code)
    assert below.sending.standing(SEPTEMBER).reports == ("2026-Q3",)
    (verdict,) = above.receiving.receive([exchange.send(SEPTEMBER)])  # the month did not change, its file did
    assert verdict.outcome is Outcome.STORED
    assert below.sending.standing(SEPTEMBER).reports == below.sending.standing(OCTOBER).reports == ()
    proof = prove(above, paper_codes.shown(code))
    assert (proof.unit_code, proof.form, proof.period, proof.edition) == ("99001", "quarter", "2026-Q3", 1)
    assert (proof.received, proof.figures) == (True, prove(below, code).figures)
    assert exchange.send(SEPTEMBER) == exchange.send(SEPTEMBER), "nothing was issued since"


def test_a_further_edition_takes_the_place_of_the_one_before(exchange: Exchange) -> None:
    below, above = exchange.below, exchange.above
    first = below.reports.issuing.issue(report(below, "2026-Q3", "quarter")).code
    exchange.above.receiving.receive([exchange.send()])
    below.reports.write("quarter", below.reports.span("2026-Q3"), "situation", "Viết lại.")
    second = below.reports.issuing.issue(report(below, "2026-Q3", "quarter"), reason="Sửa lời").code
    above.receiving.receive([exchange.send()])
    assert (prove(above, second).edition, prove(above, second).newest) == (2, True)
    assert (prove(above, first).edition, prove(above, first).newest) == (1, False), "only its words were others"


def test_a_thematic_paper_and_that_of_a_term_show_the_same_figures(exchange: Exchange) -> None:
    below, above = exchange.below, exchange.above
    issuing = below.reports.issuing
    themes = {
        (form, span): issuing.issue(report(below, span, form)).code
        for form, span in (("study", "2026-Q3"), ("study", "2026-10"), ("term", "2025-2030"))
    }
    above.receiving.receive([exchange.send()])
    for (form, span), code in themes.items():
        proof = prove(above, code)
        assert (proof.form, proof.period, proof.edition) == (form, span, 1)


def test_the_totals_above_count_months_only(exchange: Exchange) -> None:
    quarter = Period.parse("2026-Q3")
    without = exchange.above.receiving.totals.as_json(quarter)
    exchange.above.receiving.receive([exchange.send()])
    before = {one: exchange.above.receiving.totals.as_json(one) for one in (SEPTEMBER, OCTOBER)}
    exchange.below.reports.issuing.issue(report(exchange.below, "2026-Q3", "quarter"))
    exchange.above.receiving.receive([exchange.send()])
    assert {one: exchange.above.receiving.totals.as_json(one) for one in before} == before
    assert exchange.above.receiving.totals.as_json(quarter)["units_sent"] == without["units_sent"] == 0
    with exchange.above.read() as work:
        assert work.sync.newest_period() == "2026-10"
