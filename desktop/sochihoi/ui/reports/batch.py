"""The papers of all branches in one go: into a folder, or bound in one PDF; as jobs that can be stopped."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from sochihoi.domain.periods import Period
from sochihoi.i18n import _, ngettext, number
from sochihoi.services.report_forms import Scope
from sochihoi.services.reporting.report import file_name
from sochihoi.services.reporting.spans import Span
from sochihoi.services.reports import BRANCH_SHEET, PDF
from sochihoi.ui.reports.branch_dialog import EVERY, FILES, BranchDialog
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import choose_folder
from sochihoi.ui.shared.jobs import Progress
from sochihoi.ui.shared.preview import PreviewDialog, show_preview
from sochihoi.ui.shared.save_dialog import may_replace


class Part:
    """The progress of one of several works, as part of all."""

    def __init__(self, whole: Progress, at: int, of: int) -> None:
        self._whole, self._at, self._of = whole, at, of

    def step(self, done: int, total: int = 0) -> None:
        """Raises ``Cancelled``."""
        self._whole.step(self._at * total + done, self._of * total)


class BranchSheets:
    """Asks which, then makes them as jobs. ``preview`` is the last one that was shown."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        self._context, self._parent = context, parent
        self.preview: PreviewDialog | None = None

    def ask(self, period: Period) -> None:
        """Which papers and branches; then the pages, or the folder. Raises ``FuturePeriod``."""
        reports = self._context.office.reports
        span = reports.span(period.code)
        forms = reports.forms(span, Scope.BRANCH)
        found = self._context.office.setup.branches(span.period.end)
        if not found or not forms:
            self._context.shell.message("info", _("There is no branch in this month."))
            return
        names = {unit.id: unit.name for unit in found}
        dialog = BranchDialog(self._parent, forms, list(names.items()), BRANCH_SHEET)
        if dialog.exec() != BranchDialog.DialogCode.Accepted:
            return
        if dialog.way() == FILES:
            self.save_all(span, dialog.forms(), dialog.kinds())
        else:
            self.show(span, dialog.forms(), dialog.branch(), names.get(dialog.branch(), ""))

    def show(self, span: Span, forms: tuple[str, ...], branch: str, name: str) -> None:
        """The pages: of one branch, or of all bound together."""
        reports, commune = self._context.office.reports, self._context.office.commune

        def work(progress: Progress) -> tuple[bytes, str]:
            made, names = [], []
            for at, form in enumerate(forms):
                part = Part(progress, at, len(forms))
                if branch == EVERY:
                    made.append(reports.bound(form, span, progress=part))
                    names.append(file_name(reports.form(form, span.period.end), span, commune, None, 1, PDF))
                else:
                    part.step(0, 1)
                    report = reports.report(form, span, branch)
                    made.append(reports.content(report, PDF))
                    names.append(report.file_name(PDF))
            progress.step(len(forms), len(forms))
            return (made[0] if len(made) == 1 else reports.together(made)), names[0]

        def done(made: tuple[bytes, str]) -> None:
            self.preview = show_preview(self._context, self._parent, *made)

        title = _("Making the papers of all branches…")
        if name:
            title = _("Making the sheet of {branch}…").format(branch=name)
        self._context.shell.run_job(work, done, title=title, stop_says=_("Nothing is shown then."))

    def save_all(self, span: Span, forms: tuple[str, ...], kinds: tuple[str, ...]) -> None:
        """Into a folder that is asked for; files of these names are written over only when she says so."""
        reports, settings = self._context.office.reports, self._context.settings
        start = Path(str(settings.value("files/folder", "")))
        folder = choose_folder(self._parent, _("Folder for the sheets of the branches"), start)
        if folder is None:
            return
        wanted = [(form, kind) for form in forms for kind in kinds]
        there = sum((folder / name).exists() for one in wanted for name in reports.names(one[0], span, one[1]).values())
        if there and not may_replace(self._parent, there):
            return
        settings.setValue("files/folder", str(folder))

        def work(progress: Progress) -> tuple[Path, ...]:
            written: list[Path] = []
            for at, (form, kind) in enumerate(wanted):
                part = Part(progress, at, len(wanted))
                written += reports.write_all(form, span, folder, kind=kind, overwrite=bool(there), progress=part)
            return tuple(written)

        self._context.shell.run_job(
            work,
            partial(self._written, folder),
            title=_("Writing the sheets of the branches…"),
            stop_says=_("The sheets that are written already stay in the folder."),
        )

    def _written(self, folder: Path, files: tuple[Path, ...]) -> None:
        told = ngettext("{count} sheet written to {folder}", "{count} sheets written to {folder}", len(files))
        self._context.shell.message("ok", told.format(count=number(len(files)), folder=folder))
