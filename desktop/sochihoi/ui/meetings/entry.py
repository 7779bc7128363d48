"""The three ways to mark a meeting beside its paper sheet: numbers, numbers of the absent, or names."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import Signal

from sochihoi.domain.meeting_records import RosterRow
from sochihoi.i18n import _, ngettext, number
from sochihoi.ui.meetings import presenter
from sochihoi.ui.shared.buttons import strong
from sochihoi.ui.shared.roster_entry import RosterEntry
from sochihoi.ui.words.roster import Reading


class Mode(Enum):
    """What the field takes: numbers, numbers of those absent, or a part of a name."""

    NUMBERS = "numbers"
    ABSENT = "absent"
    NAME = "name"


class Entry(RosterEntry):
    """``narrowed()``: other rows fit the name typed. ``chosen(row)``: Enter on a name."""

    narrowed = Signal()
    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(self._read_text)
        self._rows: Sequence[RosterRow] = ()
        self.mode = Mode.NUMBERS
        self.set_mode(Mode.NUMBERS)

    def set_mode(self, mode: Mode) -> None:
        """Another way to mark; what was typed goes, it means something else now."""
        self.mode = mode
        words = {
            Mode.NUMBERS: (
                _("Numbers present on the sheet"),
                _("comma: one more · hyphen: from–to · {absent} absent · {excused} excused"),
            ),
            Mode.ABSENT: (
                _("Numbers absent on the sheet; everybody else was present"),
                _("comma: one more · hyphen: from–to · {excused} excused"),
            ),
            Mode.NAME: (_("Part of a name"), _("Enter: the first one was present · ↓: to the list")),
        }
        caption, grammar = words[mode]
        self.set_words(caption, grammar.format(absent=strong("!"), excused=strong("?")))
        self.button.setVisible(mode is not Mode.NAME)
        self.line.clear()
        self.read()

    def set_rows(self, rows: Sequence[RosterRow]) -> None:
        """The roster that numbers are read for."""
        self._rows = rows
        self.read()

    def fitting(self) -> Sequence[RosterRow]:
        """The rows that the list shows: all, or those whose name fits."""
        return presenter.by_name(self._rows, self.line.text()) if self.mode is Mode.NAME else self._rows

    def _read_text(self, text: str) -> Reading:
        if self.mode is not Mode.NAME:
            return presenter.read_typed(text, self._rows, absent_only=self.mode is Mode.ABSENT)
        self.narrowed.emit()
        fitting = self.fitting()
        told = ngettext("{count} person fits.", "{count} people fit.", len(fitting)) if text.strip() else ""
        return Reading(told.format(count=number(len(fitting))), "muted")

    def enter(self) -> None:
        """Enter, or the button; in a name: the first who fits was present."""
        if self.mode is not Mode.NAME:
            super().enter()
            return
        fitting = self.fitting()
        if fitting and self.line.text().strip():
            self.chosen.emit(fitting[0])
            self.line.clear()
            self.read()
