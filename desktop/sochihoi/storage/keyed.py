"""Records by what people call them: a code, a name, a day, the name of a file; else by id."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from sqlalchemy import Date, Integer, select

from sochihoi.domain.errors import NotFound
from sochihoi.storage.belonging import MONTH, parts_of
from sochihoi.storage.schema import METADATA, branch_score, unit
from sochihoi.storage.work import Work

# Columns by which a record is found, the first that finds any
_CALLED: Final[Mapping[str, tuple[str, ...]]] = {
    "account": ("name",),
    "carried_file": ("file_name",),
    "closing": ("period",),
    "former_code": ("code",),
    "household": ("code",),
    "issued_report": ("number", "code"),
    "joined_book": ("unit_code", "unit_name"),
    "meeting": ("code", "held_on"),
    "membership": ("code",),
    "received_file": ("file_name",),
    "sent_file": ("file_name",),
    "study_campaign": ("document_number", "title"),
    "study_session": ("held_on",),
    "transfer_ticket": ("ticket",),
    "trusted_key": ("unit_code", "fingerprint"),
    "unit": ("code", "name"),
    "campaign_year": ("year",),
}
_BY_PARTS: Final = (MONTH, "setting", "entered_figure", "target_setting")  # of which the key names several rows


def records_called(work: Work, noun: str, key: str) -> tuple[str, ...]:
    """The ids of records of a kind: mostly one. ``branch_score`` takes ``Ấp An Hòa/2026``, ``entered_figure`` and
    ``target_setting`` a code and a period (``code/2026-10``). Raises ``NotFound``.
    """
    found: tuple[str, ...] = ()
    if noun in _BY_PARTS:
        found = (key,) if parts_of(work, noun, key) else ()
    elif noun == branch_score.name:
        found = _scores(work, key)
    for column in _CALLED.get(noun, ()):
        found = found or _by_column(work, noun, column, key)
    table = METADATA.tables.get(noun)
    if not found and table is not None and work.find(table, key) is not None:
        found = (key,)
    if not found:
        raise NotFound(noun, key)
    return found


def _by_column(work: Work, noun: str, name: str, key: str) -> tuple[str, ...]:
    table = METADATA.tables[noun]
    wanted: object = key
    if isinstance(table.c[name].type, Date):
        try:
            wanted = date.fromisoformat(key)
        except ValueError:
            return ()
    elif isinstance(table.c[name].type, Integer):
        if not key.isdecimal():
            return ()
        wanted = int(key)
    query = select(table.c.id).where(table.c[name] == wanted).order_by(table.c.id)
    return tuple(work.connection.execute(query).scalars())


def _scores(work: Work, key: str) -> tuple[str, ...]:
    name, _slash, year = key.rpartition("/")
    query = select(branch_score.c.id).join(unit, unit.c.id == branch_score.c.branch_id)
    query = query.where(unit.c.name == name, branch_score.c.year == (int(year) if year.isdecimal() else -1))
    return tuple(work.connection.execute(query).scalars())
