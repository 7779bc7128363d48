"""The quiet note under a name that is typed: who of the register may be the same woman, and why. It stops nobody."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout

from sochihoi.domain.errors import UserError
from sochihoi.domain.member_lists import Likeness
from sochihoi.domain.members import MemberDetails
from sochihoi.i18n import _
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.panel import Facts
from sochihoi.ui.words import likeness as words
from sochihoi.ui.words import people as people_words

PAUSE = 600  # ms after the last letter
ASKED_BY = frozenset(
    {"full_name", "birth", "national_id", "old_id", "phone", "address", "hamlet", "household_id", "sex"}
)


class LikeNote(QFrame):
    """``typed`` when a field changed, ``look`` at once. ``apart``: of whom she said that they are other women."""

    def __init__(self, context: Context, details: Callable[[], MemberDetails]) -> None:
        super().__init__()
        self._context, self._details = context, details
        self.person_id: str | None = None  # of whom is entered already
        self.apart: list[str] = []
        self.found: tuple[Likeness, ...] = ()
        size = style.sizes()
        self.setObjectName("like-note")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(size.space_1)
        row = QHBoxLayout()
        row.setSpacing(size.space_2)
        icon = QLabel()
        style.put_icon(icon, "users", "warn")
        row.addWidget(icon)
        self.text = label("", tone="warn", wrap=True)
        row.addWidget(self.text, 1)
        column.addLayout(row)
        buttons = QHBoxLayout()
        buttons.setSpacing(size.space_2)
        self.look_button = button(_("&Look at her"), self._open, "quiet")
        self.apart_button = button(_("&Two different women"), self.tell_apart, "quiet")
        buttons.addWidget(self.look_button)
        buttons.addWidget(self.apart_button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        self.facts = Facts()
        self.facts.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.facts.hide()
        column.addWidget(self.facts)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._paused)
        self.hide()

    def typed(self, name: str) -> None:
        """A field changed: look after a pause."""
        if name in ASKED_BY:
            self._timer.start()

    def _paused(self) -> None:
        if self.window().isVisible():  # the dialog may be closed by now, and the book with it
            self.look()

    def look(self) -> None:
        """Ask the register now."""
        self._timer.stop()
        try:
            found = self._context.office.people.alike(self._details(), self.person_id)
        except UserError:  # the name is empty, or a date is half typed
            found = ()
        self.found = tuple(one for one in found if one.entry.person_id not in self.apart)
        self.facts.hide()
        if self.found:
            self.text.setText(words.noted(self.found[0], len(self.found) - 1))
        self.setVisible(bool(self.found))

    def _open(self) -> None:
        if not self.found:
            return
        entry = self.found[0].entry
        self.facts.set_facts(
            [
                (people_words.field_name("birth"), people_words.partial_date(entry.birth)),
                (people_words.field_name("branch_id"), entry.branch or _("Not a member")),
                (people_words.field_name("address"), entry.address or "—"),
                (people_words.field_name("phone"), people_words.phones(entry.phone) or "—"),
            ]
        )
        self.facts.setVisible(self.facts.isHidden())

    def tell_apart(self) -> None:
        """She is another woman: not asked about again."""
        if not self.found:
            return
        other = self.found[0].entry.person_id
        if self.person_id is not None:
            self._context.office.duplicates.distinct(self.person_id, other)
            self._context.shell.saved_at(self._context.office.now)
        self.apart.append(other)
        self.look()
