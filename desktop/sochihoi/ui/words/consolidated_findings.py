"""Words of what the checks of a level above find before a month is closed. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sochihoi.i18n import _, ngettext, number

_NAMED = 6


def _names(facts: Mapping[str, Any]) -> str:
    names = list(facts["names"])
    return ", ".join(names[:_NAMED]) + ("…" if int(facts["count"]) > _NAMED else "")


def _missing(facts: Mapping[str, Any]) -> str:
    told = ngettext(
        "{count} unit has not sent and is not in these figures: {names}.",
        "{count} units have not sent and are not in these figures: {names}.",
        int(facts["count"]),
    )
    return told.format(count=number(int(facts["count"])), names=_names(facts))


def _fresh(facts: Mapping[str, Any]) -> str:
    told = ngettext(
        "{count} unit is in these figures but not in those of the month before: {names}.",
        "{count} units are in these figures but not in those of the month before: {names}.",
        int(facts["count"]),
    )
    return told.format(count=number(int(facts["count"])), names=_names(facts))


def _newer(facts: Mapping[str, Any]) -> str:
    told = ngettext(
        "{count} unit has sent since this month was closed: {names}.",
        "{count} units have sent since this month was closed: {names}.",
        int(facts["count"]),
    )
    return told.format(count=number(int(facts["count"])), names=_names(facts))


FINDINGS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "above.nobody": lambda _facts: _("No unit has sent the figures of this month yet."),
    "above.missing": _missing,
    "above.fresh": _fresh,
    "above.newer": _newer,
}

HINTS: dict[str, Callable[[], str]] = {
    "above.nobody": lambda: _("Take their files in first."),
    "above.missing": lambda: _("Remind them, or write why the month is closed without them."),
    "above.fresh": lambda: _("Changes against the month before hold them too."),
    "above.newer": lambda: _("Make a supplement to take their figures in; the closed edition stays."),
}
