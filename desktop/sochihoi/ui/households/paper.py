"""All that is known of the households whom the filters show, as an Excel or CSV file that can be read in again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from sochihoi.domain.errors import UserError
from sochihoi.domain.member_lists import HouseholdRow
from sochihoi.i18n import _, ngettext, number
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import ask, choose_target
from sochihoi.ui.shared.table import Table


def offer_export(context: Context, table: Table[HouseholdRow], what: Callable[[], str]) -> None:
    """The button below the list. ``what``: which households these are, in words."""
    table.add_footer_action(
        _("E&xport to Excel"), lambda: save_list(context, table.window(), table.model.rows, what()), "download"
    )


def save_list(context: Context, parent: QWidget, rows: Sequence[HouseholdRow], what: str) -> None:
    """Write the list with who lives in each household, after saying what that means."""
    from sochihoi.services.household_papers import save_households

    question = ngettext("Export {count} household to Excel?", "Export {count} households to Excel?", len(rows))
    told = _(
        "The file holds addresses, phone numbers and who lives there, without a password. It can be changed in Excel "
        "and brought in again. The export is written into the history."
    )
    if not ask(parent, question.format(count=number(len(rows))), told, _("&Export"), _("&Not now")):
        return
    folder = str(context.settings.value("files/folder", ""))
    proposed = str(Path(folder) / "DanhSachHoGiaDinh.xlsx")
    target = choose_target(parent, _("Export to Excel"), proposed, "Excel (*.xlsx);;CSV (*.csv)")
    if target is None:
        return
    try:
        save_households(context.office, rows, what, target)
    except (UserError, OSError) as problem:
        context.shell.show_error(problem)
        return
    context.settings.setValue("files/folder", str(target.parent))
    context.shell.toast(_("Saved: {file}").format(file=target))
