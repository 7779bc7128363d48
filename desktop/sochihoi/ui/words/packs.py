"""Words of packs of definitions: problems, what changes, columns of members, changes of units. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sochihoi.domain.packs import (
    Change,
    Changed,
    NotAPack,
    NotForAPack,
    NothingInPack,
    Pack,
    PackDays,
    PackForked,
    PackLeavesOut,
    PackOfAnother,
    PackOlder,
    PackRewritesPast,
)
from sochihoi.domain.targets import Direction, Goal, Measured
from sochihoi.i18n import _, ngettext, number, pgettext, short_date
from sochihoi.ui.words import Message, register
from sochihoi.ui.words.month import in_language
from sochihoi.ui.words.unusual import rule_words

if TYPE_CHECKING:
    from sochihoi.domain.wording import Words
    from sochihoi.services.packs import Look
    from sochihoi.services.unit_trees import NamedChange

ACTS = {
    "pack.make": lambda: _("Pack of definitions made"),
    "pack.apply": lambda: _("Pack of definitions applied"),
}
_SHOWN = 6  # names of one list in a sentence


def title(pack: Pack) -> str:
    """``Gói định nghĩa số 3``."""
    return _("Pack of definitions number {number}").format(number=number(pack.number))


def days(pack: Pack) -> str:
    """From when on, and until when a newer one should be there."""
    told = _("in force from {day}").format(day=short_date(pack.effective))
    if pack.expires is not None:
        told += "; " + _("a newer one should come by {day}").format(day=short_date(pack.expires))
    return told


def standing(pack: Pack, today: date, in_force: Pack | None) -> tuple[str, str]:
    """Where a kept pack stands, as a badge: words and tone."""
    if pack.effective > today:
        return _("From {day}").format(day=short_date(pack.effective)), "info"
    if in_force is None or pack.id != in_force.id:
        return _("Replaced"), "none"
    return (_("In force, overdue"), "warn") if pack.has_expired(today) else (_("In force"), "ok")


def headline(look: Look, today: date) -> str:
    """What a pack is, in one sentence over its changes."""
    if look.known:
        return _("This pack is applied here already; nothing changes.")
    count = len(look.changes)
    if not count:
        return _("Nothing of what is in force changes.")
    begins = look.pack.effective
    when = _("at once") if begins <= today else _("on {day}").format(day=short_date(begins))
    told = ngettext(
        "It takes effect {when}, with {count} change.", "It takes effect {when}, with {count} changes.", count
    )
    return told.format(count=number(count), when=when)


def warnings(look: Look, today: date) -> tuple[str, ...]:
    """What is worth a word besides the changes."""
    found = []
    if look.pack.has_expired(today):
        told = _("This pack should have been replaced by {day}; ask the level above for a newer one.")
        found.append(told.format(day=short_date(look.pack.expires)))
    if look.skipped:
        told = ngettext(
            "{count} pack before it never came; this one holds everything, so nothing is missing.",
            "{count} packs before it never came; this one holds everything, so nothing is missing.",
            look.skipped,
        )
        found.append(told.format(count=number(look.skipped)))
    return tuple(found)


def promise() -> str:
    """What stands under every preview."""
    return _("Months that are closed and reports that were issued stay as they are.")


# ---------------------------------------------------------------------- changes


def change_words(one: Change) -> str:
    """A change as a sentence."""
    facts, name = one.facts, in_language(one.title)
    match one.what:
        case Changed.TARGET_NEW:
            return _("New target: {name}, {goal}.").format(name=name, goal=goal_words(facts["goal"]))
        case Changed.TARGET:
            before, goal = facts["before"], facts["goal"]
            if before == goal:
                return _("Target reworded: {name}.").format(name=name)
            told = _("Target {name}: {goal} instead of {before}.")
            return told.format(name=name, goal=goal_words(goal), before=goal_words(before))
        case Changed.TARGET_GONE:
            return _("Target no longer set: {name}.").format(name=name)
        case Changed.CRITERIA_NEW:
            return _set_words(_("New set of criteria: {name}, from {day}."), name, facts)
        case Changed.CRITERIA:
            return _set_words(_("Set of criteria changed: {name}."), name, facts)
        case Changed.RUBRIC_NEW:
            return _set_words(_("New score sheet: {name}, from {day}."), name, facts)
        case Changed.RUBRIC:
            return _set_words(_("Score sheet changed: {name}."), name, facts)
        case Changed.INDICATORS_NEW:
            return _set_words(_("New list of figures: {name}, from {day}."), name, facts)
        case Changed.INDICATORS:
            return _set_words(_("List of figures changed: {name}."), name, facts)
        case Changed.FORM_NEW:
            return _set_words(_("New form of report: {name}, for reports from {day}."), name, facts)
        case Changed.FORM:
            return _set_words(_("Form of report changed: {name}."), name, facts)
        case Changed.UNUSUAL_NEW | Changed.UNUSUAL:
            told = _("From {day} on another file of a unit below is told as unusual, or waits for a decision.")
            parts = [told.format(day=short_date(facts["from_day"]))]
            parts += [f"– {rule_words(*rule)}" for rule in facts.get("rules", ())]
            return "\n".join(parts)
        case Changed.TERM_NEW | Changed.TERM:
            told = _("Term of the Union: {name}, from {day} to {last}.")
            return told.format(name=name, day=short_date(facts["from_day"]), last=short_date(facts["to_day"]))
        case Changed.PHRASES:
            return _("Phrases for reports change.")
        case Changed.CERTIFICATES:
            return _("Words of certificates and membership cards change.")
        case Changed.CONSENT:
            return _("Words of the consent slip change, for those who agree from then on.")
        case Changed.HOLIDAYS:
            return _("Public holidays change, and with them days that are counted in working days.")
        case Changed.UNITS:
            told = _("List of provinces and communes from {day}: {count} communes ({source}).")
            day = short_date(facts["from_day"])
            return told.format(day=day, count=number(facts["communes"]), source=facts["source"])
        case Changed.TREE:
            return tree_words(facts["change"], here=one.here)
        case Changed.ASKED:
            told = _("From now on the file to the level above also holds a list of members: {columns}.")
            words = told.format(columns=", ".join(column_words(code) for code in facts["columns"]))
            if facts["sensitive"]:
                words += " " + _("Sensitive among them: {columns}; of those who agreed only.").format(
                    columns=", ".join(column_words(code) for code in facts["sensitive"])
                )
            return words
        case Changed.NO_LONGER_ASKED:
            return _("The list of members is no longer asked for; only figures leave this PC.")


def _set_words(told: str, name: str, facts: Any) -> str:
    parts = [told.format(name=name, day=short_date(facts["from_day"]))]
    for key, words in (
        ("added", _("New: {names}.")),
        ("gone", _("No longer: {names}.")),
        ("changed", _("Changed: {names}.")),
    ):
        if facts.get(key):
            parts.append(words.format(names=_names(facts[key])))
    for label, before, now in facts.get("points", ()):
        words = _("{name}: at most {now} points instead of {before}.")
        parts.append(words.format(name=in_language(label), now=number(now), before=number(before)))
    for label, before, now in facts.get("bands", ()):
        if before is None:
            parts.append(_("{name}: from {now} points.").format(name=in_language(label), now=number(now)))
        else:
            words = _("{name}: from {now} points instead of {before}.")
            parts.append(words.format(name=in_language(label), now=number(now), before=number(before)))
    return " ".join(parts)


def _names(found: Sequence[Words]) -> str:
    names = [in_language(one) for one in found[:_SHOWN]]
    if len(found) > _SHOWN:
        rest = len(found) - _SHOWN
        names.append(ngettext("{count} more", "{count} more", rest).format(count=number(rest)))
    return "; ".join(names)


def goal_words(goal: Goal) -> str:
    """``từ 95 % trở lên``."""
    value = _number(goal.value) + (" %" if goal.measured is Measured.PERCENT else "")
    told = {
        Direction.AT_LEAST: pgettext("goal", "at least {value}"),
        Direction.OVER: pgettext("goal", "over {value}"),
        Direction.EXACTLY: pgettext("goal", "exactly {value}"),
        Direction.UNDER: pgettext("goal", "under {value}"),
    }[goal.direction]
    return told.format(value=value)


def _number(value: Fraction) -> str:
    if value.denominator == 1:
        return number(int(value))
    return number(Decimal(value.numerator) / value.denominator)


def tree_words(one: NamedChange, *, here: bool = False, basis: bool = True) -> str:
    """``Từ 01/01/2027: xã Hòa Phú (99001), xã Tân Lập (99002) sáp nhập thành 99010``: a code alone has no name yet."""
    change = one.change
    told = {
        "MERGED": _("From {day}: {before} merge into {after}."),
        "SPLIT": _("From {day}: {before} is divided into {after}."),
        "RENAMED": _("From {day}: {before} is renamed {after}."),
        "MOVED": _("From {day}: {before} goes under another unit and is {after} there."),
    }[change.kind]
    before, after = (
        ", ".join(f"{name} ({code})" if name else code for code, name in side) for side in (one.before, one.after)
    )
    words = told.format(day=short_date(change.effective), before=before, after=after)
    if basis and change.reason:
        words += " " + _("Basis: {reason}.").format(reason=change.reason.rstrip("."))
    if here:
        words += " " + _("This unit is one of them.")
    return words


def column_words(code: str) -> str:
    """What a column of members holds."""
    return {
        "address": _("address"),
        "birth": _("date of birth"),
        "branch": _("branch"),
        "code": _("member code"),
        "core_member": _("core member"),
        "education": _("education"),
        "ethnicity": _("ethnic group"),
        "full_name": _("full name"),
        "hamlet": _("hamlet"),
        "health_insurance": _("health insurance"),
        "honorary": _("honorary member"),
        "household_group": _("poor or near-poor household"),
        "joined": _("day of joining"),
        "national_id": _("personal identification number"),
        "occupation": _("occupation"),
        "party_member": _("Party member"),
        "phone": _("telephone number"),
        "professional_level": _("professional level"),
        "religion": _("religion"),
    }.get(code, code)


def columns_words(codes: Iterable[str]) -> str:
    """Several, with commas."""
    return ", ".join(column_words(code) for code in codes)


# ---------------------------------------------------------------------- problems


@register(NotAPack)
def _not_a_pack(_error: NotAPack) -> Message:
    return Message(_("This file is whole, but it is no pack of definitions."), _("Choose the pack of the level above."))


@register(PackOlder)
def _older(error: PackOlder) -> Message:
    told = _("This is pack number {number}; number {applied} is applied here already.")
    return Message(
        told.format(number=number(error.number), applied=number(error.applied)),
        _("An older pack never comes back. To undo something, the level above makes a newer pack."),
    )


@register(PackForked)
def _forked(error: PackForked) -> Message:
    told = _("Pack number {number} does not follow the one that is applied here, though both are signed.")
    return Message(
        told.format(number=number(error.number)), _("Do not use it. Ask the level above which of the two it made.")
    )


@register(PackOfAnother)
def _of_another(error: PackOfAnother) -> Message:
    told = _("The pack is called {code}; the packs before it are called {applied}.")
    return Message(
        told.format(code=error.code, applied=error.applied), _("One unit has one line of packs. Use the name before.")
    )


@register(NothingInPack)
def _nothing(error: NothingInPack) -> Message:
    return Message(
        _("There is nothing for a pack in {folder}.").format(folder=error.folder),
        _("Put the files into folders such as targets, criteria or forms, and choose the folder above them."),
    )


@register(NotForAPack)
def _not_for_a_pack(error: NotForAPack) -> Message:
    return Message(
        _("A pack cannot hold {file}.").format(file=error.file),
        _("Take it out of the folder, or give it a plain name in the folder of its kind."),
    )


@register(PackRewritesPast)
def _rewrites(error: PackRewritesPast) -> Message:
    told = _("{file}: “{code}” would be another on days before {day}, when this pack begins.")
    return Message(
        told.format(file=error.file, code=error.code, day=short_date(error.effective)),
        _("Leave the old entry as it is, end it with valid_to, and write a new version that begins with the pack."),
    )


@register(PackLeavesOut)
def _leaves_out(error: PackLeavesOut) -> Message:
    told = _("“{code}” ({kind}) was in the pack before and is missing here.")
    return Message(
        told.format(code=error.code, kind=error.file),
        _("Records of that time need it: keep it in the folder and end it with valid_to."),
    )


@register(PackDays)
def _days(error: PackDays) -> Message:
    told = _("The pack would expire on {last}, before it begins on {day}.")
    return Message(
        told.format(last=short_date(error.expires), day=short_date(error.effective)), _("Correct one of the two days.")
    )
