"""A score sheet on the screen: made in the background, then previewed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochihoi.i18n import _
from sochihoi.ui.rubric import presenter
from sochihoi.ui.shared.context import Context

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def show_score_sheet(context: Context, parent: QWidget, year: int, branch_id: str) -> None:
    """The sheet of one branch."""
    from sochihoi.services.rubric_papers import score_sheet
    from sochihoi.ui.shared.preview import show_preview

    office = context.office

    def show(pdf: bytes) -> None:
        show_preview(context, parent, pdf, _("ScoreSheet.pdf"))

    context.shell.run_job(
        lambda _progress: score_sheet(office, year, branch_id, presenter.condition_words),
        show,
        title=_("Making the score sheet…"),
    )
