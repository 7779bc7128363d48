"""The rehearsal as it is shown: before and after side by side, last month's figures on both boundaries."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from sochihoi.domain.indicators import Figure, Indicator
from sochihoi.i18n import _, ngettext, number
from sochihoi.services.rehearsing import Rehearsal, UnitLine
from sochihoi.ui import style
from sochihoi.ui.setup.rehearsal import Refilled
from sochihoi.ui.shared.buttons import Card, label
from sochihoi.ui.words import reorganise as said
from sochihoi.ui.words.month import figure_text, in_language, period_name

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Sides(Refilled):
    """``show_rehearsal`` fills it anew."""

    def show_rehearsal(self, told: Rehearsal) -> None:
        """Before at the left, after at the right, below it what else follows."""
        rows = self.emptied()
        both = QHBoxLayout()
        both.setSpacing(style.sizes().space_3)
        both.addWidget(_side(_("Before"), told.before), 1)
        both.addWidget(_side(_("After"), told.after), 1)
        rows.addLayout(both)
        for sentence in said.findings(told):
            rows.addWidget(label(sentence, wrap=True))
        if told.figures and told.period is not None:
            rows.addWidget(_figures(told))
        rows.addStretch(1)


def _side(title: str, lines: Sequence[UnitLine]) -> Card:
    card = Card(title)
    for one in lines:
        card.add(label(one.name, "strong", wrap=True))
        counts = (
            ngettext("{count} member", "{count} members", one.members).format(count=number(one.members)),
            ngettext("{count} household", "{count} households", one.households).format(count=number(one.households)),
            ngettext("{count} cell", "{count} cells", one.cells).format(count=number(one.cells)) if one.cells else "",
        )
        card.add(label(" · ".join(filter(None, counts)), "small", wrap=True))
    card.body.addStretch(1)
    return card


def _figures(told: Rehearsal) -> Card:
    """A line an indicator: the old branches, then the new ones as if they had been there."""
    assert told.period is not None  # noqa: S101 - asked for only then
    card = Card(_("Figures of {month} on the old and the new boundaries").format(month=period_name(told.period)))
    grid = QGridLayout()
    grid.setHorizontalSpacing(style.sizes().space_4)
    grid.setVerticalSpacing(style.sizes().space_1)
    grid.setColumnStretch(0, 1)
    names = [one.name for one in told.before], [one.name for one in told.after]
    for at, name in enumerate([*names[0], *names[1]], start=1):
        grid.addWidget(label(name, "small", wrap=True), 0, at, _RIGHT)
    for line, (indicator, old, new) in enumerate(told.figures, start=1):
        grid.addWidget(label(in_language(indicator.label), wrap=True), line, 0)
        for at, figure in enumerate((*old, *new), start=1):
            grid.addWidget(label(_text(indicator, figure), "strong" if at > len(old) else ""), line, at, _RIGHT)
    card.body.addLayout(grid)
    return card


def _text(indicator: Indicator, figure: Figure | None) -> str:
    return "—" if figure is None else figure_text(indicator, figure)
