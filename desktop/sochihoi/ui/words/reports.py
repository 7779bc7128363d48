"""Words of periodic reports: issuing them, proving a paper, acts, problems. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from sochihoi.domain import paper_codes
from sochihoi.domain.indicators import Display
from sochihoi.domain.issued import (
    BadNumber,
    EditionReason,
    IssuedWithItsMonth,
    MonthsOpen,
    NothingChanged,
    NotOverYet,
)
from sochihoi.domain.months import WordsOut
from sochihoi.domain.periods import BadPeriod, Period
from sochihoi.i18n import _, ngettext, number, percent, short_date
from sochihoi.services.reporting.build import WrongSpan
from sochihoi.services.reporting.proving import NoSuchCode
from sochihoi.ui.words import Message, register
from sochihoi.ui.words.month import in_language, period_name

if TYPE_CHECKING:
    from sochihoi.domain.indicators import IndicatorSet
    from sochihoi.services.report_forms import ReportForm
    from sochihoi.services.reporting.proving import Proof

NAMED = 6  # months that one sentence names
ACTS: dict[str, Callable[[], str]] = {
    "report.issue": lambda: _("Report issued with a number"),
    "report.archive": lambda: _("Copy of a printed report kept"),
}


def span_name(code: str) -> str:
    """The words of a period or of a term: ``quý III năm 2026``, ``nhiệm kỳ 2025–2030``."""
    try:
        return period_name(Period.parse(code))
    except BadPeriod:
        return _("term {years}").format(years=code.replace("-", "–"))


def kind_name(kind: str) -> str:
    """How long a time a report looks at: ``quý``."""
    return {
        "month": _("a month"),
        "quarter": _("a quarter"),
        "half": _("half a year"),
        "year": _("a year"),
        "term": _("a term"),
    }[kind]


def file_kind(kind: str) -> str:
    """What a kind of file is called."""
    return {
        "pdf": _("PDF, for printing"),
        "docx": _("Word document"),
        "xlsx": _("Excel workbook"),
        "json": _("Figures for programs (JSON)"),
        "signed_pdf": _("Signed PDF"),
    }[kind]


def proof_head(proof: Proof, form: ReportForm) -> list[str]:
    """Whose paper a code proves, which edition, its number."""
    whose = f"{proof.branch}, {proof.unit_name}" if proof.branch else proof.unit_name
    lines = [
        _("The code {code} belongs to: {form}, {period}, edition {edition}, of {unit}.").format(
            code=paper_codes.shown(proof.code),
            form=in_language(form.name),
            period=span_name(proof.period),
            edition=number(proof.edition),
            unit=f"{whose} ({proof.unit_code})",
        )
    ]
    if proof.received:
        lines.append(_("Its figures are those that came in the signed file of this unit."))
    elif proof.number:
        lines.append(_("Number {number}, dated {day}.").format(number=proof.number, day=short_date(proof.on)))
    if not proof.newest:
        lines.append(_("A later edition has taken its place."))
    return lines


def proof_figures(proof: Proof, definitions: IndicatorSet) -> list[tuple[str, str]]:
    """The figures that must stand on the paper: name and number."""
    found = []
    for one in definitions.indicators:
        if one.code in proof.figures:
            above, below = proof.figures[one.code]
            value = number(above) if below is None else f"{number(above)}/{number(below)}"
            if below and one.display is Display.PERCENT:  # the paper has the percent, some lines of it both
                value = f"{value} ({percent(Fraction(above or 0, below))})"
            found.append((in_language(one.label), value))
    return found


def proof_lines(proof: Proof, form: ReportForm, definitions: IndicatorSet) -> list[str]:
    """What a code proves, line by line."""
    figures = [f"  {name}: {value}" for name, value in proof_figures(proof, definitions)]
    return [*proof_head(proof, form), _("Figures that must stand on the paper:"), *figures]


@register(WrongSpan)
def _wrong_span(error: WrongSpan) -> Message:
    return Message(
        _("This report is not made over {period}.").format(period=span_name(error.period)),
        _("It is made over: {spans}. Choose another report or another period.").format(
            spans=", ".join(kind_name(one) for one in error.spans)
        ),
    )


@register(MonthsOpen)
def _months_open(error: MonthsOpen) -> Message:
    named = ", ".join(span_name(code) for code in error.months[:NAMED])
    over = len(error.months) - NAMED
    if over > 0:
        more = ngettext("{months} and {count} more", "{months} and {count} more", over)
        named = more.format(months=named, count=number(over))
    return Message(
        _("The report of {period} has no number yet, because months of it are open: {months}.").format(
            period=span_name(error.period), months=named
        ),
        _("Close these months first. Until then the report is a draft that can be printed."),
    )


@register(NotOverYet)
def _not_over(error: NotOverYet) -> Message:
    return Message(
        _("{period} is not over yet, so its report has no number.").format(
            period=span_name(error.period)[:1].upper() + span_name(error.period)[1:]
        ),
        _("Print it as a draft, or wait until its last month is closed."),
    )


@register(EditionReason)
def _edition_reason(error: EditionReason) -> Message:
    return Message(
        _("The report of {period} is issued already.").format(period=span_name(error.period)),
        _("To make a further edition, say why; the earlier one stays."),
    )


@register(NothingChanged)
def _nothing_changed(error: NothingChanged) -> Message:
    return Message(
        _("The report of {period} would say the same as the edition before.").format(period=span_name(error.period)),
        _("No further edition was made. Print the one that is there."),
    )


@register(BadNumber)
def _bad_number(error: BadNumber) -> Message:
    return Message(
        _("“{text}” is no number of a paper.").format(text=error.text),
        _("Type a number from 1, with one letter behind it if need be: 8 or 8a."),
    )


@register(WordsOut)
def _words_out(error: WordsOut) -> Message:
    return Message(
        _("Edition {edition} of the report of {period} was printed or saved; its words no longer change.").format(
            edition=number(error.edition), period=span_name(error.period)
        ),
        _("To mend them, open the month for a supplement: closing it again makes a new edition, this one stays."),
    )


@register(IssuedWithItsMonth)
def _with_month(_error: IssuedWithItsMonth) -> Message:
    return Message(
        _("This report gets its number when its month is closed."), _("Close the month, then print the report.")
    )


@register(NoSuchCode)
def _no_such_code(error: NoSuchCode) -> Message:
    if not error.code:
        return Message(
            _("“{text}” is no code of a report.").format(text=error.text),
            _("Type the ten letters that stand below the recipients, or what the square code says."),
        )
    return Message(
        _("No report known here has the code {code}.").format(code=paper_codes.shown(error.code)),
        _(
            "The figures on that paper are not those that are kept here, or its file has not come yet. "
            "Compare the code letter by letter, then ask the unit that signed it."
        ),
    )
