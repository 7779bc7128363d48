"""The lines inside a report: figures and sums by branch, transfer tickets without names (``ticket_rows``); under
profile ``danh-sach`` also members (``member_rows``).

Every line is one canonical JSON object with ``t`` (what it is), ``id`` (made of the facts that name it, so the same
fact cannot come twice), ``unit`` (the sender's own code) and the keys below. Lines are sorted by (``t``, ``id``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Any

from sochihoi.domain.member_columns import FIGURES_ONLY, MEMBER_LIST
from sochihoi.domain.periods import Period
from sochihoi.sync import member_rows, ticket_rows
from sochihoi.sync.errors import Code, Refused
from sochihoi.sync.member_rows import MEMBER, Member
from sochihoi.sync.shapes import NAME, UNIT, UUID, VERSION, Fields
from sochihoi.sync.ticket_rows import TICKET, TicketRow

PROFILE = FIGURES_ONLY
WITH_MEMBERS = MEMBER_LIST
MAX_FIGURE = 10**15  # đồng: a thousand times the budget of a province
MAX_COUNT = 10**9
MAX_EDITION = 999
MAX_JOINED = 64
MAX_SCALE = 6
NAME_LIMIT = 200
REASON_LIMIT = 500

_BRANCH = re.compile(f"|{UUID.pattern}", re.ASCII)  # "" is the commune itself
_SPAN = re.compile(r"\d{4}(-\d{4})?", re.ASCII)


class ActivityKind(StrEnum):
    """What a summary row sums up."""

    MEETING = "MEETING"
    STUDY = "STUDY"
    CAMPAIGN = "CAMPAIGN"
    SCORING = "SCORING"


# Persons, memberships and attendances are different keys and are never added together.
ACTIVITY_KEYS: Mapping[ActivityKind, tuple[str, ...]] = {
    ActivityKind.MEETING: ("absent", "due", "excused", "guests", "held", "on_schedule", "present", "roster"),
    ActivityKind.STUDY: ("attendances", "campaigns", "eligible", "guests", "reached", "sessions"),
    ActivityKind.CAMPAIGN: ("assessed", "households", "mobilised", "newly_passed", "passed", "registered"),
    ActivityKind.SCORING: ("branches", "maximum", "model", "outstanding", "points", "scale", "scored"),
}


class Direction(StrEnum):
    """How a target is met."""

    AT_LEAST = "AT_LEAST"
    OVER = "OVER"
    AT_MOST = "AT_MOST"
    UNDER = "UNDER"
    EXACTLY = "EXACTLY"


@dataclass(frozen=True, slots=True)
class Branch:
    """A chi hội that other rows name by its ``id``."""

    id: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Closing:
    """A closed period and its edition (1, then supplements). ``reason``: why it was closed with warnings, or again.
    ``joined``: units that are no more and whose books were part of this one by then: its figures since January, and of
    the month in which they joined, hold theirs.
    """

    period: Period
    edition: int
    closed_on: date
    reason: str = ""
    joined: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """One frozen figure. Value = ``num`` / 10^``scale`` without ``den``; a share is ``num`` of ``den`` (0: nobody).

    ``ytd_num``, ``ytd_den``: the same from 1 January to the end of the period, when the figure has a year to date.
    """

    period: Period
    edition: int
    branch: str
    code: str
    num: int
    den: int | None = None
    scale: int = 0
    ytd_num: int | None = None
    ytd_den: int | None = None


@dataclass(frozen=True, slots=True)
class Activity:
    """Sums of one kind of work of one branch in one period. ``counts`` has exactly the keys of ``ACTIVITY_KEYS``."""

    period: Period
    branch: str
    kind: ActivityKind
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class TargetStanding:
    """Where a target stands at the end of a period.

    A share is ``num`` of ``den`` against ``goal_num`` of ``goal_den`` (85 % is 85 of 100, 8.5 % is 17 of 200); a
    number is ``num`` against ``goal_num``, both over 10^``scale``. What is not known (nothing entered, no goal set)
    is absent, but never both. ``span``: the year or the term that the target is for, ``2026`` or ``2025-2030``.
    """

    period: Period
    branch: str
    code: str
    span: str
    direction: Direction
    num: int | None = None
    goal_num: int | None = None
    den: int | None = None
    goal_den: int | None = None
    scale: int = 0


Row = Branch | Closing | Indicator | Activity | TargetStanding | Member | TicketRow


def key_of(row: Row) -> tuple[str, str]:
    """(``t``, ``id``): the name of a row and its place in the file."""
    match row:
        case Branch():
            return "branch", row.id
        case Closing():
            return "closing", row.period.code
        case Indicator():
            return "indicator", f"{row.period.code}/{row.branch}/{row.code}"
        case Activity():
            return "activity", f"{row.period.code}/{row.branch}/{row.kind.value}"
        case Member():
            return MEMBER, row.id
        case TicketRow():
            return TICKET, row.id
        case TargetStanding():
            return "target", f"{row.period.code}/{row.branch}/{row.code}"


def encode(row: Row, unit: str) -> dict[str, Any]:
    """The object of a row. Optional keys that say nothing are left out."""
    kind, key = key_of(row)
    head: dict[str, Any] = {"t": kind, "id": key, "unit": unit}
    match row:
        case Branch():
            return head | {"code": row.code, "name": row.name}
        case Closing():
            body = {"period": row.period.code, "edition": row.edition, "closed_on": row.closed_on.isoformat()}
            return head | body | _said({"reason": row.reason or None, "joined": list(row.joined) or None})
        case Indicator():
            body = {"period": row.period.code, "edition": row.edition, "branch": row.branch, "code": row.code}
            extra = {"den": row.den, "scale": row.scale or None, "ytd_num": row.ytd_num, "ytd_den": row.ytd_den}
            return head | body | {"num": row.num} | _said(extra)
        case Activity():
            return head | {"period": row.period.code, "branch": row.branch, "kind": row.kind.value, **row.counts}
        case Member():
            return head | member_rows.encode(row)
        case TicketRow():
            return head | ticket_rows.encode(row)
        case TargetStanding():
            body = {"period": row.period.code, "branch": row.branch, "code": row.code, "span": row.span}
            extra = {"num": row.num, "den": row.den, "goal_num": row.goal_num, "goal_den": row.goal_den}
            return head | body | {"direction": row.direction.value} | _said(extra | {"scale": row.scale or None})


def decode(raw: object, unit: str) -> Row:
    """The row of one object. Raises ``Refused``: SCOPE for another unit's row, ROW for anything that does not fit."""
    fields = Fields(raw, Code.ROW, "row")
    kind = fields.match("t", NAME)
    reader = _READERS.get(kind)
    if reader is None:
        raise fields.bad("t")
    fields = Fields(raw, Code.ROW, kind)
    fields.exactly("t", kind)
    if fields.match("unit", VERSION) != unit:
        raise Refused(Code.SCOPE, f"{kind}.unit")
    row = reader(fields, unit)
    if not isinstance(row, Branch | Member | TicketRow):
        fields.exactly("id", key_of(row)[1])
    fields.done()
    return row


