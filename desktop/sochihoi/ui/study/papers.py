"""Papers of study on the screen: made in the background, then previewed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochihoi.i18n import _
from sochihoi.ui.shared.context import Context

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
