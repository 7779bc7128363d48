"""Số đã chốt của xã đã nhập vào: months that a commune closed before its book joined, as it closed them."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from sochihoi.i18n import _, ngettext, short_date
from sochihoi.services.joining import ClosedFigure
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.choices import ChoiceField
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import WIDE, Dialog
from sochihoi.ui.shared.table import Column, Table
from sochihoi.ui.words.joining import joined
from sochihoi.ui.words.month import figure_text, in_language, period_name

_COLUMNS = (
    Column[ClosedFigure](
        lambda: _("Figure"), lambda one: in_language(one.indicator.label), strong=True, stretch=True, key="label"
    ),
    Column[ClosedFigure](
        lambda: _("In the month"), lambda one: figure_text(one.indicator, one.now), width=110, align="right", key="now"
    ),
    Column[ClosedFigure](
        lambda: _("Month before"),
        lambda one: figure_text(one.indicator, one.before),
        width=110,
        align="right",
        key="before",
    ),
    Column[ClosedFigure](
        lambda: _("From January"),
        lambda one: figure_text(one.indicator, one.so_far),
        width=110,
        align="right",
        key="so_far",
    ),
)


class JoinedDialog(Dialog):
    """Which commune, which month; the figures as they were frozen there."""

    def __init__(self, context: Context, parent: QWidget | None) -> None:
        super().__init__(parent, _("What was closed before the books became one"), width=WIDE)
        self._desk = context.office.setup.joining
        books = [(one.id, joined(one)) for one in self._desk.every()]
        self.book = ChoiceField("book", _("Commune"), books)
        self.month = ChoiceField("month", _("Month"), letters=16)
        self.said = label("", "small", wrap=True)
        self.table: Table[ClosedFigure] = Table(
            context,
            "joined",
            _COLUMNS,
            key=lambda one: one.indicator.code,
            noun=lambda n: ngettext("figure", "figures", n),
            accessible=_("Figures that the other commune closed"),
        )
        self.table.set_empty("calendar", _("That commune had closed no month."), None)
        self.table.setMinimumHeight(360)
        for one in (self.book, self.month, self.said):
            self.body.addWidget(one)
        self.body.addWidget(self.table, 1)
        self.add_button(_("Close"), self.accept, "primary", default=True)
        self.book.combo.activated.connect(lambda _at: self._months())
        self.month.combo.activated.connect(lambda _at: self._fill())
        if books:
            self.book.set_value(books[-1][0])
        self._months()

    def _months(self) -> None:
        closed = self._desk.closed(str(self.book.value()))
        self.month.set_options([(period, period_name(period)) for period in reversed(closed)])
        if closed:
            self.month.set_value(max(closed))
        self._fill()

    def _fill(self) -> None:
        book, period = str(self.book.value()), self.month.value()
        if period is None:
            self.table.set_rows(())
            self.said.setText("")
            return
        closing = self._desk.closed(book)[period]
        self.table.set_rows(self._desk.closed_figures(book, period))
        text = _("Closed on {day}; edition {number}.")
        self.said.setText(text.format(day=short_date(closing.closed_on), number=closing.edition))
