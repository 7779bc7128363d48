"""The campaign: the year by branch, its households, the grid of a branch. One page of the navigation."""

from __future__ import annotations

from sochihoi.domain.campaign import Round
from sochihoi.domain.errors import NotFound
from sochihoi.ui.campaign.grid_page import GridPage
from sochihoi.ui.campaign.households_page import HouseholdsPage
from sochihoi.ui.campaign.year_page import YearPage
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.stacked import StackedPage


def build(context: Context) -> Page:
    """The page of the navigation."""
    return CampaignPage(context)


class CampaignPage(StackedPage):
    """Hands everything on to the one of its three pages that is shown.

    ``refresh(branch_id=…, household_id=…, round=…)`` opens the grid; ``refresh(view="households", branch_id=…,
    trait=…)`` the list of households; ``refresh(view="year", year=…)`` the year; without arguments the place is kept.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.year_page = YearPage(context)
        self.households_page = HouseholdsPage(context)
        self.grid_page = GridPage(context)
        self.hold(self.year_page, self.households_page, self.grid_page)
        self._shown_year = context.period.year
        self.year_page.assess.connect(self.open_grid)
        self.year_page.households.connect(self.open_households)
        self.year_page.year_chosen.connect(self.open_year)
        self.households_page.back.connect(self.open_year)
        self.households_page.assess.connect(self.open_grid)
        self.grid_page.back.connect(self._back)
        self.grid_page.step.connect(self._step)

    def refresh(
        self,
        *,
        view: str = "",
        year: int | None = None,
        branch_id: str = "",
        household_id: str = "",
        round: Round | None = None,  # noqa: A002 - the word of the campaign
        trait: str = "",
    ) -> None:
        if year is not None:
            self.year_page.year = year
        elif self._shown_year != self.context.period.year:
            # the working month moved into another year: so does everything here
            self._shown_year = self.year_page.year = self.context.period.year
            self._stack.setCurrentWidget(self.year_page)
        if household_id and not branch_id:
            branch_id = self.context.office.campaign.household(household_id, self.year_page.year).branch_id
        if view == "households":
            self.open_households(branch_id, trait)
        elif branch_id:
            self.open_grid(branch_id, household_id, round)
        elif view == "year" or year is not None:
            self.open_year()
        else:
            try:
                self.current().refresh()
            except NotFound:
                self.open_year()

    def open_year(self, year: int | None = None) -> None:
        """The year by branch."""
        self._leave()
        self.year_page.open(year or self.year_page.year)
        self._show(self.year_page)

    def open_households(self, branch_id: str = "", trait: str = "") -> None:
        """The households of the year."""
        self.households_page.open(self.year_page.year, branch_id, trait)
        self._show(self.households_page)

    def open_grid(self, branch_id: str, household_id: str = "", which: Round | None = None) -> None:
        """The grid of a branch."""
        self.grid_page.open(self.year_page.year, branch_id, which, household_id)
        self._show(self.grid_page)

    def _leave(self) -> None:
        """A note that is being typed is saved before another page is shown."""
        self.grid_page.below.flush()

    def _back(self) -> None:
        self.open_year()
        self.year_page.table.choose(self.grid_page.desk.branch_id)

    def _step(self, step: int) -> None:
        """The branch before or after the one in the grid, in the same round."""
        office = self.context.office
        ids = [one.id for one in office.setup.branches(office.campaign.day_of(self.year_page.year))]
        if self.grid_page.desk.branch_id in ids:
            at = ids.index(self.grid_page.desk.branch_id) + step
            if 0 <= at < len(ids):
                self.grid_page.open(self.year_page.year, ids[at], self.grid_page.desk.round)
                self.grid_page.focus_grid()
