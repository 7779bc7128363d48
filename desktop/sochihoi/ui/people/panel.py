"""The panel at the right of the list: who she is, what she took part in, what was done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochihoi.i18n import _
from sochihoi.services.people_reading import MemberDetail
from sochihoi.ui import style
from sochihoi.ui.people.consent_card import ConsentCard
from sochihoi.ui.people.presenter import PeoplePresenter
from sochihoi.ui.people.sensitive_card import SensitiveCard
from sochihoi.ui.shared.badges import Badge
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.history_view import HistoryView
from sochihoi.ui.shared.panel import Facts, Panel
from sochihoi.ui.words.story import member_story


class MemberPanel(Panel):
    """Tabs Hồ sơ, Tham gia, Lịch sử; the later two are read when they are opened."""

    def __init__(
        self, context: Context, presenter: PeoplePresenter, cards: Sequence[ConsentCard | SensitiveCard] = ()
    ) -> None:
        super().__init__()
        self._presenter = presenter
        self.cards = tuple(cards)
        self.detail: MemberDetail | None = None
        self.profile, self.part = Facts(), Facts()
        self.add_tab(_("Profile"), self._with_cards())
        self.add_tab(_("Taking part"), self.part)
        self.history = HistoryView(context)
        self.add_tab(_("History"), self.history)
        self.tab_changed.connect(lambda _at: self._fill())

    def _with_cards(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.sizes().space_2)
        for part in (self.profile, *self.cards):
            column.addWidget(part)
        column.addStretch(1)
        return box

    def show_member(self, told: MemberDetail) -> None:
        """Another member, or the same one read again; the open tab stays."""
        self.detail = told
        badges = [Badge(text, tone) for text, tone in self._presenter.badges(told.row)]
        self.set_head(told.person.full_name, self._presenter.under(told), badges)
        self.profile.set_facts(self._presenter.profile(told))
        for card in self.cards:
            card.show_member(told)
        self._fill()
        self.show()

    def _fill(self) -> None:
        if self.detail is None:
            return
        if self.tabs.currentIndex() == 1:
            self.part.set_facts(self._presenter.part(self.detail))
        elif self.tabs.currentIndex() == 2:
            self.history.show_story(member_story(self._presenter.office, self.detail.membership.id))
