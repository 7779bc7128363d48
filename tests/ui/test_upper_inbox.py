"""Hộp nhận: what waits for a person stands apart, is decided on, judged again, taken back; answers go back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from sochihoi import app as window
from sochihoi.domain.exchange import Outcome
from sochihoi.services import trusting
from sochihoi.ui.upper.decisions import AskDialog, DecideDialog, LettersDialog
from sochihoi.ui.upper.page import UpperPage
from tests.exchange_data import OCTOBER, SEPTEMBER, Exchange, make_exchange
from tests.services.test_deciding import halved

PageMaker = Callable[[Exchange], UpperPage]


@pytest.fixture
def opened(qapp: QApplication, settings: QSettings) -> Iterator[PageMaker]:
    shells = []

    def make(exchange: Exchange) -> UpperPage:
        shell = window.build_window(exchange.above, settings, first="")
        shell.resize(1366, 690)
        shell.show()
        shell.set_period(OCTOBER)
        shell.go("upper")
        shells.append((shell, exchange))
        found = shell.page()
        assert isinstance(found, UpperPage)
        return found

    yield make
    for shell, exchange in shells:
        shell.book = None
        shell.close()
        shell.deleteLater()
        exchange.close()


def take(qtbot: QtBot, page: UpperPage, *files: Path) -> None:
    page.inbox._run = ()
    page.take(list(files))
    qtbot.waitUntil(lambda: bool(page.inbox._run), timeout=20000)


def in_dialog(kind: type[QDialog], deed: Callable[[QDialog], None]) -> None:
    """What is done in the dialog that comes up next."""

    def do() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, kind)
        deed(dialog)

    QTimer.singleShot(0, do)


def press(page: UpperPage, text: str) -> None:
    """An entry of the menu of the first line."""
    row = page.inbox.table.model.rows[0]
    entry = next(one for one in page.inbox.deeds.menu(row) if one is not None and one.text == text)
    assert entry.enabled
    entry.press()


def test_a_held_file_says_why_and_is_decided_on(qtbot: QtBot, tmp_path: Path, opened: PageMaker) -> None:
    made = halved(tmp_path)
    page = opened(made)
    take(qtbot, page, made.send())
    row = page.inbox.table.model.rows[0]
    assert (row.outcome, "giảm 50" in row.what) == (Outcome.HELD, True)
    assert "1 tệp chờ quyết định" in page.inbox.notice.text()
    page.inbox.show_all()
    page.inbox.notice.actions_shown()[0].click()
    assert [one.outcome for one in page.inbox.table.model.rows] == [Outcome.HELD]

    def refuse(dialog: QDialog) -> None:
        assert isinstance(dialog, DecideDialog)
        dialog.return_button.click()  # without a word nothing is returned
        assert "lý do" in dialog.message.text()
        dialog.reason.set_value("Chị xem lại số hội viên.")
        dialog.return_button.click()

    in_dialog(DecideDialog, refuse)
    page.inbox.table.opened.emit(page.inbox.table.model.rows[0])
    line = made.above.receiving.ledger()[0]
    assert (line.verdict, line.decision) == (Outcome.REFUSED, "RETURNED")
    assert made.above.account.name in page.context.shell.frame.message.text()
    assert page.inbox.notice.text() == ""  # what a person returned waits for nobody
    # she may change her mind
    in_dialog(DecideDialog, lambda dialog: dialog.accept_button.click())  # type: ignore[attr-defined]
    page.inbox.chips.set_chosen(set())
    press(page, "Quyết định có tính hay không…")
    assert made.above.receiving.ledger()[0].verdict is Outcome.STORED


def test_files_are_tried_first_and_nothing_is_kept(qtbot: QtBot, tmp_path: Path, opened: PageMaker) -> None:
    made = halved(tmp_path)
    page = opened(made)
    page.try_out([made.send()])
    qtbot.waitUntil(lambda: bool(page.inbox._run), timeout=20000)
    (row,) = page.inbox.table.model.rows
    assert (row.outcome, "giảm 50" in row.what, row.line_id) == (Outcome.HELD, True, "")
    assert not any(one.enabled for one in page.inbox.deeds.menu(row) if one is not None)
    page.inbox.table.opened.emit(row)  # there is nothing to open
    assert len(made.above.receiving.ledger()) == 1
    page.inbox._run = ()
    page.context.shell.frame.message.actions_shown()[0].click()
    qtbot.waitUntil(lambda: bool(page.inbox._run), timeout=20000)
    assert len(made.above.receiving.ledger()) == 2


def test_refused_files_are_judged_again_in_one_click(qtbot: QtBot, tmp_path: Path, opened: PageMaker) -> None:
    made = make_exchange(tmp_path, introduced=False)
    trusting.accept(made.below, made.above.sending.key_file())
    page = opened(made)
    take(qtbot, page, made.send())
    assert "1 tệp bị từ chối" in page.inbox.notice.text()
    trusting.accept(made.above, made.below.sending.key_file())
    page.inbox.notice.actions_shown()[-1].click()
    qtbot.waitUntil(lambda: made.above.receiving.ledger()[0].verdict is Outcome.STORED, timeout=20000)
    qtbot.waitUntil(lambda: page.inbox.notice.text() == "", timeout=20000)


def test_a_file_is_taken_back_and_the_whole_drop(
    qtbot: QtBot, tmp_path: Path, opened: PageMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_exchange(tmp_path)
    page = opened(made)
    made.send(SEPTEMBER)
    take(qtbot, page, made.send(OCTOBER))
    monkeypatch.setattr("sochihoi.ui.upper.deeds.ask", lambda *_words: False)
    press(page, "Hủy nhận…")
    assert made.above.receiving.ledger()[0].verdict is Outcome.STORED
    monkeypatch.setattr("sochihoi.ui.upper.deeds.ask", lambda *_words: True)
    press(page, "Hủy nhận…")
    assert made.above.receiving.ledger()[0].verdict is Outcome.UNDONE
    take(qtbot, page, made.stick)
    assert [row.outcome for row in page.inbox.table.model.rows] == [Outcome.STORED] * 2
    page.inbox.take_back_shown()
    assert {line.verdict for line in made.above.receiving.ledger()} == {Outcome.UNDONE}


def test_answers_go_back_from_the_message(
    qtbot: QtBot, tmp_path: Path, opened: PageMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_exchange(tmp_path)
    page = opened(made)
    take(qtbot, page, made.send())
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_words: str(tmp_path / "back"))
    page.context.shell.frame.message.actions_shown()[0].click()
    assert [one.name for one in (tmp_path / "back").iterdir()] == ["HPN_99001_TRALOI_0001.zip"]

    def write(dialog: QDialog) -> None:
        assert isinstance(dialog, AskDialog)
        dialog.ask_button.click()  # nothing said yet
        assert dialog.isVisible()
        dialog.figure.set_value("org.meetings")
        dialog.said.set_value("Chị xem lại số buổi.")
        dialog.ask_button.click()

    in_dialog(AskDialog, write)
    press(page, "Đề nghị đơn vị xem lại một số liệu…")
    asked = made.above.receiving.ledger()[0].facts["corrections"]
    assert asked == [
        {"period": "2026-10", "indicator": "org.meetings", "rule": "PERSON", "said": "Chị xem lại số buổi."}
    ]
    letters: list[str] = []

    def read(dialog: QDialog) -> None:
        assert isinstance(dialog, LettersDialog)
        letters.append(dialog.letters.accessibleName())
        dialog.accept()

    in_dialog(LettersDialog, read)
    press(page, "Mười chữ đọc qua điện thoại…")
    assert made.below.phone.check(letters[0]).period == "2026-10"


def test_a_unit_is_asked_at_its_part_of_a_figure(qtbot: QtBot, tmp_path: Path, opened: PageMaker) -> None:
    made = make_exchange(tmp_path)
    page = opened(made)
    take(qtbot, page, made.send())
    page.refresh(tab="figures")
    page.figures.open_parts("org.attendance_pct")
    (share,) = page.figures.parts.model.rows

    def write(dialog: QDialog) -> None:
        assert isinstance(dialog, AskDialog)
        assert (dialog.period.value(), dialog.figure.value()) == ("2026-10", "org.attendance_pct")
        dialog.said.set_value("Sao thấp vậy?")
        dialog.ask_button.click()

    in_dialog(AskDialog, write)
    (entry,) = page.figures._deeds.of_share(share, OCTOBER, "org.attendance_pct")
    assert entry is not None
    entry.press()
    assert [one["said"] for one in made.above.receiving.ledger()[0].facts["corrections"]] == ["Sao thấp vậy?"]


def test_the_missing_months_have_a_code(qtbot: QtBot, tmp_path: Path, opened: PageMaker) -> None:
    made = make_exchange(tmp_path)
    page = opened(made)
    page.context.shell.set_period(OCTOBER.next())
    letters: list[str] = []

    def read(dialog: QDialog) -> None:
        assert isinstance(dialog, LettersDialog)
        told = " ".join(one.text() for one in dialog.findChildren(QLabel))
        assert "Tháng 11/2026 chưa hết" in told  # it goes on, and nothing of it is missing yet
        letters.append(dialog.letters.accessibleName())
        dialog.accept()

    in_dialog(LettersDialog, read)
    page.units.deeds.missing("99001", "Hòa Phú", OCTOBER.next())
    assert [one.code for one in made.below.gaps.asked(letters[0]).months] == ["2026-10"]
