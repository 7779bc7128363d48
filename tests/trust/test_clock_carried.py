"""R16: tickets of members and hand-overs of books count the same whatever the clocks of the two PCs say."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from functools import partial
from operator import add
from pathlib import Path

from sochihoi.services import handing
from sochihoi.services.handing import HandingOver
from sochihoi.services.opening import open_office
from sochihoi.services.ticket_answers import TicketAnswers
from sochihoi.services.tickets import Tickets
from tests.exchange_data import MOMENT
from tests.offices import PASSWORD, around
from tests.tickets_data import make_moving
from tests.trust.conftest import Counted
from tests.trust.test_clock import CLOCKS, Clock, opened


def test_a_member_who_moves_counts_once_under_any_clock(tmp_path: Path, counted: Counted) -> None:
    made = make_moving(tmp_path)
    data = made.send()
    made.close()
    failures = {}
    for name, shift in CLOCKS.items():
        for side in ("destination", "source"):
            case = f"{name} at the {side}"
            folders = {}
            for which in ("source", "destination"):
                folders[which] = tmp_path / f"{which} {case}"
                shutil.copytree(tmp_path / which, folders[which])
            clocks = {which: Clock(MOMENT + (shift if which == side else timedelta())) for which in folders}
            source, there = (opened(folders[which], clocks[which]) for which in ("source", "destination"))
            ticket = Tickets(there).take(data).ticket
            TicketAnswers(there).accept(ticket.id, made.branch)
            answered = next(one for one in Tickets(there).every() if one.id == ticket.id)
            Tickets(there).files.write(answered, tmp_path / f"{case}.hpn")
            answer = (tmp_path / f"{case}.hpn").read_bytes()
            Tickets(source).take(answer)
            Tickets(source).take(answer)
            gone = source.people.detail(made.member).membership.left_on
            if gone != MOMENT.date() or Tickets(source).every()[0].is_open:
                failures[case] = f"gone {gone}"
            if source.store.findings() or there.store.findings():
                failures[case] = "a book is damaged"
            source.close()
            there.close()
    counted("R16 tickets", 2 * len(CLOCKS), failures, least=8)


def test_a_book_is_taken_over_under_any_clock(tmp_path: Path, counted: Counted) -> None:
    made = make_moving(tmp_path)
    made.close()
    failures, tried = {}, 0
    for name, shift in CLOCKS.items():
        for by_whom in ("who hands over", "who takes"):
            tried += 1
            case = f"{name} of {by_whom}"
            folder = tmp_path / f"old {case}"
            shutil.copytree(tmp_path / "source", folder)
            old = opened(folder, Clock(MOMENT + (shift if by_whom == "who hands over" else timedelta())))
            file = tmp_path / f"{case}.hpn"
            HandingOver(old).write(file)
            rows = len(old.people.rows(on=MOMENT.date()))
            old.close()
            near = around(case, MOMENT)
            later = timedelta() if by_whom == "who hands over" else shift
            near = replace(near, now=partial(add, MOMENT, later))
            handing.take(file, tmp_path / f"new {case}", PASSWORD, None, near)
            new = open_office(tmp_path / f"new {case}", PASSWORD, around=near)
            if not new.may_write or len(new.people.rows(on=MOMENT.date())) != rows or new.store.findings():
                failures[case] = "another book"
            new.close()
    counted("R16 hand-overs", tried, failures, least=8)
