""" "Vì sao có số này?" at the right: always four lines, readable and printable; and a button to the list behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochihoi.i18n import _
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import button, label, strong
from sochihoi.ui.shared.panel import Panel


@dataclass(frozen=True, slots=True)
class Why:
    """``figure`` 82,1 % · ``definition`` in a sentence · ``how``: numerator ÷ denominator in words with the dates ·
    ``left_out``: what is not counted ("Khách mời không tính."), or nothing · ``list_words`` and
    ``open_list``: the list behind it.
    """

    title: str
    figure: str
    definition: str
    how: str
    left_out: str
    list_words: str = ""
    open_list: Callable[[], None] | None = None


class WhyPanel(Panel):
    """Show it with ``show_why``; put it into a ``PanelHost`` or a side column."""

    def __init__(self) -> None:
        super().__init__()
        self._box = QWidget()
        self._column = QVBoxLayout(self._box)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(style.sizes().space_3)
        self.add_tab(_("Why this number?"), self._box)

    def show_why(self, why: Why) -> None:
        """Replace what is shown and open the panel."""
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.set_head(_("Why this number?"), why.title)
        self._column.addWidget(label(why.figure, "figure"))
        self._column.addWidget(label(why.definition, wrap=True))
        self._column.addWidget(label(strong(_("How it is counted")), "small"))
        self._column.addWidget(label(why.how, wrap=True))
        if why.left_out:
            self._column.addWidget(label(strong(_("What is left out")), "small"))
            self._column.addWidget(label(why.left_out, tone="muted", wrap=True))
        if why.open_list is not None:
            self._column.addWidget(button(why.list_words or _("Open the list"), why.open_list, "quiet", "arrow-right"))
        self._column.addStretch(1)
        self.show()
