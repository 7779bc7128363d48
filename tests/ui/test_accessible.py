"""Every page can be heard and driven: what takes the focus has a name, and nothing opens as a stray window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, QSettings, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from sochihoi import app as window
from tests import offices


class StrayWindows(QObject):
    """Writes down each widget that is shown as a window of its own though it is part of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.windowType() == Qt.WindowType.Window
            and not isinstance(watched, window.Shell | QDialog | QMenu)
        ):
            words = watched.text() if isinstance(watched, QLabel | QAbstractButton) else watched.accessibleName()
            self.seen.append(f"{type(watched).__name__} {words}")
        return False


@pytest.fixture
def strays(qapp: QApplication) -> Iterator[StrayWindows]:
    """Watches while a page is built."""
    watch = StrayWindows()
    qapp.installEventFilter(watch)
    yield watch
    qapp.removeEventFilter(watch)


def nameless(root: QWidget) -> list[str]:
    """Widgets of the Tab order that a screen reader would call nothing: no name, no words, no label beside them."""
    named = {label.buddy() for label in root.findChildren(QLabel) if label.buddy() is not None}
    found = []
    for widget in root.findChildren(QWidget):
        own_of_qt = widget.objectName().startswith("qt_") or widget.window().windowType() == Qt.WindowType.Popup
        if own_of_qt or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            continue  # the list that a combo box drops is named by the box
        if isinstance(widget, QAbstractButton) and not widget.isVisible():
            continue  # its words come with the moment in which it is shown
        words = widget.text().strip() if isinstance(widget, QAbstractButton) else ""
        if not (widget.accessibleName() or words or widget in named):
            parent = widget.parent()
            found.append(f"{type(widget).__name__} {widget.objectName()} in {type(parent).__name__}")
    return found


@pytest.mark.parametrize("place", window.PAGES, ids=lambda place: place.key)
def test_every_page_has_names_and_no_stray_window(
    qapp: QApplication,
    qtbot: QtBot,
    tmp_path: Path,
    settings: QSettings,
    strays: StrayWindows,
    place: window.Place,
) -> None:
    office = offices.make_office(tmp_path / "data") if place.for_sender else offices.make_above(tmp_path / "data")
    shell = window.build_window(office, settings, first=place.key)
    qtbot.addWidget(shell)
    shell.show()
    qapp.processEvents()
    assert nameless(shell) == []
    assert strays.seen == []
    shell.close()


@pytest.mark.parametrize("part", ["unit", "branches", "accounts", "backup", "look", "history", "about"])
def test_the_parts_of_the_set_up_too(shell: Any, strays: StrayWindows, part: str) -> None:
    shell.go("setup", tab=part)
    QApplication.processEvents()
    assert nameless(shell) == []
    assert strays.seen == []
