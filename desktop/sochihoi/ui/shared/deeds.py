"""Doing something and saying so: problems into the bar, a toast with its own way back, the time of saving."""

from __future__ import annotations

from collections.abc import Callable

from sochihoi.domain.errors import UserError
from sochihoi.i18n import _
from sochihoi.ui.shared.context import Context


class Deeds:
    """``refresh`` is called after every deed and after its undo. ``last_batch`` reads the batch of the newest act of
    the service that the page works with: it tells whether a deed wrote anything, and what its toast takes back.

    ``after_undo`` is called after an undo instead of ``refresh``; ``clears`` is whether a deed that wrote something
    takes the message bar away.
    """

    def __init__(
        self,
        context: Context,
        refresh: Callable[[], None],
        last_batch: Callable[[], str],
        *,
        after_undo: Callable[[], None] | None = None,
        clears: bool = True,
    ) -> None:
        self._context = context
        self._refresh = refresh
        self._last_batch = last_batch
        self._after_undo = after_undo or refresh
        self._clears = clears

    def do(
        self,
        act: Callable[[], object],
        said: str | Callable[[], str] = "",
        *,
        refused: Callable[[UserError], bool] | None = None,
    ) -> bool:
        """Do it; with ``said`` a toast that takes back exactly this. False when it was refused and said why.

        ``refused`` may show the problem in a better place than the message bar; it returns true when it did.
        """
        before = self._last_batch()
        try:
            act()
        except UserError as problem:
            if refused is None or not refused(problem):
                self._context.shell.show_error(problem)
            return False
        self.done(said, before)
        return True

    def done(self, said: str | Callable[[], str], before: str) -> None:
        """Show what an act changed that a dialog has done already; ``before`` is the batch before it."""
        shell, batch = self._context.shell, self._last_batch()
        if batch != before:
            if self._clears:
                shell.clear_message()
            shell.saved_at(self._context.office.now)
        self._refresh()
        text = said if isinstance(said, str) else said()
        if text:
            shell.toast(text, self.undo(batch) if batch != before else None)

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
        self._after_undo()
        self._context.shell.toast(_("Taken back."))
