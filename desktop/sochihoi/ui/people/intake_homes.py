"""A list of households that is brought in: what each row would do, looked at before anything is written."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QVBoxLayout, QWidget

from sochihoi.i18n import _, ngettext, number, pgettext
from sochihoi.services.household_lists import HomeLine, HomesPreview
from sochihoi.services.imports import Fate
from sochihoi.storage.files import write_whole
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.columns import Column
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import choose_target
from sochihoi.ui.shared.table import Table
from sochihoi.ui.words import home_lists as words
from sochihoi.ui.words.intake_columns import remarks_title

_FATES = (Fate.NEW, Fate.CHANGED, Fate.REFUSED, Fate.PRESENT)


def _fate_name(fate: Fate) -> str:
    return {
        Fate.NEW: pgettext("households of a list", "New"),
        Fate.CHANGED: _("To be changed"),
        Fate.REFUSED: _("Refused"),
        Fate.PRESENT: _("Unchanged"),
    }[fate]


def _fate_text(fate: Fate) -> str:
    return {
        Fate.NEW: _("These households come in as they stand in the list."),
        Fate.CHANGED: _("These households are in the book already; the list changes what is named, nothing else."),
        Fate.REFUSED: _("These rows stay out. Mend them in the file, and bring it in again: nothing is entered twice."),
        Fate.PRESENT: _("These households are in the book just as the list says."),
    }[fate]


def _columns() -> tuple[Column[HomeLine], ...]:
    return (
        Column(lambda: _("Row"), lambda x: str(x.row.row), 56, sort=lambda x: (x.row.sheet, x.row.row), align="right"),
        Column(lambda: _("Code"), lambda x: x.code or "—", 84),
        Column(lambda: _("Head"), lambda x: x.head or "—", 190, strong=True),
        Column(lambda: _("Branch"), lambda x: x.branch or "—", 150),
        Column(lambda: _("Remarks"), words.why, 320, stretch=True),
    )


class HomesLook(QWidget):
    """The groups of rows, and the button with the number on it. ``wanted``: bring it in; ``another``: another file."""

    wanted = Signal()
    another = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.preview: HomesPreview | None = None
        self._context = context
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.sizes().space_2)
        self.summary = label("", "head", wrap=True)
        column.addWidget(self.summary)
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName(_("Groups of rows"))
        self.tabs.currentChanged.connect(self._show_group)
        column.addWidget(self.tabs)
        self.group_text = label("", "small", wrap=True)
        column.addWidget(self.group_text)
        self.table: Table[HomeLine] = Table(
            context,
            "intake/homes",
            _columns(),
            key=lambda line: (line.row.sheet, line.row.row),
            noun=lambda n: ngettext("row", "rows", n),
            accessible=_("Rows of the list"),
        )
        self.remarks = self.table.add_footer_action(_("Save the list with remarks"), self.save_remarks, "download")
        column.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(_("Choose &another file"), self.another.emit))
        self.commit_button = button("", self.wanted.emit, "primary")
        row.addWidget(self.commit_button)
        column.addLayout(row)

    def show_preview(self, preview: HomesPreview) -> None:
        """What a list would bring."""
        self.preview = preview
        self.summary.setText(words.sentence(preview))
        self.tabs.blockSignals(True)  # noqa: FBT003 - Qt
        while self.tabs.count():
            self.tabs.removeTab(0)
        for fate in _FATES:
            if preview.count(fate):
                at = self.tabs.addTab(f"{_fate_name(fate)} {number(preview.count(fate))}")
                self.tabs.setTabData(at, fate.value)
        self.tabs.blockSignals(False)  # noqa: FBT003 - Qt
        self.tabs.updateGeometry()
        text = ngettext("&Bring in {count} household", "&Bring in {count} households", preview.coming)
        self.commit_button.setText(
            text.format(count=number(preview.coming)) if preview.coming else _("Nothing to bring in")
        )
        self.commit_button.setEnabled(bool(preview.coming))
        self.remarks.setVisible(bool(preview.count(Fate.REFUSED)))
        self._show_group()
        self.commit_button.setFocus()

    def save_remarks(self) -> None:
        """The same list with what is to be mended coloured and said."""
        preview, lists = self.preview, self._context.office.household_lists
        if preview is None:
            return
        name = preview.path.with_name(f"{preview.path.stem}-can-xem-lai.xlsx")
        target = choose_target(self, _("Save the list with remarks"), str(name), "Excel (*.xlsx)")
        if target is None:
            return

        def write(_progress: object) -> None:
            book = lists.annotated(preview, words.remarks_on(preview), remarks_title())
            write_whole(target, book, overwrite=True)

        self._context.shell.run_job(
            write,
            lambda _none: self._context.shell.toast(_("Saved: {file}").format(file=target)),
            title=_("Writing {file}…").format(file=target.name),
        )

    def _show_group(self, *_at: Any) -> None:
        fate = self.tabs.tabData(self.tabs.currentIndex())
        if self.preview is None or fate is None:
            self.table.set_rows([])
            self.group_text.setText("")
            return
        self.group_text.setText(_fate_text(Fate(fate)))
        self.table.set_rows(self.preview.of(Fate(fate)))
