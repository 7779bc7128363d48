"""Every page can be heard and driven: what takes the focus has a name, and nothing opens as a stray window."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, QSettings, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from sochihoi import app as window
from sochihoi import i18n
from sochihoi.ui.shared.page import ActionBar
from tests import campaign_data, offices, people_data


class StrayWindows(QObject):
    """Writes down each widget that is shown as a window of its own though it is part of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.windowType() == Qt.WindowType.Window
            and not isinstance(watched, window.Shell | QDialog | QMenu)
        ):
            words = watched.text() if isinstance(watched, QLabel | QAbstractButton) else watched.accessibleName()
            self.seen.append(f"{type(watched).__name__} {words}")
        return False


@pytest.fixture
def strays(qapp: QApplication) -> Iterator[StrayWindows]:
    """Watches while a page is built."""
    watch = StrayWindows()
    qapp.installEventFilter(watch)
    yield watch
    qapp.removeEventFilter(watch)


def nameless(root: QWidget) -> list[str]:
    """Widgets of the Tab order that a screen reader would call nothing: no name, no words, no label beside them."""
    named = {label.buddy() for label in root.findChildren(QLabel) if label.buddy() is not None}
    found = []
    for widget in root.findChildren(QWidget):
        own_of_qt = widget.objectName().startswith("qt_") or widget.window().windowType() == Qt.WindowType.Popup
        if own_of_qt or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            continue  # the list that a combo box drops is named by the box
        if isinstance(widget, QAbstractButton) and not widget.isVisible():
            continue  # its words come with the moment in which it is shown
        words = widget.text().strip() if isinstance(widget, QAbstractButton) else ""
        if not (widget.accessibleName() or words or widget in named):
            parent = widget.parent()
            found.append(f"{type(widget).__name__} {widget.objectName()} in {type(parent).__name__}")
    return found


@pytest.mark.parametrize("place", window.PAGES, ids=lambda place: place.key)
def test_every_page_has_names_and_no_stray_window(
    qapp: QApplication,
    qtbot: QtBot,
    tmp_path: Path,
    settings: QSettings,
    strays: StrayWindows,
    place: window.Place,
) -> None:
    office = offices.make_office(tmp_path / "data") if place.for_sender else offices.make_above(tmp_path / "data")
    shell = window.build_window(office, settings, first=place.key)
    qtbot.addWidget(shell)
    shell.show()
    qapp.processEvents()
    assert nameless(shell) == []
    assert strays.seen == []
    shell.close()


@pytest.mark.parametrize("part", ["unit", "papers", "branches", "accounts", "backup", "look", "history", "about"])
def test_the_parts_of_the_set_up_too(shell: Any, strays: StrayWindows, part: str) -> None:
    shell.go("setup", tab=part)
    QApplication.processEvents()
    assert nameless(shell) == []
    assert strays.seen == []


def shown_letters(root: QWidget) -> list[tuple[str, str]]:
    """The letter after Alt, and the words it stands in, of every button and label on the screen."""
    found = []
    for one in root.findChildren(QWidget):
        text = one.text() if isinstance(one, QAbstractButton | QLabel) and one.isVisible() else ""
        if isinstance(one, QLabel) and one.buddy() is None:
            continue
        letter = re.search(r"&(\w)", text.replace("&&", ""))
        if letter is not None:
            found.append((letter.group(1).lower(), text.strip()))
    return found


PLACES = ["overview", "people", "households", "meetings", "study", "targets", "reports", "sync", "rubric", "setup"]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "where", [*PLACES, "campaign", "campaign households", "campaign grid", "rubric sheet", "reports list"]
)
def test_letters_after_alt_are_latin_and_no_two_alike(shell: Any, where: str, language: str) -> None:
    i18n.set_language(language)
    office = shell.context.office
    branch, _homes = campaign_data.add_households(office, count=3)
    office.rubric.register(2026, [branch])
    args = {"view": where.split()[1]} if where in ("campaign households", "reports list") else {}
    if where in ("campaign grid", "rubric sheet"):
        args = {"branch_id": branch}
    shell.go(where.split(maxsplit=1)[0], **args)
    page = shell.page()
    if where == "people":  # with the buttons of the panel beside those of the page
        people_data.add_members(office, count=1)
        shell.refresh_page()
        page.open_member(page.table.model.rows[0])
    elif where == "households":
        page.open_household(page.table.model.rows[0].id)
    QApplication.processEvents()
    letters = shown_letters(shell)
    assert [words for letter, words in letters if not letter.isascii()] == []
    seen: dict[str, str] = {}
    for letter, words in letters:
        assert seen.setdefault(letter, words) == words, f"Alt+{letter}: {seen[letter]} and {words}"
    bar = shell.page().findChildren(ActionBar)
    without = [one.text() for bars in bar for one in bars.buttons() if one.isVisible() and "&" not in one.text()]
    assert without == []


def test_tab_goes_through_the_score_sheet_as_it_stands(shell: Any, qtbot: QtBot) -> None:
    office = shell.context.office
    branch, _homes = campaign_data.add_households(office, count=3)
    office.rubric.register(2026, [branch])
    shell.resize(1366, 690)
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    shell.go("rubric", branch_id=branch)
    QApplication.processEvents()
    page = shell.page().current()
    page.grid.view.setCurrentIndex(page.grid.model.index(2, 4))  # the cards are made anew
    QApplication.processEvents()
    wanted = [*page.why.buttons, *page.conditions.answer_buttons.values(), page.conditions.rest_button]
    wanted += [one for one in page.action_bar().buttons() if one.isVisible() and one.isEnabled()]
    page.grid.view.setFocus()
    seen = []
    for _step in wanted:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    assert seen == wanted


def test_the_funnel_comes_after_the_chips(shell: Any, qtbot: QtBot) -> None:
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    shell.resize(1093, 540)
    shell.go("people")
    QApplication.processEvents()
    chips = shell.page().chips
    assert chips.funnel.isVisible()
    shown = [one for one in chips.findChildren(QAbstractButton) if one.isVisible() and one is not chips.funnel]
    shown[0].setFocus()
    for one in [*shown[1:], chips.funnel]:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is one


def test_f6_goes_through_the_areas_and_comes_to_the_page_that_is_shown(shell: Any, qtbot: QtBot) -> None:
    campaign_data.add_households(shell.context.office, count=3)
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    shell.go("people")
    QApplication.processEvents()
    page = shell.page()
    seen = []
    for _step in range(4):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        seen.append(QApplication.focusWidget())
    assert seen[0] is page.table.view
    assert seen[1] is shell.frame.top.month
    assert seen[2] is shell.frame.nav.buttons["people"]  # not always the first one
    assert seen[3] is page.search
    shell.frame.nav.buttons["people"].setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert shell.frame.nav.buttons["households"].hasFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert shell.current_key == "households"


def test_a_new_window_leaves_room_for_its_frame(settings: QSettings, desk: Any) -> None:
    room = desk.shell.screen().availableGeometry()
    assert desk.shell.height() < room.height()
