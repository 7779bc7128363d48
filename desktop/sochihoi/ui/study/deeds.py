"""Doing something and saying so: problems into the bar, a toast with its own way back, the time of saving."""

from __future__ import annotations

from collections.abc import Callable

from sochihoi.domain.errors import UserError
from sochihoi.i18n import _
from sochihoi.ui.shared.context import Context


class Deeds:
    """``refresh`` is called after every deed; after its undo the page in front is read again."""

    def __init__(self, context: Context, refresh: Callable[[], None]) -> None:
        self._context = context
        self._refresh = refresh

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
        study = self._context.office.study
        before = study.last_batch
        try:
            act()
        except UserError as problem:
            if refused is None or not refused(problem):
                self._context.shell.show_error(problem)
            return False
        self.done(said if isinstance(said, str) else said(), before)
        return True

    def done(self, said: str, before: str) -> None:
        """Show what an act changed that a dialog has done already; ``before`` is the batch before it."""
        shell, batch = self._context.shell, self._context.office.study.last_batch
        if batch != before:
            shell.clear_message()
            shell.saved_at(self._context.office.now)
        self._refresh()
        if said:
            shell.toast(said, (lambda: self._undo(batch)) if batch != before else None)

    def _undo(self, batch: str) -> None:
        try:
            self._context.office.history.undo(batch)
        except UserError as problem:
            self._context.shell.show_error(problem)
            return
        self._context.shell.refresh_page()  # what is shown may be gone now: the whole page decides
        self._context.shell.toast(_("Taken back."))
