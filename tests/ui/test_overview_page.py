"""The first page: what it says, and where its buttons go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from sochihoi import app as window
from sochihoi import i18n
from sochihoi.domain.periods import Period
from sochihoi.domain.proposals import Proposal
from sochihoi.services.office import Office
from sochihoi.services.overview_facts import Share
from sochihoi.ui.overview.page import BelowPage, OverviewPage
from sochihoi.ui.shell import answers
from sochihoi.ui.upper.page import KEYS, UpperPage
from tests.meetings_data import add_branch, closed_one, frozen_one
from tests.offices import make_above, make_office
from tests.ui.test_fit import beyond_the_edge, cut_labels


@pytest.fixture
def full(office: Office) -> Office:
    """Three branches: one met long ago with a proposal, one is being marked, one has not met."""
    one, two = add_branch(office, "Ấp Một", 10), add_branch(office, "Ấp Hai", 12)
    add_branch(office, "Ấp Ba", 8)
    meeting = closed_one(office, one, date(2026, 10, 12))
    frozen_one(office, two, date(2026, 10, 24))
    office.meetings.proposals.add(meeting.id, Proposal("", "", "Sửa đường", due_on=date(2026, 10, 23)))
    return office


@pytest.fixture
def went(shell: Any, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """Where the page wanted to go."""
    found: list[tuple[str, dict[str, Any]]] = []
    monkeypatch.setattr(shell, "go", lambda page, **args: found.append((page, args)))
    return found


def _open(shell: Any) -> OverviewPage:
    shell.go("overview")
    page = shell.page()
    assert isinstance(page, OverviewPage)
    return page


def _texts(widget: Any) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if not one.isHidden())


def test_an_empty_book_says_what_comes_first(shell: Any, qtbot: QtBot) -> None:
    page = _open(shell)
    assert page.first.isVisible()
    assert not page.due.isVisible()
    assert [one.property("role") for one in page.first.buttons] == ["primary", "quiet", "quiet", "quiet"]
    assert page.first_focus() is page.first.buttons[0]


def test_the_first_thing_done_hands_on_to_the_second(shell: Any, office: Office) -> None:
    office.setup.add_branches(["Ấp Một"])
    page = _open(shell)
    assert len(page.first.buttons) == 3
    page.first.buttons[0].click()
    assert shell.current_key == "people"


def test_what_is_due_and_missing(full: Office, shell: Any) -> None:
    page = _open(shell)
    due, missing = _texts(page.due), _texts(page.missing)
    assert "Ấp Một" in due
    assert "30/10" in due
    assert "02/11" in due
    assert "Ấp Ba" in missing
    assert "12" in missing  # not marked
    assert not page.first.isVisible()


def test_every_line_goes_somewhere(full: Office, shell: Any, went: list[tuple[str, dict[str, Any]]]) -> None:
    page = OverviewPage(shell.context)
    page.refresh()
    for one in (*page.due.buttons, *page.missing.buttons):
        one.click()
    assert [target for target, _args in went[:3]] == ["meetings", "reports", "sync"]
    assert {target for target, _args in went} == {"meetings", "reports", "sync"}
    assert any("meeting_id" in args for _target, args in went)
    known = {place.key for place in window.PAGES}
    assert {target for target, _args in went} <= known
    page.deleteLater()


def test_the_primary_follows_the_month(full: Office, shell: Any, went: list[tuple[str, dict[str, Any]]]) -> None:
    page = OverviewPage(shell.context)
    page.refresh()
    assert page.steps.button is not None
    page.steps.button.click()
    assert went == [("reports", {"view": "figures"})]
    full.months.close(Period.month(2026, 9), reason="Không sinh hoạt")
    shell.context.period = Period.month(2026, 9)
    page.refresh()
    assert page.steps.button is not None
    assert page.steps.button.accessibleName() != ""
    page.deleteLater()


def test_a_chart_can_be_read_as_a_table(full: Office, shell: Any) -> None:
    page = _open(shell)
    chart = page.attendance
    assert chart.chart.isVisible()
    chart.turn.click()
    assert not chart.chart.isVisible()
    assert "5/10" in _texts(chart)
    chart.turn.click()
    assert chart.chart.isVisible()
    assert chart.chart.accessibleName()
    assert not page.passing.turn.isVisible()  # no member household yet: a sentence instead of a chart


def test_more_lines_than_fit_are_behind_a_button(full: Office, shell: Any) -> None:
    page = _open(shell)
    card = page.due
    lines = [line for line, _done in card._lines] * 3
    card.show_lines(lines, "")
    assert card.more.isVisible()
    assert len(card.buttons) == 4
    card.more.click()
    assert len(card.buttons) == len(lines)


def test_a_month_to_come_shows_nothing_and_says_why(full: Office, shell: Any) -> None:
    page = _open(shell)
    shell.set_period(Period.month(2026, 12))
    assert not page.due.isVisible()
    assert shell.frame.message.text()
    shell.set_period(Period.month(2026, 10))
    assert page.due.isVisible()


def test_a_level_above_sees_who_has_not_sent(qtbot: QtBot, tmp_path: Any, settings: Any, qapp: Any) -> None:
    above = make_above(tmp_path / "above")
    shell = window.build_window(above, settings, first="overview")
    qtbot.addWidget(shell)
    shell.show()
    page = shell.page()
    assert isinstance(page, BelowPage)
    glance = above.overview.below(Period.month(2026, 10))
    units = tuple(SimpleNamespace(unit_name=f"Hội LHPN xã {n}") for n in "AB")
    page.show_below(SimpleNamespace(**{f: getattr(glance, f) for f in glance.__slots__} | {"missing": units}))  # type: ignore[arg-type]
    assert "Hội LHPN xã B" in _texts(page)
    assert not page.keys.isVisible()
    assert not page.lowest.isVisible()
    page.show_below(replace(glance, lowest=(Share("Xã A", 6, 10), Share("Xã B", 9, 10))))
    assert page.lowest.isVisible()
    assert "2 đơn vị thấp nhất" in _texts(page)
    assert "6/10" in _texts(page)
    page.show_below(replace(glance, keys=("Xã A", "Xã B")))
    assert "2 khóa chờ duyệt: Xã A, Xã B" in _texts(page)
    # the level above opens at the month that it collects, unless another one was chosen in this month
    assert shell.context is not None
    assert shell.context.period == above.board.collected() == Period.month(2026, 10)
    shell.set_period(Period.month(2026, 9))
    assert answers.working_month(above, settings) == Period.month(2026, 9)
    settings.setValue("month/chosen_in", "2026-09")
    assert answers.working_month(above, settings) == Period.month(2026, 10)
    page.keys_button.click()
    upper = shell.page()
    assert isinstance(upper, UpperPage)
    assert upper.tabs.currentIndex() == KEYS
    shell.close()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_primary_button_is_never_cut(qapp: Any, qtbot: QtBot, tmp_path: Any, settings: Any, language: str) -> None:
    i18n.set_language(language)
    office = make_office(tmp_path / "narrow")
    add_branch(office, "Ấp Một", 10)
    shell = window.build_window(office, settings, first="overview")
    qtbot.addWidget(shell)
    shell.resize(1093, 540)
    shell.show()
    qapp.processEvents()
    page = shell.page()
    button = page.steps.button
    right = button.mapTo(shell, button.rect().topRight()).x()
    assert right < shell.width()
    assert beyond_the_edge(shell) == []
    assert cut_labels(shell) == []
    shell.close()


def test_tab_goes_through_the_cards_before_the_navigation(full: Office, shell: Any, qtbot: QtBot) -> None:
    shell.resize(1366, 690)
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    page = _open(shell)
    QApplication.processEvents()
    shown = [page.steps.button, *page.due.buttons, *page.missing.buttons]
    shown += [one for one in (page.attendance.turn, page.passing.turn) if one.isVisible()]
    assert page.attendance.turn in shown, "the chart has a button"
    page.steps.button.setFocus()
    for one in shown[1:]:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is one
