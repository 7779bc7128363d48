"""In the window: to whom a file was handed, what is on a stick, a stick that is plugged in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from sochihoi.domain.custody import Deed
from sochihoi.domain.exchange import Outcome, SentState
from sochihoi.services import drives
from sochihoi.services.custody import Custody
from sochihoi.services.drives import Drive
from sochihoi.ui.shared.custody import CustodyDialog
from sochihoi.ui.sync.page import SyncPage
from sochihoi.ui.sync.sticks import StickDialog
from tests.exchange_data import Exchange, make_exchange
from tests.ui.sync_driving import give_back, in_dialog, sync_page


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[Exchange]:
    made = make_exchange(tmp_path)
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, qapp: QApplication, settings: QSettings, exchange: Exchange) -> Iterator[SyncPage]:
    exchange.send()
    shell, found = sync_page(exchange.below, settings)
    yield found
    give_back(shell)


def texts(dialog: StickDialog | CustodyDialog) -> str:
    return " | ".join(one.text() for one in dialog.findChildren(QLabel))


def test_who_has_the_file_is_typed_and_shown_in_its_line(page: SyncPage, exchange: Exchange) -> None:
    (file,) = exchange.below.sending.history()

    def hand(dialog: CustodyDialog) -> None:
        assert "chép vào" in texts(dialog)
        dialog.deed.click()
        assert dialog.isVisible()  # nobody was named
        dialog.form["person"].set_value("Nguyễn Thị Lan")
        dialog.deed.click()

    in_dialog(CustodyDialog, hand)
    page._custody(file)
    assert [one.person for one in Custody(exchange.below).of([file.sha256])[file.sha256]][-1] == "Nguyễn Thị Lan"
    assert "Nguyễn Thị Lan" in page._last_step(file)


def test_a_receipt_on_a_stick_is_taken_in_with_its_button(page: SyncPage, exchange: Exchange) -> None:
    exchange.above.receiving.receive([exchange.stick])
    exchange.above.receiving.write_receipts(exchange.stick)

    def press(dialog: StickDialog) -> None:
        assert [one.deed for one in dialog.found] == [Deed.LOOK, Deed.APPLY]
        assert "của đơn vị mình" in texts(dialog)
        dialog.deeds[1].click()

    in_dialog(StickDialog, press)
    page.dropped([exchange.stick])
    (file,) = exchange.below.sending.history()
    assert file.state is SentState.RECEIVED


def test_the_level_above_receives_from_a_stick(qtbot: QtBot, settings: QSettings, exchange: Exchange) -> None:
    exchange.send()
    shell, page = sync_page(exchange.above, settings)

    def press(dialog: StickDialog) -> None:
        assert [one.deed for one in dialog.found] == [Deed.RECEIVE]
        dialog.deeds[0].click()

    in_dialog(StickDialog, press)
    page.show_files([exchange.stick])
    qtbot.waitUntil(lambda: "1 đã nhận" in shell.frame.message.text(), timeout=20000)
    (line,) = exchange.above.receiving.ledger()
    assert line.verdict is Outcome.STORED
    shell.frame.message.actions_shown()[0].click()
    assert shell.page() is not page
    give_back(shell)


def test_nothing_of_ours_is_said_in_a_sentence(page: SyncPage, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    in_dialog(StickDialog, lambda dialog: None if "không có tệp nào" in texts(dialog) else pytest.fail(texts(dialog)))
    page.show_files([tmp_path / "empty"])


def test_a_stick_that_is_plugged_in_is_noticed_once(
    page: SyncPage, exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(page.context.shell, "message", lambda _kind, text, _buttons=(): told.append(text))
    monkeypatch.setattr(drives, "removable", lambda: ())
    page.watch.check()
    monkeypatch.setattr(drives, "removable", lambda: (Drive(exchange.stick, "KINGSTON (E:)", None),))
    page.watch.check()
    page.watch.check()
    assert told == ["Vừa cắm USB KINGSTON (E:)."]
