"""What stands on the paper around the words of a report; what no longer agrees; what was printed of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from sochihoi.i18n import _, ngettext, number, short_date
from sochihoi.services.reporting.narrative import SectionText
from sochihoi.ui import style
from sochihoi.ui.reports.report_read import ReportRead
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.forms import scrolled
from sochihoi.ui.shared.history_view import history_of
from sochihoi.ui.shared.panel import Facts
from sochihoi.ui.words.reports import span_name

SIGN, ATTACH, SIGNED = "sign", "attach", "signed"


class ReportSide(QWidget):
    """``number_wanted``: another number; ``section_wanted(code)``: go to a section; ``archive_wanted``: kept files;
    ``signing_wanted``: ``SIGN``, ``ATTACH`` or ``SIGNED``.
    """

    number_wanted = Signal()
    section_wanted = Signal(str)
    archive_wanted = Signal()
    signing_wanted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._period = context, ""
        size = style.sizes()
        card = QFrame()
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(size.space_4, size.space_3, size.space_4, size.space_3)
        column.setSpacing(size.space_2)
        column.addWidget(label(_("On the paper"), "head"))
        self.facts = Facts()
        column.addWidget(self.facts)
        self.number_button = button(_("Change number and date"), self.number_wanted.emit, "quiet", "pencil")
        self._header_button = button(
            _("&Header, recipients, signature"), lambda: context.shell.go("setup"), "quiet", "settings"
        )
        self.archive_button = button("", self.archive_wanted.emit, "quiet", "archive")
        self.sign_button = button(_("Sign digitally"), partial(self.signing_wanted.emit, SIGN), "quiet", "pen-line")
        self.attach_button = button(
            _("Take in the signed PDF"), partial(self.signing_wanted.emit, ATTACH), "quiet", "upload"
        )
        self.signed_button = button(
            _("Signed copies"), partial(self.signing_wanted.emit, SIGNED), "quiet", "shield-check"
        )
        self.history_button = button(_("History…"), self._history, "quiet", "history")
        self._signing = (self.sign_button, self.attach_button, self.signed_button)
        plain = (self.number_button, self._header_button, self.archive_button, self.history_button)
        for made in (*plain, *self._signing):
            column.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        self.stale_words = label("", tone="warn", wrap=True)
        column.addWidget(self.stale_words)
        self.stale_buttons = QVBoxLayout()
        column.addLayout(self.stale_buttons)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(card))

    def show_nothing(self) -> None:
        """There is no report."""
        self.facts.set_facts([])
        for made in (self.number_button, self.archive_button, self.history_button, *self._signing):
            made.setVisible(False)

    def _history(self) -> None:
        """Who wrote, issued or closed what of this period."""
        history_of(self._context, self, span_name(self._period), "month", self._period)

    def show_report(self, read: ReportRead) -> None:
        """The facts of a report."""
        from sochihoi.services.reporting.paper import recipients

        report, commune = read.report, read.report.commune
        is_draft = report.is_draft
        signer = report.signer if report.is_of_branch else _joined(commune.signer_title, commune.signer_name)
        if read.with_month:
            state = _("draft, the month is open") if is_draft else _("closed")
        else:
            state = _("draft") if is_draft else _("issued")
        facts = [(_("State"), state), (_("Which edition"), "—" if is_draft else number(report.edition))]
        if report.has_number:
            later = _("given at closing") if read.with_month else _("given when it is issued")
            facts.append((_("Number"), report.number or later))
        facts += [
            (_("Date"), short_date(None if is_draft else report.on)),
            (_("Signed by"), signer or "—"),
            (_("Recipients"), "\n".join(recipients(report)) or "—"),
        ]
        if report.form.addressee:
            facts.append((_("Goes to"), report.form.addressee))
        if report.issue is not None and report.issue.code:
            from sochihoi.domain import paper_codes

            facts.append((_("Code on the paper"), paper_codes.shown(report.issue.code)))
        if report.issue is not None and report.issue.reason:
            facts.append((_("Why a new edition"), report.issue.reason))
        self.facts.set_facts(facts)
        self._period = report.span.code
        self.history_button.setVisible(True)
        self.number_button.setVisible(read.closing is not None and report.has_number and not self._context.read_only)
        self.archive_button.setVisible(not is_draft)
        self.sign_button.setVisible(not is_draft and not self._context.read_only)
        self.attach_button.setVisible(not is_draft and not self._context.read_only)
        self.signed_button.setVisible(not is_draft)
        self.show_kept(read.kept)

    def show_kept(self, count: int) -> None:
        """How many files of the report were printed or saved."""
        words = ngettext("Printed and saved copies ({count})", "Printed and saved copies ({count})", count).format(
            count=number(count)
        )
        self.archive_button.setText(f"  {words}")
        self.archive_button.setAccessibleName(words)

    def show_stale(self, stale: Sequence[SectionText]) -> None:
        """The sections that rest on figures that changed, each with the button that goes there."""
        while (item := self.stale_buttons.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.stale_words.setVisible(bool(stale))
        text = ngettext(
            "{count} section rests on figures that changed:",
            "{count} sections rest on figures that changed:",
            len(stale),
        )
        self.stale_words.setText(text.format(count=number(len(stale))))
        for one in stale:
            made = button(one.heading, partial(self.section_wanted.emit, one.section.code), "quiet")
            self.stale_buttons.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
