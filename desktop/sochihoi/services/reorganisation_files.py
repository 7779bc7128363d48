"""A reorganisation written down as a file: what the wizard asks, with names and codes instead of ids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sochihoi.domain.errors import UserError
from sochihoi.domain.reorganisation import By, Goes, Kind, Plan
from sochihoi.domain.units import Level
from sochihoi.domain.vietnamese import fold, match_key
from sochihoi.services.definition_tables import BadDefinition, Table, read
from sochihoi.services.import_places import branch_key, cell_key

if TYPE_CHECKING:
    from sochihoi.services.office import Office

_WAYS = {"members": By.MEMBER, "cells": By.CELL, "hamlets": By.HAMLET, "households": By.HOUSEHOLD}


@dataclass(eq=False)
class BadPlanFile(UserError):
    """A plan cannot be read. ``place`` is the key, with the name that is meant; ``problem`` as in ``BadDefinition``:
    ``unknown`` is a key that no plan has, a branch or cell that is not there on the day, or a code that nobody has."""

    file: str
    place: str
    problem: str


def read_plan(office: Office, path: Path) -> Plan:
    """The plan of a TOML file; the keys are told in ``desktop/docs/commands.md``. Raises ``BadPlanFile``."""
    try:
        return _Reading(office, read(path)).plan()
    except BadDefinition as problem:
        raise BadPlanFile(problem.file, problem.place, problem.problem) from problem


class _Reading:
    def __init__(self, office: Office, table: Table) -> None:
        self._office, self._table = office, table
        self._kind = table.choice("kind", Kind)
        if self._kind is Kind.PART:
            raise table.bad("kind", "value")
        self._on = table.day("on")
        with office.read() as work:
            units = work.units.all()
        here = [one for one in units if one.valid_on(self._on)]
        self._branches = {branch_key(one.name): one.id for one in here if one.level is Level.BRANCH}
        self._cells = {(one.parent_id, cell_key(one.name)): one.id for one in here if one.level is Level.CELL}

    def plan(self) -> Plan:
        table, kind = self._table, self._kind
        branches = tuple(self._branch("branches", name) for name in table.texts("branches"))
        of_cell = kind is Kind.MOVE_CELL or table.has("cell")
        if (of_cell or kind in (Kind.SPLIT, Kind.RENAME)) and len(branches) != 1:
            raise table.bad("branches", "value")
        sources = (self._cell(table, "cell", table.text("cell"), branches[0]),) if of_cell else branches
        names = () if kind is Kind.MOVE_CELL else table.texts("names")
        target = self._branch("to", table.text("to")) if kind is Kind.MOVE_CELL else None
        goes: tuple[Goes, ...] = ()
        rest = None
        if kind is Kind.SPLIT:
            parts = {match_key(name): at for at, name in enumerate(names)}
            goes = tuple(self._goes(branches[0], parts)) if table.has("goes") else ()
            rest = _part(table, "rest", parts) if table.has("rest") else None
        decision = table.text("decision", may_be_empty=True) if table.has("decision") else ""
        table.close()
        return Plan(kind, self._on, sources, names, target, goes, rest, decision)

    def _goes(self, branch: str, parts: dict[str, int]) -> Iterator[Goes]:
        for row in self._table.tables("goes"):
            part = _part(row, "to", parts)
            for key, way in _WAYS.items():
                for name in row.texts(key) if row.has(key) else ():
                    yield Goes(way, self._key(row, key, name, branch), part)
            row.close()

    def _key(self, row: Table, key: str, name: str, branch: str) -> str:
        if key == "cells":
            return self._cell(row, key, name, branch)
        if key == "hamlets":
            return fold(name)
        found = self._office.people.by_code(name) if key == "members" else self._office.households.by_code(name)
        if found is None:
            raise row.bad(f"{key}: {name}", "unknown")
        return found.id

    def _branch(self, key: str, name: str) -> str:
        found = self._branches.get(branch_key(name))
        if found is None:
            raise self._table.bad(f"{key}: {name}", "unknown")
        return found

    def _cell(self, table: Table, key: str, name: str, branch: str) -> str:
        found = self._cells.get((branch, cell_key(name)))
        if found is None:
            raise table.bad(f"{key}: {name}", "unknown")
        return found


def _part(table: Table, key: str, parts: dict[str, int]) -> int:
    name = table.text(key)
    if match_key(name) not in parts:
        raise table.bad(f"{key}: {name}", "unknown")
    return parts[match_key(name)]
