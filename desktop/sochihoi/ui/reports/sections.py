"""The boxes of all sections, one below the other; writing, keeping and taking back their words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.i18n import _
from sochihoi.services.reporting.narrative import SectionText
from sochihoi.services.reporting.spans import Span
from sochihoi.services.reports import Reports
from sochihoi.ui.reports.report_read import Asked
from sochihoi.ui.reports.section_box import SectionBox
from sochihoi.ui.reports.traces import Trace
from sochihoi.ui.shared.context import Context


class Sections:
    """``asked`` says which report, ``traces`` what its sentences rest on; ``shown`` hears what stands there now."""

    def __init__(
        self,
        context: Context,
        column: QVBoxLayout,
        asked: Callable[[], Asked],
        traces: Callable[[SectionText], Sequence[Trace]],
        shown: Callable[[Sequence[SectionText]], None],
    ) -> None:
        self._context, self._column = context, column
        self._asked, self._traces, self._shown = asked, traces, shown
        self._boxes: dict[str, SectionBox] = {}
        self._may_write = False

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
        self._column.insertWidget(self._column.count() - 1, box)
        return box

    def first(self) -> QWidget | None:
        """The first field."""
        return next((box.field.editor for box in self._boxes.values() if not box.field.isHidden()), None)

    def _write(self, code: str, text: str) -> None:
        if self._may_write:
            self._do(lambda reports, span, asked: reports.write(asked.form, span, code, text, asked.unit or None))

    def _restore(self, code: str) -> None:
        self._do(lambda reports, span, asked: reports.restore(asked.form, span, code, asked.unit or None), anew=code)
        self._context.shell.toast(_("The section says what the figures say."), self._undo)

    def _keep(self, code: str) -> None:
        self._do(lambda reports, span, asked: reports.keep(asked.form, span, code, asked.unit or None))

    def _undo(self) -> None:
        self._context.undo()
        self._context.shell.refresh_page()

    def _do(self, act: Callable[[Reports, Span, Asked], None], anew: str = "") -> None:
        reports, asked = self._context.office.reports, self._asked()
        try:
            span = reports.span(asked.span)
            act(reports, span, asked)
            sections = reports.sections(asked.form, span, asked.unit or None)
        except (UserError, OSError) as problem:
            self._context.shell.show_error(problem)
            return
        self._context.shell.saved_at(self._context.office.now)
        self.show_sections(sections, may_write=self._may_write)
        for one in sections:
            if one.section.code == anew:
                self._boxes[anew].show_section(one, anew=True)
