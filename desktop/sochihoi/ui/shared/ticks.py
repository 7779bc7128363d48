"""A field where several lines of a list are ticked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from sochihoi.i18n import _
from sochihoi.ui import style
from sochihoi.ui.shared.choices import Option
from sochihoi.ui.shared.fields import Field

_TICKED, _EMPTY = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class TicksField(Field):
    """``value()`` is the list of the ticked values, in the order of the list.

    ``whole``: words of a first line that stands for everything; it goes with no other tick, and with it ``value()``
    is empty. Without it an empty list is a problem where the field is required.
    """

    def __init__(
        self,
        name: str,
        title: str,
        options: Sequence[Option],
        *,
        hint: str = "",
        required: bool = False,
        whole: str = "",
        rows: int = 6,
    ) -> None:
        self.list = QListWidget()
        self.list.setObjectName("card")
        super().__init__(name, title, self.list, hint=hint, required=required)
        self._whole: QListWidgetItem | None = self._line(None, whole) if whole else None
        for value, words in options:
            self._line(value, words)
        self._resting()
        row = style.sizes().row_dense - style.sizes().space_1
        self.list.setFixedHeight(row * min(rows, max(self.list.count(), 2)) + style.sizes().space_1)
        self.list.itemChanged.connect(self._ticked)

    def _line(self, value: Any, words: str) -> QListWidgetItem:
        item = QListWidgetItem(words)
        item.setData(Qt.ItemDataRole.UserRole, value)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(_EMPTY)
        item.setSizeHint(QSize(0, style.sizes().row_dense - style.sizes().space_1))
        self.list.addItem(item)
        return item

    def _items(self) -> list[QListWidgetItem]:
        return [item for item in map(self.list.item, range(self.list.count())) if item is not self._whole]

    def _resting(self) -> None:
        if self._whole is not None:
            self._whole.setCheckState(_TICKED)

    def _ticked(self, changed: QListWidgetItem) -> None:
        self.list.blockSignals(True)  # noqa: FBT003 - Qt
        if changed.checkState() == _TICKED and self._whole is not None:
            for item in self._items() if changed is self._whole else [self._whole]:
                item.setCheckState(_EMPTY)
        self.list.blockSignals(False)  # noqa: FBT003 - Qt
        self._typed()

    def value(self) -> Any:
        return [i.data(Qt.ItemDataRole.UserRole) for i in self._items() if i.checkState() == _TICKED]

    def set_value(self, value: Any) -> None:
        wanted = tuple(value or ())
        self.list.blockSignals(True)  # noqa: FBT003 - Qt
        for item in self._items():
            item.setCheckState(_TICKED if item.data(Qt.ItemDataRole.UserRole) in wanted else _EMPTY)
        if self._whole is not None:
            self._whole.setCheckState(_EMPTY if wanted else _TICKED)
        self.list.blockSignals(False)  # noqa: FBT003 - Qt
        first = next((item for item in self._items() if item.checkState() == _TICKED), None)
        if first is not None:
            self.list.scrollToItem(first)

    def set_read_only(self, *, read_only: bool) -> None:
        """The ticks stay as they are; the list can still be scrolled and read."""
        flag = Qt.ItemFlag.ItemIsUserCheckable
        self.list.blockSignals(True)  # noqa: FBT003 - Qt
        for item in map(self.list.item, range(self.list.count())):
            item.setFlags(item.flags() & ~flag if read_only else item.flags() | flag)
        self.list.blockSignals(False)  # noqa: FBT003 - Qt

    def restore(self, draft: Any) -> None:
        self.set_value(draft)
        self._dirty = True

    def problem(self) -> str:
        nothing = not self.value() and (self._whole is None or self._whole.checkState() == _EMPTY)
        return _("Tick at least one line.") if self.required and nothing else ""
