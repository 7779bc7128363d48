"""In the window: a returned receipt leads to Hợp nhất; two values side by side, one of them is chosen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from sochihoi.domain.reuniting import Side
from sochihoi.ui.shared.uniting import UniteDialog
from tests.offices import PASSWORD
from tests.people_data import add_branch, details
from tests.services.test_reuniting import Two, phone
from tests.ui.sync_driving import give_back, sync_page


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    made = Two(tmp_path)
    yield made
    made.close()


def texts(dialog: UniteDialog) -> str:
    return " | ".join(one.text() for one in dialog.findChildren(QLabel))


def test_values_that_both_changed_are_chosen_side_by_side(
    two: Two, qtbot: QtBot, qapp: QApplication, settings: QSettings
) -> None:
    for office, number in ((two.one, "0911111111"), (two.other, "0922222222")):
        phone(office, two.members[0], number)
        phone(office, two.members[1], number)
    two.other.people.add(details("Trần Thị Hai", national_id=""), add_branch(two.other)[0])
    shell, page = sync_page(two.one, settings)
    dialog = UniteDialog(page.context, None, two.file())
    qtbot.addWidget(dialog)
    dialog.password.setText("another-password")
    dialog.look()
    assert dialog.plan is None
    dialog.password.setText(PASSWORD)
    dialog.look()
    name = two.one.people.detail(two.members[0]).person.full_name
    assert name in texts(dialog)
    assert not dialog.unite_button.isEnabled()
    dialog.choose_all(Side.THEIRS)
    first = next(iter(dialog.groups.values()))
    first.button(Side.OURS.value).setChecked(True)
    dialog.unite()
    phones = {two.one.people.detail(one).person.phone for one in two.members[:2]}
    assert phones == {"0911111111", "0922222222"}
    assert "Trần Thị Hai" in {row.full_name for row in two.one.people.rows()}
    give_back(shell)
