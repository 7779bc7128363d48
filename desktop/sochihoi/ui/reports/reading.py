"""Reading a month: at once, or as a job where the commune is large, so that the window never stands still."""

from __future__ import annotations

from collections.abc import Callable

from sochihoi.domain.errors import UserError
from sochihoi.domain.periods import Period
from sochihoi.i18n import _
from sochihoi.services.month_checks import current_members
from sochihoi.ui.reports.presenter import MonthRead, read_month
from sochihoi.ui.shared.context import Context

MANY = 3_000  # members from which reading takes longer than an officer should wait without a word


class Reading:
    """Of several readings asked for, only the last one is shown. ``many``: from how many members on it is a job."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._asked = 0
        self.many = MANY

    def read(
        self,
        period: Period,
        done: Callable[[MonthRead], None],
        failed: Callable[[UserError], None],
        waiting: Callable[[], None],
    ) -> None:
        """Exactly one of ``done`` and ``failed`` follows, unless another reading was asked for meanwhile.

        ``waiting`` comes first when it goes on beside the window.
        """
        office = self._context.office
        self._asked += 1
        asked = self._asked
        if current_members(office) < self.many:
            try:
                made = read_month(office, period)
            except UserError as problem:
                failed(problem)
            else:
                done(made)
            return

        def still() -> bool:
            return asked == self._asked

        waiting()
        self._context.shell.run_job(
            lambda _progress: read_month(office, period) if still() else None,
            lambda made: done(made) if made is not None and still() else None,
            title=_("Reading the figures of month {month}/{year}…").format(month=period.index, year=period.year),
            failed=lambda problem: failed(problem) if still() else None,
        )
