"""The study campaigns: how far each is, and how long it still goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sochihoi.domain.study import CampaignState
from sochihoi.domain.study_records import CampaignView
from sochihoi.i18n import _, ngettext, number, pgettext, short_date
from sochihoi.ui import style
from sochihoi.ui.shared.badges import Badge
from sochihoi.ui.shared.columns import Column
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.history_view import history_item
from sochihoi.ui.shared.listing.offer import ListPaper
from sochihoi.ui.shared.listing.reading import About
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.table import MenuItem, Table
from sochihoi.ui.study import presenter
from sochihoi.ui.study.bars import BAR, BarDelegate
from sochihoi.ui.study.campaign_dialog import CampaignDialog
from sochihoi.ui.study.deeds import Deeds

_NARROW = 1100  # px at text size "Vừa"


def _columns(today: Callable[[], date]) -> tuple[Column[CampaignView], ...]:
    def tone(view: CampaignView) -> str:
        told = presenter.deadline(view.campaign, today()).tone
        return "text" if told == "none" else told

    def lacking(view: CampaignView) -> Sequence[Badge]:
        if view.member_goal is None:
            return ()
        told = presenter.lacking(view.member_goal)
        return (Badge(told.text, told.tone),)

    return (
        Column(
            lambda: _("Study campaign"),
            lambda view: view.campaign.title,
            stretch=True,
            strong=True,
            small=lambda view: presenter.document(view.campaign),
            key="title",
        ),
        Column(
            lambda: _("Due"),
            lambda view: presenter.deadline(view.campaign, today()).text,
            width=116,
            sort=lambda view: view.campaign.deadline,
            small=lambda view: short_date(view.campaign.deadline) if view.campaign.deadline else "",
            tone=tone,
            key="due",
        ),
        Column(
            lambda: _("Sessions"),
            lambda view: number(len(view.sessions)),
            width=72,
            sort=lambda view: len(view.sessions),
            align="right",
            key="sessions",
        ),
        Column(
            lambda: _("Members reached"),
            lambda view: presenter.fraction(view.members),
            width=112,
            align="right",
            key="reached",
        ),
        Column(
            lambda: _("Coverage and target"),
            lambda _view: "",
            width=130,
            key=BAR,
            spoken=lambda view: presenter.share(view.members),
            on_paper=False,
        ),
        Column(
            lambda: _("Rate"),
            lambda view: presenter.share(view.members),
            width=80,
            sort=lambda view: view.members.ratio,
            align="right",
            strong=True,
            key="rate",
        ),
        Column(lambda: _("Still needed"), lambda _view: "", width=134, badges=lacking, key="needed"),
    )


class ListPage(Page):
    """``opened(id)``: a campaign is to be shown."""

    opened = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("Study"))
        self._deeds = Deeds(context, self.refresh)
        self.begin_button = self.add_action(_("&Begin a study campaign"), self.on_new, "primary", "plus")
        self.begin_button.setVisible(not context.read_only)
        self.table: Table[CampaignView] = Table(
            context,
            "study.campaigns",
            _columns(context.today),
            key=lambda view: view.campaign.id,
            noun=lambda count: ngettext("study campaign", "study campaigns", count),
            menu=self._menu,
            two_lines=True,
            accessible=_("Study campaigns"),
        )
        self.table.delegate = BarDelegate(self.table.view)
        self.table.view.setItemDelegate(self.table.delegate)
        about = About[CampaignView](
            lambda: _("List of study campaigns"), order=lambda: pgettext("order", "the day due")
        )
        self.paper = ListPaper(context, self.table, about)
        self.table.opened.connect(lambda view: self.opened.emit(view.campaign.id))
        self.table.set_empty(
            "book-open",
            _("No study campaign yet. Begin one with its document and deadline; today's members come onto its list."),
            None if context.read_only else (_("Begin a study campaign"), self.on_new),
        )
        self.content.addWidget(self.table, 1)

    def refresh(self) -> None:
        views = self.context.office.study.campaigns()
        running = sum(view.campaign.state is CampaignState.OPEN for view in views)
        note = ngettext("{count} going on", "{count} going on", running).format(count=number(running))
        self.set_title(_("Study"), note if views else "")
        self.table.set_rows(views)
        if views and self.table.current() is None:
            self.table.choose(views[0].campaign.id)

    def resizeEvent(self, event: Any) -> None:
        """In a narrow window the names take the room of the bars: the rate beside them says the same."""
        super().resizeEvent(event)
        at = next(n for n, column in enumerate(self.table.model.columns) if column.key == BAR)
        self.table.view.setColumnHidden(at, self.width() < _NARROW * style.sizes().body / 14)

    def _menu(self, view: CampaignView) -> Sequence[MenuItem | None]:
        items: list[MenuItem | None] = [
            MenuItem(_("Open the campaign"), lambda: self.opened.emit(view.campaign.id), "book-open"),
            history_item(self.context, self, view.campaign.title, "study_campaign", view.campaign.id),
        ]
        if self.context.read_only:
            return items
        study, one = self.context.office.study, view.campaign
        if one.state is CampaignState.OPEN:
            state = MenuItem(
                _("Close the campaign"),
                lambda: self._do(lambda: study.close(one.id), _("The campaign is closed.")),
                "check",
            )
        else:
            state = MenuItem(
                _("Open the campaign again"),
                lambda: self._do(lambda: study.reopen(one.id), _("The campaign is open again.")),
                "lock-open",
            )
        remove = MenuItem(
            _("Remove the campaign"),
            lambda: self._do(lambda: study.remove(one.id), _("The campaign was removed.")),
            "trash-2",
        )
        return [*items, None, state, remove]

    def _do(self, act: Callable[[], None], said: str) -> None:
        self._deeds.do(act, said)

    def on_new(self) -> None:
        if self.context.read_only:
            return
        before = self.context.office.study.last_batch
        dialog = CampaignDialog(self.context, self)
        if dialog.exec() and dialog.campaign_id:
            self._deeds.done(_("The study campaign is begun."), before)
            self.table.choose(dialog.campaign_id)
            self.opened.emit(dialog.campaign_id)

    def on_next(self, step: int) -> None:
        self.table.step(step)

    def on_find(self) -> None:
        self.table.view.setFocus()

    def help_text(self) -> str:
        return _(
            "<p>A study campaign is one document or theme with a deadline and a share to reach. Its list holds the "
            "members of the day on which it was frozen; whoever comes to a session is reached, once.</p>"
            "<p>Enter opens a campaign: sessions, the branches, and who has not been reached yet.</p>"
        )

    def first_focus(self) -> QWidget | None:
        return self.table.view if self.table.model.rows else self.begin_button
