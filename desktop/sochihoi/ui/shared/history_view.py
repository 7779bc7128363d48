"""The history of a record, act by act, for a tab of a panel or a window of its own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from sochihoi.i18n import _, pgettext
from sochihoi.ui import style
from sochihoi.ui.shared.act_view import ActDialog
from sochihoi.ui.shared.buttons import button, icon_button, label, rule
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import WIDE, Dialog
from sochihoi.ui.shared.table import MenuItem
from sochihoi.ui.words.story import Told, story, undone_words

_AT_ONCE = 40  # acts


class HistoryView(QWidget):
    """When and by whom, what it was, and a line for each thing that changed; a glass opens all that the act changed."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._story: list[Told] = []
        self._shown = 0
        self.dialog: ActDialog | None = None
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(style.sizes().space_1)

    def show_story(self, story: Sequence[Told]) -> None:
        """Another record, or the same one read again."""
        self._story, self._shown = list(story), 0
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if not story:
            self._lines.addWidget(label(_("Nothing was done yet."), tone="muted", wrap=True))
        self.more: QPushButton = button(pgettext("history", "Show earlier acts"), self._more, "quiet")
        self._lines.addWidget(self.more)
        self._lines.addStretch(1)
        self._more()

    def _more(self) -> None:
        """The next acts, above the button."""
        at = self._lines.indexOf(self.more)
        for told in self._story[self._shown : self._shown + _AT_ONCE]:
            for widget in self._of_act(told, first=not self._shown):
                self._lines.insertWidget(at, widget)
                at += 1
            self._shown += 1
        self.more.setVisible(self._shown < len(self._story))

    def _of_act(self, told: Told, *, first: bool) -> list[QWidget]:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(told.when, "small", wrap=True), 1)
        row.addWidget(icon_button("search", _("All that this act changed"), lambda: self._open(told.batch)))
        words = [undone_words(told.act, undone=told.undone), *told.changes]
        said = [label(text, "" if at else "caption", wrap=True) for at, text in enumerate(words)]
        return [*([] if first else [rule()]), head, *said]

    def _open(self, batch: str) -> None:
        self.dialog = ActDialog(self._context, self.window(), batch)
        self.dialog.open()


class HistoryDialog(Dialog):
    """The history of a record that has no panel: ``name`` says which."""

    def __init__(self, context: Context, parent: QWidget | None, name: str, story: Sequence[Told]) -> None:
        super().__init__(parent, _("History of {name}").format(name=name), width=WIDE)
        self.history = HistoryView(context)
        self.history.show_story(story)
        self.body.addWidget(self.history)
        self.add_button(_("Close"), self.accept, "primary", default=True)


def history_of(context: Context, parent: QWidget, name: str, noun: str, record_id: str) -> HistoryDialog:
    """Open the history of any record, by its table and id. The window that it stands over keeps it."""
    dialog = HistoryDialog(context, parent.window(), name, story(context.office, noun, record_id))
    dialog.open()
    return dialog


def history_item(context: Context, parent: QWidget, name: str, noun: str, record_id: str, words: str = "") -> MenuItem:
    """The line of a menu that opens it."""

    def press() -> None:
        history_of(context, parent, name, noun, record_id)

    return MenuItem(words or _("History…"), press, "history")
