"""Why two entries may be one woman, and what was said of them, in words. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sochihoi.domain.likeness import Strength, Verdict, Why
from sochihoi.domain.member_lists import Likeness
from sochihoi.i18n import _, ngettext

ACTS: dict[str, Callable[[], str]] = {
    "person.distinct": lambda: _("Two women who look alike told apart"),
}


def fact(why: Why) -> str:
    """One fact, as it stands in a list with commas."""
    return {
        Why.SAME_ID: _("same national id"),
        Why.SAME_OLD_ID: _("same old identity card"),
        Why.SAME_NAME: _("same name"),
        Why.NAME_WITHOUT_MARKS: _("same name without marks"),
        Why.NAME_OTHER_MARKS: _("same name with other tones"),
        Why.NAME_SHORTER: _("same name with a part left out"),
        Why.SAME_BIRTH: _("same day of birth"),
        Why.SAME_BIRTH_MONTH: _("same month of birth"),
        Why.SAME_BIRTH_YEAR: _("same year of birth"),
        Why.SAME_PHONE: _("same phone"),
        Why.SAME_HOUSEHOLD: _("same household"),
        Why.SAME_ADDRESS: _("same address"),
        Why.SAME_HAMLET: _("same hamlet"),
        Why.OTHER_NAME: _("another name"),
        Why.OTHER_BIRTH: _("another date of birth"),
        Why.BIRTH_UNKNOWN: _("a date of birth is missing"),
    }[why]


def why(verdict: Verdict) -> str:
    """``same name, same household; but another date of birth``."""
    told = _listed(verdict.why)
    if not verdict.against:
        return told
    return _("{facts}; but {against}").format(facts=told, against=_listed(verdict.against))


def _listed(facts: Iterable[Why]) -> str:
    return ", ".join(map(fact, facts))


def strength_name(strength: Strength) -> str:
    """How likely, in one or two words."""
    return {
        Strength.SURE: _("Almost certain"),
        Strength.LIKELY: _("Likely"),
        Strength.POSSIBLE: _("Possible"),
    }[strength]


def noted(found: Likeness, others: int) -> str:
    """The note under a name that is typed: who is entered already, why she may be the same, how many others."""
    entry = found.entry
    who = ", ".join(part for part in (entry.code, entry.branch) if part)
    text = _("{name} ({who}) is entered already: {facts}.") if who else _("{name} is entered already: {facts}.")
    said = text.format(name=entry.full_name, who=who, facts=why(found.verdict))
    if not others:
        return said
    more = ngettext("{count} more looks alike.", "{count} more look alike.", others).format(count=others)
    return f"{said} {more}"
