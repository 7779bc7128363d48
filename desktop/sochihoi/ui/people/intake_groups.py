"""The rows of a list that is looked at, a tab for each thing that becomes of them, and last the columns of the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QVBoxLayout, QWidget

from sochihoi.i18n import _, ngettext, number
from sochihoi.intake.shown import AnyField, ShownHeader
from sochihoi.services.household_lists import HomeLine
from sochihoi.services.imports import Fate, Line
from sochihoi.ui import style
from sochihoi.ui.people.intake_mapping import ColumnsView
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.columns import Column
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.table import Table

COLUMNS = "columns"

R = TypeVar("R", Line, HomeLine)
R_co = TypeVar("R_co", covariant=True)


class Looked(Protocol[R_co]):
    """What a list would bring."""

    @property
    def headers(self) -> Sequence[ShownHeader]: ...

    def of(self, fate: Fate) -> Sequence[R_co]: ...

    def count(self, fate: Fate) -> int: ...


@dataclass(frozen=True, slots=True)
class Kind(Generic[R]):
    """One kind of list. ``fields``: what a column can be read as, ``must``: those of which one has to be there;
    ``name`` and ``text`` put a fate into words; ``other``: what it is if it is not of this kind."""

    table: str
    columns: Sequence[Column[R]]
    fates: Sequence[Fate]
    fields: Sequence[AnyField]
    must: frozenset[AnyField]
    name: Callable[[Fate], str]
    text: Callable[[Fate], str]
    other: str


class Groups(QWidget, Generic[R]):
    """``changed`` and ``forgotten`` as of ``ColumnsView``; ``otherwise``: it is a list of the other kind."""

    changed = Signal(str, object)
    forgotten = Signal(str)
    otherwise = Signal()

    def __init__(self, context: Context, kind: Kind[R]) -> None:
        super().__init__()
        self._kind: Kind[R] = kind
        self._looked: Looked[R] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.sizes().space_2)
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName(_("Groups of rows"))
        self.tabs.currentChanged.connect(self._show)
        column.addWidget(self.tabs)
        line = QHBoxLayout()
        self.text = label("", "small", wrap=True)
        line.addWidget(self.text, 1)
        self.other = button(kind.other, self.otherwise.emit, "quiet")
        line.addWidget(self.other)
        column.addLayout(line)
        self.table: Table[R] = Table(
            context,
            kind.table,
            kind.columns,
            key=lambda one: (one.row.sheet, one.row.row),
            noun=lambda n: ngettext("row", "rows", n),
            accessible=_("Rows of the list"),
        )
        column.addWidget(self.table, 1)
        self.columns = ColumnsView(kind.fields)
        self.columns.changed.connect(self.changed)
        self.columns.forgotten.connect(self.forgotten)
        column.addWidget(self.columns, 1)
        self._show()

    def show_list(self, looked: Looked[R], coming: int) -> None:
        """What a list would bring; where nothing comes since a column that must be there is not found, its columns."""
        kept = self.tabs.tabData(self.tabs.currentIndex())
        self._looked = looked
        self.tabs.blockSignals(True)  # noqa: FBT003 - Qt
        while self.tabs.count():
            self.tabs.removeTab(0)
        for fate in self._kind.fates:
            if looked.count(fate):
                at = self.tabs.addTab(f"{self._kind.name(fate)} {number(looked.count(fate))}")
                self.tabs.setTabData(at, fate.value)
        at = self.tabs.addTab(_("Columns of the list"))
        self.tabs.setTabData(at, COLUMNS)
        headers = looked.headers
        understood = any(one.field in self._kind.must for header in headers for one in header.columns)
        if kept == COLUMNS or not (coming or understood):
            self.tabs.setCurrentIndex(at)
        self.columns.show_headers(headers)
        self.tabs.blockSignals(False)  # noqa: FBT003 - Qt
        self.tabs.updateGeometry()
        self._show()

    def _show(self, *_at: Any) -> None:
        chosen = self.tabs.tabData(self.tabs.currentIndex())
        for one in (self.columns, self.other):
            one.setVisible(chosen == COLUMNS)
        self.table.setVisible(chosen != COLUMNS)
        if chosen == COLUMNS:
            self.text.setText(
                _("Change what a column is read as where it is wrong; it is remembered for lists with the same titles.")
            )
        elif self._looked is not None and chosen is not None:
            self.text.setText(self._kind.text(Fate(chosen)))
            self.table.set_rows(self._looked.of(Fate(chosen)))
