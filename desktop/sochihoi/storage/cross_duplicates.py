"""Members whom two units list under one national id, and pairs that somebody said are two women."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from sochihoi.domain.cross_duplicates import Pair, Side
from sochihoi.domain.exchange import Direction
from sochihoi.storage.schema import received_member
from sochihoi.storage.work import Work

_DISTINCT = "duplicates.distinct"


def pairs(work: Work, unit: str = "") -> tuple[Pair, ...]:
    """All of them, or those of one unit, by units and name; without pairs that were said to be two women.

    One membership that two units list is a woman on her way between them, and no pair.
    """
    one, other = aliased(received_member, name="one"), aliased(received_member, name="other")
    # counted first: of half a million women a handful is listed twice, and only those are joined
    hashes = received_member.c.id_hash
    shared = select(hashes).where(hashes != "").group_by(hashes).having(func.count() > 1)
    query = (
        select(
            one.c.unit_code.label("one_unit"),
            one.c.member.label("one_member"),
            one.c.content.label("one_content"),
            other.c.unit_code.label("other_unit"),
            other.c.member.label("other_member"),
            other.c.content.label("other_content"),
        )
        .join(other, one.c.id_hash == other.c.id_hash)
        .where(one.c.id_hash.in_(shared), one.c.unit_code < other.c.unit_code, one.c.member != other.c.member)
    )
    if unit:
        query = query.where(or_(one.c.unit_code == unit, other.c.unit_code == unit))
    names = {key.unit_code: key.unit_name for key in work.sync.trusted(Direction.SENDER, revoked=True)}
    known = distinct(work)
    found = (Pair(_side(row, "one", names), _side(row, "other", names)) for row in work.rows(query))
    told = [pair for pair in found if pair.key not in known]
    return tuple(sorted(told, key=lambda pair: (*pair.units, pair.one.full_name, pair.key)))


def _side(row: Mapping[Any, Any], which: str, names: Mapping[str, str]) -> Side:
    told, unit = row[f"{which}_content"], row[f"{which}_unit"]
    facts = {name: str(told.get(name, "")) for name in ("code", "full_name", "birth", "branch", "joined")}
    return Side(unit_code=unit, unit_name=names.get(unit, unit), member=row[f"{which}_member"], **facts)


def distinct(work: Work) -> dict[str, Any]:
    """Pairs that were said to be two women: key to who said it and when."""
    found = work.settings.get(_DISTINCT, {})
    return dict(found)


def say_distinct(work: Work, pair: Pair, told: Mapping[str, str]) -> None:
    """They are two women; they are not asked about again."""
    work.settings.set(_DISTINCT, distinct(work) | {pair.key: dict(told)})


def has_members(work: Work, unit: str) -> bool:
    """Whether members of a unit are listed here."""
    query = select(received_member.c.id).where(received_member.c.unit_code == unit).limit(1)
    return work.value(query) is not None


def members(work: Work, unit: str = "") -> dict[str, int]:
    """Unit code to how many members its newest file listed."""
    query = select(received_member.c.unit_code, func.count().label("listed")).group_by(received_member.c.unit_code)
    if unit:
        query = query.where(received_member.c.unit_code == unit)
    return {row["unit_code"]: row["listed"] for row in work.rows(query)}
