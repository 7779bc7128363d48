"""The words of the report, section by section, as a document; and what stands on the paper around them."""

from __future__ import annotations

from functools import partial
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.domain.months import Closing
from sochihoi.i18n import _, ngettext, short_date
from sochihoi.services.narrative import SectionText
from sochihoi.ui import style
from sochihoi.ui.reports.branch_dialog import BranchSheets
from sochihoi.ui.reports.dialogs import NumberDialog, accepted
from sochihoi.ui.shared.badges import pill, set_pill
from sochihoi.ui.shared.buttons import button, label, strong
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.forms import LongTextField, scrolled
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.panel import Facts
from sochihoi.ui.shared.preview import PreviewDialog, show_preview

LEAST_LINES, MOST_LINES, LETTERS = 2, 16, 88


class SectionBox(QWidget):
    """One section: numeral and heading, whose words these are, the field, and what can be done about a stale text."""

    written = Signal(str, str)
    restored = Signal(str)
    kept = Signal(str)

    def __init__(self, section: SectionText, *, may_write: bool) -> None:
        super().__init__()
        size = style.sizes()
        self.code = section.section.code
        column = QVBoxLayout(self)
        indent = size.space_4 if section.section.level == 2 else 0
        column.setContentsMargins(indent, 0, 0, 0)
        column.setSpacing(size.space_1)
        head = QHBoxLayout()
        self.heading = label("", "" if section.section.level == 2 else "head", wrap=True)
        head.addWidget(self.heading, 1)
        self.state = pill("")
        head.addWidget(self.state, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        self.field = LongTextField(
            self.code, section.heading, hint=section.section.prompt, lines=lines_for(section.content)
        )
        self.field.label.hide()
        self.field.set_read_only(read_only=not may_write)
        self.field.left.connect(lambda: self.written.emit(self.code, str(self.field.value() or "")))
        column.addWidget(self.field)
        is_heading = not section.section.sentences and not section.section.prompt and not section.content
        self.field.setVisible(not is_heading)  # a part that only gathers the ones below it
        self.state.setVisible(not is_heading)
        self._stale = QWidget()
        row = QHBoxLayout(self._stale)
        row.setContentsMargins(0, 0, 0, 0)
        self._stale_words = label("", "small", "warn", wrap=True)
        row.addWidget(self._stale_words, 1)
        self.keep_button = button(_("My words are right"), lambda: self.kept.emit(self.code), "quiet")
        self.draft_button = button(_("Take the new draft"), lambda: self.restored.emit(self.code), "quiet")
        row.addWidget(self.keep_button)
        row.addWidget(self.draft_button)
        column.addWidget(self._stale)
        self._back = button(_("Back to the draft"), lambda: self.restored.emit(self.code), "quiet", "undo-2")
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        self._may_write = may_write
        self.show_section(section)

    def show_section(self, section: SectionText, *, anew: bool = False) -> None:
        """Other words, or the same ones with another state; what is being typed stays unless ``anew``."""
        numeral = f"{section.numeral}. " if section.numeral else ""
        words = f"{numeral}{section.heading}"
        self.heading.setText(words if section.section.level == 1 else strong(escape(words)))
        if (anew or not self.field.text.hasFocus()) and self.field.value() != (section.content or None):
            self.field.set_value(section.content)
            space = 2 * style.sizes().space_2 + 2
            line = self.field.text.fontMetrics().lineSpacing()
            self.field.text.setFixedHeight(line * lines_for(section.content) + space)
        if section.stale:
            set_pill(self.state, _("figures changed"), "warn")
        elif section.edited:
            set_pill(self.state, _("your words"), "info")
        elif section.content:
            set_pill(self.state, _("draft from the figures"), "none")
        else:
            set_pill(self.state, _("left out while empty"), "none")
        self._stale_words.setText(
            _("Figures in this section changed after you wrote it. The draft now says: {draft}").format(
                draft=section.draft.replace("\n", " ") or _("nothing")
            )
        )
        self._stale.setVisible(section.stale and self._may_write)
        self._back.setVisible(section.edited and not section.stale and self._may_write)


class ReportView(Page):
    """``back()``: to the figures. Every section is saved when it is left."""

    back = Signal()
    number_changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._boxes: dict[str, SectionBox] = {}
        self.preview: PreviewDialog | None = None
        self.closing: Closing | None = None
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
        period = self.context.period
        office = self.context.office
        report = office.papers.report(period)
        editions = office.months.editions(period)
        self.closing = editions[-1] if editions and not report.is_draft else None
        self.set_title(_("Report of month {month}/{year}").format(month=period.index, year=period.year))
        self.set_breadcrumb(
            [
                (_("Closing and reports"), self.back.emit),
                (_("Report of month {month}").format(month=period.index), None),
            ]
        )
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
        self._do(lambda: self.context.office.months.narrative.write(self.context.period, code, text))

    def _restore(self, code: str) -> None:
        narrative = self.context.office.months.narrative
        self._do(lambda: narrative.restore(self.context.period, code))
        restored = next(one for one in narrative.sections(self.context.period) if one.section.code == code)
        self._boxes[code].show_section(restored, anew=True)
        self.context.shell.toast(_("The section says what the figures say."), self._undo)

    def _undo(self) -> None:
        self.context.undo()
        self.refresh()

    def _keep(self, code: str) -> None:
        self._do(lambda: self.context.office.months.narrative.keep(self.context.period, code))

    def _do(self, act: object) -> None:
        try:
            act()  # type: ignore[operator]
        except (UserError, OSError) as problem:
            self.context.shell.show_error(problem)
            return
        self.context.shell.saved_at(self.context.office.now)
        self._show_sections(self.context.office.months.narrative.sections(self.context.period))

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
        try:
            report = self.context.office.papers.report(self.context.period)
            pdf = self.context.office.papers.monthly_report(self.context.period)
        except (UserError, OSError) as problem:
            self.context.shell.show_error(problem)
            return
        self.preview = show_preview(self.context, self, pdf, report.file_name)


def lines_for(text: str) -> int:
    """How high a field is: as its words need, within bounds."""
    wrapped = sum(1 + len(line) // LETTERS for line in text.split("\n"))
    return max(LEAST_LINES, min(MOST_LINES, wrapped + 1))


def scrolled_card(card: QFrame) -> QWidget:
    """A side card that scrolls when the window is low."""
    area = scrolled(card)
    area.setFixedWidth(card.width() + 2)
    return area
