"""Closing a month and supplements: asked for first, then done; in a large commune beside the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from sochihoi.domain.errors import UserError
from sochihoi.domain.progress import Progress
from sochihoi.i18n import _
from sochihoi.services.months import Standing
from sochihoi.ui.reports.dialogs import accepted, ask_close, supplement_dialog
from sochihoi.ui.shared import beside
from sochihoi.ui.shared.context import Context


class MonthDeeds:
    """``hold`` is called before a deed begins, ``saved(words)`` after it, ``refresh`` when nothing came of it."""

    def __init__(
        self,
        context: Context,
        owner: QWidget,
        hold: Callable[[], None],
        saved: Callable[[str], None],
        refresh: Callable[[], None],
    ) -> None:
        self._context, self._owner = context, owner
        self._hold, self._saved, self._refresh = hold, saved, refresh

    def close(self, standing: Standing | None) -> None:
        """Ask, then freeze the figures."""
        months, period = self._context.office.months, self._context.period
        edition = standing.next_edition if standing is not None else 1
        if ask_close(self._owner, period, edition, months.next_number()):
            self._do(
                lambda progress: months.close(period, progress=progress),
                _("Closing the figures of month {month}/{year}…").format(month=period.index, year=period.year),
                stop_says=_("The month stays open then."),
            )

    def begin_supplement(self) -> None:
        """Open a closed month again."""
        months, period = self._context.office.months, self._context.period
        dialog = supplement_dialog(self._context, self._owner, period)
        if accepted(dialog):
            self._do(
                lambda _progress: months.begin_supplement(period, dialog.text()),
                _("Opening month {month}/{year} again…").format(month=period.index, year=period.year),
            )

    def cancel_supplement(self) -> None:
        """Close it again as it was."""
        months, period = self._context.office.months, self._context.period
        self._do(lambda _progress: months.cancel_supplement(period), _("Comparing with the figures that were closed…"))

    def _do(self, act: Callable[[Progress], object], title: str, stop_says: str = "") -> None:
        self._hold()
        beside.do(
            self._context,
            self._owner,
            act,
            lambda _made: self._done(),
            title=title,
            failed=self._failed,
            stop_says=stop_says,
            stopped=self._refresh,
        )

    def _done(self) -> None:
        self._saved("")
        self._context.shell.refresh_frame()

    def _failed(self, problem: UserError) -> None:
        self._refresh()
        self._context.shell.show_error(problem)
