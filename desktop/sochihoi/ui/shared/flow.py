"""A row that breaks into more rows when it is narrow; and chips, the filters that can be on together."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLayoutItem, QMenu, QPushButton, QWidget

from sochihoi.i18n import _, number
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import button, icon_button


class FlowLayout(QLayout):
    """Widgets left to right at their own size, then the next line."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = spacing
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _lay(self, rect: QRect, *, move: bool) -> int:
        left, top, height = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            if left > rect.x() and left + hint.width() > rect.right() + 1:
                left, top, height = rect.x(), top + height + self._gap, 0
            if move:
                item.setGeometry(QRect(QPoint(left, top), hint))
            left += hint.width() + self._gap
            height = max(height, hint.height())
        return top + height - rect.y()


class Chips(QWidget):
    """One line of filter chips; those that do not fit are behind the funnel. ``chosen()`` gives the names that are
    on.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        size = style.sizes()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(size.space_2)
        self._chips: dict[str, QPushButton] = {}
        self._words: dict[str, str] = {}
        self.funnel = icon_button("funnel", _("More filters"), self._more)
        self._row.addWidget(self.funnel)
        self._row.addStretch(1)

    def add(self, name: str, text: str, *, on: bool = False, count: int | None = None) -> QPushButton:
        """A chip; ``count`` when it points to a fault ("Thiếu năm sinh 41")."""
        chip = button(text, None, "chip")
        chip.setChecked(on)
        self._row.insertWidget(len(self._chips), chip)
        self.setTabOrder(chip, self.funnel)  # as they stand: the funnel last
        self._chips[name], self._words[name] = chip, text
        self.set_count(name, count)
        chip.toggled.connect(lambda _on: self.changed.emit())
        return chip

    def set_count(self, name: str, count: int | None) -> None:
        """The count after the words; ``None`` takes it away."""
        text = self._words[name] if count is None else f"{self._words[name]} {number(count)}"
        self._chips[name].setText(text)
        self._chips[name].setAccessibleName(text)
        self._fit()

    def chosen(self) -> set[str]:
        """Names of the chips that are on."""
        return {name for name, chip in self._chips.items() if chip.isChecked()}

    def told(self) -> list[str]:
        """The words of those that are on, without their counts."""
        return [self._words[name] for name, chip in self._chips.items() if chip.isChecked()]

    def set_chosen(self, names: Sequence[str] | set[str]) -> None:
        """Turn on exactly these; ``changed`` comes once."""
        before = self.chosen()
        for name, chip in self._chips.items():
            chip.blockSignals(True)  # noqa: FBT003 - Qt
            chip.setChecked(name in names)
            chip.blockSignals(False)  # noqa: FBT003 - Qt
        if self.chosen() != before:
            self.changed.emit()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.funnel.sizeHint().width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: object) -> None:
        self._fit()

    def _fit(self) -> None:
        gap = style.sizes().space_2
        room = self.width() - self.funnel.sizeHint().width() - gap
        whole = sum(chip.sizeHint().width() + gap for chip in self._chips.values())
        used, cut = 0, False
        if whole <= self.width():
            room = self.width()
        for chip in self._chips.values():
            used += chip.sizeHint().width() + gap
            cut = cut or used > room + gap
            chip.setVisible(not cut)
        self.funnel.setVisible(cut)

    def _more(self) -> None:
        menu = QMenu(self)
        for chip in self._chips.values():
            if chip.isHidden():
                action = menu.addAction(chip.text())
                action.setCheckable(True)
                action.setChecked(chip.isChecked())
                action.toggled.connect(chip.setChecked)
        menu.popup(self.funnel.mapToGlobal(self.funnel.rect().bottomLeft()))
