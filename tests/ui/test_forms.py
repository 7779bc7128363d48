"""Fields, what is understood of them, errors under them, drafts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QCompleter, QPushButton, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from sochihoi.domain.errors import FieldProblem
from sochihoi.domain.partial_dates import PartialDate
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.forms import (
    CheckField,
    ChoiceField,
    DateField,
    DraftKeeper,
    Form,
    LongTextField,
    MoneyField,
    NumberField,
    PhoneField,
    SearchCombo,
    TextField,
    into_sight,
    scrolled,
)
from sochihoi.ui.shared.typed import read_number, read_phone, show_date
from tests.ui.stand_in import Desk

TODAY = date(2026, 10, 26)
BRANCHES = [("1", "Ấp An Hòa"), ("2", "Ấp Phú Mỹ"), ("3", "Ấp Trà Cuôn")]


@pytest.fixture
def form(desk: Desk, qtbot: QtBot) -> Form:
    made = Form()
    made.add(TextField("name", "&Họ và tên", required=True, letters=30))
    made.add(DateField("born", "&Ngày sinh", today=lambda: TODAY, exact=False))
    made.add(PhoneField("phone", "&Số điện thoại"))
    made.add(MoneyField("dues", "Hội phí"))
    made.add(NumberField("score", "Điểm", decimals=1, least=0, most=15))
    made.add(ChoiceField("branch", "&Chi hội", BRANCHES, search=True))
    made.add(CheckField("agreed", "Đồng ý cho lưu"))
    made.add(LongTextField("note", "Ghi chú"))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    return made


def typed_by_unikey(widget: QWidget, text: str) -> None:
    """Vietnamese letters come from an input method; QTest's keys are ASCII only."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def write(form: Form, name: str, text: str, qtbot: QtBot) -> None:
    field = form[name]
    assert isinstance(field, TextField)
    field.line.clear()
    field.line.setFocus()
    typed_by_unikey(field.line, text)
    field.line.clearFocus()


@pytest.mark.parametrize(
    ("typed", "meant", "shown"),
    [
        ("8/3/71", PartialDate(1971, 3, 8), "08/03/1971"),
        ("08031971", PartialDate(1971, 3, 8), "08/03/1971"),
        ("1971", PartialDate(1971), "1971"),
        ("3/1971", PartialDate(1971, 3), "03/1971"),
    ],
)
def test_a_date_is_taken_as_it_is_typed(form: Form, qtbot: QtBot, typed: str, meant: PartialDate, shown: str) -> None:
    write(form, "born", typed, qtbot)
    assert form["born"].value() == meant
    assert form["born"].draft() == shown
    assert show_date(meant) == shown


def test_a_date_that_must_be_exact_says_so(desk: Desk, qtbot: QtBot) -> None:
    field = DateField("held", "Ngày họp", today=lambda: TODAY)
    qtbot.addWidget(field)
    field.line.setText("1971")
    assert field.value() is None
    assert field.problem()
    field.set_value(date(2026, 10, 24))
    assert field.value() == date(2026, 10, 24)
    assert field.problem() == ""


@pytest.mark.parametrize(
    ("typed", "decimals", "meant"),
    [
        ("3.412", 0, "3412"),
        ("4.120.000", 0, "4120000"),
        ("82,1", 1, "82.1"),
        ("82.1", 1, "82.1"),
        ("3.412", 1, "3412"),
        ("1.234,5", 1, "1234.5"),
        ("−3", 0, "-3"),
        ("12,345", 1, None),
        ("82,1", 0, None),
        ("1.2.3", 0, None),
        ("abc", 0, None),
        ("", 0, None),
    ],
)
def test_numbers_are_read_as_they_are_written_here(typed: str, decimals: int, meant: str | None) -> None:
    assert read_number(typed, decimals) == (None if meant is None else Decimal(meant))


@settings(deadline=None, derandomize=True)
@given(st.integers(0, 10**12))
def test_a_number_that_is_shown_is_read_back(value: int) -> None:
    from sochihoi.i18n import number

    assert read_number(number(value)) == value


@settings(deadline=None, derandomize=True)
@given(st.text(max_size=12), st.integers(0, 2))
def test_no_text_breaks_the_reading_of_numbers(text: str, decimals: int) -> None:
    read_number(text, decimals)
    read_phone(text)


def test_phone_money_score(form: Form, qtbot: QtBot) -> None:
    write(form, "phone", "+84 912.345.678", qtbot)
    assert form["phone"].value() == "0912345678"
    assert form["phone"].draft() == "0912 345 678"
    write(form, "dues", "4.120.000", qtbot)
    assert form["dues"].value() == 4_120_000
    write(form, "score", "15,5", qtbot)
    assert "15" in form["score"].problem()
    write(form, "score", "-1", qtbot)
    assert form["score"].problem()
    write(form, "score", "14,5", qtbot)
    assert form["score"].value() == Decimal("14.5")
    assert form["score"].problem() == ""


def test_a_list_is_searched_without_tone_marks_in_a_popup(form: Form, qtbot: QtBot) -> None:
    field = form["branch"]
    assert isinstance(field, ChoiceField)
    combo = field.combo
    assert isinstance(combo, SearchCombo)
    assert field.value() is None
    qtbot.keyClicks(combo.lineEdit(), "tra cuon")
    assert combo.completer().completionMode() != QCompleter.CompletionMode.InlineCompletion
    assert combo._matches.stringList() == ["Ấp Trà Cuôn"]
    combo.completer().popup().hide()
    combo._settle()
    assert field.value() is None
    assert field.problem() != ""
    combo.setEditText("ap tra cuon")
    combo._settle()
    assert field.value() == "3"
    field.set_options(BRANCHES[1:])
    assert field.value() == "3"


