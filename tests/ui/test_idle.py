"""The watch of the auto-lock: any key or mouse move counts, wherever the keys go, and it goes when the book closes."""

from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from sochihoi.ui.shell.idle import IdleWatch


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot) -> QLineEdit:
    line = QLineEdit()
    qtbot.addWidget(line)
    line.show()
    qtbot.waitUntil(lambda: qapp.focusWindow() is line.windowHandle())
    return line


def handle(widget: QWidget) -> QWindow:
    found = widget.windowHandle()
    assert found is not None
    return found


def test_keys_and_the_mouse_are_signs_of_somebody_in_every_window(window: QLineEdit, qtbot: QtBot) -> None:
    watch = IdleWatch(window, 1)
    watch.touch = lambda: seen.append(True)  # type: ignore[method-assign]
    seen: list[bool] = []
    QTest.keyClick(handle(window), Qt.Key.Key_A)
    assert seen
    assert window.text() == "a", "it only looks on"
    seen.clear()
    QTest.mouseMove(handle(window), QPoint(5, 5))
    QApplication.processEvents()
    assert seen
    dialog = QDialog(window)
    dialog.open()
    qtbot.waitUntil(lambda: QApplication.focusWindow() is dialog.windowHandle())
    seen.clear()
    QTest.mouseClick(handle(dialog), Qt.MouseButton.LeftButton)
    assert seen, "a dialog is a window of its own"
    dialog.close()


def test_it_calls_once_nobody_did_anything_and_ends_with_its_owner(window: QLineEdit, qtbot: QtBot) -> None:
    owner = QObject()
    watch = IdleWatch(owner, 1)
    with qtbot.waitSignal(watch.idle):
        watch._clock.start(1)
    watch.end()
    assert not watch._clock.isActive()
    shiboken6.delete(owner)
    assert not shiboken6.isValid(watch)
    QTest.keyClick(handle(window), Qt.Key.Key_A)
    assert window.text() == "a"


def test_of_no_minutes_it_never_calls(window: QLineEdit) -> None:
    watch = IdleWatch(window, 0)
    QTest.keyClick(handle(window), Qt.Key.Key_A)
    assert not watch._clock.isActive()
    watch.set_minutes(1)
    assert watch._clock.isActive()
