"""The list: sorting, words, empty states, keys, widths that are kept."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from sochihoi.domain.vietnamese import sort_key
from sochihoi.ui import style
from sochihoi.ui.shared.badges import Badge, badge_font
from sochihoi.ui.shared.columns import ROW_ROLE
from sochihoi.ui.shared.table import Column, MenuItem, Table
from tests.ui.stand_in import Desk


@dataclass(frozen=True)
class Row:
    code: str
    name: str
    born: int | None
    post: str = ""


ROWS = [
    Row("1", "Trần Thị Ánh", 1970, "Nòng cốt"),
    Row("2", "Bùi Thị Đào", None),
    Row("3", "Lê Thị Cúc", 1950),
    Row("4", "Đỗ Thị Ân", 1990),
]
COLUMNS = (
    Column[Row](lambda: "Mã", lambda r: r.code, 60, key="code"),
    Column[Row](lambda: "Họ và tên", lambda r: r.name, 200, sort=lambda r: sort_key(r.name), stretch=True, strong=True),
    Column[Row](lambda: "Năm sinh", lambda r: str(r.born or "—"), 80, sort=lambda r: r.born, align="right", key="born"),
    Column[Row](lambda: "Ghi chú", lambda r: "", 90, badges=lambda r: [Badge(r.post, "info")] if r.post else []),
)


@pytest.fixture
def table(desk: Desk, qtbot: QtBot) -> Table[Row]:
    assert desk.shell.context is not None
    made: Table[Row] = Table(
        desk.shell.context,
        "test",
        COLUMNS,
        key=lambda r: r.code,
        noun=lambda n: "hội viên",
        menu=lambda r: [MenuItem("Mở", lambda: None), None, MenuItem("Xóa", lambda: None, enabled=False)],
        accessible="Danh sách hội viên",
    )
    qtbot.addWidget(made)
    made.resize(640, 300)
    made.show()
    made.set_rows(ROWS)
    return made


def names(table: Table[Row]) -> list[str]:
    return [row.name.split()[-1] for row in table.model.rows]


def test_people_are_sorted_by_given_name_in_vietnamese_order(table: Table[Row]) -> None:
    table.view.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert names(table) == ["Ánh", "Ân", "Cúc", "Đào"]
    table.view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert names(table) == ["Đào", "Cúc", "Ân", "Ánh"]


def test_what_is_not_known_stands_last_in_both_directions(table: Table[Row]) -> None:
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        table.view.sortByColumn(2, order)
        assert table.model.rows[-1].born is None


def test_the_order_and_the_chosen_row_stay_when_rows_are_read_again(table: Table[Row]) -> None:
    table.view.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    table.choose("3")
    table.set_rows([*ROWS, Row("5", "Võ Thị Bé", 1980)])
    assert names(table) == ["Ánh", "Ân", "Bé", "Cúc", "Đào"]
    chosen = table.current()
    assert chosen is not None
    assert chosen.code == "3"


def test_a_chosen_row_that_is_gone_is_not_replaced_by_another(table: Table[Row]) -> None:
    table.choose("3")
    table.set_rows(ROWS[:2])
    assert table.current() is None or table.current() in ROWS[:2]
    assert not table.choose("3")


def test_enter_and_double_click_open(table: Table[Row], qtbot: QtBot) -> None:
    table.choose("2")
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert opened.args == [ROWS[1]]
    place = table.view.visualRect(table.model.index(0, 1)).center()
    qtbot.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.mouseDClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened.args == [ROWS[0]]


def test_the_count_says_where_one_is(table: Table[Row]) -> None:
    assert "4" in table._count.text()
    many = [Row(str(n), f"Nguyễn Thị {n}", 1960) for n in range(3412)]
    table.set_rows(many)
    assert "1–" in table._count.text()
    assert "3.412" in table._count.text()
    table.view.verticalScrollBar().setValue(table.view.verticalScrollBar().maximum())
    assert "3.412" in table._count.text().split("–")[1].split(" ")[0]


def test_an_empty_list_says_what_to_do(table: Table[Row], qtbot: QtBot) -> None:
    pressed: list[str] = []
    table.set_empty("users", "Chưa có hội viên nào.", ("Nhập từ Excel", lambda: pressed.append("import")))
    table.set_rows([])
    assert table._stack.currentWidget() is table._blank
    assert table._blank.action is not None
    table._blank.action.click()
    assert pressed == ["import"]
    table.set_no_match("Không có hội viên nào khớp “kim hang”.", lambda: pressed.append("clear"))
    table._blank.action.click()
    assert pressed == ["import", "clear"]
    table.set_no_match(None)
    table.set_rows(ROWS)
    assert table._stack.currentWidget() is table.view


def test_widths_that_the_officer_chose_are_kept(table: Table[Row], desk: Desk, qtbot: QtBot) -> None:
    table.view.horizontalHeader().resizeSection(0, 133)
    assert desk.shell.context is not None
    again: Table[Row] = Table(desk.shell.context, "test", COLUMNS)
    qtbot.addWidget(again)
    assert again.view.horizontalHeader().sectionSize(0) == 133


def test_a_screen_reader_hears_column_and_value(table: Table[Row]) -> None:
    def heard(column: int) -> str:
        return str(table.model.index(0, column).data(Qt.ItemDataRole.AccessibleTextRole))

    assert heard(1) == "Họ và tên: Trần Thị Ánh"
    assert heard(3) == "Ghi chú: Nòng cốt"
    assert table.view.accessibleName() == "Danh sách hội viên"


def test_tab_leaves_the_table(table: Table[Row]) -> None:
    assert not table.view.tabKeyNavigation()


def test_bands_span_the_table_and_do_not_open(desk: Desk, qtbot: QtBot) -> None:
    assert desk.shell.context is not None
    made: Table[Row] = Table(
        desk.shell.context, "bands", COLUMNS, section=lambda r: r.name if r.code == "" else None, cells=True
    )
    qtbot.addWidget(made)
    made.set_rows([Row("", "Tổ chức Hội", None), *ROWS])
    made.resize(600, 300)
    made.show()
    assert made.view.columnSpan(0, 0) == len(COLUMNS)
    opened: list[object] = []
    made.opened.connect(opened.append)
    made.view.setCurrentIndex(made.model.index(0, 0))
    qtbot.keyClick(made.view, Qt.Key.Key_Return)
    assert opened == []
    assert made.model.index(0, 0).data(ROW_ROLE).name == "Tổ chức Hội"
    made.grab()


def test_a_closed_month_is_sunken(table: Table[Row]) -> None:
    table.set_closed(closed=True)
    assert table.view.property("readOnly") == "true"
    table.set_closed(closed=False)
    assert table.view.property("readOnly") is None


def kept_widths(desk: Desk) -> list[str]:
    return [key for key in desk.shell.settings.allKeys() if key.startswith("table/")]


def test_a_hidden_column_keeps_its_width(table: Table[Row], desk: Desk, qtbot: QtBot) -> None:
    assert desk.shell.context is not None
    header = table.view.horizontalHeader()
    table.view.setColumnHidden(2, True)  # noqa: FBT003 - Qt
    table.view.setColumnHidden(2, False)  # noqa: FBT003 - Qt
    assert header.sectionSize(2) == 80
    assert kept_widths(desk) == []
    header.resizeSection(2, 111)
    table.view.setColumnHidden(2, True)  # noqa: FBT003 - Qt
    again: Table[Row] = Table(desk.shell.context, "test", COLUMNS)
    qtbot.addWidget(again)
    assert again.view.horizontalHeader().sectionSize(2) == 111


@pytest.mark.parametrize("nonsense", ["0", "-5", "rộng", "99999", "", [1, 2]])
def test_a_damaged_width_is_the_declared_one(desk: Desk, qtbot: QtBot, nonsense: object) -> None:
    assert desk.shell.context is not None
    desk.shell.context.settings.setValue("table/test/code", nonsense)
    again: Table[Row] = Table(desk.shell.context, "test", COLUMNS)
    qtbot.addWidget(again)
    assert again.view.horizontalHeader().sectionSize(0) == 60


PEOPLE = (
    Column[Row](lambda: "Họ và tên", lambda r: r.name, 120, strong=True, key="name"),
    Column[Row](lambda: "Ghi chú", lambda r: r.post, 90, stretch=True),
)


def test_a_column_of_names_is_as_wide_as_the_longest_name(desk: Desk, qtbot: QtBot) -> None:
    assert desk.shell.context is not None
    made: Table[Row] = Table(desk.shell.context, "people", PEOPLE)
    qtbot.addWidget(made)
    made.resize(640, 300)
    width = made.view.horizontalHeader().sectionSize
    made.set_rows(ROWS)
    assert width(0) == 120  # never narrower than declared
    long = Row("9", "Huỳnh Nguyễn Thị Phương Trinh", 1980)
    made.set_rows([*ROWS, long])
    assert width(0) > made.view.fontMetrics().horizontalAdvance(long.name)
    assert kept_widths(desk) == []  # nobody drew it
    made.view.horizontalHeader().resizeSection(0, 140)
    made.set_rows([*ROWS, long])
    assert width(0) == 140  # what she drew stays


def test_a_title_is_not_cut_by_its_column(desk: Desk, qtbot: QtBot) -> None:
    assert desk.shell.context is not None
    title = "Hộ hội viên được xác nhận đạt"
    columns = (
        Column[Row](lambda: title, lambda r: r.code, 40, align="right", key="passed"),
        Column[Row](lambda: "Họ và tên", lambda r: r.name, 90, stretch=True),
    )
    made: Table[Row] = Table(desk.shell.context, "titles", columns)
    qtbot.addWidget(made)
    header = made.view.horizontalHeader()
    shown = QFontMetrics(badge_font(made.view.font())).horizontalAdvance(title)
    assert header.sectionSize(0) >= shown + 2 * style.sizes().space_2
    # narrower by hand it is whole in the tooltip
    assert made.model.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) == title
