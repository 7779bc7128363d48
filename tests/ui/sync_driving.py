"""The window over one book, at its page of signed files, for tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from sochihoi import app as window
from sochihoi.services.office import Office
from sochihoi.ui.shared.dialogs import Dialog
from sochihoi.ui.sync.page import SyncPage
from tests.exchange_data import OCTOBER


def sync_page(office: Office, settings: QSettings) -> tuple[Any, SyncPage]:
    """The window and the page "Gửi và nhận"."""
    shell: Any = window.build_window(office, settings, first="")
    shell.resize(1366, 690)
    shell.show()
    shell.set_period(OCTOBER)
    shell.go("sync")
    page = shell.page()
    assert isinstance(page, SyncPage)
    return shell, page


def give_back(shell: Any) -> None:
    """Close the window, not the book."""
    shell.book = None
    shell.close()
    shell.deleteLater()


def in_dialog(kind: type[Dialog], act: Callable[[Any], None]) -> None:
    """Act in the next modal dialog, which must be of that kind; it is closed afterwards."""

    def when_open() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, kind)
        try:
            act(dialog)
        finally:
            if dialog.isVisible():
                dialog.done(0)

    QTimer.singleShot(0, when_open)
