"""Words that break into lines, and a header whose titles do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QStandardItemModel
from PySide6.QtWidgets import QApplication, QTableView

from sochihoi.ui.shared.page import ActionBar
from sochihoi.ui.shared.wrapping import WrappedHeader, balanced, wrapped


def test_titles_of_columns_break_where_lines_are_even() -> None:
    assert balanced("Không bạo lực", 10, len) == "Không\nbạo lực"
    assert balanced("An toàn", 10, len) == "An toàn"
    assert balanced("Không đói nghèo", 6, len) == "Không\nđói\nnghèo"


def test_a_name_breaks_into_as_many_lines_as_it_needs(qapp: QApplication) -> None:
    measure = QFontMetrics(QFont(qapp.font()))
    name = "Mô hình, công trình, giúp phụ nữ khó khăn"
    room = measure.horizontalAdvance(name) * 2 // 3
    lines = wrapped(name, room, measure)
    assert len(lines) == 2
    assert " ".join(lines) == name
    assert all(measure.horizontalAdvance(line) <= room for line in lines)
    assert wrapped(name, 9999, measure) == [name]
    assert wrapped("", 100, measure) == []


def test_the_last_of_so_many_lines_says_that_there_is_more(qapp: QApplication) -> None:
    measure = QFontMetrics(QFont(qapp.font()))
    lines = wrapped("một hai ba bốn năm sáu bảy tám chín mười", measure.horizontalAdvance("một hai ba"), measure, 2)
    assert len(lines) == 2
    assert lines[1].endswith("…")


def test_a_title_is_broken_before_it_is_cut(qapp: QApplication) -> None:
    view = QTableView()
    header = WrappedHeader(view)
    view.setHorizontalHeader(header)
    model = QStandardItemModel(1, 1)
    model.setHorizontalHeaderLabels(["Lý do khi khác tự chấm"])
    view.setModel(model)
    low = header.height()
    view.setColumnWidth(0, 400)
    header.fit()
    assert header.height() == low
    view.setColumnWidth(0, header.least_width(0))
    header.fit()
    assert header.height() > low
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Lý do khi khác tự chấm"


def test_words_that_have_no_room_beside_the_buttons_stand_above_them(qapp: QApplication) -> None:
    bar = ActionBar()
    first = bar.add("Lấy điểm đề xuất cho ô trống", lambda: None)
    last = bar.add("Xong thẩm định", lambda: None, "primary")
    bar.set_hint("Bảng điểm mẫu gợi ý, chưa phải quy định của tỉnh. Còn lại: 10 tiêu chí chưa có điểm; 4 điều kiện.")
    bar.resize(1100, bar.sizeHint().height())
    bar.show()
    qapp.processEvents()
    hint = bar._hint
    assert hint.mapTo(bar, hint.rect().center()).x() < first.x()
    bar.resize(last.sizeHint().width() + first.sizeHint().width() + 150, bar.height())
    qapp.processEvents()
    bar.resize(bar.width(), bar.sizeHint().height())
    qapp.processEvents()
    assert hint.mapTo(bar, hint.rect().bottomLeft()).y() <= first.y()
    assert hint.width() > bar.width() // 2
    first.hide()  # there is room again
    last.hide()
    qapp.processEvents()
    assert hint.mapTo(bar, hint.rect().bottomLeft()).y() > 0
    assert not bar._stands_above
    bar.close()
