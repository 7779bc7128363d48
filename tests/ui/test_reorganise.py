"""The wizard of reorganisations: with real records, a real copy, by keyboard."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sochihoi.domain.reorganisation import Kind, Plan
from sochihoi.services.office import Office
from sochihoi.ui.reports.presenter import ReportsPresenter
from sochihoi.ui.setup.reorganise import ReorganiseDialog
from sochihoi.ui.words.reorganise import KINDS
from tests.month_data import BRANCHES, OCTOBER, add_households, autumn
from tests.people_data import add_branch, add_members


def opened(shell: Any, branch: str | None = None) -> ReorganiseDialog:
    shell.go("setup", tab="branches")
    part = shell.page().part()
    if branch is not None:
        part.table.choose(branch)
    part.change_button.click()
    assert isinstance(part.dialog, ReorganiseDialog)
    return part.dialog


def say(dialog: ReorganiseDialog, kind: Kind, on: str, **values: Any) -> None:
    what = dialog.what
    what.kind.set_value(kind.name)
    what.form.changed.emit("kind")
    what.on.line.setText(on)
    for name, value in values.items():
        what.form[name].set_value(value)


def rehearsed(dialog: ReorganiseDialog, qtbot: QtBot) -> None:
    before = dialog.told
    dialog.next_button.click()
    qtbot.waitUntil(lambda: dialog.told is not before and dialog.next_button.isEnabled(), timeout=20_000)


def counts(office: Office) -> dict[str, int]:
    return {row.name: row.members for row in office.setup.branch_rows()}


def test_a_merger_is_rehearsed_committed_and_taken_back(shell: Any, office: Office, qtbot: QtBot) -> None:
    ids = autumn(office)
    add_households(office)
    before = counts(office)
    dialog = opened(shell, ids[BRANCHES[0]])
    assert dialog.what.several.value() == [ids[BRANCHES[0]]]
    say(dialog, Kind.MERGE, "15/10/2026", several=[ids[BRANCHES[0]], ids[BRANCHES[1]]], name0="Ấp Hòa Bưng")
    rehearsed(dialog, qtbot)
    assert dialog.step is dialog.shown
    assert counts(office) == before
    assert dialog.shown.unplaced.isHidden()
    assert "2" in dialog.next_button.text()
    dialog.next_button.click()
    assert counts(office)["Ấp Hòa Bưng"] == 20
    assert BRANCHES[0] not in counts(office)
    shell.page().part()._undo()
    assert counts(office) == before


def test_a_split_is_said_by_digits_and_the_unplaced_are_placed(shell: Any, office: Office, qtbot: QtBot) -> None:
    add_members(office, "Ấp Lớn", 12, cells=3)
    branch, _cells = add_branch(office, "Ấp Lớn")
    dialog = opened(shell, branch)
    say(dialog, Kind.SPLIT, "15/10/2026", name1="Ấp Lớn\nẤp Nhỏ")
    dialog.next_button.click()
    assert dialog.step is dialog.who
    view = dialog.who.table.table.view
    QTest.keyClick(view, Qt.Key.Key_1)
    QTest.keyClick(view, Qt.Key.Key_2)
    assert [one.goes for one in dialog.who.table.table.model.rows] == ["Ấp Lớn", "Ấp Nhỏ", ""]
    QTest.keyClick(view, Qt.Key.Key_3)  # there is no third branch
    assert dialog.who.table.left() == 1
    rehearsed(dialog, qtbot)
    assert len(dialog.shown.unplaced.table.model.rows) == 4
    assert dialog.reason.text()
    list_view = dialog.shown.unplaced.table.view
    for _ in range(4):
        QTest.keyClick(list_view, Qt.Key.Key_2)
    rehearsed(dialog, qtbot)
    assert dialog.shown.unplaced.isHidden()
    dialog.next_button.click()
    assert counts(office) == {"Ấp Lớn": 4, "Ấp Nhỏ": 8}


def test_back_keeps_every_choice_and_the_rest_goes_somewhere(shell: Any, office: Office, qtbot: QtBot) -> None:
    add_members(office, "Ấp Lớn", 9, cells=3)
    branch, _cells = add_branch(office, "Ấp Lớn")
    dialog = opened(shell, branch)
    say(dialog, Kind.SPLIT, "15/10/2026", name1="Ấp Lớn\nẤp Nhỏ")
    dialog.next_button.click()
    dialog.who.table.put(1)
    dialog.back_button.click()
    assert dialog.step is dialog.what
    dialog.next_button.click()
    assert dialog.who.table.table.model.rows[0].goes == "Ấp Nhỏ"
    QTest.keyClick(dialog.who.table.table.view, Qt.Key.Key_Delete)
    dialog.who.table.table.choose((dialog.who.table.table.model.rows[0].by, dialog.who.table.table.model.rows[0].key))
    QTest.keyClick(dialog.who.table.table.view, Qt.Key.Key_Delete)
    assert dialog.who.table.left() == 3
    dialog.who.rest.set_value(0)
    rehearsed(dialog, qtbot)
    assert [one.members for one in dialog.told.after] == [9, 0]  # type: ignore[union-attr]


def test_a_rehearsal_can_be_stopped(shell: Any, office: Office, qtbot: QtBot) -> None:
    ids = autumn(office)
    dialog = opened(shell, ids[BRANCHES[0]])
    say(dialog, Kind.RENAME, "15/10/2026", one=ids[BRANCHES[0]], name0="Ấp An Bình")
    dialog.next_button.click()
    assert not dialog.next_button.isEnabled()
    dialog.job.stop()
    qtbot.waitUntil(dialog.next_button.isEnabled, timeout=20_000)
    assert dialog.step is dialog.what
    assert dialog.told is None
    assert dialog.message.text()


def test_why_a_number_says_what_a_new_branch_is_compared_with(office: Office) -> None:
    ids = autumn(office)
    plan = Plan(Kind.MERGE, date(2026, 10, 15), (ids[BRANCHES[0]], ids[BRANCHES[1]]), ("Ấp Hòa Bưng",))
    (new,) = office.setup.reorganising.commit(plan).parts
    presenter = ReportsPresenter(office)
    assert BRANCHES[0] in presenter.why("org.meetings", OCTOBER, new.id).how
    assert BRANCHES[0] not in presenter.why("org.meetings", OCTOBER, ids[BRANCHES[3]]).how


def test_what_is_refused_stands_where_it_was_typed(shell: Any, office: Office) -> None:
    ids = autumn(office)
    dialog = opened(shell, ids[BRANCHES[0]])
    say(dialog, Kind.RENAME, "15/10/2026", one=ids[BRANCHES[0]], name0=BRANCHES[1])
    dialog.next_button.click()
    assert BRANCHES[1] in dialog.what.name.error()
    say(dialog, Kind.RENAME, "15/11/2026", name0="Ấp An Bình")
    dialog.next_button.click()
    assert dialog.what.on.error()
    say(dialog, Kind.MERGE, "15/10/2026", several=[ids[BRANCHES[0]]], name0="Ấp Hòa Bưng")
    dialog.next_button.click()
    assert dialog.message.text()
    say(dialog, Kind.MERGE, "02/10/2026", several=[ids[BRANCHES[0]], ids[BRANCHES[1]]])
    dialog.next_button.click()
    assert "10/10" in dialog.message.text()
    assert dialog.step is dialog.what
    dialog.reject()


def test_a_cell_moves(shell: Any, office: Office, qtbot: QtBot) -> None:
    add_members(office, "Ấp Một", 6, cells=2)
    add_members(office, "Ấp Hai", 3)
    (one, cells), (two, _none) = add_branch(office, "Ấp Một"), add_branch(office, "Ấp Hai")
    dialog = opened(shell, one)
    say(dialog, Kind.MOVE_CELL, "15/10/2026", one=one, target=two)
    assert dialog.what.cell.value() == cells[0]
    rehearsed(dialog, qtbot)
    dialog.next_button.click()
    assert counts(office) == {"Ấp Một": 3, "Ấp Hai": 6}


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_step_fits_a_small_screen(shell: Any, office: Office, qapp: QApplication, kind: Kind) -> None:
    from tests.ui.test_fit import cut_labels

    add_members(office, "Ấp Một có một tên khá dài để thử bề rộng", 6, cells=2)
    add_members(office, "Ấp Hai", 3)
    dialog = opened(shell)
    say(dialog, kind, "15/10/2026", name1="Ấp Lớn\nẤp Nhỏ", name0="Ấp Mới")
    qapp.processEvents()
    assert dialog.minimumSizeHint().height() <= 540
    assert cut_labels(dialog) == []
    if kind is Kind.SPLIT:
        dialog.next_button.click()
        qapp.processEvents()
        assert dialog.step is dialog.who
        assert cut_labels(dialog) == []
    dialog.reject()


def test_where_no_branch_is_nothing_is_reorganised(shell: Any) -> None:
    shell.go("setup", tab="branches")
    part = shell.page().part()
    assert not part.change_button.isHidden()
    assert not part.change_button.isEnabled()


def test_the_commune_is_renamed_from_the_official_list_and_back(shell: Any, office: Office) -> None:
    shell.go("setup", tab="unit")
    part = shell.page().part()
    before = office.commune
    part.change_button.click()
    dialog = part.dialog
    dialog.on.line.setText("15/10/2026")
    dialog.code.line.setText("31135")
    dialog.code.left.emit()
    assert dialog.form["short_name"].value() == "Ninh Kiều"
    assert dialog.form["union_line"].value() == "HỘI LHPN PHƯỜNG NINH KIỀU"
    dialog.form["joined"].set_value("phường An Khánh")
    dialog.deed_button.click()
    assert office.commune.name == "phường Ninh Kiều"
    assert office.commune.on(date(2026, 10, 14)).name == before.name
    part._undo()
    assert office.commune == before


def test_a_wrong_code_of_the_commune_stands_at_its_field(shell: Any, office: Office) -> None:
    shell.go("setup", tab="unit")
    part = shell.page().part()
    part.change_button.click()
    part.dialog.code.line.setText("12")
    part.dialog.deed_button.click()
    assert part.dialog.code.error()
    part.dialog.reject()
