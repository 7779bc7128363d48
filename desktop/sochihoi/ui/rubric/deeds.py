"""Doing something and saying so: problems into the bar, a toast with its own way back, the time of saving."""

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

    def do(self, act: Callable[[], object], said: str | Callable[[], str] = "") -> bool:
        """Do it; with ``said`` a toast that takes back exactly this. False when it was refused and said why."""
        shell, rubric = self._context.shell, self._context.office.rubric
        before = rubric.last_batch
        try:
            act()
        except UserError as problem:
            shell.show_error(problem)
            return False
        batch = rubric.last_batch
        if batch != before:
            shell.clear_message()
            shell.saved_at(self._context.office.now)
        self._refresh()
        text = said if isinstance(said, str) else said()
        if text:
            shell.toast(text, (lambda: self._undo(batch)) if batch != before else None)
        return True

    def _undo(self, batch: str) -> None:
        try:
            self._context.office.history.undo(batch)
        except UserError as problem:
            self._context.shell.show_error(problem)
            return
        self._refresh()
        self._context.shell.toast(_("Taken back."))
