"""The window. It holds one open book, or the unlock page, or the crash page; and does what ``ShellApi`` promises
pages.
"""

from __future__ import annotations

import importlib
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from sochihoi import i18n
from sochihoi.domain.errors import UserError
from sochihoi.domain.periods import Period
from sochihoi.i18n import _
from sochihoi.storage.errors import DatabaseDamaged, KeyringDamaged, KeyringMissing, WrongPassword
from sochihoi.ui import crash, style, words
from sochihoi.ui.shared import beside, remembered
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import TITLE_BAR
from sochihoi.ui.shared.jobs import Jobs
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.remembered import apply_look
from sochihoi.ui.shell import keys
from sochihoi.ui.shell.book import Book
from sochihoi.ui.shell.copy_watch import CopyWatch
from sochihoi.ui.shell.frame import Frame
from sochihoi.ui.shell.idle import IdleWatch
from sochihoi.ui.shell.speaking import Speaking
from sochihoi.ui.shell.unlock import Keys, UnlockPage

__all__ = ["Shell", "apply_look"]
log = logging.getLogger(__name__)
LOST = (DatabaseDamaged, KeyringDamaged, KeyringMissing)  # what a copy helps against
NARROW_BELOW = 1240  # window width / text size


class Shell(Speaking, QMainWindow):
    """``settings``: an ini file. ``unlock(account, password)`` opens the book or raises ``UserError``."""

    def __init__(self, settings: QSettings, unlock: Callable[[str, str], Book] | None = None) -> None:
        super().__init__()
        self.settings = settings
        self.jobs = Jobs(self)
        self._unlock = unlock
        self.recover: Callable[[], None] | None = None  # the way for who forgot the password, where there is one
        self.restore: Callable[[], None] | None = None  # the way from a copy, for a book that does not open
        self._keys: Callable[[], Keys] | None = None
        self._idle: IdleWatch | None = None
        self._built: dict[str, Page] = {}
        self.setWindowTitle(_("Branch book"))
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self.jobs.started.connect(self._follow)
        keys.bind(self, keys.of_window(self))
        geometry = remembered.geometry(settings)
        if geometry is None or not self.restoreGeometry(geometry):
            room = QGuiApplication.primaryScreen().availableGeometry()
            self.resize(min(1366, room.width()), min(768, room.height() - TITLE_BAR))
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    # -- the book ----------------------------------------------------------------------------------------------------

    def open_book(self, book: Book, first: str | None = None) -> None:
        """Show an open book at one of its pages, the one shown last unless it is named; "" opens none yet."""
        self.book = book
        self.context = Context(
            office=book.office,
            shell=self,
            settings=self.settings,
            period=book.period,
            today=book.today,
            find=book.find,
            undo=book.undo,
            redo=book.redo,
            is_large=book.is_large,
            read_only=book.read_only,
        )
        last = remembered.last_page(self.settings)
        begin = last if last in {place.key for place in book.places} else book.places[0].key
        self._build_frame(begin if first is None else first)
        if book.locks:
            self._idle = IdleWatch(self, remembered.lock_minutes(self.settings, book.lock_minutes))
            self._idle.idle.connect(self._lock_idle)
        if book.copying is not None:
            CopyWatch(self, self, book.copying)

    def _build_frame(self, first: str) -> None:
        if self.book is None or self.context is None:
            return
        self._built.clear()
        frame = Frame(self.book)
        frame.nav.chosen.connect(self.go)
        frame.top.period_chosen.connect(self.set_period)
        frame.top.help_wanted.connect(self.help)
        frame.top.lock_wanted.connect(self.lock)
        frame.top.lock_button.setVisible(self.book.locks)
        frame.search.opened.connect(lambda found: self.go(found.page, **found.args))
        self._put(frame)
        self.frame = frame
        self.current_key = ""
        self._lay()
        self.refresh_frame()
        if first:
            self.go(first)

    def _put(self, widget: QWidget) -> None:
        """Make this the only thing in the window."""
        while self._stack.count():
            old = self._stack.widget(0)
            self._stack.removeWidget(old)
            old.deleteLater()
        self._stack.addWidget(widget)
        self._stack.setCurrentWidget(widget)

    def show_unlock(self, keys_of: Callable[[], Keys]) -> UnlockPage:
        """Show the unlock page; ``keys_of`` is asked again at every lock."""
        self._keys = keys_of
        page = UnlockPage(keys_of())
        page.tried.connect(lambda account, password: self._try(page, account, password))
        if self.recover is not None:
            page.forgotten.connect(self.recover)
            page.offer_recovery()
        if self.restore is not None:
            page.restore_wanted.connect(self.restore)
        self._put(page)
        page.setFocus()
        return page

    def show_instead(self, widget: QWidget) -> None:
        """Show something else than a book: the first-run wizard."""
        within = cast("QWidget | None", widget.focusWidget())  # what it gave the focus to while it was being made
        self._put(widget)
        (within if within is not None else widget).setFocus()

    def _try(self, page: UnlockPage, account: str, password: str) -> None:
        if self._unlock is None:
            return
        try:
            book = self._unlock(account, password)
        except (UserError, OSError) as problem:
            page.refused(str(words.say(problem)), wrong_password=isinstance(problem, WrongPassword))
            if isinstance(problem, LOST) and self.restore is not None:
                page.offer_restore()
        else:
            self.open_book(book)

    def _lock_idle(self) -> None:
        if self.jobs.busy and self._idle is not None:
            self._idle.touch()
        else:
            self.lock()

    def lock(self) -> None:
        if self.book is None or not self.book.locks or self._keys is None or self.jobs.busy:
            return
        self._leave_field()
        for dialog in QApplication.topLevelWidgets():
            if dialog is not self and dialog.isVisible():
                dialog.close()  # nothing of the book stays on the screen
        if self._idle is not None:
            self._idle.end()
            self._idle = None
        self._built.clear()
        self.frame = None
        self.context = None
        book, self.book = self.book, None
        book.close()
        self.show_unlock(self._keys)

    # -- pages -------------------------------------------------------------------------------------------------------

    def go(self, page_key: str, **args: Any) -> None:
        if self.frame is None:
            return
        self._leave_field()
        page = self._page(page_key)
        if page_key != self.current_key:
            self.clear_message()
        self.current_key = page_key
        self.settings.setValue("window/page", page_key)
        self.frame.pages.setCurrentWidget(page)
        self.frame.nav.show_current(page_key)
        self._refresh(page, **args)
        focus = page.first_focus()
        (focus if focus is not None else page).setFocus(Qt.FocusReason.OtherFocusReason)

    def _page(self, key: str) -> Page:
        found = self._built.get(key)
        if found is None:
            if self.book is None or self.context is None or self.frame is None:
                raise RuntimeError("no book is open")
            place = next((place for place in self.book.places if place.key == key), None)
            if place is None:
                raise KeyError(key)
            found = importlib.import_module(place.module).build(self.context)
            self._built[key] = found
            self.frame.pages.addWidget(found)
        return found

    def _refresh(self, page: Page, **args: Any) -> None:
        refresh: Callable[..., None] = page.refresh
        try:
            refresh(**args)
        except (UserError, OSError) as problem:
            self.show_error(problem)

    def _leave_field(self) -> None:
        """Whoever has the focus gives it up: a field saves what was typed when it is left."""
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            focus.clearFocus()

    def refresh_page(self) -> None:
        page = self.page()
        if page is not None:
            self.refresh_frame()
            self._refresh(page)

    def refresh_frame(self) -> None:
        if self.frame is not None and self.book is not None and self.context is not None:
            self.frame.top.set_unit(self.book.unit_name())
            self.frame.top.set_period(self.context.period)
            self.frame.top.set_state(self.book.month_state(self.context.period))
            self.frame.nav.rename()

    def set_period(self, period: Period) -> None:
        if self.context is None or period == self.context.period:
            return
        self._leave_field()
        self.context.period = period
        self.settings.setValue("month/working", period.code)
        self.settings.setValue("month/chosen_in", Period.month_of(self.context.today()).code)
        self.clear_message()
        self.refresh_frame()
        self.context.period_changed.emit(period)
        page = self.page()
        if page is not None:
            self._refresh(page)

    def undo(self) -> None:
        """Ctrl+Z outside a text field: take back the last act of this account."""
        if self.context is not None:
            self._take_back(self.context, self.context.undo, _("Taking back…"))

    def redo(self) -> None:
        """Ctrl+Y."""
        if self.context is not None:
            self._take_back(self.context, self.context.redo, _("Doing it again…"))

    def _take_back(self, context: Context, act: Callable[[], str | None], title: str) -> None:
        """An import of thousands is taken back beside the window; it cannot be stopped half-way."""

        def done(said: str | None) -> None:
            if said is not None:
                self.refresh_page()
                self.toast(said)

        beside.do(context, self, lambda _progress: act(), done, title=title)

    # -- faults ------------------------------------------------------------------------------------------------------

    def show_crash(self, error: BaseException) -> None:
        """A fault of ours: the crash page covers everything. Never twice at once."""
        log.error("crash: %s", crash.report(error))
        file = crash.write_report(Path(self.settings.fileName()).parent, error, datetime.now(UTC).astimezone())
        self._built.clear()
        self.frame = None
        again = self._reopen
        page = crash.CrashPage(file, again)
        self._put(page)
        page.setFocus()

    def _reopen(self) -> None:
        if self.book is not None:
            self._build_frame(self.book.places[0].key)
        elif self._keys is not None:
            self.show_unlock(self._keys)
        else:
            self.close()

    # -- look --------------------------------------------------------------------------------------------------------

    def set_look(self, theme: str, text_size: str) -> None:
        before = remembered.text_size(self.settings)
        self.settings.setValue("look/theme", theme)
        self.settings.setValue("look/text", text_size)
        # the page that asked is still on the stack of calls
        QTimer.singleShot(0, self, lambda: self._apply_look(rebuild=before != text_size))

    def set_lock_minutes(self, minutes: int) -> None:
        self.settings.setValue("lock/minutes", minutes)
        if self._idle is not None:
            self._idle.set_minutes(minutes)

    def set_language(self, language: str) -> None:
        i18n.set_language(language)
        self.settings.setValue("look/language", language)
        self.setWindowTitle(_("Branch book"))
        QTimer.singleShot(0, self, lambda: self._apply_look(rebuild=True))

    def _apply_look(self, *, rebuild: bool) -> None:
        apply_look(self.settings)
        if rebuild and self.book is not None:
            self._leave_field()
            self._build_frame(self.current_key)
        if self.context is not None:
            self.context.look_changed.emit()

    def _follow_system(self, _scheme: object = None) -> None:
        if remembered.theme(self.settings) == "system":
            self._apply_look(rebuild=False)

    def _lay(self) -> None:
        narrow = self.width() / (style.sizes().body / 14) < NARROW_BELOW
        if self.frame is not None and self.context is not None:
            self.frame.nav.set_narrow(narrow=narrow)
            self.context.set_narrow(narrow=narrow)

    # -- ends --------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        page = self.page()
        if event.key() == Qt.Key.Key_Escape and page is not None:
            if not page.on_escape():
                self.clear_message()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._leave_field()
        self.jobs.close()
        self.settings.setValue("window/geometry", self.saveGeometry())
        self.settings.sync()
        book, self.book = self.book, None
        if book is not None:
            book.close()
        super().closeEvent(event)
