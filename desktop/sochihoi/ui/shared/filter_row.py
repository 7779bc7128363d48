"""The row above a list: a search box, the branches, chips."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from sochihoi.i18n import _
from sochihoi.ui import style
from sochihoi.ui.shared.flow import Chips
from sochihoi.ui.shared.forms import PlainCombo

SEARCH_WAIT_MS = 200


class FilterRow(QWidget):
    """``changed`` comes a moment after the last letter, and at once when a branch is chosen; the page listens to
    ``chips.changed`` itself, because some chips exclude each other.
    """

    changed = Signal()

    def __init__(self, letters: int = 30) -> None:
        super().__init__()
        size = style.sizes()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(size.space_2)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.addAction(style.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setFixedWidth(round(7 * letters * size.body / 14))
        self.wait = QTimer(self)
        self.wait.setSingleShot(True)
        self.wait.setInterval(SEARCH_WAIT_MS)
        self.wait.timeout.connect(self.changed)
        self.search.textChanged.connect(lambda _text: self.wait.start())
        row.addWidget(self.search)
        self.branch = PlainCombo()
        self.branch.setAccessibleName(_("Branch"))
        self.branch.setFixedWidth(round(142 * size.body / 14))
        self.branch.activated.connect(lambda _at: self.changed.emit())
        row.addWidget(self.branch)
        self.chips = Chips()
        row.addWidget(self.chips, 100)
        row.addStretch(1)

    def say(self, placeholder: str, accessible: str) -> None:
        """What the search box finds, and its name for a screen reader."""
        self.search.setPlaceholderText(placeholder)
        self.search.setAccessibleName(accessible)

    def fill_branches(self, branches: Iterable[tuple[str | None, str]]) -> None:
        """The choices, all branches first; the chosen one stays."""
        kept = self.branch.currentData()
        self.branch.clear()
        for value, name in branches:
            self.branch.addItem(name, value)
        self.branch.setCurrentIndex(max(self.branch.findData(kept), 0))

    def clear(self, chips: Iterable[str] = ()) -> None:
        """Nothing typed, all branches, these chips on."""
        self.search.clear()
        self.branch.setCurrentIndex(0)
        self.chips.set_chosen(set(chips))
