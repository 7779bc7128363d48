"""A stand-in for tests of the frame alone: a few lines that answer as an office does, and two pages that write down
what happens.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from types import ModuleType, SimpleNamespace
from typing import Any

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QLineEdit, QWidget

from sochihoi.domain.periods import Period
from sochihoi.ui.shared.context import Context, Found, MonthState
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shell.book import Book
from sochihoi.ui.shell.places import Group, Place
from sochihoi.ui.shell.window import Shell

NOW = datetime(2026, 10, 26, 2, 42, tzinfo=UTC)


class KeptDrafts:
    """Drafts in a dict."""

    def __init__(self) -> None:
        self.kept: dict[str, dict[str, Any]] = {}

    def save(self, form_key: str, content: dict[str, Any]) -> None:
        self.kept[form_key] = dict(content)

    def load(self, form_key: str) -> tuple[dict[str, Any], str] | None:
        found = self.kept.get(form_key)
        return None if found is None else (found, "2026-10-26T02:42:00Z")

    def discard(self, form_key: str) -> None:
        self.kept.pop(form_key, None)


class NotingPage(Page):
    """Writes down what the shell asks of it."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Trang thử")
        self.noted: list[Any] = []
        self.field = QLineEdit()
        self.field.setAccessibleName("Ô thử")
        self.content.addWidget(self.field)
        self.content.addStretch(1)
        self.bar = self.action_bar()
        self.bar.set_hint("Phím: Enter")
        self.bar.add("Xong", lambda: self.noted.append("done"), "primary", "check")

    def refresh(self, **args: Any) -> None:
        self.noted.append(("refresh", args))

    def on_new(self) -> None:
        self.noted.append("new")

    def on_print(self) -> None:
        self.noted.append("print")

    def on_find(self) -> None:
        self.noted.append("find")

    def on_why(self) -> None:
        self.noted.append("why")

    def on_finish(self) -> None:
        self.noted.append("finish")

    def on_next(self, step: int) -> None:
        self.noted.append(("next", step))

    def first_focus(self) -> QWidget:
        return self.field

    def help_text(self) -> str:
        return "<p>Trang này để thử.</p>"


@dataclass
class Desk:
    """The shell, and what its book was asked."""

    shell: Shell
    asked: list[str] = field(default_factory=list)
    undone: list[str] = field(default_factory=list)

    @property
    def page(self) -> NotingPage:
        """The page shown."""
        shown = self.shell.page()
        assert isinstance(shown, NotingPage)
        return shown


def make_desk(settings: QSettings, **changes: Any) -> Desk:
    """A shell with an open stand-in book of two pages."""
    for name in ("noting_one", "noting_two"):
        module = ModuleType(name)
        module.build = NotingPage  # type: ignore[attr-defined]
        sys.modules[name] = module
    places = (
        Place("one", "users", lambda: "Hội viên", Group.BOOKS, "noting_one"),
        Place("two", "house", lambda: "Hộ gia đình", Group.BOOKS, "noting_two"),
    )
    desk = Desk(Shell(settings))

    def find(text: str) -> Sequence[Found]:
        desk.asked.append(text)
        return [Found("Thạch Thị Kim Hằng", "HP00417", "two", {"member": "417"})] if text == "hang" else []

    def undo() -> str:
        desk.undone.append("undo")
        return "Đã hoàn tác."

    def redo() -> str:
        desk.undone.append("redo")
        return "Đã làm lại."

    book: dict[str, Any] = {
        "office": SimpleNamespace(now=NOW, drafts=KeptDrafts()),
        "places": places,
        "unit_name": lambda: "Hội LHPN xã Hòa Phú",
        "period": Period.month(2026, 10),
        "today": lambda: date(2026, 10, 26),
        "find": find,
        "undo": undo,
        "redo": redo,
        "month_state": lambda period: MonthState.OPEN if period == Period.month(2026, 10) else MonthState.CLOSED,
        "close": lambda: None,
    }
    desk.shell.open_book(Book(**(book | changes)), "one")
    desk.shell.show()
    desk.shell.activateWindow()
    return desk
