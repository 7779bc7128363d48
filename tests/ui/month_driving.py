"""How the test of the whole month drives the windows: an office and its window, files dropped, papers looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtCore import QMimeData, QPointF, QSettings, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from sochihoi import app as window
from sochihoi.domain.periods import Period
from sochihoi.services.office import Office
from sochihoi.ui.shared.dialogs import Dialog
from sochihoi.ui.shared.preview import PreviewDialog
from sochihoi.ui.shell.window import Shell

LONG = 20_000  # ms: a job on a slow machine; nothing waits so long when all is well
OCTOBER = Period.month(2026, 10)


@dataclass(eq=False)
class Desk:
    """An office, its window, and where its files go."""

    office: Office
    shell: Shell
    folder: Path
    qtbot: QtBot

    def go(self, key: str) -> Any:
        """Open a page of the navigation, as a click on it does."""
        assert self.shell.frame is not None
        self.shell.frame.nav.buttons[key].click()
        self.idle()
        self.front()
        return self.shell.page()

    def idle(self) -> None:
        """Until what goes on beside the window has ended."""
        self.wait(lambda: not self.shell.jobs.busy)

    def front(self) -> None:
        """The window gets the keys."""
        self.shell.activateWindow()
        self.qtbot.waitUntil(self.shell.isActiveWindow)

    def keys(self, text: str) -> None:
        """Type where the focus is."""
        self.front()
        focus = QApplication.focusWidget()
        assert focus is not None
        self.qtbot.keyClicks(focus, text)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key where the focus is."""
        self.front()
        self.qtbot.keyClick(QApplication.focusWidget() or self.shell, key, modifier)

    def wait(self, come_true: Callable[[], bool]) -> None:
        """Until it is so."""
        self.qtbot.waitUntil(come_true, timeout=LONG)

    def paper(self, press: Callable[[], None], *holds: str) -> int:
        """Press what shows a paper; how many pages it has. Its text holds these words."""
        press()
        self.wait(lambda: bool(_previews()))
        (preview,) = _previews()
        pages, pdf = preview.page_count(), preview._pdf
        preview.close()
        QApplication.processEvents()
        text = text_of(pdf)
        for words in holds:
            assert words in text, words
        return pages

    def told(self) -> str:
        """What the bar above the content says."""
        return str(self.shell.frame.message.text())


def _previews() -> list[PreviewDialog]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, PreviewDialog) and one.isVisible()]


def text_of(pdf: bytes) -> str:
    """The words of a PDF, blanks as one."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())
    finally:
        document.close()


@contextmanager
def desk_of(office: Office, folder: Path, qtbot: QtBot) -> Iterator[Desk]:
    """A window over an office; both are closed afterwards."""
    settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    shell = window.build_window(office, settings)
    shell.resize(1366, 690)
    shell.show()
    shell.set_period(OCTOBER)
    yield Desk(office, shell, folder, qtbot)
    shell.close()
    shiboken6.delete(shell)


def write(editor: Any, text: str) -> None:
    """Write Vietnamese into a field, as an input method does, and leave it."""
    line = editor if isinstance(editor, QLineEdit | QPlainTextEdit) else editor.lineEdit()
    line.setFocus()
    line.selectAll()
    typed = QInputMethodEvent()
    typed.setCommitString(text)
    QApplication.sendEvent(line, typed)
    if isinstance(line, QLineEdit):
        line.editingFinished.emit()


def drop(target: QWidget, *files: Path) -> None:
    """Drop files of the PC on a widget."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    target.dropEvent(event)


@contextmanager
def in_dialog(kind: type[Dialog], act: Callable[[Any], None]) -> Iterator[None]:
    """Around what opens a dialog: do something in it. It is closed afterwards, whatever happens."""
    look, seen = QTimer(), []

    def when_open() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            return
        look.stop()
        seen.append(dialog)
        try:
            assert isinstance(dialog, kind), dialog
            act(dialog)
        finally:
            if dialog.isVisible():
                dialog.close()  # a test that fails must not wait for ever

    look.timeout.connect(when_open)
    look.start(0)
    yield
    look.stop()
    assert seen, f"{kind.__name__} did not open"


def agree() -> AbstractContextManager[None]:
    """Around what asks a question: say yes."""
    return in_dialog(Dialog, lambda dialog: dialog.accept())
