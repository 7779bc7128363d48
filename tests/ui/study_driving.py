"""How the tests drive the pages of study."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sochihoi.services.office import Office
from sochihoi.ui.shared.dialogs import Dialog
from sochihoi.ui.study.page import StudyPage
from tests.people_data import add_members


@pytest.fixture
def page(qtbot: QtBot, shell: Any, office: Office) -> StudyPage:
    add_members(office, "Ấp An Hòa", 12, cells=2)
    add_members(office, "Ấp Trà Cuôn", 8)
    shell.resize(1366, 690)
    shell.go("study")
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    found = shell.page()
    assert isinstance(found, StudyPage)
    return found


def in_dialog(kind: type[Dialog], act: Callable[[Any], None]) -> None:
    """Do something in the dialog that is about to open."""

    def when_open() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, kind)
        try:
            act(dialog)
        finally:
            if dialog.isVisible():
                dialog.done(0)  # a test that fails must not wait for ever

    QTimer.singleShot(0, when_open)


def open_session(shell: Any, session_id: str) -> None:
    shell.go("study", session_id=session_id)
    QApplication.processEvents()
