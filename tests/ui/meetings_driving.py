"""How the tests drive the pages of meetings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sochihoi.domain.meetings import Tally
from sochihoi.services.office import Office
from sochihoi.ui.meetings.page import MeetingsPage
from sochihoi.ui.shared.dialogs import Dialog

KEY = Qt.Key


def write_in(qtbot: QtBot, editor: Any, text: str) -> None:
    """Go into a field and type."""
    editor.setFocus()
    qtbot.keyClicks(editor, text)


@pytest.fixture
def page(qtbot: QtBot, shell: Any) -> MeetingsPage:
    shell.resize(1366, 690)
    shell.go("meetings")
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    found = shell.page()
    assert isinstance(found, MeetingsPage)
    return found


def open_meeting(shell: Any, page: MeetingsPage, meeting_id: str, view: str = "attendance") -> None:
    shell.go("meetings", meeting_id=meeting_id, view=view)
    QApplication.processEvents()


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


def type_numbers(qtbot: QtBot, page: MeetingsPage, text: str) -> None:
    line = page.attendance.entry.line
    line.setFocus()
    qtbot.keyClicks(line, text)


def tally_of(office: Office, meeting_id: str) -> Tally:
    return office.meetings.sheet(meeting_id).tally
