"""The files of an issued report that were printed or saved: when, by whom, their hash; exactly these bytes again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from sochihoi.domain.issued import ArchivedPaper, PaperKind
from sochihoi.i18n import _, ngettext, short_date
from sochihoi.services.reporting.report import Report
from sochihoi.ui import words
from sochihoi.ui.reports.report_read import title_of
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import WIDE, Dialog, choose_target
from sochihoi.ui.shared.table import Column, Table
from sochihoi.ui.words.reports import file_kind

_WITH_PAGES = (PaperKind.PDF, PaperKind.SIGNED_PDF)
_COLUMNS = (
    Column[ArchivedPaper](lambda: _("Date"), lambda r: short_date(r.made_on), width=96, key="on"),
    Column[ArchivedPaper](lambda: _("Kind"), lambda r: file_kind(r.kind.value), width=150, key="kind"),
    Column[ArchivedPaper](lambda: _("Which edition"), lambda r: str(r.edition), width=70, align="right", key="edition"),
    Column[ArchivedPaper](lambda: _("By"), lambda r: r.made_by, width=150, key="by"),
    Column[ArchivedPaper](
        lambda: _("Check value"), lambda r: r.sha256, stretch=True, cut="middle", tone=lambda _r: "muted", key="hash"
    ),
)


class ArchiveDialog(Dialog):
    """``look(name, bytes)`` shows the pages of a kept PDF."""

    def __init__(self, context: Context, parent: QWidget, report: Report, look: Callable[[str, bytes], None]) -> None:
        super().__init__(
            parent, _("Printed and saved copies of “{report}”").format(report=title_of(report)), width=WIDE
        )
        self.setObjectName("archive")
        self._context, self._look = context, look
        told = _("Each copy is kept byte by byte. The check value changes as soon as a single letter of a file does.")
        pages = _("The pages of a PDF are shown here; a Word or Excel file is saved first.")
        self.body.addWidget(label(f"{told} {pages}", tone="muted", wrap=True))
        self.table: Table[ArchivedPaper] = Table(
            context,
            "archive",
            _COLUMNS,
            key=lambda r: r.id,
            noun=lambda count: ngettext("copy", "copies", count),
            dense=True,
            accessible=_("Printed and saved copies"),
        )
        self.table.set_empty("archive", _("Nothing of this report was printed or saved yet."))
        self.table.set_rows(context.office.reports.issuing.kept(report.form.code, report.span, report.branch_id))
        self.table.opened.connect(lambda _row: self.open_copy())
        self.table.selected.connect(lambda _row: self._enable())
        self.body.addWidget(self.table, 1)
        self.add_button(_("Close"), self.reject)
        self.save_button = self.add_button(_("&Save this copy…"), self.save_copy)
        self.open_button = self.add_button(_("&Open this copy"), self.open_copy, "primary", default=True)
        self.resize(self.width(), max(420, min(560, parent.window().height() - 60)))
        # the newest copy whose pages can be shown, so that Enter does something
        rows = sorted(self.table.model.rows, key=lambda row: row.kind not in _WITH_PAGES)
        if rows:
            self.table.choose(rows[0].id)
        self._enable()
        self.table.view.setFocus()

    def _enable(self) -> None:
        row = self.table.current()
        self.save_button.setEnabled(row is not None)
        self.open_button.setEnabled(row is not None and row.kind in _WITH_PAGES)

    def open_copy(self) -> None:
        """The pages of a PDF; Word and Excel files are saved first."""
        row = self.table.current()
        if row is None:
            return
        if row.kind not in _WITH_PAGES:
            self.save_copy()
            return
        paper, content = self._context.office.reports.issuing.kept_file(row.id)
        self._look(paper.file_name, content)

    def save_copy(self) -> None:
        """Exactly the bytes that were kept."""
        row = self.table.current()
        if row is None:
            return
        settings = self._context.settings
        start = Path(str(settings.value("files/folder", ""))) / row.file_name
        target = choose_target(self, _("Save this copy"), str(start), f"{file_kind(row.kind.value)} (*{start.suffix})")
        if target is None:
            return
        _paper, content = self._context.office.reports.issuing.kept_file(row.id)
        try:
            target.write_bytes(content)
        except OSError as problem:
            self.message.say("bad", str(words.say(problem)))
            return
        settings.setValue("files/folder", str(target.parent))
        self.message.say("ok", _("Saved: {file}").format(file=target))
