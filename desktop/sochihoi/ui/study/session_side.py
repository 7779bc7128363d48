"""The card at the right of a session's roster: how many came, and the head-counts of those whom nobody lists."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar

from sochihoi.domain.study import TargetGroup
from sochihoi.i18n import _, ngettext, number, percent, short_date
from sochihoi.services.study import SessionSheet
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import Card, label, rule, strong
from sochihoi.ui.shared.typed import read_number
from sochihoi.ui.words.study import group_name

COUNTED = tuple(group for group in TargetGroup if not group.by_person)


class SessionSide(Card):
    """``heads(group, people)``: a head-count was changed and left; ``wrong(group)``: it is not a number."""

    heads = Signal(object, int)
    wrong = Signal(object)

    def __init__(self) -> None:
        super().__init__(_("Who came"))
        size = style.sizes()
        self.figure = label("", "figure", "ok")
        self.body.addWidget(self.figure)
        self.of = label("", wrap=True)
        self.body.addWidget(self.of)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Share of the roster that is present"))
        self.body.addWidget(self._bar)
        self.whole = label("", "small", wrap=True)
        self.body.addWidget(self.whole)
        self.body.addWidget(rule())
        self.body.addWidget(label(strong(_("Other people, by head-count")), "small"))
        self.lines: dict[TargetGroup, QLineEdit] = {}
        self._kept: dict[TargetGroup, int] = {}
        for group in COUNTED:
            row = QHBoxLayout()
            caption = label(group_name(group), wrap=True)
            row.addWidget(caption, 1)
            line = QLineEdit()
            line.setAlignment(Qt.AlignmentFlag.AlignRight)
            line.setFixedWidth(size.control * 2)
            line.setMaxLength(6)
            line.setAccessibleName(_("{group}: how many came").format(group=group_name(group)))
            caption.setBuddy(line)
            line.editingFinished.connect(lambda group=group: self._left(group))
            row.addWidget(line)
            self.body.addLayout(row)
            self.lines[group] = line
        self.body.addWidget(label(_("They are never added to the members marked by name."), "small", wrap=True))
        self.body.addStretch(1)

    def show_sheet(self, sheet: SessionSheet, *, read_only: bool) -> None:
        """Totals and head-counts of a session."""
        there, roster = sum(m.membership_id in sheet.present for m in sheet.roster), len(sheet.roster)
        self.figure.setText(number(there))
        ratio = Fraction(there, roster) if roster else None
        self.of.setText(
            _("of {roster} members on the list: {rate}").format(roster=number(roster), rate=strong(percent(ratio)))
        )
        self._bar.setRange(0, max(roster, 1))
        self._bar.setValue(there)
        before = sum(m.attended > (m.membership_id in sheet.present) for m in sheet.roster)
        told = []
        if sheet.campaign.frozen_on is not None:
            told.append(_("List frozen on {day}.").format(day=short_date(sheet.campaign.frozen_on)))
        if before:
            text = ngettext("{count} was reached at other sessions.", "{count} were reached at other sessions.", before)
            told.append(text.format(count=number(before)))
        self.whole.setText(" ".join(told))
        for group, line in self.lines.items():
            self._kept[group] = sheet.heads.get(group, 0)
            if not line.hasFocus():
                line.setText(number(self._kept[group]) if group in sheet.heads else "")
                style.set_property(line, "state", None)
            line.setReadOnly(read_only)

    def _left(self, group: TargetGroup) -> None:
        line = self.lines[group]
        text = line.text().strip()
        found = read_number(text) if text else 0
        if found is None or found < 0:
            style.set_property(line, "state", "bad")
            self.wrong.emit(group)
            return
        style.set_property(line, "state", None)
        if int(found) != self._kept.get(group, 0):
            self._kept[group] = int(found)
            self.heads.emit(group, int(found))