def test_required_and_wrong_fields_are_named_and_the_first_gets_the_focus(form: Form, qtbot: QtBot) -> None:
    write(form, "phone", "0912", qtbot)
    assert not form.check()
    assert form["name"].error()
    assert form["phone"].error()
    assert "2" in form.count_of_errors()
    assert form["name"].editor.hasFocus()
    assert form["name"].editor.property("state") == "bad"
    write(form, "name", "Thạch Thị Kim Hằng", qtbot)
    assert form["name"].error() == ""
    write(form, "phone", "0912345678", qtbot)
    assert form.check()
    assert form.count_of_errors() == ""


def test_a_service_says_which_field(form: Form) -> None:
    assert form.show_problem(FieldProblem("phone", "TAKEN", "0912345678"))
    assert "0912345678" in form["phone"].error()
    assert not form.show_problem(FieldProblem("elsewhere", "TAKEN"))


def test_text_is_stored_in_one_form(form: Form, qtbot: QtBot) -> None:
    form["name"].set_value("  Tha\u0323ch  Thi\u0323 ")
    assert form.values()["name"] == "Thạch Thị"


def test_every_field_is_named_for_a_screen_reader(form: Form) -> None:
    assert [field.editor.accessibleName() for field in form.fields.values()].count("") == 0
    assert form["name"].editor.accessibleName().startswith("Họ và tên (")
    spoken = [one.accessibleName() for one in form.findChildren(QPushButton) + form.findChildren(QToolButton)]
    assert spoken
    assert not any("&" in name for name in spoken), "the sign of the key is not read aloud"


def test_a_draft_survives_and_is_offered(desk: Desk, form: Form, qtbot: QtBot) -> None:
    context: Any = desk.shell.context
    keeper = DraftKeeper(context, "member/new", form)
    assert not keeper.offer()
    write(form, "name", "Thạch Thị", qtbot)
    write(form, "born", "8/3", qtbot)
    assert context.office.drafts.kept["member/new"]["name"] == "Thạch Thị"
    assert context.office.drafts.kept["member/new"]["born"] == "8/3"

    again = Form()
    qtbot.addWidget(again)
    again.add(TextField("name", "Họ và tên"))
    again.add(DateField("born", "Ngày sinh", today=lambda: TODAY))
    second = DraftKeeper(context, "member/new", again)
    assert second.offer()
    assert desk.shell.frame is not None
    restore, leave = desk.shell.frame.message.actions_shown()
    restore.click()
    assert again["name"].draft() == "Thạch Thị"
    assert again["born"].draft() == "8/3"
    assert desk.shell.frame.message.text() == ""
    again["name"].set_value("")
    assert second.offer()
    desk.shell.frame.message.actions_shown()[1].click()
    assert context.office.drafts.kept == {}
    assert leave.text() != restore.text()


def test_tick_and_long_text_say_when_they_are_left(form: Form, qtbot: QtBot) -> None:
    with qtbot.waitSignal(form.left) as left:
        check = form["agreed"]
        assert isinstance(check, CheckField)
        check.box.click()
    assert left.args == ["agreed"]
    note = form["note"]
    assert isinstance(note, LongTextField)
    note.text.setFocus()
    typed_by_unikey(note.text, "Hay giúp")
    with qtbot.waitSignal(form.left) as left:
        note.text.clearFocus()
    assert left.args == ["note"]
    assert form.values()["note"] == "Hay giúp"


def test_a_closed_month_is_shown_without_editing(form: Form) -> None:
    form.set_read_only(read_only=True)
    name = form["name"]
    assert isinstance(name, TextField)
    assert name.line.isReadOnly()
    note = form["note"]
    assert isinstance(note, LongTextField)
    sunken, made = QColor(style.tokens().sunken), note.text.grab().toImage()
    assert made.pixelColor(made.width() // 2, made.height() // 2) == sunken, "a long text looks closed too"
    form.set_read_only(read_only=False)
    assert not name.line.isReadOnly()


def test_tab_leaves_the_long_text(form: Form, qtbot: QtBot) -> None:
    note = form["note"]
    assert isinstance(note, LongTextField)
    note.text.setFocus()
    qtbot.keyClick(note.text, Qt.Key.Key_Tab)
    assert note.value() is None


def test_an_area_scrolls_only_when_its_widget_is_higher_than_there_is_room(qtbot: QtBot) -> None:
    whole = QWidget()
    rows = QVBoxLayout(whole)
    for _at in range(4):
        rows.addWidget(label("Giữ tên người đã ra khỏi Hội: để trống là giữ mãi, mọi con số vẫn còn. " * 2, wrap=True))
    area = scrolled(whole)
    qtbot.addWidget(area)
    area.resize(900, rows.totalHeightForWidth(900))
    area.show()
    assert area.verticalScrollBar().maximum() == 0
    area.resize(300, area.height())
    assert area.verticalScrollBar().maximum() > 0
    assert whole.height() >= rows.totalHeightForWidth(whole.width())
    last = QPushButton("Ở dưới cùng")
    rows.addWidget(last)
    QApplication.processEvents()
    into_sight(last)
    bar = area.verticalScrollBar()
    assert (bar.value(), bar.maximum() > 0) == (bar.maximum(), True)
