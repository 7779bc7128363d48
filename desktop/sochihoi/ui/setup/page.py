"""Thiết lập, as the page: parts behind tabs, each read when it is shown."""

from __future__ import annotations

import importlib
from collections.abc import Callable

from PySide6.QtWidgets import QTabBar, QWidget

from sochihoi.i18n import _
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.part import Part
from sochihoi.ui.shared.stack import Stack

# name of the part and of its module, words, whether a level above has it
PARTS: tuple[tuple[str, Callable[[], str], bool], ...] = (
    ("unit", lambda: _("Unit and reports"), True),
    ("papers", lambda: _("Form of the papers"), True),
    ("branches", lambda: _("Branches"), False),
    ("accounts", lambda: _("Accounts"), True),
    ("backup", lambda: _("Copies"), True),
    ("look", lambda: _("Colours and text"), True),
    ("history", lambda: _("History"), True),
    ("about", lambda: _("About"), True),
)


def build(context: Context) -> Page:
    """The set-up of the unit."""
    return SetupPage(context)


class SetupPage(Page):
    """``refresh(tab=…)`` opens a part: unit, papers, branches, accounts, backup, look, history, about."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("Set-up"))
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setAccessibleName(_("Parts of the set-up"))
        self._stack = Stack()
        self.parts: dict[str, Part] = {}
        receiver = context.office.is_receiver
        self.names = [name for name, _words, above in PARTS if above or not receiver]
        for _name, words, above in PARTS:
            if above or not receiver:
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
            found = importlib.import_module(f"sochihoi.ui.setup.{name}").build(self.context)
            self.parts[name] = found
            old = self._stack.widget(at)
            self._stack.removeWidget(old)
            old.deleteLater()
            self._stack.insertWidget(at, found)
        self._stack.setCurrentIndex(at)
        return found

    def refresh(self, *, tab: str = "") -> None:
        self.set_title(_("Set-up"), self.context.office.commune.union_name)
        if tab in self.names:
            self.tabs.blockSignals(True)  # noqa: FBT003 - Qt
            self.tabs.setCurrentIndex(self.names.index(tab))
            self.tabs.blockSignals(False)  # noqa: FBT003 - Qt
        self.part().refresh()

    def on_new(self) -> None:
        self.part().on_new()

    def first_focus(self) -> QWidget | None:
        return self.part().first_focus() or self.tabs

    def help_text(self) -> str:
        return _(
            "<p>Here stand the settings of the unit, its branches and cells, who works with the book, where copies go,"
            " and the history of everything that was done.</p><p>A field is saved when you leave it. In the history an"
            " act can be taken back as a whole.</p>"
        )
