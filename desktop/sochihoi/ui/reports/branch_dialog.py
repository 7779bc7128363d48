"""The sheets of the branches: choose one and see its pages, or save all of them into a folder."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QPushButton, QWidget

from sochihoi.domain.periods import Period
from sochihoi.i18n import _, ngettext, number
from sochihoi.services.reports import BRANCH_SHEET, PDF
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.choices import ChoiceField
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import Dialog, ask, choose_folder
from sochihoi.ui.shared.forms import Form
from sochihoi.ui.shared.jobs import Progress
from sochihoi.ui.shared.preview import PreviewDialog, show_preview

EVERY = ""


class BranchDialog(Dialog):
    """``branch()`` once it was accepted: an id, or ``EVERY``."""

    def __init__(self, parent: QWidget, branches: list[tuple[str, str]]) -> None:
        super().__init__(parent, _("Sheets of the branches"))
        self.setObjectName("branchsheets")
        told = _("One branch is shown page by page; all of them are saved into a folder, one file each.")
        self.body.addWidget(label(told, tone="muted", wrap=True))
        self.form = Form()
        every = (EVERY, _("Every branch ({count})").format(count=number(len(branches))))
        self.choice = self.form.add(ChoiceField("branch", _("Branch"), [every, *branches]))
        self.choice.set_value(EVERY)
        self.choice.combo.currentIndexChanged.connect(lambda _at: self._name_deed())
        self.body.addWidget(self.form)
        self.add_button(_("Leave it"), self.reject)
        self.deed: QPushButton = self.add_button("", self.accept, "primary", default=True)
        self._name_deed()

    def branch(self) -> str:
        """The one chosen."""
        return str(self.choice.value() or EVERY)

    def _name_deed(self) -> None:
        self.deed.setText(_("&Show the pages") if self.branch() else _("Choose a folder and save"))


class BranchSheets:
    """Asks which, then makes them as jobs. ``preview`` is the last one that was shown."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        self._context, self._parent = context, parent
        self.preview: PreviewDialog | None = None

    def ask(self) -> None:
        """Which branch; then its pages, or the folder."""
        period = self._context.period
        reports = self._context.office.reports
        found = reports.branches(reports.span(period.code))
        if not found:
            self._context.shell.message("info", _("There is no branch in this month."))
            return
        names = {unit.id: unit.name for unit in found}
        dialog = BranchDialog(self._parent, list(names.items()))
        if dialog.exec() != BranchDialog.DialogCode.Accepted:
            return
        branch = dialog.branch()
        if branch == EVERY:
            self.save_all(period)
        else:
            self.show(period, branch, names[branch])

    def show(self, period: Period, branch_id: str, name: str) -> None:
        """The pages of one branch."""
        office = self._context.office

        def work(_progress: Progress) -> tuple[bytes, str]:
            report = office.reports.report(BRANCH_SHEET, office.reports.span(period.code), branch_id)
            return office.reports.content(report, PDF), report.file_name(PDF)

        def done(made: tuple[bytes, str]) -> None:
            self.preview = show_preview(self._context, self._parent, *made)

        self._context.shell.run_job(work, done, title=_("Making the sheet of {branch}…").format(branch=name))

    def save_all(self, period: Period) -> None:
        """Into a folder that is asked for; files of these names are written over only when she says so."""
        office, settings = self._context.office, self._context.settings
        start = Path(str(settings.value("files/folder", "")))
        folder = choose_folder(self._parent, _("Folder for the sheets of the branches"), start)
        if folder is None:
            return
        span = office.reports.span(period.code)
        there = sum((folder / name).exists() for name in office.reports.names(BRANCH_SHEET, span).values())
        if there and not self._may_replace(there):
            return
        settings.setValue("files/folder", str(folder))
        self._context.shell.run_job(
            lambda progress: office.reports.write_all(
                BRANCH_SHEET, span, folder, overwrite=bool(there), progress=progress
            ),
            partial(self._written, folder),
            title=_("Writing the sheets of the branches…"),
            stop_says=_("The sheets that are written already stay in the folder."),
        )

    def _may_replace(self, there: int) -> bool:
        question = ngettext(
            "{count} sheet lies in that folder already. Write over it?",
            "{count} sheets lie in that folder already. Write over them?",
            there,
        )
        return ask(
            self._parent,
            question.format(count=number(there)),
            _("The sheets of the same names are replaced by new ones; other files stay."),
            _("Write over"),
            _("Leave them as they are"),
            danger=True,
        )

    def _written(self, folder: Path, files: tuple[Path, ...]) -> None:
        told = ngettext("{count} sheet written to {folder}", "{count} sheets written to {folder}", len(files))
        self._context.shell.message("ok", told.format(count=number(len(files)), folder=folder))
