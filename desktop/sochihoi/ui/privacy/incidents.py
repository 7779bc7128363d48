"""Sự cố: what happened, since when, how many hours are left, what to do, whom to tell; on paper too."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sochihoi.domain.duties import Incident
from sochihoi.i18n import _
from sochihoi.ui import style
from sochihoi.ui.privacy.incident_dialogs import IncidentDialog, NotifiedDialog
from sochihoi.ui.shared.buttons import Card, button, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.flow import FlowLayout
from sochihoi.ui.shared.forms import CheckField, PlainCombo, scrolled
from sochihoi.ui.shared.history_view import history_of
from sochihoi.ui.shared.panel import Facts
from sochihoi.ui.shared.part import Part
from sochihoi.ui.words import incidents as words

_MINUTE_MS = 60_000


def build(context: Context) -> Part:
    """The duty of 72 hours."""
    return IncidentsPart(context)


class IncidentsPart(Part):
    """One incident at a time; the open ones stand first in the list above."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.incident: Incident | None = None
        row = QHBoxLayout()
        row.setSpacing(style.sizes().space_2)
        self.which = PlainCombo()
        self.which.setAccessibleName(_("Incident"))
        self.which.activated.connect(lambda _at: self._show())
        row.addWidget(self.which, 1)
        row.addStretch(1)
        self.print_button = button(_("&Print the record"), self.print_paper, "", "printer")
        self.add_button = button(_("&New incident"), self.on_new, "primary", "plus")
        row.addWidget(self.print_button)
        row.addWidget(self.add_button)
        self.column.addLayout(row)
        self.add_button.setVisible(not context.read_only)
        self.nothing = label(words.nothing_words(context.office.privacy.duties.rules()), wrap=True)
        self.column.addWidget(self.nothing)
        self.cards = QWidget()
        beside = QHBoxLayout(self.cards)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(style.sizes().space_3)
        beside.addWidget(scrolled(self._clock()), 1)
        beside.addWidget(scrolled(self._steps()), 1)
        self.column.addWidget(self.cards, 1)
        self.cards.hide()
        self.column.addStretch(0)
        self.timer = QTimer(self)  # the hours run while the page stands open
        self.timer.setInterval(_MINUTE_MS)
        self.timer.timeout.connect(self._tick)
        self.timer.start()

    def _clock(self) -> QWidget:
        card = Card(_("Since when, and until when"))
        self.hours = label("", "figure")
        card.add(self.hours)
        self.until = label("", "small", wrap=True)
        card.add(self.until)
        self.facts = Facts()
        card.add(self.facts)
        row = QWidget()
        buttons = FlowLayout(row, style.sizes().space_2)
        self.edit_button = button(_("&Correct…"), self._edit, "", "pencil")
        self.notified_button = button(_("The authority was &told…"), self._notified, "", "send")
        self.close_button = button(_("C&lose the incident"), self._close, "", "check")
        self.history_button = button(_("History…"), self._history, "", "history")
        for one in (self.edit_button, self.notified_button, self.close_button, self.history_button):
            buttons.addWidget(one)
        card.add(row)
        card.body.addStretch(1)
        return card

    def _steps(self) -> QWidget:
        card = Card(_("What to do, whom to tell"))
        self.steps: dict[str, CheckField] = {}
        column = QVBoxLayout()
        column.setSpacing(style.sizes().space_3)
        for step in self.context.office.privacy.duties.rules().steps:
            name, _colon, more = step.text.partition(": ")
            field = CheckField(step.key, name if more else step.text, hint=more[:1].upper() + more[1:])
            field.left.connect(self._ticked)
            self.steps[step.key] = field
            column.addWidget(field)
        card.body.addLayout(column)
        card.body.addStretch(1)
        return card

    # ------------------------------------------------------------------ showing

    def refresh(self) -> None:
        found = self.context.office.privacy.duties.incidents()
        kept = self.which.currentData()
        self.which.clear()
        for one in found:
            self.which.addItem(words.title(one), one.id)
        at = self.which.findData(kept)
        self.which.setCurrentIndex(at if at >= 0 else (0 if found else -1))
        self.which.setVisible(bool(found))
        self._show()

    def _show(self) -> None:
        key = self.which.currentData()
        found = {one.id: one for one in self.context.office.privacy.duties.incidents()}
        one = self.incident = found.get(key) if key is not None else None
        self.nothing.setVisible(one is None)
        self.cards.setVisible(one is not None)
        self.print_button.setVisible(one is not None)
        if one is None:
            return
        self.facts.set_facts(words.facts(one))
        may = not self.context.read_only and one.closed_on is None
        for made in (self.edit_button, self.notified_button, self.close_button):
            made.setVisible(may)
        for name, field in self.steps.items():
            field.set_value(name in one.done)
            field.set_read_only(read_only=not may)
        self._tick()

    def _tick(self) -> None:
        """The hours again, as the clock says."""
        if self.incident is not None:
            office = self.context.office
            told, tone = words.hours_words(self.incident, office.privacy.duties.rules(), office.now)
            self.hours.setText(told)
            style.set_property(self.hours, "tone", tone)
            self.until.setText(words.until_words(self.incident, office.privacy.duties.rules()))

    # ------------------------------------------------------------------ doing

    def on_new(self) -> None:
        if not self.context.read_only:
            IncidentDialog(self.context, self.window(), None, self.acted).open()

    def _edit(self) -> None:
        if self.incident is not None:
            IncidentDialog(self.context, self.window(), self.incident, self.acted).open()

    def _notified(self) -> None:
        if self.incident is not None:
            NotifiedDialog(self.context, self.window(), self.incident, self.acted).open()

    def _ticked(self) -> None:
        if self.incident is not None:
            done = frozenset(name for name, field in self.steps.items() if field.value())
            self._save(replace(self.incident, done=done), _("The step is kept."))

    def _close(self) -> None:
        if self.incident is not None:
            closed = replace(self.incident, closed_on=self.context.office.today)
            self._save(closed, _("The incident is closed."))

    def _history(self) -> None:
        if self.incident is not None:
            key = f"privacy.incident.{self.incident.id}"
            history_of(self.context, self, words.title(self.incident), "setting", key)

    def _save(self, incident: Incident, said: str) -> None:
        if self.attempt(lambda: self.context.office.privacy.duties.save(incident)):
            self.acted(said)

    def print_paper(self) -> None:
        """Biên bản ghi nhận sự cố."""
        from sochihoi.services.privacy.papers import incident_paper
        from sochihoi.ui.shared.preview import show_preview

        one, office = self.incident, self.context.office
        if one is None:
            return

        def done(pdf: bytes) -> None:
            show_preview(self.context, self.window(), pdf, "SuCoDuLieu.pdf")

        self.context.shell.run_job(lambda _told: incident_paper(office, one), done, title=_("Making the paper…"))

    def first_focus(self) -> QWidget | None:
        return self.which if self.incident is not None else self.add_button
