"""First step: which commune, under which level above; or a level above itself."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings, QSize, Qt
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QListWidget, QListWidgetItem, QRadioButton, QWidget

from sochihoi.domain.vietnamese import fold, nfc
from sochihoi.i18n import _, short_date
from sochihoi.services import founding, official_units, opening
from sochihoi.services.founding import Handed
from sochihoi.services.official_units import CENTRE, CentralLevel, OfficialCommune, OfficialProvince
from sochihoi.services.opening import Made, Surroundings
from sochihoi.ui import style, words
from sochihoi.ui.setup.first_part import PartFileDialog
from sochihoi.ui.setup.first_steps import Step
from sochihoi.ui.setup.server_field import ServerField
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.words.parting import handed
from sochihoi.ui.words.servers import at_rest
from sochihoi.ui.words.sync import level_words

SHOWN = 40
Unit = OfficialCommune | OfficialProvince | CentralLevel


class UnitStep(Step):
    """Type to find among 3,321 communes; confirm the level above."""

    def __init__(self, settings: QSettings, pack: Path, around: Surroundings) -> None:
        super().__init__()
        self._settings, self._around = settings, around
        self.part: tuple[Path, str, Handed] | None = None  # the branches that another commune handed over
        self.dialog: PartFileDialog | None = None
        today = around.now().astimezone().date()
        self._units, broken = official_units.in_force(pack, today)
        self._found: list[Unit] = []
        self.sends = QRadioButton(_("A commune: it keeps its books and sends its report"))
        self.receives = QRadioButton(_("A level above: it receives the reports of others"))
        group = QButtonGroup(self)
        for problem in broken:
            self.column.addWidget(label(str(words.say(problem)), "small", tone="warn", wrap=True))
        for one in (self.sends, self.receives):
            group.addButton(one)
            self.column.addWidget(one)
        self.part_button = button(_("A new commune with branches of another…"), self.choose_part, "quiet")
        self.column.addWidget(self.part_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.part_said = label("", "strong", wrap=True)
        self.column.addWidget(self.part_said)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Type the name, with or without marks: hoa phu"))
        self.search.setAccessibleName(_("Name of the unit"))
        self.column.addWidget(self.search)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Units found"))
        self.list.setMinimumHeight(style.sizes().row * 4)
        self.column.addWidget(self.list, 1)
        self._rest = QWidget()  # in the place of the list
        self.column.addWidget(self._rest, 1)
        self._above_title = label(_("The level above, as it stands in reports"), "caption")
        self.above = QLineEdit()
        self.above.setAccessibleName(_("The level above, as it stands in reports"))
        self._above_title.setBuddy(self.above)
        self.column.addWidget(self._above_title)
        self.column.addWidget(self.above)
        self._server_title = label(_("PostgreSQL server; left empty, the records stay on this computer"), "caption")
        self.server = ServerField()
        self._server_title.setBuddy(self.server.line)
        self._at_rest = label(at_rest(), "small", tone="muted", wrap=True)
        for part in (self._server_title, self.server, self._at_rest):
            self.column.addWidget(part)
        self.server.changed.connect(self._server_edited)
        self.sends.setChecked(str(settings.value("first/kind", "sends")) != "receives")
        self.receives.setChecked(not self.sends.isChecked())
        self._find()
        self._restore()
        self._show_part()
        group.buttonToggled.connect(lambda _button, on: self._turned() if on else None)
        self.search.textEdited.connect(lambda _text: self._find())
        self.search.returnPressed.connect(self.list.setFocus)
        self.list.currentItemChanged.connect(lambda *_items: self._chosen())
        self.above.textEdited.connect(lambda _text: self._keep())

    # ------------------------------------------------------------------ what was chosen

    @property
    def receiver(self) -> bool:
        """Whether this is a level above."""
        return self.receives.isChecked()

    @property
    def unit(self) -> Unit | None:
        """The unit that was chosen."""
        row = self.list.currentRow()
        return self._found[row] if 0 <= row < len(self._found) else None

    def make(self, folder: Path, password: str, officer: str, around: Surroundings) -> Made:
        """Make its book. Raises storage errors."""
        if self.part is not None and not self.receiver:
            file, file_password, _told = self.part
            above = nfc(self.above.text())
            return founding.found_commune(
                folder, file, file_password, above=above, password=password, officer=officer, around=around
            )
        unit = self.unit
        if isinstance(unit, OfficialCommune) and not self.receiver:
            return opening.make_commune(
                folder, unit, above=nfc(self.above.text()), password=password, officer=officer, around=around
            )
        if unit is None:
            raise RuntimeError("no unit was chosen")
        level = opening.level_of_code(unit.code)
        return opening.make_receiver(
            folder,
            code=unit.code,
            name=unit.full_name,
            level=level,
            password=password,
            officer=officer,
            server=self.server.address(),
            around=around,
        )

    # ------------------------------------------------------------------ the step

    def title(self) -> str:
        return _("Which unit is this?")

    def under(self) -> str:
        return _("The names are those in force since {day}.").format(day=short_date(self._units.valid_from))

    def not_ready(self) -> str:
        if self.unit is None and (self.part is None or self.receiver):
            return _("Choose the unit in the list.")
        if not self.receiver and not self.above.text().strip():
            return _("Write the name of the level above.")
        return ""

    def first_focus(self) -> QWidget:
        return self.search

    def choose_part(self) -> None:
        """The file of another commune instead of the list, or the list again."""
        if self.part is not None:
            self.part = None
            self._show_part()
            return
        self.dialog = PartFileDialog(self.window(), self._around, self.begin_with)
        self.dialog.open()

    def begin_with(self, file: Path, password: str, told: Handed) -> None:
        """The commune of this file."""
        self.part = file, password, told
        self.above.setText(told.above)
        self._show_part()

    def _show_part(self) -> None:
        told = None if self.part is None or self.receiver else self.part[2]
        self.part_button.setVisible(not self.receiver)
        self.part_button.setText(
            _("Choose from the list instead") if told else _("A new commune with branches of another…")
        )
        self.part_said.setText(handed(told) if told else "")
        for one in (self.part_said, self._rest):
            one.setVisible(told is not None)
        for one in (self.search, self.list):
            one.setVisible(told is None)
        self.changed.emit()

    def _server_edited(self) -> None:
        """Never kept between two starts: it may hold a password."""
        self._at_rest.setVisible(bool(self.server.address()))

    def _turned(self) -> None:
        self._show_part()
        self._find()
        self._keep()

    def _find(self) -> None:
        kept = self.unit
        text = self.search.text()
        found: list[Unit] = []
        if self.receiver:
            parts = fold(text).split()
            if all(part in fold(_shown(CENTRE)) for part in parts):
                found.append(CENTRE)
            found += [p for p in self._units.provinces if all(part in fold(p.full_name) for part in parts)]
        found += self._units.find(text, SHOWN)
        self.list.blockSignals(True)  # noqa: FBT003 - Qt
        self.list.clear()
        self._found = found[:SHOWN]
        for unit in self._found:
            item = QListWidgetItem(_shown(unit))
            item.setSizeHint(QSize(0, style.sizes().row_dense))
            self.list.addItem(item)
            if unit == kept:
                self.list.setCurrentRow(self.list.count() - 1)
        self.list.blockSignals(False)  # noqa: FBT003 - Qt
        if self.list.count() == 1:
            self.list.setCurrentRow(0)
        for field, shown in ((self._above_title, False), (self.above, False), (self.server, True)):
            field.setVisible(self.receiver is shown)
        self._server_title.setVisible(self.receiver)
        self._at_rest.setVisible(self.receiver and bool(self.server.address()))
        if kept != self.unit:
            self._chosen()
        else:
            self.changed.emit()

    def _chosen(self) -> None:
        unit = self.unit
        if isinstance(unit, OfficialCommune):
            province = next(p for p in self._units.provinces if p.code == unit.province_code)
            self.above.setText(f"Hội LHPN {province.full_name}")
        self._keep()

    def _keep(self) -> None:
        unit = self.unit
        self._settings.setValue("first/kind", "receives" if self.receiver else "sends")
        self._settings.setValue("first/code", unit.code if unit is not None else "")
        self._settings.setValue("first/above", self.above.text())
        self.changed.emit()

    def _restore(self) -> None:
        code, above = str(self._settings.value("first/code", "")), str(self._settings.value("first/above", ""))
        if not code:
            return
        if len(code) == 5:
            self.search.setText(code)
        else:  # a province; the centre stands first in any list
            self.search.setText(next((p.name for p in self._units.provinces if p.code == code), ""))
        self._find()
        for row, unit in enumerate(self._found):
            if unit.code == code:
                self.list.setCurrentRow(row)
        if above:
            self.above.setText(above)


def _shown(unit: Unit) -> str:
    """A row of the list: name, what tells it from others of that name, code."""
    if isinstance(unit, CentralLevel):
        return f"Hội LHPN {unit.full_name}, {level_words('CENTRAL')} · {unit.code}"
    where = f", {unit.province_name}" if isinstance(unit, OfficialCommune) else ""
    return f"{unit.full_name}{where} · {unit.code}"
