"""Học tập: the campaigns, one campaign, one session. One page of the navigation."""

from __future__ import annotations

from sochihoi.domain.errors import NotFound
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.stacked import StackedPage
from sochihoi.ui.study.campaign_page import CampaignPage
from sochihoi.ui.study.list_page import ListPage
from sochihoi.ui.study.session_page import SessionPage


def build(context: Context) -> Page:
    """The page of the navigation."""
    return StudyPage(context)


class StudyPage(StackedPage):
    """Hands everything on to the one of its three pages that is shown.

    ``refresh(campaign_id=…, view="branches" | "sessions" | "missing")`` opens a campaign, ``refresh(session_id=…)``
    a session; without arguments the place is kept.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.list = ListPage(context)
        self.campaign = CampaignPage(context)
        self.session = SessionPage(context)
        self.hold(self.list, self.campaign, self.session)
        self.list.opened.connect(self.open_campaign)
        self.campaign.back.connect(self.open_list)
        self.campaign.session.connect(self.open_session)
        self.session.back.connect(self.open_campaign)
        self.session.list_wanted.connect(self.open_list)

    def refresh(self, *, campaign_id: str = "", session_id: str = "", view: str = "") -> None:
        try:
            if session_id:
                self.open_session(session_id)
            elif campaign_id:
                self.open_campaign(campaign_id, view)
            elif self._gone():
                self.open_list()
            else:
                self.current().refresh()
        except NotFound:
            self.open_list()

    def _gone(self) -> bool:
        """After an undo or a redo what is shown may be no more."""
        study, shown = self.context.office.study, self.current()
        if shown is self.campaign:
            return not study.stands(self.campaign.campaign_id)
        if shown is self.session:
            return not study.stands(self.session.campaign_id, self.session.session_id)
        return False

    def open_list(self) -> None:
        """All campaigns."""
        self._stack.setCurrentWidget(self.list)
        self.list.refresh()
        self._focus(self.list)

    def open_campaign(self, campaign_id: str, view: str = "") -> None:
        """One campaign."""
        self.campaign.open(campaign_id, view)
        self._show(self.campaign)

    def open_session(self, session_id: str) -> None:
        """Who came to a session."""
        self.session.open(session_id)
        self._show(self.session)
