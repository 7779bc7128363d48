"""The history of a record, act by act, for a tab of a panel or a window of its own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochihoi.i18n import _
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import label, rule
from sochihoi.ui.shared.dialogs import Dialog
from sochihoi.ui.words.story import Told


class HistoryView(QWidget):
    """When and by whom, what it was, and a line for each thing that changed."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(style.sizes().space_1)

    def show_story(self, story: Sequence[Told]) -> None:
        """Another record, or the same one read again."""
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if not story:
            self._lines.addWidget(label(_("Nothing was done yet."), tone="muted", wrap=True))
        for at, told in enumerate(story):
            if at:
                self._lines.addWidget(rule())
            self._lines.addWidget(label(told.when, "small", wrap=True))
            self._lines.addWidget(label(told.act, "caption", wrap=True))
            for line in told.changes:
                self._lines.addWidget(label(line, wrap=True))
        self._lines.addStretch(1)


class HistoryDialog(Dialog):
    """The history of a record that has no panel: ``name`` says which."""

    def __init__(self, parent: QWidget | None, name: str, story: Sequence[Told]) -> None:
        super().__init__(parent, _("History of {name}").format(name=name))
        self.history = HistoryView()
        self.history.show_story(story)
        self.body.addWidget(self.history)
        self.add_button(_("Close"), self.accept, "primary", default=True)
