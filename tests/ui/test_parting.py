"""Branches go to a new commune in the window, and the first day of that commune begins with their file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from sochihoi.services.office import Office
from sochihoi.ui.setup.first_run import build
from sochihoi.ui.setup.parting import PartDialog
from sochihoi.ui.shared.dialogs import Dialog
from tests.joining_data import MOMENT
from tests.offices import around, make_office
from tests.people_data import add_members
from tests.ui.test_fit import cut_labels

FILE_PASSWORD = "tach-xa-nam-2026"


@pytest.fixture
def office(tmp_path: Path) -> Any:
    """Two branches of a few women, in November."""
    made = make_office(tmp_path / "data", moment=MOMENT)
    add_members(made, "Ấp An Hòa", 3)
    add_members(made, "Ấp Bưng Cốc", 4)
    yield made
    made.close()


def ended(dialog: PartDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(dialog.stack.isEnabled, timeout=60_000)


def test_from_one_window_to_the_next(shell: Any, office: Office, tmp_path: Path, qtbot: QtBot) -> None:
    shell.go("setup", tab="unit")
    shell.page().part().part_button.click()
    dialog = shell.page().part().dialog
    assert isinstance(dialog, PartDialog)
    form = dialog.what.form
    assert (dialog.minimumSizeHint().height() <= 540, cut_labels(dialog)) == (True, [])
    dialog.next()
    assert dialog.stack.currentWidget() is dialog.what  # nothing is chosen yet
    ids = {one.name: one.id for one in office.setup.branches()}
    form["branches"].set_value(list(ids.values()))
    form["code"].set_value("99005")
    form["name"].set_value("xã Hòa Tân")
    form["on"].line.setText("1/11/2026")
    dialog.next()
    ended(dialog, qtbot)
    assert dialog.message.text()  # all of them
    form["branches"].set_value([ids["Ấp An Hòa"]])
    dialog.next()
    ended(dialog, qtbot)
    assert dialog.stack.currentWidget() is dialog.shown
    assert (dialog.minimumSizeHint().height() <= 540, cut_labels(dialog)) == (True, [])
    dialog.next()
    assert dialog.isVisible()  # no password yet: the file has no name
    assert not dialog.shown.twice.first.visibleRegion().isEmpty()  # and it is in sight, below however many branches
    for line in (dialog.shown.twice.first, dialog.shown.twice.second):
        line.setText(FILE_PASSWORD)
    file = tmp_path / "99005.hpnpart"
    dialog.part(file)
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=60_000)
    assert len(office.people.rows("CURRENT")) == 4
    shell.page().part()._undo()
    assert len(office.people.rows("CURRENT")) == 7

    found: list[Office] = []
    wizard = build(
        tmp_path / "new",
        lambda made, *_page, **_more: found.append(made),
        settings=QSettings(str(tmp_path / "first.ini"), QSettings.Format.IniFormat),
        around=around("new", MOMENT),
    )
    qtbot.addWidget(wizard)
    wizard.show()
    wizard.unit.part_button.click()
    asked = wizard.unit.dialog
    assert isinstance(asked, Dialog)
    asked.take(file)
    asked.password.setText("khong-phai-mat-khau")
    asked.look()
    assert asked.isVisible()
    asked.password.setText(FILE_PASSWORD)
    asked.look()
    assert "xã Hòa Tân (99005)" in wizard.unit.part_said.text()
    assert wizard.unit.list.isHidden()
    kept = wizard.unit.part
    assert kept is not None
    wizard.unit.part_button.click()  # the list again, and the file once more
    assert not wizard.unit.list.isHidden()
    wizard.unit.begin_with(*kept)
    wizard.next()
    for line in (wizard.password.twice.first, wizard.password.twice.second):
        line.setText("hoa-tan-moi-2026")
    wizard.next()
    assert wizard.office is not None
    assert [len(wizard.wanted()), len(wizard.office.people.rows("CURRENT"))] == [4, 3]
    wizard.finish()
    found[0].close()
