"""Which paper a short code belongs to: found again from frozen figures, never from a list of codes alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sochihoi.domain import paper_codes
from sochihoi.domain.errors import UserError
from sochihoi.domain.exchange import Direction
from sochihoi.domain.months import Closing
from sochihoi.domain.paper_codes import Numbers
from sochihoi.domain.periods import Period
from sochihoi.services.form_parts import SpanKind
from sochihoi.services.report_forms import ABOVE, MONTH, ReportForm, Scope
from sochihoi.services.reporting.issuing import proof_of
from sochihoi.services.reporting.spans import span_of, span_of_term

if TYPE_CHECKING:
    from sochihoi.domain.targets import Term
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work

EDITIONS = 9  # of thematic reports and of terms: further ones are looked up where they were issued


@dataclass(eq=False)
class NoSuchCode(UserError):
    """What was typed is no short code, or no paper known here has it. ``code``: as read, empty when it is none."""

    text: str
    code: str


@dataclass(frozen=True, slots=True)
class Proof:
    """The paper of a code. ``newest``: no later edition is known here. ``received``: from a file of the unit below.

    ``branch``: the name of the branch whose paper it is. ``figures``: what the code proves, by indicator.
    """

    code: str
    unit_code: str
    unit_name: str
    branch: str
    form: str
    period: str
    edition: int
    newest: bool
    number: str
    on: date | None
    figures: Numbers
    received: bool


def prove(office: Office, text: str) -> Proof:
    """The paper with this code. Raises ``NoSuchCode``."""
    code = paper_codes.read(text)
    if code:
        with office.read() as work:
            found = next((one for one in _known(office, work, code) if one.code == code), None)
        if found is not None:
            return found
    raise NoSuchCode(text.strip(), code)


def _known(office: Office, work: Work, code: str) -> Iterator[Proof]:
    if office.is_receiver:
        yield from _received(office, work)
    yield from _issued(office, work, code)
    yield from _closed(office, work)


def _issued(office: Office, work: Work, code: str) -> Iterator[Proof]:
    for one in work.reports.by_code(code):
        of_branch = one.unit_id if one.unit_id != office.commune.unit_id else None
        # counted anew from what is stored: a code beside other figures proves nothing
        again = proof_of(office, one.figures, one.form, one.period, one.edition, of_branch, one.issued_on)
        newest = work.reports.newest(one.form, one.unit_id, one.period)
        yield Proof(
            paper_codes.code_of(again),
            office.commune.on(one.issued_on).code,
            office.commune.on(one.issued_on).union_name,
            work.units.get(of_branch).name if of_branch else "",
            one.form,
            one.period,
            one.edition,
            newest is not None and newest.id == one.id,
            one.number,
            one.issued_on,
            paper_codes.numbers(one.figures, of_branch or ""),
            received=False,
        )


def _closed(office: Office, work: Work) -> Iterator[Proof]:
    """The papers of every closed month, also of editions that were replaced."""
    forms = [one for one in office.reports.forms() if SpanKind.MONTH in one.spans]
    newest = work.months.newest()
    for period in newest:
        for closing in work.months.editions(period):
            is_newest = closing.edition == newest[period].edition
            for form in forms:
                yield from _of_month(office, work, closing, form, newest=is_newest)


def _of_month(office: Office, work: Work, closing: Closing, form: ReportForm, *, newest: bool) -> Iterator[Proof]:
    units: list[str | None] = [None]
    if form.scope is Scope.BRANCH:
        units = [branch for branch in closing.figures if branch]
    elif form.code not in (MONTH, ABOVE):
        return
    day = closing.report_date or closing.closed_on
    then = office.commune.on(day)
    for unit in units:
        sha256 = proof_of(office, closing.figures, form.code, closing.period, closing.edition, unit, day)
        yield Proof(
            paper_codes.code_of(sha256),
            then.code,
            then.union_name,
            work.units.get(unit).name if unit else "",
            form.code,
            closing.period,
            closing.edition,
            newest,
            closing.report_number,
            day,
            paper_codes.numbers(closing.figures, unit or ""),
            received=False,
        )


def _received(office: Office, work: Work) -> Iterator[Proof]:
    """The papers of the units below, from the figures that came in their signed files: the general reports first.

    A thematic report, and that of a term, shows the same figures as the general one of its time, under its own name and
    edition: it is found where its figures are those that came.
    """
    names = {one.unit_code: one.unit_name for one in work.sync.trusted(Direction.SENDER, revoked=True)}
    figures: dict[tuple[str, Period, int], dict[str, tuple[int, int | None]]] = {}
    for one in work.sync.measures(work.sync.received_periods()):
        if not one.measure.scale:
            key = one.unit_code, Period.parse(one.period), one.edition
            figures.setdefault(key, {})[one.code] = (one.measure.numerator, one.measure.denominator)
    spelled = {key: paper_codes.spelled(numbers) for key, numbers in figures.items()}
    for papers in (_general, _others):
        for (unit, period, edition), numbers in figures.items():
            for form, code, number, newest in papers(office, period, edition):
                body = paper_codes.canonical_of(unit, form, code, number, spelled[unit, period, edition])
                yield Proof(
                    paper_codes.code_of(paper_codes.digest(body)),
                    unit,
                    names.get(unit, unit),
                    "",
                    form,
                    code,
                    number,
                    newest,
                    number="",
                    on=None,
                    figures=numbers,
                    received=True,
                )


_Paper = tuple[str, str, int, bool]  # form, time, edition, whether no later one is known


def _general(_office: Office, period: Period, edition: int) -> Iterator[_Paper]:
    yield span_of(period, period.end).kind.value, period.code, edition, True
    yield ABOVE, period.code, edition, True


def _others(office: Office, period: Period, edition: int) -> Iterator[_Paper]:
    """The papers besides that may show the figures of a period that came in this edition."""
    usual = span_of(period, period.end).kind
    times = [(usual, period.code)]
    times += [(SpanKind.TERM, one.code) for one in office.definitions.terms if _shows(one, period)]
    forms = (*office.reports.forms(scope=Scope.COMMUNE), *office.reports.forms(scope=Scope.ABOVE))
    for form in forms:
        for kind, code in times:
            if kind in form.spans and form.code not in (MONTH, ABOVE):
                for number in range(1, EDITIONS + 1):
                    yield form.code, code, number, form.code != usual.value or number >= edition


def _shows(term: Term, period: Period) -> bool:
    """Whether a report of the term may show the figures of this period as those of its newest year."""
    return term.starts <= period.end <= term.ends and period in span_of_term(term, period.end).parts
