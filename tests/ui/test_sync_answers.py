"""The commune's side of the way back: a return file, what is to be corrected at its place, codes by telephone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from sochihoi import app as window
from sochihoi.domain.corrections import Correction
from sochihoi.domain.exchange import SentState
from sochihoi.ui.overview.presenter import due_line
from sochihoi.ui.reports.corrections import EachDialog
from sochihoi.ui.reports.figures_view import FiguresView
from sochihoi.ui.sync import presenter
from sochihoi.ui.sync.page import SyncPage
from sochihoi.ui.sync.phone_code import PhoneCodeDialog
from sochihoi.ui.sync.returned import ReturnedDialog
from tests.exchange_data import OCTOBER, SEPTEMBER, Exchange, make_exchange
from tests.services.test_wrong_lines import spoilt


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[Exchange]:
    made = make_exchange(tmp_path)
    yield made
    made.close()


@pytest.fixture
def page(qapp: QApplication, settings: QSettings, exchange: Exchange) -> Iterator[SyncPage]:
    shell = window.build_window(exchange.below, settings, first="")
    shell.resize(1366, 690)
    shell.show()
    shell.set_period(OCTOBER)
    shell.go("sync")
    found = shell.page()
    assert isinstance(found, SyncPage)
    yield found
    shell.book = None
    shell.close()
    shell.deleteLater()


def in_dialog(kind: type[QDialog], deed: Callable[[QDialog], None]) -> None:
    def do() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, kind)
        deed(dialog)

    QTimer.singleShot(0, do)


def answered(exchange: Exchange, *corrections: Correction) -> Path:
    """The return file for the file of October, with what is asked."""
    exchange.above.receiving.receive([exchange.send()])
    if corrections:
        exchange.above.receiving.deciding.ask("99001", corrections)
    (out,) = exchange.above.receiving.answers.write(exchange.root / "back")
    return out


def test_a_return_file_leads_to_the_figure_that_is_meant(qtbot: QtBot, page: SyncPage, exchange: Exchange) -> None:
    asked = (
        Correction("2026-10", "org.members", said="Chị xem lại số buổi."),
        Correction("2026-10", said="Số liệu cả tháng?"),
        Correction("2026-10", indicator="org.honorary", said="Có ai là hội viên danh dự?"),
    )
    page.dropped([answered(exchange, *asked)])
    message = page.context.shell.frame.message
    assert "3 điểm cần xem lại" in message.text()
    assert exchange.below.sending.history()[0].state is SentState.RECEIVED
    message.actions_shown()[0].click()
    view = page.context.shell.frame.findChild(FiguresView)
    assert view is not None
    qtbot.waitUntil(lambda: bool(view.table.marks), timeout=20000)
    assert list(view.table.marks) == ["org.members", "org.honorary"]
    assert "Chị xem lại số buổi." in view.table.marks["org.members"]
    column = next(one for one in view.table.model.columns if one.key == "why")
    assert column.icon is not None
    assert {row.key for row in view.table.model.rows if row.row and column.icon(row) == ("flag", "warn")} == {
        "org.members",
        "org.honorary",  # not a main figure, and shown among them all the same
    }
    assert "3 điểm" in view.corrections.text()
    told = [due_line(one, exchange.below.today, "Tỉnh") for one in exchange.below.overview.of(OCTOBER).due]
    line = next(one for one in told if one.icon == "flag")
    assert "3 điểm của tháng 10/2026" in line.title
    assert line.args == {"view": "figures", "why": "org.members"}
    view.corrections.actions_shown()[0].click()
    qtbot.waitUntil(lambda: view.side.currentWidget() is view.panel, timeout=20000)
    assert view.table.current().key == "org.members"  # type: ignore[union-attr]

    def show_other(dialog: QDialog) -> None:
        shows = [one for one in dialog.findChildren(QPushButton) if one.text().strip() == "Xem số liệu"]
        assert len(shows) == 2  # the third thing names no figure
        shows[1].click()

    in_dialog(EachDialog, show_other)
    view.corrections.actions_shown()[1].click()
    qtbot.waitUntil(lambda: view.table.current().key == "org.honorary", timeout=20000)  # type: ignore[union-attr]
    assert view.side.currentWidget() is view.panel

    def both_right(dialog: QDialog) -> None:
        for one in dialog.findChildren(QPushButton):
            if one.text().strip() == "Số liệu đúng":
                one.click()
        dialog.accept()

    in_dialog(EachDialog, both_right)
    view.corrections.actions_shown()[1].click()
    assert exchange.below.receipts.to_correct() == ()
    qtbot.waitUntil(lambda: not view.table.marks, timeout=20000)
    assert view.corrections.text() == ""


def test_without_corrections_a_receipt_says_little(page: SyncPage, exchange: Exchange) -> None:
    page.dropped([answered(exchange)])
    assert page.context.shell.frame.message.text() == ""
    assert exchange.below.sending.history()[0].state is SentState.RECEIVED


def test_ten_letters_by_telephone_mark_the_file_as_received(page: SyncPage, exchange: Exchange) -> None:
    (verdict,) = exchange.above.receiving.receive([exchange.send()])
    assert verdict.line is not None
    letters = exchange.above.phone.tell(verdict.line.id)
    told: list[str] = []

    def type_in(dialog: QDialog) -> None:
        assert isinstance(dialog, PhoneCodeDialog)
        dialog.code.set_value("AAAAA-AAAAA")
        dialog.check()
        dialog.code.set_value(letters.lower())
        told.append(dialog.message.text())
        dialog.check()
        told.append(dialog.message.text())
        dialog.reject()

    in_dialog(PhoneCodeDialog, type_in)
    page.type_code()
    assert "không phải mã" in told[0]
    assert "đã nhận, qua điện thoại" in told[1]
    (file,) = exchange.below.sending.history()
    assert (file.state, presenter.state_of(file)) == (SentState.PHONED, ("Đã nhận, qua điện thoại", "ok"))
    page.refresh()
    last = presenter.steps(page.standing)[-1]
    assert (last.state, "qua điện thoại" in last.hint) == ("done", True)
    (out,) = exchange.above.receiving.answers.write(exchange.root / "back")
    page.dropped([out])  # the receipt says more
    assert exchange.below.sending.history()[0].state is SentState.RECEIVED


def test_a_code_of_missing_months_makes_their_files(
    qtbot: QtBot, page: SyncPage, exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sochihoi.domain import gap_codes

    monkeypatch.setattr("sochihoi.ui.sync.page.ask", lambda *_words: True)

    letters = gap_codes.spelled("99001", [SEPTEMBER, OCTOBER])
    exchange.send(SEPTEMBER)  # the folder used last
    page.refresh()

    def type_in(dialog: QDialog) -> None:
        assert isinstance(dialog, PhoneCodeDialog)
        dialog.code.set_value(letters)
        dialog.check()
        assert "tháng 9/2026, tháng 10/2026" in dialog.message.text()
        dialog.make_button.click()

    in_dialog(PhoneCodeDialog, type_in)
    page.type_code()
    qtbot.waitUntil(lambda: len(exchange.below.sending.history()) == 2, timeout=20000)
    qtbot.waitUntil(lambda: len(list(exchange.stick.glob("*.hpn"))) == 2, timeout=20000)


def test_a_returned_file_says_why_and_which_lines(page: SyncPage, exchange: Exchange) -> None:
    exchange.above.receiving.receive([spoilt(exchange, num="1")])
    (out,) = exchange.above.receiving.answers.write(exchange.root / "back")
    page.dropped([out])
    message = page.context.shell.frame.message
    assert "không đúng dạng" in message.text()
    told: list[str] = []

    def read(dialog: QDialog) -> None:
        assert isinstance(dialog, ReturnedDialog)
        told.extend(one.text() for one in dialog.findChildren(QLabel))
        dialog.accept()

    in_dialog(ReturnedDialog, read)
    message.actions_shown()[0].click()
    assert any("bản chương trình mới nhất" in one for one in told)
    assert any("indicator.num" in one for one in told)
    assert any("Mã từ chối: ROW. Biên nhận số 1." in one for one in told)
    menu = {one.text: one.enabled for one in page._menu(exchange.below.sending.history()[0]) if one is not None}
    assert menu["Vì sao bị trả lại…"]
