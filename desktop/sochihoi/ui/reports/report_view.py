"""The words of the report, section by section, as a document; and what stands on the paper around them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.domain.months import Closing
from sochihoi.domain.periods import Period
from sochihoi.domain.progress import Progress
from sochihoi.i18n import _, ngettext, short_date
from sochihoi.services.reporting.narrative import SectionText
from sochihoi.services.reporting.report import Report
from sochihoi.services.reporting.spans import Span
from sochihoi.services.reports import MONTH, PDF, Reports
from sochihoi.ui import style
from sochihoi.ui.reports.branch_dialog import BranchSheets
from sochihoi.ui.reports.dialogs import NumberDialog, accepted
from sochihoi.ui.reports.section_box import SectionBox
from sochihoi.ui.shared import beside
from sochihoi.ui.shared.beside import Reading, focus_late
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.forms import scrolled
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.panel import Facts
from sochihoi.ui.shared.preview import PreviewDialog, show_preview


class ReportView(Page):
    """``back()``: to the figures. Every section is saved when it is left."""

    back = Signal()
    number_changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._boxes: dict[str, SectionBox] = {}
        self.preview: PreviewDialog | None = None
        self.closing: Closing | None = None
        self._reading = Reading(context, self)
        self._shown: Period | None = None
        size = style.sizes()
        self.branches = BranchSheets(context, self)
        self.branches_button = self.add_action(_("Sheets of the &branches"), self._branch_sheets, "", "file-text")
        row = QHBoxLayout()
        row.setSpacing(size.space_4)
        paper = QFrame()
        paper.setObjectName("card")
        inside = QVBoxLayout(paper)
        inside.setContentsMargins(1, 1, 1, 1)
        self._document = QWidget()
        self._column = QVBoxLayout(self._document)
        self._column.setContentsMargins(size.space_5, size.space_4, size.space_5, size.space_4)
        self._column.setSpacing(size.space_4)
        self._subject = label("", "head", wrap=True)
        self._subject.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._column.addWidget(self._subject)
        self._column.addStretch(1)
        self._scroll = scrolled(self._document)
        inside.addWidget(self._scroll)
        row.addWidget(paper, 1)
        row.addWidget(self._side())
        self.content.addLayout(row, 1)
        bar = self.action_bar()
        bar.set_hint(_("Every section is saved when it is left. Ctrl+P shows the pages."))
        bar.add(_("&Figures and checks"), self.back.emit, "", "arrow-left")
        self.preview_button = bar.add(_("&Pages, print, save"), self.show_pages, "primary", "printer")

    def _side(self) -> QWidget:
        size = style.sizes()
        card = QFrame()
        card.setObjectName("card")
        card.setFixedWidth(size.panel)
        column = QVBoxLayout(card)
        column.setContentsMargins(size.space_4, size.space_3, size.space_4, size.space_3)
        column.setSpacing(size.space_2)
        column.addWidget(label(_("On the paper"), "head"))
        self.facts = Facts()
        column.addWidget(self.facts)
        self.number_button = button(_("Change number and date"), self._change_number, "quiet", "pencil")
        column.addWidget(self.number_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._header_button = button(
            _("Header, recipients, signature"), lambda: self.context.shell.go("setup"), "quiet", "settings"
        )
        column.addWidget(self._header_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.stale_words = label("", tone="warn", wrap=True)
        column.addWidget(self.stale_words)
        self.stale_buttons = QVBoxLayout()
        column.addLayout(self.stale_buttons)
        column.addStretch(1)
        return scrolled_card(card)

    # ------------------------------------------------------------------ what the frame asks

    def refresh(self) -> None:
        period, office = self.context.period, self.context.office
        self.set_title(_("Report of month {month}/{year}").format(month=period.index, year=period.year))
        self.set_breadcrumb(
            [
                (_("Closing and reports"), self.back.emit),
                (_("Report of month {month}").format(month=period.index), None),
            ]
        )
        self._reading.read(
            lambda: (self._report(), office.months.editions(period)),
            lambda read: self._show(*read),
            title=_("Putting the report of month {month}/{year} together…").format(
                month=period.index, year=period.year
            ),
            failed=self._cannot_show,
            waiting=self._wait,
        )

    def _wait(self) -> None:
        """It is being read: the words of the same month stay, those of another one go."""
        if self._shown != self.context.period:
            self._show_nothing(_("The report is being put together…"))

    def _cannot_show(self, problem: UserError) -> None:
        self._show_nothing(_("There is no report of this month."))
        self.context.shell.show_error(problem)

    def _show_nothing(self, words: str) -> None:
        self._shown, self.closing = None, None
        self._subject.setText(words)
        self._show_sections(())
        self.facts.set_facts([])
        self.number_button.setVisible(False)
        for made in (self.preview_button, self.branches_button):
            made.setEnabled(False)

    def _show(self, report: Report, editions: tuple[Closing, ...]) -> None:
        self._shown = report.span.period
        self.closing = editions[-1] if editions and not report.is_draft else None
        for made in (self.preview_button, self.branches_button):
            made.setEnabled(True)
        self._subject.setText(report.subject)
        self._show_sections(report.sections)
        commune = report.commune
        self.facts.set_facts(
            [
                (_("State"), _("draft, the month is open") if report.is_draft else _("closed")),
                (_("Edition"), "—" if report.is_draft else str(report.edition)),
                (_("Number"), report.number or _("given at closing")),
                (_("Date"), short_date(None if report.is_draft else report.on)),
                (_("Signed by"), ", ".join(p for p in (commune.signer_title, commune.signer_name) if p) or "—"),
                (_("Recipients"), "\n".join(commune.recipients) or "—"),
            ]
        )
        self.number_button.setVisible(self.closing is not None and not self.context.read_only)
        focus_late(self)

    def _show_sections(self, sections: tuple[SectionText, ...]) -> None:
        may_write = not self.context.read_only
        if [one.section.code for one in sections] != list(self._boxes):
            for box in self._boxes.values():
                box.hide()
                box.deleteLater()
            self._boxes = {}
            for one in sections:
                box = SectionBox(one, may_write=may_write)
                box.written.connect(self._write)
                box.restored.connect(self._restore)
                box.kept.connect(self._keep)
                self._boxes[one.section.code] = box
                self._column.insertWidget(self._column.count() - 1, box)
        for one in sections:
            self._boxes[one.section.code].show_section(one)
        self._show_stale([one for one in sections if one.stale])

    def _show_stale(self, stale: list[SectionText]) -> None:
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
        self.stale_words.setText(text.format(count=len(stale)))
        for one in stale:
            made = button(one.heading, partial(self._scroll_to, one.section.code), "quiet")
            self.stale_buttons.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)

    def first_focus(self) -> QWidget | None:
        return next((box.field.editor for box in self._boxes.values() if not box.field.isHidden()), None)

    def on_print(self) -> None:
        self.show_pages()

    def on_escape(self) -> bool:
        self.back.emit()
        return True

    def help_text(self) -> str:
        parts = (
            _(
                "Each section is drafted from the figures. "
                "What you write over it stays, also when figures change later."
            ),
            _("A section without words is left out of the paper, and the numerals close up."),
        )
        return "".join(f"<p>{part}</p>" for part in parts)

    # ------------------------------------------------------------------ deeds

    def box(self, code: str) -> SectionBox:
        """The box of a section."""
        return self._boxes[code]

    def _scroll_to(self, code: str) -> None:
        box = self._boxes[code]
        self._scroll.ensureWidgetVisible(box)
        box.field.editor.setFocus()

    def _write(self, code: str, text: str) -> None:
        self._do(lambda reports, span: reports.write(MONTH, span, code, text))

    def _restore(self, code: str) -> None:
        self._do(lambda reports, span: reports.restore(MONTH, span, code))
        reports = self.context.office.reports
        sections = reports.sections(MONTH, reports.span(self.context.period.code))
        restored = next(one for one in sections if one.section.code == code)
        self._boxes[code].show_section(restored, anew=True)
        self.context.shell.toast(_("The section says what the figures say."), self._undo)

    def _undo(self) -> None:
        self.context.undo()
        self.refresh()

    def _keep(self, code: str) -> None:
        self._do(lambda reports, span: reports.keep(MONTH, span, code))

    def _report(self) -> Report:
        reports = self.context.office.reports
        return reports.report(MONTH, reports.span(self.context.period.code))

    def _do(self, act: Callable[[Reports, Span], None]) -> None:
        reports = self.context.office.reports
        span = reports.span(self.context.period.code)
        try:
            act(reports, span)
        except (UserError, OSError) as problem:
            self.context.shell.show_error(problem)
            return
        self.context.shell.saved_at(self.context.office.now)
        self._show_sections(reports.sections(MONTH, span))

    def _change_number(self) -> None:
        if self.closing is not None:
            dialog = NumberDialog(self.context, self, self.closing, self.context.office.months)
            if accepted(dialog):
                self.refresh()

    def _branch_sheets(self) -> None:
        try:
            self.branches.ask()
        except (UserError, OSError) as problem:
            self.context.shell.show_error(problem)

    def show_pages(self) -> None:
        """The pages of the PDF, to print or to save."""
        focus = self.focusWidget()
        if focus is not None:
            focus.clearFocus()  # a field saves what was typed when it is left
        reports = self.context.office.reports

        def make(_progress: Progress) -> tuple[bytes, str]:
            report = self._report()
            return reports.content(report, PDF), report.file_name(PDF)

        def show(made: tuple[bytes, str]) -> None:
            self.preview = show_preview(self.context, self, *made)

        beside.do(
            self.context,
            self,
            make,
            show,
            title=_("Making the pages of the report…"),
        )


def scrolled_card(card: QFrame) -> QWidget:
    """A side card that scrolls when the window is low."""
    area = scrolled(card)
    area.setFixedWidth(card.width() + 2)
    return area
