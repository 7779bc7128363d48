"""A list of households that is brought in: what each row would do, looked at before anything is written."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sochihoi.i18n import _, ngettext, number, pgettext
from sochihoi.intake.home_list import HomeField
from sochihoi.services.household_lists import HomeLine, HomesPreview
from sochihoi.services.imports import Fate
from sochihoi.ui import style
from sochihoi.ui.people.intake_groups import Groups, Kind
from sochihoi.ui.people.intake_remarks import save_remarks
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.columns import Column
from sochihoi.ui.shared.context import Context
from sochihoi.ui.words import home_lists as words
from sochihoi.ui.words.intake_columns import letters_in_short, remarks_title


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


def _kind() -> Kind[HomeLine]:
    return Kind(
        "intake/homes",
        _columns(),
        (Fate.NEW, Fate.CHANGED, Fate.REFUSED, Fate.PRESENT),
        tuple(field for field in HomeField if field is not HomeField.COUNTED),
        frozenset({HomeField.HEAD, HomeField.HEAD_CODE, HomeField.CODE}),
        _fate_name,
        _fate_text,
        _("This is a list of &members"),
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
        self.more = label("", tone="muted", wrap=True)
        column.addWidget(self.more)
        self.groups = Groups(context, _kind())
        self.tabs, self.table, self.columns = self.groups.tabs, self.groups.table, self.groups.columns
        self.remarks = self.table.add_footer_action(_("Save the list with remarks"), self.save_remarks, "download")
        column.addWidget(self.groups, 1)
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
        self.more.setText(letters_in_short(preview.headers))
        self.more.setVisible(bool(self.more.text()))
        self.groups.show_list(preview, preview.coming)
        text = ngettext("&Bring in {count} household", "&Bring in {count} households", preview.coming)
        self.commit_button.setText(
            text.format(count=number(preview.coming)) if preview.coming else _("No household to bring in")
        )
        self.commit_button.setEnabled(bool(preview.coming))
        self.remarks.setVisible(bool(preview.count(Fate.REFUSED)))
        if not self.columns.take_focus():
            self.commit_button.setFocus()

    def save_remarks(self) -> None:
        """The same list with what is to be mended coloured and said."""
        preview, lists = self.preview, self._context.office.household_lists
        if preview is not None:
            notes, title = words.remarks_on(preview), remarks_title()
            save_remarks(self._context, self, preview.path, lambda: lists.annotated(preview, notes, title))
