"""Every page of the navigation fits the screens that it must fit, at every text size, and no word is cut."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QFontMetrics, QTextDocument
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QTableView
from pytestqt.qtbot import QtBot

from sochihoi import app as window
from sochihoi import i18n
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.dialogs import Dialog
from sochihoi.ui.style import icons
from sochihoi.ui.words.rubric import said
from tests import campaign_data, meetings_data, offices
from tests.ui.stand_in import NOW, make_desk

ROOMS = [(1366, 690, "medium"), (1366, 690, "large"), (1366, 690, "largest"), (1093, 540, "medium")]
THERE = [place for place in window.PAGES if importlib.util.find_spec(place.module) is not None]


def cut_labels(page: Any) -> list[str]:
    """Labels on the screen that are narrower than their text."""
    cut = []
    for shown in page.findChildren(QLabel):
        if not shown.isVisible() or not shown.text() or shown.wordWrap():
            continue
        text = shown.text()
        if "<" in text:
            document = QTextDocument()
            document.setDocumentMargin(0)  # a label has none
            document.setDefaultFont(shown.font())
            document.setHtml(text)
            need = document.idealWidth()
        else:
            need = max(shown.fontMetrics().horizontalAdvance(line) for line in text.replace("&", "").split("\n"))
        if shown.contentsRect().width() + 1 < need:
            cut.append(text)
    return cut


@pytest.mark.parametrize(("width", "height", "text_size"), ROOMS, ids=str)
@pytest.mark.parametrize("place", THERE, ids=lambda place: place.key)
def test_every_page_fits(
    qapp: QApplication,
    qtbot: QtBot,
    request: pytest.FixtureRequest,
    settings: QSettings,
    place: window.Place,
    width: int,
    height: int,
    text_size: str,
) -> None:
    path = request.getfixturevalue("tmp_path") / "data"
    office = offices.make_office(path) if place.for_sender else offices.make_above(path)
    settings.setValue("look/text", text_size)
    shell = window.build_window(office, settings, first=place.key)
    qtbot.addWidget(shell)
    shell.resize(width, height)
    shell.show()
    shell.saved_at(office.now)
    qapp.processEvents()
    page = shell.page()
    assert page is not None
    need = shell.minimumSizeHint()
    assert (need.width() <= width, need.height() <= height) == (True, True), (
        f"window needs {need.width()}x{need.height()}, page {page.minimumSizeHint()}"
    )
    assert (shell.width(), shell.height()) == (width, height)
    assert shell.frame is not None
    assert shell.frame.room.fits(), f"page needs {page.minimumSizeHint()} of {shell.frame.room.size()}"
    assert cut_labels(shell) == []
    assert icons.absent == set()
    shell.close()
    settings.setValue("look/text", "medium")


def beyond_the_edge(page: Any) -> list[str]:
    """Places that never scroll sideways and hold something wider than they are: its right end is out of reach."""
    return [
        f"{area.widget().minimumSizeHint().width()} in {area.viewport().width()}"
        for area in page.findChildren(QScrollArea)
        if area.isVisible()
        and area.widget() is not None
        and area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        and area.widget().minimumSizeHint().width() > area.viewport().width()
    ]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("place", THERE, ids=lambda place: place.key)
def test_nothing_lies_beyond_the_edge_in_either_language(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, settings: QSettings, place: window.Place, language: str
) -> None:
    office = offices.make_office(tmp_path / "data") if place.for_sender else offices.make_above(tmp_path / "data")
    if place.for_sender:
        campaign_data.add_households(office, count=3)
    i18n.set_language(language)
    shell = window.build_window(office, settings, first=place.key)
    qtbot.addWidget(shell)
    shell.resize(1093, 540)
    shell.show()
    qapp.processEvents()
    assert beyond_the_edge(shell) == []
    assert cut_labels(shell) == []
    assert shell.frame is not None
    assert shell.frame.room.fits()
    shell.close()


@pytest.mark.parametrize("text_size", ["medium", "large", "largest"])
def test_a_wide_window_becomes_narrow_at_once(qapp: QApplication, settings: QSettings, text_size: str) -> None:
    settings.setValue("look/text", text_size)
    window.apply_look(settings)
    desk = make_desk(settings)
    desk.shell.resize(1366, 690)
    qapp.processEvents()
    desk.shell.saved_at(NOW)
    qapp.processEvents()
    desk.shell.resize(1093, 540)
    qapp.processEvents()
    assert (desk.shell.width(), desk.shell.height()) == (1093, 540)
    assert desk.shell.minimumSizeHint().width() <= 1093
    assert cut_labels(desk.shell) == []
    desk.shell.book = None
    desk.shell.close()
    shiboken6.delete(desk.shell)
    settings.setValue("look/text", "medium")
    window.apply_look(settings)


def test_a_high_page_leaves_the_window_as_it_was(settings: QSettings, qtbot: QtBot) -> None:
    desk = make_desk(settings)
    shell = desk.shell
    shell.resize(1093, 540)
    assert shell.frame is not None
    room = shell.frame.room
    desk.page.field.setMinimumHeight(900)
    qtbot.waitUntil(lambda: not room.fits())  # it scrolls
    assert shell.height() == 540
    shell.go("two")
    qtbot.waitUntil(room.fits)  # the high page is not shown: it asks for nothing
    shell.book = None
    shell.close()
    shiboken6.delete(shell)


def test_a_dialog_is_never_higher_than_the_screen(qapp: QApplication) -> None:
    dialog = Dialog(None, "Hỏi")
    words = label("một dòng", wrap=True)
    dialog.body.addWidget(words)
    close = dialog.add_button("Đóng", dialog.accept)
    dialog.show()
    qapp.processEvents()
    low = dialog.height()
    words.setText("\n".join(["một dòng"] * 10))
    qapp.processEvents()
    assert dialog.height() > low  # it grows with what it says
    words.setText("\n".join(["một dòng"] * 200))
    qapp.processEvents()
    assert dialog.height() <= dialog.screen().availableGeometry().height()
    assert close.geometry().bottom() < dialog.height()  # the buttons stay in sight
    dialog.close()


def test_a_dialog_is_as_high_as_its_sentences_need_at_its_width(qapp: QApplication) -> None:
    dialog = Dialog(None, "Đây có phải tệp cuối cùng của Hội LHPN xã Hòa Phú không?")
    said = [label("Một câu vừa đủ đứng trên một dòng của hộp thoại.", wrap=True) for _line in range(6)]
    for one in said:
        dialog.body.addWidget(one)
    dialog.add_button("Đóng", dialog.accept)
    dialog.show()
    qapp.processEvents()
    assert [one.height() for one in said] == [one.heightForWidth(one.width()) for one in said]
    assert dialog.body.parentWidget().height() == sum(one.height() for one in said) + 5 * dialog.body.spacing()
    assert dialog.heading.height() == dialog.heading.heightForWidth(dialog.heading.width())
    assert dialog.height() == dialog.layout().totalHeightForWidth(dialog.width())
    dialog.close()


@pytest.fixture
def cut_by_painters(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Every text that a list painted only in part. Qt's own cutting is listened to, nothing else of it changes."""
    cut: set[str] = set()
    whole = QFontMetrics.elidedText

    def listened(self: QFontMetrics, text: str, mode: Any, room: int, flags: int = 0) -> str:
        shown = whole(self, text, mode, room, flags)
        if shown != text:
            cut.add(text)
        return shown

    monkeypatch.setattr(QFontMetrics, "elidedText", listened)
    return cut


