"""12 groups of 5 digits: shown, and compared by the program with what somebody types or scans from a paper."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPlainTextEdit, QVBoxLayout, QWidget

from sochihoi.domain.keys import Compared, Comparison, compare_digits
from sochihoi.i18n import _
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.words.keys import compared_words

_LINES = 3
_TONES = {Compared.AGREES: "ok", Compared.SO_FAR: "muted", Compared.NOTHING: "muted"}


class Digits(QFrame):
    """12 groups of 5 digits, four in a row, in figures of one width; can be selected and copied."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("12 groups of digits"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(style.sizes().space_4)
        self._grid.setVerticalSpacing(style.sizes().space_1)
        self._cells = [label("", "head") for _at in range(12)]
        for at, cell in enumerate(self._cells):
            cell.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(cell, at // 4, at % 4)
        self._grid.setColumnStretch(4, 1)

    def show_groups(self, groups: Sequence[str]) -> None:
        """Show them."""
        for cell, group in zip(self._cells, groups, strict=True):
            cell.setText(group)
        self.setAccessibleDescription(" ".join(groups))

    def mark(self, found: Comparison) -> None:
        """Groups that agree with what was typed and groups that differ, in the tones of good and bad."""
        typed = len(found.groups) if found.found in (Compared.SO_FAR, Compared.DIFFERS, Compared.AGREES) else 0
        for at, cell in enumerate(self._cells, start=1):
            whole = at <= typed and len(found.groups[at - 1]) == len(cell.text())
            tone = "bad" if at in found.wrong else "ok" if whole else ""
            style.set_property(cell, "tone", tone)


class TypedDigits(QWidget):
    """The digits of a key file, and below them a field for those of the paper. ``changed(agrees)`` at every letter."""

    changed = Signal(bool)

    def __init__(self, groups: Sequence[str]) -> None:
        super().__init__()
        self._groups = tuple(groups)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.sizes().space_2)
        column.addWidget(label(_("In the key file"), "caption"))
        self.digits = Digits()
        self.digits.show_groups(groups)
        column.addWidget(self.digits)
        title = label(_("On the &paper, or read over the telephone"), "caption")
        column.addWidget(title)
        self.field = QPlainTextEdit()
        self.field.setTabChangesFocus(True)
        self.field.setPlaceholderText(_("Type the 12 groups here, or scan the square code of the paper"))
        self.field.setAccessibleName(_("12 groups of digits of the paper"))
        self.field.setFixedHeight(self.field.fontMetrics().lineSpacing() * _LINES + 2 * style.sizes().space_2 + 2)
        title.setBuddy(self.field)
        column.addWidget(self.field)
        self.told = label("", "small", wrap=True)
        column.addWidget(self.told)
        self.field.textChanged.connect(self._compare)
        self._compare()

    def type(self, text: str) -> None:
        """As if somebody had typed it."""
        self.field.setPlainText(text)

    @property
    def agrees(self) -> bool:
        """Whether all 12 groups were given and are the same."""
        return compare_digits(self.field.toPlainText(), self._groups).agrees

    def _compare(self) -> None:
        found = compare_digits(self.field.toPlainText(), self._groups)
        self.digits.mark(found)
        self.told.setText(compared_words(found) or _("The program compares them group by group."))
        style.set_property(self.told, "tone", _TONES.get(found.found, "bad"))
        self.changed.emit(found.agrees)
