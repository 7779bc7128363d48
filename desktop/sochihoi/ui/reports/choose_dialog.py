"""Which report: its kind, the time it looks at, and for reports of branches the branch."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from sochihoi.i18n import _
from sochihoi.services.form_parts import SpanKind
from sochihoi.services.report_forms import ReportForm, Scope
from sochihoi.ui.reports.list_presenter import codes_of, spans_of_year
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import Dialog
from sochihoi.ui.shared.forms import ChoiceField, Form
from sochihoi.ui.words.month import in_language
from sochihoi.ui.words.reports import kind_name, span_name

YEARS = 3  # back from the working month


class ChooseDialog(Dialog):
    """``chosen()`` once it was accepted: form, span, id of the branch or ""."""

    def __init__(self, context: Context, parent: QWidget, form: str = "", span: str = "") -> None:
        super().__init__(parent, _("Which report?"))
        self.setObjectName("choosereport")
        self._context = context
        self._forms: dict[str, ReportForm] = {one.code: one for one in context.office.reports.forms()}
        self.fields = Form()
        self.form = self.fields.add(
            ChoiceField(
                "form", _("&Kind of report"), [(one.code, in_language(one.name)) for one in self._forms.values()]
            )
        )
        self.kind = self.fields.add(ChoiceField("kind", _("&Over"), letters=14))
        self.span = self.fields.add(ChoiceField("span", _("&Period"), required=True, letters=24))
        self.branch = self.fields.add(ChoiceField("branch", _("&Branch"), required=True, search=True))
        self.body.addWidget(self.fields)
        self.add_button(_("Leave it"), self.reject)
        self.add_button(_("&Open the report"), self._accept, "primary", default=True)
        self.form.combo.currentIndexChanged.connect(lambda _at: self._form_chosen())
        self.kind.combo.currentIndexChanged.connect(lambda _at: self._kind_chosen())
        self.span.combo.currentIndexChanged.connect(lambda _at: self._span_chosen())
        self.form.set_value(form or next(iter(self._forms)))
        self._form_chosen()
        kept = self._kind_of(span)
        if kept is not None:
            self.kind.set_value(kept.value)
            self.span.set_value(span)
        (self.branch if form and self.branch.isVisibleTo(self) else self.form).editor.setFocus()

    def chosen(self) -> tuple[str, str, str]:
        """Form, span, branch."""
        branch = str(self.branch.value() or "") if self._is_of_branch() else ""
        return str(self.form.value()), str(self.span.value()), branch

    def _kind_of(self, span: str) -> SpanKind | None:
        return self._context.office.reports.span(span).kind if span else None

    def _is_of_branch(self) -> bool:
        return self._forms[str(self.form.value())].scope is Scope.BRANCH

    def _form_chosen(self) -> None:
        form = self._forms[str(self.form.value())]
        self.kind.set_options([(one.value, kind_name(one.value)) for one in form.spans])
        if self.kind.value() is None:
            self.kind.combo.setCurrentIndex(0)
        self.kind.setVisible(len(form.spans) > 1)
        self.branch.setVisible(form.scope is Scope.BRANCH)
        self._kind_chosen()

    def _kind_chosen(self) -> None:
        if self.kind.value() is None:
            return
        office, period = self._context.office, self._context.period
        kind = SpanKind(self.kind.value())
        years = (period.year - back for back in range(YEARS))
        found = {one.code: one for year in years for one in spans_of_year(office, year, kind)}
        self.span.combo.clear()
        self.span.set_options([(code, span_name(code)) for code in found])
        self.span.set_value(codes_of(period.start, kind, office))
        if self.span.value() is None and found:
            self.span.combo.setCurrentIndex(0)
        self._span_chosen()

    def _span_chosen(self) -> None:
        if not self._is_of_branch() or self.span.value() is None:
            return
        office = self._context.office
        there = office.setup.branches(office.reports.span(str(self.span.value())).period.end)
        self.branch.set_options([(unit.id, unit.name) for unit in there])

    def _accept(self) -> None:
        if self.fields.check():
            self.accept()
