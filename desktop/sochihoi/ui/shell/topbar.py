"""The top bar: unit · working month · its state · "Đã lưu 09:42" · search · help."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QSizePolicy

from sochihoi.domain.periods import Period
from sochihoi.i18n import _, clock, pgettext
from sochihoi.ui import style
from sochihoi.ui.shared.badges import pill, set_pill
from sochihoi.ui.shared.buttons import button, icon_button, label
from sochihoi.ui.shared.context import MonthState
from sochihoi.ui.shell.search import SearchBox


def month_name(period: Period) -> str:
    """``Tháng 10/2026``."""
    return _("Month {month}/{year}").format(month=period.first_month, year=period.year)


def state_words(state: MonthState) -> tuple[str, str]:
    """Words and tone of the badge."""
    return {
        MonthState.OPEN: (pgettext("month", "Not closed"), "warn"),
        MonthState.CLOSED: (pgettext("month", "Closed"), "ok"),
        MonthState.SENT: (pgettext("month", "Sent"), "info"),
    }[state]


class ElidedLabel(QLabel):
    """A label that cuts its text with "…" when there is no room, and then has it as tooltip."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(style.sizes().panel // 4)

    def set_whole(self, text: str) -> None:
        """Show this text, as much of it as fits."""
        self._whole = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self._cut()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 8, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.minimumWidth(), super().minimumSizeHint().height())

    def whole(self) -> str:
        """The uncut text."""
        return self._whole

    def _cut(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        if shown != self.text():
            self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()


class TopBar(QFrame):
    """``period_chosen(Period)``, ``help_wanted()``; ``search`` is the field for anyone."""

    period_chosen = Signal(object)
    help_wanted = Signal()
    lock_wanted = Signal()

    def __init__(self, search: SearchBox, today: Callable[[], date]) -> None:
        super().__init__()
        self.setObjectName("topbar")
        self._today = today
        self._period: Period | None = None
        self.search = search
        size = style.sizes()
        self.setFixedHeight(size.header)
        row = QHBoxLayout(self)
        row.setContentsMargins(size.space_5, 0, size.space_4, 0)
        row.setSpacing(size.space_3)
        self.unit = ElidedLabel()
        self.unit.setProperty("role", "strong")
        row.addWidget(self.unit)
        self.month = button("", self._open_months)
        self.month.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the chevron stands after the words
        style.put_icon(self.month, "chevron-down", "text", size.icon - 2)
        row.addWidget(self.month)
        self.state = pill("", "none")
        self.state.hide()
        row.addWidget(self.state)
        row.addStretch(1)
        self._tick = QLabel()
        style.put_icon(self._tick, "circle-check", "ok", size.icon - 2)
        self._tick.hide()
        row.addWidget(self._tick)
        self.saved = label("", "small")
        self.saved.hide()
        row.addWidget(self.saved)
        search.setMinimumWidth(round(170 * size.body / 14))
        search.setMaximumWidth(size.panel)
        search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row.addWidget(search, 3)
        self.lock_button = icon_button("lock", _("Lock the book"), self.lock_wanted.emit)
        row.addWidget(self.lock_button)
        self.help_button = icon_button("circle-question-mark", _("Help on this page"), self.help_wanted.emit, "F1")
        row.addWidget(self.help_button)

    def set_unit(self, name: str) -> None:
        """The unit that keeps this book."""
        self.unit.set_whole(name)

    def set_period(self, period: Period) -> None:
        """The working month."""
        self._period = period
        self.month.setText(f"{month_name(period)} ")
        self.month.setAccessibleName(_("Working month: {month}").format(month=month_name(period)))

    def set_state(self, state: MonthState | None) -> None:
        """The badge beside the month; ``None``: no badge."""
        if state is not None:
            set_pill(self.state, *state_words(state))
        self.state.setVisible(state is not None)

    def set_saved(self, moment: datetime) -> None:
        """ "Đã lưu 09:42", local time."""
        local = moment.astimezone() if moment.tzinfo is not None else moment
        self.saved.setText(_("Saved {time}").format(time=clock(local.time())))
        self.saved.show()
        self._tick.show()

    # -- the list of months ------------------------------------------------------------------------------------------

    def _open_months(self) -> None:
        if self._period is not None:
            self.month_menu(self._period.year).popup(self.month.mapToGlobal(QPoint(0, self.month.height() + 2)))

    def month_menu(self, year: int) -> QMenu:
        """The months of a year up to today's, newest first, and the years beside it."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        newest = Period.month_of(self._today())
        if self._period is not None and newest < self._period:
            newest = self._period
        if year < newest.year:
            self._year(menu, year + 1)
        for number in range(12, 0, -1):
            period = Period.month(year, number)
            if newest < period:
                continue
            action = menu.addAction(month_name(period))
            action.setCheckable(True)
            action.setChecked(period == self._period)
            action.triggered.connect(lambda _on=False, period=period: self.period_chosen.emit(period))
        self._year(menu, year - 1)
        return menu

    def _year(self, menu: QMenu, year: int) -> QAction:
        action = menu.addAction(_("Year {year}…").format(year=year))

        def turn() -> None:
            self.month_menu(year).popup(self.month.mapToGlobal(QPoint(0, self.month.height() + 2)))

        action.triggered.connect(lambda _on=False: turn())
        return action
