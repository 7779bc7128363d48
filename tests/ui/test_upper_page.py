"""Cấp dưới: files dropped, a verdict and two sentences for each, who has sent, totals down to the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSettings, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from sochihoi import app as window
from sochihoi.domain.exchange import Outcome
from sochihoi.domain.periods import Period
from sochihoi.services import registering, trusting
from sochihoi.ui.shared.signed_files import InspectDialog, TrustDialog
from sochihoi.ui.upper import presenter
from sochihoi.ui.upper.page import FIGURES, INBOX, UpperPage
from tests.exchange_data import OCTOBER, SEPTEMBER, Exchange, commune, introduce, make_exchange


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[Exchange]:
    made = make_exchange(tmp_path)
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, qapp: QApplication, settings: QSettings, exchange: Exchange) -> Iterator[UpperPage]:
    shell = window.build_window(exchange.above, settings, first="")
    shell.resize(1366, 690)
    shell.show()
    shell.set_period(OCTOBER)
    shell.go("upper")
    found = shell.page()
    assert isinstance(found, UpperPage)
    yield found
    shell.book = None
    shell.close()
    shell.deleteLater()


def drop(page: UpperPage, *files: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    none = (Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier)
    page.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, *none))


def taken(qtbot: QtBot, page: UpperPage, *files: Path) -> list[tuple[str, Outcome]]:
    page.inbox._run = ()
    drop(page, *files)
    qtbot.waitUntil(lambda: bool(page.inbox._run), timeout=20000)
    return [(row.file_name, row.outcome) for row in page.inbox.table.model.rows]


def test_an_empty_inbox_leads_to_the_one_primary(page: UpperPage) -> None:
    assert page.inbox.table.model.rows == []
    assert page.first_focus() is page.take_button


def test_dropped_files_get_a_verdict_each_the_refused_first(qtbot: QtBot, page: UpperPage, exchange: Exchange) -> None:
    sent = exchange.send()
    bad = exchange.stick / "HPN_99002_2026-10_0001.hpn"
    bad.write_bytes(b"damaged")
    assert taken(qtbot, page, exchange.stick) == [(bad.name, Outcome.REFUSED), (sent.name, Outcome.STORED)]
    rows = page.inbox.table.model.rows
    assert all(row.what for row in rows)
    assert rows[0].todo
    assert page.context.shell.frame.message.text()
    assert taken(qtbot, page, sent) == [(sent.name, Outcome.DUPLICATE)]
    assert "03/11/2026" in page.inbox.table.model.rows[0].what
    page.inbox.show_all()
    assert len(page.inbox.table.model.rows) == 2
    page.inbox.chips.set_chosen({"REFUSED"})
    assert [row.file_name for row in page.inbox.table.model.rows] == [bad.name]
    page.inbox.chips.set_chosen({"REFUSED", "STORED"})
    assert len(page.inbox.table.model.rows) == 2


def test_who_has_sent_and_who_not(qtbot: QtBot, page: UpperPage, exchange: Exchange, tmp_path: Path) -> None:
    silent = commune(tmp_path / "silent", "99009", "Im Lặng")
    introduce(silent, exchange.above)
    exchange.others.append(silent)
    taken(qtbot, page, exchange.send())
    assert [(row.code, row.sent) for row in page.units.table.model.rows] == [("99001", True), ("99009", False)]
    page.units.chips.set_chosen({"missing"})
    assert [row.name for row in page.units.table.model.rows] == ["Hội LHPN xã Im Lặng"]
    assert "1" in page._note.text()
    assert "Im Lặng" in page.figures.notice.text()
    registering.revoke(exchange.above, "99009", None, "Mất máy")
    page.refresh()
    qtbot.waitUntil(lambda: page.units.table.model.rows == [], timeout=20000)
    # it never sent and may no more: nobody waits for it
    page.units.chips.set_chosen({"ended"})
    assert [(row.key, row.before) for row in page.units.table.model.rows] == [("thu hồi ngày 03/11/2026", "Mất máy")]


def test_a_total_says_why_and_leads_to_the_file(qtbot: QtBot, page: UpperPage, exchange: Exchange) -> None:
    other = exchange.neighbour()
    exchange.send()
    exchange.send(office=other)
    taken(qtbot, page, exchange.stick)
    page.refresh(tab="figures")
    assert page.tabs.currentIndex() == FIGURES
    lines = {line.code: line for line in page.figures.table.model.rows}
    assert presenter.now_text(lines["org.members"]) == "44"
    assert page.figures.table.choose("org.attendance_pct", 1)
    page.on_why()
    assert not page.figures.panel.isHidden()
    told = presenter.how(lines["org.attendance_pct"], page.figures._totals)  # type: ignore[arg-type]
    assert told.startswith("38 ")
    assert " ÷ 44 " in told
    links = [one for one in page.figures.panel.findChildren(QPushButton) if one.property("role") == "quiet"]
    links[-1].click()
    shares = page.figures.parts.model.rows
    assert [share.unit_code for share in shares] == ["99001", "99002"]

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, InspectDialog)
        dialog.accept()

    page.figures.parts.opened.emit(shares[0])
    QTimer.singleShot(0, look)
    page.figures.behind.look_button.click()
    assert [page.on_escape() for _step in range(4)] == [True, True, True, False]


def test_targets_of_all_units_lead_to_each_unit_and_its_file(qtbot: QtBot, page: UpperPage, exchange: Exchange) -> None:
    other = exchange.neighbour()
    exchange.send()
    exchange.send(office=other)
    taken(qtbot, page, exchange.stick)
    page.refresh(tab="targets")
    totals = {total.code: total for total in page.targets.table.model.rows}
    assert len(totals) > 10
    insured = totals["bhyt_member_pct"]
    assert (insured.denominator, len(insured.parts)) == (44, 2)
    page.targets.table.opened.emit(insured)
    assert [part.target.unit_code for part in page.targets.parts.model.rows] == ["99001", "99002"]
    page.refresh()
    assert page.targets.parts_title.text() == "Hội viên có bảo hiểm y tế"

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, InspectDialog)
        dialog.accept()

    QTimer.singleShot(0, look)
    page.targets.parts.opened.emit(page.targets.parts.model.rows[0])
    assert page.on_escape()
    assert not page.on_escape()
    page.context.shell.set_period(Period.month(2026, 8))
    assert page.targets.table.model.rows == []


def test_another_month_shows_its_own_totals(qtbot: QtBot, page: UpperPage, exchange: Exchange) -> None:
    taken(qtbot, page, exchange.send())
    page.context.shell.set_period(SEPTEMBER)
    assert page.figures.table.model.rows
    page.context.shell.set_period(Period.month(2026, 8))
    assert page.figures.table.model.rows == []
    assert [row.state for row in page.units.table.model.rows] == ["Chưa gửi"]
    page.context.shell.set_period(Period.month(2026, 11))  # it is going on
    assert [row.state for row in page.units.table.model.rows] == ["Chưa đến hạn"]
    assert page.tabs.currentIndex() == INBOX


def test_a_key_file_dropped_is_offered_and_then_its_file_is_taken(
    qtbot: QtBot, page: UpperPage, exchange: Exchange, tmp_path: Path
) -> None:
    new = commune(tmp_path / "new", "99005", "Mới Về")
    exchange.others.append(new)
    trusting.accept(new, exchange.above.sending.key_file())
    file = tmp_path / new.sending.key_name()
    new.sending.write_keys(file)

    def agree() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, TrustDialog)
        dialog.typed.type(" ".join(cell.text() for cell in dialog.digits._cells))
        dialog.accept_button.click()

    QTimer.singleShot(0, agree)
    drop(page, file)
    assert [row.code for row in page.units.table.model.rows] == ["99001", "99005"]


def test_files_receipts_and_signers_are_saved(
    qtbot: QtBot, page: UpperPage, exchange: Exchange, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = exchange.send()
    (exchange.stick / "bad.hpn").write_bytes(b"damaged")
    taken(qtbot, page, exchange.stick)
    bad, good = page.inbox.table.model.rows
    monkeypatch.setattr("sochihoi.ui.upper.deeds.choose_target", lambda *_args: tmp_path / "copy.hpn")
    monkeypatch.setattr("sochihoi.ui.upper.deeds.choose_folder", lambda *_args: tmp_path / "receipts")
    monkeypatch.setattr("sochihoi.ui.upper.units.choose_target", lambda *_args: tmp_path / "allowed_signers")
    menu = {item.icon: item for item in page.inbox.deeds.menu(good) if item is not None}
    menu["download"].press()
    assert (tmp_path / "copy.hpn").read_bytes() == sent.read_bytes()
    menu["file-check"].press()
    page.inbox.save_receipts([bad.line_id])
    assert [path.name for path in (tmp_path / "receipts").iterdir()] == ["HPN_99001_2026-10_0001_R0001.hpn"]
    page.units.save_signers()
    assert (tmp_path / "allowed_signers").read_text().startswith("unit-99001 ")


def test_the_widths_of_both_pages_speak(page: UpperPage) -> None:
    names: list[Any] = [one.accessibleName() or one.text() for one in page.findChildren(QPushButton)]
    assert all(names)
