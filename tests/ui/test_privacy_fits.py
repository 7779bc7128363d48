"""Every part of the page of personal data fits the screens that it must fit, in either language."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sochihoi import app as window
from sochihoi import i18n
from sochihoi.domain.duties import Incident, Request, RequestKind
from sochihoi.domain.people import LeaveReason
from sochihoi.services.office import Office
from tests import offices
from tests.people_data import add_members
from tests.ui.test_accessible import nameless
from tests.ui.test_fit import ROOMS, beyond_the_edge, cut_labels

TABS = ("consents", "requests", "incidents", "retention", "access")


def filled(folder: Path) -> Office:
    office = offices.make_office(folder)
    gone = add_members(office, count=3)[0]
    office.people.leave(gone, LeaveReason.RESIGNED, on=office.today)
    row = office.people.rows()[0]
    office.privacy.access.viewed(row.person_id, ["religion", "ethnicity", "national_id"])
    office.privacy.duties.ask(Request("", RequestKind.RESTRICT, office.today, person_id=row.person_id))
    long = "Mất máy tính xách tay của cán bộ phụ nữ ấp trên đường đi họp xã về"
    office.privacy.duties.report(Incident("", office.now - timedelta(hours=51), long, data=long, told=long))
    return office


def shown(shell: Any, tab: str) -> None:
    shell.go("privacy", tab=tab)
    for _turn in range(3):
        QApplication.processEvents()


@pytest.mark.parametrize(("width", "height", "text_size"), ROOMS, ids=str)
@pytest.mark.parametrize("tab", TABS)
def test_every_part_fits(
    qapp: QApplication,
    qtbot: QtBot,
    tmp_path: Path,
    settings: QSettings,
    tab: str,
    width: int,
    height: int,
    text_size: str,
) -> None:
    settings.setValue("look/text", text_size)
    shell = window.build_window(filled(tmp_path / "data"), settings, first="")
    qtbot.addWidget(shell)
    shell.resize(width, height)
    shell.show()
    shown(shell, tab)
    need = shell.minimumSizeHint()
    assert (need.width() <= width, need.height() <= height) == (True, True)
    assert shell.frame is not None
    assert shell.frame.room.fits(), shell.page().minimumSizeHint()
    assert cut_labels(shell) == []
    assert beyond_the_edge(shell.page()) == []
    assert nameless(shell) == []
    shell.close()
    settings.setValue("look/text", "medium")


@pytest.mark.parametrize("tab", TABS)
def test_every_part_fits_in_english(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, settings: QSettings, tab: str
) -> None:
    i18n.set_language("en")
    shell = window.build_window(filled(tmp_path / "data"), settings, first="")
    qtbot.addWidget(shell)
    shell.resize(1093, 540)
    shell.show()
    shown(shell, tab)
    assert beyond_the_edge(shell.page()) == []
    assert cut_labels(shell) == []
    assert shell.frame is not None
    assert shell.frame.room.fits()
    shell.close()
