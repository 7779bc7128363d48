"""The board of a level above: who has sent a period, who has not, and what is wrong with what came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any

from sochihoi.domain.exchange import NotAReceiver, TrustedKey
from sochihoi.domain.keys import KeyState
from sochihoi.domain.periods import Period, PeriodKind, month_range
from sochihoi.domain.vietnamese import text_key
from sochihoi.services.form_parts import SpanKind
from sochihoi.services.owing import owing
from sochihoi.services.received_months import Months, Needed, Standing, needed
from sochihoi.services.received_tickets import movements
from sochihoi.services.report_forms import form_on

if TYPE_CHECKING:
    from sochihoi.domain.movements import Movement
    from sochihoi.services.office import Office
    from sochihoi.storage.consolidated import FileLine

DUE = "above.due_days"
"""The setting: from which month on reports are due how many days after its last day, ``{"2026-10": 5}``."""
MOST_DAYS = 31
_HARMLESS = ("STALE",)  # an older file once more: what counts is newer
_FORM = {
    PeriodKind.MONTH: SpanKind.MONTH,
    PeriodKind.QUARTER: SpanKind.QUARTER,
    PeriodKind.HALF: SpanKind.HALF,
    PeriodKind.YEAR: SpanKind.YEAR,
}


class State(Enum):
    """Where a unit stands, the most urgent first."""

    LATE = 1
    REFUSED = 2  # a file came and was refused, none that counts
    HELD = 3  # a file came and waits for a person
    WAITING = 4  # not sent, not due yet
    SENT = 5


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One unit and a period.

    ``days``: after the due day when the period's file came, or until today while it has not; negative: before it.
    ``file``: the one that the period's figures stand on; ``newest``: the newest that counts, ``age`` days ago;
    ``trouble``: a refused or held one that came after it. ``numbers``: files that never came, of the sender's present
    count; ``periods``: months that are not here although earlier ones are.
    """

    unit_code: str
    unit_name: str
    level: str
    state: State
    due: date
    days: int
    edition: int
    file: FileLine | None
    newest: FileLine | None
    age: int | None
    trouble: FileLine | None
    numbers: tuple[int, ...]
    periods: tuple[Period, ...]
    warnings: tuple[str, ...]
    no_key: bool = False  # its key was revoked, and it has no new one yet

    @property
    def sent(self) -> bool:
        """Whether the period's figures are here."""
        return self.state is State.SENT

    @property
    def has_gap(self) -> bool:
        """Whether files or months are missing before this period."""
        return bool(self.numbers or self.periods)

    @property
    def in_order(self) -> bool:
        """Whether there is nothing to remind of."""
        return self.sent and not self.has_gap and self.trouble is None


@dataclass(frozen=True, slots=True)
class BoardSheet:
    """All units in a period, the late ones first. ``movements``: tickets of members on their way between them that wait
    for something today, the oldest first."""

    period: Period
    due: date
    today: date
    rows: tuple[BoardRow, ...]
    movements: tuple[Movement, ...] = ()

    @property
    def late_movements(self) -> tuple[Movement, ...]:
        """Those of more than 60 days, and those whose two ends say otherwise."""
        return tuple(one for one in self.movements if one.is_late(self.today))

    def name_of(self, unit_code: str) -> str:
        """What a unit is called; its code where it is not known."""
        return next((row.unit_name for row in self.rows if row.unit_code == unit_code), unit_code)

    def count(self, state: State) -> int:
        """How many stand there."""
        return sum(row.state is state for row in self.rows)


class Board:
    """Who has sent. Nothing here is for a commune."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def due_days(self, period: Period) -> int:
        """How many days after its last day a period is due: as set for its time, else as the report's form says."""
        if period.kind is PeriodKind.MONTH:
            kept = self._kept()
            since = max((month for month in kept if month <= period.code), default="")
            if since:
                return kept[since]
        return form_on(self._office.definitions.forms, _FORM[period.kind].value, period.end).due_days

    def collected(self) -> Period:
        """The month whose files are expected now: the one before, until its due day and as long as a unit has not sent
        it; afterwards the running one.
        """
        from sochihoi.storage import ledger

        running = Period.month_of(self._office.today)
        before = running.shifted(-1)
        if self._office.today <= before.end + timedelta(days=self.due_days(before)):
            return before
        with self._office.read() as work:
            sent, owed = (
                ledger.units_since(work, before.code),
                len(owing(work, Months(work), Needed((before,), to_date=False))),
            )
        return before if sent < owed else running

    def set_due_days(self, days: int, since: Period) -> None:
        """From this month on; what was due before stays. ``days`` 0 to ``MOST_DAYS``. Raises ``NotAllowed``."""
        kept = {**self._kept(), since.months()[0].code: min(max(days, 0), MOST_DAYS)}
        with self._office.write("above.due") as work:
            work.settings.set(DUE, kept)

    def _kept(self) -> dict[str, int]:
        with self._office.read() as work:
            found = work.settings.get(DUE)
        return dict(found) if isinstance(found, dict) else {}

    def of(self, period: Period) -> BoardSheet:
        """Every unit that owes the period. Raises ``NotAReceiver``, ``FuturePeriod``."""
        from sochihoi.storage import consolidated

        if not self._office.is_receiver:
            raise NotAReceiver
        totals = self._office.receiving.totals
        totals.check_begun(period)
        day = totals.last_day()
        due = period.end + timedelta(days=self.due_days(period))
        with self._office.read() as work:
            came, need = Months(work), needed(period, day)
            keys = owing(work, came, need)
            files, months = consolidated.files(work), came.every()
            open_ = tuple(one for one in movements(work) if one.hitch() is not None)
            numbers: dict[str, set[int]] = {}
            for line in (one for several in files.values() for one in several if one.counts and one.epoch):
                numbers.setdefault(line.epoch or "", set()).add(line.seq)
            owed = {code: tuple(month.code for month in came.of_unit(code, need)) for code in keys}
        rows = [
            _row(_Seen(period, owed[code], due, day, numbers), key, files, months.get(code, {}))
            for code, key in keys.items()
        ]
        rows.sort(key=lambda row: (row.state.value, -row.days, text_key(row.unit_name), row.unit_code))
        return BoardSheet(period, due, day, tuple(rows), open_)


