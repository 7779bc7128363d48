"""Which months of a unit are missing at the level above, and the files that bring precisely these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sochihoi.domain import gap_codes
from sochihoi.domain.errors import UserError
from sochihoi.domain.exchange import NotAReceiver, NotASender
from sochihoi.domain.gap_codes import SPAN
from sochihoi.domain.periods import Period

if TYPE_CHECKING:
    from sochihoi.services.office import Office


@dataclass(frozen=True, slots=True)
class Asked:
    """What a code asks for. ``open_``: months that are not closed here, of which no file can be made yet."""

    months: tuple[Period, ...]
    open_: tuple[Period, ...]

    @property
    def ready(self) -> tuple[Period, ...]:
        """The months whose files can be made."""
        return tuple(month for month in self.months if month not in self.open_)


@dataclass(eq=False)
class NothingMissing(UserError):
    """A code was asked for of a unit that has sent every month that is over. ``running``: the month that is not."""

    unit: str
    running: str = ""


class Gaps:
    """Asked at the level above, answered at the commune."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def missing(self, unit: str, until: Period) -> tuple[Period, ...]:
        """Months up to ``until`` (of a longer period its last) that are over, in which the unit lived, and of which no
        figures are here, from the first that came, at most 24.

        Of a unit of which nothing came yet it is the last of them alone. The running month is not due: see ``running``.
        Raises ``NotAReceiver``.
        """
        from sochihoi.services.received_months import Months

        here, over = self._here(unit), Period.month_of(self._office.today).previous()
        with self._office.read() as work:
            came = Months(work)
            ends = came.lives.ends.get(unit)
            last = min(until.months()[-1], over)
            if ends is not None:
                last = min(last, Period.month_of(ends - timedelta(days=1)))
            months = [last]
            while len(months) < SPAN and any(one < months[0].code for one in here if len(one) == len("2026-10")):
                months.insert(0, months[0].previous())
            lacking = [one for one in months if one.code not in here and came.lives.lived(unit, one)]
            return tuple(one for one in lacking if unit not in came.standing(one))

    def running(self, unit: str, until: Period) -> Period | None:
        """The month that is going on, where it was asked about and is not here: nobody can send it yet."""
        from sochihoi.services.received_months import Months

        now = Period.month_of(self._office.today)
        if now > until.months()[-1] or now.code in self._here(unit):
            return None
        with self._office.read() as work:
            return now if Months(work).lives.lived(unit, now) else None

    def _here(self, unit: str) -> frozenset[str]:
        from sochihoi.storage import ledger

        if not self._office.is_receiver:
            raise NotAReceiver
        with self._office.read() as work:
            return frozenset(ledger.periods_of(work, unit))

    def code(self, unit: str, until: Period) -> str:
        """Those months as ten letters. Raises ``NothingMissing``, ``NotAReceiver``."""
        months = self.missing(unit, until)
        if not months:
            running = self.running(unit, until)
            raise NothingMissing(unit, "" if running is None else running.code)
        return gap_codes.spelled(unit, months)

    def asked(self, typed: str) -> Asked:
        """What a code asks of this unit. Raises ``BadGapCode``, ``NotASender``."""
        if self._office.is_receiver:
            raise NotASender
        months = gap_codes.months_of(self._office.commune.code, typed)
        with self._office.read() as work:
            closed = work.months.closed()
        return Asked(months, tuple(month for month in months if month.code not in closed))

    def write(
        self, months: Sequence[Period], folder: Path, *, overwrite: bool = False, figures_only: bool = False
    ) -> tuple[Path, ...]:
        """One file a month, in order, written and read back.

        A file that is not the newest any more is made anew: the level above takes no file older than one it has.
        Raises as ``Sending.prepare`` and ``Sending.write``.
        """
        sending = self._office.sending
        written = []
        for month in months:
            file = sending.prepare(month, anew=True, figures_only=figures_only)
            written.append(sending.write(file.id, folder, overwrite=overwrite))
        return tuple(written)
