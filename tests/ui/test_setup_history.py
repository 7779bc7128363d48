"""The history says which acts can be taken back, and why another cannot."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QApplication

from sochihoi.services.office import Office
from sochihoi.storage.errors import UndoConflict
from sochihoi.ui.setup.history import HistoryPart
from tests.people_data import add_members


def opened(shell: Any) -> HistoryPart:
    shell.resize(1366, 690)
    shell.go("setup", tab="history")
    QApplication.processEvents()
    part = shell.page().part()
    assert isinstance(part, HistoryPart)
    return part


def test_a_list_of_what_can_be_taken_back(shell: Any, office: Office) -> None:
    add_members(office, count=2)
    office.people.note_export(2, "text")
    office.history.undo(next(act.batch for act in office.history.acts() if act.act == "member.add"))
    part = opened(shell)
    told = {row.what: row.why for row in part.table.model.rows}
    assert told["Xuất danh sách hội viên"] == "Dòng này chỉ ghi lại việc đã xem, in hoặc xuất."
    assert told["Thêm hội viên"] == "Việc này đã được hoàn tác."
    part.undoable.setChecked(True)
    assert {row.undoable for row in part.table.model.rows} == {True}
    assert "Hoàn tác được" in part.paper.listing().told


def test_why_an_act_cannot_be_taken_back_is_said_when_it_is_chosen(shell: Any, office: Office) -> None:
    member = add_members(office, count=1)[0]
    told = office.people.details(member)
    office.people.edit(member, replace(told, address="Số 7"))
    first = next(act.batch for act in office.history.acts() if act.act == "member.edit")
    office.people.edit(member, replace(told, address="Số 8"))
    acts = len(office.history.acts())
    part = opened(shell)
    part.table.choose(first)
    assert isinstance(office.history.obstacle(first), UndoConflict)
    assert part.why.text()
    assert not part.undo_button.isEnabled()
    newest = office.history.acts()[0].batch
    part.table.choose(newest)
    assert part.why.text() == ""
    assert part.undo_button.isEnabled()
    assert len(office.history.acts()) == acts  # trying it left nothing behind
    assert office.people.details(member).address == "Số 8"