@dataclass(frozen=True, slots=True)
class _Seen:
    period: Period
    months: tuple[str, ...]
    due: date
    today: date
    numbers: Mapping[str, set[int]]  # of the files that count, by epoch: a book under another code numbers them on


def _row(
    seen: _Seen, key: TrustedKey, every: Mapping[str, Sequence[FileLine]], months: Mapping[str, Standing]
) -> BoardRow:
    files = every.get(key.unit_code, ())
    counting = [one for one in files if one.counts]
    newest = counting[-1] if counting else None
    here = all(month in months for month in seen.months)
    stands = months[seen.months[-1]] if here else None
    file = None if stands is None else next((one for one in every[stands.told_by] if one.id == stands.file_id), None)
    last = files[-1] if files else None
    trouble = last if last is not None and _troubles(last, known=newest is not None) else None
    came = file.received_on if file is not None and file.received_on is not None else seen.today
    days = (came - seen.due).days
    return BoardRow(
        unit_code=key.unit_code,
        unit_name=key.unit_name,
        level=key.level,
        state=State.SENT if here else _waiting(trouble, days),
        due=seen.due,
        days=days,
        edition=0 if stands is None else stands.edition,
        file=file,
        newest=newest,
        age=None if newest is None or newest.received_on is None else (seen.today - newest.received_on).days,
        trouble=trouble,
        numbers=_missing_numbers(counting, seen.numbers),
        periods=_missing_periods(seen, months),
        warnings=file.warnings if file is not None else (),
        no_key=key.state is KeyState.REVOKED,
    )


def _troubles(last: FileLine, *, known: bool) -> bool:
    return not last.counts and last.undone_on is None and not (known and last.code in _HARMLESS)


def _waiting(trouble: FileLine | None, days: int) -> State:
    if days > 0:
        return State.LATE
    if trouble is None:
        return State.WAITING
    return State.REFUSED if trouble.verdict == "REFUSED" else State.HELD


def _missing_numbers(counting: Sequence[FileLine], numbers: Mapping[str, set[int]]) -> tuple[int, ...]:
    """Numbers that never came, of the epoch of the newest file: each file is whole, so nothing is lost with them."""
    have = numbers.get(counting[-1].epoch or "", set()) if counting else set()
    if not have:
        return ()
    return tuple(number for number in range(1, max(have)) if number not in have)


def _missing_periods(seen: _Seen, months: Mapping[str, Any]) -> tuple[Period, ...]:
    first = min(months, default="")
    last = Period.parse(seen.months[0])
    if not first or first >= last.code:
        return ()
    return tuple(one for one in month_range(Period.parse(first), last.previous()) if one.code not in months)


def as_json(sheet: BoardSheet) -> dict[str, Any]:
    """For a program: codes and days."""
    return {
        "period": sheet.period.code,
        "due": sheet.due.isoformat(),
        "today": sheet.today.isoformat(),
        "units": [_row_json(row) for row in sheet.rows],
        "tickets": [_movement_json(one, sheet.today) for one in sheet.movements],
    }


def _movement_json(one: Movement, today: date) -> dict[str, Any]:
    hitch = one.hitch()
    return {
        "ticket": one.ticket,
        "from": one.from_unit,
        "to": one.to_unit,
        "issued": one.issued.isoformat(),
        "accepted": None if one.accepted is None else one.accepted.isoformat(),
        "days": (today - one.issued).days,
        "late": one.is_late(today),
        "waits": None if hitch is None else hitch.name,
    }


def _row_json(row: BoardRow) -> dict[str, Any]:
    return {
        "unit": row.unit_code,
        "name": row.unit_name,
        "level": row.level,
        "state": row.state.name,
        "days_after_due": row.days,
        "edition": row.edition or None,
        "file": _file_json(row.file),
        "newest_file": _file_json(row.newest),
        "age_days": row.age,
        "trouble": _file_json(row.trouble),
        "missing_numbers": list(row.numbers),
        "missing_periods": [one.code for one in row.periods],
        "warnings": list(row.warnings),
        "no_key": row.no_key,
    }


def _file_json(file: FileLine | None) -> dict[str, Any] | None:
    if file is None:
        return None
    return {
        "file": file.file_name,
        "seq": file.seq,
        "period": file.period,
        "sha256": file.sha256,
        "verdict": file.verdict,
        "code": file.code or None,
        "received": None if file.received_on is None else file.received_on.isoformat(),
    }
