"""Papers of study on the screen: made in the background, then previewed; and the list of the missing as a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sochihoi.domain.errors import UserError
from sochihoi.domain.study_records import EligibleMember
from sochihoi.i18n import _
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import choose_target

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def show_sheet(context: Context, parent: QWidget, session_id: str) -> None:
    """The attendance sheet of a session: make the PDF, open the preview."""
    from sochihoi.services.study_papers import attendance_sheet
    from sochihoi.ui.shared.preview import show_preview

    office = context.office

    def show(pdf: bytes) -> None:
        show_preview(context, parent, pdf, _("AttendanceSheets.pdf"))

    context.shell.run_job(
        lambda _progress: attendance_sheet(office, session_id), show, title=_("Making the attendance sheets…")
    )


def show_missing(
    context: Context, parent: QWidget, campaign_id: str, rows: Sequence[EligibleMember], what: str
) -> None:
    """The list of those still to be reached, ready to print."""
    from sochihoi.services.study_papers import missing_pdf
    from sochihoi.ui.shared.preview import show_preview

    office = context.office

    def show(pdf: bytes) -> None:
        show_preview(context, parent, pdf, _("NotReached.pdf"))

    context.shell.run_job(
        lambda _progress: missing_pdf(office, campaign_id, rows, what),
        show,
        title=_("Making the list of those missing…"),
    )


def save_list(context: Context, parent: QWidget, campaign_id: str, rows: Sequence[EligibleMember], what: str) -> None:
    """Write the list of those still to be reached as an Excel file."""
    from sochihoi.services.study_papers import save_missing

    folder = str(context.settings.value("files/folder", ""))
    name = Path(_("NotReached.pdf")).with_suffix(".xlsx").name
    target = choose_target(parent, _("Export to Excel"), str(Path(folder) / name), "Excel (*.xlsx)")
    if target is None:
        return
    try:
        save_missing(context.office, campaign_id, rows, what, target)
    except (UserError, OSError) as problem:
        context.shell.show_error(problem)
        return
    context.settings.setValue("files/folder", str(target.parent))
    context.shell.toast(_("Saved: {file}").format(file=target))
