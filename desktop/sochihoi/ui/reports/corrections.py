"""What the level above asks to look at, at the month that it is about: a bar, a mark at each figure, one line each."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.i18n import _, ngettext, number
from sochihoi.services.receipts import ToCorrect
from sochihoi.ui import words
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import WIDE, Dialog
from sochihoi.ui.shared.message_bar import MessageBar
from sochihoi.ui.words.month import period_name
from sochihoi.ui.words.unusual import Names, correction_words, names_of


class Corrections(MessageBar):
    """Above the figures, while something is asked of the month."""

    def __init__(self, context: Context, above: QBoxLayout) -> None:
        super().__init__(closable=False)
        self._context = context
        self._period = ""
        above.addWidget(self)

    def refresh(self, period: str) -> dict[str, str]:
        """Show what is asked of a month. The figures that are meant, with what is said about each."""
        self._period = period
        if self._context.office.is_receiver:
            return {}
        found = self._context.office.receipts.to_correct(period)
        if not found:
            self.clear()
            return {}
        names = names_of(self._context.office.definitions)
        told = ngettext(
            "The level above asks to look at {count} thing in this month: {first}",
            "The level above asks to look at {count} things in this month, first: {first}",
            len(found),
        )
        text = told.format(count=number(len(found)), first=correction_words(found[0].correction, names))
        first = next((one.correction.indicator for one in found if one.correction.indicator), "")
        shows = [(_("Show the figure"), lambda: self.show_figure(first))] if first else []
        self.say("warn", text, [*shows, (_("Look at each"), self.show_each)])
        marks: dict[str, str] = {}
        for one in found:
            if one.correction.indicator:
                said = correction_words(one.correction, names)
                marks[one.correction.indicator] = f"{marks.get(one.correction.indicator, '')} {said}".strip()
        return marks

    def show_each(self) -> None:
        """Every one of them, and a button for those that are right as they are."""
        dialog = EachDialog(self._context, self.window(), self._period)
        dialog.exec()
        if dialog.wanted:
            self.show_figure(dialog.wanted)
        else:
            self._context.shell.refresh_page()

    def show_figure(self, code: str) -> None:
        """Choose a figure that is meant in the table, with the panel that says why it is what it is."""
        self._context.shell.go("reports", view="figures", why=code)


class EachDialog(Dialog):
    """One line for each thing to look at. ``wanted``: the figure that is to be shown once it is closed."""

    def __init__(self, context: Context, parent: QWidget | None, period: str) -> None:
        super().__init__(parent, _("To be looked at in {period}").format(period=period_name(period)), width=WIDE)
        self.setObjectName("corrections")
        self._context = context
        self.wanted = ""
        names = names_of(context.office.definitions)
        told = _("Mend the figure by a supplement of the month and send again; or say that it is right as it is.")
        self.body.addWidget(label(told, "small", wrap=True))
        for one in context.office.receipts.to_correct(period):
            self.body.addWidget(self._line(one, names))
        self.add_button(_("Close"), self.accept, "primary", default=True)

    def _line(self, one: ToCorrect, names: Names) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        text = label(correction_words(one.correction, names), wrap=True)
        row.addWidget(text, 1)
        if one.correction.indicator:
            show = button(_("Show the figure"), lambda: self._show(one.correction.indicator), "quiet", "eye")
            show.setAccessibleDescription(text.text())
            row.addWidget(show)
        right = button(_("It is right"), lambda: self._looked_at(one.key, box), "quiet", "check")
        right.setAccessibleDescription(text.text())
        right.setEnabled(not self._context.read_only)
        row.addWidget(right)
        return box

    def _show(self, code: str) -> None:
        self.wanted = code
        self.accept()

    def _looked_at(self, key: str, line: QWidget) -> None:
        try:
            self._context.office.receipts.looked_at(key)
        except (UserError, OSError) as problem:
            self.message.say("bad", str(words.say(problem)))
        else:
            line.setEnabled(False)
