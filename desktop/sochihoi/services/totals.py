"""The figures of all units together. Numerators and denominators are added, percents never."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sochihoi.domain.errors import NotFound
from sochihoi.domain.exchange import Direction, Measure, Received, ReceivedMeasure, TrustedKey
from sochihoi.domain.indicators import Figure, IndicatorSet, Row, UnitType
from sochihoi.domain.indicators.definition import Indicator, YearToDate
from sochihoi.domain.periods import Period

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work


@dataclass(frozen=True, slots=True)
class Totals:
    """A period over all units. ``rows`` as in the list of figures; ``others``: codes that are not defined here.

    ``sent``: units whose figures are here; ``missing``: known ones whose figures are not.
    """

    period: Period
    definitions: IndicatorSet
    rows: tuple[Row, ...]
    others: Mapping[str, tuple[Figure, Figure, Figure]]
    counts: Mapping[str, int]
    sent: tuple[TrustedKey, ...]
    missing: tuple[TrustedKey, ...]

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

    def definitions(self, period: Period) -> IndicatorSet:
        """The indicators of a period, with the default criteria set of its year."""
        return self._office.definitions.indicators_for(period)

    def of(self, period: Period) -> Totals:
        """The totals of a month; a longer period counts the units whose months are all here."""
        definitions = self.definitions(period)
        with self._office.read() as work:
            now = _collect(work, period, definitions)
            before = _collect(work, period.previous(), definitions)
            so_far = _to_date(work, period, definitions)
            keys = {one.unit_code: one for one in work.sync.trusted(Direction.SENDER)}
            here = _units_of(work, period)
        units = {code: one.unit for code, one in definitions.by_code.items()}

        columns = [_by_code(found) for found in (now, before, so_far)]

        def added(code: str) -> tuple[Figure, Figure, Figure]:
            this, last, since = (_sum(column.get(code, ()), code, units.get(code)) for column in columns)
            return this, last, since

        rows = tuple(Row(one, None, *added(one.code)) for one in definitions.indicators)
        others = {code: added(code) for code in sorted(columns[0].keys() - definitions.by_code.keys())}
        counts = {code: len(figures) for code, figures in columns[0].items()}
        sent = tuple(one for code, one in keys.items() if code in here)
        missing = tuple(one for code, one in keys.items() if code not in here)
        return Totals(period, definitions, rows, others, counts, sent, missing)

    def split(self, code: str, period: Period) -> tuple[Share, ...]:
        """One indicator by unit, with the file that each number came in, by unit code.

        Raises ``NotFound`` for a code that no file holds.
        """
        definitions = self.definitions(period)
        indicator = definitions.by_code.get(code)
        kind = UnitType.COUNT if indicator is None else indicator.unit
        with self._office.read() as work:
            now = _collect(work, period, definitions, code)
            before = _collect(work, period.previous(), definitions, code)
            so_far = _to_date(work, period, definitions, code)
            files = work.sync.partitions(_last(period))
            names = {one.unit_code: one.unit_name for one in work.sync.trusted(Direction.SENDER, revoked=True)}
            unknown = Figure(code, None, kind, None)
            shares = tuple(
                Share(
                    unit_code=unit,
                    unit_name=names.get(unit, unit),
                    now=figure,
                    previous=before.get((unit, code), unknown),
                    year_to_date=so_far.get((unit, code), unknown),
                    edition=files[unit][0],
                    file=work.sync.received_one(files[unit][1]),
                )
                for (unit, _code), figure in sorted(now.items())
            )
        if not shares and indicator is None:
            raise NotFound("indicator", code)
        return shares

    def as_json(self, period: Period) -> dict[str, Any]:
        """The shape of the command ``figures``, with how many units are in it."""
        from sochihoi.services.figures import json_row

        totals = self.of(period)
        rows = [
            json_row(r.indicator.code, r.indicator.label.vi, (r.now, r.previous, r.year_to_date)) for r in totals.rows
        ]
        rows += [json_row(code, code, figures) for code, figures in totals.others.items()]
        return {
            "period": period.code,
            "units_sent": len(totals.sent),
            "units_known": totals.known,
            "missing": [one.unit_code for one in totals.missing],
            "figures": rows,
        }


_Found = dict[tuple[str, str], Figure]


def _collect(work: Work, period: Period, definitions: IndicatorSet, code: str = "") -> _Found:
    """(unit, code) to figure. Of a longer period only units that have all its months, only codes that are defined."""
    months = [month.code for month in period.months()]
    found = work.sync.measures(months, code=code)
    if len(months) == 1:
        return {(one.unit_code, one.code): _figure(one, definitions) for one in found}
    whole = _units_of(work, period)
    parts: dict[tuple[str, str], list[ReceivedMeasure]] = {}
    for one in found:
        if one.unit_code in whole and one.code in definitions.by_code:
            parts.setdefault((one.unit_code, one.code), []).append(one)
    return {
        key: figure
        for key, several in parts.items()
        if (figure := _over(definitions.by_code[key[1]], several, definitions, months[-1])) is not None
    }


def _by_code(found: _Found) -> dict[str, list[Figure]]:
    columns: dict[str, list[Figure]] = {}
    for (_unit, code), figure in found.items():
        columns.setdefault(code, []).append(figure)
    return columns


def _over(
    indicator: Indicator, months: Sequence[ReceivedMeasure], definitions: IndicatorSet, last: str
) -> Figure | None:
    """A state is that of the last month; what happened within the months adds up."""
    counted = months
    if indicator.year_to_date is YearToDate.AT_END:
        counted = [one for one in months if one.period == last]
    return _sum((_figure(one, definitions) for one in counted), indicator.code, indicator.unit) if counted else None


def _to_date(work: Work, period: Period, definitions: IndicatorSet, code: str = "") -> _Found:
    found = work.sync.measures([_last(period)], code=code)
    return {
        (one.unit_code, one.code): _figure(one, definitions, to_date=True)
        for one in found
        if one.measure.to_date is not None
    }


def _last(period: Period) -> str:
    return period.months()[-1].code


def _units_of(work: Work, period: Period) -> set[str]:
    """Units that have every month of the period here."""
    return set.intersection(*(set(work.sync.partitions(month.code)) for month in period.months()))


def _figure(one: ReceivedMeasure, definitions: IndicatorSet, *, to_date: bool = False) -> Figure:
    indicator = definitions.by_code.get(one.code)
    kind = UnitType.COUNT if indicator is None else indicator.unit
    above, below = _pair(one.measure, to_date=to_date)
    if below is None:
        return Figure(one.code, None, kind, above)
    return Figure(one.code, None, kind, None, above, below)


def _pair(measure: Measure, *, to_date: bool) -> tuple[int | None, int | None]:
    if to_date:
        return measure.to_date, measure.to_date_denominator
    return measure.numerator, measure.denominator


def _sum(figures: Iterable[Figure], code: str, kind: UnitType | None) -> Figure:
    total = Figure(code, None, kind or UnitType.COUNT, None)
    for one in figures:
        total = total.plus(one)
    return total
