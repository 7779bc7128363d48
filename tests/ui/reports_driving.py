"""How tests drive the reports of the window: an autumn with September closed, dialogs answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog

from sochihoi.domain.periods import Period
from sochihoi.services.office import Office
from tests.month_data import autumn, close_september


def third_quarter(office: Office) -> dict[str, str]:
    """A commune whose book begins with September, which is closed: the third quarter can get its number."""
    found = autumn(office)
    close_september(office)
    return found


def answer(act: Callable[[Any], None], kind: type[QDialog] = QDialog) -> list[Any]:
    """Do something with the dialog that opens next; it is closed afterwards, whatever happens. What was seen."""
    seen: list[Any] = []

    def run() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(5, run)
            return
        seen.append(dialog)
        try:
            assert isinstance(dialog, kind), dialog
            act(dialog)
        finally:
            if dialog.isVisible():
                dialog.close()

    QTimer.singleShot(0, run)
    return seen


def month(code: str) -> Period:
    """``2026-09``."""
    return Period.parse(code)
