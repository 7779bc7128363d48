"""An open book as the shell sees it: the services, and the few answers that the frame of the window needs from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sochihoi.domain.periods import Period
from sochihoi.ui.shared.context import Found, MonthState
from sochihoi.ui.shell.places import Place

if TYPE_CHECKING:
    from sochihoi.services.copying import Copying
    from sochihoi.services.office import Office


@dataclass(frozen=True, slots=True)
class Book:
    """Made by ``app`` from an open office."""

    office: Office
    places: tuple[Place, ...]
    unit_name: Callable[[], str]
    period: Period
    today: Callable[[], date]
    find: Callable[[str], Sequence[Found]]
    undo: Callable[[], str | None]
    redo: Callable[[], str | None]
    month_state: Callable[[Period], MonthState | None]  # None: this unit closes no months
    close: Callable[[], None]
    is_large: Callable[[], bool] = lambda: False  # slow work goes on beside the window (``ui.shared.beside``)
    copying: Copying | None = None  # the copies that make themselves; None: none are made here
    demo: bool = False
    begin_own: Callable[[], None] | None = None  # from a demonstration to a book of one's own
    read_only: bool = False
    banner: str = ""  # stands over every page: why nobody can write here, or neither sign nor open a file
    finds: bool = True  # false at a level above: it keeps nobody who could be found
    lock_minutes: int = 5
    locks: bool = True  # false when nobody could open it again here (tests, the offscreen demonstration)
