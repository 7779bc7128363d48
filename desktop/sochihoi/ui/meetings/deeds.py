"""Doing something and saying so: errors into the bar, a toast with its own way back, the time of saving."""

from __future__ import annotations

from collections.abc import Callable

from sochihoi.domain.errors import UserError
from sochihoi.i18n import _
from sochihoi.ui.shared.context import Context


class Deeds:
    """``refresh`` is called after every deed and after its undo."""

    def __init__(self, context: Context, refresh: Callable[[], None]) -> None:
        self._context = context
        self._refresh = refresh

    def do(
        self, act: Callable[[], object], said: str = "", *, refused: Callable[[UserError], bool] | None = None
    ) -> bool:
        """Do it; with ``said`` a toast that takes back exactly this. False when it was refused and said why.

        ``refused`` may show the problem in a better place than the message bar; it returns true when it did.
        """
        shell, meetings = self._context.shell, self._context.office.meetings
        before = meetings.last_batch
        try:
            act()
        except UserError as problem:
            if refused is None or not refused(problem):
                shell.show_error(problem)
            return False
        if meetings.last_batch != before:
            shell.saved_at(self._context.office.now)
        self._refresh()
        if said:
            batch = meetings.last_batch
            shell.toast(said, self.undo(batch) if batch != before else None)
        return True

    def later(self, act: Callable[[], object], said: str = "") -> Callable[[], None]:
        """The same for a menu line or a toast: nothing comes back."""

        def press() -> None:
            self.do(act, said)

        return press

    def undo(self, batch: str) -> Callable[[], None]:
        """What a toast does to take one act back."""
        return lambda: self._undo(batch)

    def _undo(self, batch: str) -> None:
        try:
            self._context.office.history.undo(batch)
        except UserError as problem:
            self._context.shell.show_error(problem)
            return
        self._refresh()
        self._context.shell.toast(_("Taken back."))
