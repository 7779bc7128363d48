""" "In danh sách…" under a list: on paper or as an Excel file, exactly the lines that are shown.

self.paper = ListPaper(context, self.table, About(lambda: _("List of targets"), (self.chips,)))
self.paper.show()      # Ctrl+P
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Generic, TypeVar

from PySide6.QtWidgets import QMenu

from sochihoi.i18n import _
from sochihoi.services import list_papers
from sochihoi.services.list_papers import Listing
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import ask, choose_target
from sochihoi.ui.shared.listing.reading import About, listing, sensitive_names
from sochihoi.ui.shared.table import MenuItem, Table, fill_menu

R = TypeVar("R")


class ListPaper(Generic[R]):
    """The button under a list and what it does. ``menu`` may carry more papers of the same lines."""

    def __init__(
        self, context: Context, table: Table[R], about: About[R], more: tuple[MenuItem, ...] = (), text: str = ""
    ) -> None:
        self._context, self._table, self.about, self._more = context, table, about, more
        self.button = table.add_footer_action(text or _("&Print the list…"), self._open_menu, "printer")
        table.model.modelReset.connect(self._enable)
        table.paper = self
        self._enable()

    def _enable(self) -> None:
        """Nothing is shown, nothing to print."""
        self.button.setVisible(bool(self._table.model.rows))

    def listing(self, *, sensitive: bool = False) -> Listing:
        """The list as it is shown now."""
        table = self._table
        return listing(table.model, self.about, table.noun, table.section, sensitive=sensitive)

    def menu_items(self) -> list[MenuItem | None]:
        """See and print, save as Excel; the same with the sensitive columns, where there are any."""
        items: list[MenuItem | None] = [
            MenuItem(_("Look at it and print…"), self.show, "printer"),
            MenuItem(_("Save as an Excel file…"), self.save, "file-spreadsheet"),
        ]
        if sensitive_names(self._table.model, self.about):
            items += [
                None,
                MenuItem(_("Print with the sensitive columns…"), lambda: self.show(sensitive=True)),
                MenuItem(_("Excel file with the sensitive columns…"), lambda: self.save(sensitive=True)),
            ]
        return [*items, None, *self._more] if self._more else items

    def show(self, *, sensitive: bool = False) -> None:
        """Make the PDF in the background and open the preview."""
        if not self._table.model.rows or (sensitive and not self._sure()):
            return
        from sochihoi.ui.shared.preview import show_preview

        context, made = self._context, self.listing(sensitive=sensitive)

        def done(pdf: bytes) -> None:
            show_preview(context, self._table.window(), pdf, made.file_name("pdf"))

        context.shell.run_job(
            lambda _progress: list_papers.list_pdf(context.office, made), done, title=_("Making the list…")
        )

    def save(self, *, sensitive: bool = False) -> None:
        """Ask where to, then write the Excel file in the background."""
        if not self._table.model.rows or (sensitive and not self._sure()):
            return
        context, made = self._context, self.listing(sensitive=sensitive)
        folder = str(context.settings.value("files/folder", ""))
        proposed = str(Path(folder) / made.file_name("xlsx"))
        kinds = "Excel (*.xlsx);;CSV (*.csv)"
        target = choose_target(self._table.window(), _("Save as an Excel file"), proposed, kinds)
        if target is None:
            return

        def work(progress: Any) -> Path:
            list_papers.save_list(context.office, made, target, progress)
            return target

        def done(written: Path) -> None:
            context.settings.setValue("files/folder", str(written.parent))
            context.shell.toast(_("Saved: {file}").format(file=written))

        context.shell.run_job(work, done, title=_("Writing the list…"), stop_says=_("No file is written then."))

    def _sure(self) -> bool:
        names = ", ".join(sensitive_names(self._table.model, self.about))
        return ask(
            self._table.window(),
            _("Print the sensitive columns as well?"),
            _(
                "The list then holds, without a password: {columns}. That it was made is written into the history."
            ).format(columns=names),
            _("&With these columns"),
            _("&Not now"),
        )

    def _open_menu(self) -> None:
        menu = QMenu(self.button)
        fill_menu(menu, self.menu_items())
        menu.popup(self.button.mapToGlobal(self.button.rect().topLeft()))
