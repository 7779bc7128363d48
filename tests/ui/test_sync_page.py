"""Gửi và nhận: from an unknown level above to a file on the stick, a slip, a letter, and a receipt taken in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSettings, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sochihoi import app as window
from sochihoi.domain.accounts import Account, Role
from sochihoi.domain.exchange import SentState
from sochihoi.domain.periods import Period
from sochihoi.services import trusting
from sochihoi.services.drives import Drive
from sochihoi.services.mailing import attached
from sochihoi.storage.schema import sent_file
from sochihoi.ui import style
from sochihoi.ui.shared.dialogs import Dialog
from sochihoi.ui.shared.preview import PreviewDialog
from sochihoi.ui.shared.signed_files import InspectDialog, TrustDialog
from sochihoi.ui.sync import presenter
from sochihoi.ui.sync.page import SyncPage
from tests.exchange_data import OCTOBER, Exchange, introduce, make_exchange


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[Exchange]:
    made = make_exchange(tmp_path, introduced=False)
    yield made
    made.close()


@pytest.fixture
def open_page(
    qtbot: QtBot, qapp: QApplication, settings: QSettings, exchange: Exchange
) -> Iterator[Callable[[], SyncPage]]:
    """Opens the page over the commune as it is then."""
    shells: list[Any] = []

    def open_now() -> SyncPage:
        shell = window.build_window(exchange.below, settings, first="")
        shells.append(shell)
        shell.resize(1366, 690)
        shell.show()
        shell.set_period(OCTOBER)
        shell.go("sync")
        page = shell.page()
        assert isinstance(page, SyncPage)
        return page

    yield open_now
    for shell in shells:
        shell.book = None
        shell.close()
        shell.deleteLater()


def in_dialog(kind: type[Dialog], act: Callable[[Any], None]) -> None:
    def when_open() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, kind)
        try:
            act(dialog)
        finally:
            if dialog.isVisible():
                dialog.done(0)

    QTimer.singleShot(0, when_open)


def states(page: SyncPage) -> list[str]:
    told = presenter.steps(page.standing)
    return [step.state for step in told]


def drop(page: SyncPage, *files: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    none = (Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier)
    entering = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, *none)
    page.dragEnterEvent(entering)
    assert entering.isAccepted()
    page.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, *none))


def test_a_report_that_no_file_took_along_is_named(open_page: Callable[[], SyncPage], exchange: Exchange) -> None:
    introduce(exchange.below, exchange.above)
    exchange.send()
    page, reports = open_page(), exchange.below.reports
    assert "3/2026" not in page.action_bar()._hint.text()
    reports.issuing.issue(reports.report("quarter", reports.span("2026-Q3")))
    page.refresh()
    assert "3/2026" in page.action_bar()._hint.text()
    exchange.send()
    page.refresh()
    assert "3/2026" not in page.action_bar()._hint.text()


def test_what_is_missing_is_said_beside_the_grey_button(open_page: Callable[[], SyncPage], exchange: Exchange) -> None:
    page = open_page()
    assert states(page) == ["done", "now", "later", "later"]
    assert not page.send_button.isEnabled()
    assert "Hội LHPN tỉnh Mẫu" in page.action_bar()._hint.text()
    page.context.shell.set_period(Period.month(2026, 11))
    assert states(page)[0] == "now"
    assert not page.send_button.isEnabled()
    assert page.keys.digits._cells[0].text() == exchange.below.sending.keys().digits[0]


def test_the_key_of_the_level_above_is_accepted_only_when_the_digits_agree(
    open_page: Callable[[], SyncPage], exchange: Exchange, tmp_path: Path
) -> None:
    page = open_page()
    file = tmp_path / "tinh.hpnkey"
    exchange.above.sending.write_keys(file)
    in_dialog(TrustDialog, lambda dialog: dialog.reject())
    drop(page, file)
    assert exchange.below.sending.parent() is None

    def compare(dialog: TrustDialog) -> None:
        assert not dialog.accept_button.isEnabled()
        assert [cell.text() for cell in dialog.digits._cells] == list(exchange.above.sending.keys().digits)
        dialog.typed.type(" ".join(cell.text() for cell in dialog.digits._cells))
        dialog.accept_button.click()

    in_dialog(TrustDialog, compare)
    drop(page, file)
    parent = exchange.below.sending.parent()
    assert parent is not None
    assert parent.unit_code == "99"
    assert page.send_button.isEnabled()
    drop(page, file)  # accepted already: nothing is asked
    own = tmp_path / "xa.hpnkey"
    exchange.below.sending.write_keys(own)
    drop(page, own)
    assert page.context.shell.frame.message.text()


def test_the_file_goes_to_the_stick_after_one_question(
    qtbot: QtBot,
    open_page: Callable[[], SyncPage],
    exchange: Exchange,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    introduce(exchange.below, exchange.above)
    monkeypatch.setattr(
        "sochihoi.services.drives.removable", lambda: (Drive(exchange.stick, "KINGSTON (E:)", 3 * 10**9),)
    )
    page = open_page()
    assert page.place.target().stick
    in_dialog(Dialog, lambda dialog: dialog.reject())
    page.on_finish()
    assert exchange.below.sending.history() == ()
    in_dialog(Dialog, lambda dialog: dialog.accept())
    page.on_finish()
    qtbot.waitUntil(lambda: page.standing.sent, timeout=15000)
    assert [file.name for file in exchange.stick.iterdir()] == ["HPN_99001_2026-10_0001.hpn"]
    assert states(page) == ["done", "done", "done", "later"]
    assert "HPN_99001_2026-10_0001.hpn" in page.context.shell.frame.message.text()
    assert [file.state for file in page.table.model.rows] == [SentState.WRITTEN]
    page.on_finish()  # once more: no question, the same bytes
    qtbot.waitUntil(lambda: not page.context.shell.jobs.busy, timeout=15000)
    assert len(exchange.below.sending.history()) == 1


def test_a_folder_is_asked_for_when_no_stick_is_there(
    qtbot: QtBot, open_page: Callable[[], SyncPage], exchange: Exchange, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    introduce(exchange.below, exchange.above)
    monkeypatch.setattr("sochihoi.services.drives.removable", lambda: ())
    answers: list[Path | None] = [None, tmp_path / "thư mục"]
    monkeypatch.setattr("sochihoi.ui.sync.page.choose_folder", lambda *_args: answers.pop(0))
    page = open_page()
    page.on_finish()
    in_dialog(Dialog, lambda dialog: dialog.accept())
    page.on_finish()
    qtbot.waitUntil(lambda: page.standing.sent, timeout=15000)
    assert exchange.below.sending.last_folder() == str(tmp_path / "thư mục")
    page.refresh()
    assert page.place.target().path == tmp_path / "thư mục"


def test_a_full_or_missing_stick_is_told_and_nothing_counts_as_sent(
    qtbot: QtBot, open_page: Callable[[], SyncPage], exchange: Exchange, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    introduce(exchange.below, exchange.above)
    gone = Drive(tmp_path / "rút" / "ra", "KINGSTON", None)
    monkeypatch.setattr("sochihoi.services.drives.removable", lambda: (gone,))
    page = open_page()
    in_dialog(Dialog, lambda dialog: dialog.accept())
    page.on_finish()
    qtbot.waitUntil(lambda: bool(page.context.shell.frame.message.text()), timeout=15000)
    page.refresh()
    assert not page.standing.sent


def test_the_slip_opens_in_the_preview(
    open_page: Callable[[], SyncPage], exchange: Exchange, qapp: QApplication
) -> None:
    introduce(exchange.below, exchange.above)
    exchange.send()
    page = open_page()
    page.on_print()
    previews = [one for one in qapp.topLevelWidgets() if isinstance(one, PreviewDialog) and one.isVisible()]
    assert [one.page_count() for one in previews] == [1]
    previews[0].reject()
    page.keys.slip()
    previews = [one for one in qapp.topLevelWidgets() if isinstance(one, PreviewDialog) and one.isVisible()]
    assert [one.page_count() for one in previews] == [1]
    previews[0].reject()


def test_a_letter_is_opened_in_the_mail_program(
    qtbot: QtBot, open_page: Callable[[], SyncPage], exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    introduce(exchange.below, exchange.above)
    opened: list[Path] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile())) or len(opened) > 1
    )
    page = open_page()
    in_dialog(Dialog, lambda dialog: dialog.accept())
    page.write_mail()
    qtbot.waitUntil(lambda: len(opened) == 1, timeout=15000)
    assert str(opened[0]) in page.context.shell.frame.message.text()  # no mail program: she is told where it lies
    assert attached(opened[0].read_bytes()) == exchange.below.sending.content(exchange.below.sending.history()[0].id)
    page.write_mail()
    qtbot.waitUntil(lambda: len(opened) == 2, timeout=15000)
    assert page.standing.sent


def test_a_receipt_dropped_on_the_page_says_received(
    open_page: Callable[[], SyncPage], exchange: Exchange, tmp_path: Path
) -> None:
    introduce(exchange.below, exchange.above)
    sent = exchange.send()
    exchange.above.receiving.receive([exchange.stick])
    (receipt,) = exchange.above.receiving.write_receipts(tmp_path / "receipts")
    page = open_page()
    assert states(page)[-1] == "later"
    drop(page, receipt)
    assert states(page)[-1] == "done"
    in_dialog(InspectDialog, lambda dialog: dialog.accept())
    drop(page, sent)  # a report is looked at, not taken in
    damaged = tmp_path / "hỏng.hpn"
    damaged.write_bytes(b"?")
    drop(page, damaged)
    assert page.context.shell.frame.message.text()


def test_a_receipt_that_shows_an_older_book_is_a_warning(open_page: Callable[[], SyncPage], exchange: Exchange) -> None:
    introduce(exchange.below, exchange.above)
    exchange.above.receiving.receive([exchange.send()])
    (receipt,) = exchange.above.receiving.write_receipts(exchange.root / "receipts")
    with exchange.below.store.write("t") as work:  # as if a copy of yesterday lay here
        work.erase(sent_file, [exchange.below.sending.history()[0].id])
    page = open_page()
    drop(page, receipt)
    assert "bản cũ hơn" in page.context.shell.frame.message.text()


@pytest.mark.parametrize("width", [1366, 1093])
def test_names_of_files_are_read_whole(open_page: Callable[[], SyncPage], exchange: Exchange, width: int) -> None:
    introduce(exchange.below, exchange.above)
    exchange.send()
    page = open_page()
    page.context.shell.resize(width, 614)
    QApplication.processEvents()
    view = page.table.view
    at = next(n for n, column in enumerate(page.table.model.columns) if column.key == "file")
    (row,) = page.table.model.rows
    room = view.columnWidth(at) - 2 * style.sizes().space_2
    assert QFontMetrics(view.font()).horizontalAdvance(row.file_name) <= room
    assert page.table.model.columns[at].cut == "middle"


def test_a_viewer_looks_and_sends_nothing(open_page: Callable[[], SyncPage], exchange: Exchange) -> None:
    introduce(exchange.below, exchange.above)
    exchange.below.account = Account("viewer", "Khách", Role.VIEWER)
    page = open_page()
    assert not page.send_button.isEnabled()
    assert not page.mail_button.isEnabled()
    assert page.trust_button.isHidden()


def test_sticks_are_named_with_their_room() -> None:
    assert "3,2" in presenter.drive_words(Drive(Path("E:/"), "KINGSTON", 3_435_973_836)).replace("3.2", "3,2")
    assert "KINGSTON" in presenter.drive_words(Drive(Path("E:/"), "KINGSTON", None))
    stick = Drive(Path("/media/u/STICK"), "STICK", None)
    assert len(presenter.targets((stick,), "/media/u/STICK")) == 2
    assert len(presenter.targets((stick,), "/mnt/u")) == 3


def test_a_key_that_takes_the_place_of_another_is_told(
    open_page: Callable[[], SyncPage], exchange: Exchange, tmp_path: Path
) -> None:
    from sochihoi.sync.identity import Identity

    introduce(exchange.below, exchange.above)
    other = Identity.generate(lambda count: b"\7" * count)
    keys = other.public_keys(unit="98", name="Hội khác", level="PROVINCE", installation=exchange.below.new_id())
    page = open_page()
    dialog = TrustDialog(page, trusting.offer(exchange.below, keys.to_bytes(other)))
    assert dialog.message.text() or not dialog.message.isHidden()
    dialog.deleteLater()
