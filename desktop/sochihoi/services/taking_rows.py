"""The rows of a report file as they stand here: each closing of a file takes the place of what stood for its period."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sochihoi.domain.exchange import COMMUNE, Measure, Received
from sochihoi.sync import rows as wire
from sochihoi.sync.member_rows import Member
from sochihoi.sync.ticket_rows import TicketRow

if TYPE_CHECKING:
    from sochihoi.storage.work import Work

OF_BRANCH = "branch/"
"""The code of the one row in which everything of a branch stands, by code."""
Ids = Callable[[], str]


def figures_in(rows: Iterable[wire.Row]) -> dict[str, dict[str, Measure]]:
    """The figures of the whole unit in a file, by period and indicator."""
    found: dict[str, dict[str, Measure]] = {row.period.code: {} for row in rows if isinstance(row, wire.Closing)}
    for row in rows:
        if isinstance(row, wire.Indicator) and row.branch == COMMUNE:
            found[row.period.code][row.code] = Measure(row.num, row.den, row.scale)
    return found


def periods_in(rows: Iterable[wire.Row]) -> frozenset[str]:
    """The periods that a file closes."""
    return frozenset(row.period.code for row in rows if isinstance(row, wire.Closing))


def store(work: Work, line: Received, rows: Sequence[wire.Row], new_id: Ids, only: Iterable[str] | None = None) -> None:
    """Put the rows of a file in place; periods that it does not close stay. ``only``: no other periods."""
    names = {row.id: row.name for row in rows if isinstance(row, wire.Branch)}
    editions = {row.period.code: row.edition for row in rows if isinstance(row, wire.Closing)}
    parts: dict[str, dict[tuple[str, str], dict[str, Any]]] = {period: {} for period in editions}
    for row in rows:
        if isinstance(row, wire.Branch | Member | TicketRow):
            continue  # no figures
        branch, code, content = kept(row)
        if branch == COMMUNE:
            parts[row.period.code][branch, code] = dict(content)
        else:
            # one row a branch: a province of 150 communes gets 5,000 branches every month
            parts[row.period.code].setdefault((branch, OF_BRANCH), {})[code] = dict(content)
    wanted = set(parts) if only is None else set(only)
    for period in sorted(wanted & set(parts)):
        made = [
            {
                "id": new_id(),
                "unit_code": line.unit_code,
                "period": period,
                "edition": editions[period],
                "branch": branch,
                "branch_name": names.get(branch, ""),
                "code": code,
                "content": content,
                "file_id": line.id,
            }
            for (branch, code), content in parts[period].items()
        ]
        # figures that come again unchanged stay with their file, but those of the month that a file was sent for
        # belong to that file: it bears the month in its name
        work.sync.replace_partition(line.unit_code, period, made, keep_same=period != line.period)


def kept(row: wire.Row) -> tuple[str, str, Mapping[str, Any]]:
    """Branch, code and content of a row. A stroke in the code keeps summary rows apart from figures."""
    from sochihoi.storage.consolidated import JOINED
    from sochihoi.storage.sync import TARGET, packed

    match row:
        case wire.Indicator():
            return row.branch, row.code, packed(Measure(row.num, row.den, row.scale, row.ytd_num, row.ytd_den))
        case wire.Activity():
            return row.branch, f"activity/{row.kind.value}", dict(row.counts)
        case wire.TargetStanding():
            told = {"num": row.num, "den": row.den, "goal_num": row.goal_num, "goal_den": row.goal_den}
            told |= {"scale": row.scale or None}
            content: dict[str, Any] = {"span": row.span, "direction": row.direction.value}
            return row.branch, f"{TARGET}{row.code}", content | {k: v for k, v in told.items() if v is not None}
        case wire.Closing():
            said = {"closed_on": row.closed_on.isoformat(), "reason": row.reason}
            return COMMUNE, "closing/", said | ({JOINED: list(row.joined)} if row.joined else {})
        case wire.Branch() | Member() | TicketRow():
            raise TypeError("no figure")
