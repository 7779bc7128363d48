"""The keyboard of the window. No Ctrl+Shift, no Alt+Shift, no Alt+Z, no single letters: UniKey and EVKey use
those.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from sochihoi.ui.shell.window import Shell


def bind(window: QWidget, keys: Sequence[tuple[str, Callable[[], object]]]) -> list[QShortcut]:
    """Shortcuts of the whole window."""
    made = []
    for text, act in keys:
        shortcut = QShortcut(QKeySequence(text), window)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(lambda act=act: act())
        made.append(shortcut)
    return made


def focusable(area: QWidget) -> QWidget | None:
    """The area itself, or the first thing in it that takes the focus."""
    inside = [area, *area.findChildren(QWidget)]
    for widget in inside:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled():
            return widget
    return None


def next_area(areas: Sequence[QWidget], focus: QWidget | None) -> QWidget | None:
    """What F6 goes to: the area after the one with the focus; ``None`` when none can take it."""
    at = next(
        (n for n, area in enumerate(areas) if focus is not None and (focus is area or area.isAncestorOf(focus))), -1
    )
    for step in range(1, len(areas) + 1):
        found = focusable(areas[(at + step) % len(areas)])
        if found is not None:
            return found
    return None


def of_window(shell: Shell) -> list[tuple[str, Callable[[], object]]]:
    """Every key of the window and what it does; keys of a page go to the page that is shown."""

    def on_page(name: str, *args: object) -> Callable[[], object]:
        def act() -> None:
            page = shell.page()
            if page is not None:
                getattr(page, name)(*args)

        return act

    def number(at: int) -> Callable[[], object]:
        def act() -> None:
            if shell.book is not None and at <= len(shell.book.places):
                shell.go(shell.book.places[at - 1].key)

        return act

    def search() -> None:
        if shell.frame is not None:
            shell.frame.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            shell.frame.search.selectAll()

    def area() -> None:
        page = shell.page()
        if shell.frame is not None and page is not None:
            found = next_area([shell.frame.nav, *page.areas(), shell.frame.top], QApplication.focusWidget())
            if found is not None:
                found.setFocus(Qt.FocusReason.TabFocusReason)

    return [
        *((f"Ctrl+{at}", number(at)) for at in range(1, 10)),
        ("F1", shell.help),
        ("F3", search),
        ("F5", shell.refresh_page),
        ("F6", area),
        ("Ctrl+Z", shell.undo),
        ("Ctrl+Y", shell.redo),
        ("Ctrl+N", on_page("on_new")),
        ("Ctrl+P", on_page("on_print")),
        ("Ctrl+F", on_page("on_find")),
        ("Ctrl+I", on_page("on_why")),
        ("Ctrl+Return", on_page("on_finish")),
        ("Ctrl+Enter", on_page("on_finish")),
        ("Ctrl+PgDown", on_page("on_next", 1)),
        ("Ctrl+PgUp", on_page("on_next", -1)),
    ]
