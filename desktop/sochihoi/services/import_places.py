"""Branches and cells that a list names, by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from sochihoi.domain.units import Level, Unit, forward
from sochihoi.domain.vietnamese import match_key
from sochihoi.i18n import pgettext

if TYPE_CHECKING:
    from sochihoi.intake.draft import MemberRow
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work


class Places:
    """Branches and cells by name, and making those that are missing."""

    def __init__(self, office: Office, work: Work) -> None:
        self._office = office
        self._work = work
        self._units = units = work.units.all()
        known = _named(units, office.today)
        self._branches: dict[str, str] = {}
        self._cells: dict[tuple[str, str], str] = {}
        for one in known:
            if one.level is Level.BRANCH:
                self._branches.setdefault(branch_key(one.name), one.id)
            elif one.level is Level.CELL:
                self._cells.setdefault((one.parent_id or "", cell_key(one.name)), one.id)

    def missing(self, rows: Iterable[MemberRow]) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
        """Names that the rows coming in have and the commune lacks, in the order of the list."""
        branches: dict[str, str] = {}
        cells: dict[tuple[str, str], tuple[str, str]] = {}
        for row in rows:
            branch = row.branch or unnamed_branch()
            branch_id = self._branches.get(branch_key(branch))
            if branch_id is None:
                branches.setdefault(branch_key(branch), branch)
            if row.cell and (branch_id or "", cell_key(row.cell)) not in self._cells:
                key = (branch_key(branch), cell_key(row.cell))
                cells.setdefault(key, (branches.get(branch_key(branch), branch), row.cell))
        return tuple(branches.values()), tuple(cells.values())

    def make(self, branches: Iterable[str], cells: Iterable[tuple[str, str]]) -> None:
        """Make them; they have been there since before this book (no first day)."""
        root = self._office.commune.unit_id
        new = [Unit(self._office.new_id(), Level.BRANCH, name, parent_id=root) for name in branches]
        self._branches |= {branch_key(u.name): u.id for u in new}
        for branch, cell in cells:
            named = self._branches[branch_key(branch)]
            now = forward(self._units, named, self._office.today)
            made = Unit(self._office.new_id(), Level.CELL, cell, parent_id=now[0].id if now else named)
            self._cells[named, cell_key(cell)] = made.id
            new.append(made)
        if new:
            self._work.units.add(*new)

    def of(self, row: MemberRow) -> tuple[str, str | None]:
        """The ids of a row's branch and cell."""
        branch = self._branches[branch_key(row.branch or unnamed_branch())]
        return branch, self._cells[branch, cell_key(row.cell)] if row.cell else None


def _named(units: Sequence[Unit], on: date) -> list[Unit]:
    """The units of a day, and those that are no more: an old list names them, and what it enters goes where they went,
    unless they parted."""
    known = [u for u in units if u.valid_on(on)]
    return known + [u for u in units if u not in known and len(forward(units, u.id, on)) == 1]


def branches_by_key(units: Sequence[Unit], on: date) -> dict[str, str]:
    """The branches of a day by every name that stands for them (``branch_key``), to their ids."""
    found: dict[str, str] = {}
    for one in _named(units, on):
        if one.level is Level.BRANCH:
            found.setdefault(branch_key(one.name), forward(units, one.id, on)[0].id)
    return found


def unnamed_branch() -> str:
    """The name of the branch where rows are put that name none, until an officer transfers them."""
    return pgettext("name of a branch", "Branch not stated")


def branch_key(name: str) -> str:
    """Equal for two spellings of a branch: ``Chi hội Ấp Hoà`` and ``Ấp Hòa``."""
    from sochihoi.intake import values

    return values.branch_key(name)


def cell_key(name: str) -> str:
    """The same of a cell: ``Tổ 01`` and ``tổ 1``."""
    from sochihoi.intake.values import cell_name

    return match_key(cell_name(name))
