"""One campaign: how far each group is, branch by branch, its sessions, and who has not been reached."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QTabBar, QVBoxLayout, QWidget

from sochihoi.domain.study import CampaignState, TargetGroup
from sochihoi.domain.study_records import BranchCoverage, CampaignView, SessionRow
from sochihoi.i18n import _, number, pgettext, short_date
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import icon_button
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import ask
from sochihoi.ui.shared.history_view import history_item
from sochihoi.ui.shared.listing.offer import ListPaper
from sochihoi.ui.shared.listing.reading import About
from sochihoi.ui.shared.message_bar import MessageBar
from sochihoi.ui.shared.panel import PanelHost
from sochihoi.ui.shared.stack import Stack
from sochihoi.ui.shared.table import MenuItem, fill_menu
from sochihoi.ui.shared.why import Why, WhyPanel
from sochihoi.ui.study import presenter
from sochihoi.ui.study.campaign_dialog import CampaignDialog
from sochihoi.ui.study.cards import Cards
from sochihoi.ui.study.deeds import Deeds
from sochihoi.ui.study.headline import HeadlinePage
from sochihoi.ui.study.missing_tab import MissingTab
from sochihoi.ui.study.papers import show_sheet
from sochihoi.ui.study.session_dialog import SessionDialog
from sochihoi.ui.study.tables import branch_table, session_table

BRANCHES, SESSIONS, MISSING = range(3)
_LOW = 560  # px at text size "Vừa": under it the bars of the cards and the counts under the lists go
VIEWS = {"branches": BRANCHES, "sessions": SESSIONS, "missing": MISSING}


class CampaignPage(HeadlinePage):
    """``back``: to the list; ``session(id)``: who came to a session."""

    back = Signal()
    session = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.campaign_id = self._place = ""
        self._view: CampaignView | None = None
        self._why_group: TargetGroup | None = None
        self._deeds = Deeds(context, self.refresh)
        self.more_button = icon_button("ellipsis", _("More about this campaign"), self._more)
        self.title_actions.addWidget(self.more_button)
        self.change_button = self.add_action(_("C&hange the campaign"), self.change)
        self.session_button = self.add_action(_("Add a &session"), self.on_new, "primary", "plus")
        self.notice = MessageBar(closable=False)
        self.content.addWidget(self.notice)
        self.cards = Cards()
        self.cards.why.connect(self.show_why)
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName(_("Parts of the campaign"))
        for text in (_("By branch"), _("Sessions"), _("Not reached yet")):
            self.tabs.addTab(text)
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.cards)
        column.addWidget(self.tabs)
        self._stack = Stack()
        self.branches, self.bars = branch_table(context)
        coverage = About[BranchCoverage](
            lambda: _("Study by branch"), where=self._campaign, order=lambda: pgettext("order", "branch")
        )
        ListPaper(context, self.branches, coverage)
        self.branches.opened.connect(lambda one: self.show_missing(one.branch_id))
        self.sessions = session_table(context, self._session_menu)
        held = About[SessionRow](
            lambda: _("List of study sessions"),
            where=self._campaign,
            order=lambda: pgettext("order", "the day, the newest first"),
        )
        ListPaper(context, self.sessions, held)
        self.sessions.opened.connect(lambda row: self.session.emit(row.session.id))
        self.missing = MissingTab(context)
        for widget in (self.branches, self.sessions, self.missing):
            self._stack.addWidget(widget)
        column.addWidget(self._stack, 1)
        self.why = WhyPanel()
        self.host = PanelHost(context, box, self.why)
        self.content.addWidget(self.host, 1)
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)

    # -- showing -----------------------------------------------------------------------------------------------------

    def open(self, campaign_id: str, view: str = "") -> None:
        """Show another campaign; ``view``: ``branches``, ``sessions`` or ``missing``."""
        other = campaign_id != self.campaign_id
        if other:
            self.campaign_id = campaign_id
            self.why.close_panel()
            self.tabs.setCurrentIndex(BRANCHES)
        if view:
            self.tabs.setCurrentIndex(VIEWS.get(view, BRANCHES))
        self.refresh()
        if other or view == "missing":
            self.missing.choose()

    def refresh(self) -> None:
        view = self.context.office.study.view(self.campaign_id)
        one = view.campaign
        self._view = view
        self._show_way(one.document_number or presenter.shortened(one.title))
        self.set_headline(one.title, presenter.campaign_note(one, self.context.today()))
        may, is_open = not self.context.read_only, one.state is CampaignState.OPEN and view.forgotten is None
        for widget in (self.more_button, self.change_button):
            widget.setVisible(may)
        self.session_button.setVisible(may and is_open)
        self._show_notice(view)
        self.cards.show_view(view)
        goal = view.member_goal
        self.bars.goal = goal.target.goal.value / 100 if goal is not None else None
        self.branches.set_empty(
            "users",
            _("The list of this campaign is not frozen yet. Freeze it: who is a member today ought to be reached."),
        )
        self.branches.set_rows(view.branches)
        self.sessions.set_empty(
            "calendar-plus",
            _("No session yet. Add the first one, print its sheet, and mark who came."),
            (_("Add a session"), self.on_new) if may and is_open else None,
        )
        self.sessions.set_rows(view.sessions)
        self.missing.show_view(view)
        self._count_tab(SESSIONS, _("Sessions"), len(view.sessions))
        self._count_tab(MISSING, _("Not reached yet"), self.missing.total())
        if not self.why.isHidden() and self._why_group is not None:
            self.show_why(self._why_group)

    def _show_way(self, place: str) -> None:
        if place != self._place:  # made anew, the link would lose the focus
            self._place = place
            self.set_breadcrumb([(_("Study"), self.back.emit), (place, None)])

    def _count_tab(self, at: int, text: str, count: int) -> None:
        self.tabs.setTabText(at, f"{text} {number(count)}" if count else text)

    def _show_notice(self, view: CampaignView) -> None:
        told = presenter.notice(view)
        if told is None:
            self.notice.clear()
            return
        deed = {"reopen": self.reopen, "freeze": self.freeze}.get(told.deed)
        deeds = [] if deed is None or self.context.read_only else [(told.words, deed)]
        self.notice.say(told.tone, told.text, deeds)

    def show_missing(self, branch_id: str | None = None, group: TargetGroup | None = None) -> None:
        """The list behind "còn thiếu"."""
        self.tabs.setCurrentIndex(MISSING)
        self.missing.choose(branch_id, group)
        self.missing.table.view.setFocus()

    def show_why(self, which: TargetGroup) -> None:
        """Where the rate of a group comes from."""
        view = self._view
        group = next((g for g in view.groups if g.target.target_group is which), None) if view is not None else None
        if view is None or group is None:
            self.why.close_panel()
            return
        self._why_group = which
        told = presenter.explain(view, group)
        parts = (told.title, told.figure, told.definition, told.how, told.left_out)
        if which.by_person:
            self.why.show_why(Why(*parts, _("Who is still missing"), lambda: self.show_missing(None, which)))
        else:
            self.why.show_why(Why(*parts, _("The sessions"), lambda: self.tabs.setCurrentIndex(SESSIONS)))

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        low = self.height() < _LOW * style.sizes().body / 14
        self.cards.set_low(low=low)
        for table in (self.branches, self.sessions):
            table.footer.parentWidget().setVisible(not low)

    # -- the campaign ------------------------------------------------------------------------------------------------

    def _more(self) -> None:
        menu = QMenu(self)
        fill_menu(menu, self.more_items())
        menu.popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))

    def more_items(self) -> Sequence[MenuItem | None]:
        """What stands behind "⋯"."""
        if self._view is None:
            return ()
        one = self._view.campaign
        freeze = _("Freeze the list") if one.frozen_on is None else _("Freeze the list again")
        closing = (
            MenuItem(_("Close the campaign"), self.close_campaign, "check")
            if one.state is CampaignState.OPEN
            else MenuItem(_("Open the campaign again"), self.reopen, "lock-open")
        )
        return (
            MenuItem(freeze, self.freeze, "refresh-cw", one.state is CampaignState.OPEN and not self._view.forgotten),
            closing,
            history_item(self.context, self, one.title, "study_campaign", one.id),
            None,
            MenuItem(_("Remove the campaign"), self.remove, "trash-2"),
        )

    def change(self) -> None:
        """Another title, document, deadline, other targets."""
        before = self.context.office.study.last_batch
        if self._view is not None and CampaignDialog(self.context, self, self._view).exec():
            self._deeds.done(_("The campaign is changed."), before)

    def freeze(self) -> None:
        """Today's members come onto the list; asks when there is one already."""
        view = self._view
        if view is None:
            return
        if view.campaign.frozen_on is not None:
            told = _(
                "The list of {count} people, frozen on {day}, is replaced by today's members. Attendance stays, "
                "but the rates of this campaign change: their whole becomes another."
            ).format(count=number(view.members.eligible), day=short_date(view.campaign.frozen_on))
            if not ask(self, _("Freeze the list of this campaign again?"), told, _("&Freeze again"), _("&Not now")):
                return
        counted: list[int] = []
        study = self.context.office.study
        self._deeds.do(
            lambda: counted.append(study.freeze(self.campaign_id)),
            lambda: _("The list is frozen with {count} people.").format(count=number(counted[0])),
        )

    def close_campaign(self) -> None:
        """No more sessions."""
        study = self.context.office.study
        self._deeds.do(lambda: study.close(self.campaign_id), _("The campaign is closed."))

    def reopen(self) -> None:
        """Sessions again."""
        study = self.context.office.study
        self._deeds.do(lambda: study.reopen(self.campaign_id), _("The campaign is open again."))

    def remove(self) -> None:
        """Off the list, unless sessions were held."""
        study, gone = self.context.office.study, self.campaign_id
        if self._deeds.do(lambda: study.remove(gone), _("The campaign was removed.")):
            self.back.emit()

    # -- its sessions ------------------------------------------------------------------------------------------------

    def _session_menu(self, row: SessionRow) -> Sequence[MenuItem | None]:
        items: list[MenuItem | None] = [
            MenuItem(_("Who came"), lambda: self.session.emit(row.session.id), "user-check"),
            MenuItem(_("Print the sheet"), lambda: self.print_sheet(row), "printer"),
            history_item(self.context, self, presenter.for_whom(row.branches), "study_session", row.session.id),
        ]
        if not self.context.read_only:
            items += [
                None,
                MenuItem(_("Change the session…"), lambda: self.change_session(row), "pencil"),
                MenuItem(_("Call off the session"), lambda: self.cancel_session(row), "trash-2"),
            ]
        return items

    def print_sheet(self, row: SessionRow) -> None:
        """The attendance sheet of a session."""
        if self._view is not None and self._view.campaign.frozen_on is None:
            self.freeze()
        if self._view is not None and self._view.campaign.frozen_on is not None:
            show_sheet(self.context, self, row.session.id)

    def change_session(self, row: SessionRow) -> None:
        """Another day, place, speaker."""
        before = self.context.office.study.last_batch
        dialog = SessionDialog(self.context, self, self.campaign_id, row.session, marked=bool(row.members))
        if dialog.exec():
            self._deeds.done(_("The session is changed."), before)

    def cancel_session(self, row: SessionRow) -> None:
        """Its attendances no longer count."""
        study = self.context.office.study
        said = _("The session was called off: {session}.").format(session=presenter.session_title(row))
        self._deeds.do(lambda: study.cancel_session(row.session.id), said)

    # -- keys --------------------------------------------------------------------------------------------------------

    def on_new(self) -> None:
        if not self.session_button.isVisibleTo(self):
            return
        before = self.context.office.study.last_batch
        dialog = SessionDialog(self.context, self, self.campaign_id, day=self.context.today())
        if dialog.exec() and dialog.session_id:
            self._deeds.done(_("The session is added."), before)
            self.tabs.setCurrentIndex(SESSIONS)
            self.sessions.choose(dialog.session_id)
            self.sessions.view.setFocus()

    def on_print(self) -> None:
        row = self.sessions.current()
        if self.tabs.currentIndex() == SESSIONS and row is not None:
            self.print_sheet(row)
            return
        if self.tabs.currentIndex() != MISSING:
            self.show_missing(self._branch())
        self.missing.paper.show()

    def _campaign(self) -> str:
        return self._view.campaign.title if self._view is not None else ""

    def _branch(self) -> str | None:
        one: BranchCoverage | None = self.branches.current()
        return one.branch_id if one is not None and self.tabs.currentIndex() == BRANCHES else None

    def on_find(self) -> None:
        self.tabs.setCurrentIndex(MISSING)
        self.missing.search.setFocus()
        self.missing.search.selectAll()

    def on_why(self) -> None:
        if (group := self.cards.first()) is not None:
            self.show_why(group)

    def on_next(self, step: int) -> None:
        (self.branches, self.sessions, self.missing.table)[self.tabs.currentIndex()].step(step)

    def on_escape(self) -> bool:
        if not self.why.isHidden():
            self.why.close_panel()
            return True
        return False

    def help_text(self) -> str:
        return _(
            "<p>The cards say how far each group is and how many people it still takes. “Why?” tells what is "
            "counted.</p><p>Enter on a branch shows who is missing there: print the list, export it, or copy the "
            "names into a message. Enter on a session opens its roster.</p>"
        )

    def first_focus(self) -> QWidget | None:
        return (self.branches.view, self.sessions.view, self.missing.table.view)[self.tabs.currentIndex()]

    def areas(self) -> Sequence[QWidget]:
        return [self.cards, self.tabs, self._stack, self.why]
