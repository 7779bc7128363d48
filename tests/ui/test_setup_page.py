"""Every part of the set-up, with real records and real copies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from sochihoi import app as window
from sochihoi import i18n
from sochihoi.domain.accounts import Role
from sochihoi.services.office import Office
from sochihoi.services.opening import open_office
from sochihoi.ui.setup import accounts as accounts_module
from sochihoi.ui.setup.page import SetupPage
from sochihoi.ui.setup.presenter import names_of
from sochihoi.ui.shell.idle import IdleWatch
from sochihoi.ui.shell.unlock import Keys, UnlockPage
from sochihoi.ui.shell.window import Shell
from sochihoi.ui.words.acts import act_words
from tests.offices import PASSWORD, around
from tests.people_data import add_members

OTHER = "bốn từ liền nhau"


def _part(shell: Any, name: str) -> Any:
    shell.go("setup", tab=name)
    page = shell.page()
    assert isinstance(page, SetupPage)
    return page.part()


def _passwords(dialog: Any, text: str) -> None:
    dialog.password.first.setText(text)
    dialog.password.second.setText(text)


@pytest.mark.parametrize("name", ["unit", "papers", "branches", "accounts", "backup", "look", "history", "about"])
def test_every_part_opens_and_fits(shell: Any, qapp: QApplication, name: str) -> None:
    from tests.ui.test_fit import cut_labels

    shell.resize(1093, 540)
    part = _part(shell, name)
    qapp.processEvents()
    assert part.isVisible()
    need = shell.minimumSizeHint()
    assert (need.width() <= 1093, need.height() <= 540) == (True, True)
    assert cut_labels(part) == []
    shell.page().on_new()
    dialog = getattr(part, "dialog", None)
    if dialog is not None:
        dialog.reject()


# ---------------------------------------------------------------------- the unit


def test_a_field_is_saved_when_it_is_left(shell: Any, office: Office) -> None:
    part = _part(shell, "unit")
    field = next(form["above_name"] for form in part.forms if "above_name" in form.fields)
    field.line.setText("Hội LHPN tỉnh Mẫu")
    field.line.textEdited.emit("Hội LHPN tỉnh Mẫu")
    field.line.editingFinished.emit()
    assert office.commune.above_name == "Hội LHPN tỉnh Mẫu"


# ---------------------------------------------------------------------- branches


def test_branches_are_pasted_renamed_ended_and_taken_back(shell: Any, office: Office) -> None:
    part = _part(shell, "branches")
    part.add()
    part.dialog.names.text.setPlainText("1. Ấp An Hòa\n2. Ấp Trà Cuôn")
    part.dialog.do()
    assert [r.name for r in part.table.model.rows] == ["Ấp An Hòa", "Ấp Trà Cuôn"]
    part.table.choose(part.table.model.rows[1].id)
    part.rename()
    part.dialog.form["name"].set_value("Ấp An Hòa")
    part.dialog.do()
    assert part.dialog.form["name"].error()
    part.dialog.form["name"].set_value("Khóm Hai")
    part.dialog.do()
    assert [r.name for r in part.table.model.rows] == ["Ấp An Hòa", "Khóm Hai"]
    part.end()
    part.dialog.form["unit"].set_value(date(2026, 10, 1))
    part.dialog.do()
    assert [r.name for r in part.table.model.rows] == ["Ấp An Hòa"]
    part._undo()
    assert [r.name for r in part.table.model.rows] == ["Ấp An Hòa", "Khóm Hai"]


def test_a_branch_with_members_does_not_end(shell: Any, office: Office) -> None:
    add_members(office, "Ấp An Hòa", 2)
    part = _part(shell, "branches")
    part.table.choose(part.table.model.rows[0].id)
    part.end()
    part.dialog.do()
    assert part.dialog.form["unit"].error()
    part.dialog.reject()


def test_cells_of_a_branch(shell: Any, office: Office) -> None:
    office.setup.add_branches(["Ấp An Hòa"])
    part = _part(shell, "branches")
    part.table.choose(part.table.model.rows[0].id)
    part.cells()
    cells = part.dialog
    cells.add()
    cells.inner.names.text.setPlainText("Tổ 1\nTổ 2\nTổ 10")
    cells.inner.do()
    assert [cells.list.item(n).text() for n in range(cells.list.count())] == ["Tổ 1", "Tổ 2", "Tổ 10"]
    cells.list.setCurrentRow(1)
    cells.rename()
    cells.inner.form["name"].set_value("Tổ Hai")
    cells.inner.do()
    cells.list.setCurrentRow(0)
    cells.end()
    cells.inner.do()
    assert cells.list.count() == 2
    cells.accept()
    assert part.table.model.rows[0].cells == 2


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ấp Một\n\n  Ấp  Hai ", ("Ấp Một", "Ấp Hai")),
        ("1. Ấp Một\n2) Ấp Hai\n3\tẤp Ba", ("Ấp Một", "Ấp Hai", "Ấp Ba")),
        ("1 Ấp Một\n2 Ấp Hai", ("Ấp Một", "Ấp Hai")),
        ("3 Tháng 2\nAn Hòa", ("3 Tháng 2", "An Hòa")),
        ("Ấp Một\nẤp Một", ("Ấp Một",)),
        ("5", ("5",)),
        (" \n", ()),
    ],
)
def test_names_as_they_are_pasted(text: str, names: tuple[str, ...]) -> None:
    assert names_of(text) == names


# ---------------------------------------------------------------------- accounts


def test_an_account_is_added_and_its_password_set_anew(shell: Any, office: Office, tmp_path: Path) -> None:
    part = _part(shell, "accounts")
    part.add()
    part.dialog.form["name"].set_value("Lê Thị Hoa")
    _passwords(part.dialog, "ngắn")
    part.dialog.do()
    assert part.dialog.password.said.text()
    _passwords(part.dialog, OTHER)
    part.dialog.do()
    assert [a.name for a in part.table.model.rows] == ["Trần Thị Mẫu", "Lê Thị Hoa"]
    part.table.choose(part.table.model.rows[1].id)
    part.set_password()
    _passwords(part.dialog, "mật khẩu mới của Hoa")
    part.dialog.do()
    part.my_password()
    _passwords(part.dialog, "mật khẩu mới của tôi")
    part.dialog.do()
    office.close()
    open_office(tmp_path / "data", "mật khẩu mới của Hoa", "Lê Thị Hoa", around=around("y")).close()
    open_office(tmp_path / "data", "mật khẩu mới của tôi", "Trần Thị Mẫu", around=around("y")).close()


def test_an_account_is_ended_after_a_question(shell: Any, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.setup.add_account("Lê Thị Hoa", Role.OFFICER, OTHER, around("x"))
    part = _part(shell, "accounts")
    assert part.end_button.isHidden()  # nobody else is chosen yet
    part.table.choose(part.table.model.rows[1].id)
    for answer, active in ((False, True), (True, False)):
        monkeypatch.setattr(accounts_module, "ask", lambda *_a, answer=answer, **_k: answer)
        part.end()
        assert office.setup.accounts()[1].active is active


def test_a_new_recovery_sheet_is_shown(shell: Any, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[bytes] = []
    monkeypatch.setattr(accounts_module, "ask", lambda *_a, **_k: True)
    monkeypatch.setattr(accounts_module, "show_preview", lambda _c, _p, pdf, _n: shown.append(pdf))
    before = office.store.folder.keyring.read_bytes()
    _part(shell, "accounts").new_recovery()
    assert shown[0].startswith(b"%PDF")
    assert office.store.folder.keyring.read_bytes() != before


# ---------------------------------------------------------------------- look


def test_theme_and_language_change_at_once(shell: Any, qapp: QApplication, settings: QSettings) -> None:
    from sochihoi.ui import style

    if i18n.language() != "vi":
        pytest.skip("the catalogue is not built")
    part = _part(shell, "look")
    part.form["theme"].set_value("dark")
    part._apply()
    qapp.processEvents()
    assert style.tokens() is style.DARK
    part.form["theme"].set_value("light")
    part.form["minutes"].set_value(15)
    part.form["language"].set_value("en")
    part._apply()
    qapp.processEvents()
    assert i18n.language() == "en"
    assert [shell.page().tabs.tabText(n) for n in (0, 2)] == ["Unit and reports", "Branches"]
    assert (settings.value("look/language"), int(str(settings.value("lock/minutes")))) == ("en", 15)
    assert style.tokens() is style.LIGHT


# ---------------------------------------------------------------------- copies


def test_a_copy_is_made_and_checked(shell: Any, qtbot: QtBot, tmp_path: Path) -> None:
    part = _part(shell, "backup")
    part.make_at(tmp_path / "copy.hpnbak")
    qtbot.waitUntil(lambda: bool(part.made.text()))
    assert (tmp_path / "copy.hpnbak").exists()
    part.check()
    qtbot.waitUntil(lambda: bool(part.checked.text()))
    assert part.checked.property("tone") == "ok"


def test_a_second_place_gets_a_copy_at_once(shell: Any, office: Office, qtbot: QtBot, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    part = _part(shell, "backup")
    part.put_second(stick)
    qtbot.waitUntil(lambda: bool(list(stick.glob("*-*.hpnbak"))) and not shell.jobs.busy)
    assert part.drop_button.isVisible()
    part.drop()
    assert office.backups.folder is None


@pytest.fixture
def locking(qapp: QApplication, qtbot: QtBot, tmp_path: Path, settings: QSettings) -> Iterator[Shell]:
    """A window that asks for the password again after a lock."""
    from tests.offices import make_office

    office = make_office(tmp_path / "data")
    office.setup.add_branches(["Ấp An Hòa"])
    office.backups.make(tmp_path / "copy.hpnbak")
    office.setup.add_branches(["Ấp Sau Này"])

    def unlock(account: str, password: str) -> Any:
        return window.book_of(open_office(tmp_path / "data", password, account or None, around=around("u")), settings)

    shell = Shell(settings, unlock)
    shell.show_unlock(lambda: Keys(["Trần Thị Mẫu"]))
    shell.open_book(window.book_of(office, settings), "setup")
    shell.show()
    yield shell
    shell.close()
    shiboken6.delete(shell)


def test_a_copy_comes_back(locking: Shell, qapp: QApplication, tmp_path: Path) -> None:
    part = _part(locking, "backup")
    part.restore_from(tmp_path / "copy.hpnbak")
    dialog = part.dialog
    dialog.password.setText("falsch")
    dialog.look()
    assert dialog.message.text()
    assert dialog.restore_button.isHidden()
    dialog.password.setText(PASSWORD)
    dialog.password.textEdited.emit(PASSWORD)
    dialog.look()
    assert not dialog.restore_button.isHidden()
    dialog.restore()
    told = [one for one in qapp.topLevelWidgets() if one.objectName() == "restored" and one.isVisible()]
    assert len(told) == 1
    assert isinstance(told[0], QDialog)
    told[0].accept()
    unlock = locking.centralWidget().currentWidget()  # type: ignore[attr-defined]
    assert isinstance(unlock, UnlockPage)
    unlock.tried.emit("Trần Thị Mẫu", PASSWORD)
    assert locking.context is not None
    assert [u.name for u in locking.context.office.setup.branches()] == ["Ấp An Hòa"]
    assert list((tmp_path / "data").glob("set-aside-*"))


def test_a_damaged_copy_is_refused_and_the_book_stays(locking: Shell, tmp_path: Path) -> None:
    file = tmp_path / "copy.hpnbak"
    file.write_bytes(file.read_bytes()[:-50])
    part = _part(locking, "backup")
    part.restore_from(file)
    part.dialog.password.setText(PASSWORD)
    part.dialog.look()
    assert part.dialog.message.text()
    assert not part.dialog.verified
    part.dialog.restore()
    assert locking.context is not None
    assert len(locking.context.office.setup.branches()) == 2
    part.dialog.reject()


def test_a_copy_is_made_when_the_book_is_closed(locking: Shell, tmp_path: Path) -> None:
    assert locking.findChildren(IdleWatch)
    locking.lock()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # type: ignore[call-overload]
    assert locking.findChildren(IdleWatch) == [], "nothing goes on watching a book that is closed"
    assert len(list((tmp_path / "data" / "backups").glob("*.hpnbak"))) == 1


# ---------------------------------------------------------------------- history


def test_an_act_is_taken_back_from_the_history(shell: Any, office: Office) -> None:
    office.setup.add_branches(["Ấp An Hòa"])
    part = _part(shell, "history")
    assert [row.undoable for row in part.table.model.rows] == [True, False]
    part.table.choose(part.table.model.rows[0].batch)
    assert part.undo_button.isEnabled()
    part.undo()
    assert office.setup.branches() == ()
    assert [row.undone for row in part.table.model.rows] == [False, True, False]
    part._again()
    assert len(office.setup.branches()) == 1


def test_the_history_is_searched_without_marks(shell: Any, office: Office) -> None:
    office.setup.add_branches(["Ấp An Hòa"])
    office.setup.add_branches(["Ấp Trà Cuôn"])
    part = _part(shell, "history")
    part.search.setText("tra cuon")
    assert len(part.table.model.rows) == 1
    part.search.setText("không có")
    assert part.table.model.rows == []


def test_acts_have_words() -> None:
    known = {
        act_words(code) for code in ("unit.add", "member.add", "meeting.plan", "household.add", "commune.settings")
    }
    assert len(known) == 5
    assert act_words("undo 123") == act_words("undo 456")
    assert act_words("nobody.knows")
