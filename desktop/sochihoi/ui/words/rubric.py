"""Words of model branches: states, titles, answers, acts, problems. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from sochihoi.domain.rubric import Answer, BadPoints, Title
from sochihoi.domain.rubric_records import SheetBegun, TitleFromSheet
from sochihoi.domain.scoring import (
    BlockedFromTitle,
    ConditionsOpen,
    NoSuchLine,
    NotYetModel,
    ReasonsMissing,
    ScoresMissing,
    ScoresReadOnly,
    ScoreState,
    WrongScoreState,
)
from sochihoi.domain.wording import Words
from sochihoi.i18n import _, language, ngettext, number, pgettext
from sochihoi.services.certificate_texts import MODEL, MODEL_OUTSTANDING
from sochihoi.services.certificates import Fact, NoTitle
from sochihoi.ui.words import Message, register

ACTS: dict[str, Callable[[], str]] = {
    "rubric.register": lambda: _("Branches registered for the score sheet"),
    "rubric.unregister": lambda: _("Registration of a branch taken back"),
    "rubric.points": lambda: _("Points of a criterion"),
    "rubric.reason": lambda: _("Reason for different points"),
    "rubric.evidence": lambda: _("Evidence of a criterion"),
    "rubric.answer": lambda: _("Blocking condition answered"),
    "rubric.proposals": lambda: _("Proposed points taken"),
    "rubric.finish_own": lambda: _("Own scoring of a branch finished"),
    "rubric.back_to_own": lambda: _("Own scoring of a branch opened again"),
    "rubric.verify": lambda: _("Score sheet verified"),
    "rubric.correct": lambda: _("Verified score sheet opened again"),
    "rubric.recognise": lambda: _("Title given to a branch"),
    "rubric.refuse": lambda: _("Title not given to a branch"),
    "rubric.report": lambda: _("Results of score sheets reported"),
    "rubric.titles": lambda: _("Titles of an earlier year"),
}


def said(text: Words) -> str:
    """A text of a definition in the language in use."""
    return text.vi if language() == "vi" else text.en


def points(value: Decimal | None) -> str:
    """``72,5``; nothing where nobody scored."""
    return "" if value is None else number(value, 1)


def state_name(state: ScoreState | None) -> str:
    """One to three words for the badge."""
    return {
        None: _("Not registered"),
        ScoreState.REGISTERED: _("Branch is scoring"),
        ScoreState.SELF_SCORED: _("Commune is verifying"),
        ScoreState.COMMUNE_VERIFIED: _("Verified"),
        ScoreState.RECOGNISED: _("Recognised"),
        ScoreState.NOT_RECOGNISED: _("Not recognised"),
        ScoreState.REPORTED: _("Reported"),
    }[state]


def title_name(title: Title | None) -> str:
    """The title in words; a dash for none."""
    return {None: "—", Title.MODEL: _("Model branch"), Title.MODEL_OUTSTANDING: _("Outstanding model branch")}[title]


def certificate_words(fact: Fact) -> str:
    """What the code of a certificate proves: whom it must name, for what, in which year."""
    titles = {MODEL: title_name(Title.MODEL), MODEL_OUTSTANDING: title_name(Title.MODEL_OUTSTANDING)}
    return _("This code belongs to a certificate of {year}: {name}, {title}.").format(
        year=fact.year, name=fact.name, title=titles.get(fact.kind, _("a household that passes the family campaign"))
    )


def answer_name(answer: Answer | None) -> str:
    """Có, không, chưa trả lời: whether a blocking condition has come true."""
    return {
        None: _("not answered"),
        Answer.MET: pgettext("condition", "yes"),
        Answer.NOT_MET: pgettext("condition", "no"),
    }[answer]


def _numbers(codes: Sequence[str]) -> str:
    return ", ".join(codes)


@register(BadPoints)
def _bad_points(error: BadPoints) -> Message:
    return Message(
        _("{given} points cannot be given on criterion {code}.").format(given=error.given, code=error.criterion),
        _("Type 0 to {maximum}, with at most one decimal.").format(maximum=number(error.maximum)),
    )


@register(WrongScoreState)
def _state(error: WrongScoreState) -> Message:
    return Message(
        _("The score sheet stands at “{state}”, so this step is not possible now.").format(
            state=state_name(error.state)
        ),
        _("Open the sheet again and follow its steps in order."),
    )


@register(NoTitle)
def _no_title(error: NoTitle) -> Message:
    return Message(
        _("{branch} got no title in {year}.").format(branch=error.branch, year=error.year),
        _("Recognise its title first, then print the certificate."),
    )


@register(ScoresMissing)
def _missing(error: ScoresMissing) -> Message:
    what = ngettext(
        "{count} criterion has no points yet: {codes}.",
        "{count} criteria have no points yet: {codes}.",
        len(error.codes),
    )
    return Message(
        what.format(count=len(error.codes), codes=_numbers(error.codes)), _("Score every criterion, then finish.")
    )


@register(ReasonsMissing)
def _reasons(error: ReasonsMissing) -> Message:
    return Message(
        _("Verified points differ from the branch's own without a reason: criterion {codes}.").format(
            codes=_numbers(error.codes)
        ),
        _("Write the reason at the end of each of these lines."),
    )


@register(ConditionsOpen)
def _open(error: ConditionsOpen) -> Message:
    what = ngettext(
        "{count} blocking condition is not answered yet.",
        "{count} blocking conditions are not answered yet.",
        len(error.codes),
    )
    return Message(what.format(count=len(error.codes)), _("Answer them at the right of the sheet."))


@register(BlockedFromTitle)
def _blocked(_error: BlockedFromTitle) -> Message:
    return Message(
        _("A blocking condition has come true, so this branch cannot be recognised."),
        _("Choose “Do not recognise”, or open the sheet again if an answer was wrong."),
    )


@register(NotYetModel)
def _not_model(_error: NotYetModel) -> Message:
    return Message(
        _("Only a branch that is a model branch already can become an outstanding one."),
        _("Recognise it as a model branch, or record the title that it holds from earlier years."),
    )


@register(ScoresReadOnly)
def _read_only(_error: ScoresReadOnly) -> Message:
    return Message(
        _("The points of this sheet are verified and no longer change."),
        _("To correct them, open the sheet again and say why."),
    )


@register(NoSuchLine)
def _no_line(error: NoSuchLine) -> Message:
    return Message(
        _("The score sheet of this year has no criterion {code}.").format(code=error.code),
        _("Open the sheet again and score its own criteria."),
    )


@register(SheetBegun)
def _begun(error: SheetBegun) -> Message:
    return Message(
        _("Branch {branch} has points on its sheet already.").format(branch=error.branch),
        _("Empty its points first if it is no longer to be scored this year."),
    )


@register(TitleFromSheet)
def _from_sheet(error: TitleFromSheet) -> Message:
    return Message(
        _("The title of branch {branch} for {year} comes from its score sheet.").format(
            branch=error.branch, year=error.year
        ),
        _("Open that sheet again to decide it anew."),
    )
