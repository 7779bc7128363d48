"""What the pages of model branches say. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sochihoi.domain.indicators import Display, Figure, Indicator
from sochihoi.domain.rubric import Answer, Rubric, Title
from sochihoi.domain.rubric_records import VERIFIED, BranchLine, ConditionLine, ProposedLine, ScoreSheet, YearList
from sochihoi.domain.scoring import ScoreState
from sochihoi.i18n import _, day_month, ngettext, number, percent, short_date
from sochihoi.services.rubric_evidence import fraction, value
from sochihoi.ui.words.rubric import answer_name, points, said, title_name

_STATE_TONES = {
    None: "none",
    ScoreState.REGISTERED: "info",
    ScoreState.SELF_SCORED: "warn",
    ScoreState.COMMUNE_VERIFIED: "ok",
    ScoreState.RECOGNISED: "ok",
    ScoreState.NOT_RECOGNISED: "bad",
    ScoreState.REPORTED: "ok",
}


@dataclass(frozen=True, slots=True)
class WhyPoints:
    """The card "why these points": a heading, the rule, how each measure came, what is left out."""

    heading: str
    figures: tuple[str, ...]
    rule: str
    how: tuple[str, ...]
    sources: tuple[tuple[str, str], ...]  # words on the button, indicator


def state_tone(state: ScoreState | None) -> str:
    """Colour of the badge."""
    return _STATE_TONES[state]


def suggestion(rubric: Rubric) -> str:
    """That the sheet is nobody's regulation; nothing for one that is."""
    return _("A suggested score sheet, not a regulation of the province yet.") if rubric.suggested else ""


def year_note(found: YearList) -> str:
    """Beside the title of the list."""
    return _("year {year} · {registered} of {all} branches registered").format(
        year=found.year, registered=number(found.registered), all=number(len(found.lines))
    )


def outstanding_words(found: YearList) -> str:
    """Outstanding branches among the existing model branches."""
    state = found.outstanding
    if not state.denominator:
        return _("No branch holds the title of model branch yet.")
    told = _("Model branches: {models}. Outstanding: {best}/{models} ({percent}), target {target} or more.").format(
        models=number(state.denominator),
        best=number(state.numerator or 0),
        percent=percent(state.ratio),
        target="20\u00a0%",
    )
    if state.met:
        return f"{told} " + _("The target is met.")
    return f"{told} " + ngettext("{count} more is needed.", "{count} more are needed.", state.needed or 0).format(
        count=number(state.needed or 0)
    )


def points_words(line: BranchLine) -> str:
    """``72,5 / 75`` while it is being scored, ``97,0`` when it is complete."""
    if line.tally is None or not line.tally.scored_max:
        return "—"
    if line.tally.complete:
        return points(line.tally.total)
    return f"{points(line.tally.total)} / {number(line.tally.scored_max)}"


def band_name(rubric: Rubric, code: str | None) -> str:
    """The band in words."""
    return next((said(band.label) for band in rubric.bands if band.code == code), "—")


def title_words(line: BranchLine) -> str:
    """What the branch holds now."""
    return title_name(line.title)


def condition_words(line: ConditionLine) -> str:
    """The condition with its answer."""
    return _("{condition}: {answer}").format(condition=said(line.condition.label), answer=answer_name(line.answer))


def condition_mark(answer: Answer | None) -> tuple[str, str]:
    """Icon and colour: a condition that has come true keeps the branch from its title."""
    marks = {None: ("circle-minus", "muted"), Answer.MET: ("circle-x", "bad"), Answer.NOT_MET: ("circle-check", "ok")}
    return marks[answer]


def conditions_badge(sheet: ScoreSheet) -> tuple[str, str]:
    """Beside the conditions: whether one has come true, or how many nobody answered."""
    if sheet.blocked:
        return _("no title"), "bad"
    asked = len(sheet.unanswered)
    if not asked or sheet.score.read_only:
        return "", "none"
    return ngettext("{count} to answer", "{count} to answer", asked).format(count=asked), "warn"


def open_words(sheet: ScoreSheet) -> tuple[str, str]:
    """The badge beside the total: how many criteria are still blank."""
    missing = len(sheet.shown.open_criteria)
    if missing:
        return ngettext("{count} left", "{count} left", missing).format(count=missing), "warn"
    return _("all scored"), "ok"


