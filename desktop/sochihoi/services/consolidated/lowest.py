"""The units whose share of a figure is lowest: those that a level above asks first."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sochihoi.domain.errors import NotFound
from sochihoi.domain.vietnamese import text_key
from sochihoi.services.overview_facts import Share

if TYPE_CHECKING:
    from sochihoi.domain.periods import Period
    from sochihoi.services.totals import AllTotals

MOST = 6


def lowest(totals: AllTotals, code: str, period: Period) -> tuple[Share, ...]:
    """At most six, the lowest first; units with nobody to count are left out, and nothing is there before a file came.

    One unit alone is no comparison: then there is none, too.
    """
    try:
        shares = totals.split(code, period)
    except NotFound:
        return ()
    known = [(one.unit_name, one.now.numerator or 0, one.now.denominator) for one in shares if one.now.denominator]
    known.sort(key=lambda one: (Fraction(one[1], one[2] or 1), text_key(one[0])))
    return tuple(Share(name, top, bottom or 1) for name, top, bottom in known[:MOST]) if len(known) > 1 else ()
