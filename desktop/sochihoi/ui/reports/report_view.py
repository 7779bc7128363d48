"""The words of a report, section by section, as a document; its plots; what stands on the paper around them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.domain.months import Closing
from sochihoi.domain.periods import Period
from sochihoi.i18n import _
from sochihoi.services.form_parts import SpanKind
from sochihoi.services.reporting.narrative import SectionText
from sochihoi.ui import style
from sochihoi.ui.reports.archive_dialog import ArchiveDialog
from sochihoi.ui.reports.batch import BranchSheets
from sochihoi.ui.reports.dialogs import NumberDialog, accepted
from sochihoi.ui.reports.document import Document
from sochihoi.ui.reports.issuing import Issuer
from sochihoi.ui.reports.papers import ReportPapers
from sochihoi.ui.reports.plots import PlotCards
from sochihoi.ui.reports.report_read import Asked, ReportRead, is_slow, read_report, state_words, title_of
from sochihoi.ui.reports.report_side import ATTACH, SIGN, ReportSide
from sochihoi.ui.reports.report_why import ReportWhy
from sochihoi.ui.reports.section_box import SectionBox
from sochihoi.ui.reports.sections import Sections
from sochihoi.ui.reports.traces import Trace, traces_of
from sochihoi.ui.shared.beside import Reading, focus_late, takes_time
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.forms import scrolled
from sochihoi.ui.shared.message_bar import MessageBar
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.preview import PreviewDialog
from sochihoi.ui.shared.signing.sign_dialog import open_signing
from sochihoi.ui.shared.signing.signed_dialog import open_attach, open_signed
from sochihoi.ui.shared.stack import Stack
from sochihoi.ui.words.reports import span_name


class ReportView(Page):
    """``back()``: to where it was opened from. Every section is saved when it is left."""

    back = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._asked: Asked | None = None  # None: the report of the working month
        self.read: ReportRead | None = None
        self.replacing = False  # a further edition is being written
        self.issuer = Issuer(context, self, self._issued)
        self.papers = ReportPapers(context, self, self.refresh_kept)
        self._reading = Reading(context, self)
        size = style.sizes()
        self.branches = BranchSheets(context, self)
        self.branches_button = self.add_action(_("Sheets of the &branches"), self._branch_sheets, "", "file-text")
        self.branches_button.setVisible(not context.office.is_receiver)  # a level above makes none
        self.state = MessageBar(closable=False)
        self.content.addWidget(self.state)
        row = QHBoxLayout()
        row.setSpacing(size.space_4)
        paper = QFrame()
        paper.setObjectName("card")
        inside = QVBoxLayout(paper)
        inside.setContentsMargins(1, 1, 1, 1)
        self._document = Document()
        self._column = QVBoxLayout(self._document)
        self._column.setContentsMargins(size.space_5, size.space_4, size.space_5, size.space_4)
        self._column.setSpacing(size.space_4)
        self._subject = label("", "head", wrap=True)
        self._subject.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._column.addWidget(self._subject)
        self._column.addStretch(1)
        self.sections = Sections(context, self, self._column, self._on_screen, self._traces, self._sections_shown)
        self.plots = PlotCards(self._column)
        self._scroll = scrolled(self._document)
        inside.addWidget(self._scroll)
        row.addWidget(paper, 1)
        self.side = ReportSide(context)
        self.why = ReportWhy(context, self)
        self._beside = Stack()
        self._beside.setFixedWidth(size.panel + 2)
        self._beside.addWidget(self.side)
        self._beside.addWidget(self.why.panel)
        row.addWidget(self._beside)
        self.content.addLayout(row, 1)
        self._make_bar()
        self.side.number_wanted.connect(self._change_number)
        self.side.section_wanted.connect(self._scroll_to)
        self.side.archive_wanted.connect(self.show_archive)
        self.side.signing_wanted.connect(self._sign)
        self.why.opened.connect(lambda: self._beside.setCurrentWidget(self.why.panel))
        self.why.closed.connect(lambda: self._beside.setCurrentWidget(self.side))

    def _make_bar(self) -> None:
        bar = self.action_bar()
        bar.set_hint(_("Every section is saved when it is left. Ctrl+P shows the pages."))
        self.back_button = bar.add("", self.back.emit, "", "arrow-left")
        self.issue_button = bar.add(_("&Give it a number"), self.issue, "", "file-check")
        self.preview_button = bar.add(_("&Pages, print, save"), self.show_pages, "primary", "printer")
        self.set_origin(from_list=False)

    def set_origin(self, *, from_list: bool) -> None:
        """Where its way back leads: the list of reports, or the figures of the month."""
        words = _("&Reports") if from_list else _("&Figures and checks")
        self.back_button.setText(f"  {words}")
        self.back_button.setAccessibleName(words.replace("&", ""))
        self._from_list = from_list

    # ------------------------------------------------------------------ what the frame asks

    @property
    def asked(self) -> Asked:
        """The report that is to be shown."""
        return self._asked or Asked(self.context.office.reports.usual_form(SpanKind.MONTH), self.context.period.code)

    @property
    def closing(self) -> Closing | None:
        """Of a closed month, its newest edition."""
        return self.read.closing if self.read is not None else None

    @property
    def preview(self) -> PreviewDialog | None:
        """The pages that were shown last."""
        return self.papers.preview

    def choose(self, form: str = "", span: str = "", unit: str = "") -> None:
        """Another report; without ``span`` that of the working month, whichever it is."""
        self._asked = Asked(form, span, unit) if span else None
        self.replacing = False
        self.why.panel.close_panel()
        self._scroll.verticalScrollBar().setValue(0)

    def _on_screen(self) -> Asked:
        """Whose words stand in the fields: what is left there is written to it."""
        return self.read.asked if self.read is not None else self.asked

    def _forget(self) -> None:
        """Other words come: what was typed is saved where it belongs, and no field keeps what it had."""
        self._leave_field()
        self.sections.show_sections((), may_write=False)

    def refresh(self) -> None:
        asked, office, again = self.asked, self.context.office, self.replacing
        if asked != self._on_screen():
            self._forget()
        place = _("Reports") if self._from_list else _("Closing and reports")
        self.set_breadcrumb(
            [(place, self.back.emit), (_("Report of {period}").format(period=span_name(asked.span)), None)]
        )
        self._reading.read(
            lambda: read_report(office, asked, again=again),
            self._show,
            title=_("Putting the report of {period} together…").format(period=span_name(asked.span)),
            failed=self._cannot_show,
            waiting=self._wait,
            slow=is_slow(asked.span) or takes_time(self.context, Period.parse(asked.span)),
        )

    def _wait(self) -> None:
        """It is being read: the words of the same report stay, those of another one go."""
        if self.read is None or self.read.asked != self.asked:
            self._show_nothing(_("The report is being put together…"))

    def _cannot_show(self, problem: UserError) -> None:
        self._show_nothing(_("There is no report of this month."))
        self.context.shell.show_error(problem)

    def _show_nothing(self, words: str) -> None:
        self.read = None
        self.set_title(_("Report of {period}").format(period=span_name(self.asked.span)))
        self._subject.setText(words)
        self.setFocus()  # what is waited for gets it, not the next button
        self.state.clear()
        self.plots.show_plots(())
        self.sections.show_sections((), may_write=False)
        self.side.show_nothing()
        for made in (self.preview_button, self.branches_button, self.issue_button):
            made.setEnabled(False)

    def _show(self, read: ReportRead) -> None:
        self.read = read
        report = read.report
        self.set_title(title_of(report))
        for made in (self.preview_button, self.branches_button):
            made.setEnabled(True)
        self._subject.setText(report.subject)
        self.sections.show_sections(read.sections, may_write=self._may_edit())
        self.plots.show_plots(report.plots, self.sections.boxes)
        self.side.show_report(read)
        self._show_state()
        focus_late(self)

    def _show_state(self) -> None:
        read, office = self.read, self.context.office
        if read is None:
            return
        may_write = office.may_write
        bar = self.action_bar()
        said = state_words(read)
        if self.replacing:
            self.state.say(
                "warn",
                _("A new edition is being written: mend the words, then give it a number. The issued one stays."),
                [(_("Back to the issued one"), self._give_up)],
            )
        elif said:
            may_replace = may_write and read.is_final and not self.context.read_only
            again = [(_("Make a new edition"), self.replace_it)] if may_replace else []
            self.state.say("info", said, again)
        else:
            self.state.clear()
        can = may_write and not read.with_month and not read.is_final
        self.issue_button.setVisible(can)
        self.issue_button.setEnabled(read.is_over)
        if can and not read.is_over:
            bar.set_hint(_("This time is not over yet: a draft can be printed, a number comes afterwards."))
        elif self._may_edit():
            bar.set_hint(_("Every section is saved when it is left. Ctrl+P shows the pages."))
        else:
            bar.set_hint(_("Ctrl+P shows the pages as they were issued."))

    def _may_edit(self) -> bool:
        return self.read is not None and not self.read.is_fixed and not self.context.read_only

    def _sections_shown(self, sections: Sequence[SectionText]) -> None:
        self.side.show_stale([one for one in sections if one.stale])

    def _traces(self, section: SectionText) -> Sequence[Trace]:
        if self.read is None:
            return ()
        return traces_of(self.read.report, section, self._why, self.context.shell.go)

    def _why(self, code: str) -> None:
        if self.read is not None:
            self.why.show_why(self.read.report, code)

    def first_focus(self) -> QWidget | None:
        return self.sections.first()

    def on_print(self) -> None:
        self.show_pages()

    def on_escape(self) -> bool:
        if self._beside.currentWidget() is self.why.panel:
            self.why.panel.close_panel()
        else:
            self.back.emit()
        return True

    def help_text(self) -> str:
        parts = (
            _(
                "Each section is drafted from the figures. "
                "What you write over it stays, also when figures change later."
            ),
            _("“Figures” under a section says which figures each sentence rests on; a press on one says why it is so."),
            _("A section without words is left out of the paper, and the numerals close up."),
        )
        return "".join(f"<p>{part}</p>" for part in parts)

    # ------------------------------------------------------------------ deeds

    def box(self, code: str) -> SectionBox:
        """The box of a section."""
        return self.sections.boxes[code]

    def _scroll_to(self, code: str) -> None:
        box = self.sections.boxes[code]
        self._scroll.ensureWidgetVisible(box)
        box.field.editor.setFocus()

    def _change_number(self) -> None:
        if self.closing is not None:
            dialog = NumberDialog(self.context, self, self.closing, self.context.office.months)
            if accepted(dialog):
                self.refresh()

    def _branch_sheets(self) -> None:
        try:
            self.branches.ask(Period.parse(self.asked.span) if not self._is_term() else self.context.period)
        except (UserError, OSError) as problem:
            self.context.shell.show_error(problem)

    def _is_term(self) -> bool:
        return self.read is not None and self.read.report.span.is_term

    # ------------------------------------------------------------------ number, edition, pages

    def issue(self) -> None:
        """Give the draft its number; from then on it no longer changes."""
        self._leave_field()
        if self.read is not None:
            self.issuer.ask(self.read, again=self.replacing)

    def replace_it(self) -> None:
        """Begin a further edition: its words can be changed until it gets its number."""
        self.replacing = True
        self._forget()
        self.refresh()

    def _give_up(self) -> None:
        self.replacing = False
        self._forget()
        self.refresh()

    def _issued(self) -> None:
        self.replacing = False
        self._forget()
        self.context.shell.saved_at(self.context.office.now)
        self.context.shell.refresh_frame()
        self.refresh()

    def refresh_kept(self) -> None:
        """A file was kept: the side says how many there are."""
        if self.read is not None:
            reports, asked = self.context.office.reports, self.asked
            kept = reports.issuing.kept(asked.form, reports.span(asked.span), asked.unit or None)
            self.side.show_kept(len(kept))
            if self.closing is not None and kept and not self.read.is_printed:
                self.refresh()  # its words no longer change

    def show_archive(self) -> None:
        """What was printed and saved of this report."""
        if self.read is not None:
            ArchiveDialog(self.context, self, self.read.report, self.papers.show_kept).open()

    def _sign(self, how: str) -> None:
        """Sign it here, take in what was signed elsewhere, or look at what is signed."""
        if self.read is None:
            return
        report = self.read.report
        if how == SIGN:
            open_signing(self.context, self, report, self.refresh_kept)
        elif how == ATTACH:
            open_attach(self.context, self, report, self.refresh_kept)
        else:
            open_signed(self.context, self, report)

    def show_pages(self) -> None:
        """The pages of the PDF, to print or to save."""
        self._leave_field()
        self.papers.show(self.asked, replacing=self.replacing)

    def _leave_field(self) -> None:
        focus = self.focusWidget()
        if focus is not None:
            focus.clearFocus()  # a field saves what was typed when it is left
