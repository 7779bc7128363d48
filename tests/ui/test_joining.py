"""The window in which another commune's book joins: with a real backup, a real copy, a real undo."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from sochihoi.services.office import Office
from sochihoi.ui.setup.joined import JoinedDialog
from sochihoi.ui.setup.joining import JoinDialog
from tests.joining_data import MOMENT, OTHER_PASSWORD, backup_of, fill, make_other
from tests.offices import make_office


@pytest.fixture
def office(tmp_path: Path) -> Any:
    """A commune that was closed in September, in November."""
    made = make_office(tmp_path / "data", moment=MOMENT)
    fill(made, members=10)
    yield made
    made.close()


@pytest.fixture
def other(tmp_path: Path) -> Path:
    return backup_of(make_other(tmp_path / "other"), tmp_path / "hoa-my.hpnbak")


def opened(shell: Any) -> JoinDialog:
    shell.go("setup", tab="unit")
    shell.page().part().join_button.click()
    dialog = shell.page().part().dialog
    assert isinstance(dialog, JoinDialog)
    return dialog


def ended(dialog: JoinDialog, qtbot: QtBot) -> None:
    dialog.next_button.click()
    qtbot.waitUntil(dialog.stack.isEnabled, timeout=60_000)


def test_it_is_rehearsed_brought_in_and_taken_back(shell: Any, office: Office, other: Path, qtbot: QtBot) -> None:
    part_of = lambda: shell.page().part()  # noqa: E731 - the part is made anew by a refresh
    dialog = opened(shell)
    assert not dialog.next_button.isEnabled()
    dialog.what.book.take(other)
    dialog.what.book.password.setText("khong-dung-mat-khau")
    dialog.what.on.line.setText("1/11/2026")
    ended(dialog, qtbot)
    assert dialog.stack.currentWidget() is dialog.what  # a wrong password
    assert dialog.message.text()
    dialog.what.book.password.setText(OTHER_PASSWORD)
    dialog.what.on.line.setText("15/9/2026")
    ended(dialog, qtbot)
    assert dialog.stack.currentWidget() is dialog.what  # September is closed
    dialog.what.on.line.setText("1/11/2026")
    ended(dialog, qtbot)
    assert dialog.stack.currentWidget() is dialog.shown
    assert "xã Hòa Mỹ" in dialog.next_button.text()
    assert len(office.people.rows("CURRENT")) == 50
    dialog.next_button.click()
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=60_000)
    assert len(office.people.rows("CURRENT")) == 95
    assert any("xã Hòa Mỹ" in one.text() for one in part_of().facts.findChildren(QLabel))
    part_of().joined_button.click()
    shown = part_of().dialog
    assert isinstance(shown, JoinedDialog)
    assert shown.month.value() == "2026-09"
    members = [one.now.value for one in shown.table.model.rows if one.indicator.code == "org.members"]
    assert members == [45]
    shown.accept()
    part_of()._undo()
    assert part_of().joined_button.isHidden()
    assert len(office.people.rows("CURRENT")) == 50
