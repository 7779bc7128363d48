"""Enrolment in both windows: digits typed, two persons, the register page, revoking, the safe, renewing, taking in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sochihoi import app as window
from sochihoi.domain.accounts import Role
from sochihoi.domain.keys import KeyState
from sochihoi.services import registering, renewing, trusting
from sochihoi.services.office import Office
from sochihoi.sync.identity import Identity
from sochihoi.ui.shared.dialogs import Dialog
from sochihoi.ui.shared.renew_dialog import RenewDialog
from sochihoi.ui.shared.signed_files import TrustDialog, offer_key_bytes
from sochihoi.ui.sync.page import SyncPage
from sochihoi.ui.upper.page import KEYS, UpperPage
from sochihoi.ui.upper.register import KeyRegister, approved, counts, until
from sochihoi.ui.upper.register_dialogs import KeyDialog, RevokeDialog, SafeKeyDialog
from tests.exchange_data import OCTOBER, Exchange, make_exchange
from tests.offices import PASSWORD, around


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[Exchange]:
    made = make_exchange(tmp_path, introduced=False, records=False)
    trusting.accept(made.below, made.above.sending.key_file())
    yield made
    made.close()


@pytest.fixture
def opened(qtbot: QtBot, qapp: QApplication, settings: QSettings) -> Iterator[Callable[[Office, str], object]]:
    shells = []

    def go(office: Office, page: str) -> object:
        shell = window.build_window(office, settings, first="")
        shells.append(shell)
        shell.resize(1366, 690)
        shell.show()
        shell.set_period(OCTOBER)
        shell.go(page)
        return shell.page()

    yield go
    for shell in shells:
        shell.book = None
        shell.close()
        shell.deleteLater()


def in_dialog(kind: type[Dialog], act: Callable[..., None]) -> None:
    def run() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, kind), dialog
        act(dialog)
        if dialog.isVisible():
            dialog.reject()

    QTimer.singleShot(0, run)


def register_of(qtbot: QtBot, opened: Callable[[Office, str], object], office: Office) -> KeyRegister:
    page = opened(office, "upper")
    assert isinstance(page, UpperPage)
    page.refresh(tab="keys")
    qtbot.waitUntil(lambda: page.keys.seen is not None, timeout=10000)
    assert page.tabs.currentIndex() == KEYS
    return page.keys


def colleague(office: Office) -> Office:
    account = office.setup.add_account("Lê Thị Hai", Role.OFFICER, "mot-mat-khau-khac", around("second"))
    return Office(office.store, account)


def states(register: KeyRegister) -> dict[str, KeyState]:
    return {f"{one.unit} {one.role}": one.state for one in register.table.model.rows}


def test_the_digits_are_compared_as_they_are_typed(
    qtbot: QtBot, opened: Callable[[Office, str], object], exchange: Exchange
) -> None:
    register = register_of(qtbot, opened, exchange.above)
    groups = list(exchange.below.sending.keys().digits)

    def compare(dialog: TrustDialog) -> None:
        typed = dialog.typed
        assert not dialog.accept_button.isEnabled()
        typed.type(" ".join(groups[:3]))
        assert [cell.property("tone") for cell in typed.digits._cells[:4]] == ["ok", "ok", "ok", ""]
        assert not dialog.accept_button.isEnabled()
        typed.type(" ".join([*groups[:6], "00000", *groups[7:]]))
        assert "7" in typed.told.text()
        assert typed.told.property("tone") == "bad"
        assert typed.digits._cells[6].property("tone") == "bad"
        typed.type(f"HPNKEY;99001;{''.join(groups)}")
        assert typed.agrees
        assert dialog.accept_button.isEnabled()
        dialog.accept_button.click()

    in_dialog(TrustDialog, compare)
    offer_key_bytes(register._context, register, exchange.below.sending.key_file(), register.refresh)
    assert states(register) == {"99 ABOVE": KeyState.ACTIVE, "99001 SENDER": KeyState.ACTIVE}
    (line,) = [one for one in register.table.model.rows if one.role == "SENDER"]
    assert line.one_person
    assert line.approved_by == ("Cán bộ Hội",)
    # a unit that receives files itself may sign for those below it: the first two digits of their codes, say
    identity = Identity.generate(lambda count: b"\7" * count)
    new_id = exchange.above.new_id
    keys = identity.public_keys(unit="9901", name="Huyện Mẫu", level="DISTRICT", installation=new_id())

    def widen(dialog: TrustDialog) -> None:
        assert dialog.form.isVisible()
        dialog.typed.type(" ".join(keys.digits))
        dialog.scope.set_value("xã 99")
        dialog.accept_button.click()
        assert dialog.isVisible()
        dialog.scope.set_value("99")
        dialog.accept_button.click()

    in_dialog(TrustDialog, widen)
    offer_key_bytes(register._context, register, keys.to_bytes(identity), register.refresh)
    assert {one.unit: one.scope for one in register.table.model.rows if one.role == "SENDER"} == {
        "99001": "",
        "9901": "99",
    }


def test_a_key_waits_for_its_slip_and_then_for_a_second_person(
    qtbot: QtBot, opened: Callable[[Office, str], object], exchange: Exchange
) -> None:
    first = exchange.above
    second = colleague(first)
    first.store.account_id = first.account.id
    register = register_of(qtbot, opened, first)
    in_dialog(TrustDialog, lambda dialog: dialog.later_button.click())
    offer_key_bytes(register._context, register, exchange.below.sending.key_file(), register.refresh)
    assert states(register) == {"99001 SENDER": KeyState.REQUESTED}

    def agree(dialog: TrustDialog) -> None:
        dialog.typed.type(" ".join(exchange.below.sending.keys().digits))
        dialog.accept_button.click()

    (line,) = register.table.model.rows
    in_dialog(TrustDialog, agree)
    register.open(line)
    assert states(register) == {"99001 SENDER": KeyState.APPROVED_ONCE}
    (line,) = register.table.model.rows
    assert approved(line) == "Cán bộ Hội"
    register.open(line)  # the same person: no dialog, a sentence
    assert "Cán bộ Hội" in register._context.shell.frame.message.text()
    register.chips.set_chosen({"waits"})
    assert len(register.table.model.rows) == 1
    register.chips.set_chosen({"revoked"})
    assert register.table.model.rows == []
    register.chips.set_chosen(set())
    work = register_of(qtbot, opened, second)
    second.store.account_id = second.account.id
    in_dialog(TrustDialog, agree)
    work.open(work.table.model.rows[0])
    assert states(work)["99001 SENDER"] is KeyState.ACTIVE
    (line,) = [one for one in work.table.model.rows if one.role == "SENDER"]
    assert (line.one_person, line.approved_by) == (False, ("Cán bộ Hội", "Lê Thị Hai"))


def test_a_key_is_revoked_with_its_last_trusted_file(
    qtbot: QtBot, opened: Callable[[Office, str], object], exchange: Exchange
) -> None:
    trusting.accept(exchange.above, exchange.below.sending.key_file())
    register = register_of(qtbot, opened, exchange.above)
    (line,) = [one for one in register.table.model.rows if one.role == "SENDER"]

    def revoke(dialog: RevokeDialog) -> None:
        dialog.deed_button.click()
        assert dialog.isVisible()  # a reason is wanted
        dialog.why.set_value("Mất máy tính")
        dialog.last.set_value("bảy")
        dialog.deed_button.click()
        assert dialog.last.error()
        dialog.last.set_value("1/7")
        dialog.deed_button.click()

    in_dialog(RevokeDialog, revoke)
    register.revoke(line)
    (line,) = [one for one in register.table.model.rows if one.role == "SENDER"]
    assert (line.state, line.last, line.why) == (KeyState.REVOKED, (1, 7), "Mất máy tính")
    assert counts(line)
    assert until(line).endswith("Mất máy tính")
    in_dialog(KeyDialog, lambda dialog: dialog.accept())
    register.open(line)


def test_the_register_and_the_key_for_the_safe_are_written(
    qtbot: QtBot,
    opened: Callable[[Office, str], object],
    exchange: Exchange,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trusting.accept(exchange.above, exchange.below.sending.key_file())
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr("sochihoi.ui.upper.register.choose_folder", lambda *_args: stick)
    monkeypatch.setattr("sochihoi.ui.upper.register_dialogs.choose_folder", lambda *_args: stick)
    register = register_of(qtbot, opened, exchange.above)
    assert register.safe_button.isVisible()
    in_dialog(SafeKeyDialog, lambda dialog: dialog.deed_button.click())
    register.make_safe_key()
    assert not register.safe_button.isVisible()
    register.export()
    names = {one.name for one in stick.iterdir()}
    assert names == {
        "HPN_99-khoa-cat-ket.txt",
        "HPN_99-khoa-cat-ket.pdf",
        "HPN_99_SOKHOA_0002.hpn",
        "allowed_signers",
    }
    # and at the commune
    page = opened(exchange.below, "sync")
    assert isinstance(page, SyncPage)
    before = page.register.told.text()
    page.dropped([stick / "HPN_99_SOKHOA_0002.hpn"])
    assert page.register.told.text() != before
    assert "2" in page.register.told.text()
    with exchange.below.read() as work:
        assert len(registering.recipients(work)) == 2
    page.register.take_file(stick / "HPN_99_SOKHOA_0002.hpn")  # once more changes nothing
    page.register.take_file(stick / "nowhere.hpn")
    assert page.context.shell.frame.message.text()


def test_the_commune_writes_the_pair_and_renews_its_keys(
    qtbot: QtBot,
    opened: Callable[[Office, str], object],
    exchange: Exchange,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr("sochihoi.ui.shared.signed_files.choose_folder", lambda *_args: stick)
    page = opened(exchange.below, "sync")
    assert isinstance(page, SyncPage)
    page.keys.pair_button.click()
    assert {one.name for one in stick.iterdir()} == {"HPN_99001.hpnkey", "HPN_99001-phieu-khoa.pdf"}
    trusting.accept(exchange.above, (stick / "HPN_99001.hpnkey").read_bytes())
    shown = [cell.text() for cell in page.keys.digits._cells]

    def renew(dialog: RenewDialog) -> None:
        assert not dialog.deed_button.isEnabled()
        dialog.password.setText("khong-phai-mat-khau")
        dialog.deed_button.click()
        assert dialog.isVisible()
        dialog.password.setText(PASSWORD)
        dialog.deed_button.click()

    in_dialog(RenewDialog, renew)
    page.keys.renew_button.click()
    assert [cell.text() for cell in page.keys.digits._cells] != shown
    # the level above accepts at once: the old key vouches, nobody types digits
    register = register_of(qtbot, opened, exchange.above)

    def accept(dialog: TrustDialog) -> None:
        assert dialog.accept_button.isEnabled()
        assert dialog.typed.field.isHidden()
        dialog.accept_button.click()

    in_dialog(TrustDialog, accept)
    offer_key_bytes(register._context, register, (stick / "HPN_99001.hpnkey").read_bytes(), register.refresh)
    lines = {one.state: one for one in register.table.model.rows if one.role == "SENDER"}
    assert set(lines) == {KeyState.ACTIVE, KeyState.REVOKED}
    assert not lines[KeyState.ACTIVE].one_person
    assert renewing.paper_beside(stick / "a").name == "a.pdf"
