"""In the window of a level above and of a commune: tickets that wait, whom the totals have once, what was confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from operator import add
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from sochihoi import app as window
from sochihoi.services.leaving import leaving
from sochihoi.ui.upper.movements import MovementsDialog
from sochihoi.ui.upper.page import FIGURES, UpperPage
from sochihoi.ui.words import movements as words
from sochihoi.ui.words.leaving import lines
from tests.exchange_data import MOMENT, OCTOBER, REASON
from tests.tickets_data import Moving, make_moving
from tests.ui.sync_driving import give_back, in_dialog, sync_page


@pytest.fixture
def moving(tmp_path: Path) -> Iterator[Moving]:
    """Accepted at the destination in October, still open at the source; both sent October."""
    made = make_moving(tmp_path)
    made.source.moves.begin(made.member, "Hội LHPN xã Tân Lập", on=date(2026, 10, 10))
    made.answers.accept(made.into.take(made.send()).ticket.id, made.branch, on=date(2026, 10, 15))
    for office in (made.destination, made.source):
        office.months.close(OCTOBER, reason=REASON)
        made.above.receiving.receive([office.sending.write(office.sending.prepare(OCTOBER).id, tmp_path)])
    (back,) = made.above.receiving.answers.write(tmp_path / "back", ["99001"])
    made.source.receipts.take_any(back.read_bytes())
    yield made
    made.close()


def test_the_board_lists_them_the_total_says_why_and_the_commune_is_told(
    moving: Moving, qtbot: QtBot, qapp: QApplication, settings: QSettings
) -> None:
    moving.above.store.now = partial(add, MOMENT, timedelta(days=61))
    shell = window.build_window(moving.above, settings, first="")
    shell.resize(1366, 690)
    shell.show()
    shell.set_period(OCTOBER)
    shell.go("upper")
    page = shell.page()
    assert isinstance(page, UpperPage)
    qtbot.waitUntil(lambda: page.board.sheet is not None, timeout=20000)
    shown: list[str] = []

    def read(dialog: MovementsDialog) -> None:
        (row,) = dialog.table.model.rows
        columns = dialog.table.model.columns
        shown.extend(text for one in columns for text in (one.text(row), one.small(row) if one.small else ""))
        shown.extend(badge.text for one in columns if one.badges for badge in one.badges(row))

    in_dialog(MovementsDialog, read)
    assert page.board.movements_button.text() == "1 phiếu quá 60 ngày…"
    page.board.movements_button.click()
    assert "Quá 60 ngày" in shown
    assert "Nơi đến đã tiếp nhận từ 15/10/2026; nơi đi vẫn còn tính." in shown
    name = moving.source.people.detail(moving.member).person.full_name
    assert not any(name in text for text in shown)  # nobody told it
    page.tabs.setCurrentIndex(FIGURES)
    page.figures.table.choose("org.members")
    page.figures.why()
    said = " ".join(one.text() for one in page.figures.panel.findChildren(QLabel))
    assert "1 chị đang chuyển được cả hai đơn vị tính" in said
    page.figures.open_parts("org.members")
    assert page.figures.parts_title.text() == "Hội viên cuối tháng, trừ 1 chị hai đơn vị cùng tính"
    assert words.headline(page.board.sheet or moving.above.board.of(OCTOBER)).startswith("1 phiếu chuyển đang mở")
    shell.go("overview")
    overview = shell.page()
    overview.show_below(moving.above.overview.below(OCTOBER))
    said = " ".join(one.text() for one in overview.moving.findChildren(QLabel))
    assert "1 phiếu chuyển giữa các đơn vị mở quá 60 ngày" in said
    give_back(shell)
    # the commune reads what was confirmed, and what goes along with its next file
    shell, sync = sync_page(moving.source, settings)
    said = " ".join(one.text() for one in sync.findChildren(QLabel))
    assert "cấp trên báo xã kia đã tiếp nhận từ 15/10/2026" in said
    with moving.source.read() as work:
        told = lines(leaving(moving.source, work, OCTOBER))
    assert told[0] == "Số liệu rời máy này, không có tên ai."
    assert told[1].startswith("Gửi kèm 1 phiếu chuyển")
    give_back(shell)
