"""Words of the family campaign: rounds, marks, acts, problems. No Qt."""

from __future__ import annotations

from collections.abc import Callable

from sochihoi.domain.campaign import (
    CellsMissing,
    NotApplicableNotAllowed,
    Result,
    Round,
    RoundBeforeDone,
    SetAlreadyUsed,
    UnknownCriterion,
    WrongYearSet,
)
from sochihoi.domain.campaign_records import (
    LaterRoundBegun,
    NotConfirmed,
    NothingAssessed,
    RoundDone,
    RoundIncomplete,
    SetNotForYear,
)
from sochihoi.domain.wording import Words
from sochihoi.i18n import _, language, ngettext, number, pgettext, short_date
from sochihoi.services.definitions import BadDefinition
from sochihoi.ui.words import Message, register

ACTS: dict[str, Callable[[], str]] = {
    "campaign.choose_set": lambda: _("Criteria set of a year chosen"),
    "campaign.beside": lambda: _("Second criteria set of a year"),
    "campaign.register": lambda: _("Households registered"),
    "campaign.unregister": lambda: _("Registration of households taken back"),
    "campaign.mobilise": lambda: _("Households mobilised"),
    "campaign.unmobilise": lambda: _("Mobilising of households taken back"),
    "campaign.plaque": lambda: _("Plaque of a household"),
    "campaign.mark": lambda: _("Mark of a household"),
    "campaign.marks": lambda: _("Marks of households"),
    "campaign.note": lambda: _("Note on a criterion"),
    "campaign.pass_row": lambda: _("Whole row of a household"),
    "campaign.start": lambda: _("Round of assessment started"),
    "campaign.finish": lambda: _("Round of assessment finished"),
    "campaign.reopen": lambda: _("Round of assessment opened again"),
}

_MOST = 6  # names in one sentence


def in_words(words: Words) -> str:
    """A text of a definition in the language in use."""
    return words.vi if language() == "vi" else words.en


def round_name(which: Round) -> str:
    """ "Vòng 1: hộ tự đánh giá"."""
    return {
        Round.SELF: _("Round 1: household's own assessment"),
        Round.BRANCH_REVIEW: _("Round 2: branch review"),
        Round.COMMUNE_CONFIRM: _("Round 3: confirmation by the Union"),
    }[which]


def round_short(which: Round) -> str:
    """Inside a sentence: "vòng tự đánh giá"."""
    return {
        Round.SELF: _("the own assessment"),
        Round.BRANCH_REVIEW: _("the branch review"),
        Round.COMMUNE_CONFIRM: _("the confirmation"),
    }[which]


def mark_name(result: Result | None) -> str:
    """Đạt, chưa đạt, không áp dụng, chưa chấm."""
    return {
        Result.PASS: pgettext("criterion", "met"),
        Result.FAIL: pgettext("criterion", "not met"),
        Result.NA: _("not applicable"),
        None: _("not assessed"),
    }[result]


def some_names(names: tuple[str, ...]) -> str:
    """Up to six names, and how many more."""
    if len(names) <= _MOST:
        return ", ".join(names)
    shown = ", ".join(names[:_MOST])
    return _("{names} and {count} more").format(names=shown, count=number(len(names) - _MOST))


@register(UnknownCriterion)
def _unknown(error: UnknownCriterion) -> Message:
    return Message(
        _("The criteria set of this year has no criterion {codes}.").format(codes=", ".join(error.codes)),
        _("Open the grid of that year again and mark its own criteria."),
    )


@register(NotApplicableNotAllowed)
def _na(_error: NotApplicableNotAllowed) -> Message:
    return Message(
        _("This criterion applies to every household, so “not applicable” is not saved."),
        _("Type 1 when it is met, 0 when it is not."),
    )


@register(RoundBeforeDone)
def _before(error: RoundBeforeDone) -> Message:
    return Message(
        _("{round} of this household is not finished yet.").format(round=round_name(error.waiting_for)),
        _("Finish that round first, then go on with {round}.").format(round=round_short(error.round)),
    )


@register(CellsMissing)
def _cells(error: CellsMissing) -> Message:
    return Message(
        ngettext("{count} criterion has no mark yet.", "{count} criteria have no mark yet.", len(error.codes)).format(
            count=len(error.codes)
        ),
        _("Mark every criterion, then finish the round."),
    )


@register(WrongYearSet)
def _wrong_set(error: WrongYearSet) -> Message:
    return Message(
        _("This household was assessed with the set {made_with}, not with {asked}.").format(
            made_with=error.made_with, asked=error.asked
        ),
        _("A year is never scored again with another set. Open that year to see its result."),
    )


@register(SetAlreadyUsed)
def _used(error: SetAlreadyUsed) -> Message:
    return Message(
        _("Households of {year} are assessed with the set {set} already.").format(year=error.year, set=error.set_code),
        _("Keep it for this year; choose another set for the next year."),
    )


@register(SetNotForYear)
def _not_for_year(error: SetNotForYear) -> Message:
    return Message(
        _("The set {set} is not in force in {year}.").format(set=error.set_code, year=error.year),
        _("Choose one of the sets shown for that year."),
    )


@register(RoundDone)
def _done(error: RoundDone) -> Message:
    return Message(
        _("{round} of {household} was finished on {day}.").format(
            round=round_name(error.round), household=error.household, day=short_date(error.done_on)
        ),
        _("Open the round again to correct it."),
    )


@register(RoundIncomplete)
def _incomplete(error: RoundIncomplete) -> Message:
    if error.half:
        what = ngettext(
            "{count} household is only half assessed: {names}.",
            "{count} households are only half assessed: {names}.",
            len(error.half),
        )
        return Message(
            what.format(count=number(len(error.half)), names=some_names(error.half)),
            _("Mark their blank cells, then finish the round."),
        )
    what = ngettext(
        "{count} household is not assessed yet: {names}.",
        "{count} households are not assessed yet: {names}.",
        len(error.blank),
    )
    return Message(
        what.format(count=number(len(error.blank)), names=some_names(error.blank)),
        _("Assess them, or leave them out of this round."),
    )


@register(NothingAssessed)
def _nothing(_error: NothingAssessed) -> Message:
    return Message(
        _("No household of this branch is fully assessed yet."), _("Mark every criterion of a household first.")
    )


@register(LaterRoundBegun)
def _later(error: LaterRoundBegun) -> Message:
    return Message(
        _("{round} has begun from the results of this one.").format(round=round_name(error.later)),
        _("Correct the marks there; what was found here stays as it was."),
    )


@register(NotConfirmed)
def _not_confirmed(error: NotConfirmed) -> Message:
    return Message(
        _("The household of {household} is not confirmed as meeting all criteria of {year}.").format(
            household=error.household, year=error.year
        ),
        _("Finish the confirmation first, then write the plaque down."),
    )


@register(BadDefinition)
def _bad_definition(error: BadDefinition) -> Message:
    place = error.place or error.file
    return Message(
        _("The definition file {file} cannot be used, at {place}.").format(file=error.file, place=place),
        _("Put the file back as it came, or ask who sent it for a new one."),
    )
