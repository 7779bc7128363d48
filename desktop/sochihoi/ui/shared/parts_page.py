"""A page of parts behind tabs, each made and read when it is first shown."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QTabBar, QWidget

from sochihoi.i18n import _
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.part import Part
from sochihoi.ui.shared.stack import Stack


class PartsPage(Page):
    """``refresh(tab=…)`` opens a part by its name. ``package``: where the module of each part stands."""

    def __init__(
        self, context: Context, title: str, package: str, parts: Sequence[tuple[str, Callable[[], str]]]
    ) -> None:
        super().__init__(context, title)
        self._package = package
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setAccessibleName(_("Parts of this page"))
        self._stack = Stack()
        self.parts: dict[str, Part] = {}
        self.names = [name for name, _words in parts]
        for _name, words in parts:
            self.tabs.addTab(words())
            self._stack.addWidget(QWidget())
        self.content.addWidget(self.tabs)
        self.content.addWidget(self._stack, 1)
        self.tabs.currentChanged.connect(lambda _at: self.part().refresh())

    def part(self) -> Part:
        """The part that is shown; made when it is first wanted."""
        at = max(self.tabs.currentIndex(), 0)
        name = self.names[at]
        found = self.parts.get(name)
        if found is None:
            made: Part = importlib.import_module(f"{self._package}.{name}").build(self.context)
            found = self.parts[name] = made
            old = self._stack.widget(at)
            self._stack.removeWidget(old)
            old.deleteLater()
            self._stack.insertWidget(at, found)
        self._stack.setCurrentIndex(at)
        return found

    def refresh(self, *, tab: str = "") -> None:
        if tab in self.names:
            self.tabs.blockSignals(True)  # noqa: FBT003 - Qt
            self.tabs.setCurrentIndex(self.names.index(tab))
            self.tabs.blockSignals(False)  # noqa: FBT003 - Qt
        self.part().refresh()

    def on_new(self) -> None:
        self.part().on_new()

    def first_focus(self) -> QWidget | None:
        return self.part().first_focus() or self.tabs
