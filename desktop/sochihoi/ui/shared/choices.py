"""Fields where something is chosen: a list, a list to type into, a date with its calendar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QDate, QLocale, QStringListModel, Qt
from PySide6.QtWidgets import QCalendarWidget, QComboBox, QCompleter, QLineEdit, QMenu, QWidget, QWidgetAction

from sochihoi.domain.partial_dates import PartialDate
from sochihoi.domain.vietnamese import fold
from sochihoi.i18n import _, language
from sochihoi.ui.shared.buttons import icon_button
from sochihoi.ui.shared.fields import Field, TextField, width_of
from sochihoi.ui.shared.typed import read_date, show_date

Option = tuple[Any, str]  # value (JSON keeps it), words


class ChoiceField(Field):
    """One of a list. ``search``: it can be typed into, and a popup list shows what matches without tone marks."""

    def __init__(
        self,
        name: str,
        title: str,
        options: Sequence[Option] = (),
        *,
        hint: str = "",
        required: bool = False,
        search: bool = False,
        letters: int = 0,
    ) -> None:
        self.combo = SearchCombo() if search else PlainCombo()
        super().__init__(name, title, self.combo, hint=hint, required=required)
        if letters:
            self.combo.setMaximumWidth(width_of(self, letters + 4))
            self.row.addStretch(1)
        self.set_options(options)
        self.combo.activated.connect(self._picked)

    def _picked(self) -> None:
        self._typed()
        self._leave()

    def set_options(self, options: Sequence[Option]) -> None:
        """Another list; the value stays when it is still there."""
        kept = self.value() if self.combo.count() else None
        self.combo.blockSignals(True)  # noqa: FBT003 - Qt
        self.combo.clear()
        for value, words in options:
            self.combo.addItem(words, value)
        self.combo.blockSignals(False)  # noqa: FBT003 - Qt
        if kept is not None:
            self.set_value(kept)
        elif isinstance(self.combo, SearchCombo):
            self.combo.setCurrentIndex(-1)

    def value(self) -> Any:
        return self.combo.currentData() if self.combo.currentIndex() >= 0 else None

    def set_value(self, value: Any) -> None:
        self.combo.setCurrentIndex(self.combo.findData(value))

    def restore(self, draft: Any) -> None:
        self.set_value(draft)
        self._dirty = True

    def problem(self) -> str:
        if isinstance(self.combo, SearchCombo) and self.combo.currentText().strip() and self.value() is None:
            return _("This is not in the list. Choose one of the lines shown.")
        return super().problem()


class PlainCombo(QComboBox):
    """A combo box that the wheel does not change while the page is scrolled, and that may be narrow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setMaxVisibleItems(14)

    def wheelEvent(self, event: Any) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class SearchCombo(PlainCombo):
    """Typing filters a popup list, folded; never completes inline (it fights UniKey)."""

    def __init__(self) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._matches = QStringListModel(self)
        line = QLineEdit()
        self.setLineEdit(line)
        completer = QCompleter(self._matches, self)  # set after the line: a new line brings its own
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(10)
        self.setCompleter(completer)
        self._popup = completer
        line.textEdited.connect(self._filter)
        line.editingFinished.connect(self._settle)
        completer.activated.connect(self._chosen)

    def setAccessibleName(self, name: str) -> None:
        """The line that is typed in bears the name too: it is what a screen reader finds."""
        super().setAccessibleName(name)
        line = self.lineEdit()
        if line is not None:
            line.setAccessibleName(name)

    def _filter(self, text: str) -> None:
        wanted = fold(text).split()
        words = [self.itemText(at) for at in range(self.count())]
        self._matches.setStringList([one for one in words if all(part in fold(one) for part in wanted)])
        if wanted:
            self._popup.complete()

    def _chosen(self, text: str) -> None:
        at = self.findText(text, Qt.MatchFlag.MatchExactly)
        self.setCurrentIndex(at)
        self.activated.emit(at)

    def _settle(self) -> None:
        """What was typed names a line when it does so without doubt; otherwise nothing is chosen."""
        typed = fold(self.currentText()).strip()
        if self.currentIndex() >= 0 and self.itemText(self.currentIndex()) == self.currentText():
            return
        hits = [at for at in range(self.count()) if fold(self.itemText(at)).strip() == typed]
        if len(hits) == 1 and typed:
            self.setCurrentIndex(hits[0])
            self.activated.emit(hits[0])
        else:
            kept = self.currentText()
            self.setCurrentIndex(-1)
            self.setEditText(kept)


class DateField(TextField):
    """A plain field that takes ``8/3/71``, ``08031971``, ``1971``; the calendar is an extra.

    ``value()`` is a ``PartialDate``; with ``exact`` (the default) it is a ``date`` and a year alone is a problem.
    """

    def __init__(
        self,
        name: str,
        title: str,
        *,
        today: Callable[[], date],
        hint: str = "",
        required: bool = False,
        exact: bool = True,
    ) -> None:
        super().__init__(name, title, hint=hint, required=required, letters=13, placeholder=_("day/month/year"))
        self._today, self._exact = today, exact
        self._button = icon_button(
            "calendar", _("Open the calendar: {field}").format(field=title.replace("&", "")), self._calendar
        )
        self.row.insertWidget(1, self._button)
        self.left.connect(self._settle)

    def typed(self) -> PartialDate | None:
        """What is known of the date."""
        return read_date(self.line.text(), self._today())

    def value(self) -> Any:
        found = self.typed()
        return found.exact() if found is not None and self._exact else found

    def set_value(self, value: Any) -> None:
        self.line.setText(show_date(value))

    def problem(self) -> str:
        if self.line.text().strip() and self.value() is None:
            if self._exact:
                return _("This is not a date. Type it as day/month/year, for example 8/3/1971.")
            return _("This is not a date. Type day/month/year or only the year, for example 8/3/1971 or 1971.")
        return super().problem()

    def set_read_only(self, *, read_only: bool) -> None:
        super().set_read_only(read_only=read_only)
        self._button.setVisible(not read_only)

    def _settle(self) -> None:
        found = self.typed()
        if found is not None:
            self.line.setText(show_date(found))

    def _calendar(self) -> None:
        menu = QMenu(self)
        calendar = QCalendarWidget(menu)
        calendar.setLocale(QLocale("vi_VN" if language() == "vi" else "en_GB"))
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        shown = self.typed()
        day = (shown.exact() if shown is not None else None) or self._today()
        calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(calendar)
        menu.addAction(holder)

        def take(picked: QDate) -> None:
            self.set_value(date(picked.year(), picked.month(), picked.day()))
            self._typed()
            self._leave()
            menu.close()
            self.line.setFocus()

        calendar.clicked.connect(take)
        calendar.activated.connect(take)
        menu.popup(self.line.mapToGlobal(self.line.rect().bottomLeft()))
        calendar.setFocus()
