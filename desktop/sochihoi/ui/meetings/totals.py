"""The card at the right of the roster: totals with their denominator, guests, and what no mark means."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QProgressBar, QRadioButton

from sochihoi.domain.meeting_records import MeetingSheet
from sochihoi.domain.meetings import Mark
from sochihoi.i18n import _, day_month, ngettext, number, percent, weekday_date
from sochihoi.ui import style
from sochihoi.ui.meetings import presenter
from sochihoi.ui.shared.buttons import Card, button, label, rule
from sochihoi.ui.shared.typed import read_number
from sochihoi.ui.shared.why import Why

_TONES = ("ok", "info", "bad", "warn")


class Totals(Card):
    """``why``: she asks where the rate comes from. ``guests(count)``: the head-count was changed and left."""

    why = Signal()
    guests = Signal(int)
    guests_wrong = Signal()

    def __init__(self) -> None:
        super().__init__(_("Totals"))
        size = style.sizes()
        grid = QGridLayout()
        grid.setVerticalSpacing(0)
        self._figures: list[QLabel] = []
        self._names: list[QLabel] = []
        for at, tone in enumerate(_TONES):
            figure, name = label("", "figure", tone), label("", "small")
            grid.addWidget(figure, at // 2 * 2, at % 2)
            grid.addWidget(name, at // 2 * 2 + 1, at % 2)
            self._figures.append(figure)
            self._names.append(name)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Share of the roster that is present"))
        self.body.addWidget(self._bar)
        row = QHBoxLayout()
        self.rate = label("")
        row.addWidget(self.rate)
        row.addStretch(1)
        self.why_button = button(_("Why?"), self.why.emit, "quiet")
        row.addWidget(self.why_button)
        self.body.addLayout(row)
        self.whole = label("", "small", wrap=True)
        self.body.addWidget(self.whole)
        self.body.addWidget(rule())
        row = QHBoxLayout()
        words = label(_("Guests (people)"))
        row.addWidget(words)
        row.addStretch(1)
        self.guest_line = QLineEdit()
        self.guest_line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.guest_line.setFixedWidth(size.control * 2)
        self.guest_line.setMaxLength(5)
        words.setBuddy(self.guest_line)
        self.guest_line.setAccessibleName(_("Guests (people)"))
        self.guest_line.editingFinished.connect(self._guests_left)
        row.addWidget(self.guest_line)
        self.body.addLayout(row)
        self._rule = rule()
        self.body.addWidget(self._rule)
        self._question = label("", "caption", wrap=True)
        self.body.addWidget(self._question)
        self._group = QButtonGroup(self)
        self._choices: dict[Mark | None, QRadioButton] = {}
        for meaning, text in (
            (None, _("Leave it, mark later")),
            (Mark.ABSENT, _("Absent without leave")),
            (Mark.PRESENT, _("All present")),
        ):
            choice = QRadioButton(text)
            self._group.addButton(choice)
            self._choices[meaning] = choice
            self.body.addWidget(choice)
        self._choices[None].setChecked(True)
        self.body.addStretch(1)
        self._kept = 0

    def meaning(self) -> Mark | None:
        """What she says that no mark means; ``None``: nothing yet."""
        return next(m for m, choice in self._choices.items() if choice.isChecked())

    def ask_meaning(self) -> None:
        """Go to the question."""
        self._choices[None].setFocus()

    def forget_meaning(self) -> None:
        """Another meeting: the question is asked anew."""
        self._choices[None].setChecked(True)

    def show_sheet(self, sheet: MeetingSheet, *, read_only: bool) -> None:
        """Totals of a roster."""
        told = sheet.tally
        counts = (told.present, told.excused, told.absent, told.unmarked)
        names = (_("present"), _("absent with leave"), _("absent without leave"), _("not marked"))
        for figure, name, count, text in zip(self._figures, self._names, counts, names, strict=True):
            figure.setText(number(count))
            name.setText(text)
            figure.setAccessibleName(f"{number(count)} {text}")
        self._bar.setRange(0, max(told.roster, 1))
        self._bar.setValue(told.present)
        self.rate.setText(presenter.rate_line(told))
        self.why_button.setVisible(bool(told.roster))
        self.whole.setText(presenter.denominator(told, sheet.meeting.frozen_on))
        self._kept = sheet.meeting.guests
        if not self.guest_line.hasFocus():
            self.guest_line.setText(number(self._kept))
        self.guest_line.setReadOnly(read_only)
        style.set_property(self.guest_line, "state", None)
        asks = bool(told.unmarked) and not read_only
        self._question.setText(
            ngettext("{count} person without a mark is…", "{count} people without a mark are…", told.unmarked).format(
                count=number(told.unmarked)
            )
        )
        for widget in (self._rule, self._question, *self._choices.values()):
            widget.setVisible(asks)

    def _guests_left(self) -> None:
        text = self.guest_line.text().strip()
        found = read_number(text) if text else 0
        if found is None or found < 0:
            style.set_property(self.guest_line, "state", "bad")
            self.guests_wrong.emit()
            return
        style.set_property(self.guest_line, "state", None)
        if int(found) != self._kept:
            self._kept = int(found)
            self.guests.emit(self._kept)


def why_rate(sheet: MeetingSheet) -> Why:
    """Where the rate of a roster comes from."""
    told, meeting = sheet.tally, sheet.meeting
    how = _("{present} people marked present ÷ {roster} people on the roster frozen on {day}.").format(
        present=number(told.present),
        roster=number(told.roster),
        day=day_month(meeting.frozen_on or meeting.held_on),
    )
    return Why(
        _("{branch} · {day}").format(branch=sheet.branch, day=weekday_date(meeting.held_on)),
        percent(told.rate),
        _("The share of the roster that was present. Excused, absent and not marked all count as not present."),
        how,
        _("Guests are not counted ({count}). Honorary members are counted.").format(count=number(meeting.guests)),
    )
