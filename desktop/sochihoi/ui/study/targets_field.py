"""The field of a campaign's targets: a tick, a share with its direction and, where nobody lists the group, its size."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from sochihoi.domain.study import StudyTarget, TargetGroup
from sochihoi.domain.targets import Direction
from sochihoi.i18n import _, pgettext
from sochihoi.services.study import TargetDraft
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.choices import PlainCombo
from sochihoi.ui.shared.fields import Field
from sochihoi.ui.shared.typed import read_number, show_number
from sochihoi.ui.words.study import direction_name, group_name

# Sóc Trăng action programme, 2021: all staff, 95 % of members, 70 % of women; everybody else is expected whole
USUAL = {TargetGroup.MEMBERS: 95, TargetGroup.WOMEN: 70}


OFFERED = (Direction.AT_LEAST, Direction.OVER, Direction.EXACTLY)


@dataclass(eq=False)
class _Line:
    """The widgets of one group: its tick, and what is asked for once it is ticked."""

    box: QCheckBox
    asked: QWidget
    direction: PlainCombo
    percent: QLineEdit
    size: QLineEdit | None

    def show(self) -> None:
        self.asked.setVisible(self.box.isChecked())

    def number(self, line: QLineEdit | None) -> int | None:
        found = None if line is None else read_number(line.text())
        return None if found is None else int(found)


class TargetsField(Field):
    """``value()`` is a tuple of ``TargetDraft``."""

    def __init__(self, name: str, title: str, *, hint: str = "") -> None:
        editor = QWidget()
        column = QVBoxLayout(editor)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.sizes().space_1)
        self.lines: dict[TargetGroup, _Line] = {}
        for group in TargetGroup:
            self.lines[group] = one = _line(group)
            column.addWidget(one.box)
            column.addWidget(one.asked)
        super().__init__(name, title, editor, hint=hint)
        for group, one in self.lines.items():
            one.box.clicked.connect(lambda _on=False, group=group: self._ticked(group))
            one.direction.activated.connect(self._chosen)
            for line in (one.percent, one.size):
                if line is not None:
                    line.textEdited.connect(lambda _text: self._typed())
                    line.editingFinished.connect(self._leave)
            one.show()

    def _chosen(self) -> None:
        self._typed()
        self._leave()

    def _ticked(self, group: TargetGroup) -> None:
        one = self.lines[group]
        one.show()
        if one.box.isChecked() and not one.percent.text().strip():
            one.percent.setText(str(USUAL.get(group, 100)))
        self._typed()
        self._leave()

    def value(self) -> Any:
        return tuple(
            TargetDraft(group, one.number(one.percent) or 0, one.number(one.size), one.direction.currentData())
            for group, one in self.lines.items()
            if one.box.isChecked()
        )

    def set_value(self, value: Any) -> None:
        told = {(t.target_group if isinstance(t, StudyTarget) else t.group): t for t in value or ()}
        for group, one in self.lines.items():
            target = told.get(group)
            one.box.setChecked(target is not None)
            one.percent.setText("" if target is None else str(target.percent))
            if one.size is not None:
                one.size.setText("" if target is None else show_number(target.eligible_count))
            _choose(one.direction, Direction.AT_LEAST if target is None else target.direction)
            one.show()

    def draft(self) -> Any:
        return [
            [
                group.name,
                one.percent.text(),
                one.size.text() if one.size is not None else "",
                one.direction.currentData().name,
            ]
            for group, one in self.lines.items()
            if one.box.isChecked()
        ]

    def restore(self, draft: Any) -> None:
        told = {str(row[0]): row for row in draft or ()}
        for group, one in self.lines.items():
            row = told.get(group.name)
            one.box.setChecked(row is not None)
            one.percent.setText("" if row is None else str(row[1]))
            if one.size is not None:
                one.size.setText("" if row is None else str(row[2]))
            told_so = row is not None and len(row) > 3  # a draft of before directions could be chosen has none
            _choose(one.direction, Direction[row[3]] if row is not None and told_so else Direction.AT_LEAST)
            one.show()
        self._dirty = True

    def problem(self) -> str:
        for group, one in self._ticked_lines():
            percent = one.number(one.percent)
            if percent is None or not 1 <= percent <= 100:
                return _("{group}: type a share from 1 to 100.").format(group=group_name(group))
            people = one.number(one.size)
            if one.size is not None and one.size.text().strip() and (people is None or people < 0):
                return _("{group}: how many people is not a number. Type digits only.").format(group=group_name(group))
        return ""

    def _ticked_lines(self) -> Iterable[tuple[TargetGroup, _Line]]:
        return [(group, one) for group, one in self.lines.items() if one.box.isChecked()]


def _line(group: TargetGroup) -> _Line:
    name, size = group_name(group), style.sizes()
    asked = QWidget()
    row = QHBoxLayout(asked)
    row.setContentsMargins(size.space_5 + size.space_1, 0, 0, size.space_1)
    row.setSpacing(size.space_2)
    direction = PlainCombo()
    direction.setAccessibleName(_("{group}: how the share is compared").format(group=name))
    for one in OFFERED:
        direction.addItem(direction_name(one), one)
    direction.setFixedWidth(round(size.control * 2.9))
    row.addWidget(direction)
    percent = _number(_("{group}: share in percent").format(group=name), 1.6)
    row.addWidget(percent)
    row.addWidget(label("%"))
    people = None
    if not group.by_person:
        people = _number(_("{group}: how many there are").format(group=name), 2.2)
        row.addWidget(label(pgettext("share", "of")))
        row.addWidget(people)
        row.addWidget(label(pgettext("share", "people")))
    row.addStretch(1)
    return _Line(QCheckBox(name), asked, direction, percent, people)


def _number(spoken: str, widths: float) -> QLineEdit:
    line = QLineEdit()
    line.setAlignment(Qt.AlignmentFlag.AlignRight)
    line.setFixedWidth(round(style.sizes().control * widths))
    line.setMaxLength(8)
    line.setAccessibleName(spoken)
    return line


def _choose(combo: PlainCombo, direction: Direction) -> None:
    if combo.findData(direction) < 0:  # under: only books made elsewhere have it
        combo.addItem(direction_name(direction), direction)
    combo.setCurrentIndex(combo.findData(direction))