def check_together(rows: Iterable[Row], period: Period, columns: Iterable[str] = ()) -> None:
    """The rules between rows, for a file sent for ``period``. ``columns`` of members: those that its header lists,
    none in a file of figures only. Raises ``Refused`` (ROW).

    Sorted and unique; every row of a period has its closing (and an indicator its edition); every branch is listed,
    no code twice; periods are of the year of ``period`` or the year before, and ``period`` itself is among them.
    """
    listed = tuple(rows)
    names = [key_of(row) for row in listed]
    if any(left >= right for left, right in pairwise(names)):
        raise Refused(Code.ROW, "order")
    editions = {row.period: row.edition for row in listed if isinstance(row, Closing)}
    branches = {row.id for row in listed if isinstance(row, Branch)} | {""}
    members = [row for row in listed if isinstance(row, Member)]
    if members and not columns:
        raise Refused(Code.ROW, "member: profile")
    member_rows.check(members, columns, branches)
    if len({row.code for row in listed if isinstance(row, Branch)}) != len(branches) - 1:
        raise Refused(Code.ROW, "branch.code: twice")
    if period not in editions:
        raise Refused(Code.ROW, "closing: absent")
    if any(closed.year not in (period.year, period.year - 1) for closed in editions):
        raise Refused(Code.ROW, "closing.period: year")
    for row in listed:
        if isinstance(row, Branch | Closing | Member | TicketRow):
            continue
        kind = key_of(row)[0]
        if row.period not in editions or (isinstance(row, Indicator) and editions[row.period] != row.edition):
            raise Refused(Code.ROW, f"{kind}.period: not closed")
        if row.branch not in branches:
            raise Refused(Code.ROW, f"{kind}.branch: unknown")


