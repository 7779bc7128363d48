"""The level above sees tickets without names: a woman on her way counts once, and both her communes are told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from operator import add
from pathlib import Path
from types import SimpleNamespace

import pytest

from sochihoi.cli.totals import _every as totals_lines
from sochihoi.domain.exchange import Outcome
from sochihoi.domain.movements import Confirmed, Hitch, Standing, above_said
from sochihoi.domain.periods import Period
from sochihoi.domain.tickets import Ticket
from sochihoi.services.consolidated.comparing import Boundaries, compare
from sochihoi.services.leaving import leaving
from sochihoi.services.office import Office
from sochihoi.services.tickets import Tickets
from sochihoi.sync.rows import encode
from sochihoi.sync.ticket_rows import TicketRow
from sochihoi.ui.upper import presenter
from tests.exchange_data import MOMENT, OCTOBER, REASON
from tests.tickets_data import Moving, make_moving

pytestmark = pytest.mark.usefixtures("both_engines")

NOVEMBER = Period.month(2026, 11)
ON_WAY, TAKEN = date(2026, 10, 10), date(2026, 10, 15)


@pytest.fixture
def moving(tmp_path: Path) -> Iterator[Moving]:
    """She is on her way since October; the destination accepted her, the source has not read the answer."""
    made = make_moving(tmp_path)
    made.source.moves.begin(made.member, "Hội LHPN xã Tân Lập", on=ON_WAY)
    made.answers.accept(made.into.take(made.send()).ticket.id, made.branch, on=TAKEN)
    yield made
    made.close()


def sent(moving: Moving, office: Office, period: Period = OCTOBER) -> str:
    """Close a month, send it, have it taken in and answered; the line at the level above."""
    office.months.close(period, reason=REASON)
    file = office.sending.write(office.sending.prepare(period).id, moving.root)
    (verdict,) = moving.above.receiving.receive([file])
    assert verdict.outcome is Outcome.STORED
    assert verdict.line is not None
    return verdict.line.id


def answered(moving: Moving, office: Office) -> Ticket:
    """The commune takes its return file; its ticket."""
    (file,) = moving.above.receiving.answers.write(moving.root / "back", [office.commune.code])
    office.receipts.take_any(file.read_bytes())
    return Tickets(office).every()[0]


def members(moving: Moving, period: Period = OCTOBER) -> tuple[int | None, int]:
    """In the totals of the level above: how many members, and how many were taken off."""
    found = moving.above.receiving.totals.of(period)
    (row,) = [one for one in found.rows if one.indicator.code == "org.members"]
    sheet = moving.above.figures.of(period)
    assert sheet.row("org.members", None).now.value == row.now.value == row.year_to_date.value
    return row.now.value, found.twice


def test_she_counts_once_from_both_files_to_the_confirmation(moving: Moving) -> None:
    above, source, destination = moving.above, moving.source, moving.destination
    with source.read() as work:
        (row,) = [one for one in leaving(source, work, OCTOBER).rows if isinstance(one, TicketRow)]
    told = encode(row, "99001")
    assert set(told) == {"t", "id", "unit", "way", "other", "state", "issued"}  # nothing of her
    sent(moving, source)
    assert members(moving) == (3, 0)
    for days, late in ((61, 1), (60, 0), (0, 0)):
        above.store.now = partial(add, MOMENT, timedelta(days=days))
        sheet = above.board.of(OCTOBER)
        assert [one.hitch() for one in sheet.movements] == [Hitch.NOT_ARRIVED]
        assert (len(sheet.late_movements), above.overview.below(OCTOBER).late_tickets) == (late, late)
    line = sent(moving, destination)
    assert members(moving) == (3, 1)  # three and one, less the one whom both count
    # in which other figures she counts no ticket tells: these say that she may be in them twice
    totals = above.receiving.totals.of(OCTOBER)
    how = {line.code: presenter.how(line, totals) for line in presenter.total_lines(totals, known_only=True)}
    twice = {code for code, told in how.items() if "có thể có mặt hai lần" in told}
    assert twice >= {"org.core", "org.core_pct", "org.party", "study.resolution_persons", "welfare.bhyt_pct"}
    assert not twice & {"org.members", "org.joined", "org.left", "org.net", "org.branches", "org.attendance_pct"}
    by_code = above.receiving.totals.definitions(OCTOBER).by_code
    assert all("có thể tính hai lần" in by_code[code].left_out.vi for code in twice)
    assert "1 chị đang chuyển được cả hai đơn vị tính; số tổng hợp chỉ tính một lần." in how["org.members"]
    call = SimpleNamespace(options=SimpleNamespace(period=OCTOBER, json=False), say=(said := []).append)
    totals_lines(call, above)  # type: ignore[arg-type]
    assert any(line.endswith("hai lần: phiếu chuyển không cho biết các chị là ai.") for line in said)
    compared = compare(above, "org.members", OCTOBER, OCTOBER, Boundaries.NEW)
    assert (compared.total.later.value, [one.later.value for one in compared.lines]) == (3, [3, 1])
    (movement,) = above.board.of(OCTOBER).movements
    assert (movement.hitch(), movement.from_unit, movement.to_unit) == (Hitch.NOT_CLOSED, "99001", "99002")
    accepted = Confirmed(movement.ticket, Standing.ACCEPTED, TAKEN)
    assert above_said(answered(moving, destination)) == accepted
    assert above_said(answered(moving, source)) is None  # its file came first: the next receipt says it

    # what was taken back tells nothing any more, and tells it again afterwards
    above.receiving.deciding.take_back([line])
    assert members(moving) == (3, 0)
    above.receiving.receive([next(moving.root.glob("HPN_99002_2026-10*"))])
    assert members(moving) == (3, 1)

    # the source reads the answer: she leaves with the first open day, and October stays as it was
    moving.out.take(moving.answer())
    for office in (source, destination, above):
        office.store.now = partial(add, MOMENT, timedelta(days=30))
    sent(moving, source, NOVEMBER)
    assert (members(moving), members(moving, NOVEMBER)) == ((3, 1), (2, 0))
    settled = Confirmed(movement.ticket, Standing.SETTLED, TAKEN)
    assert above_said(answered(moving, source)) == settled
    sent(moving, destination, NOVEMBER)
    assert members(moving, NOVEMBER) == (3, 0)
    assert above_said(answered(moving, destination)) == settled
    assert above.board.of(NOVEMBER).movements == ()
