"""Who came to a session: typed, ticked, counted, and only looked at in a closed month."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from sochihoi.domain.study import TargetGroup
from sochihoi.services.office import Office
from sochihoi.ui.study.page import StudyPage
from tests import study_data
from tests.people_data import add_branch
from tests.ui.study_driving import open_session, page

KEY = Qt.Key
__all__ = ["page"]


def test_numbers_are_understood_live_and_written_as_one(
    qtbot: QtBot, shell: Any, page: StudyPage, office: Office
) -> None:
    campaign = study_data.begin(office)
    session = study_data.hold(office, campaign, add_branch(office)[0])
    open_session(shell, session)
    entry = page.session.entry
    entry.line.setFocus()
    qtbot.keyClicks(entry.line, "1-5, 9, !3")
    assert entry.read().tone == "ok"
    assert "5/12" in entry.said.text() or "5 of 12" in entry.said.text()
    assert office.study.sheet(session).present == frozenset(), "nothing is written before Enter"
    qtbot.keyClick(entry.line, KEY.Key_Return)
    assert len(office.study.sheet(session).present) == 5
    assert entry.line.text() == ""
    shell.frame.toast.undo_button.click()
    assert office.study.sheet(session).present == frozenset()
    qtbot.keyClicks(entry.line, "13")
    qtbot.keyClick(entry.line, KEY.Key_Return)
    assert entry.line.property("state") == "bad"
    assert entry.line.text() == "13"


def test_rows_are_ticked_by_key_by_click_and_all_at_once(
    qtbot: QtBot, shell: Any, page: StudyPage, office: Office
) -> None:
    session = study_data.hold(office, study_data.begin(office), add_branch(office)[0])
    open_session(shell, session)
    roster = page.session.roster
    roster.into()
    qtbot.keyClick(roster.table.view, KEY.Key_1)
    qtbot.keyClick(roster.table.view, KEY.Key_1)
    assert len(office.study.sheet(session).present) == 2
    current = roster.table.current()
    assert current is not None
    assert current.member.row_number == 3
    roster.table.step(-1)
    qtbot.keyClick(roster.table.view, KEY.Key_Delete)
    assert len(office.study.sheet(session).present) == 1
    at = next(n for n, column in enumerate(roster.table.model.columns) if column.key == "present")
    box = roster.table.view.visualRect(roster.table.model.index(0, at))
    qtbot.mouseClick(roster.table.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(box.center()))
    assert office.study.sheet(session).present == frozenset()
    page.session.all_button.click()
    assert len(office.study.sheet(session).present) == 12
    shell.frame.toast.undo_button.click()
    assert office.study.sheet(session).present == frozenset()


def test_one_branch_at_a_session_of_the_whole_commune(shell: Any, page: StudyPage, office: Office) -> None:
    session = study_data.hold(office, study_data.begin(office))
    open_session(shell, session)
    page.session.branches.setCurrentIndex(page.session.branches.findText("Ấp Trà Cuôn"))
    page.session.branches.activated.emit(page.session.branches.currentIndex())
    assert len(page.session.shown()) == 8
    page.session.mark_all()
    sheet = office.study.sheet(session)
    assert {m.branch for m in sheet.roster if m.membership_id in sheet.present} == {"Ấp Trà Cuôn"}


def test_head_counts_are_kept_and_words_refused(qtbot: QtBot, shell: Any, page: StudyPage, office: Office) -> None:
    session = study_data.hold(office, study_data.begin(office))
    open_session(shell, session)
    line = page.session.side.lines[TargetGroup.WOMEN]
    line.setFocus()
    qtbot.keyClicks(line, "27")
    qtbot.keyClick(line, KEY.Key_Return)
    assert office.study.sheet(session).heads == {TargetGroup.WOMEN: 27}
    line.setText("hai")
    qtbot.keyClick(line, KEY.Key_Return)
    assert line.property("state") == "bad"
    assert office.study.sheet(session).heads == {TargetGroup.WOMEN: 27}


def test_a_closed_month_is_only_looked_at(qtbot: QtBot, shell: Any, page: StudyPage, office: Office) -> None:
    from sochihoi.storage.schema import closing

    session = study_data.hold(office, study_data.begin(office), add_branch(office)[0], held_on=date(2026, 9, 12))
    office.study.type_present(session, "1-4")
    with office.store.write("test.close") as work:
        work.insert(
            closing, [{"id": office.new_id(), "period": "2026-09", "edition": 1, "closed_on": date(2026, 10, 2)}]
        )
    open_session(shell, session)
    assert page.session.notice.text()
    assert page.session.entry.isHidden()
    assert page.session.all_button.isHidden()
    page.session.roster.into()
    qtbot.keyClick(page.session.roster.table.view, KEY.Key_1)
    assert len(office.study.sheet(session).present) == 4


def test_before_the_day_the_blank_sheet_is_all(qtbot: QtBot, shell: Any, page: StudyPage, office: Office) -> None:
    campaign = study_data.begin(office)
    session = study_data.hold(office, campaign, add_branch(office)[0], held_on=date(2026, 10, 30))
    open_session(shell, session)
    assert page.session.notice.text()
    assert page.session.entry.isHidden()
    assert page.session.all_button.isHidden()
    assert not page.session.print_button.isHidden()
    assert not page.session.change_button.isHidden()
    page.session.roster.into()
    qtbot.keyClick(page.session.roster.table.view, KEY.Key_1)
    assert office.study.sheet(session).present == frozenset()
