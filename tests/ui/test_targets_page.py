"""Targets, driven as an officer drives them: entering, setting values, switching on and off, asking why."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from sochihoi.domain.periods import Period
from sochihoi.domain.targets import Direction, Light
from sochihoi.services.office import Office
from sochihoi.ui.shared.behind import BehindDialog
from sochihoi.ui.targets import presenter
from sochihoi.ui.targets.dialogs import EnterDialog, GoalDialog
from sochihoi.ui.targets.page import TargetsPage
from tests import campaign_data
from tests.ui.test_rubric_page import in_dialog

OCTOBER = Period.month(2026, 10)


@pytest.fixture
def page(qtbot: QtBot, shell: Any) -> TargetsPage:
    shell.resize(1366, 690)
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    shell.go("targets")
    found = shell.page()
    assert isinstance(found, TargetsPage)
    return found


def shown(page: TargetsPage) -> set[str]:
    return {row.target.id for row in page.table.model.rows}


def test_this_years_targets_come_first_and_chips_filter(page: TargetsPage, office: Office) -> None:
    periods = [row.period for row in page.table.model.rows]
    assert periods == sorted(periods, key=lambda code: code != "2026")
    office.figures.enter("party.supervision", OCTOBER, None, 0)
    page.refresh()
    page.chips.set_chosen({presenter.BEHIND})
    assert shown(page) == {"supervision_base_n"}
    page.chips.set_chosen({presenter.OFF})
    assert "supervision_upper_n" in shown(page)
    page.chips.set_chosen(set())
    assert "supervision_upper_n" not in shown(page)


def test_figures_are_entered_in_a_dialog_by_enter(qtbot: QtBot, shell: Any, page: TargetsPage, office: Office) -> None:
    page.table.choose("victim_support_pct")

    def enter(dialog: EnterDialog) -> None:
        dialog.form["numerator"].set_value(6)
        dialog.form["denominator"].set_value(5)
        dialog.accept_form()
        assert dialog.isVisible()  # more than all: said in the dialog
        assert dialog.message.text()
        dialog.form["numerator"].set_value(4)
        dialog.form["note"].set_value("theo sổ của công an xã")
        dialog.accept_form()

    in_dialog(EnterDialog, enter)
    qtbot.keyClick(page.table.view, Qt.Key.Key_Return)
    row = office.targets.row("victim_support_pct", OCTOBER)
    assert (row.standing.numerator, row.standing.denominator, row.light) == (4, 5, Light.MET)
    shell.frame.toast.undo_button.click()
    assert office.targets.row("victim_support_pct", OCTOBER).light is Light.UNKNOWN


def test_the_communes_own_value_is_set(page: TargetsPage, office: Office) -> None:
    page.table.choose("supervision_base_n")

    def put(dialog: GoalDialog) -> None:
        dialog.form["value"].set_value(3)
        dialog.form["direction"].set_value(Direction.OVER.name)
        dialog.accept_form()

    in_dialog(GoalDialog, put)
    page.set_goal()
    row = office.targets.row("supervision_base_n", OCTOBER)
    assert row.goal is not None
    assert (row.goal.value, row.goal.direction) == (3, Direction.OVER)


def test_a_value_with_decimals_is_typed_and_shown_as_papers_write_it(page: TargetsPage, office: Office) -> None:
    page.table.choose("victim_support_pct")

    def put(dialog: GoalDialog) -> None:
        dialog.form["value"].line.setText("37,5")  # type: ignore[attr-defined]
        dialog.accept_form()

    in_dialog(GoalDialog, put)
    page.set_goal()
    row = office.targets.row("victim_support_pct", OCTOBER)
    assert row.setting.value == Decimal("37.5")
    assert presenter.goal(row) == "từ 37,5\u00a0% trở lên"
    shown: list[str] = []
    in_dialog(GoalDialog, lambda dialog: shown.append(dialog.form["value"].draft()))
    page.set_goal()
    assert shown == ["37,5"]
    refused: list[str] = []

    def too_fine(dialog: GoalDialog) -> None:
        dialog.form["value"].line.setText("37,555")  # type: ignore[attr-defined]
        dialog.accept_form()
        refused.append(dialog.form["value"].error())
        dialog.reject()

    in_dialog(GoalDialog, too_fine)
    page.set_goal()
    assert refused[0]
    assert office.targets.row("victim_support_pct", OCTOBER).setting.value == Decimal("37.5")


def test_why_shows_what_was_counted_and_opens_the_list(page: TargetsPage, office: Office) -> None:
    branch, homes = campaign_data.add_households(office, count=4)
    campaign_data.confirm(office, branch, homes, {homes[0]: "K1"})
    page.refresh(target="hh_pass_pct")
    page.on_why()
    assert page.panel.isVisible()
    seen: list[int] = []
    in_dialog(BehindDialog, lambda dialog: seen.append(len(dialog.table.model.rows)))
    row = page.table.current()
    assert row is not None
    page._open_list(row)
    assert seen == [4]
    assert page.on_escape() is True
    assert page.on_escape() is False
    page.enter()  # counted from the records: the panel says why instead
    assert page.panel.isVisible()


def test_a_target_is_switched_off_and_on_again(page: TargetsPage, office: Office) -> None:
    page.table.choose("hh_pass_pct")
    row = page.table.current()
    assert row is not None
    off = [one for one in page._menu(row) if one is not None][-1]
    off.press()
    assert "hh_pass_pct" not in shown(page)
    page.refresh(target="hh_pass_pct")
    row = page.table.current()
    assert row is not None
    assert row.shown is False
    [one for one in page._menu(row) if one is not None][-1].press()
    assert office.targets.row("hh_pass_pct", OCTOBER).shown is True


def test_a_viewer_changes_nothing(page: TargetsPage) -> None:
    page.context.read_only = True
    page.refresh()
    page.table.choose("victim_support_pct")
    QApplication.processEvents()
    row = page.table.current()
    assert row is not None
    assert len(page._menu(row)) == 2  # why this number, history
    assert page.enter_button.isHidden()
    page.set_goal()
    page.enter()


def test_only_what_can_be_entered_offers_to_be_entered(page: TargetsPage, office: Office) -> None:
    page.table.choose("hh_pass_pct")  # counted from the records
    QApplication.processEvents()
    assert (page.enter_button.isVisible(), page.goal_button.isVisible()) == (False, True)
    page.table.choose("supervision_base_n")  # entered with the figures of the month
    QApplication.processEvents()
    assert page.enter_button.isVisible()


def test_why_says_who_reports_and_where_the_figures_come_from(page: TargetsPage, office: Office) -> None:
    empty = office.targets.row("victim_support_pct", OCTOBER)
    assert presenter.share(empty) == presenter.reached(empty) == "—"  # the badge says that nothing is known
    assert presenter.figure(empty) == "chưa có"
    office.targets.enter("victim_support_pct", OCTOBER, 4, 5, "sổ của công an xã.")
    row = office.targets.row("victim_support_pct", OCTOBER)
    assert presenter.definition(row).endswith("cấp xã.")
    assert presenter.how(row).endswith("sổ của công an xã.")
    assert presenter.left_out(row) == ""
    page.refresh(target="victim_support_pct")
    page.on_why()
    titles = [one.text() for one in page.panel.findChildren(QLabel)]
    assert not any("không tính" in one.lower() for one in titles)
