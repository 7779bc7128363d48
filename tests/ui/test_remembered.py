"""What the window keeps between two starts; and that a damaged file never keeps anyone from working."""

from __future__ import annotations

from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from sochihoi import app as window
from sochihoi.services.opening import open_office
from sochihoi.ui import style
from sochihoi.ui.shared import remembered
from sochihoi.ui.shell.window import Shell
from tests.offices import PASSWORD, around, make_office


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    make_office(data).close()
    return data


def started(folder: Path) -> Shell:
    """The window as it is after a start of the program."""
    return window.build_window(open_office(folder, PASSWORD, around=around()), window.settings_in(folder))


def ended(shell: Shell) -> None:
    shell.close()
    shiboken6.delete(shell)


def test_size_page_month_and_look_are_there_again_after_a_start(qapp: QApplication, folder: Path) -> None:
    first = started(folder)
    first.resize(790, 620)  # the screen of the test has 800 x 800
    first.show()
    assert first.current_key == "overview"  # before anything is remembered
    first.go("meetings")
    first.settings.setValue("look/theme", "dark")
    first.settings.setValue("look/text", "large")
    ended(first)
    again = started(folder)
    again.show()
    assert (again.width(), again.height()) == (790, 620)
    assert again.current_key == "meetings"
    assert style.tokens() is style.DARK
    assert style.sizes().body > 14
    again.settings.clear()
    ended(again)
    style.apply(qapp)


KEYS = ("window/geometry", "window/page", "month/working", "lock/minutes", "look/theme", "look/text", "look/language")


@pytest.mark.parametrize("nonsense", ["", "0", "-1", "rác, rác", "9" * 40, ["một", "hai"], b"\x00\xff"], ids=repr)
def test_a_window_opens_with_any_nonsense_in_its_settings(qapp: QApplication, folder: Path, nonsense: object) -> None:
    settings = window.settings_in(folder)
    for key in KEYS:
        settings.setValue(key, nonsense)
    settings.sync()
    shell = started(folder)
    assert shell.current_key == "overview"
    assert remembered.lock_minutes(settings, 5) in (0, 5)
    assert remembered.theme(settings) == "light"
    assert remembered.text_size(settings) == "medium"
    assert shell.width() > 700
    shell.go("setup", tab="look")
    ended(shell)


@pytest.mark.parametrize("content", [b"", b"\x00\x01\xff\xfe" * 500, b"[window\ngeometry=@ByteArray(\\x1", b"%" * 9999])
def test_a_damaged_file_of_settings_is_written_anew(qapp: QApplication, folder: Path, content: bytes) -> None:
    (folder / "window.ini").write_bytes(content)
    shell = started(folder)
    assert shell.current_key == "overview"
    shell.go("people")
    ended(shell)
    again = started(folder)
    assert again.current_key == "people"
    ended(again)


def test_a_folder_in_the_place_of_the_file_stops_nobody(qapp: QApplication, folder: Path) -> None:
    (folder / "window.ini").mkdir()
    shell = started(folder)
    shell.go("people")
    assert shell.current_key == "people"
    ended(shell)


def test_the_page_of_another_kind_of_unit_is_not_looked_for(qapp: QApplication, settings: QSettings) -> None:
    from tests.ui.stand_in import make_desk

    settings.setValue("window/page", "upper")
    desk = make_desk(settings)
    assert desk.shell.current_key == "one"
    desk.shell.book = None
    ended(desk.shell)
