"""The names of the records behind a figure: a list is opened from its ids, so that figure and list cannot differ."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Column, Select, func, literal, null, select
from sqlalchemy.orm import aliased

from sochihoi.storage.schema import account, household, meeting, membership, person, study_campaign, study_session, unit
from sochihoi.storage.work import Work

_ONE_BY_ONE = 400  # more ids than this and the whole table is read at once


@dataclass(frozen=True, slots=True)
class Named:
    """A record as a list shows it. ``code`` is what is printed; ``order`` sorts in Vietnamese; ``on`` its day."""

    id: str
    title: str
    code: str
    order: str
    on: date | None = None
    born: str = ""


def names(work: Work, noun: str, ids: Collection[str]) -> dict[str, Named]:
    """Id to name, for the nouns ``person``, ``membership``, ``unit``, ``meeting``, ``session``, ``household``,
    ``account``.
    """
    query, key = _QUERIES[noun]()
    found: dict[str, Named] = {}
    for part in _parts(query, key, list(ids)):
        for row in work.connection.execute(part):
            found.setdefault(row[0], Named(*row))
    return found


def _parts(query: Select[Any], key: Column[Any], ids: list[str]) -> Iterator[Select[Any]]:
    if len(ids) > _ONE_BY_ONE:
        yield query
    elif ids:
        yield query.where(key.in_(ids))


def _person() -> tuple[Select[Any], Any]:
    query = (
        select(
            person.c.id,
            person.c.full_name,
            func.coalesce(membership.c.code, ""),
            person.c.sort_key,
            null(),
            person.c.birth,
        )
        .join(membership, membership.c.person_id == person.c.id, isouter=True)
        .order_by(person.c.id, membership.c.left_on.is_not(None), membership.c.registered_on.desc())
    )
    return query, person.c.id


def _membership() -> tuple[Select[Any], Any]:
    query = select(
        membership.c.id, person.c.full_name, membership.c.code, person.c.sort_key, null(), person.c.birth
    ).join(person, person.c.id == membership.c.person_id)
    return query, membership.c.id


def _unit() -> tuple[Select[Any], Any]:
    return select(unit.c.id, unit.c.name, func.coalesce(unit.c.code, ""), unit.c.sort_key), unit.c.id


def _meeting() -> tuple[Select[Any], Any]:
    query = select(
        meeting.c.id, func.coalesce(unit.c.name, ""), meeting.c.code, unit.c.sort_key, meeting.c.held_on
    ).join(unit, unit.c.id == meeting.c.branch_id)
    return query, meeting.c.id


def _campaign() -> tuple[Select[Any], Any]:
    columns = (study_campaign.c.id, study_campaign.c.title, study_campaign.c.document_number, study_campaign.c.title)
    return select(*columns), study_campaign.c.id


def _session() -> tuple[Select[Any], Any]:
    query = select(
        study_session.c.id,
        study_campaign.c.title,
        study_session.c.place,
        study_campaign.c.title,
        study_session.c.held_on,
    ).join(study_campaign, study_campaign.c.id == study_session.c.campaign_id)
    return query, study_session.c.id


def _household() -> tuple[Select[Any], Any]:
    head = aliased(person)
    query = select(
        household.c.id,
        func.coalesce(func.nullif(household.c.head_name, ""), head.c.full_name, ""),
        household.c.code,
        func.coalesce(func.nullif(household.c.sort_key, ""), head.c.sort_key, ""),
    ).join(head, head.c.id == household.c.head_id, isouter=True)
    return query, household.c.id


def _account() -> tuple[Select[Any], Any]:
    return select(account.c.id, account.c.name, literal(""), account.c.name), account.c.id


_QUERIES = {
    "account": _account,
    "person": _person,
    "membership": _membership,
    "unit": _unit,
    "meeting": _meeting,
    "campaign": _campaign,
    "session": _session,
    "household": _household,
}
