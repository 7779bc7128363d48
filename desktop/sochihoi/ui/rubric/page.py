"""Chi hội mẫu: the list of the year, and the score sheet of a branch. One page of the navigation."""

from __future__ import annotations

from sochihoi.domain.errors import NotFound
from sochihoi.ui.rubric.list_page import YearPage
from sochihoi.ui.rubric.score_page import ScorePage
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.stacked import StackedPage


def build(context: Context) -> Page:
    """The page of the navigation."""
    return RubricPage(context)


class RubricPage(StackedPage):
    """Hands everything on to the page that is shown. ``refresh(branch_id=…, year=…)`` opens a sheet."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.list = YearPage(context)
        self.score = ScorePage(context)
        self.hold(self.list, self.score)
        self._shown_year = context.period.year
        self.list.opened.connect(self.open_sheet)
        self.score.back.connect(self.open_list)
        self.score.chosen.connect(self.open_sheet)
        self.score.step.connect(self._step)

    def refresh(self, *, branch_id: str = "", year: int = 0) -> None:
        if self._shown_year != self.context.period.year or year:
            self._shown_year = self.context.period.year
            self.list.year = year or self._shown_year
            self._stack.setCurrentWidget(self.list)
        if branch_id:
            self.list.refresh()
            self.open_sheet(branch_id)
            return
        try:
            self.current().refresh()
        except NotFound:  # after an undo of its registration the sheet shown is no more
            self.open_list()

    def open_list(self) -> None:
        """The branches of the year."""
        self._stack.setCurrentWidget(self.list)
        self.list.refresh()
        self.list.table.view.setFocus()

    def open_sheet(self, branch_id: str) -> None:
        """The sheet of a branch."""
        self.score.open(self.list.year, branch_id, self.list.registered())
        self._stack.setCurrentWidget(self.score)
        self.context.shell.clear_message()
        self.score.grid.view.setFocus()

    def _step(self, step: int) -> None:
        """The sheet before or after this one in the list."""
        ids = [branch for branch, _name in self.list.registered()]
        if self.score.branch_id in ids:
            at = ids.index(self.score.branch_id) + step
            if 0 <= at < len(ids):
                self.open_sheet(ids[at])
