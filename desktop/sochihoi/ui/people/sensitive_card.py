"""What the law protects more, in a member's panel: hidden until it is asked for, and the asking is noted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochihoi.domain.access import watched_in
from sochihoi.domain.members import Person
from sochihoi.domain.people import mask_national_id
from sochihoi.i18n import _, pgettext, short_date
from sochihoi.services.people_reading import MemberDetail
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import button, label, rule
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.panel import Facts
from sochihoi.ui.words.people import field_name

_FIELDS = ("national_id", "old_id", "ethnicity", "religion", "party_member", "party_joined_on", "health_insurance")
_HIDDEN = "•••"


class SensitiveCard(QWidget):
    """Another member is hidden again."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._person: Person | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.sizes().space_2)
        column.addWidget(rule())
        column.addWidget(label(_("Sensitive information"), "caption"))
        self.facts = Facts()
        column.addWidget(self.facts)
        self.show_button = button(_("Show it; this is noted"), self.reveal, "quiet", "eye")
        column.addWidget(self.show_button)

    def show_member(self, told: MemberDetail) -> None:
        """Which of these fields hold anything, without what."""
        again = (
            self._person is not None and self._person.id == told.person.id and not self.show_button.isVisibleTo(self)
        )
        self._person = told.person
        if again:
            self.reveal()
        else:
            self._show(self._hidden)

    def reveal(self) -> None:
        """The values themselves; who saw them goes into the log."""
        if self._person is not None:
            self._context.office.privacy.access.viewed(self._person.id, self._kept())
            self._show(self._open)

    def _kept(self) -> list[str]:
        return [] if self._person is None else [name for name in _FIELDS if name in watched_in(self._person)]

    def _show(self, words: Callable[[str], str]) -> None:
        kept = self._kept()
        self.setVisible(bool(kept))
        self.facts.set_facts([(field_name(name), words(name)) for name in kept])
        self.show_button.setVisible(words != self._open)

    def _hidden(self, name: str) -> str:
        number = self._person.national_id if self._person is not None and name == "national_id" else ""
        return mask_national_id(number) or _HIDDEN

    def _open(self, name: str) -> str:
        value = getattr(self._person, name)
        until = self._person.health_insurance_until if self._person is not None else None
        if name == "health_insurance" and until is not None:
            return _("Yes, until {day}").format(day=short_date(until))
        if name in ("party_member", "health_insurance"):
            return pgettext("answer", "Yes")
        return short_date(value) if name == "party_joined_on" else str(value)
