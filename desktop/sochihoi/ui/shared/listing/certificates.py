"""Before certificates are printed: which decision they go back to, and which day stands on them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from sochihoi.domain.vietnamese import nfc
from sochihoi.i18n import _, ngettext, number
from sochihoi.services.certificates import Decision
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import Dialog
from sochihoi.ui.shared.forms import DateField, Form, TextField

if TYPE_CHECKING:
    from sochihoi.domain.progress import Progress

Make = Callable[[Decision, "Progress"], bytes]
_NUMBER, _DAY = "certificates/number", "certificates/day"  # what was typed last: one decision names many


class CertificateDialog(Dialog):
    """``decision`` is what was typed, once it is accepted."""

    def __init__(self, context: Context, parent: QWidget, count: int) -> None:
        question = ngettext("Print {count} certificate?", "Print {count} certificates?", count)
        super().__init__(parent, question.format(count=number(count)))
        self._context, self.decision = context, Decision("", None, context.today())
        self.body.addWidget(
            label(_("One stands on each page, A4 across. What is not typed is left out or stays open."), wrap=True)
        )
        self.form = Form()
        hint = _("As it stands on the decision, for example 15/QĐ-BTV.")
        self.number = self.form.add(TextField("number", _("Number of the decision"), letters=20, hint=hint))
        self.day = self.form.add(DateField("day", _("Day of the decision"), today=context.today))
        self.signed = self.form.add(
            DateField("signed", _("Day on the certificates"), today=context.today, required=True)
        )
        self.signed.set_value(context.today())
        settings = context.settings
        self.number.set_value(str(settings.value(_NUMBER, "")))
        kept = str(settings.value(_DAY, ""))
        if kept:
            self.day.set_value(date.fromisoformat(kept))
        self.body.addWidget(self.form)
        self.add_button(_("&Not now"), self.reject)
        self.make_button = self.add_button(_("&Look at them and print"), self._make, "primary", default=True)

    def _make(self) -> None:
        if not self.form.check():
            return
        day: date | None = self.day.value()
        told = nfc(self.number.value() or "").strip()
        if day is not None and not told:
            self.form.set_errors({"number": _("Type the number of the decision as well, or leave its day empty.")})
            return
        self.decision = Decision(told, day, self.signed.value())
        self._context.settings.setValue(_NUMBER, told)
        self._context.settings.setValue(_DAY, "" if day is None else day.isoformat())
        self.accept()


def print_certificates(context: Context, parent: QWidget, count: int, make: Make, name: str) -> None:
    """Ask for the decision, make the PDF in the background, open the preview. ``name``: of the file, without ending."""
    if not count:
        return
    dialog = CertificateDialog(context, parent, count)
    if not dialog.exec():
        return
    from sochihoi.ui.shared.preview import show_preview

    def work(progress: Any) -> bytes:
        return make(dialog.decision, progress)

    def done(pdf: bytes) -> None:
        show_preview(context, parent.window(), pdf, f"{name}.pdf")

    context.shell.run_job(work, done, title=_("Making the certificates…"), stop_says=_("No certificate is made then."))
