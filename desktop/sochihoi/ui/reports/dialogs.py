"""Small dialogs of closing: why a warning does not stand, why a month is opened again, the number on the paper."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.domain.months import Closing, Finding
from sochihoi.domain.periods import Period
from sochihoi.i18n import _, number
from sochihoi.services.months import Months
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import Dialog, ask
from sochihoi.ui.shared.drafts import DraftKeeper
from sochihoi.ui.shared.forms import DateField, Form, LongTextField, TextField
from sochihoi.ui.words.findings import finding_hint, finding_text
from sochihoi.ui.words.month import period_name


class TextDialog(Dialog):
    """One text that has to be given. ``text()`` once it was accepted; what was typed survives a closed window."""

    def __init__(
        self,
        context: Context,
        parent: QWidget,
        title: str,
        field: LongTextField,
        deed: str,
        key: str,
        explain: str = "",
    ) -> None:
        super().__init__(parent, title)
        self.setObjectName("reason")
        if explain:
            self.body.addWidget(label(explain, tone="muted", wrap=True))
        self.form = Form()
        self._field = self.form.add(field)
        self.body.addWidget(self.form)
        self.keeper = DraftKeeper(context, key, self.form)
        self.keeper.offer(lambda text, actions: self.message.say("info", text, actions))
        self.keeper.restored.connect(self.message.clear)
        self.add_button(_("Leave it"), self.reject)
        self.add_button(deed, self._accept, "primary")
        self._field.editor.setFocus()

    def text(self) -> str:
        """What was written."""
        return str(self._field.value() or "")

    def _accept(self) -> None:
        if self.form.check():
            self.keeper.done()
            self.accept()


def reason_dialog(context: Context, parent: QWidget, finding: Finding) -> TextDialog:
    """Why a warning does not stand against closing; empty takes the reason back."""
    field = LongTextField(
        "reason",
        _("Reason"),
        hint=_("It is kept with the closed month and goes to the level above."),
        required=not finding.reason,
        lines=3,
    )
    field.set_value(finding.reason)
    key = f"month.reason/{context.period.code}/{finding.code}"
    return TextDialog(context, parent, finding_text(finding), field, _("Save the reason"), key, finding_hint(finding))


def supplement_dialog(context: Context, parent: QWidget, period: Period) -> TextDialog:
    """Why a closed month is opened again."""
    field = LongTextField("reason", _("What was wrong or missing"), required=True, lines=3)
    return TextDialog(
        context,
        parent,
        _("Open the {period} for a supplement?").format(period=period_name(period)),
        field,
        _("Open for a supplement"),
        f"month.supplement/{period.code}",
        _(
            "Its records can be corrected again. Closing it then makes a new edition with these words; the closed one "
            "stays as it is."
        ),
    )


def ask_close(parent: QWidget, period: Period, edition: int, report_number: int) -> bool:
    """The question before closing."""
    question = _("Close the figures of month {month}?").format(month=period.index)
    if edition > 1:
        question = _("Close month {month} as edition {edition}?").format(month=period.index, edition=edition)
    return ask(
        parent,
        question,
        _("After closing, the figures no longer change. The report gets number {number}.").format(
            number=number(report_number)
        ),
        _("Close the figures"),
        _("Not yet"),
    )


class NumberDialog(Dialog):
    """The number and date that stand on the paper of a closed month."""

    def __init__(self, context: Context, parent: QWidget, closing: Closing, months: Months) -> None:
        super().__init__(parent, _("Number and date of the report"))
        self.setObjectName("number")
        self._months, self._closing = months, closing
        self.form = Form()
        self._number = self.form.add(
            TextField("report_number", _("Number and symbol"), hint=_("For example 05/BC-BTV."), letters=20)
        )
        self._date = self.form.add(DateField("report_date", _("Date"), today=context.today, required=True))
        self._number.set_value(closing.report_number)
        self._date.set_value(closing.report_date or closing.closed_on)
        self.body.addWidget(self.form)
        self.add_button(_("Leave it"), self.reject)
        self.add_button(_("Save number and date"), self._save, "primary", default=True)

    def _save(self) -> None:
        if not self.form.check():
            return
        try:
            self._months.renumber(
                Period.parse(self._closing.period), str(self._number.value() or ""), self._date.value()
            )
        except UserError as problem:
            from sochihoi.ui import words

            self.message.say("bad", str(words.say(problem)))
        else:
            self.accept()


def accepted(dialog: QDialog) -> bool:
    """Run a dialog; whether its deed was chosen."""
    return dialog.exec() == QDialog.DialogCode.Accepted