LONG_NAMES = ("Huỳnh Nguyễn Thị Phương Trinh", "Thạch Thị Ngọc Huỳnh Hương", "Nguyễn Hoàng Thị Mộng Trường")
PLACES_OF_NAMES: dict[str, dict[str, Any]] = {
    "people": {},
    "households": {},
    "meetings": {},
    "campaign": {"view": "year"},
    "campaign households": {"view": "households"},
    "campaign grid": {},
    "rubric": {},
    "rubric sheet": {},
    "targets": {},
    "reports": {},
}


@pytest.mark.parametrize("size", [(1366, 690), (1093, 540)], ids=str)
@pytest.mark.parametrize("where", PLACES_OF_NAMES)
def test_names_of_people_and_criteria_are_never_cut(
    qapp: QApplication, shell: Any, cut_by_painters: set[str], where: str, size: tuple[int, int]
) -> None:
    office = shell.context.office
    branch = meetings_data.add_branch(office, "Ấp Vĩnh Thành Đông", 0, cells=1)
    meetings_data.add_members(office, branch, len(LONG_NAMES), names=LONG_NAMES)
    campaign_data.add_households(office, "Ấp Vĩnh Thành Đông", 3)
    office.rubric.register(2026, [branch])
    sheet = office.rubric.sheet(2026, branch)
    names = {*LONG_NAMES, *(said(one.criterion.label) for one in sheet.lines)}
    names |= {line.full_name for line in office.people.rows("ALL")}
    args = dict(PLACES_OF_NAMES[where])
    if where in ("campaign grid", "rubric sheet"):
        args["branch_id"] = branch
    shell.resize(*size)
    shell.go(where.split(maxsplit=1)[0], **args)
    qapp.processEvents()
    shell.grab()
    assert cut_by_painters & names == set()
    for view in shell.page().findChildren(QTableView):
        if view.isVisible() and where in ("rubric", "rubric sheet", "people", "households"):
            assert view.horizontalScrollBar().maximum() == 0, "a list that must be pushed sideways to be read"
