"""The figures of all units together. Numerators and denominators are added, percents never."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from sochihoi.domain.errors import NotFound
from sochihoi.domain.exchange import Direction, Received, TrustedKey
from sochihoi.domain.indicators import Figure, IndicatorSet, Row, UnitType
from sochihoi.domain.periods import FuturePeriod, Period
from sochihoi.domain.wording import Words
from sochihoi.i18n import language
from sochihoi.services.owing import owing
from sochihoi.services.received_figures import Found
from sochihoi.services.received_figures import Received as CameUp
from sochihoi.services.received_figures import added as summed
from sochihoi.services.received_months import needed
from sochihoi.services.received_tickets import MEMBERS, Overlaps
from sochihoi.services.target_totals import ReceivedSide, TargetTotal
from sochihoi.services.target_totals import as_json as targets_json

if TYPE_CHECKING:
    from sochihoi.services.office import Office


@dataclass(frozen=True, slots=True)
class Totals:
    """A period over all units. ``rows`` as in the list of figures; ``others``: codes that are not defined here.

    ``sent``: units whose figures are here; ``missing``: known ones whose figures are not, each with the months that
    never came in ``missing_months``. ``before``: codes of the units of ``sent`` whose figures of the period before are
    here too; only their sum stands as the figure before. ``targets``: where the units' targets stand at the end.
    ``twice``: women on their way whom two units count at the end; the number of members has each of them once.
    """

    period: Period
    definitions: IndicatorSet
    rows: tuple[Row, ...]
    others: Mapping[str, tuple[Figure, Figure, Figure]]
    counts: Mapping[str, int]
    sent: tuple[TrustedKey, ...]
    missing: tuple[TrustedKey, ...]
    missing_months: Mapping[str, tuple[Period, ...]] = field(default_factory=dict)
    before: frozenset[str] = frozenset()
    targets: tuple[TargetTotal, ...] = ()
    twice: int = 0

    @property
    def without_before(self) -> tuple[TrustedKey, ...]:
        """Units that are in the figures, but not in those of the period before."""
        return tuple(one for one in self.sent if one.unit_code not in self.before)

    @property
    def known(self) -> int:
        """How many units are known."""
        return len(self.sent) + len(self.missing)


@dataclass(frozen=True, slots=True)
class Share:
    """What one unit adds to a total, and the file that it came with."""

    unit_code: str
    unit_name: str
    now: Figure
    previous: Figure
    year_to_date: Figure
    edition: int
    file: Received


class AllTotals:
    """Totals of a period, and where each comes from."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def last_day(self) -> date:
        """Today; at a demonstration the end of the newest month that came in, because no clock has a say there."""
        if not self._office.demo:
            return self._office.today
        with self._office.read() as work:
            newest = work.sync.newest_period()
        return max(self._office.today, Period.parse(newest).end) if newest else self._office.today

    def check_begun(self, period: Period) -> None:
        """Raises ``FuturePeriod``."""
        today = self.last_day()
        if period.is_future(today):
            raise FuturePeriod(period.code, today)

    def definitions(self, period: Period) -> IndicatorSet:
        """The indicators of a period, with the default criteria set of its year."""
        return self._office.definitions.indicators_for(period)

    def of(self, period: Period) -> Totals:
        """The totals of a month; a longer period counts the units whose months are all here (``received_months``)."""
        definitions, day = self.definitions(period), self.last_day()
        need, need_before = needed(period, day), needed(period.previous(), day)
        with self._office.read() as work:
            came = CameUp(work, definitions, day)
            now, before, since_january = came.over(period), came.over(period.previous()), came.so_far(period)
            keys = owing(work, came.months, need)
            overlaps, last = Overlaps(work), need.last
            off = [
                overlaps.taken_off(found, month)
                for found, month in ((now, last), (before, need_before.last), (since_january, last))
            ]
            twice = overlaps.count(now, last)
            here, earlier = came.months.whole(need), came.months.whole(need_before)
            lacking = {code: came.months.lacking(code, need) for code in keys if code not in here}
        units = {code: one.unit for code, one in definitions.by_code.items()}

        columns = [_by_code(found) for found in (now, before, since_january)]
        counts = {code: len(figures) for code, figures in columns[0].items()}
        for column, less in zip(columns, off, strict=True):
            column.setdefault(MEMBERS, []).extend(less)

        def added(code: str) -> tuple[Figure, Figure, Figure]:
            this, last, since = (summed(column.get(code, ()), code, units.get(code)) for column in columns)
            return this, last, since

        rows = tuple(Row(one, None, *added(one.code)) for one in definitions.indicators)
        others = {code: added(code) for code in sorted(counts.keys() - definitions.by_code.keys())}
        sent = tuple(one for code, one in keys.items() if code in here)
        missing = tuple(one for code, one in keys.items() if code not in here)
        targets = ReceivedSide(self._office).totals(need.months[-1])
        return Totals(
            period,
            definitions,
            rows,
            others,
            counts,
            sent,
            missing,
            lacking,
            frozenset(earlier.keys() & here.keys()),
            targets,
            twice,
        )

    def split(self, code: str, period: Period) -> tuple[Share, ...]:
        """One indicator by unit, with the file that each number came in, by unit code; also the units that are no more
        and count from January only.

        Raises ``NotFound`` for a code that no file holds.
        """
        definitions, day = self.definitions(period), self.last_day()
        indicator = definitions.by_code.get(code)
        kind = UnitType.COUNT if indicator is None else indicator.unit
        with self._office.read() as work:
            came = CameUp(work, definitions, day, code)
            now, before, since_january = came.over(period), came.over(period.previous()), came.so_far(period)
            need = needed(period, day)
            files = {unit: came.months.newest(unit, need) for unit, _code in {**since_january, **now}}
            names = {one.unit_code: one.unit_name for one in work.sync.trusted(Direction.SENDER, revoked=True)}
            unknown = Figure(code, None, kind, None)
            shares = tuple(
                Share(
                    unit_code=unit,
                    unit_name=names.get(unit, unit),
                    now=now.get((unit, code), unknown),
                    previous=before.get((unit, code), unknown),
                    year_to_date=since_january.get((unit, code), unknown),
                    edition=stands.edition,
                    file=work.sync.received_one(stands.file_id),
                )
                for unit, stands in sorted(files.items())
            )
        if not shares and indicator is None:
            raise NotFound("indicator", code)
        return shares

    def as_json(self, period: Period, totals: Totals | None = None) -> dict[str, Any]:
        """The shape of the command ``figures``, with how many units are in it, which are not, and why a figure of the
        period before or from January is ``null``: ``previous.missing`` names units in the figures that are not in
        those before, ``missing_months`` what never came."""
        from sochihoi.services.figures import json_row

        told = totals or self.of(period)
        rows = [
            json_row(r.indicator.code, in_language(r.indicator.label), (r.now, r.previous, r.year_to_date))
            for r in told.rows
        ]
        rows += [json_row(code, code, figures) for code, figures in told.others.items()]
        return {
            "period": period.code,
            "units_sent": len(told.sent),
            "units_known": told.known,
            "counted_once_of_two": told.twice,
            "missing": [one.unit_code for one in told.missing],
            "missing_months": {code: [m.code for m in months] for code, months in told.missing_months.items()},
            "previous": {
                "period": period.previous().code,
                "units": len(told.before),
                "missing": [one.unit_code for one in told.without_before],
            },
            "figures": rows,
            "targets": targets_json(told.targets),
        }


def in_language(words: Words) -> str:
    """The text of a definition in the language in use."""
    return words.vi if language() == "vi" else words.en


def _by_code(found: Found) -> dict[str, list[Figure]]:
    columns: dict[str, list[Figure]] = {}
    for (_unit, code), figure in found.items():
        columns.setdefault(code, []).append(figure)
    return columns
