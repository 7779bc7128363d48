"""Words of decisions and answers: what is unusual in a file, what to correct, why a file was returned. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from sochihoi.domain.corrections import (
    BY_PERSON,
    BuiltUpon,
    CannotRebuild,
    Correction,
    NoSuchFile,
    NotHeld,
    NothingCounts,
    NothingToTakeBack,
    ReasonMissing,
    SeveralFiles,
)
from sochihoi.domain.exchange import Decision, Measure, Received
from sochihoi.domain.gap_codes import BadGapCode
from sochihoi.domain.unusual import Finding, Sign
from sochihoi.domain.wording import Words
from sochihoi.i18n import _, ngettext, number, percent, short_date
from sochihoi.services.gaps import NothingMissing
from sochihoi.services.phone_codes import CodeOfNoFile, NotACode, NotCounted
from sochihoi.services.receipts import NothingForUs
from sochihoi.sync.errors import Code
from sochihoi.ui.words import Message, register
from sochihoi.ui.words.month import in_language, period_name
from sochihoi.ui.words.upper import plain_number

if TYPE_CHECKING:
    from sochihoi.services.definitions import Definitions

ACTS: dict[str, Callable[[], str]] = {
    "sync.decide": lambda: _("Held file decided on"),
    "sync.ask": lambda: _("Correction asked for"),
    "sync.undo": lambda: _("Received files taken back"),
    "sync.answer": lambda: _("Return files written"),
    "sync.looked_at": lambda: _("Looked at what was to be corrected"),
    "sync.phone": lambda: _("Code told by telephone checked"),
}

Names = Mapping[str, Words]
"""Indicator codes to labels."""


def names_of(definitions: Definitions) -> Names:
    """The labels of every indicator of every time, criteria and bands included."""
    from sochihoi.domain.errors import NotFound
    from sochihoi.domain.periods import Period

    found: dict[str, Words] = {}
    for dated in definitions.indicator_sets:
        found |= {one.code: one.label for one in dated.indicators.indicators}
    for criteria in definitions.criteria_sets:
        try:
            expanded = definitions.indicators_for(Period.month(criteria.valid_from.year, 12), criteria)
        except NotFound:
            continue
        found |= {one.code: one.label for one in expanded.indicators}
    return found


def name_of(code: str, names: Names) -> str:
    """What an indicator is called; its code where this version has no words for it."""
    return in_language(names[code]) if code in names else code


def measure_words(one: Measure) -> str:
    """``3.412``, ``82,1 % (61/80)``; ``chưa có`` of nobody."""
    if one.denominator is None:
        return plain_number(Fraction(one.numerator, 10**one.scale))
    if not one.denominator:
        return _("none yet")
    ratio = percent(Fraction(one.numerator, one.denominator))
    return f"{ratio} ({number(one.numerator)}/{number(one.denominator)})"


def finding_words(one: Finding, names: Names) -> str:
    """One unusual thing as a sentence."""
    return _found(one.sign, one.period, one.earlier, one.percent, one.indicator, one.before, one.after, names)


def findings_of(line: Received, names: Names) -> list[str]:
    """All that is unusual in a file that came in, the weighty first."""
    found = sorted((Finding.from_json(told) for told in line.findings), key=lambda one: not one.hold)
    return [finding_words(one, names) for one in found]


def correction_words(one: Correction, names: Names) -> str:
    """What a unit is asked to look at, without the period: her sentence, or what the check found."""
    if one.rule == BY_PERSON or one.after is None or one.before is None:
        about = f"{name_of(one.indicator, names)}: " if one.indicator else ""
        return about + one.said
    sign = _SIGNS.get(one.rule, Sign.FALL if one.indicator else Sign.CORRECTED)
    earlier, percent_ = one.earlier or one.period, one.percent or 0
    told = _found(sign, one.period, earlier, percent_, one.indicator, one.before, one.after, names)
    return f"{told} {one.said}".strip()


# A rule that a newer level above thought of is read by its shape: the figures stand beside it anyway
_SIGNS = {"FIGURES_GONE": Sign.GONE, "MONTH_CORRECTED": Sign.CORRECTED, "MEMBERS_NEW": Sign.RISE}


def _found(
    sign: Sign, period: str, earlier: str, by: int, code: str, before: Measure, after: Measure, names: Names
) -> str:
    percent_ = percent(Fraction(by, 100), 0)
    match sign:
        case Sign.FALL | Sign.RISE:
            told = (
                _("{figure}: {percent} lower than in {earlier} ({before} before, now {after}).")
                if sign is Sign.FALL
                else _("{figure}: {percent} higher than in {earlier} ({before} before, now {after}).")
            )
            words = measure_words(before), measure_words(after)
            figure = name_of(code, names)
            earlier_ = period_name(earlier)
            return told.format(figure=figure, percent=percent_, earlier=earlier_, before=words[0], after=words[1])
        case Sign.GONE:
            if code:
                return _("“{figure}” came for {earlier} and is no longer in the figures.").format(
                    figure=name_of(code, names), earlier=period_name(earlier)
                )
            told = ngettext(
                "{count} of {all} figures that came for {earlier} is no longer there.",
                "{count} of {all} figures that came for {earlier} are no longer there.",
                after.numerator,
            )
            return told.format(
                count=number(after.numerator), all=number(before.numerator), earlier=period_name(earlier)
            )
        case Sign.CORRECTED:
            told = ngettext(
                "{period} was received before; {count} of its {all} figures is another now.",
                "{period} was received before; {count} of its {all} figures are others now.",
                after.numerator,
            )
            name = period_name(period)
            return told.format(
                period=name[:1].upper() + name[1:], count=number(after.numerator), all=number(before.numerator)
            )


def decision_words(line: Received) -> str:
    """Who decided what and when; empty before."""
    if line.decision not in Decision.__members__:
        return ""
    told = (
        _("{who} accepted it on {day}.")
        if Decision[line.decision] is Decision.ACCEPTED
        else _("{who} returned it on {day}.")
    )
    return told.format(who=line.decided_by, day=short_date(line.decided_on))


def returned_why(code: str) -> Message:
    """Why the level above returned a file, for the unit that sent it."""
    told: dict[str, Callable[[], tuple[str, str]]] = {
        Code.STALE: lambda: (
            _("The level above has a newer file of this unit already."),
            _("Nothing needs to be done."),
        ),
        Code.FORK_SAME_SEQ: lambda: (
            _("The level above has another file of this unit with the same number."),
            _("See whether two PCs of this unit send, then telephone the level above."),
        ),
        Code.FORK_CHAIN: lambda: (
            _("The file does not follow the one that the level above has."),
            _("See whether two PCs of this unit send, then telephone the level above."),
        ),
        Code.EPOCH_UNPROVEN: lambda: (
            _("This book began anew without proof of what it had sent, and the level above did not accept it."),
            _("Telephone the level above, then send the file once more."),
        ),
        Code.UNIT_CLOSED: lambda: (
            _("The level above counts this unit as ended."),
            _("Ask the level above which unit its figures belong to."),
        ),
        Code.HOLD: lambda: (
            _("The level above looked at the file and returned it."),
            _("Read what is to be corrected, make a supplement of the month, and send again."),
        ),
        Code.UNDONE: lambda: (
            _("The level above took this file back: it no longer counts there."),
            _("Ask the level above why, then send the file of the month again."),
        ),
    }
    said = told.get(code)
    if said is None:
        return Message(
            _("The level above could not take this file."), _("Telephone the level above, then send a new file.")
        )
    return Message(*said())


@register(ReasonMissing)
def _reason(_error: ReasonMissing) -> Message:
    return Message(_("Nothing says why."), _("Write a sentence: the unit reads it in its own window."))


@register(NotHeld)
def _not_held(error: NotHeld) -> Message:
    return Message(
        _("“{file}” waits for no decision.").format(file=error.file_name),
        _("Look at the inbox: only files that are held are accepted or returned."),
    )


@register(NoSuchFile)
def _no_such(error: NoSuchFile) -> Message:
    return Message(
        _("No file “{asked}” came in.").format(asked=error.asked),
        _("Use its name or number as the inbox and “receive --json” show it."),
    )


@register(SeveralFiles)
def _several(error: SeveralFiles) -> Message:
    return Message(
        _("Several files called “{asked}” came in.").format(asked=error.asked),
        _("Use the number of one of them: {numbers}.").format(numbers=", ".join(error.numbers)),
    )


@register(BuiltUpon)
def _built_upon(error: BuiltUpon) -> Message:
    return Message(
        _("“{file}” cannot be taken back: the newer file “{by}” of the same unit stands on it.").format(
            file=error.file_name, by=error.by
        ),
        _("Take the newer file back first."),
    )


@register(NothingToTakeBack)
def _nothing(_error: NothingToTakeBack) -> Message:
    return Message(
        _("None of these files counts, so there is nothing to take back."), _("Choose files that were received.")
    )


@register(CannotRebuild)
def _cannot(error: CannotRebuild) -> Message:
    return Message(
        _("“{file}”, which stood before, cannot be opened with the key of this PC, so nothing was taken back.").format(
            file=error.file_name
        ),
        _("Ask the unit to send its newest file again instead."),
    )


@register(NothingCounts)
def _nothing_counts(error: NothingCounts) -> Message:
    return Message(
        _("No file of unit {unit} counts here, so there is no figure to ask about.").format(unit=error.unit),
        _("Wait for its file, or telephone the unit."),
    )


@register(NothingForUs)
def _nothing_for_us(_error: NothingForUs) -> Message:
    return Message(
        _("Nothing in this file can be applied by this version of the program."),
        _("Update the program on this PC, then take the file in again."),
    )


@register(NotACode)
def _not_a_code(error: NotACode) -> Message:
    return Message(
        _("“{typed}” is no code: it has ten letters and digits, without 0, 1, I and O.").format(typed=error.typed),
        _("Have it read once more, letter by letter."),
    )


@register(CodeOfNoFile)
def _code_of_no_file(error: CodeOfNoFile) -> Message:
    return Message(
        _("“{typed}” is the code of no file that was made here.").format(typed=error.typed),
        _("Have it read once more. If it stays the same, the level above has another file: wait for the receipt."),
    )


@register(NotCounted)
def _not_counted(error: NotCounted) -> Message:
    return Message(
        _("“{file}” does not count here, so there is no code to tell.").format(file=error.file_name),
        _("Decide on the file first, or take it in again."),
    )


@register(BadGapCode)
def _bad_gap(error: BadGapCode) -> Message:
    return Message(
        _("“{typed}” is no code of missing months of this unit.").format(typed=error.typed),
        _("Have it read once more, letter by letter, and say the code of your unit."),
    )


@register(NothingMissing)
def _nothing_missing(error: NothingMissing) -> Message:
    return Message(
        _("No month of unit {unit} is missing here.").format(unit=error.unit), _("Nothing needs to be asked for.")
    )
