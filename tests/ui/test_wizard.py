"""The first day, step by step, until the book is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from sochihoi import paths
from sochihoi.domain.units import Level
from sochihoi.services.opening import open_office
from sochihoi.ui.setup import first_run
from sochihoi.ui.setup.first_run import Wizard
from sochihoi.ui.setup.recovering import RecoverDialog
from sochihoi.ui.shell.unlock import Keys
from sochihoi.ui.shell.window import Shell
from tests.offices import PASSWORD, around, make_office
from tests.ui.test_fit import cut_labels

Opened = list[tuple[Any, str, dict[str, Any]]]


@pytest.fixture
def opened() -> Iterator[Opened]:
    """What the wizard handed over."""
    found: Opened = []
    yield found
    for office, _page, _args in found:
        office.close()


@pytest.fixture
def make(qapp: QApplication, qtbot: QtBot, tmp_path: Path, settings: QSettings, opened: Opened) -> Callable[[], Wizard]:
    """A wizard over an empty folder; again over the same."""

    def made(office: Any, page: str = "", **args: Any) -> None:
        opened.append((office, page, args))

    def build() -> Wizard:
        found = first_run.build(tmp_path / "c", made, settings=settings, around=around())
        assert isinstance(found, Wizard)
        qtbot.addWidget(found)
        found.resize(1366, 768)
        found.show()
        return found

    return build


def _choose(wizard: Wizard, text: str = "xa hoa phu dak lak") -> None:
    wizard.unit.search.setText(text)
    wizard.unit.search.textEdited.emit(text)
    wizard.unit.list.setCurrentRow(0)


def test_a_pack_beside_the_book_corrects_the_list_of_units(make: Callable[[], Wizard], tmp_path: Path) -> None:
    units = tmp_path / "c" / "pack" / "units"
    units.mkdir(parents=True)
    text = (paths.resources() / "units" / "vn-2025-07-01.csv").read_text(encoding="utf-8")
    newer = text.replace("2025-07-01", "2026-02-01").replace("3321", "3322") + "99001,Cồn Mới,xã,92\n"
    (units / "own.csv").write_text(newer, encoding="utf-8")
    (units / "broken.csv").write_text(text.replace("3321", "3320"), encoding="utf-8")
    wizard = make()
    _choose(wizard, "con moi")
    assert wizard.unit.unit is not None
    assert wizard.unit.unit.full_name == "xã Cồn Mới"
    assert "01/02/2026" in wizard.unit.under()
    assert any("broken.csv" in one.text() for one in wizard.unit.findChildren(QLabel))


def _type_passwords(wizard: Wizard, first: str = PASSWORD, second: str = PASSWORD) -> None:
    wizard.password.twice.first.setText(first)
    wizard.password.twice.second.setText(second)
    wizard.password.twice.changed.emit()


def test_from_an_empty_folder_to_an_open_book(make: Callable[[], Wizard], opened: Opened, tmp_path: Path) -> None:
    wizard = make()
    assert not wizard.next_button.isEnabled()
    assert wizard.reason.text()
    _choose(wizard)
    assert wizard.unit.unit is not None
    assert wizard.unit.unit.code == "24175"
    assert wizard.unit.above.text() == "Hội LHPN tỉnh Đắk Lắk"
    wizard.next_button.click()
    wizard.password.name.setText("Trần Thị Mẫu")
    _type_passwords(wizard)
    wizard.next_button.click()
    assert wizard.step is wizard.recovery
    assert not wizard.next_button.isEnabled()  # not before the sheet is kept
    wizard.recovery.save_at(tmp_path / "sheet.pdf")
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    wizard.next_button.click()
    assert wizard.step is wizard.branches
    wizard.branches.text.setPlainText("1. Ấp An Hòa\n2) Ấp Hai\n\n 3\tẤp Ba\nẤp An Hòa")
    wizard.next_button.click()
    wizard.next_button.click()
    assert wizard.step is wizard.copies
    wizard.copies.take(tmp_path / "stick")
    (tmp_path / "stick").mkdir()
    wizard.next_button.click()
    ((office, page, args),) = opened
    assert (page, args) == ("people", {"intake": True})
    assert office.commune.name == "xã Hòa Phú"
    assert office.account.name == "Trần Thị Mẫu"
    assert [u.name for u in office.setup.branches()] == ["Ấp An Hòa", "Ấp Ba", "Ấp Hai"]
    assert len(list((tmp_path / "stick").glob("*.hpnbak"))) == 1


def test_everything_optional_can_wait(make: Callable[[], Wizard], opened: Opened, tmp_path: Path) -> None:
    wizard = make()
    _choose(wizard)
    wizard.next()
    _type_passwords(wizard)
    wizard.next()
    wizard.recovery.keep("in rồi")
    wizard.next()
    wizard.later_button.click()
    wizard.later_button.click()
    wizard.next()
    ((office, page, _args),) = opened
    assert page == ""
    assert office.setup.branches() == ()
    assert office.account.name == "Cán bộ Hội"


@pytest.mark.parametrize(
    ("first", "second"), [("ngắn", "ngắn"), (PASSWORD, PASSWORD + "x")], ids=["short", "different"]
)
def test_a_password_that_cannot_be_taken(make: Callable[[], Wizard], first: str, second: str) -> None:
    wizard = make()
    _choose(wizard)
    wizard.next()
    _type_passwords(wizard, first, second)
    wizard.next()
    assert wizard.step is wizard.password
    assert wizard.password.twice.said.isVisible()
    assert wizard.office is None
    wizard.password.twice.shown.click()
    assert wizard.password.twice.first.echoMode() == wizard.password.twice.first.EchoMode.Normal


def test_it_can_be_left_before_the_book_is_made_and_taken_up_again(make: Callable[[], Wizard]) -> None:
    wizard = make()
    _choose(wizard)
    wizard.unit.above.setText("Hội LHPN tỉnh khác")
    wizard.unit.above.textEdited.emit("Hội LHPN tỉnh khác")
    again = make()
    assert again.unit.unit is not None
    assert again.unit.unit.code == "24175"
    assert again.unit.above.text() == "Hội LHPN tỉnh khác"
    assert again.next_button.isEnabled()


def test_left_after_the_book_is_made_it_opens_with_the_password(make: Callable[[], Wizard], tmp_path: Path) -> None:
    wizard = make()
    _choose(wizard)
    wizard.next()
    _type_passwords(wizard)
    wizard.next()
    assert wizard.back_button.isHidden()
    QApplication.instance().aboutToQuit.emit()  # type: ignore[union-attr]
    office = open_office(tmp_path / "c", PASSWORD, around=around("y"))
    assert not office.store.unclean
    office.close()


def test_a_level_above_has_three_steps(make: Callable[[], Wizard], opened: Opened) -> None:
    wizard = make()
    wizard.unit.receives.setChecked(True)
    _choose(wizard, "can tho")
    assert wizard.unit.above.isHidden()
    wizard.next()
    _type_passwords(wizard)
    wizard.next()
    wizard.recovery.keep("in rồi")
    wizard.next()
    assert wizard.step is wizard.copies
    wizard.next()
    ((office, page, _args),) = opened
    assert office.is_receiver
    assert office.commune.name == "thành phố Cần Thơ"
    assert page == ""


@pytest.mark.parametrize(
    ("typed", "code", "level"),
    [("", "TW", Level.CENTRAL), ("trung uong", "TW", Level.CENTRAL), ("tinh dak lak", "66", Level.PROVINCE)],
)
def test_the_centre_and_a_province_can_receive(
    make: Callable[[], Wizard], opened: Opened, typed: str, code: str, level: Level
) -> None:
    wizard = make()
    wizard.unit.receives.setChecked(True)
    _choose(wizard, typed)
    assert wizard.unit.unit is not None
    assert wizard.unit.unit.code == code
    again = make()  # left here, and taken up again
    assert again.unit.unit == wizard.unit.unit
    again.next()
    _type_passwords(again)
    again.next()
    again.recovery.keep("in rồi")
    again.next()
    again.next()
    ((office, _page, _args),) = opened
    assert [unit.level for unit in office.setup.units()] == [level]


def test_the_centre_sends_to_nobody(make: Callable[[], Wizard]) -> None:
    wizard = make()
    wizard.unit.receives.setChecked(True)
    _choose(wizard, "trung uong hoi lhpn")
    assert wizard.unit.unit is not None
    wizard.unit.sends.setChecked(True)
    assert wizard.unit.unit is None
    assert not wizard.next_button.isEnabled()


def test_back_keeps_every_choice(make: Callable[[], Wizard]) -> None:
    wizard = make()
    _choose(wizard)
    wizard.next()
    wizard.back_button.click()
    assert wizard.step is wizard.unit
    assert wizard.unit.unit is not None


def test_a_folder_that_cannot_be_written_is_said(make: Callable[[], Wizard], tmp_path: Path) -> None:
    (tmp_path / "c").write_text("no folder")
    wizard = make()
    _choose(wizard)
    wizard.next()
    _type_passwords(wizard)
    wizard.next()
    assert wizard.step is wizard.password
    assert wizard.message.text()


@pytest.mark.parametrize(("width", "height"), [(1366, 690), (1093, 540)])
def test_every_step_fits(make: Callable[[], Wizard], qapp: QApplication, width: int, height: int) -> None:
    wizard = make()
    wizard.resize(width, height)
    for step in wizard.steps:
        wizard.show_step(step)
        qapp.processEvents()
        need = wizard.minimumSizeHint()
        assert (need.width() <= width, need.height() <= height) == (True, True), (step, need)
        assert cut_labels(wizard) == []


def test_the_sample_commune_is_offered(qapp: QApplication, qtbot: QtBot, tmp_path: Path, settings: QSettings) -> None:
    asked: list[str] = []
    wizard = first_run.build(
        tmp_path / "c", lambda *_a, **_k: None, settings=settings, make_demo=lambda: asked.append("demo")
    )
    assert isinstance(wizard, Wizard)
    qtbot.addWidget(wizard)
    wizard.demo_button.click()
    assert asked == ["demo"]
    assert wizard.findChildren(QLabel)


def test_a_forgotten_password_and_the_sheet(qapp: QApplication, qtbot: QtBot, tmp_path: Path, opened: Opened) -> None:
    office = make_office(tmp_path / "c")
    code = office.setup.new_recovery_code(around("1"))
    office.close()
    dialog = RecoverDialog(
        None, tmp_path / "c", ["Trần Thị Mẫu"], lambda found: opened.append((found, "", {})), around("x")
    )
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    dialog.form["code"].set_value("A" * 32)
    for line in (dialog.password.first, dialog.password.second):
        line.setText("một mật khẩu mới")
    dialog.do()
    assert dialog.form["code"].error()
    dialog.form["code"].set_value(code.replace("-", " "))
    dialog.do()
    ((found, _page, _args),) = opened
    assert found.account.name == "Trần Thị Mẫu"


def test_the_unlock_page_offers_it_only_where_there_is_a_way(qapp: QApplication, settings: QSettings) -> None:
    asked: list[str] = []
    shell = Shell(settings)
    assert shell.show_unlock(lambda: Keys(["Trần Thị Mẫu"])).forgot_button.isHidden()
    shell.recover = lambda: asked.append("recover")
    page = shell.show_unlock(lambda: Keys(["Trần Thị Mẫu"]))
    assert not page.forgot_button.isHidden()
    page.forgot_button.click()
    assert asked == ["recover"]
    shell.close()
    shiboken6.delete(shell)
