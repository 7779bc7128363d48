"""What the frame asks of an open office: who is meant, where a month stands, what was taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings

from sochihoi.domain.periods import BadPeriod, Period
from sochihoi.i18n import _
from sochihoi.ui.shared.context import Found, MonthState
from sochihoi.ui.words.acts import act_words

if TYPE_CHECKING:
    from sochihoi.services.office import Office


MANY = 1_000  # members from which a month and the journal take longer to read than a blink
MANY_UNITS = 20  # at a level above, units below


def is_large(office: Office) -> bool:
    """Whether slow looks and deeds go to the worker thread."""
    from sochihoi.services.month_checks import current_members

    if office.is_receiver:
        return office.receiving.known() >= MANY_UNITS
    return current_members(office) >= MANY


def working_month(office: Office, settings: QSettings) -> Period:
    """The month chosen last; else the one that today lies in.

    A level above opens at the month that it collects (``Board.collected``), unless another was chosen in this month.
    """
    running = Period.month_of(office.today)
    if office.is_receiver and settings.value("month/chosen_in", "") != running.code:
        return office.board.collected()
    try:
        return Period.parse(str(settings.value("month/working", "")))
    except BadPeriod:
        return running


def find(office: Office, text: str) -> Sequence[Found]:
    """Where Enter goes: ``refresh(member=…)`` and ``refresh(person=…)`` of people, ``refresh(household=…)`` of
    households.
    """
    places = {"member": ("people", "user"), "person": ("people", "user"), "household": ("households", "house")}
    found = []
    for hit in office.finding.find(text):
        page, icon = places[hit.kind]
        forwarded = _("{code} went into this entry").format(code=hit.gone) if hit.gone else ""
        left = _("left the Union") if hit.left else ""
        detail = " · ".join(part for part in (hit.code, forwarded, hit.detail, left) if part)
        found.append(Found(hit.title, detail, page, {hit.kind: hit.id}, icon))
    return found


def month_state(office: Office, period: Period) -> MonthState:
    """Closed, and whether a whole copy of its file lies outside."""
    standing = office.sending.standing(period)
    if standing.sent:
        return MonthState.SENT
    return MonthState.CLOSED if standing.closed else MonthState.OPEN


def undo(office: Office) -> str | None:
    """Take the newest act back; the words for the toast. Raises ``NothingToUndo``, ``UndoConflict``."""
    done = act_words(office.history.undo().act)
    return _("Taken back: {act}. Ctrl+Y does it again.").format(act=done)


def redo(office: Office) -> str | None:
    """Do again what was taken back last; the words for the toast. Raises ``NothingToUndo``, ``UndoConflict``."""
    return _("Done again: {act}.").format(act=act_words(office.history.redo().act))
