"""What belongs to a record: the rows that are told with it when its history is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import String, Table, cast, func, select

from sochihoi.storage.json_text import json_value
from sochihoi.storage.schema import (
    archived_paper,
    assessment,
    attendance,
    campaign_year,
    closing,
    consent,
    distinct_persons,
    entered_figure,
    household_registration,
    issued_report,
    journal,
    month_check,
    proposal,
    report_text,
    setting,
    study_attendance,
    study_headcount,
    study_session,
    study_target,
    target_setting,
    trusted_key,
)
from sochihoi.storage.work import Work

MONTH: Final = "month"
"""Names no table: what stands of a month (figures entered, reasons, words, closings), by its code ``2026-10``."""

_OF_A_MONTH = (closing, month_check, report_text, entered_figure, issued_report, archived_paper)
_PARTS: Mapping[str, tuple[tuple[Table, str], ...]] = {
    "meeting": ((attendance, "meeting_id"), (proposal, "meeting_id")),
    "household": ((household_registration, "household_id"), (assessment, "household_id")),
    "person": ((consent, "person_id"), (distinct_persons, "one_id"), (distinct_persons, "other_id")),
    "study_campaign": ((study_target, "campaign_id"), (study_session, "campaign_id")),
    "study_session": ((study_attendance, "session_id"), (study_headcount, "session_id")),
    "trusted_key": ((trusted_key, "fingerprint"),),
    "campaign_year": ((campaign_year, "year"),),
    MONTH: tuple((table, "period") for table in _OF_A_MONTH),
}
_PAIRS: Mapping[str, Table] = {"entered_figure": entered_figure, "target_setting": target_setting}
"""Tables whose rows a page knows by code and period: ``parts_of(work, "target_setting", "households/2026")``."""
_TAKEN_AWAY = (
    *(assessment, attendance, campaign_year, entered_figure, household_registration, report_text),
    *(study_attendance, study_target, target_setting),
)
"""Tables of which rows go again: what became of those only the journal knows."""


def parts_of(work: Work, noun: str, record_id: str) -> tuple[str, ...]:
    """The ids of its rows, also of those that were taken away again. Of settings: those whose names begin so."""
    if noun == setting.name:
        return tuple(record_id + rest for rest in work.settings.below(record_id))
    found: list[str] = []
    if noun in _PAIRS:
        code, _slash, period = record_id.partition("/")
        found += _rows(work, _PAIRS[noun], {"code": code, "period": period}, "")
    for table, column in _PARTS.get(noun, ()):
        found += _rows(work, table, {column: record_id}, record_id)
    if noun == MONTH:
        found.append(f"supplement.{record_id}")  # a setting: why it was opened again
    return tuple(dict.fromkeys(found))


def _rows(work: Work, table: Table, values: Mapping[str, str], owner: str) -> Sequence[str]:
    """Rows with these values, those that the journal saw go included. These are no older than their owner: years of
    the journal before it are not read.
    """
    wanted = [table.c[name] == _typed(table, name, value) for name, value in values.items()]
    found = list(work.connection.execute(select(table.c.id).where(*wanted).order_by(table.c.id)).scalars())
    if table not in _TAKEN_AWAY:
        return found
    first = work.value(select(func.min(journal.c.n)).where(journal.c.record_id == owner)) if owner else None
    query = select(journal.c.record_id).where(
        journal.c.n > (first or 0),
        journal.c.noun == table.name,
        journal.c.after.is_(None),
        *(cast(json_value(journal.c.before, name), String) == value for name, value in values.items()),
    )
    return [*found, *work.connection.execute(query.distinct()).scalars()]


def _typed(table: Table, name: str, value: str) -> str | int:
    return int(value) if table.c[name].type.python_type is int and value.isdecimal() else value
