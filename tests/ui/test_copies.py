"""Copies in the window: beside the work, tried, brought back, and for a book that does not open at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from sochihoi import app as window
from sochihoi.services.copying import CopyWork
from sochihoi.services.office import Office
from sochihoi.services.opening import open_office
from sochihoi.storage import engine, migrate
from sochihoi.storage.errors import DiskFull
from sochihoi.storage.vault import Keyring
from sochihoi.ui.setup import backup, restoring
from sochihoi.ui.setup.restoring import RestoreDialog, way_into, way_of
from sochihoi.ui.shell.copy_watch import CopyWatch
from sochihoi.ui.shell.unlock import UnlockPage
from sochihoi.ui.shell.window import Shell
from tests import backup_files
from tests.offices import MOMENT, PASSWORD, around, make_office


def _part(shell: Any) -> Any:
    shell.go("setup", tab="backup")
    return shell.page().part()


def _later(office: Office, **more: float) -> None:
    moment = MOMENT + timedelta(**more)
    office.store.now = lambda: moment


# ---------------------------------------------------------------------- beside the work


def test_a_copy_is_made_while_the_window_is_open(shell: Any, office: Office, qtbot: QtBot) -> None:
    watch = shell.findChild(CopyWatch)
    watch.look()
    qtbot.waitUntil(lambda: not office.copying.busy)
    before = len(office.backups.kept())
    _later(office, hours=2)
    office.setup.add_branches(["Ấp An Hòa"])
    watch.look()
    assert not shell.jobs.busy  # a thread of its own: nothing in the window waits for it
    qtbot.waitUntil(lambda: len(office.backups.kept()) == before + 1 and not office.copying.busy)


def test_a_copy_that_cannot_be_made_is_said_once(
    shell: Any, office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_work: CopyWork) -> tuple[Path, ...]:
        raise DiskFull("20261026-0442-9-0123abcd.hpnbak")

    monkeypatch.setattr(CopyWork, "run", full)
    shell.go("overview")
    watch = shell.findChild(CopyWatch)
    _later(office, hours=2)
    office.setup.add_branches(["Ấp An Hòa"])
    watch.look()
    qtbot.waitUntil(lambda: not office.copying.busy)
    watch.look()
    assert "0123abcd" in shell.frame.message.text()
    shell.clear_message()
    watch.look()
    assert shell.frame.message.isHidden()


def test_the_watch_ends_with_the_book(shell: Any, office: Office, qapp: QApplication) -> None:
    watch = shell.findChild(CopyWatch)
    office.close()
    watch.look()
    qapp.sendPostedEvents(None, 0)
    assert not watch._clock.isActive()


def test_a_second_place_on_the_same_disk_is_taken_with_a_warning(
    shell: Any, office: Office, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "beside").mkdir()
    part = _part(shell)
    part.put_second(tmp_path / "beside")
    qtbot.waitUntil(lambda: not shell.jobs.busy)
    assert str(tmp_path / "beside") in shell.frame.message.text()
    assert office.backups.folder == tmp_path / "beside"
    shell.clear_message()
    monkeypatch.setattr(type(office.backups), "same_disk", lambda _self, _folder: False)
    part.put_second(tmp_path / "beside")
    qtbot.waitUntil(lambda: not shell.jobs.busy)
    assert shell.frame.message.isHidden()
    assert not office.backups.same_disk(tmp_path / "away")


# ---------------------------------------------------------------------- tried


def test_the_newest_copy_is_tried(shell: Any, office: Office, qtbot: QtBot) -> None:
    part = _part(shell)
    part.drill()
    qtbot.waitUntil(lambda: bool(part.drilled.text()))
    assert part.drilled.property("tone") == "bad"  # there is none yet
    office.backups.automatic()
    part.drill()
    qtbot.waitUntil(lambda: part.drilled.property("tone") == "ok" and not shell.jobs.busy)
    assert "Hội LHPN xã Hòa Phú" in part.drilled.text()
    assert office.backups.last_drill() == office.today


def test_another_copy_is_tried_and_refused_in_words(shell: Any, office: Office, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "copy.hpnbak"
    office.backups.make(file)
    broken = backup_files.changed(file, tmp_path / "broken.hpnbak", office.store.key, backup_files.break_chain)
    part = _part(shell)
    part.drill(broken)
    qtbot.waitUntil(lambda: bool(part.drilled.text()))
    assert "broken.hpnbak" in part.drilled.text()
    assert part.drilled.property("tone") == "bad"
    assert office.backups.last_drill() is None


def test_the_copy_before_an_update_is_told_and_a_copy_is_looked_for_where_they_lie(
    shell: Any, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    part, asked = _part(shell), []
    assert office.backups.before_update() is None
    (made,) = office.backups.automatic()
    migrate.keep_copy(office.store.folder, office.store.key, "before-0004-20260901-020000")
    kept = migrate.keep_copy(office.store.folder, office.store.key, "before-0005-20261024-020000")
    old = office.store.folder.backups / "before-0005-20250101-020000.db"
    old.touch()
    (office.store.folder.backups / "before-mine.db").touch()
    assert office.backups.before_update() == (kept, date(2026, 10, 24))
    part.refresh()
    told = " ".join(one.text() for one in part.facts.findChildren(QLabel))
    assert "24/10/2026 (2 ngày trước)" in told
    assert kept.name in told
    monkeypatch.setattr(backup, "choose_file", lambda *said: asked.append(said[-1]))
    part.restore()
    part.choose_drill()
    assert asked == [made.parent] * 2
    office.setup.keep("x", 1)
    office.backups.automatic()  # after a year it goes, as every copy does
    assert (old.exists(), kept.exists()) == (False, True)


def test_trying_can_be_stopped(shell: Any, office: Office, qtbot: QtBot, tmp_path: Path) -> None:
    import tempfile

    office.backups.automatic()
    before = set(Path(tempfile.gettempdir()).glob("sochihoi-drill-*"))
    part = _part(shell)
    started: list[Any] = []
    shell.jobs.started.connect(started.append)
    part.drill()
    assert started[0].stop_says
    started[0].progress.stop()
    qtbot.waitUntil(lambda: not shell.jobs.busy)
    assert part.drilled.text() == ""
    assert set(Path(tempfile.gettempdir()).glob("sochihoi-drill-*")) == before


# ---------------------------------------------------------------------- checked


def test_a_damaged_book_is_told_finding_by_finding(shell: Any, office: Office, qtbot: QtBot) -> None:
    office.setup.add_branches(["Ấp An Hòa", "Ấp Hai"])
    raw = engine.connect(office.store.folder.database, office.store.key)
    raw.execute("PRAGMA foreign_keys=OFF")
    raw.execute("DELETE FROM unit WHERE level='COMMUNE'")
    raw.close()
    part = _part(shell)
    part.check()
    qtbot.waitUntil(lambda: bool(part.checked.text()))
    assert part.checked.property("tone") == "bad"
    assert len(part.checked.text().splitlines()) == 2
    assert "2" in part.checked.text()


# ---------------------------------------------------------------------- brought back


def _dialog(shell: Any, file: Path) -> RestoreDialog:
    dialog = RestoreDialog(way_of(shell.context, file), shell, file)
    dialog.password.setText(PASSWORD)
    dialog.look()
    return dialog


@pytest.mark.parametrize("change", [backup_files.make_newer, backup_files.break_chain])
def test_what_cannot_come_back_is_said_and_not_offered(shell: Any, office: Office, tmp_path: Path, change: Any) -> None:
    office.backups.make(tmp_path / "copy.hpnbak")
    file = backup_files.changed(tmp_path / "copy.hpnbak", tmp_path / "x.hpnbak", office.store.key, change)
    dialog = _dialog(shell, file)
    assert dialog.message.text()
    assert (dialog.verified, dialog.restore_button.isHidden()) == (False, True)
    dialog.reject()


def test_a_junk_copy_is_said(shell: Any, office: Office, tmp_path: Path) -> None:
    office.backups.make(tmp_path / "copy.hpnbak")
    members = backup_files.members_of(tmp_path / "copy.hpnbak") | {"sochihoi.db": bytes(9000)}
    dialog = _dialog(shell, backup_files.pack(tmp_path / "x.hpnbak", members))
    assert "x.hpnbak" in dialog.message.text()
    assert not dialog.verified
    dialog.reject()


def test_another_units_copy_is_brought_back_only_after_a_tick(shell: Any, office: Office, tmp_path: Path) -> None:
    other = make_office(tmp_path / "other", "other")
    other.setup.save_commune(replace(other.commune, code="99002", name="xã Hòa Mỹ"))
    other.backups.make(tmp_path / "other.hpnbak")
    other.close()
    dialog = _dialog(shell, tmp_path / "other.hpnbak")
    assert "xã Hòa Mỹ" in dialog.message.text()
    assert "xã Hòa Phú" in dialog.message.text()
    assert not dialog.restore_button.isEnabled()
    dialog.restore()
    assert office.store.is_open
    dialog.other.setChecked(True)
    assert dialog.restore_button.isEnabled()
    dialog.restore()
    assert not office.store.is_open
    again = open_office(tmp_path / "data", PASSWORD, around=around("again"))
    assert again.commune.code == "99002"
    again.close()


def test_ones_own_copy_needs_no_tick(shell: Any, office: Office, tmp_path: Path) -> None:
    office.backups.make(tmp_path / "copy.hpnbak")
    dialog = _dialog(shell, tmp_path / "copy.hpnbak")
    assert (dialog.other.isHidden(), dialog.restore_button.isEnabled()) == (True, True)
    dialog.reject()


# ---------------------------------------------------------------------- a book that does not open


@pytest.fixture
def door(qapp: QApplication, tmp_path: Path, settings: QSettings) -> Iterator[window._Door]:
    office = make_office(tmp_path / "data")
    office.setup.add_branches(["Ấp An Hòa"])
    office.backups.make(tmp_path / "copy.hpnbak")
    office.close()
    made = window._Door(tmp_path / "data", settings, around("door"))
    made.shell.restore, made.shell.recover = made.restore, made.recover
    yield made
    made.shell.close()
    shiboken6.delete(made.shell)


def _unlock(shell: Shell) -> UnlockPage:
    page = shell.centralWidget().currentWidget()  # type: ignore[attr-defined] # a stack
    assert isinstance(page, UnlockPage)
    return page


def _bring(door: window._Door, file: Path) -> None:
    """What the button does once a file was chosen."""
    way = way_into(file, door.folder, door.around, lambda: door.shell.show_unlock(door.keys))
    dialog = RestoreDialog(way, door.shell, file)
    dialog.password.setText(PASSWORD)
    dialog.look()
    assert dialog.verified
    dialog.restore()


@pytest.mark.parametrize("kind", ["damaged", "missing", "empty"])
def test_a_lost_key_file_is_told_with_the_way_back(door: window._Door, kind: str, tmp_path: Path) -> None:
    ring = door.folder / "keyring.json"
    if kind == "missing":
        ring.unlink()
    else:
        ring.write_bytes(b'{"format":1}' if kind == "damaged" else b"")
    assert door.has_book()  # no wizard that would begin a new book
    page = door.shell.show_unlock(door.keys)
    assert "keyring.json" in page.message.text()
    assert page.password.isHidden()
    assert not page.restore_button.isHidden()
    assert page.forgot_button.isHidden()
    _bring(door, tmp_path / "copy.hpnbak")
    again = _unlock(door.shell)
    assert not again.password.isHidden()
    again.tried.emit("", PASSWORD)
    assert door.shell.book is not None
    assert [one.name for one in door.shell.book.office.setup.branches()] == ["Ấp An Hòa"]


def test_a_damaged_database_offers_the_way_back_after_the_password(door: window._Door, tmp_path: Path) -> None:
    (door.folder / "sochihoi.db").write_bytes(bytes(40_000))
    page = door.shell.show_unlock(door.keys)
    assert page.restore_button.isHidden()
    page.tried.emit("", "not the password")
    assert page.restore_button.isHidden()
    page.tried.emit("", PASSWORD)
    assert not page.restore_button.isHidden()
    _bring(door, tmp_path / "copy.hpnbak")
    _unlock(door.shell).tried.emit("", PASSWORD)
    assert door.shell.book is not None


def test_a_new_computer_begins_with_a_copy(
    door: window._Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    door.folder = tmp_path / "new"
    assert not door.has_book()
    wizard = door.first_run()
    assert not wizard.restore_button.isHidden()
    monkeypatch.setattr(restoring, "choose_file", lambda *_a: tmp_path / "copy.hpnbak")
    wizard.restore_button.click()
    dialog = next(one for one in qapp.topLevelWidgets() if isinstance(one, RestoreDialog) and one.isVisible())
    dialog.password.setText(PASSWORD)
    dialog.look()
    assert dialog.other.isHidden()
    dialog.restore()
    _unlock(door.shell).tried.emit("", PASSWORD)
    assert Keyring.read(tmp_path / "new" / "keyring.json").accounts()
    assert door.shell.book is not None


# ---------------------------------------------------------------------- locking


def test_the_minutes_of_the_lock_count_at_once(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, settings: QSettings
) -> None:
    office = make_office(tmp_path / "data")
    shell = Shell(settings)
    shell.open_book(window.book_of(office, settings), "setup")
    shell.show()
    assert shell._idle is not None
    assert shell._idle._clock.interval() == 5 * 60_000
    shell.go("setup", tab="look")
    part: Any = shell.page().part()  # type: ignore[attr-defined]
    part.form["minutes"].set_value(2)
    part._apply()
    assert shell._idle._clock.interval() == 2 * 60_000
    assert shell._idle._clock.isActive()
    assert int(str(settings.value("lock/minutes"))) == 2
    qapp.processEvents()
    shell.close()
    shiboken6.delete(shell)
