"""In the window: a ticket is made in the list of members, opened on the page of signed files, answered, taken in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from sochihoi.domain.tickets import TicketState
from sochihoi.services.overview_facts import DueKind
from sochihoi.ui.overview.presenter import due_line
from sochihoi.ui.people.moving import TicketDialog, give_ticket
from sochihoi.ui.sync.tickets import AcceptDialog
from tests.exchange_data import OCTOBER
from tests.people_data import details
from tests.tickets_data import Moving, make_moving
from tests.ui.sync_driving import give_back, in_dialog, sync_page


@pytest.fixture
def moving(tmp_path: Path) -> Iterator[Moving]:
    made = make_moving(tmp_path)
    yield made
    made.close()


@pytest.fixture
def shells(qtbot: QtBot, qapp: QApplication) -> Iterator[list[object]]:
    opened: list[object] = []
    yield opened
    for shell in opened:
        give_back(shell)


def words(dialog: AcceptDialog) -> str:
    return " | ".join(one.text() for one in dialog.findChildren(QLabel))


def test_from_the_list_of_one_commune_into_the_book_of_the_other(
    moving: Moving, settings: QSettings, shells: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket, answer = tmp_path / "phieu.hpn", tmp_path / "tra-loi.hpn"
    shell, source = sync_page(moving.source, settings)
    shells.append(shell)
    row = moving.source.people.row(moving.member)
    assert row is not None
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(ticket), ""))

    def make(dialog: TicketDialog) -> None:
        dialog.form["to_unit"].set_value("99002")
        dialog.deed.click()

    from sochihoi.ui.people.presenter import PeoplePresenter

    in_dialog(TicketDialog, make)
    give_ticket(source.context, source, PeoplePresenter(moving.source), row, lambda _said: None)
    assert ticket.is_file()
    assert "sẽ đi cùng tệp tháng 10/2026" in shell.frame.message.text()
    source.refresh()
    assert any("sẽ đi cùng tệp tháng 10/2026" in one.text() for one in source.tickets.findChildren(QLabel))
    assert len(source.tickets.deeds) == 1
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(answer), ""))
    shell, there = sync_page(moving.destination, settings)
    shells.append(shell)

    def accept(dialog: AcceptDialog) -> None:
        assert "Hội LHPN xã Hòa Phú" in words(dialog)
        assert row.full_name in words(dialog)
        dialog.accept_button.click()
        assert dialog.isVisible()  # no branch was chosen
        dialog.form["branch"].set_value(moving.branch)
        dialog.accept_button.click()

    in_dialog(AcceptDialog, accept)
    there.dropped([ticket])
    assert answer.is_file()
    assert not there.tickets.isVisible()
    source.dropped([answer])
    assert moving.out.every()[0].state is TicketState.CONFIRMED
    assert moving.source.people.row(moving.member) is None or moving.source.people.detail(
        moving.member
    ).membership.left_on == date(2026, 11, 3)


def test_who_she_may_be_is_asked_and_a_refusal_needs_a_reason(
    moving: Moving, settings: QSettings, shells: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = moving.source.people.detail(moving.member).person
    known = moving.destination.people.add_person(details(person.full_name, birth=person.birth, phone=person.phone))
    moving.into.take(moving.send())
    shell, page = sync_page(moving.destination, settings)
    shells.append(shell)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(tmp_path / "x.hpn"), ""))

    def refuse(dialog: AcceptDialog) -> None:
        assert [one.entry.person_id for one in dialog.like] == [known]
        dialog.refuse_button.click()
        assert dialog.isVisible()
        dialog.form["reason"].set_value("Không cư trú tại xã.")
        dialog.refuse_button.click()

    in_dialog(AcceptDialog, refuse)
    page.tickets.deeds[0].click()
    assert moving.into.every()[0].state is TicketState.REFUSED
    assert (tmp_path / "x.hpn").is_file()


def test_what_waits_for_sixty_days_is_due(moving: Moving) -> None:
    moving.into.take(moving.send())
    late = moving.destination.store.now() + timedelta(days=61)
    assert not [one for one in moving.destination.overview.of(OCTOBER).due if one.kind is DueKind.TICKET]
    moving.destination.store.now = lambda: late
    (due,) = [one for one in moving.destination.overview.of(OCTOBER).due if one.kind is DueKind.TICKET]
    assert due.count == 1
    assert "60 ngày" in due_line(due, late.date(), "").title
