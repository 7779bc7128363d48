"""Puts a report together: which form, over which time, of whom; frozen figures where there are some."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sochihoi.domain.errors import NotFound, UserError
from sochihoi.domain.months import Frozen
from sochihoi.domain.periods import Period
from sochihoi.domain.units import Unit
from sochihoi.services.report_facts import gather
from sochihoi.services.report_forms import ReportForm, Scope, form_on
from sochihoi.services.reporting import plots
from sochihoi.services.reporting.filling import Filler
from sochihoi.services.reporting.report import Issue, Report
from sochihoi.services.reporting.spans import Span, parse
from sochihoi.services.reporting.tables import Tables
from sochihoi.services.target_rows import as_closed

if TYPE_CHECKING:
    from sochihoi.domain.targets import Goal, Target
    from sochihoi.services.figures import FigureSheet
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work


BRANCH_FACTS = "branch_facts"
"""Where a closing keeps the facts of each branch, beside the versions of its definitions."""


@dataclass(eq=False)
class WrongSpan(UserError):
    """A form is not made over such a time. ``spans``: the codes of those it is made over."""

    form: str
    period: str
    spans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """What a report is drafted from. ``branch``: of whom; ``None`` = the commune. ``years``: of a term."""

    form: ReportForm
    span: Span
    unit: Unit | None
    sheet: FigureSheet
    years: tuple[FigureSheet, ...]
    targets: Mapping[str, tuple[Target, Goal]]
    filler: Filler

    @property
    def branch(self) -> str | None:
        """The id of the branch."""
        return self.unit.id if self.unit else None


def span_of(office: Office, text: str) -> Span:
    """The time that a code names. Raises ``BadPeriod``, ``FuturePeriod``.

    At a level above the newest year of a term is one that a unit sent figures of: in January that is the year before.
    """
    terms = office.definitions.terms
    with office.read() as work:
        today = office.figures.last_day(work)
        newest = work.sync.newest_period() if office.is_receiver else ""
    span = parse(text, terms, today)
    if span.is_term and newest:
        known = Period.parse(newest).end
        span = parse(text, terms, known) if span.start <= known < span.period.start else span
    office.figures.check_begun(span.period)
    return span


def source(office: Office, form_code: str, span: Span, unit_id: str | None = None) -> Source:
    """Everything that the words and tables of a report are made from.

    Raises ``NotFound``, ``WrongSpan``, ``FuturePeriod``.
    """
    form = form_on(office.definitions.forms, form_code, span.period.end)
    if span.kind not in form.spans:
        raise WrongSpan(form.code, span.code, tuple(one.value for one in form.spans))
    sheet = office.figures.of(span.period)
    years = tuple(office.figures.of(year) for year in span.parts) if span.is_term else ()
    unit = None
    if form.scope is Scope.BRANCH:
        unit = next((one for one in sheet.branches if one.id == unit_id), None)
        if unit is None:
            raise NotFound("branch", unit_id or "")
    with office.read() as work:
        facts = _facts(office, work, form, sheet, unit)
        targets = as_closed(sheet.closing, office.targets.goals(work, span.period))
    filler = Filler(span, sheet, facts, targets, unit.id if unit else None, years)
    return Source(form, span, unit, sheet, years, targets, filler)


def _facts(office: Office, work: Work, form: ReportForm, sheet: FigureSheet, unit: Unit | None) -> dict[str, Any]:
    """What the form's texts and the phrases name: of a closed month as it was kept, otherwise as it is now.

    What is of the commune is not said in the report of a branch.
    """
    from sochihoi.services.reporting.report import called

    wanted = form.names.union(*(one.names for one in office.definitions.phrases))
    closed: Mapping[str, Any] = sheet.closing.definitions if sheet.closing else {}
    kept: dict[str, Any] = closed.get("facts") or {}
    if unit is not None:
        kept = {**(closed.get(BRANCH_FACTS) or {}).get(unit.id, {}), "branch": called(unit)}
    return {**gather(office, work, sheet, wanted - kept.keys(), unit.id if unit else None), **kept}


def branch_facts(office: Office, work: Work, sheet: FigureSheet) -> dict[str, dict[str, Any]]:
    """What the papers of the branches name besides figures, for the closing of a month: by the id of the branch."""
    day = sheet.period.end
    forms = [one for one in office.definitions.forms if one.scope is Scope.BRANCH and one.is_valid(day)]
    wanted = frozenset(name for one in forms for name in one.names)
    wanted = wanted.union(*(one.names for one in office.definitions.phrases))
    return {unit.id: gather(office, work, sheet, wanted, unit.id) for unit in sheet.branches}


def build(office: Office, made_from: Source, issue: Issue | None, before: Frozen) -> Report:
    """The report as it stands; with ``issue`` it is a paper, without it a draft. ``before``: the edition before it."""
    form, span, filler, sheet = made_from.form, made_from.span, made_from.filler, made_from.sheet
    maker = Tables(office, span, sheet, filler, made_from.branch, made_from.years, form.labels)
    made = (maker.make(spec) for spec in form.tables)
    drawn = (
        plots.make(office, spec, span, sheet, filler, made_from.targets, made_from.branch, made_from.years, form.labels)
        for spec in form.plots
    )
    return Report(
        form=form,
        span=span,
        commune=office.commune if issue is None else office.commune.on(issue.on),
        unit=made_from.unit,
        issue=issue,
        today=_today(office),
        subject=filler.text(form.subject) or "",
        opening=filler.text(form.opening) or "",
        closing=filler.text(form.closing) or "",
        sections=office.reports.narrative.sections(form, span, filler, made_from.branch or ""),
        tables=tuple(one for one in made if one is not None),
        plots=tuple(one for one in drawn if one is not None),
        sheet=sheet,
        demo=office.demo,
        before=before,
        signer=_head(office, made_from) if form.signed_by is Scope.BRANCH else "",
    )


def _head(office: Office, made_from: Source) -> str:
    if made_from.unit is None:
        return ""
    with office.read() as work:
        return work.meetings.head_of(made_from.unit.id, made_from.span.period.end)


def _today(office: Office) -> date:
    with office.read() as work:
        return office.figures.last_day(work)
