"""The page of households, driven as an officer drives it."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sochihoi.domain.households import HouseholdGroup, Relation
from sochihoi.domain.people import LeaveReason
from sochihoi.services.households import HouseholdDetails
from sochihoi.services.office import Office
from sochihoi.ui.households.form import HouseholdDialog, JoinHouseholdDialog, ResidentsDialog
from sochihoi.ui.households.others import AdmitDialog, PersonDialog
from sochihoi.ui.households.page import HouseholdsPage
from sochihoi.ui.households.presenter import NO_HEAD
from sochihoi.ui.households.shaping import MergeHouseholdsDialog, SplitDialog
from tests.people_data import add_branch, add_members
from tests.ui.test_people_page import type_in

KEY = Qt.Key


@pytest.fixture
def page(shell: Any) -> HouseholdsPage:
    shell.resize(1366, 690)
    shell.go("households")
    found = shell.page()
    assert isinstance(found, HouseholdsPage)
    QApplication.processEvents()
    return found


def test_members_without_a_household_get_one_each_and_it_can_be_undone(
    qtbot: QtBot, shell: Any, office: Office, page: HouseholdsPage
) -> None:
    page.on_new()
    assert isinstance(page.dialog, HouseholdDialog)
    assert "Thiết lập" in page.dialog.form["branch_id"]._hint.text()  # where there is no branch to choose
    page.dialog.reject()
    page.tabs.setCurrentIndex(1)
    assert (page.make_all.isVisible(), page.members._blank._text.text()) == (False, "Chưa có hội viên nào.")
    page.tabs.setCurrentIndex(0)
    add_members(office, count=5)
    shell.refresh_page()
    assert page.table._blank.action is not None
    page.table._blank.action.click()
    assert len(page.members.model.rows) == 5
    page.make_all.click()
    assert (len(page.presenter.rows), page.presenter.without) == (5, [])
    page._undo()
    assert (page.presenter.rows, len(page.presenter.without)) == ([], 5)


def test_a_household_is_entered_corrected_and_filtered(
    qtbot: QtBot, shell: Any, office: Office, page: HouseholdsPage
) -> None:
    add_branch(office)
    page.on_new()
    dialog = page.dialog
    assert isinstance(dialog, HouseholdDialog)
    dialog.save()
    assert dialog.form["head_name"].error()
    type_in(qtbot, dialog, "branch_id", "an hoa")
    type_in(qtbot, dialog, "branch_id", "ap an hoa")
    type_in(qtbot, dialog, "head_name", "Thạch Sô Phia")
    type_in(qtbot, dialog, "residents", "4")
    dialog.form["household_group"].set_value(HouseholdGroup.POOR.name)
    dialog.save()
    (row,) = office.households.rows()
    assert (row.code, row.head, row.size, row.household_group) == ("HO00001", "Thạch Sô Phia", 4, HouseholdGroup.POOR)
    assert page.panel.heading.text() == "Thạch Sô Phia"
    page.edit(row.id)
    assert isinstance(page.dialog, HouseholdDialog)
    type_in(qtbot, page.dialog, "address", "Số 49")
    page.dialog.save()
    assert office.households.rows()[0].address == "Số 49"
    page.chips.set_chosen({HouseholdGroup.NEAR_POOR.name})
    assert page.table.model.rows == []
    page.clear_filters()
    with qtbot.waitSignal(page.filter_row.wait.timeout):
        qtbot.keyClicks(page.search, "so phia")
    assert len(page.table.model.rows) == 1


def test_residents_are_found_by_name_added_new_and_saved_as_one_act(
    qtbot: QtBot, shell: Any, office: Office, page: HouseholdsPage
) -> None:
    one, two = add_members(office, count=2)
    (home,) = office.households.make_for([one])
    shell.refresh_page()
    page.residents(home)
    dialog = page.dialog
    assert isinstance(dialog, ResidentsDialog)
    dialog.add_known()
    assert dialog.known.error()
    dialog.known.set_value(office.people.detail(two).person.id)
    dialog.add_known()
    dialog.add_new()
    assert dialog.form["full_name"].error()
    type_in(qtbot, dialog, "full_name", "Thạch Sô Phia")
    dialog.add_new()
    head = dialog.lines[-1].combo
    head.setCurrentIndex(head.findData(Relation.HEAD.name))
    acts = len(office.history.acts())
    dialog.save()
    told = office.households.detail(home)
    assert (told.row.head, told.row.people, told.row.members) == ("Thạch Sô Phia", 3, 2)
    assert len(office.history.acts()) == acts + 1
    page.residents(home)
    assert isinstance(page.dialog, ResidentsDialog)
    page.dialog.take_out(0)
    page.dialog.save()
    assert office.households.detail(home).row.people == 2


def test_a_member_is_put_into_a_household_that_is_there(
    qtbot: QtBot, shell: Any, office: Office, page: HouseholdsPage
) -> None:
    one, two = add_members(office, count=2)
    (home,) = office.households.make_for([one])
    shell.refresh_page()
    page.tabs.setCurrentIndex(1)
    page.members.choose(two)
    qtbot.keyClick(page.members.view, KEY.Key_Return)
    assert isinstance(page.dialog, JoinHouseholdDialog)
    page.dialog.save()
    assert page.dialog.form["household_id"].error()
    page.dialog.form["household_id"].set_value(home)
    page.dialog.save()
    assert office.households.detail(home).row.members == 2


def test_someone_who_is_no_member_is_entered_and_admitted(
    qtbot: QtBot, shell: Any, office: Office, page: HouseholdsPage
) -> None:
    add_branch(office)
    page.tabs.setCurrentIndex(2)
    page.new_person()
    dialog = page.dialog
    assert isinstance(dialog, PersonDialog)
    dialog.act()
    assert dialog.form["full_name"].error()
    type_in(qtbot, dialog, "full_name", "Lê Thị Mới")
    type_in(qtbot, dialog, "birth", "1990")
    dialog.act()
    (row,) = page.others.model.rows
    page.edit_person(row)
    assert isinstance(page.dialog, PersonDialog)
    type_in(qtbot, page.dialog, "phone", "0912345678")
    page.dialog.act()
    assert office.people.others()[0].phone == "0912345678"
    page.refresh(person=row.person_id)
    page.admit(page.others.model.rows[0])
    assert isinstance(page.dialog, AdmitDialog)
    type_in(qtbot, page.dialog, "branch_id", "ap an hoa")
    page.dialog.act()
    assert [m.full_name for m in office.people.rows()] == ["Lê Thị Mới"]
    assert page.others.model.rows == []
    page._undo()
    assert office.people.rows() == []


def test_the_search_says_what_each_list_finds_and_ctrl_n_adds_what_it_holds(page: HouseholdsPage) -> None:
    told = []
    for at in range(3):
        page.tabs.setCurrentIndex(at)
        told.append((page.search.placeholderText(), page.search.accessibleName()))
    assert told[0][0].startswith("Chủ hộ")
    assert [one[0].startswith("Tên") for one in told] == [False, True, True]
    assert len({name for _placeholder, name in told}) == 3
    page.on_new()
    assert isinstance(page.dialog, PersonDialog)
    page.dialog.reject()
    page.tabs.setCurrentIndex(0)
    page.on_new()
    assert isinstance(page.dialog, HouseholdDialog)


def test_a_household_is_taken_off(shell: Any, office: Office, page: HouseholdsPage) -> None:
    office.households.make_for(add_members(office, count=3))
    shell.refresh_page()
    page.open_household(page.table.model.rows[0].id)
    page.remove(page.table.model.rows[0])
    assert len(page.table.model.rows) == 2
    assert page.panel.isHidden()


def test_a_viewer_sees_and_does_not_change(shell: Any, office: Office, page: HouseholdsPage) -> None:
    office.households.make_for(add_members(office, count=2)[:1])
    page.context.read_only = True
    page.refresh()
    assert len(page.menu(page.table.model.rows[0])) == 1
    assert len(page.member_menu(page.members.model.rows[0])) == 1
    page.on_new()
    assert page.dialog is None


def test_a_household_is_parted_and_merged_again_with_both_results_seen(
    qtbot: QtBot, shell: Any, office: Office, page: HouseholdsPage
) -> None:
    one, two = add_members(office, count=2)
    people = [office.people.detail(m).person.id for m in (one, two)]
    branch = office.people.rows()[0].branch_id
    home = office.households.add(
        HouseholdDetails(branch, "x"), [(people[0], Relation.HEAD), (people[1], Relation.CHILD)]
    )
    shell.refresh_page()
    page.split(home)
    split = page.dialog
    assert isinstance(split, SplitDialog)
    assert not split.deed.isEnabled()
    assert split.reason.text()  # why it cannot be pressed yet
    split.ticks[people[1]].setChecked(True)
    assert split.reason.text() == ""
    names = [office.people.person(person).full_name for person in people]
    assert names[0] in split.old.text.text()
    assert names[1] not in split.old.text.text()
    assert names[1] in split.new.text.text()
    split.deed.click()
    assert {row.head for row in page.presenter.rows} == set(names)
    page.merge(home)
    merge = page.dialog
    assert isinstance(merge, MergeHouseholdsDialog)
    assert not merge.deed.isEnabled()
    other = next(row.id for row in page.presenter.rows if row.id != home)
    merge.form["other"].set_value(other)
    merge._preview()
    assert all(name in merge.after.text.text() for name in names)
    merge.deed.click()
    assert [row.id for row in page.presenter.rows] == [home]
    assert {r.person_id for r in office.households.detail(home).residents} == set(people)


def test_a_household_whose_head_has_died_says_so_and_gets_another(
    qtbot: QtBot, shell: Any, office: Office, page: HouseholdsPage
) -> None:
    one, two = add_members(office, count=2)
    mother, daughter = (office.people.detail(i).person for i in (one, two))
    branch = office.people.detail(one).row.branch_id
    home = office.households.add(
        HouseholdDetails(branch, head_id=mother.id), [(mother.id, Relation.HEAD), (daughter.id, Relation.CHILD)]
    )
    office.people.leave(one, LeaveReason.DECEASED, on=office.today)
    shell.refresh_page()
    page.refresh(household=home)
    told = page.presenter.facts(office.households.detail(home))
    assert told[0] == ("Chủ hộ", f"{mother.full_name} đã mất. Chị hãy chọn chủ hộ khác.", "warn")
    page.chips.set_chosen({NO_HEAD})
    page.show_rows()
    (row,) = page.table.model.rows
    item = next(i for i in page.menu(row) if i is not None and i.text == "Chọn chủ hộ khác…")
    item.press()
    dialog = page.dialog
    assert isinstance(dialog, ResidentsDialog)
    (line,) = dialog.lines
    line.combo.setCurrentIndex(line.combo.findData(Relation.HEAD.name))
    dialog.save()
    assert office.households.detail(home).household.head_id == daughter.id
    assert "Chọn chủ hộ khác…" not in [i.text for i in page.menu(page.presenter.rows[0]) if i is not None]
    office.people.leave(two, LeaveReason.DECEASED, on=office.today)
    shell.refresh_page()
    (row,) = page.presenter.rows
    page.another_head(row)  # nobody is left who could be chosen: her name is typed
    form = page.dialog
    assert isinstance(form, HouseholdDialog)
    assert form.focusWidget() is form.form["head_name"].editor
    type_in(qtbot, form, "head_name", "Thạch Sô Phia")
    form.save()
    assert [(one.head, one.head_died) for one in office.households.rows()] == [("Thạch Sô Phia", False)]
