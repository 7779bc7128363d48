"""In the window: a unit that a pack ended is asked whether this is its last file; any other is not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sochihoi.ui.sync import last_file
from tests.exchange_data import OCTOBER, Exchange, make_exchange
from tests.services.test_ending import told
from tests.ui.sync_driving import give_back, sync_page


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[Exchange]:
    made = make_exchange(tmp_path)
    yield made
    made.close()


def test_only_a_unit_that_ended_is_asked(
    exchange: Exchange, qtbot: QtBot, qapp: QApplication, settings: QSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def ask(_parent: object, question: str, text: str, *_buttons: str) -> bool:
        asked.append(f"{question} {text}")
        return True

    monkeypatch.setattr(last_file, "ask", ask)
    shell, page = sync_page(exchange.below, settings)
    assert not last_file.is_last(page.context, page)
    assert asked == []
    told(exchange.below)
    assert last_file.is_last(page.context, page)
    assert "Hội LHPN xã Hòa Phú" in asked[0]
    assert "99005" in asked[0]
    exchange.below.sending.prepare(OCTOBER, final=True)
    assert last_file.is_last(page.context, page)  # once more, without a question
    assert len(asked) == 1
    give_back(shell)
