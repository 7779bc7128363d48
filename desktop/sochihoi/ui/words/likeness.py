"""Why two entries may be one woman, and what was said of them, in words. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from sochihoi.domain.likeness import Strength, Verdict, Why
from sochihoi.domain.member_lists import Entry, Likeness
from sochihoi.domain.merging import NotMerged, SameEntry
from sochihoi.i18n import _, ngettext, number
from sochihoi.ui.words import Message, register
from sochihoi.ui.words.people import partial_date, position_name

if TYPE_CHECKING:
    from sochihoi.services.merging import Moves

ACTS: dict[str, Callable[[], str]] = {
    "person.distinct": lambda: _("Two women who look alike told apart"),
    "person.merge": lambda: _("Two entries of one woman merged"),
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


def entry_line(entry: Entry) -> str:
    """``HP00417 · Ấp An Hòa · 1971``; ``Không phải hội viên · 1971`` of somebody who only lives in a household."""
    born = partial_date(entry.birth) if entry.birth is not None else ""
    return " · ".join(part for part in (entry.code or _("Not a member"), entry.branch, born) if part)


def moves(told: Moves, units: Mapping[str, str]) -> list[str]:
    """What goes over to the entry that is kept, a line for each kind."""
    lines = []
    if told.memberships:
        text = ngettext("{count} membership", "{count} memberships", told.memberships)
        lines.append(text.format(count=number(told.memberships)))
    if told.meetings:
        text = ngettext(
            "{count} place on a roster of a meeting", "{count} places on rosters of meetings", told.meetings
        )
        line = text.format(count=number(told.meetings))
        if told.both:
            text = ngettext(
                "{count} meeting has both: counted once", "{count} meetings have both: counted once", told.both
            )
            line = f"{line} ({text.format(count=number(told.both))})"
        lines.append(line)
    if told.sessions:
        text = ngettext("{count} study session", "{count} study sessions", told.sessions)
        lines.append(text.format(count=number(told.sessions)))
    if told.campaigns:
        text = ngettext(
            "{count} list of those who are to study", "{count} lists of those who are to study", told.campaigns
        )
        lines.append(text.format(count=number(told.campaigns)))
    lines += [f"{position_name(title)}, {units.get(unit, '')}".rstrip(", ") for title, unit in told.positions]
    lines += [_("Head of the household {code}").format(code=code) for code in told.households]
    if told.consents:
        text = ngettext("{count} consent", "{count} consents", told.consents)
        lines.append(text.format(count=number(told.consents)))
    return lines


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


@register(SameEntry)
def _same_entry(error: SameEntry) -> Message:
    return Message(
        _("{name} cannot be merged with this entry: it is the same, or was merged already.").format(name=error.name),
        _("Choose two entries that both stand in the register."),
    )


@register(NotMerged)
def _not_merged(error: NotMerged) -> Message:
    return Message(_("{name} stands by herself already.").format(name=error.name), _("Read the list again with F5."))
