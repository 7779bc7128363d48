"""Papers of the campaign on the screen: made in the background, then previewed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochihoi.i18n import _
from sochihoi.ui.shared.context import Context

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def show_scoring_sheet(context: Context, parent: QWidget, year: int, branch_id: str, set_code: str | None) -> None:
    """The blank scoring sheet of a branch: make the PDF, open the preview."""
    from sochihoi.services.campaign_papers import scoring_sheet
    from sochihoi.ui.shared.preview import show_preview

    office = context.office

    def show(pdf: bytes) -> None:
        show_preview(context, parent, pdf, _("ScoringSheet_{year}.pdf").format(year=year))

    context.shell.run_job(
        lambda _progress: scoring_sheet(office, branch_id, year, set_code),
        show,
        title=_("Making the scoring sheet…"),
    )
