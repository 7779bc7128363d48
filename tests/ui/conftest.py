"""Real widgets without a display. A Qt warning fails the test that provoked it."""

from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is imported

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QMessageLogContext, QSettings, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from sochihoi import app as window
from sochihoi import i18n, paths
from sochihoi.ui import style
from tests.ui.stand_in import Desk, make_desk

# What the offscreen platform says of itself, about any window and any popup: exactly these lines
NOT_NOISE = {
    "This plugin does not support propagateSizeHints()",
    "This plugin does not support raise()",
    "This plugin does not support grabbing the keyboard",
}


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The one application, in our style."""
    app = window.make_application()
    style.apply(app)
    return app


@pytest.fixture(autouse=True)
def _words() -> Iterator[None]:
    """Vietnamese when its catalogue is built, otherwise the source strings."""
    built = (paths.catalogues() / "vi" / "LC_MESSAGES" / "sochihoi.mo").is_file()
    i18n.set_language("vi" if built else "en")
    yield
    i18n.set_language("vi" if built else "en")


@pytest.fixture(autouse=True)
def _no_noise() -> Iterator[None]:
    """What Qt says on its error stream is a fault."""
    said: list[str] = []

    def hear(_kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if text not in NOT_NOISE:
            said.append(text)

    before: Any = qInstallMessageHandler(hear)
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # type: ignore[call-overload]
    qInstallMessageHandler(before)
    assert said == []


@pytest.fixture(autouse=True)
def _nothing_stays_open() -> Iterator[None]:
    """A dialog that a test leaves open takes the answer meant for one of a later test, which then waits for ever."""
    yield
    left = [one for one in QApplication.topLevelWidgets() if one.isModal() and one.isVisible()]
    for one in left:
        one.close()
        one.deleteLater()
    assert left == []


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    """An ini file of its own for every test."""
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def desk(qapp: QApplication, settings: QSettings) -> Iterator[Desk]:
    """A shell over a stand-in of an office, with two small pages: for tests of the frame alone."""
    style.apply(qapp)
    made = make_desk(settings)
    yield made
    made.shell.book = None
    made.shell.close()
    shiboken6.delete(made.shell)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Any]:
    """A real, empty commune."""
    from tests.offices import make_office

    made = make_office(tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def shell(qapp: QApplication, office: Any, settings: QSettings) -> Iterator[Any]:
    """The window over a real, empty commune; no page is open yet: ``shell.go("people")``."""
    made = window.build_window(office, settings, first="")
    made.show()
    yield made
    made.book = None  # the office fixture closes it
    made.close()
    shiboken6.delete(made)


@pytest.fixture
def context(shell: Any) -> Any:
    """What a page of the real commune is handed."""
    return shell.context
