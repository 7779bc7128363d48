"""What is said while the row numbers of a paper list are typed. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sochihoi.domain.meetings import compact
from sochihoi.domain.periods import Period
from sochihoi.domain.roster_typing import Understood
from sochihoi.i18n import _, day_month, ngettext, number, short_date

_MOST_NUMBERS = 72  # letters of numbers in one part of the sentence
_BEGUN = " ,;-–!?"  # a statement that ends so is not finished, it is not a fault yet


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands under the field while numbers are typed. ``found`` is ``None`` when nothing can be written."""

    text: str
    tone: str
    found: Understood | None = None


NOTHING = Reading("", "muted")


def finished_part(text: str) -> str:
    """The text without the statement that is only begun; empty when nothing can be read yet."""
    return text.rstrip(_BEGUN).strip()


def strong(text: str) -> str:
    """Half-bold inside a rich text."""
    return f'<span style="font-weight:600">{text}</span>'


def counted(text: str, numbers: Sequence[int]) -> str:
    """ "**25 có mặt** (1-25)": ``text`` has the place ``{count}``; a long list of numbers is cut at a comma."""
    shown = compact(sorted(numbers))
    if len(shown) > _MOST_NUMBERS:
        shown = shown[:_MOST_NUMBERS].rsplit(",", 1)[0] + "…"
    return f"{strong(text.format(count=number(len(numbers))))} ({shown})"


def written(found: Understood) -> str:
    """The toast after numbers were written."""
    count = len(found.changes)
    return ngettext(
        "{count} mark was written on the roster.", "{count} marks were written on the roster.", count
    ).format(count=number(count))


def closed_month(period: Period, closed_on: date) -> str:
    """The info bar of a month that changes no more."""
    return _("Month {month} was closed on {day}. To correct it, make a supplementary edition.").format(
        month=period.index, day=day_month(closed_on)
    )


def not_held_yet(held_on: date) -> str:
    """The info bar of a meeting or session to come: its sheet can be printed, nobody can be marked."""
    return _("It is held on {day}. Print the blank sheet now; who came is marked from that day on.").format(
        day=short_date(held_on)
    )
