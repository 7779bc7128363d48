"""What is read from which column of a list, and a choice to change it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from sochihoi.domain.people import mask_national_id
from sochihoi.i18n import _
from sochihoi.intake.columns import Field
from sochihoi.intake.shown import AnyField, ShownColumn, ShownHeader
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.choices import PlainCombo
from sochihoi.ui.shared.forms import scrolled
from sochihoi.ui.words.intake_columns import field_words, letters_words, title_words

_ID = re.compile(r"\d{9}|\d{12}", re.ASCII)


class ColumnsView(QWidget):
    """A table for each row of titles. ``fields``: what a column can be read as. ``changed``: the fingerprint, and what
    each column (from 0) is read as now; ``forgotten``: the fingerprint whose choice is to be forgotten."""

    changed = Signal(str, object)
    forgotten = Signal(str)

    def __init__(self, fields: Sequence[AnyField]) -> None:
        super().__init__()
        self._fields = tuple(fields)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._held = QWidget()
        self._tables = QVBoxLayout(self._held)
        self._tables.setContentsMargins(0, 0, style.sizes().space_3, 0)
        self._tables.setSpacing(style.sizes().space_4)
        outer.addWidget(scrolled(self._held))
        self.combos: dict[tuple[str, int], PlainCombo] = {}
        self._last = ("", 0)  # changed last: the list is read again, and the keyboard goes on from there

    def show_headers(self, headers: Sequence[ShownHeader]) -> None:
        """Show the columns as they are read now."""
        while self._tables.count():
            gone = self._tables.takeAt(0).widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        self.combos = {}
        for header in headers:
            self._tables.addWidget(self._table(header))
        rest = QWidget()
        self._tables.addWidget(rest, 1)

    def take_focus(self) -> bool:
        """To the column that was changed last; whether there was one."""
        combo = self.combos.get(self._last)
        self._last = ("", 0)
        if combo is not None:
            combo.setFocus()
        return combo is not None

    def _table(self, header: ShownHeader) -> QWidget:
        size = style.sizes()
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(size.space_4)
        grid.setVerticalSpacing(size.space_1)
        grid.addLayout(self._head(header), 0, 0, 1, 4)
        titles = (_("Column of the list"), _("Is read as"), _("What stands there"), _("Letters"))
        for column, title in enumerate(titles):
            grid.addWidget(label(title, "caption"), 1, column)
        for row, shown in enumerate(header.columns, 2):
            self._row(grid, row, header, shown)
        for column, stretch in enumerate((3, 0, 4, 4)):
            grid.setColumnStretch(column, stretch)
        return box

    def _head(self, header: ShownHeader) -> QHBoxLayout:
        line = QHBoxLayout()
        sheets = ", ".join(header.sheets)
        line.addWidget(label(_("Sheet: {names}").format(names=sheets), "small", "muted", wrap=True), 1)
        if header.chosen:
            line.addWidget(label(_("Read as you chose."), "small"))
            forget = button(_("Forget this choice"), lambda: self.forgotten.emit(header.fingerprint), "quiet")
            line.addWidget(forget)
        return line

    def _row(self, grid: QGridLayout, row: int, header: ShownHeader, shown: ShownColumn) -> None:
        title = label(title_words(shown), tone="" if shown.field is not None else "muted", wrap=True)
        grid.addWidget(title, row, 0)
        combo = PlainCombo()
        combo.setMinimumContentsLength(22)
        combo.setAccessibleName(_("Column “{title}” is read as").format(title=title_words(shown)))
        for field in (None, *self._fields):
            combo.addItem(field_words(field), None if field is None else field.value)
        combo.setCurrentIndex(0 if shown.field is None else self._fields.index(shown.field) + 1)
        combo.activated.connect(lambda _at, place=shown.place: self._chose(header, place))
        self.combos[header.fingerprint, shown.place] = combo
        grid.addWidget(combo, row, 1)
        samples = label(" · ".join(_seen(shown)) or "—", "small", "muted", wrap=True)
        samples.setTextFormat(Qt.TextFormat.PlainText)
        title.setTextFormat(Qt.TextFormat.PlainText)
        grid.addWidget(samples, row, 2)
        lost = any(one.lost for one in shown.letters)
        words = letters_words(shown.letters) or "Unicode"
        grid.addWidget(label(words, "small", "warn" if lost else "muted", wrap=True), row, 3)

    def _chose(self, header: ShownHeader, place: int) -> None:
        """One field stands in one column: choosing it takes it from the column that had it."""
        picked = self._read(header, place)
        told: dict[int, AnyField | None] = {}
        for column in header.columns:
            now = self._read(header, column.place)
            told[column.place] = None if now is picked and column.place != place else now
        self._last = (header.fingerprint, place)
        self.changed.emit(header.fingerprint, told)

    def _read(self, header: ShownHeader, place: int) -> AnyField | None:
        at = self.combos[header.fingerprint, place].currentIndex()
        return self._fields[at - 1] if at else None


def read_as(headers: Sequence[ShownHeader]) -> dict[str, dict[int, Any]]:
    """How the columns are read now, as a choice: by fingerprint and place."""
    return {header.fingerprint: {one.place: one.field for one in header.columns} for header in headers}


def _seen(shown: ShownColumn) -> list[str]:
    """What stands in a column; ids as on every screen, their last digits only, also where nothing is read from it."""
    if shown.field in (Field.NATIONAL_ID, Field.OLD_ID):
        return [mask_national_id(text) for text in shown.samples]
    hidden = (mask_national_id(text) if shown.field is None and _ID.fullmatch(text) else text for text in shown.samples)
    return [text.replace("\n", " ") for text in hidden]
