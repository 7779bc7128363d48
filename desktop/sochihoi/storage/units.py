"""The dated tree of units."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, or_, select

from sochihoi.domain.late_records import as_it_was
from sochihoi.domain.units import Level, Unit, forward
from sochihoi.domain.vietnamese import text_key
from sochihoi.storage.mapping import from_row, from_rows, to_row
from sochihoi.storage.schema import membership, placement, unit
from sochihoi.storage.work import Work


class Units:
    """Units, with their days of validity."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def add(self, *new: Unit) -> None:
        """New units."""
        self._work.insert(unit, [_row(u) for u in new])

    def save(self, changed: Unit) -> None:
        """A changed unit."""
        self._work.update(unit, {changed.id: {k: v for k, v in _row(changed).items() if k != "id"}})

    def get(self, unit_id: str) -> Unit:
        """Raises ``NotFound``."""
        return from_row(Unit, self._work.get(unit, unit_id))

    def all(self) -> tuple[Unit, ...]:
        """Every unit of every time, by level and name."""
        query = select(unit).where(unit.c.deleted_on.is_(None)).order_by(unit.c.sort_key)
        return from_rows(Unit, self._work.rows(query))

    def of_level(self, level: Level, on: date | None = None, parent_id: str | None = None) -> tuple[Unit, ...]:
        """Units of a level, valid on a day when one is given, in Vietnamese order (``Tổ 2`` before ``Tổ 10``)."""
        query = select(unit).where(unit.c.level == level.name, unit.c.deleted_on.is_(None))
        if on is not None:
            query = query.where(
                or_(unit.c.valid_from.is_(None), unit.c.valid_from <= on),
                or_(unit.c.valid_to.is_(None), unit.c.valid_to > on),
            )
        if parent_id is not None:
            query = query.where(unit.c.parent_id == parent_id)
        return from_rows(Unit, self._work.rows(query.order_by(unit.c.sort_key, unit.c.id)))

    def as_they_were(self, unit_ids: Iterable[str], day: date) -> list[str]:
        """The units that stood for these on a day, each once. Raises ``SeveralThen``, ``NotThatDay``."""
        every = self.all()
        return list(dict.fromkeys(as_it_was(every, one, day).id for one in unit_ids))

    def standing(self, unit_ids: Iterable[str], day: date) -> tuple[str, ...]:
        """All that stood for these units on a day, each once; who has nobody standing for it stays itself."""
        every = self.all()
        return tuple(dict.fromkeys(i for one in unit_ids for i in [u.id for u in forward(every, one, day)] or [one]))

    def gone(self, day: date) -> tuple[str, ...]:
        """Branches that are another commune's on a day: their households are on no list of this book."""
        query = select(unit.c.predecessor_ids).where(
            unit.c.level == Level.COMMUNE.name, unit.c.valid_from <= day, unit.c.deleted_on.is_(None)
        )
        before = [one for row in self._work.rows(query) for one in row["predecessor_ids"]]
        branches = select(unit.c.id).where(unit.c.id.in_(before), unit.c.level == Level.BRANCH.name)
        return tuple(self._work.connection.execute(branches).scalars()) if before else ()

    def members_after(self, unit_id: str, on: date) -> int:
        """How many members are placed in a branch or cell on that day or later."""
        query = (
            select(func.count())
            .select_from(placement.join(membership, membership.c.id == placement.c.membership_id))
            .where(
                or_(placement.c.branch_id == unit_id, placement.c.cell_id == unit_id),
                or_(placement.c.to_on.is_(None), placement.c.to_on > on),
                or_(membership.c.left_on.is_(None), membership.c.left_on > on),
                placement.c.deleted_on.is_(None),
                membership.c.deleted_on.is_(None),
            )
        )
        return int(self._work.value(query) or 0)


def _row(record: Unit) -> dict[str, object]:
    return {**to_row(record), "sort_key": text_key(record.name)}
