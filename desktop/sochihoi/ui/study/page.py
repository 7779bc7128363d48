"""Học tập: the campaigns, one campaign, one session. One page of the navigation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from sochihoi.domain.errors import NotFound
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.page import Page
from sochihoi.ui.study.campaign_page import CampaignPage
from sochihoi.ui.study.list_page import ListPage
from sochihoi.ui.study.session_page import SessionPage


def build(context: Context) -> Page:
    """The page of the navigation."""
    return StudyPage(context)


class StudyPage(Page):
    """Hands everything on to the one of its three pages that is shown.

    ``refresh(campaign_id=…, view="branches" | "sessions" | "missing")`` opens a campaign, ``refresh(session_id=…)``
    a session; without arguments the place is kept.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.list = ListPage(context)
        self.campaign = CampaignPage(context)
        self.session = SessionPage(context)
        self._stack = QStackedWidget()
        for page in (self.list, self.campaign, self.session):
            self._stack.addWidget(page)
        # each of the three has its own title and bar: the frame of this one stays empty
        outer = self.layout()
        if outer is not None:
            body = outer.itemAt(0)
            if body is not None and (frame := body.widget()) is not None:
                frame.hide()
            outer.addWidget(self._stack)
        self.list.opened.connect(self.open_campaign)
        self.campaign.back.connect(self.open_list)
        self.campaign.session.connect(self.open_session)
        self.session.back.connect(self.open_campaign)
        self.session.list_wanted.connect(self.open_list)

    def current(self) -> Page:
        """The page that is shown."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Page) else self.list

    def refresh(self, *, campaign_id: str = "", session_id: str = "", view: str = "", **_args: Any) -> None:
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

    def _show(self, page: Page) -> None:
        self._stack.setCurrentWidget(page)
        self.context.shell.clear_message()
        self._focus(page)

    @staticmethod
    def _focus(page: Page) -> None:
        focus = page.first_focus()
        if focus is not None:
            focus.setFocus()

    # -- what the shell asks goes to the page that is shown ----------------------------------------------------------

    def on_new(self) -> None:
        self.current().on_new()

    def on_print(self) -> None:
        self.current().on_print()

    def on_find(self) -> None:
        self.current().on_find()

    def on_why(self) -> None:
        self.current().on_why()

    def on_finish(self) -> None:
        self.current().on_finish()

    def on_next(self, step: int) -> None:
        self.current().on_next(step)

    def on_escape(self) -> bool:
        return self.current().on_escape()

    def help_text(self) -> str:
        return self.current().help_text()

    def first_focus(self) -> QWidget | None:
        return self.current().first_focus()

    def areas(self) -> Sequence[QWidget]:
        return self.current().areas()
