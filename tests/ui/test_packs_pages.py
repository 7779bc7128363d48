"""Packs in the window: made and kept above, looked at and applied below; what leaves is shown; women on two lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from sochihoi import app as window
from sochihoi.services.office import Office
from sochihoi.ui.shared.dialogs import Dialog
from sochihoi.ui.sync.leaving_dialog import LeavingDialog
from sochihoi.ui.sync.page import SyncPage
from sochihoi.ui.upper.packs import MakeDialog
from sochihoi.ui.upper.page import PACKS, TWICE, UpperPage
from tests.exchange_data import OCTOBER, Exchange, make_exchange
from tests.pack_data import MEMBERS, TARGETS, TREE, folder, made
from tests.services.test_member_lists_above import give_id

Opener = Callable[[Office, str], Any]


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[Exchange]:
    found = make_exchange(tmp_path)
    yield found
    found.close()


@pytest.fixture
def opened(qtbot: QtBot, qapp: QApplication, settings: QSettings) -> Iterator[Opener]:
    """Opens a page over a book."""
    shells: list[Any] = []

    def open_now(office: Office, page: str) -> Any:
        shell = window.build_window(office, settings, first="")
        shells.append(shell)
        shell.resize(1366, 690)
        shell.show()
        shell.set_period(OCTOBER)
        shell.go(page)
        return shell.page()

    yield open_now
    for shell in shells:
        shell.book = None
        shell.close()
        shell.deleteLater()


def answer(act: Callable[[Dialog], None]) -> list[str]:
    """Once the next dialog is open: what it says, and then this act."""
    said: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, Dialog)
        said.extend(one.text() for one in dialog.findChildren(QLabel))
        act(dialog)

    QTimer.singleShot(300, look)
    return said


def test_a_commune_looks_at_a_pack_and_applies_it(opened: Opener, exchange: Exchange) -> None:
    page = opened(exchange.below, "sync")
    assert isinstance(page, SyncPage)
    file = exchange.root / "pack.hpn"
    file.write_bytes(made(exchange.above, exchange.root / "p", {"targets/a.toml": TARGETS, "tree/a.toml": TREE}))
    said = answer(lambda dialog: dialog.reject())
    page.packs.apply(file)
    assert any("Xe đạp tặng học sinh nghèo" in text for text in said)
    assert exchange.below.packs.applied() is None
    answer(lambda dialog: dialog.accept())
    page.packs.apply(file)
    assert exchange.below.packs.applied()
    assert page.packs.announced.isVisibleTo(page)
    assert "01/01/2027" in page.packs.announced.text()
    before = page.packs.standing.text()
    file.write_bytes(b"damaged")
    page.packs.apply(file)
    assert page.context.shell.frame.message.text()
    assert page.packs.standing.text() == before


def test_what_leaves_is_shown_before_the_file_is_made(opened: Opener, exchange: Exchange) -> None:
    exchange.below.packs.apply(made(exchange.above, exchange.root / "p", {"profiles/l.toml": MEMBERS}))
    page = opened(exchange.below, "sync")
    said = answer(lambda dialog: dialog.reject())
    assert page._sure() is False
    assert any("27" in text and "số định danh cá nhân" in text for text in said)
    answer(lambda dialog: dialog.figures_button.click() if isinstance(dialog, LeavingDialog) else None)
    assert page._sure() is True
    assert page._figures_only
    assert exchange.below.sending.history() == ()


def test_the_level_above_makes_and_keeps_packs(
    opened: Opener, exchange: Exchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(exchange.above, "upper")
    assert isinstance(page, UpperPage)
    page.tabs.setCurrentIndex(PACKS)
    monkeypatch.setattr("sochihoi.ui.upper.packs.choose_folder", lambda *_a: exchange.stick)
    place = folder(exchange.root / "p")

    def fill(dialog: Dialog) -> None:
        assert isinstance(dialog, MakeDialog)
        dialog.effective.set_value(date(2026, 12, 1))
        dialog.look()
        dialog.deed_button.click()

    said = answer(fill)
    page.packs.make_of(place)
    assert any("Xe đạp tặng học sinh nghèo" in text for text in said)
    (row,) = page.packs.table.model.rows
    assert (row.number, row.effective) == (1, date(2026, 12, 1))
    assert (exchange.stick / "HPN_99_GOI_0001.hpn").read_bytes() == exchange.above.packs.content(row.id)
    # what is wrong is said in the dialog, with its place, and nothing can be made
    bad = folder(exchange.root / "bad", {"targets/x.toml": TARGETS.replace("value = 90", 'value = "x"')})
    told: list[tuple[str, bool]] = []

    def close(dialog: Dialog) -> None:
        assert isinstance(dialog, MakeDialog)
        told.append((dialog.message.text(), dialog.deed_button.isEnabled()))
        dialog.reject()

    answer(close)
    page.packs.make_of(bad)
    assert "x.toml" in told[0][0]
    assert told[0][1] is False
    assert len(page.packs.table.model.rows) == 1


def test_a_woman_on_two_lists_is_asked_about_or_remembered_as_two(opened: Opener, exchange: Exchange) -> None:
    below, above = exchange.below, exchange.above
    other = exchange.neighbour()
    data = made(above, exchange.root / "p", {"profiles/l.toml": MEMBERS})
    for office in (below, other):
        office.packs.apply(data)
        give_id(office)
    above.receiving.receive([exchange.send(office=one) for one in (below, other)])
    page = opened(above, "upper")
    page.tabs.setCurrentIndex(TWICE)
    page.twice.refresh()
    (pair,) = page.twice.table.model.rows
    ask, distinct = page.twice.deeds
    ask.click()  # of none that is chosen
    page.twice.table.choose(pair.key)
    said = answer(lambda dialog: dialog.accept())
    ask.click()
    assert any(pair.other.unit_name in text for text in said)
    assert all(line.facts.get("corrections") for line in above.receiving.ledger())
    page.twice.refresh()
    assert page.twice.table.model.rows[0].told == {"99001", "99002"}
    page.twice.table.choose(pair.key)
    distinct.click()
    assert page.twice.table.model.rows == []
    assert not distinct.isVisibleTo(page)
    assert above.cross_duplicates.pairs() == ()
