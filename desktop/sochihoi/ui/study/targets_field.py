"""The field of a campaign's targets: a tick, a share and, where nobody lists the group, its size."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from sochihoi.domain.study import StudyTarget, TargetGroup
from sochihoi.domain.targets import Direction
from sochihoi.i18n import _
from sochihoi.services.study import TargetDraft
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.fields import Field
from sochihoi.ui.shared.typed import read_number, show_number
from sochihoi.ui.words.study import group_name

# Sóc Trăng action programme, 2021: all staff, 95 % of members, 70 % of women; everybody else is expected whole
USUAL = {TargetGroup.MEMBERS: 95, TargetGroup.WOMEN: 70}


@dataclass(eq=False)
class _Line:
    """The widgets of one group."""

    box: QCheckBox
    percent: QLineEdit
    size: QLineEdit | None
    direction: Direction = Direction.AT_LEAST

    def show(self) -> None:
        for line in (self.percent, self.size):
            if line is not None:
                line.setEnabled(self.box.isChecked())

    def number(self, line: QLineEdit | None) -> int | None:
        found = None if line is None else read_number(line.text())
        return None if found is None else int(found)


class TargetsField(Field):
    """``value()`` is a tuple of ``TargetDraft``."""

    def __init__(self, name: str, title: str, *, hint: str = "") -> None:
        editor = QWidget()
        size = style.sizes()
        grid = QGridLayout(editor)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(size.space_2)
        grid.setVerticalSpacing(size.space_1)
        grid.setColumnStretch(0, 1)
        grid.addWidget(label(_("Share (%)"), "small"), 0, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(label(_("People"), "small"), 0, 2, Qt.AlignmentFlag.AlignRight)
        self.lines: dict[TargetGroup, _Line] = {}
        for at, group in enumerate(TargetGroup, 1):
            box = QCheckBox(group_name(group))
            grid.addWidget(box, at, 0)
            percent = self._number(_("{group}: share in percent").format(group=group_name(group)), 2)
            grid.addWidget(percent, at, 1)
            people = None
            if not group.by_person:
                people = self._number(_("{group}: how many there are").format(group=group_name(group)), 2.4)
                grid.addWidget(people, at, 2)
            self.lines[group] = _Line(box, percent, people)
        super().__init__(name, title, editor, hint=hint)
        for group, one in self.lines.items():
            one.box.clicked.connect(lambda _on=False, group=group: self._ticked(group))
            for line in (one.percent, one.size):
                if line is not None:
                    line.textEdited.connect(lambda _text: self._typed())
                    line.editingFinished.connect(self._leave)
            one.show()

    @staticmethod
    def _number(spoken: str, widths: float) -> QLineEdit:
        line = QLineEdit()
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
        line.setFixedWidth(round(style.sizes().control * widths))
        line.setMaxLength(8)
        line.setAccessibleName(spoken)
        return line

    def _ticked(self, group: TargetGroup) -> None:
        one = self.lines[group]
        one.show()
        if one.box.isChecked() and not one.percent.text().strip():
            one.percent.setText(str(USUAL.get(group, 100)))
        self._typed()
        self._leave()

    def value(self) -> Any:
        return tuple(
            TargetDraft(group, one.number(one.percent) or 0, one.number(one.size), one.direction)
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
            one.direction = Direction.AT_LEAST if target is None else target.direction
            one.show()

    def draft(self) -> Any:
        return [
            [group.name, one.percent.text(), one.size.text() if one.size is not None else ""]
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
