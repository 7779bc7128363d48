"""Giving a report its number: what must be closed first, the number proposed, why there is a further edition."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from sochihoi.domain.issued import BadNumber, MonthsOpen
from sochihoi.domain.periods import Period
from sochihoi.domain.progress import Progress
from sochihoi.i18n import _, number
from sochihoi.services import numbering
from sochihoi.services.reporting.issuing import REASON_LIMIT
from sochihoi.ui import style, words
from sochihoi.ui.reports.report_read import ReportRead, is_slow, title_of
from sochihoi.ui.shared import beside
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import Dialog
from sochihoi.ui.shared.drafts import DraftKeeper
from sochihoi.ui.shared.flow import FlowLayout
from sochihoi.ui.shared.forms import DateField, Form, LongTextField, TextField
from sochihoi.ui.words.reports import span_name


class PaperNumber(TextField):
    """``8``, or ``8a`` for a paper that goes between two; ``value()`` as it was typed."""

    def problem(self) -> str:
        typed = self.value()
        if typed is not None:
            try:
                numbering.read(typed)
            except BadNumber as problem:
                return str(words.say(problem))
        return super().problem()


class Issuer:
    """``issued`` is called once the report has its number."""

    def __init__(self, context: Context, owner: QWidget, issued: Callable[[], None]) -> None:
        self._context, self._owner, self._issued = context, owner, issued

    def ask(self, read: ReportRead, *, again: bool) -> None:
        """Months that are open first; otherwise number, date and, for a further edition, the reason."""
        if read.open_months:
            dialog = OpenMonths(self._owner, read.asked.span, read.open_months)
            if dialog.exec() == QDialog.DialogCode.Accepted and dialog.chosen:
                self._context.shell.go("reports", view="figures", period=dialog.chosen)
            return
        asking = IssueDialog(self._context, self._owner, read, again=again)
        if asking.exec() != QDialog.DialogCode.Accepted:
            return
        office, asked, given = self._context.office, read.asked, asking.given()

        def work(_progress: Progress) -> str:
            report = office.reports.report(asked.form, office.reports.span(asked.span), asked.unit or None)
            return office.reports.issuing.issue(report, **given).number

        beside.do(
            self._context,
            self._owner,
            work,
            self._done,
            title=_("Issuing the report of {period}…").format(period=span_name(asked.span)),
            slow=is_slow(asked.span),
        )

    def _done(self, said: str) -> None:
        self._issued()
        words_ = (
            _("The report is issued with number {number}.").format(number=said) if said else _("The report is issued.")
        )
        self._context.shell.toast(words_)


class OpenMonths(Dialog):
    """The months that are open, each with a button that goes to closing it. ``chosen``: the one pressed."""

    def __init__(self, parent: QWidget, span: str, months: tuple[str, ...]) -> None:
        problem = words.say(MonthsOpen(span, months))
        super().__init__(parent, problem.what)
        self.setObjectName("openmonths")
        self.chosen = ""
        self.body.addWidget(label(problem.todo, wrap=True))
        box = QWidget()
        flow = FlowLayout(box, style.sizes().space_2)
        self.months = []
        for code in months:
            made = button(_("Open {period}").format(period=span_name(code)), partial(self._go, code))
            flow.addWidget(made)
            self.months.append(made)
        self.body.addWidget(box)
        self.add_button(_("Stay with the draft"), self.reject)

    def _go(self, code: str) -> None:
        self.chosen = Period.parse(code).code
        self.accept()


class IssueDialog(Dialog):
    """``given()`` once it was accepted: what ``Issuing.issue`` is called with."""

    def __init__(self, context: Context, parent: QWidget, read: ReportRead, *, again: bool) -> None:
        super().__init__(parent, _("Issue “{report}”?").format(report=title_of(read.report)))
        self.setObjectName("issue")
        self._pattern, self._type = read.report.commune.number_pattern, read.report.form.type_code
        self.body.addWidget(
            label(
                _("From then on its words and figures no longer change. To correct it later, make a new edition."),
                wrap=True,
            )
        )
        self.form = Form()
        self._number: PaperNumber | None = None
        if read.report.has_number:
            self._number = self.form.add(PaperNumber("number", _("&Number"), required=True, letters=8))
            self._number.set_value(context.office.months.next_number())
            self._number.changed.connect(self._say_number)
            self._say_number()
        self._date = self.form.add(DateField("on", _("&Date on the paper"), today=context.today, required=True))
        self._date.set_value(context.today())
        self._reason: LongTextField | None = None
        if again:
            self._reason = self.form.add(
                LongTextField(
                    "reason",
                    _("&Why a new edition"),
                    hint=_("It stands on the new edition. At most {count} letters.").format(count=number(REASON_LIMIT)),
                    required=True,
                    lines=3,
                )
            )
        self.body.addWidget(self.form)
        key = f"report.issue/{read.asked.form}/{read.asked.span}/{read.asked.unit}"
        self.keeper = DraftKeeper(context, key, self.form)
        self.keeper.offer(lambda text, actions: self.message.say("info", text, actions))
        self.add_button(_("Stay with the draft"), self.reject)
        self.deed = self.add_button(_("Give the number and &issue"), self._accept, "primary", default=True)
        (self._reason or self._number or self._date).editor.setFocus()

    def given(self) -> dict[str, Any]:
        """Number, reason, day."""
        return {
            "number": self._number.value() if self._number else None,
            "reason": str(self._reason.value() or "") if self._reason else "",
            "on": self._date.value(),
        }

    def _say_number(self) -> None:
        if self._number is None:
            return
        shown = "—"
        if not self._number.problem():
            value, letter = numbering.read(self._number.value())
            shown = numbering.text(self._pattern, value, self._type, letter)
        self._number.set_hint(_("On the paper: {number}").format(number=shown))

    def _accept(self) -> None:
        if self.form.check():
            self.keeper.done()
            self.accept()
