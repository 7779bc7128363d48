"""The frame: keys, months, search, messages, narrow window, look, lock, crash."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QSettings, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from sochihoi import app as window
from sochihoi.domain.errors import MonthClosed, UserError
from sochihoi.domain.periods import Period
from sochihoi.storage.errors import WrongPassword
from sochihoi.ui import crash
from sochihoi.ui.shell.book import Book
from sochihoi.ui.shell.unlock import Keys, wait_after
from sochihoi.ui.shell.window import Shell
from tests.ui.stand_in import Desk, NotingPage, make_desk


@pytest.mark.parametrize(
    ("key", "modifier", "noted"),
    [
        (Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier, "new"),
        (Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier, "print"),
        (Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier, "find"),
        (Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier, "why"),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, "finish"),
        (Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier, ("next", 1)),
        (Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier, ("next", -1)),
        (Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier, ("refresh", {})),
    ],
)
def test_keys_go_to_the_page(
    desk: Desk, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier, noted: object
) -> None:
    desk.page.noted.clear()
    qtbot.keyClick(desk.shell, key, modifier)
    assert desk.page.noted == [noted]


def test_control_and_a_digit_open_a_page(desk: Desk, qtbot: QtBot) -> None:
    first = desk.page
    qtbot.keyClick(desk.shell, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert desk.page is not first
    assert desk.shell.frame is not None
    assert desk.shell.frame.nav.buttons["two"].isChecked()
    assert desk.page.field.hasFocus()
    qtbot.keyClick(desk.shell, Qt.Key.Key_9, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(desk.shell, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert desk.page is first


def test_no_key_that_unikey_uses(desk: Desk) -> None:
    for shortcut in desk.shell.findChildren(QShortcut):
        text = shortcut.key().toString()
        assert "Shift" not in text
        assert "Alt" not in text
        assert "+" in text or text.startswith("F")


def test_undo_and_redo(desk: Desk, qtbot: QtBot) -> None:
    assert desk.shell.frame is not None
    desk.shell.frame.nav.buttons["one"].setFocus()
    qtbot.keyClick(desk.shell, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(desk.shell, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert desk.undone == ["undo", "redo"]
    assert desk.shell.frame.toast.text() == "Đã làm lại."


def test_f6_goes_round_the_areas(desk: Desk, qtbot: QtBot) -> None:
    seen: list[QWidget | None] = []
    for _turn in range(4):
        qtbot.keyClick(desk.shell, Qt.Key.Key_F6)
        seen.append(QApplication.focusWidget())
    assert desk.shell.frame is not None
    assert any(widget in desk.page.bar.buttons() for widget in seen)
    assert any(widget is not None and desk.shell.frame.nav.isAncestorOf(widget) for widget in seen)
    assert any(widget is not None and desk.shell.frame.top.isAncestorOf(widget) for widget in seen)
    assert desk.page.field in seen


def test_arrows_walk_the_navigation(desk: Desk, qtbot: QtBot) -> None:
    assert desk.shell.frame is not None
    buttons = desk.shell.frame.nav.buttons
    buttons["one"].setFocus()
    qtbot.keyClick(buttons["one"], Qt.Key.Key_Down)
    assert buttons["two"].hasFocus()
    qtbot.keyClick(buttons["two"], Qt.Key.Key_Return)
    assert buttons["two"].isChecked()


def test_another_month_is_read_and_remembered(desk: Desk) -> None:
    assert desk.shell.frame is not None
    menu = desk.shell.frame.top.month_menu(2026)
    words = [action.text() for action in menu.actions()]
    assert len(words) == 11  # October to January, and the year before
    heard: list[Period] = []
    assert desk.shell.context is not None
    desk.shell.context.period_changed.connect(heard.append)
    desk.page.noted.clear()
    menu.actions()[1].trigger()
    assert heard == [Period.month(2026, 9)]
    assert desk.shell.context.period == Period.month(2026, 9)
    assert desk.page.noted == [("refresh", {})]
    assert desk.shell.settings.value("month/working") == "2026-09"
    assert desk.shell.frame.top.state.property("pill") == "ok"
    menu.deleteLater()


def test_anyone_is_found_from_anywhere(desk: Desk, qtbot: QtBot) -> None:
    assert desk.shell.frame is not None
    search = desk.shell.frame.search
    qtbot.keyClick(desk.shell, Qt.Key.Key_F3)
    assert search.hasFocus()
    qtbot.keyClicks(search, "hang")
    assert desk.asked == []  # it waits for the last key
    qtbot.waitUntil(lambda: desk.asked == ["hang"])
    assert [row.title for row in search.found()] == ["Thạch Thị Kim Hằng"]
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert desk.page.noted[-1] == ("refresh", {"member": "417"})
    assert search.text() == ""
    qtbot.keyClick(desk.shell, Qt.Key.Key_F3)
    qtbot.keyClicks(search, "xyz")
    search.search_now()
    assert not search._none.isHidden()
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert search.popup.isHidden()


def test_a_problem_becomes_two_sentences_and_escape_closes_them(desk: Desk, qtbot: QtBot) -> None:
    from datetime import date

    desk.shell.show_error(MonthClosed("2026-09", date(2026, 9, 30)))
    assert desk.shell.frame is not None
    bar = desk.shell.frame.message
    assert "9/2026" in bar.text() or "09/2026" in bar.text()
    assert bar.property("message") == "bad"
    qtbot.keyClick(desk.page, Qt.Key.Key_Escape)
    assert bar.text() == ""


def test_a_toast_undoes_once(desk: Desk) -> None:
    undone: list[int] = []
    desk.shell.toast("Đã chuyển.", lambda: undone.append(1))
    assert desk.shell.frame is not None
    toast = desk.shell.frame.toast
    assert toast.text() == "Đã chuyển."
    toast.undo_button.click()
    assert undone == [1]
    assert toast.text() == ""
    assert "02:42" in desk.shell.frame.top.saved.text() or ":" in desk.shell.frame.top.saved.text()


def test_a_narrow_window_keeps_icons_with_names(desk: Desk) -> None:
    assert desk.shell.frame is not None
    desk.shell.resize(1366, 690)
    wide = desk.shell.frame.nav.width()
    desk.shell.resize(1093, 540)
    assert desk.shell.context is not None
    assert desk.shell.context.narrow
    assert desk.shell.frame.nav.width() < wide
    assert desk.shell.frame.nav.buttons["one"].accessibleName() == "Hội viên"
    assert "Hội viên" in desk.shell.frame.nav.buttons["one"].toolTip()


def test_theme_and_text_size_at_once_and_remembered(desk: Desk, qtbot: QtBot) -> None:
    before = desk.page
    desk.shell.set_look("dark", "medium")
    assert desk.shell.context is not None
    with qtbot.waitSignal(desk.shell.context.look_changed):
        pass
    assert desk.shell.context.tokens.window == "#19171C"
    assert desk.page is before
    desk.shell.set_look("dark", "large")
    with qtbot.waitSignal(desk.shell.context.look_changed):
        pass
    assert desk.shell.context.sizes.body == 16
    assert desk.page is not before
    assert desk.shell.settings.value("look/text") == "large"
    desk.shell.set_look("light", "medium")
    with qtbot.waitSignal(desk.shell.context.look_changed):
        pass


def test_a_demonstration_says_so_all_the_time(qapp: QApplication, settings: QSettings) -> None:
    desk = make_desk(settings, demo=True)
    assert desk.shell.frame is not None
    assert desk.shell.frame.demo.text() != ""
    desk.shell.go("two")
    assert desk.shell.frame.demo.text() != ""
    desk.shell.book = None
    desk.shell.close()


def test_help_names_the_page_and_the_keys(desk: Desk, qtbot: QtBot) -> None:
    qtbot.keyClick(desk.shell, Qt.Key.Key_F1)
    shown = [w for w in QApplication.topLevelWidgets() if w.objectName() == "help" and w.isVisible()]
    assert len(shown) == 1
    shown[0].close()


def test_geometry_is_kept(desk: Desk, settings: QSettings) -> None:
    desk.shell.resize(760, 540)
    desk.shell.book = None
    desk.shell.close()
    again = Shell(settings)
    assert (again.width(), again.height()) == (760, 540)
    again.close()


def test_everything_that_takes_the_focus_has_a_name(desk: Desk) -> None:
    kinds = (QAbstractButton, QLineEdit, QComboBox)
    nameless = [
        widget
        for widget in desk.shell.findChildren(QWidget)
        if isinstance(widget, kinds)
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and widget.text())
    ]
    assert nameless == []


def test_qt_speaks_our_language(qapp: QApplication) -> None:
    from sochihoi import i18n

    if i18n.language() != "vi":
        pytest.skip("the catalogue is not built")
    assert QCoreApplication.translate("QLineEdit", "Select All") == "Chọn tất cả"
    assert QCoreApplication.translate("QNowhere", "Not there") == "Not there"


# -- unlock ------------------------------------------------------------------------------------------------------------


def test_the_wait_grows_and_nothing_is_wiped() -> None:
    assert [wait_after(tries) for tries in range(1, 11)] == [0, 0, 0, 2, 4, 8, 16, 32, 60, 60]


def test_wrong_and_right_password(qapp: QApplication, settings: QSettings, qtbot: QtBot) -> None:
    stand_in = make_desk(settings)
    book = stand_in.shell.book
    assert book is not None
    asked: list[tuple[str, str]] = []

    def unlock(account: str, password: str) -> Book:
        asked.append((account, password))
        if password != "hoa-sen":
            raise WrongPassword(account)
        return book

    shell = Shell(settings, unlock)
    qtbot.addWidget(shell)
    page = shell.show_unlock(lambda: Keys(["Trần Thị Mẫu", "Lê Thị Hai"], "hoa-sen"))
    shell.show()
    page.accounts.setCurrentIndex(1)
    assert page.password.echoMode() == QLineEdit.EchoMode.Password
    page.show_password.click()
    assert page.password.echoMode() == QLineEdit.EchoMode.Normal
    for _try in range(4):
        page.password.setText("sai")
        qtbot.keyClick(page.password, Qt.Key.Key_Return)
    assert asked == [("Lê Thị Hai", "sai")] * 4
    assert page.message.text() != ""
    assert page.seconds_left == 2
    assert not page.open_button.isEnabled()
    page._tick()
    page._tick()
    assert page.open_button.isEnabled()
    page.password.setText("hoa-sen")
    page.open_button.click()
    assert shell.book is book
    shell.go("one")
    assert isinstance(shell.page(), NotingPage)
    shell.lock()
    assert shell.book is None
    assert shell.page() is None
    stand_in.shell.book = None
    stand_in.shell.close()


# -- crash -------------------------------------------------------------------------------------------------------------


def test_the_crash_file_holds_nothing_about_a_person(
    desk: Desk, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(name: str) -> None:
        raise ValueError(f"no such member {name}")

    try:
        fails("Thạch Thị Kim Hằng")
    except ValueError as error:
        desk.shell.show_crash(error)
    files = list(tmp_path.glob("su-co-*.txt"))
    assert len(files) == 1
    text = files[0].read_text(encoding="utf-8")
    assert "Hằng" not in text
    assert "builtins.ValueError" in text
    assert "test_shell.py" in text
    assert desk.shell.page() is None


def test_the_crash_page_opens_the_book_again(desk: Desk, qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    desk.shell.show_crash(RuntimeError())
    page = desk.shell.centralWidget().findChild(crash.CrashPage)
    assert isinstance(page, crash.CrashPage)
    page.reopen_button.click()
    qtbot.waitUntil(lambda: desk.shell.frame is not None)


def test_a_report_that_cannot_be_written_goes_to_the_console(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    assert crash.write_report(blocked, UserError(), datetime(2026, 10, 26, tzinfo=UTC)) is None
    assert "UserError" in capsys.readouterr().err


# -- the table of pages ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", window.PAGES, ids=lambda place: place.key)
def test_every_page_of_the_navigation_is_there(place: window.Place) -> None:
    import importlib

    assert callable(importlib.import_module(place.module).build)
    assert place.label()


def test_the_wizard_keeps_the_focus_it_gave(desk: Desk, qtbot: QtBot) -> None:
    wizard = QWidget()
    row = QVBoxLayout(wizard)
    first, wanted = QLineEdit(), QLineEdit()
    row.addWidget(first)
    row.addWidget(wanted)
    wanted.setFocus()
    desk.shell.show_instead(wizard)
    qtbot.waitUntil(wanted.hasFocus)
    qtbot.keyClicks(QApplication.focusWidget(), "hoa phu")
    assert wanted.text() == "hoa phu"
