"""Behind one unit's figure: its branches (or communes), and the signed file that it all came in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sochihoi.domain.indicators import Indicator
from sochihoi.domain.vietnamese import text_key
from sochihoi.i18n import _, ngettext, pgettext
from sochihoi.services.consolidated.parts import Behind, Part
from sochihoi.services.totals import Share
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import Card, button, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.listing.offer import ListPaper
from sochihoi.ui.shared.listing.reading import About
from sochihoi.ui.shared.signed_files import inspect_file
from sochihoi.ui.shared.table import Column, Table
from sochihoi.ui.words import consolidated as words
from sochihoi.ui.words.month import in_language


class UnitBehind(QWidget):
    """``back()``: to the units."""

    back = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._indicator: Indicator | None = None
        self._found: Behind | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.sizes().space_2)
        head = QHBoxLayout()
        self.back_button = button(_("Back to the units"), self.back.emit, "quiet", "arrow-left")
        self.title = label("", "head")
        head.addWidget(self.back_button)
        head.addWidget(self.title, 1)
        column.addLayout(head)
        card = Card(_("The signed file"))
        self.file = label("", wrap=True)
        self.definition = label("", "small", "muted", wrap=True)
        self.look_button = button(_("Look at the file"), self.look, "quiet", "search")
        card.head.addWidget(self.look_button)
        card.add(self.file)
        card.add(self.definition)
        column.addWidget(card)
        self.table: Table[Part] = Table(
            context,
            "upper.behind",
            self._columns(),
            key=lambda part: part.id,
            noun=lambda count: ngettext("part of the unit", "parts of the unit", count),
            accessible=_("Parts of the unit"),
        )
        about = About[Part](
            lambda: _("Parts of the unit"), where=self.title.text, order=lambda: pgettext("order", "name")
        )
        ListPaper(context, self.table, about)
        column.addWidget(self.table, 1)

    def _columns(self) -> tuple[Column[Part], ...]:
        said: Callable[[Part], str] = lambda part: words.measured(self._indicator, part.now)  # noqa: E731
        return (
            Column(lambda: _("Branch or unit"), lambda p: p.name, stretch=True, strong=True, key="name", sort=_by_name),
            Column(lambda: _("This period"), said, width=190, align="right", key="now", sort=lambda p: p.now.measure),
            Column(
                lambda: _("From January"),
                lambda p: words.measured(self._indicator, p.year_to_date),
                width=190,
                align="right",
                key="far",
            ),
        )

    def show_behind(self, share: Share, found: Behind, indicator: Indicator | None) -> None:
        """Show one unit."""
        self._indicator, self._found = indicator, found
        name = in_language(indicator.label) if indicator is not None else found.unit_code
        self.title.setText(_("{unit}: {figure}").format(unit=share.unit_name, figure=name))
        self.file.setText("\n".join(words.file_lines(found.file, found.edition)))
        self.definition.setText("" if indicator is None else in_language(indicator.definition))
        self.look_button.setVisible(found.file is not None)
        self.table.set_empty("building-2", _("The file of this unit tells its parts in no figure like this."))
        self.table.set_rows(found.parts)

    def look(self) -> None:
        """The file as it came."""
        file = self._found.file if self._found is not None else None
        if file is not None:
            inspect_file(self._context, self, Path(file.file_name), self._context.office.receiving.file_bytes(file.id))


def _by_name(part: Part) -> object:
    return text_key(part.name)
