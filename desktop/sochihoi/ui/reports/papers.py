"""The pages of a report in the preview, in every format; what was printed or saved of an issued one is kept."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from sochihoi.domain.progress import Progress
from sochihoi.i18n import _
from sochihoi.services.office import Office
from sochihoi.services.reporting.report import Report
from sochihoi.services.reports import A4, KINDS, PDF
from sochihoi.ui.reports.report_read import Asked, is_slow
from sochihoi.ui.shared import beside
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.preview import KEPT_PAPER, PAPERS, PreviewDialog, show_preview
from sochihoi.ui.words.reports import span_name


class Maker:
    """Makes one report in every format."""

    kinds: tuple[str, ...] = KINDS

    def __init__(self, office: Office, report: Report) -> None:
        self._office, self._report = office, report

    def make(self, kind: str, paper: str) -> tuple[str, bytes]:
        """Proposed name and content."""
        return self._report.file_name(kind), self._office.reports.content(self._report, kind, paper)

    def used(self, kind: str, content: bytes) -> None:
        """It was printed or saved: it goes into the archive, a draft does not."""
        self._office.reports.keep_copy(self._report, kind, content)


class ReportPapers:
    """``kept`` is called when a preview closes: something may have been kept."""

    def __init__(self, context: Context, owner: QWidget, kept: Callable[[], None]) -> None:
        self._context, self._owner, self._kept = context, owner, kept
        self.preview: PreviewDialog | None = None

    def show(self, asked: Asked, *, replacing: bool = False) -> None:
        """The pages as they will print; of a further edition that is being written its draft."""
        office = self._context.office
        paper = str(self._context.settings.value(KEPT_PAPER, A4))
        paper = paper if paper in PAPERS else A4

        def make(_progress: Progress) -> tuple[Report, bytes]:
            made = office.reports.draft if replacing else office.reports.report
            report = made(asked.form, office.reports.span(asked.span), asked.unit or None)
            return report, office.reports.content(report, PDF, paper)

        beside.do(
            self._context,
            self._owner,
            make,
            lambda made: self._show(*made),
            title=_("Making the pages of the report of {period}…").format(period=span_name(asked.span)),
            slow=is_slow(asked.span),
        )

    def _show(self, report: Report, pdf: bytes) -> None:
        maker = Maker(self._context.office, report)
        self.preview = show_preview(self._context, self._owner, pdf, report.file_name(PDF), maker)
        self.preview.finished.connect(lambda _code: self._kept())

    def show_kept(self, name: str, content: bytes) -> None:
        """A kept file: exactly its bytes."""
        self.preview = show_preview(self._context, self._owner, content, name)
