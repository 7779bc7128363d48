"""The commune itself has another name or code from a day: renamed, or merged with others on the official list.

The book goes on. The old commune stands in the dated tree as what the present one came of, beside the others that
joined; papers that were issued before the day keep its name, its lines and its code.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from sochihoi.domain.errors import FieldProblem, UserError
from sochihoi.domain.reorganisation import DayToCome, UnitNameEmpty
from sochihoi.domain.units import Level, Unit
from sochihoi.domain.vietnamese import fold, nfc
from sochihoi.services.commune import CHANGING, Commune

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.services.official_units import OfficialCommune
    from sochihoi.storage.work import Work

_CODE = re.compile(r"\d{5}", re.ASCII)


@dataclass(eq=False)
class BadCommuneCode(FieldProblem):
    """The code of a commune has five digits (Decision 19/2025/QĐ-TTg)."""


@dataclass(eq=False)
class SameCommune(UserError):
    """Neither name nor code nor lines differ from what they are."""


@dataclass(eq=False)
class PapersSince(UserError):
    """A paper with the old name was issued on the day or later: it would not be the old commune's any more."""

    on: date
    newest: date


@dataclass(frozen=True, slots=True)
class CommuneChange:
    """``on``: the first day under the new name. ``joined``: names of other communes that became part of it."""

    on: date
    code: str
    kind: str
    short_name: str
    province: str
    union_line: str
    place: str
    joined: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """``xã Hòa Phú``."""
        return f"{self.kind} {self.short_name}".strip()


def proposed(now: Commune, on: date, found: OfficialCommune | None = None) -> CommuneChange:
    """What a form begins with: the commune as it is, or as the official list has it, with the lines that follow."""
    if found is None:
        return CommuneChange(on, now.code, now.kind, now.short_name, now.province, now.union_line, now.place)
    full = found.full_name
    line, place = f"HỘI LHPN {full.upper()}", full[:1].upper() + full[1:]
    return CommuneChange(on, found.code, found.kind, found.name, found.province_name, line, place)


def change(office: Office, told: CommuneChange) -> Commune:
    """One act, which can be taken back. The settings as they are now.

    Raises ``DayToCome``, ``BadCommuneCode``, ``UnitNameEmpty``, ``SameCommune``, ``PapersSince``, ``NotAllowed``.
    """
    if told.on > office.today:
        raise DayToCome("on", "IN_THE_FUTURE", told.on.isoformat())
    clean = replace(
        told,
        code=nfc(told.code),
        kind=nfc(told.kind),
        short_name=nfc(told.short_name),
        province=nfc(told.province),
        union_line=nfc(told.union_line),
        place=nfc(told.place),
    )
    if not _CODE.fullmatch(clean.code):
        raise BadCommuneCode("code", "shape", clean.code)
    if not clean.short_name:
        raise UnitNameEmpty("short_name", "empty")
    before = office.commune
    after = replace(before, name=clean.name, **{f: getattr(clean, f) for f in CHANGING if f != "name"})
    if after == before and not clean.joined:
        raise SameCommune
    with office.write("unit.commune") as work:
        newest = _newest_paper(work, before.former_until)
        if newest is not None and newest >= clean.on:
            raise PapersSince(clean.on, newest)
        kept = {"until": clean.on.isoformat(), **{f: getattr(before, f) for f in CHANGING}}
        former = (*before.former, json.dumps(kept, ensure_ascii=False, sort_keys=True))
        replace(after, former=former).write(work)
        _put_in_tree(office, work, before, clean)
    office.forget_commune()
    return office.commune


def _put_in_tree(office: Office, work: Work, before: Commune, told: CommuneChange) -> None:
    """The old commune and those that joined end on the day; the present one names them."""
    root = work.units.get(before.unit_id)
    old = replace(root, id=office.new_id(), valid_to=told.on)
    names = dict.fromkeys(filter(None, map(nfc, told.joined)))
    joined = [
        Unit(office.new_id(), Level.COMMUNE, name, parent_id=root.parent_id, valid_to=told.on)
        for name in names
        if fold(name) != fold(before.name)
    ]
    work.units.add(old, *joined)
    work.units.save(
        replace(
            root,
            name=told.name,
            code=told.code,
            valid_from=told.on,
            predecessor_ids=(old.id, *(one.id for one in joined)),
        )
    )


def _newest_paper(work: Work, since: date | None) -> date | None:
    """The newest day on which a paper of the commune was issued; also that of the change before."""
    days = [one.report_date or one.closed_on for one in work.months.newest().values()]
    days += work.reports.days()
    if since is not None:
        days.append(since)
    return max(days, default=None)
