"""Dữ liệu cá nhân, as the page: parts behind tabs, each read when it is shown."""

from __future__ import annotations

import importlib
from collections.abc import Callable

from PySide6.QtWidgets import QTabBar, QWidget

from sochihoi.i18n import _
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.part import Part
from sochihoi.ui.shared.stack import Stack

# name of the part and of its module, words, whether only the chair has it
PARTS: tuple[tuple[str, Callable[[], str], bool], ...] = (
    ("consents", lambda: _("Consent"), False),
    ("requests", lambda: _("Requests"), False),
    ("incidents", lambda: _("Incident: 72 hours"), False),
    ("retention", lambda: _("How long"), False),
    ("access", lambda: _("Who looked, printed, exported"), True),
)


def build(context: Context) -> Page:
    """The page of the navigation."""
    return PrivacyPage(context)


class PrivacyPage(Page):
    """``refresh(tab=…)`` opens a part: consents, requests, incidents, retention, access."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("Personal data"))
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setAccessibleName(_("Parts of this page"))
        self._stack = Stack()
        self.parts: dict[str, Part] = {}
        chair = context.office.account.role.may_manage
        self.names = [name for name, _words, of_chair in PARTS if chair or not of_chair]
        for name, words, _of_chair in PARTS:
            if name in self.names:
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
            made: Part = importlib.import_module(f"sochihoi.ui.privacy.{name}").build(self.context)
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

    def on_find(self) -> None:
        field = self.part().first_focus()
        if field is not None:
            field.setFocus()

    def first_focus(self) -> QWidget | None:
        return self.part().first_focus() or self.tabs

    def help_text(self) -> str:
        parts = (
            _("Who agreed that her data are kept, each purpose apart; nobody is ticked for anyone."),
            _("Who looked at sensitive data is written down by itself and cannot be changed; the chair reads it."),
        )
        return "".join(f"<p>{part}</p>" for part in parts)
