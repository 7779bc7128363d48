"""The boxes of all sections, one below the other; writing, keeping and taking back their words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.i18n import _
from sochihoi.services.report_forms import ReportForm
from sochihoi.services.reporting.narrative import Narrative, SectionText
from sochihoi.services.reporting.spans import Span
from sochihoi.ui.reports.phrase_menu import phrase_menu
from sochihoi.ui.reports.report_read import Asked, is_slow
from sochihoi.ui.reports.section_box import SectionBox
from sochihoi.ui.reports.traces import Trace
from sochihoi.ui.shared.beside import Reading
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.history_view import history_of


class Sections:
    """``asked`` says which report, ``traces`` what its sentences rest on; ``shown`` hears what stands there now."""

    def __init__(
        self,
        context: Context,
        owner: QWidget,
        column: QVBoxLayout,
        asked: Callable[[], Asked],
        traces: Callable[[SectionText], Sequence[Trace]],
        shown: Callable[[Sequence[SectionText]], None],
    ) -> None:
        self._context, self._column = context, column
        self._asked, self._traces, self._shown = asked, traces, shown
        self._boxes: dict[str, SectionBox] = {}
        self._may_write = False
        self._reading = Reading(context, owner)
        self.menu: QMenu | None = None

    @property
    def boxes(self) -> Mapping[str, SectionBox]:
        """By the codes of the sections, in order."""
        return self._boxes

    def show_sections(self, sections: Sequence[SectionText], *, may_write: bool) -> None:
        """Show these; boxes are made anew only for other sections."""
        self._may_write = may_write
        if [one.section.code for one in sections] != list(self._boxes):
            for box in self._boxes.values():
                box.hide()
                box.deleteLater()
            self._boxes = {one.section.code: self._make(one) for one in sections}
        for one in sections:
            self._boxes[one.section.code].set_may_write(may_write=may_write)
            self._boxes[one.section.code].show_section(one)
        self._shown(sections)

    def _make(self, section: SectionText) -> SectionBox:
        box = SectionBox(section, self._traces, may_write=self._may_write)
        box.written.connect(self._write)
        box.restored.connect(self._restore)
        box.kept.connect(self._keep)
        box.phrases_wanted.connect(self._phrases)
        self._column.insertWidget(self._column.count() - 1, box)
        return box

    def first(self) -> QWidget | None:
        """The first field."""
        return next((box.field.editor for box in self._boxes.values() if not box.field.isHidden()), None)

    # ------------------------------------------------------------------ words

    def _write(self, code: str, text: str) -> None:
        """At once, over the draft that she saw; only the new state of the sections may take a moment."""
        if self._may_write:
            draft = self._boxes[code].section.draft
            self._do(lambda words, form, span, unit: words.write(form, span, draft, code, text, unit))

    def _restore(self, code: str) -> None:
        self._do(lambda words, form, span, unit: words.restore(form, span, code, unit), anew=code)
        self._context.shell.toast(_("The section says what the figures say."), self._undo)

    def _keep(self, code: str) -> None:
        draft = self._boxes[code].section.draft
        self._do(lambda words, form, span, unit: words.keep(form, span, draft, code, unit))

    def _undo(self) -> None:
        self._context.undo()
        self._context.shell.refresh_page()

    def _do(self, act: Callable[[Narrative, ReportForm, Span, str], None], anew: str = "") -> None:
        reports, asked = self._context.office.reports, self._asked()
        try:
            span = reports.span(asked.span)
            act(reports.narrative, reports.form(asked.form, span.period.end), span, asked.unit)
        except (UserError, OSError) as problem:
            self._context.shell.show_error(problem)
            return
        self._context.shell.saved_at(self._context.office.now)

        def show(sections: Sequence[SectionText]) -> None:
            if asked != self._asked():
                return
            self.show_sections(sections, may_write=self._may_write)
            for one in sections:
                if one.section.code == anew:
                    self._boxes[anew].show_section(one, anew=True)

        self._reading.read(
            lambda: reports.sections(asked.form, span, asked.unit or None),
            show,
            title=_("Comparing with the figures…"),
            failed=self._context.shell.show_error,
            waiting=lambda: None,
            slow=is_slow(asked.span),
        )

    # ------------------------------------------------------------------ phrases

    def _phrases(self, code: str) -> None:
        """Her own phrases first, then the library; keeping what is chosen in the field, dropping her own."""
        reports, asked = self._context.office.reports, self._asked()
        try:
            found = reports.phrases(asked.form, reports.span(asked.span), code, asked.unit or None)
        except (UserError, OSError) as problem:
            self._context.shell.show_error(problem)
            return
        box = self._boxes[code]
        menu = phrase_menu(box, found, self._keep_phrase, self._drop_phrase)
        menu.addAction(_("History…")).triggered.connect(lambda _on=False: self._phrases_history(box))
        self.menu = menu
        menu.popup(box.phrases_button.mapToGlobal(box.phrases_button.rect().bottomLeft()))

    def _phrases_history(self, box: SectionBox) -> None:
        history_of(self._context, box, _("Phrases"), "setting", "report.phrases")

    def _keep_phrase(self, code: str, text: str) -> None:
        try:
            self._context.office.reports.phrase_book.keep(text, code)
        except (UserError, OSError) as problem:
            self._context.shell.show_error(problem)
        else:
            self._context.shell.toast(_("The phrase is kept. It stands first among the phrases of this section."))

    def _drop_phrase(self, phrase_id: str) -> None:
        try:
            self._context.office.reports.phrase_book.drop(phrase_id)
        except (UserError, OSError) as problem:
            self._context.shell.show_error(problem)
        else:
            self._context.shell.toast(_("The phrase is taken away."), self._undo)
