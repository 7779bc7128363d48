"""Entries that look alike, on the page of members: told apart, merged, taken back."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sochihoi.domain.people import PartialDate
from sochihoi.i18n import _
from sochihoi.services.office import Office
from sochihoi.ui.people.merge_dialog import MergeDialog
from sochihoi.ui.people.page import PeoplePage
from sochihoi.ui.shared.like_note import PAUSE
from tests.people_data import add_branch, add_members, details
from tests.ui.test_people_page import form_of, type_in


@pytest.fixture
def page(shell: Any, office: Office) -> PeoplePage:
    branch, _cells = add_branch(office)
    office.people.add(
        details("Lý Thị Mỹ Lệ", phone="0912345678", note="Chuyên trách nuôi heo đất của chi hội, hay đi vắng"), branch
    )
    office.people.add(details("Lí Thị Mĩ Lệ", birth=PartialDate(1971), note="hai", address="Số 3"), branch)
    add_members(office, count=8)
    shell.resize(1366, 690)
    shell.go("people")
    found = shell.page()
    assert isinstance(found, PeoplePage)
    QApplication.processEvents()
    return found


def looked_through(qtbot: QtBot, page: PeoplePage, pairs: int) -> None:
    qtbot.waitUntil(lambda: len(page.alike.pairs.model.rows) == pairs, timeout=5000)


def test_a_pair_is_merged_field_by_field_and_taken_back(
    qtbot: QtBot, shell: Any, office: Office, page: PeoplePage
) -> None:
    page.alike_button.click()
    looked_through(qtbot, page, 1)
    page.alike.merge_button.click()
    dialog = page.alike.dialog
    assert dialog is not None
    assert dialog.plan is not None
    first = dialog.plan.kept.code
    assert dialog.inside.minimumSizeHint().width() <= dialog.width() - 40, "nothing is cut at the right"
    dialog._stays.button(1).click()
    assert dialog.plan.gone.code == first
    dialog._stays.button(1).click()
    dialog.groups["full_name"].button(1).setChecked(True)
    assert set(dialog.groups) == {"full_name", "birth", "phone", "address", "note"}
    dialog.deed.click()
    looked_through(qtbot, page, 0)
    told = office.people.details(next(r.membership_id for r in office.people.rows() if r.code == first))
    assert (told.full_name, str(told.birth)) == (dialog.plan.gone.full_name, "1971-03-08")
    assert (told.note, told.phone, told.address) == (told.note, "0912345678", "Số 3")
    assert len(office.people.rows()) == 9
    page.alike.tabs.setCurrentIndex(1)
    assert page.alike.merged.current() is not None  # chosen, so that the button below it can be pressed
    page.alike.undo_button.click()
    looked_through(qtbot, page, 1)
    assert len(office.people.rows()) == 10


def test_two_women_are_not_named_again(qtbot: QtBot, shell: Any, office: Office, page: PeoplePage) -> None:
    shell.go("people", alike=True)
    looked_through(qtbot, page, 1)
    page.alike.apart_button.click()
    looked_through(qtbot, page, 0)
    assert not page.alike.merge_button.isEnabled()
    assert page.on_escape()
    assert page.places.currentWidget() is page.host


def test_the_note_comes_after_a_pause_and_stops_nobody(qtbot: QtBot, office: Office, page: PeoplePage) -> None:
    page.on_new()
    dialog = form_of(page)
    line: Any = dialog.form["full_name"].editor
    line.setText("Lý Thị Mỹ Lệ")
    dialog.form["birth"].set_value(PartialDate(1971))
    line.textEdited.emit("Lý Thị Mỹ Lệ")
    assert dialog.like.isHidden()
    qtbot.waitUntil(lambda: not dialog.like.isHidden(), timeout=10 * PAUSE)
    assert "HP0000" in dialog.like.text.text()
    dialog.like.look_button.click()
    assert not dialog.like.facts.isHidden()
    dialog.like.apart_button.click()
    dialog.like.apart_button.click()
    assert dialog.like.isHidden()
    type_in(qtbot, dialog, "branch_id", "Ấp An Hòa")
    dialog.save()
    assert len(office.people.rows()) == 11
    assert len(office.duplicates.pairs()) == 1, "she is none of the two, who are asked about still"


def test_two_marked_lines_are_merged_though_nothing_in_them_is_alike(
    qtbot: QtBot, office: Office, page: PeoplePage
) -> None:
    assert page._marked_pair() is None
    page.table.view.selectAll()
    assert page._marked_pair() is None
    page.table.view.clearSelection()
    for at in (3, 5):
        mode = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        page.table.view.selectionModel().select(page.table.model.index(at, 0), mode)
    rows = page.table.marked()
    words = [item.text for item in page.menu(rows[0]) if item is not None]
    assert _("Merge the two marked entries…") in words
    page.merge(rows[0].person_id, rows[1].person_id)
    assert isinstance(page.dialog, MergeDialog)
    page.dialog.deed.click()
    assert len(office.people.rows()) == 9


def test_someone_who_is_no_member_is_held_beside_the_members_too(qtbot: QtBot, shell: Any, office: Office) -> None:
    branch, _cells = add_branch(office)
    office.people.add(details("Lý Thị Mỹ Lệ"), branch)
    shell.go("households")
    shell.page().new_person()
    dialog = shell.page().dialog
    type_in(qtbot, dialog, "full_name", "Lí Thị Mĩ Lệ")
    type_in(qtbot, dialog, "birth", "8/3/1971")
    assert "HP00001" in dialog.like.text.text()
    dialog.like.apart_button.click()
    dialog.save_button.click()
    assert len(office.people.others()) == 1
    assert office.duplicates.pairs() == ()
