"""Pictures of the pages of an open window: what a run without a display leaves behind for people to look at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from sochihoi.ui import style
from sochihoi.ui.shell.window import Shell

LOOKS = (("light", ""), ("dark", "-dark"))


def take(shell: Shell, keys: Sequence[str], out: Path, name: str) -> tuple[Path, ...]:
    """Every page light, ``<name>-<page>.png``, then dark, ``<name>-<page>-dark.png``. The program stays dark.

    Raises ``RuntimeError`` for a page that does not open, ``OSError``.
    """
    written = []
    app = QApplication.instance()
    for theme, mark in LOOKS:  # one change of the look for all pages: that is what takes its time
        if isinstance(app, QApplication):
            style.apply(app, theme)
        if shell.context is not None:
            shell.context.look_changed.emit()
        for key in keys:
            written.append(out / f"{name}-{key}{mark}.png")
            _page(shell, key, written[-1])
    return tuple(written)


def _page(shell: Shell, key: str, file: Path) -> None:
    """One page, once everything on it is read."""
    shell.go(key)
    QApplication.processEvents()
    while shell.jobs.busy:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    QApplication.processEvents()
    if shell.frame is None:  # the crash page covers everything: no picture of that counts as a page
        raise RuntimeError(key)
    if not shell.grab().save(str(file)):
        raise OSError(str(file))
