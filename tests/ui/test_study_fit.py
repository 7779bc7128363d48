"""The pages of study and the roster of a meeting fit their rooms, and what names a campaign is read whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from sochihoi import app as window
from sochihoi import i18n
from sochihoi.services.office import Office
from sochihoi.ui import style
from sochihoi.ui.shared.badges import badge_font
from sochihoi.ui.study.campaign_page import BRANCHES
from sochihoi.ui.study.page import StudyPage
from sochihoi.ui.study.presenter import for_whom
from tests import meetings_data, study_data
from tests.people_data import add_branch, add_members
from tests.ui.test_fit import ROOMS, cut_by_painters, cut_labels

__all__ = ["cut_by_painters"]
TITLE = "Học tập, quán triệt Nghị quyết Đại hội đại biểu phụ nữ toàn quốc lần thứ XIV, nhiệm kỳ 2026–2031"
THREE = ("Ấp Vĩnh Thành Đông", "Ấp Vĩnh Thành Tây", "Ấp Bưng Cốc")


CASES = [("vi", *room) for room in ROOMS] + [("en", *room) for room in ROOMS[2:]]


@pytest.fixture
def language() -> Iterator[None]:
    before = i18n.language()
    yield
    i18n.set_language(before)


def cut_titles(page: Any) -> list[str]:
    """Titles of columns that have less room than their words."""
    cut = []
    for view in page.findChildren(QTableView):
        header, model = view.horizontalHeader(), view.model()
        if not view.isVisible():
            continue
        for at in range(header.count()):
            text = str(model.headerData(at, header.orientation()) or "")
            need = QFontMetrics(badge_font(view.font())).horizontalAdvance(text) + 2 * style.sizes().space_2
            if not header.isSectionHidden(at) and header.sectionSize(at) < need:
                cut.append(text)
    return cut


@pytest.mark.usefixtures("language")
@pytest.mark.parametrize(("spoken", "width", "height", "text_size"), CASES, ids=str)
def test_every_state_fits(
    qtbot: QtBot,
    settings: Any,
    office: Office,
    qapp: QApplication,
    cut_by_painters: set[str],
    spoken: str,
    width: int,
    height: int,
    text_size: str,
) -> None:
    i18n.set_language(spoken)
    for name in THREE:
        add_members(office, name, 12, cells=2)
    branches = [add_branch(office, name)[0] for name in THREE]
    campaign = study_data.begin(office, title=TITLE)
    session = study_data.hold(office, campaign, *branches)
    office.study.type_present(session, "1-8")
    other = study_data.hold(office, campaign, branches[0], held_on=date(2026, 10, 14))
    meeting = meetings_data.frozen_one(office, branches[0])
    settings.setValue("look/text", text_size)
    shell = window.build_window(office, settings, first="study")
    qtbot.addWidget(shell)
    shell.resize(width, height)
    shell.show()
    for key, args in (
        ("study", {"campaign_id": campaign}),
        ("study", {"campaign_id": campaign, "view": "sessions"}),
        ("study", {"campaign_id": campaign, "view": "missing"}),
        ("study", {"session_id": session}),
        ("study", {"session_id": other}),
        ("meetings", {"meeting_id": meeting.id}),
    ):
        shell.go(key, **args)
        qapp.processEvents()
        need = shell.minimumSizeHint()
        assert (need.width() <= width, need.height() <= height) == (True, True), (args, need)
        assert cut_labels(shell) == []
        assert cut_titles(shell) == []
        shell.grab()
        names = {name for name in cut_by_painters if "Thị" in name or name in THREE}
        assert names == set(), args
    office.study.close(campaign)
    shell.go("study", campaign_id=campaign, view="branches")
    qapp.processEvents()
    found = shell.page()
    assert isinstance(found, StudyPage)
    assert found.campaign.tabs.currentIndex() == BRANCHES
    title = found.campaign._title
    assert title.text() == TITLE, "the whole name stands on the page, in lines where it must"
    assert title.heightForWidth(title.width()) <= title.height()
    need = shell.minimumSizeHint()
    assert (need.width() <= width, need.height() <= height) == (True, True), need
    shell.book = None  # the office fixture closes it
    shell.close()
    settings.setValue("look/text", "medium")


@pytest.mark.usefixtures("language")
def test_of_many_branches_the_first_few_are_named() -> None:
    i18n.set_language("en")
    assert for_whom(()) == "The whole commune"
    assert for_whom(("A", "B", "C", "D")) == "A, B, C, D"
    assert for_whom(("A", "B", "C", "D", "E")) == "A, B, C and 2 other branches"