def missing_words(sheet: ScoreSheet) -> str:
    """Why this step cannot be finished; nothing when it can."""
    told = []
    blank = len(sheet.shown.open_criteria)
    if blank:
        told.append(
            ngettext("{count} criterion has no points", "{count} criteria have no points", blank).format(count=blank)
        )
    if sheet.column == VERIFIED:
        silent = len(sheet.silent)
        if silent:
            told.append(
                ngettext("{count} reason is missing", "{count} reasons are missing", silent).format(count=silent)
            )
        asked = len(sheet.unanswered)
        if asked:
            told.append(
                ngettext("{count} condition is not answered", "{count} conditions are not answered", asked).format(
                    count=asked
                )
            )
    if not told:
        return ""
    return _("Still to do: {what}.").format(what="; ".join(told))


def range_words(sheet: ScoreSheet) -> str:
    """What total is still possible."""
    shown = sheet.shown
    if shown.complete:
        band = sheet.rubric.band(shown.total)
        return _("Band: {band}").format(band=said(band.label))
    return _("possible {low} – {high}").format(low=points(shown.lowest), high=points(shown.highest))


def why(sheet: ScoreSheet, line: ProposedLine) -> WhyPoints:
    """What the proposed points of one criterion rest on."""
    if line.proposed is None:
        heading = _("Criterion {code}: scored by hand").format(code=line.code)
    else:
        heading = _("Why {points} points?").format(points=points(line.proposed))
    pairs = tuple(zip(line.indicators, line.figures, strict=True))
    return WhyPoints(
        heading,
        tuple(_("{label}: {value}").format(label=said(i.label), value=_value(i, f)) for i, f in pairs),
        said(line.criterion.guidance),
        tuple(_how(i, f, sheet) for i, f in pairs if f.known),
        _lists(pairs),
    )


def _value(indicator: Indicator, figure: Figure) -> str:
    if not figure.known:
        return _("no figures yet")
    return fraction(figure) if indicator.display is Display.FRACTION else value(figure)


def _how(indicator: Indicator, figure: Figure, sheet: ScoreSheet) -> str:
    until = _("from 01/01 to {day}").format(day=day_month(sheet.until))
    if indicator.denominator is not None:
        return _("{value} = {above} {numerator} ÷ {below} {denominator}, {when}. {left_out}").format(
            value=percent(figure.ratio),
            above=number(figure.numerator or 0),
            numerator=said(indicator.numerator),
            below=number(figure.denominator or 0),
            denominator=said(indicator.denominator),
            when=until,
            left_out=said(indicator.left_out),
        )
    return _("{value} {numerator}, {when}. {left_out}").format(
        value=value(figure), numerator=said(indicator.numerator), when=until, left_out=said(indicator.left_out)
    )


def _lists(pairs: Sequence[tuple[Indicator, Figure]]) -> tuple[tuple[str, str], ...]:
    """The lists behind the measures that counted anything; several are told apart by their names."""
    full = [i for i, f in pairs if f.known and f.value != 0]
    if len(full) == 1:
        return ((_("Open the list"), full[0].code),)
    return tuple((said(one.label), one.code) for one in full)


def finished_words(sheet: ScoreSheet) -> str:
    """What the bar says of a sheet that is settled."""
    score = sheet.score
    if score.verified_on is None:
        return _("This title was recorded without a score sheet.")
    told = _("Verified on {day}: the points no longer change.").format(day=short_date(score.verified_on))
    if score.state in (ScoreState.RECOGNISED, ScoreState.REPORTED) and score.title is not None:
        return f"{told} " + _("Title given: {title}.").format(title=title_name(score.title))
    if score.recognised_on is not None:
        return f"{told} " + _("No title was given.")
    return told


def may_have(sheet: ScoreSheet) -> tuple[Title, ...]:
    """The titles that the branch can be given: none while a condition blocks it."""
    if sheet.score.state is not ScoreState.COMMUNE_VERIFIED or sheet.blocked:
        return ()
    return (Title.MODEL, Title.MODEL_OUTSTANDING) if sheet.held is not None else (Title.MODEL,)
