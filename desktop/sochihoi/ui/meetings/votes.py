"""What was voted on: a question and three head-counts a row. Empty rows are not kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from sochihoi.domain.minutes import Vote
from sochihoi.i18n import _
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import button, icon_button, label
from sochihoi.ui.shared.forms import Field
from sochihoi.ui.shared.typed import read_number, show_number


class VoteRow:
    """The four fields of one question."""

    def __init__(self, vote: Vote) -> None:
        self.question = QLineEdit(vote.question)
        self.question.setAccessibleName(_("Question voted on"))
        self.counts = []
        names = (_("In favour"), _("Against"), _("Abstaining"))
        for name, count in zip(names, (vote.in_favour, vote.against, vote.abstaining), strict=True):
            line = QLineEdit(show_number(count) if vote.question else "")
            line.setAccessibleName(name)
            line.setAlignment(Qt.AlignmentFlag.AlignRight)
            line.setFixedWidth(style.sizes().control * 2)
            self.counts.append(line)

    def lines(self) -> list[QLineEdit]:
        """All fields."""
        return [self.question, *self.counts]

    def vote(self) -> Vote:
        """What is typed; what is no number counts as nobody (``readable`` says so)."""
        told = [read_number(line.text()) for line in self.counts]
        return Vote(self.question.text().strip(), *(int(n) if n is not None else 0 for n in told))

    def readable(self) -> bool:
        """Whether every count is a number or empty."""
        return all(not line.text().strip() or read_number(line.text()) is not None for line in self.counts)


class VotesField(Field):
    """``value()`` is a tuple of ``Vote``."""

    def __init__(self, name: str, title: str, *, hint: str = "") -> None:
        self.box = QWidget()
        super().__init__(name, title, self.box, hint=hint)
        self.box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self.box)
        column.setContentsMargins(0, 0, 0, 0)
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 1)
        self._heads = [label(text, "small") for text in (_("In favour"), _("Against"), _("Abstaining"))]
        for at, head in enumerate(self._heads, 1):
            self._grid.addWidget(head, 0, at)
        column.addLayout(self._grid)
        row = QHBoxLayout()
        self.add_button = button(_("Add a vote"), lambda: self._add(Vote("")), "quiet", "plus")
        row.addWidget(self.add_button)
        row.addStretch(1)
        column.addLayout(row)
        self.rows: list[VoteRow] = []
        self._show()

    def value(self) -> Any:
        return tuple(vote for vote in (row.vote() for row in self.rows) if vote != Vote(""))

    def set_value(self, value: Any) -> None:
        self._clear()
        votes: Sequence[Vote] = value or ()
        for vote in votes:
            self._put(VoteRow(vote))
        self._show()

    def problem(self) -> str:
        if not all(row.readable() for row in self.rows):
            return _("A count of votes is not a number. Type digits only.")
        return ""

    def set_read_only(self, *, read_only: bool) -> None:
        for row in self.rows:
            for line in row.lines():
                line.setReadOnly(read_only)
        self.add_button.setVisible(not read_only)

    def _add(self, vote: Vote) -> None:
        row = VoteRow(vote)
        self._put(row)
        self._show()
        row.question.setFocus()

    def _put(self, row: VoteRow) -> None:
        self.rows.append(row)
        at = self._grid.rowCount()
        for column, line in enumerate(row.lines()):
            line.textEdited.connect(lambda _text: self._typed())
            line.installEventFilter(self)
            self._grid.addWidget(line, at, column)
        away = icon_button("x", _("Remove this vote"), lambda: self._remove(row))
        self._grid.addWidget(away, at, 4)
        for widget in (*row.lines(), away):
            widget.show()  # at once: what is not shown yet cannot take the focus
        row.question.setProperty("remove_button", away)

    def _remove(self, row: VoteRow) -> None:
        self._drop(row)
        self.rows.remove(row)
        self._show()
        self._typed()
        self._leave()

    def _drop(self, row: VoteRow) -> None:
        for widget in (*row.lines(), row.question.property("remove_button")):
            widget.hide()
            widget.deleteLater()

    def _clear(self) -> None:
        for row in self.rows:
            self._drop(row)
        self.rows = []

    def _show(self) -> None:
        for head in self._heads:
            head.setVisible(bool(self.rows))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and isinstance(watched, QLineEdit):
            self._leave()
        return super().eventFilter(watched, event)
