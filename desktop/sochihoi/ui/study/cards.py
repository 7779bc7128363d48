"""The cards of a campaign: one a target group, with how far it is and why."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from sochihoi.domain.study import TargetGroup
from sochihoi.domain.study_records import CampaignView, GroupCoverage
from sochihoi.i18n import _
from sochihoi.ui import style
from sochihoi.ui.shared.badges import pill
from sochihoi.ui.shared.buttons import Card, button, label
from sochihoi.ui.shared.forms import scrolled
from sochihoi.ui.study import presenter
from sochihoi.ui.study.bars import Bar
from sochihoi.ui.words.study import group_name


class GroupCard(Card):
    """One target group. ``why(group)``: where its rate comes from."""

    why = Signal(object)

    def __init__(self, group: GroupCoverage) -> None:
        super().__init__()
        size = style.sizes()
        self.group = group.target.target_group
        self.body.setContentsMargins(size.space_3, size.space_1, size.space_2, size.space_2)
        self.body.setSpacing(0)
        name = group_name(self.group)
        top = QHBoxLayout()
        top.addWidget(label(name, "head"), 1)
        self.why_button = button(_("Why?"), lambda: self.why.emit(self.group), "quiet")
        self.why_button.setAccessibleName(_("Why this number? {group}").format(group=name))
        top.addWidget(self.why_button)
        self.body.addLayout(top)
        middle = QHBoxLayout()
        middle.setSpacing(size.space_3)
        told = presenter.lacking(group)
        figure = presenter.share(group.coverage)
        middle.addWidget(label(figure, "figure"))
        middle.addWidget(pill(told.text, told.tone))
        middle.addStretch(1)
        self.body.addLayout(middle)
        line = presenter.of_goal(group)
        self._bar = Bar(group.coverage, group.target.goal.value / 100, met=bool(group.met), sentence=f"{name}: {line}")
        self.body.addWidget(self._bar)
        self._line = label(line, "small")
        self.body.addWidget(self._line)
        self.setMinimumWidth(round(236 * size.body / 14))
        self.setMaximumWidth(round(330 * size.body / 14))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_low(self, *, low: bool) -> None:
        """In a low window the bar goes: the figure and the fraction say the same."""
        self._bar.setVisible(not low)


class Cards(QWidget):
    """All cards beside each other; more than fit are scrolled to. ``why(group)``."""

    why = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self._area: QScrollArea | None = None
        self._low = False
        self.cards: list[GroupCard] = []

    def show_view(self, view: CampaignView) -> None:
        """The groups of a campaign; without a target nothing is shown."""
        row = self.layout()
        if self._area is not None and row is not None:
            row.removeWidget(self._area)
            self._area.hide()
            self._area.deleteLater()
            self._area = None
        self.cards = [GroupCard(group) for group in view.groups]
        self.setVisible(bool(self.cards))
        if not self.cards or row is None:
            return
        box = QWidget()
        inside = QHBoxLayout(box)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(style.sizes().space_3)
        for card in self.cards:
            card.why.connect(self.why)
            inside.addWidget(card)
        inside.addStretch(1)
        area = scrolled(box)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        row.addWidget(area)
        self._area = area
        self._lay()

    def set_low(self, *, low: bool) -> None:
        """A low window leaves the room to the lists."""
        if low != self._low:
            self._low = low
            self._lay()

    def _lay(self) -> None:
        for card in self.cards:
            card.set_low(low=self._low)
        if self._area is not None:
            bar = style.sizes().space_3 if len(self.cards) > 3 else 0
            self._area.setFixedHeight(max(card.sizeHint().height() for card in self.cards) + bar + 2)

    def first(self) -> TargetGroup | None:
        """The group whose card has the focus, otherwise the first."""
        for card in self.cards:
            if card.why_button.hasFocus():
                return card.group
        return self.cards[0].group if self.cards else None
