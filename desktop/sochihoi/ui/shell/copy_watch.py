"""Copies while somebody works: asks every few seconds whether one is due; the copy is made on a thread of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from sochihoi.domain.errors import UserError
from sochihoi.i18n import _
from sochihoi.ui import words

if TYPE_CHECKING:
    from sochihoi.services.copying import Copying
    from sochihoi.ui.shell.speaking import Speaking

EVERY = 5_000  # milliseconds


class CopyWatch(QObject):
    """Lives as long as the book is open. A copy that could not be made is said once, with the way to the copies."""

    def __init__(self, parent: QObject, shell: Speaking, copying: Copying) -> None:
        super().__init__(parent)
        self._shell, self._copying = shell, copying
        self._clock = QTimer(self)
        self._clock.setInterval(EVERY)
        self._clock.timeout.connect(self.look)
        self._clock.start()

    def look(self) -> None:
        """Begin a copy when one is due."""
        if not self._copying.open:
            self._clock.stop()
            self.deleteLater()
            return
        try:
            problem = self._copying.tick()
        except (UserError, OSError) as refused:  # the book itself cannot be read: whoever works is told by her own act
            problem = refused
        if problem is not None:
            told = _("No copy could be made beside the work. {problem}").format(problem=words.say(problem))
            self._shell.message("warn", told, [(_("Look at the copies"), self._go)])

    def _go(self) -> None:
        self._shell.go("setup", tab="backup")
