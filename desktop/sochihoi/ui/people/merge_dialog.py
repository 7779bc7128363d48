"""Two entries side by side: of every field that differs the officer chooses, and sees what moves, before one act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from enum import Enum
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QVBoxLayout, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.domain.merging import Choice, Side
from sochihoi.domain.people import PartialDate
from sochihoi.i18n import _
from sochihoi.services.merging import MergePlan
from sochihoi.ui import style
from sochihoi.ui import words as all_words
from sochihoi.ui.shared.buttons import label, rule
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import WIDE, Dialog
from sochihoi.ui.words import likeness as words
from sochihoi.ui.words.people import field_name
from sochihoi.ui.words.story import names_of, value_words

LONGEST = 26  # letters of a value beside its button; the whole stands in the tooltip


class MergeDialog(Dialog):
    """``done`` gets a sentence after the merge."""

    def __init__(
        self, context: Context, parent: QWidget | None, one_id: str, other_id: str, done: Callable[[str], None]
    ) -> None:
        super().__init__(parent, _("Merge two entries of one woman?"), width=WIDE)
        self._office, self._done = context.office, done
        self._names = names_of(context.office)
        self._ids = (one_id, other_id)
        self.groups: dict[str, QButtonGroup] = {}
        text = _("The entry that goes forwards to the one that stays. Figures of closed months do not change.")
        self.body.addWidget(label(text, tone="muted", wrap=True))
        self.inside = QWidget()
        self._column = QVBoxLayout(self.inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.inside)
        self.add_button(_("&Not now"), self.reject)
        self.deed = self.add_button(_("&Merge the two entries"), self.merge, "primary", default=True)
        self._show()

    # ------------------------------------------------------------------ what is shown

    def _show(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.groups = {}
        try:
            self.plan: MergePlan | None = self._office.merging.plan(*self._ids)
        except UserError as problem:
            self.plan = None
            self.deed.setEnabled(False)
            self.message.say("bad", str(all_words.say(problem)))
            return
        self._column.addWidget(self._sides(self.plan))
        moves = words.moves(self.plan.moves, self._names)
        self._column.addWidget(rule())
        self._column.addWidget(label(_("What goes over"), "caption"))
        self._column.addWidget(label("\n".join(moves) or _("Nothing hangs on the other entry."), wrap=True))

    def _sides(self, plan: MergePlan) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(style.sizes().space_3)
        grid.setVerticalSpacing(style.sizes().space_1)
        grid.setColumnMinimumWidth(0, round(104 * style.sizes().body / 14))
        for column in (1, 2):
            grid.setColumnStretch(column, 1)
        self._stays = self._row(
            grid, 0, _("This entry stays"), "", (self._head(0, plan), self._head(1, plan)), Side.KEPT
        )
        self._stays.idClicked.connect(lambda _id: self._swap())
        fields = {one.field for one in plan.choices} - {"national_id", "old_id"}  # those stand masked
        for entry in (plan.kept, plan.gone):
            self._office.privacy.access.viewed(entry.person_id, fields)
        for at, one in enumerate(plan.choices):
            shown = (self._value(one, one.kept), self._value(one, one.gone))
            name = field_name(one.field)
            both = _("Both") if one.both else ""
            self.groups[one.field] = self._row(grid, at + 1, name, both, shown, one.side)
        if not plan.choices:
            grid.addWidget(label(_("All that is known of the two is the same."), wrap=True), 1, 0, 1, 4)
        return box

    def _head(self, at: int, plan: MergePlan) -> str:
        entry = (plan.kept, plan.gone)[at]
        return "\n".join((entry.full_name, words.entry_line(replace(entry, birth=None))))

    def _row(
        self, grid: QGridLayout, at: int, name: str, both: str, shown: tuple[str, str], side: Side
    ) -> QButtonGroup:
        group = QButtonGroup(grid.parentWidget())
        grid.addWidget(label(name, "small", wrap=True), at, 0, Qt.AlignmentFlag.AlignVCenter)
        texts = (*shown, *([both] if both else []))
        for number, text in enumerate(texts):
            lines = [line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…" for line in text.split("\n")]
            button = QRadioButton("\n".join(lines).replace("&", "&&"))
            button.setToolTip(text)
            button.setAccessibleName(f"{name}: {text}")
            button.setChecked(list(Side)[number] is side)
            group.addButton(button, number)
            grid.addWidget(button, at, number + 1)
        return group

    def _value(self, choice: Choice, value: Any) -> str:
        return value_words(choice.field, _plain(value), self._names) or "—"

    # ------------------------------------------------------------------ what happens

    def _swap(self) -> None:
        """The other entry stays."""
        self._ids = (self._ids[1], self._ids[0])
        self._show()

    def picks(self) -> dict[str, Side]:
        """What was chosen, field by field."""
        return {field: list(Side)[group.checkedId()] for field, group in self.groups.items()}

    def merge(self) -> None:
        """One act."""
        if self.plan is None:
            return
        try:
            self._office.merging.merge(*self._ids, self.picks())
        except (UserError, OSError) as problem:
            self.message.say("bad", str(all_words.say(problem)))
            return
        self.accept()
        kept = self.plan.kept
        self._done(_("{name} ({code}) stands once now.").format(name=kept.full_name, code=kept.code or "—"))


def _plain(value: Any) -> Any:
    """As the journal writes it."""
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, frozenset | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, PartialDate):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value
