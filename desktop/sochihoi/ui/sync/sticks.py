"""What is on a stick: our files with where they stand, one button each; and a stick that is plugged in is noticed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from sochihoi.domain.custody import Deed
from sochihoi.i18n import _, ngettext, number
from sochihoi.services import drives
from sochihoi.services.drives import Drive
from sochihoi.services.sticks import OnStick, look
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import WIDE, Dialog
from sochihoi.ui.words import custody as words

EVERY = 3000
"""Milliseconds between two looks for sticks; the system is asked, no disk is read."""


class StickDialog(Dialog):
    """The files found in some places. ``deed`` is called with the one whose button was pressed, after closing."""

    def __init__(
        self, context: Context, parent: QWidget | None, places: Sequence[Path], deed: Callable[[OnStick], None]
    ) -> None:
        found = look(context.office, places)
        super().__init__(parent, words.on_stick_title(places), width=WIDE)
        self._deed = deed
        self.found = found
        grid = QGridLayout()
        grid.setHorizontalSpacing(style.sizes().space_3)
        grid.setVerticalSpacing(style.sizes().space_2)
        grid.setColumnStretch(0, 1)
        self.deeds = [self._row(grid, at, one, read_only=context.read_only) for at, one in enumerate(found)]
        if found:
            count = ngettext("{count} file of this program.", "{count} files of this program.", len(found))
            self.body.addWidget(label(count.format(count=number(len(found))), tone="muted"))
            self.body.addLayout(grid)
            self.body.addStretch(1)
        else:
            self.body.addWidget(label(_("There is no file of this program here."), wrap=True))
        self.add_button(_("Close"), self.reject, default=True).setFocus()

    def _row(self, grid: QGridLayout, at: int, one: OnStick, *, read_only: bool) -> Any:
        state = words.lying_state(one)
        text = label(words.lying_title(one), "strong", wrap=True)
        below = label(f"{one.name} · {state}" if state else one.name, "small", wrap=True)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(text)
        column.addWidget(below)
        grid.addLayout(column, at, 0)
        grid.setRowMinimumHeight(at, style.sizes().row)
        if one.deed is Deed.NONE:
            return None
        wanted = Deed.LOOK if read_only else one.deed
        press = button(words.deed(wanted), partial(self._press, one, look_only=read_only))
        press.setAccessibleName(f"{words.deed(wanted)}: {one.name}")
        grid.addWidget(press, at, 1, Qt.AlignmentFlag.AlignVCenter)
        return press

    def _press(self, one: OnStick, *, look_only: bool) -> None:
        from dataclasses import replace

        self.accept()
        self._deed(replace(one, deed=Deed.LOOK) if look_only else one)


class StickWatch(QObject):
    """Calls ``plugged`` once for each stick that comes while ``page`` is shown."""

    def __init__(self, page: QWidget, plugged: Callable[[Drive], None]) -> None:
        super().__init__(page)
        self._page, self._plugged = page, plugged
        self._known: set[Path] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.check)
        self._timer.start()

    def check(self) -> None:
        """Look now."""
        if not self._page.isVisible():
            return
        here = drives.removable()
        known = self._known if self._known is not None else {one.path for one in here}
        self._known = {one.path for one in here}
        for one in here:
            if one.path not in known:
                self._plugged(one)
