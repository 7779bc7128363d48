"""Down from a total: to a unit, to its branches (or a province's communes), to the file that its figures came in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sochihoi.domain.indicators import Figure, UnitType
from sochihoi.domain.indicators.definition import YearToDate
from sochihoi.domain.vietnamese import text_key
from sochihoi.services.received_figures import added, of_measure
from sochihoi.services.received_months import Months, needed

if TYPE_CHECKING:
    from sochihoi.domain.periods import Period
    from sochihoi.services.office import Office
    from sochihoi.storage.consolidated import FileLine


@dataclass(frozen=True, slots=True)
class Part:
    """One branch of a unit below, or one commune of a province, with what it adds to a figure."""

    id: str
    name: str
    now: Figure
    year_to_date: Figure


@dataclass(frozen=True, slots=True)
class Behind:
    """A unit's part of a total: the file that it came in, the edition, and its own parts."""

    unit_code: str
    file: FileLine | None
    edition: int
    parts: tuple[Part, ...]


def behind(office: Office, code: str, period: Period, unit_code: str) -> Behind:
    """What stands behind one unit's figure of a period; no parts where its file told none."""
    from sochihoi.storage import consolidated

    totals = office.receiving.totals
    indicator = totals.definitions(period).by_code.get(code)
    kind = UnitType.COUNT if indicator is None else indicator.unit
    need = needed(period, totals.last_day())
    at_end = indicator is not None and indicator.year_to_date is YearToDate.AT_END
    found: dict[str, list[Figure]] = {}
    since: dict[str, Figure] = {}
    names: dict[str, str] = {}
    with office.read() as work:
        came = Months(work)
        mine = came.of_unit(unit_code, need) or (need.last,)
        stands = came.standing(mine[-1]).get(unit_code)
        files = consolidated.files_behind(work, [] if stands is None else [stands.file_id])
        for month in mine[-1:] if at_end else mine:
            told = came.standing(month).get(unit_code)
            for one in () if told is None else consolidated.branch_figures(work, told.told_by, month.code, code):
                names[one.branch] = one.name
                to_date = need.to_date and not at_end
                found.setdefault(one.branch, []).append(of_measure(code, one.measure, kind, to_date=to_date))
                since[one.branch] = of_measure(code, one.measure, kind, to_date=True)
    parts = [Part(key, names[key], added(several, code, kind), since[key]) for key, several in found.items()]
    parts.sort(key=lambda part: (text_key(part.name), part.id))
    if stands is None:
        return Behind(unit_code, None, 0, ())
    return Behind(unit_code, files.get(stands.file_id), stands.edition, tuple(parts))
