"""What every page is handed: the services, the shell, the working month, the look. One object, no globals.

A page is a module with ``build(context) -> Page``. It calls ``context.office`` for everything it knows,
``context.shell`` for
everything around it, and reads ``context.period`` for the working month.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtCore import QObject, QSettings, Signal, SignalInstance

from sochihoi.domain.errors import UserError
from sochihoi.ui import style
from sochihoi.ui.shared.jobs import Progress

if TYPE_CHECKING:
    from sochihoi.domain.periods import Period
    from sochihoi.services.office import Office

T = TypeVar("T")
Action = tuple[str, Callable[[], None]]  # words on the button, what it does


class Kind(Enum):
    """How serious a message is: it decides colour and icon, never the words."""

    INFO = "info"
    OK = "ok"
    WARN = "warn"
    BAD = "bad"


class MonthState(Enum):
    """Where the working month stands, as its badge in the top bar says it."""

    OPEN = "open"
    CLOSED = "closed"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class Found:
    """One line under the search field of the top bar, and where Enter goes."""

    title: str
    detail: str
    page: str
    args: Mapping[str, Any] = field(default_factory=dict)
    icon: str = "user"


class ShellApi(Protocol):
    """What a page may ask of the window around it."""

    def go(self, page_key: str, **args: Any) -> None:
        """Open a page of the navigation; ``args`` reach its ``refresh``. An unknown key raises ``KeyError``, an
        argument that the page does not know ``TypeError``.
        """

    def toast(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Say what was done, for ten seconds, with "Hoàn tác (Ctrl+Z)" when ``undo`` is given."""

    def message(self, kind: Kind | str, text: str, actions: Sequence[Action] = ()) -> None:
        """A bar above the content that stays until solved or closed; at most two sentences and two actions."""

    def clear_message(self) -> None:
        """Take the message bar away."""

    def show_error(self, error: UserError | OSError) -> None:
        """Put a problem into its two sentences (``ui.words``) and show them in the message bar."""

    def saved_at(self, moment: datetime) -> None:
        """Show "Đã lưu 09:42" in the top bar."""

    def set_period(self, period: Period) -> None:
        """Choose another working month; every page is read again when it is shown."""

    def set_look(self, theme: str, text_size: str) -> None:
        """Theme ``light``, ``dark`` or ``system`` and text size ``medium``, ``large`` or ``largest``: at once, and
        remembered.
        """

    def set_lock_minutes(self, minutes: int) -> None:
        """Lock the book after so many minutes without a key or mouse move: from now on, and remembered."""

    def set_language(self, language: str) -> None:
        """Language ``vi`` or ``en``: every page is built anew in it, and it is remembered."""

    def refresh_page(self) -> None:
        """Read the current page again, as F5 does."""

    def refresh_frame(self) -> None:
        """Read unit name, month state and navigation names again: after set-up, closing or sending changed them."""

    def lock(self) -> None:
        """Close the book: the unlock page comes, and the data key leaves the memory."""

    def run_job(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        *,
        title: str,
        stop_says: str = "",
        failed: Callable[[UserError], None] | None = None,
    ) -> None:
        """Do slow work on the worker thread, then exactly one of done / failed / nothing (cancelled) on the UI
        thread.

        ``title`` is what is going on ("Đang đọc 12.000 dòng"); ``stop_says`` is what stopping does; without it the
        work cannot
        be stopped. Without ``failed`` a ``UserError`` goes to ``show_error``. Anything else goes to the crash page.
        """


class _Signals(QObject):
    period_changed = Signal(object)
    look_changed = Signal()
    narrow_changed = Signal(bool)


@dataclass(eq=False)
class Context:
    """Handed to every page. ``period`` follows the top bar; ``tokens`` and ``sizes`` follow the look in use."""

    office: Office
    shell: ShellApi
    settings: QSettings
    period: Period
    today: Callable[[], date] = date.today
    find: Callable[[str], Sequence[Found]] = lambda _text: ()  # search for anyone: at most 12 rows, best first
    undo: Callable[[], str | None] = lambda: None  # takes back the last batch and says what; None: nothing to take back
    redo: Callable[[], str | None] = lambda: None
    is_large: Callable[[], bool] = lambda: False  # so many members that a look takes longer than she should wait
    narrow: bool = False  # window width / text size under 1240: icons only, panels open over the list
    read_only: bool = False  # the account's role is "viewer": pages show no editing
    _signals: _Signals = field(default_factory=_Signals, repr=False)

    @property
    def tokens(self) -> style.Tokens:
        """Colours of the theme in use; a delegate takes them from here, never from ``option.palette``."""
        return style.tokens()

    @property
    def sizes(self) -> style.Sizes:
        """Lengths in pixels at the text size in use."""
        return style.sizes()

    @property
    def period_changed(self) -> SignalInstance:
        """``period_changed(Period)``: another working month was chosen (the shell also calls ``refresh`` of the page
        shown).
        """
        return self._signals.period_changed

    @property
    def look_changed(self) -> SignalInstance:
        """``look_changed()``: another theme; painted things repaint. Another text size builds all pages anew."""
        return self._signals.look_changed

    @property
    def narrow_changed(self) -> SignalInstance:
        """``narrow_changed(bool)``."""
        return self._signals.narrow_changed

    def set_narrow(self, *, narrow: bool) -> None:
        """Called by the shell when the window becomes narrow or wide."""
        if narrow != self.narrow:
            self.narrow = narrow
            self._signals.narrow_changed.emit(narrow)