def _branch(fields: Fields, _unit: str) -> Branch:
    return Branch(fields.match("id", UUID), fields.match("code", VERSION), fields.words("name", NAME_LIMIT))


def _closing(fields: Fields, unit: str) -> Closing:
    row = Closing(
        fields.period("period"),
        fields.integer("edition", 1, MAX_EDITION),
        fields.day("closed_on"),
        fields.maybe_words("reason", REASON_LIMIT),
        fields.texts("joined", UNIT, 1, MAX_JOINED) if fields.has("joined") else (),
    )
    if unit in row.joined:
        raise fields.bad("joined")
    return row


def _indicator(fields: Fields, _unit: str) -> Indicator:
    row = Indicator(
        period=fields.period("period"),
        edition=fields.integer("edition", 1, MAX_EDITION),
        branch=fields.match("branch", _BRANCH),
        code=fields.match("code", NAME),
        num=fields.integer("num", -MAX_FIGURE, MAX_FIGURE),
        den=fields.maybe_integer("den", 0, MAX_FIGURE),
        scale=fields.maybe_integer("scale", 1, MAX_SCALE) or 0,
        ytd_num=fields.maybe_integer("ytd_num", -MAX_FIGURE, MAX_FIGURE),
        ytd_den=fields.maybe_integer("ytd_den", 0, MAX_FIGURE),
    )
    if row.den is not None and row.scale:
        raise fields.bad("scale")
    if (row.ytd_den is not None) != (row.ytd_num is not None and row.den is not None):
        raise fields.bad("ytd_den")
    return row


def _activity(fields: Fields, _unit: str) -> Activity:
    period, branch = fields.period("period"), fields.match("branch", _BRANCH)
    said = fields.match("kind", NAME)
    if said not in {kind.value for kind in ActivityKind}:
        raise fields.bad("kind")
    kind = ActivityKind(said)
    counts = {key: fields.integer(key, 0, MAX_SCALE if key == "scale" else MAX_COUNT) for key in ACTIVITY_KEYS[kind]}
    return Activity(period, branch, kind, counts)


def _target(fields: Fields, _unit: str) -> TargetStanding:
    said = fields.match("direction", NAME)
    if said not in {direction.value for direction in Direction}:
        raise fields.bad("direction")
    row = TargetStanding(
        period=fields.period("period"),
        branch=fields.match("branch", _BRANCH),
        code=fields.match("code", NAME),
        span=fields.match("span", _SPAN),
        direction=Direction(said),
        num=fields.maybe_integer("num", -MAX_FIGURE, MAX_FIGURE),
        goal_num=fields.maybe_integer("goal_num", -MAX_FIGURE, MAX_FIGURE),
        den=fields.maybe_integer("den", 0, MAX_FIGURE),
        goal_den=fields.maybe_integer("goal_den", 1, MAX_FIGURE),
        scale=fields.maybe_integer("scale", 1, MAX_SCALE) or 0,
    )
    if row.num is None and row.goal_num is None:
        raise fields.bad("num")
    for number, whole, name in ((row.num, row.den, "den"), (row.goal_num, row.goal_den, "goal_den")):
        if whole is not None and (number is None or row.scale):
            raise fields.bad(name)
    if row.num is not None and row.goal_num is not None and (row.den is None) != (row.goal_den is None):
        raise fields.bad("goal_den")
    first, _dash, last = row.span.partition("-")
    if last and first >= last:
        raise fields.bad("span")
    return row


def _said(optional: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in optional.items() if value is not None}


_READERS: Mapping[str, Callable[[Fields, str], Row]] = {
    "branch": _branch,
    "closing": _closing,
    "indicator": _indicator,
    "activity": _activity,
    "target": _target,
    MEMBER: lambda fields, _unit: member_rows.read(fields),
    TICKET: ticket_rows.read,
}
