"""In the window: the book is handed over, the frozen one says so, another PC takes it, or it is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from sochihoi import app as window
from sochihoi.services.handing import HandingOver
from sochihoi.services.office import Office
from sochihoi.services.opening import open_office
from sochihoi.ui.setup.handing import BackDialog, HandingCard, Written
from sochihoi.ui.setup.restoring import RestoreDialog, way_into
from tests.exchange_data import MOMENT, commune
from tests.offices import PASSWORD, around


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = commune(tmp_path / "old")
    yield made
    made.close()


@pytest.fixture
def shown(qtbot: QtBot, qapp: QApplication, settings: QSettings) -> Iterator[list[object]]:
    opened: list[object] = []
    yield opened
    for shell in opened:
        shell.book = None  # type: ignore[attr-defined]
        shell.close()  # type: ignore[attr-defined]
        shell.deleteLater()  # type: ignore[attr-defined]


def test_a_frozen_book_says_so_and_offers_no_editing(
    office: Office, settings: QSettings, shown: list[object], tmp_path: Path
) -> None:
    HandingOver(office).write(tmp_path / "book.hpn")
    shell = window.build_window(office, settings, first="people")
    shown.append(shell)
    shell.resize(1366, 690)
    shell.show()
    assert shell.frame is not None
    assert not shell.frame.demo.isHidden()
    assert "03/11/2026" in window.book_of(office, settings).banner
    assert shell.page().context.read_only


def test_the_card_writes_the_file_and_takes_it_back(
    office: Office,
    settings: QSettings,
    shown: list[object],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    shell = window.build_window(office, settings, first="setup")
    shown.append(shell)
    shell.show()
    card = HandingCard(shell.page().context)
    qtbot.addWidget(card)
    card.refresh()
    assert card.back_button.isHidden()
    locked: list[bool] = []
    monkeypatch.setattr(type(shell), "lock", lambda _self: locked.append(True))
    monkeypatch.setattr("sochihoi.ui.setup.handing.ask", lambda *_a, **_k: True)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(tmp_path / "book.hpn"), ""))
    monkeypatch.setattr(type(shell), "run_job", lambda _self, work, done, **_k: done(work(None)))
    card.hand_over()
    assert (tmp_path / "book.hpn").is_file()
    assert locked
    told = card.findChild(Written)
    assert told is not None
    assert told.isVisible()
    told.accept()
    card.refresh()
    assert not card.back_button.isHidden()
    card.take_back()
    assert isinstance(card.dialog, BackDialog)
    card.dialog.password.setText("another-password")
    card.dialog.deed.click()
    assert office.frozen_on is not None
    card.dialog.password.setText(PASSWORD)
    card.dialog.deed.click()
    assert office.frozen_on is None


def test_the_first_day_of_another_pc_takes_the_book(
    office: Office, qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "book.hpn"
    HandingOver(office).write(file)
    ended: list[bool] = []
    near = around("new", MOMENT)
    dialog = RestoreDialog(way_into(file, tmp_path / "new", near, lambda: ended.append(True)), None, file)
    qtbot.addWidget(dialog)
    monkeypatch.setattr("sochihoi.ui.setup.restoring.Told.open", lambda _self: None)
    dialog.password.setText(PASSWORD)
    dialog.look()
    assert dialog.verified
    dialog.restore()
    assert ended == [True]
    new = open_office(tmp_path / "new", PASSWORD, around=near)
    assert new.may_write
    new.close()
