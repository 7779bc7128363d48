"""Words of the month: figures, what checks found, problems of closing, acts. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sochihoi.domain.indicators import Display, Figure, Indicator, Row
from sochihoi.domain.months import (
    CheckLevel,
    ChecksFailed,
    Finding,
    MonthAlreadyClosed,
    MonthNotClosed,
    NoSupplement,
    NotAMonth,
    NotEntered,
    NothingRecorded,
    ReasonsWanted,
    SupplementHasChanges,
    SupplementReason,
    SupplementUnderWay,
)
from sochihoi.domain.periods import BadPeriod, FuturePeriod, Period, PeriodKind
from sochihoi.domain.wording import Words
from sochihoi.i18n import _, language, ngettext, number, percent, short_date, signed
from sochihoi.ui.words import Message, register
from sochihoi.ui.words.findings import finding_hint, finding_text

__all__ = [
    "ACTS",
    "change_text",
    "figure_text",
    "finding_hint",
    "finding_text",
    "in_language",
    "level_name",
    "period_name",
]

ACTS: dict[str, Callable[[], str]] = {
    "month.reason": lambda: _("Reason given for a warning"),
    "month.close": lambda: _("Month closed"),
    "month.supplement": lambda: _("Supplement begun"),
    "month.supplement_cancel": lambda: _("Supplement given up"),
    "month.number": lambda: _("Number of a report changed"),
    "figure.enter": lambda: _("Figure entered"),
    "report.write": lambda: _("Report text written"),
    "report.restore": lambda: _("Report text taken back to its draft"),
    "report.keep": lambda: _("Report text confirmed"),
    "phrase.keep": lambda: _("Phrase kept for reports"),
    "phrase.drop": lambda: _("Phrase for reports dropped"),
}


def in_language(words: Words) -> str:
    """The text of a definition in the language of the screen."""
    return words.vi if language() == "vi" else words.en


def level_name(level: CheckLevel) -> str:
    """Phải sửa, cần lý do, lưu ý."""
    return {
        CheckLevel.ERROR: _("Must be mended"),
        CheckLevel.WARNING: _("Needs a reason"),
        CheckLevel.NOTE: _("To note"),
    }[level]


def period_name(period: Period | str) -> str:
    """``tháng 10/2026``, ``quý 3/2026``, ``6 tháng đầu năm 2026``, ``năm 2026``."""
    try:
        known = Period.parse(period) if isinstance(period, str) else period
    except BadPeriod:
        return str(period)
    match known.kind:
        case PeriodKind.MONTH:
            return _("month {month}/{year}").format(month=known.index, year=known.year)
        case PeriodKind.QUARTER:
            return _("quarter {quarter}/{year}").format(quarter=known.index, year=known.year)
        case PeriodKind.HALF if known.index == 1:
            return _("the first half of {year}").format(year=known.year)
        case PeriodKind.HALF:
            return _("the second half of {year}").format(year=known.year)
        case _:
            return _("the year {year}").format(year=known.year)


def figure_text(indicator: Indicator, figure: Figure) -> str:
    """3.412 · 82,1 % · 31/34; ``—`` where nothing is known, ``chưa có`` where there is nobody to count."""
    if indicator.is_share and figure.ratio is None:
        return "—" if figure.denominator is None else _("none yet")
    if indicator.display is Display.FRACTION:
        return f"{number(figure.numerator or 0)}/{number(figure.denominator or 0)}"
    if indicator.is_share:
        return percent(figure.ratio)
    return "—" if figure.value is None else number(figure.value)


def change_text(row: Row) -> str:
    """+14 · −1,5 (percent points) · −3 of "31/34"; ``—`` where there is nothing to compare with."""
    if row.indicator.display is Display.FRACTION and row.now.numerator is not None:
        return "—" if row.previous.numerator is None else signed(row.now.numerator - row.previous.numerator)
    change = row.change
    if change is None:
        return "—"
    if row.indicator.is_share:
        return signed(points(change), 1)
    return signed(int(change))


def points(change: Fraction) -> Decimal:
    """A difference of shares in percent points with one decimal, half rounded away from zero."""
    tenths = (abs(change.numerator) * 2000 + change.denominator) // (2 * change.denominator)
    return Decimal(-tenths if change < 0 else tenths) / 10


def day_words(days: int) -> str:
    """còn 4 ngày · hôm nay · quá hạn 3 ngày."""
    if days > 0:
        return ngettext("{count} day still to go", "{count} days still to go", days).format(count=number(days))
    if days == 0:
        return _("today")
    return ngettext("{count} day past it", "{count} days past it", -days).format(count=number(-days))


# ---------------------------------------------------------------------- problems


@register(BadPeriod)
def _bad(error: BadPeriod) -> Message:
    return Message(
        _("“{text}” is no period.").format(text=error.text), _("Write a month as 2026-10, a quarter as 2026-Q3.")
    )


@register(FuturePeriod)
def _future(error: FuturePeriod) -> Message:
    return Message(
        _("The {period} has not begun yet: today is {day}.").format(
            period=period_name(error.period), day=short_date(error.today)
        ),
        _("Choose another month, or look at the date of this PC."),
    )


@register(NotAMonth)
def _not_a_month(error: NotAMonth) -> Message:
    return Message(
        _("Only single months are closed, entered and reported; this is {period}.").format(
            period=period_name(error.period)
        ),
        _("Choose a month, such as 2026-10."),
    )


@register(MonthAlreadyClosed)
def _already(error: MonthAlreadyClosed) -> Message:
    return Message(
        _("The {period} was closed on {day}.").format(
            period=period_name(error.period), day=short_date(error.closed_on)
        ),
        _("To correct it, make a supplementary edition."),
    )


@register(MonthNotClosed)
def _not_closed(error: MonthNotClosed) -> Message:
    return Message(
        _("The {period} is not closed yet.").format(period=period_name(error.period)),
        _("Close it first, then try again."),
    )


@register(ChecksFailed)
def _failed(error: ChecksFailed) -> Message:
    count = len(error.findings)
    what = ngettext(
        "{count} thing must be mended before the {period} is closed: {first}",
        "{count} things must be mended before the {period} is closed: {first}",
        count,
    )
    return Message(
        what.format(count=count, period=period_name(error.period), first=finding_text(error.findings[0])),
        _("Mend it, then close the month again."),
    )


@register(ReasonsWanted)
def _unreasoned(error: ReasonsWanted) -> Message:
    count = len(error.findings)
    what = ngettext(
        "{count} warning needs a reason before the {period} is closed: {first}",
        "{count} warnings need a reason before the {period} is closed: {first}",
        count,
    )
    return Message(
        what.format(count=count, period=period_name(error.period), first=finding_text(error.findings[0])),
        _("Write the reason, then close the month again."),
    )


@register(SupplementUnderWay)
def _under_way(error: SupplementUnderWay) -> Message:
    return Message(
        _("A supplement of the {period} is being made already.").format(period=period_name(error.period)),
        _("Correct what was wrong, then close the month again."),
    )


@register(NoSupplement)
def _no_supplement(error: NoSupplement) -> Message:
    return Message(
        _("No supplement of the {period} is being made.").format(period=period_name(error.period)),
        _("Open the month again to see how it stands."),
    )


@register(SupplementHasChanges)
def _has_changes(error: SupplementHasChanges) -> Message:
    count = len(error.codes)
    what = ngettext(
        "{count} figure of the {period} differs from the closed edition.",
        "{count} figures of the {period} differ from the closed edition.",
        count,
    )
    return Message(
        what.format(count=count, period=period_name(error.period)),
        _("Close the supplement, or undo the changes in the history first."),
    )


@register(SupplementReason)
def _why(error: SupplementReason) -> Message:
    return Message(
        _("Nobody said why the {period} is opened again.").format(period=period_name(error.period)),
        _("Write the reason; it goes to the level above with the new edition."),
    )


@register(NothingRecorded)
def _nothing(_error: NothingRecorded) -> Message:
    return Message(_("There is no month with records yet."), _("Enter members or a meeting first, or name a month."))


@register(NotEntered)
def _counted(error: NotEntered) -> Message:
    return Message(
        _("The figure {code} is counted from the records and cannot be typed.").format(code=error.code),
        _("Correct the records that it is counted from."),
    )


def facts_words(facts: Mapping[str, Any]) -> str:
    """The label that a finding carries, in the language of the screen."""
    label = facts.get(language(), facts.get("vi", ""))
    return "; ".join(label) if isinstance(label, list) else str(label)


def reason_line(finding: Finding) -> str:
    """Đã ghi: “…” or that nothing was written yet."""
    if finding.reason:
        return _("Written: “{reason}”").format(reason=finding.reason)
    return _("No reason written yet.")


def closed_words(period: Period, edition: int, on: date) -> str:
    """Tháng 9/2026 đã chốt ngày 30/09/2026, lần 2."""
    if edition > 1:
        return _("The {period} was closed on {day}, edition {edition}.").format(
            period=period_name(period), day=short_date(on), edition=edition
        )
    return _("The {period} was closed on {day}.").format(period=period_name(period), day=short_date(on))
