"""What the composition root answers for the frame: undo in words, the state of a month, the pages of a unit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings

from sochihoi import app as window
from sochihoi.domain.periods import Period
from sochihoi.ui.shared.context import MonthState
from sochihoi.ui.words.acts import act_words
from tests.exchange_data import OCTOBER, make_exchange


def test_the_toast_names_the_act_taken_back(shell: Any, office: Any) -> None:
    shell.go("people")
    office.setup.add_branches(["Ấp An Hòa"])
    shell.undo()
    assert act_words("unit.add") in shell.frame.toast.text()
    assert office.setup.branches() == ()
    shell.redo()
    assert act_words("unit.add") in shell.frame.toast.text()
    assert [branch.name for branch in office.setup.branches()] == ["Ấp An Hòa"]


def test_the_badge_says_closed_and_sent(settings: QSettings, tmp_path: Path) -> None:
    exchange = make_exchange(tmp_path)
    below, above = window.book_of(exchange.below, settings), window.book_of(exchange.above, settings)
    assert below.month_state(Period.month(2026, 11)) is MonthState.OPEN
    assert below.month_state(OCTOBER) is MonthState.CLOSED
    file = exchange.below.sending.prepare(OCTOBER)
    assert below.month_state(OCTOBER) is MonthState.CLOSED  # made, but no copy lies outside yet
    exchange.below.sending.write(file.id, exchange.stick)
    assert below.month_state(OCTOBER) is MonthState.SENT
    assert above.month_state(OCTOBER) is MonthState.OPEN  # it closes what its units sent
    exchange.close()


def test_a_level_above_has_its_own_pages(settings: QSettings, tmp_path: Path) -> None:
    exchange = make_exchange(tmp_path, records=False)
    keys = [place.key for place in window.places_of(exchange.above)]
    assert keys == ["overview", "reports", "sync", "upper", "setup"]
    assert "upper" not in [place.key for place in window.places_of(exchange.below)]
    exchange.close()
