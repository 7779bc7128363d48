"""A member's way on the page of members: transferred, elected, on her way elsewhere, gone, back."""

from __future__ import annotations

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from sochihoi.domain.people import LeaveReason, PositionTitle
from sochihoi.services.office import Office
from sochihoi.ui.people.page import PeoplePage
from sochihoi.ui.people.presenter import LEFT, MOVING
from tests.people_data import add_branch, add_members
from tests.ui.test_people_page import move_of, page, type_in

__all__ = ["page"]


def test_transfer_leave_and_return_each_with_a_way_back(
    qtbot: QtBot, shell: Any, office: Office, page: PeoplePage
) -> None:
    (one,) = add_members(office, count=1)
    add_branch(office, "Ấp Phú Mỹ")
    shell.refresh_page()
    page.transfer(page.table.model.rows[0])
    type_in(qtbot, move_of(page), "branch_id", "ap phu my")
    move_of(page).act()
    assert office.people.row(one).branch == "Ấp Phú Mỹ"  # type: ignore[union-attr]
    page._undo()
    assert office.people.row(one).branch == "Ấp An Hòa"  # type: ignore[union-attr]
    page.leave(page.table.model.rows[0])
    move_of(page).act()
    assert office.people.rows()  # no reason was chosen
    move_of(page).form["left_reason"].set_value(LeaveReason.TRANSFER_OUT.name)
    move_of(page).act()
    assert office.people.rows() == []
    page.refresh(member=one)
    assert page.chips.chosen() == {LEFT}
    page.come_back(page.table.model.rows[0])
    move_of(page).act()
    assert len(office.people.rows()) == 1


def test_a_position_is_given_and_ends(qtbot: QtBot, shell: Any, office: Office, page: PeoplePage) -> None:
    (one,) = add_members(office, count=1)
    shell.refresh_page()
    page.positions(page.table.model.rows[0])
    dialog = move_of(page)
    dialog.form["title"].set_value(PositionTitle.BRANCH_HEAD.name)
    dialog.form["title"].changed.emit()
    dialog.act()
    assert office.people.row(one).positions == (PositionTitle.BRANCH_HEAD,)  # type: ignore[union-attr]
    page.positions(page.table.model.rows[0])
    move_of(page)._end(office.people.detail(one).positions[0].id, "x")  # type: ignore[attr-defined]
    assert office.people.row(one).positions == ()  # type: ignore[union-attr]


def test_on_her_way_with_a_slip_and_then_gone(
    qtbot: QtBot, shell: Any, office: Office, page: PeoplePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[bytes] = []
    monkeypatch.setattr("sochihoi.ui.shared.preview.show_preview", lambda _c, _p, pdf, _name: shown.append(pdf))
    (one,) = add_members(office, count=1)
    shell.refresh_page()
    page.moving(page.table.model.rows[0])
    dialog = move_of(page)
    dialog.act()
    assert dialog.form["moving_to"].error()
    type_in(qtbot, dialog, "moving_to", "Hội LHPN phường Mẫu Tây")
    dialog.deed.click()
    qtbot.waitUntil(lambda: bool(shown), timeout=10_000)
    assert shown[0].startswith(b"%PDF")
    row = office.people.row(one)
    assert row is not None
    assert row.is_moving
    assert page.presenter.counts()[MOVING] == 1
    page.leave(row)
    dialog = move_of(page)
    assert dialog.form["left_reason"].value() == LeaveReason.TRANSFER_OUT.name
    assert dialog.form["left_to"].value() == "Hội LHPN phường Mẫu Tây"
    dialog.deed.click()
    assert office.people.rows() == []


def test_the_unit_chooses_in_the_set_up_that_the_form_asks_for_national_ids(shell: Any, office: Office) -> None:
    shell.go("setup", tab="unit")
    part = shell.page().part()
    form = next(form for form in part.forms if "national_id_entry" in form.fields)
    field = form["national_id_entry"]
    assert field.value() is False
    field.editor.click()
    form.left.emit("national_id_entry")
    assert office.commune.national_id_entry
    part.refresh()
    assert field.value() is True
