"""What a check before closing found, in words: the sentence with number and place, a hint, the words on its button."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sochihoi.domain.months import CheckLevel, Finding
from sochihoi.domain.periods import Period
from sochihoi.i18n import _, day_month, language, ngettext, number, pgettext, short_date, signed
from sochihoi.ui.words.consolidated_findings import FINDINGS, HINTS

_NAMED = 3  # names that a sentence carries; the page behind its button has all of them


def finding_text(finding: Finding) -> str:
    """The sentence. A code of a later version says at least itself."""
    known = _TEXTS.get(finding.check) or FINDINGS.get(finding.check)
    return known(finding.facts) if known is not None else finding.code


def finding_hint(finding: Finding) -> str:
    """What can be done about it; empty where the sentence says it."""
    hints: dict[str, Callable[[], str]] = {
        "meetings.open": lambda: _("Go on marking, or say what the unmarked mean; then finish the attendance."),
        "sessions.future": lambda: _("Correct the day, or take the attendance away."),
        "order.left_out": lambda: _("Close that month first: the sums from January rest on it."),
        "meetings.planned": lambda: _("Mark the attendance, or call the meeting off."),
        "members.doubtful": lambda: _("Look at each of them in the list of members."),
        "members.no_branch": lambda: _("They are in the commune's figures but in no branch's."),
        "members.no_birth": lambda: _("They are in no figure by age."),
        "members.no_household": lambda: _("Their households are missing in the figures of the campaign."),
        "meetings.no_minutes": lambda: _("A meeting without a topic or minutes counts as not documented."),
        "sessions.empty": lambda: _("They count as sessions with nobody."),
        "branches.no_head": lambda: _("Enter the position at the member who leads it."),
        "pack.broken": lambda: _("The definitions that came with the program are used. Ask who sent the pack."),
        "report.gaps": lambda: _("Their places stay empty on the report. Enter them in the set-up."),
        "women.missing": lambda: _("These branches are left out of the gathering rate."),
        **HINTS,
    }
    made = hints.get(finding.check)
    return made() if made is not None else ""


def button_words(finding: Finding) -> str:
    """Mở, Ghi, Sửa, Xem."""
    if finding.level is CheckLevel.WARNING:
        return _("Change it") if finding.reason else _("Write why")
    if "enter" in finding.args:
        return _("Enter")
    return _("Open") if finding.level is CheckLevel.ERROR else _("Look")


def _fill(sentence: str, facts: Mapping[str, Any], **more: object) -> str:
    return sentence.format(count=number(int(facts["count"])), **more)


def _branches(facts: Mapping[str, Any]) -> str:
    told, rest = _told(facts)
    if not rest:
        return told
    return ngettext("{names} and {count} more branch", "{names} and {count} more branches", rest).format(
        names=told, count=number(rest)
    )


def _meetings(facts: Mapping[str, Any]) -> str:
    told, rest = _told(facts)
    if not rest:
        return told
    return ngettext("{names} and {count} more meeting", "{names} and {count} more meetings", rest).format(
        names=told, count=number(rest)
    )


def _told(facts: Mapping[str, Any]) -> tuple[str, int]:
    names = [str(name) for name in facts.get("names", ())]
    told, rest = names[:_NAMED], int(facts["count"]) - len(names[:_NAMED])
    return ", ".join(told), max(rest, 0)


def _open_meeting(facts: Mapping[str, Any]) -> str:
    day = day_month(facts["held_on"])
    if not facts["count"]:
        return _("The attendance of {day} in {branch} is marked but not finished.").format(
            day=day, branch=facts["branch"]
        )
    return ngettext(
        "At the meeting of {day} in {branch} {count} person is not marked.",
        "At the meeting of {day} in {branch} {count} people are not marked.",
        int(facts["count"]),
    ).format(day=day, branch=facts["branch"], count=facts["count"])


def _jump(facts: Mapping[str, Any]) -> str:
    change = facts["change"]
    if isinstance(change, Fraction):
        tenths = round(change * 1000)
        told = signed(Decimal(tenths) / 10, 1)
        sentence = _("{label}: {change} percent points against month {month}.")
    else:
        told = signed(int(change))
        sentence = _("{label}: {change} against month {month}.")
    label = facts["vi"] if language() == "vi" else facts["en"]
    return sentence.format(label=label, change=told, month=Period.parse(facts["previous"]).index)


def _month(facts: Mapping[str, Any]) -> str:
    period = Period.parse(facts["period"])
    return f"{period.index}/{period.year}"


def _early(facts: Mapping[str, Any]) -> str:
    return ngettext(
        "The month is not over: {count} day is left until it is due to be closed, on {day}.",
        "The month is not over: {count} days are left until it is due to be closed, on {day}.",
        int(facts["days"]),
    ).format(count=facts["days"], day=short_date(facts["due"]))


def _not_entered(facts: Mapping[str, Any]) -> str:
    labels = facts["vi"] if language() == "vi" else facts["en"]
    return _("Not entered this month: {labels}.").format(labels="; ".join(labels))


def _gaps(facts: Mapping[str, Any]) -> str:
    names = {
        "signer_name": _("the name of who signs"),
        "signer_title": _("the title of who signs"),
        "place": _("the place before the date"),
        "recipients": pgettext("of a report", "the recipients"),
    }
    told = ", ".join(names.get(field, field) for field in facts["fields"])
    return _("The report has no {parts}.").format(parts=told)


_TEXTS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "meetings.open": _open_meeting,
    "sessions.future": lambda f: _fill(
        ngettext(
            "{count} study session lies in the future but has people who came ({day}).",
            "{count} study sessions lie in the future but have people who came (the first on {day}).",
            f["count"],
        ),
        f,
        day=short_date(f["first"]),
    ),
    "order.left_out": lambda f: _("Month {month} is not closed, though earlier ones are.").format(month=_month(f)),
    "month.early": _early,
    "order.supplement": lambda f: _("The supplement of month {month} is not closed yet.").format(month=_month(f)),
    "members.none": lambda _f: _("There is no member yet."),
    "branches.no_meeting": lambda f: _fill(
        ngettext(
            "{count} branch has not met this month: {names}.",
            "{count} branches have not met this month: {names}.",
            f["count"],
        ),
        f,
        names=_branches(f),
    ),
    "meetings.planned": lambda f: _fill(
        ngettext(
            "{count} planned meeting has no roster yet: {names}.",
            "{count} planned meetings have no roster yet: {names}.",
            f["count"],
        ),
        f,
        names=_meetings(f),
    ),
    "members.doubtful": lambda f: _fill(
        ngettext(
            "{count} doubtful member has not been looked at.",
            "{count} doubtful members have not been looked at.",
            f["count"],
        ),
        f,
    ),
    "members.no_branch": lambda f: _fill(
        ngettext("{count} member is in no branch.", "{count} members are in no branch.", f["count"]), f
    ),
    "jump": _jump,
    "members.no_birth": lambda f: _fill(
        ngettext("{count} member without a year of birth.", "{count} members without a year of birth.", f["count"]), f
    ),
    "members.no_household": lambda f: _fill(
        ngettext("{count} member without a household.", "{count} members without a household.", f["count"]), f
    ),
    "meetings.no_minutes": lambda f: _fill(
        ngettext(
            "{count} meeting without a topic or minutes: {names}.",
            "{count} meetings without a topic or minutes: {names}.",
            f["count"],
        ),
        f,
        names=_meetings(f),
    ),
    "sessions.empty": lambda f: _fill(
        ngettext(
            "{count} study session has nobody who came ({day}).",
            "{count} study sessions have nobody who came (the first on {day}).",
            f["count"],
        ),
        f,
        day=short_date(f["first"]),
    ),
    "branches.no_head": lambda f: _fill(
        ngettext("{count} branch without a head: {names}.", "{count} branches without a head: {names}.", f["count"]),
        f,
        names=_branches(f),
    ),
    "women.missing": lambda f: _fill(
        ngettext(
            "{count} branch has no figure of women of 18 and over: {names}.",
            "{count} branches have no figure of women of 18 and over: {names}.",
            f["count"],
        ),
        f,
        names=_branches(f),
    ),
    "entered.missing": _not_entered,
    "report.gaps": _gaps,
    "pack.broken": lambda f: _("The pack of definitions is not used: {file} has a fault at {place}.").format(
        file=f["file"], place=f["place"]
    ),
}
