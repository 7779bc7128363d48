"""The level above finds a paper's code again in the figures that came in the signed file, and only there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sochihoi.domain import paper_codes
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
