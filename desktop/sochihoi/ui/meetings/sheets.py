"""Papers of meetings on the screen: made in the background, then previewed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sochihoi.i18n import _
from sochihoi.ui.shared.context import Context

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def show_sheets(context: Context, parent: QWidget, meeting_ids: Sequence[str]) -> None:
    """Attendance sheets of one meeting or many: make the PDF, open the preview."""
    from sochihoi.services.meetings_papers import attendance_sheets
    from sochihoi.ui.shared.preview import show_preview

    office = context.office

    def show(pdf: bytes) -> None:
        show_preview(context, parent, pdf, _("AttendanceSheets.pdf"))

    context.shell.run_job(
        lambda progress: attendance_sheets(office, meeting_ids, progress),
        show,
        title=_("Making the attendance sheets…"),
    )


def show_minutes(context: Context, parent: QWidget, meeting_id: str) -> None:
    """The minutes, ready to be signed."""
    from sochihoi.services.meetings_papers import minutes_paper
    from sochihoi.ui.shared.preview import show_preview

    office = context.office

    def show(pdf: bytes) -> None:
        show_preview(context, parent, pdf, _("Minutes.pdf"))

    context.shell.run_job(lambda _progress: minutes_paper(office, meeting_id), show, title=_("Making the minutes…"))
