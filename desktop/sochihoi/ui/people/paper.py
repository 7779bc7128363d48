"""All that is known of the members whom the filters show, as an Excel or CSV file that can be read in again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from sochihoi.domain.errors import UserError
from sochihoi.domain.member_lists import MemberRow
from sochihoi.i18n import _, ngettext, number
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import ask, choose_target


def save_list(
    context: Context, parent: QWidget, rows: Sequence[MemberRow], what: str, remarks: Callable[[MemberRow], str]
) -> None:
    """Write the list with full values as an Excel file, after saying what that means."""
    from sochihoi.services.people_papers import save_members

    count = len(rows)
    question = ngettext("Export {count} member to Excel?", "Export {count} members to Excel?", count)
    told = _(
        "The file holds full national ids, phone numbers and sensitive information, without a password. "
        "The export is written into the history."
    )
    if not ask(parent, question.format(count=number(count)), told, _("&Export"), _("&Not now")):
        return
    folder = str(context.settings.value("files/folder", ""))
    target = choose_target(
        parent, _("Export to Excel"), str(Path(folder) / "DanhSachHoiVien.xlsx"), "Excel (*.xlsx);;CSV (*.csv)"
    )
    if target is None:
        return
    try:
        save_members(context.office, rows, what, target, remarks)
    except (UserError, OSError) as problem:
        context.shell.show_error(problem)
        return
    context.settings.setValue("files/folder", str(target.parent))
    context.shell.toast(_("Saved: {file}").format(file=target))
