"""Tokens, sheet, icons: contrast of every pair, no name lost in the sheet, one pixel of each part."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QRadioButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from sochihoi import paths
from sochihoi.ui import style
from sochihoi.ui.shared.badges import pill
from sochihoi.ui.shared.buttons import Card, button, label
from sochihoi.ui.style.sheet import sheet
from sochihoi.ui.style.tokens import SHAPE_PAIRS, TEXT_PAIRS, contrast, scaled


@pytest.mark.parametrize("theme", list(style.THEMES))
@pytest.mark.parametrize(("pairs", "least"), [(TEXT_PAIRS, 4.5), (SHAPE_PAIRS, 3.0)])
def test_every_pair_in_use_can_be_read(theme: str, pairs: list[tuple[str, str]], least: float) -> None:
    tokens = style.THEMES[theme]
    low = {
        (front, back): round(contrast(getattr(tokens, front), getattr(tokens, back)), 2)
        for front, back in pairs
        if contrast(getattr(tokens, front), getattr(tokens, back)) < least
    }
    assert low == {}


@pytest.mark.parametrize("scale", style.TEXT_SCALES.values())
@pytest.mark.parametrize("theme", list(style.THEMES))
def test_the_sheet_has_no_hole(theme: str, scale: float) -> None:
    text = sheet(style.THEMES[theme], scaled(scale))
    assert "{" in text
    assert not re.search(r"\{\w+\}", text)
    assert text.count("{") == text.count("}")
    # "background: 204" is silently ignored by Qt: every colour is a colour
    assert re.findall(r"(?:background|color|border-color): (?!#|transparent)[\w.]+", text) == []


def test_nothing_is_smaller_than_twelve_pixels() -> None:
    sizes = scaled(1.0)
    assert min(sizes.small, sizes.body, sizes.head, sizes.title, sizes.figure) == 12


def _pixel(widget: QWidget, x: int, y: int) -> str:
    return QColor(widget.grab().toImage().pixelColor(QPoint(x, y))).name().upper()


@pytest.mark.parametrize("theme", list(style.THEMES))
def test_one_pixel_of_each_part(qapp: QApplication, qtbot: QtBot, theme: str) -> None:
    style.apply(qapp, theme)
    tokens = style.THEMES[theme]
    window = QWidget()
    window.setObjectName("page")
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    primary, plain = button("Chốt số liệu", None, "primary"), button("Để sau")
    disabled = button("Chưa chốt được", None, "primary")
    disabled.setEnabled(False)
    field, combo, check = QLineEdit(), QComboBox(), QCheckBox("Đồng ý")
    check.setChecked(True)
    badge, card, message = pill("Đã chốt", "ok"), Card(), QFrame()
    card.add(label("Thẻ"))
    message.setProperty("message", "bad")
    message.setMinimumSize(40, 40)
    for part in (plain, primary, disabled, field, combo, check, badge, card, message):
        row.addWidget(part)
    window.show()
    plain.setFocus()
    assert _pixel(window, 1, 1) == tokens.window
    assert _pixel(primary, 8, primary.height() // 2) == tokens.accent
    assert _pixel(disabled, 6, 6) == tokens.sunken
    assert _pixel(field, field.width() // 2, 0) == tokens.edge
    assert _pixel(combo, combo.width() // 2, 0) == tokens.edge
    assert _pixel(badge, 4, 4) == tokens.ok_soft
    assert _pixel(card, 6, 6) == tokens.surface
    assert _pixel(message, 20, 20) == tokens.bad_soft
    assert _pixel(check, 8, check.height() // 2 - 6) == tokens.accent
    style.apply(qapp)


def test_another_theme_tints_icons_anew(qapp: QApplication, qtbot: QtBot) -> None:
    style.apply(qapp, "light")
    shown = QLabel()
    qtbot.addWidget(shown)
    style.put_icon(shown, "users", "accent")
    light = shown.pixmap().toImage()
    style.apply(qapp, "dark")
    assert shown.pixmap().toImage() != light
    style.apply(qapp, "light")
    assert shown.pixmap().toImage() == light


def test_an_absent_icon_is_seen_and_breaks_nothing(qapp: QApplication) -> None:
    assert not style.pixmap("no-such-icon").isNull()


def test_our_font_has_digits_of_one_width(qapp: QApplication) -> None:
    if not list((paths.built() / "fonts").glob("*.ttf")):
        pytest.skip("set-up has not cut the font")
    style.apply(qapp)
    assert QFontInfo(qapp.font()).family() == "Chi Hoi Sans"
    assert {"Regular", "SemiBold"} <= set(QFontDatabase.styles("Chi Hoi Sans"))
    metrics = QLabel().fontMetrics()
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1


def test_larger_text_makes_larger_parts(qapp: QApplication, qtbot: QtBot) -> None:
    style.apply(qapp, "light", 1.3)
    one = button("In danh sách")
    qtbot.addWidget(one)
    one.ensurePolished()
    tall = one.sizeHint().height()
    style.apply(qapp, "light", 1.0)
    assert tall > one.sizeHint().height()


def _colours(widget: QWidget) -> set[str]:
    image = widget.grab().toImage()
    return {QColor(image.pixelColor(x, y)).name().upper() for x in range(image.width()) for y in range(image.height())}


@pytest.mark.parametrize("theme", list(style.THEMES))
@pytest.mark.parametrize("role", ["", "primary", "quiet", "danger", "chip", "crumb"])
def test_what_cannot_be_pressed_looks_so_in_every_role(qapp: QApplication, qtbot: QtBot, theme: str, role: str) -> None:
    style.apply(qapp, theme)
    tokens = style.THEMES[theme]
    page = QWidget()
    page.setObjectName("page")
    qtbot.addWidget(page)
    row = QHBoxLayout(page)
    one = button("Xóa hẳn", None, role)
    row.addWidget(one)
    page.show()
    loud = {"danger": tokens.bad, "quiet": tokens.accent, "crumb": tokens.accent, "primary": tokens.accent}.get(
        role, tokens.edge
    )
    assert loud in _colours(one)
    one.setEnabled(False)
    quiet = _colours(one)
    assert tokens.faint in quiet
    assert not {tokens.bad, tokens.accent, tokens.edge} & quiet
    style.apply(qapp)


@pytest.mark.parametrize("theme", list(style.THEMES))
@pytest.mark.parametrize("role", ["", "primary", "quiet", "danger", "chip", "crumb"])
def test_where_the_focus_is_can_be_seen_in_every_role(qapp: QApplication, qtbot: QtBot, theme: str, role: str) -> None:
    style.apply(qapp, theme)
    page = QWidget()
    page.setObjectName("page")
    qtbot.addWidget(page)
    row = QHBoxLayout(page)
    one, other = button("Xóa hẳn", None, role), QLineEdit()
    row.addWidget(one)
    row.addWidget(other)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    other.setFocus()
    before = one.grab().toImage()
    one.setFocus()
    now = one.grab().toImage()
    assert one.size() == now.size() / now.devicePixelRatio()  # nothing moves
    changed = sum(before.pixel(x, y) != now.pixel(x, y) for x in range(now.width()) for y in range(now.height()))
    assert changed > now.width()  # at least a line along the button
    style.apply(qapp)


@pytest.mark.parametrize("theme", list(style.THEMES))
def test_tab_brings_one_frame_and_no_tint(qapp: QApplication, qtbot: QtBot, theme: str) -> None:
    style.apply(qapp, theme)
    tokens = style.THEMES[theme]
    page = Card()
    qtbot.addWidget(page)
    before, quiet, check, radio = QLineEdit(), button("Xem bảng", None, "quiet"), QCheckBox("Có"), QRadioButton("Xã")
    for part in (before, quiet, check, radio):
        page.add(part)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    before.setFocus()
    for part in (quiet, check, radio):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert part.hasFocus()
        corner = part.mapTo(page, QPoint(part.width() // 2, 0))
        assert _pixel(page, corner.x(), corner.y()) == tokens.accent  # the frame
        assert _pixel(page, corner.x(), corner.y() + 3) == tokens.surface  # Fusion would tint what is inside it
    style.apply(qapp)


def test_the_font_of_the_system_changes_nothing(qapp: QApplication, qtbot: QtBot) -> None:
    """Windows set to large text gives menus and tips fonts of their own, in points."""
    style.apply(qapp, "light")
    plain = button("In danh sách", None, "primary")
    qtbot.addWidget(plain)
    plain.ensurePolished()
    before = plain.sizeHint()
    QApplication.setFont(QFont("DejaVu Sans", 12))
    QApplication.setFont(QFont("DejaVu Sans", 14), "QMenu")
    style.apply(qapp, "dark")
    menu, again = QMenu(), button("In danh sách", None, "primary")
    for part in (menu, again):
        qtbot.addWidget(part)
        part.ensurePolished()
    assert (menu.font().pixelSize(), again.font().pixelSize()) == (14, 14)
    assert again.sizeHint() == before
    style.apply(qapp)
