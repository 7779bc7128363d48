"""The periodic reports of the commune and of its branches: which forms there are, their words, and their files."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sochihoi.domain.errors import NotFound
from sochihoi.domain.issued import PaperKind
from sochihoi.domain.progress import Progress, Unwatched
from sochihoi.domain.vietnamese import fold
from sochihoi.services.form_parts import SpanKind
from sochihoi.services.report_forms import ABOVE, ABOVE_TERM, ReportForm, Scope, form_on
from sochihoi.services.reporting import build, issuing
from sochihoi.services.reporting.spans import Span

if TYPE_CHECKING:
    from datetime import date

    from sochihoi.domain.months import Frozen
    from sochihoi.domain.periods import Period
    from sochihoi.domain.units import Unit
    from sochihoi.reports.document import OfficialDocument
    from sochihoi.reports.layout import Layout
    from sochihoi.services.office import Office
    from sochihoi.services.reporting.build import Source
    from sochihoi.services.reporting.narrative import Narrative, SectionText
    from sochihoi.services.reporting.phrase_book import Phrase, PhraseBook
    from sochihoi.services.reporting.report import Issue, Report

MONTH = "month"
BRANCH_SHEET = "branch-sheet"
PDF, DOCX, XLSX, JSON = "pdf", "docx", "xlsx", "json"
KINDS = (PDF, DOCX, XLSX, JSON)
A4, A5 = "A4", "A5"
_BRANCH_WORDS = "chi hoi "  # before a proper name it may be left out


class Reports:
    """What an officer does with reports. A span is asked for by its code: ``2026-10``, ``2026-Q3``, ``2025-2030``."""

    def __init__(self, office: Office) -> None:
        self._office = office

    @cached_property
    def narrative(self) -> Narrative:
        """The words."""
        from sochihoi.services.reporting.narrative import Narrative

        return Narrative(self._office)

    # ------------------------------------------------------------------ forms and spans

    def forms(self, span: Span | None = None, scope: Scope | None = None) -> tuple[ReportForm, ...]:
        """The forms in force here, for a span or for any; the commune's before those of branches."""
        day = span.period.end if span is not None else self._office.today
        codes = dict.fromkeys(one.code for one in self._office.definitions.forms if one.is_valid(day))
        every = (form_on(self._office.definitions.forms, code, day) for code in codes)
        found = (one for one in every if scope is not None or (one.scope is Scope.ABOVE) is self._office.is_receiver)
        wanted = (
            one for one in found if (span is None or span.kind in one.spans) and (scope is None or one.scope is scope)
        )
        return tuple(sorted(wanted, key=lambda one: (one.scope is Scope.BRANCH, one.order, one.code)))

    def form(self, code: str, day: date | None = None) -> ReportForm:
        """The form of a code in force on a day. Raises ``NotFound``."""
        return form_on(self._office.definitions.forms, code, day or self._office.today)

    def span(self, text: str) -> Span:
        """Raises ``BadPeriod``, ``FuturePeriod``."""
        return build.span_of(self._office, text)

    def newest_period(self, code: str) -> Period:
        """The calendar period whose definitions hold for a code: of a term its newest year. Raises ``BadPeriod``."""
        return self.span(code).period

    def usual_form(self, kind: SpanKind) -> str:
        """The form of the general report over such a time: of a commune it has the code of the time."""
        if not self._office.is_receiver:
            return kind.value
        return ABOVE_TERM if kind is SpanKind.TERM else ABOVE

    # ------------------------------------------------------------------ one report

    def source(self, form: str, span: Span, unit: str | None = None) -> Source:
        """What a report is drafted from. Raises ``NotFound``, ``WrongSpan``, ``FuturePeriod``."""
        return build.source(self._office, form, span, unit)

    def report(self, form: str, span: Span, unit: str | None = None) -> Report:
        """The report: of what is closed or issued the newest edition, otherwise a draft.

        ``unit``: the id of a branch, for forms of branches. Raises ``NotFound``, ``WrongSpan``, ``FuturePeriod``.
        """
        definition = self.form(form, span.period.end)
        if not issuing.is_with_month(definition, span):
            editions = self.issuing.editions(form, span, unit)
            if editions:
                from sochihoi.services.reporting.as_issued import as_issued

                return as_issued(self._office, definition, span, editions[-1])
            return self.draft(form, span, unit)
        made_from = self.source(form, span, unit)
        issue = issuing.issue_of(self._office, made_from.form, span, made_from.branch)
        return build.build(self._office, made_from, issue, self._before(span, issue))

    def draft(self, form: str, span: Span, unit: str | None = None) -> Report:
        """As figures and words are now, also of what is issued: what a further edition would say. Raises as
        ``report``."""
        return build.build(self._office, self.source(form, span, unit), None, {})

    def issue(self, form: str, span: Span, unit: str | None = None) -> Issue | None:
        """What makes a report a paper; ``None`` while it is a draft. Raises ``NotFound``, ``FuturePeriod``."""
        return issuing.issue_of(self._office, self.form(form, span.period.end), span, unit)

    def _before(self, month: Span, issue: Issue | None) -> Frozen:
        """The figures of the edition before; nothing for a first edition or a draft."""
        if issue is None or issue.edition == 1:
            return {}
        return self._office.months.closing(month.period, issue.edition - 1).figures

    @cached_property
    def issuing(self) -> issuing.Issuing:
        """Numbers, editions, the archive."""
        return issuing.Issuing(self._office)

    # ------------------------------------------------------------------ its words

    def sections(self, form: str, span: Span, unit: str | None = None) -> tuple[SectionText, ...]:
        """The sections with their words. Raises as ``source``."""
        one = self.source(form, span, unit)
        return self.narrative.sections(one.form, span, one.filler, one.branch or "")

    def write(self, form: str, span: Span, code: str, content: str, unit: str | None = None) -> None:
        """Write over a section. Raises as ``source``, ``NotAllowed``."""
        one = self.source(form, span, unit)
        self.narrative.write(one.form, span, _draft(one, code), code, content, one.branch or "")

    def restore(self, form: str, span: Span, code: str, unit: str | None = None) -> None:
        """Back to the draft from the figures as they are now."""
        one = self.source(form, span, unit)
        self.narrative.restore(one.form, span, code, one.branch or "")

    def keep(self, form: str, span: Span, code: str, unit: str | None = None) -> None:
        """The officer's text is right although figures changed: it is no longer marked."""
        one = self.source(form, span, unit)
        self.narrative.keep(one.form, span, _draft(one, code), code, one.branch or "")

    # ------------------------------------------------------------------ phrases

    @cached_property
    def phrase_book(self) -> PhraseBook:
        """Keeps (``keep(text, section)``) and drops (``drop(id)``) the officer's own phrases."""
        from sochihoi.services.reporting.phrase_book import PhraseBook

        return PhraseBook(self._office)

    def phrases(self, form: str, span: Span, section: str, unit: str | None = None) -> tuple[Phrase, ...]:
        """Sentences that may be put into a section, their places filled: her own first. Raises as ``source``."""
        return self.phrase_book.of(self.source(form, span, unit), section)

    # ------------------------------------------------------------------ its files

    def content(self, report: Report, kind: str, paper: str = A4) -> bytes:
        """The report as a file of a kind, set on ``A4`` or ``A5``. The same report gives the same bytes.

        Raises ``LookupError`` without a font, ``ValueError`` for another paper.
        """
        if kind == JSON:
            return (json.dumps(self._told(report), ensure_ascii=False, indent=1) + "\n").encode()
        made, layout = self.document(report), self._layout(report).for_paper(paper)
        if kind == DOCX:
            from sochihoi.reports.word.paper import docx

            return docx(made, layout)
        if kind == XLSX:
            from sochihoi.reports.spreadsheet import xlsx

            return xlsx(made)
        from sochihoi.reports.official import pdf

        return bytes(pdf(made, layout))

    def document(self, report: Report) -> OfficialDocument:
        """The paper; of an issued report exactly the one that was issued."""
        stored = self._stored(report)
        if stored is not None:
            from sochihoi.services.reporting.freezing import thawed_paper

            return thawed_paper(stored["document"])
        from sochihoi.services.reporting.paper import document

        return document(report)

    def _layout(self, report: Report) -> Layout:
        """As the unit sets its papers now; an issued report as it was set then."""
        from sochihoi.reports.layout import shipped
        from sochihoi.services.letterheads import layout_of

        stored = self._stored(report)
        return layout_of(report.commune) if stored is None else shipped().with_settings(stored["layout"])

    def _told(self, report: Report) -> Any:
        stored = self._stored(report)
        if stored is not None:
            return stored["json"]
        from sochihoi.services.reporting.as_json import as_json

        return as_json(report)

    def _stored(self, report: Report) -> Mapping[str, Any] | None:
        """What was kept when the report was issued; nothing for drafts and for reports of months."""
        if report.issue is None or not report.issue.id:
            return None
        for one in self.issuing.editions(report.form.code, report.span, report.branch_id):
            if one.id == report.issue.id:
                return one.content
        raise NotFound("issued_report", report.issue.id)

    def export(self, report: Report, kind: str, paper: str = A4) -> bytes:
        """The file for printing or saving; what was made of an issued report is kept in the archive.

        Raises as ``content``.
        """
        made = self.content(report, kind, paper)
        self.keep_copy(report, kind, made)
        return made

    def keep_copy(self, report: Report, kind: str, made: bytes) -> None:
        """A file that was printed or saved goes into the archive, where the report is issued.

        A viewer's copy is not kept: she may not write.
        """
        if kind != JSON and report.issue is not None and self._office.account.role.may_write:
            self.issuing.keep(report, PaperKind(kind), made)

    # ------------------------------------------------------------------ branches

    def branches(self, span: Span) -> tuple[Unit, ...]:
        """The branches that have figures of their own. Raises ``FuturePeriod``."""
        return self._office.figures.of(span.period).branches

    def branch(self, span: Span, text: str) -> Unit:
        """A branch by its id or name, tone marks or not; part of a name when it is of one branch only.

        Raises ``FuturePeriod``, ``NotFound``.
        """
        wanted, there = fold(text).strip(), self.branches(span)
        for unit in there:
            if text.strip() == unit.id or wanted == fold(unit.name):
                return unit
        words = f" {wanted.removeprefix(_BRANCH_WORDS)} "
        near = [unit for unit in there if words.strip() and words in f" {fold(unit.name)} "]
        if len(near) == 1:
            return near[0]
        raise NotFound("branch", text.strip())

    def names(self, form: str, span: Span, kind: str = PDF) -> dict[str, str]:
        """Branch id to file name, every name once. Raises as ``source``."""
        from sochihoi.services.reporting.report import file_name

        found: dict[str, str] = {}
        definition = self.form(form, span.period.end)
        for unit in self.branches(span):
            issue = issuing.issue_of(self._office, definition, span, unit.id)
            name = file_name(definition, span, self._office.commune, unit, issue.edition if issue else 0, kind)
            if name in found.values():  # names that differ only in signs that ASCII does not have
                name = f"{name.removesuffix(f'.{kind}')}_{unit.id[-6:]}.{kind}"
            found[unit.id] = name
        return found

    def write_all(
        self,
        form: str,
        span: Span,
        folder: Path,
        *,
        kind: str = PDF,
        overwrite: bool = False,
        progress: Progress | None = None,
    ) -> tuple[Path, ...]:
        """One file a branch into a folder, which is made when the place for it is there.

        Nothing is written when one of the files exists already, unless ``overwrite``. Stopped, whole files stay.
        Raises as ``source``, ``FileExists``, ``DiskFull``, ``CannotWrite``, ``Cancelled``.
        """
        from sochihoi.storage.errors import FileExists
        from sochihoi.storage.files import told, write_whole

        watched = progress or Unwatched()
        targets = {branch: folder / name for branch, name in self.names(form, span, kind).items()}
        for target in targets.values():
            if target.exists() and not overwrite:
                raise FileExists(str(target))
        with told(folder):
            folder.mkdir(exist_ok=True)
        for done, (branch, target) in enumerate(targets.items()):
            watched.step(done, len(targets))
            write_whole(target, self.export(self.report(form, span, branch), kind), overwrite=overwrite)
        watched.step(len(targets), len(targets))
        return tuple(targets.values())

    def bound(self, form: str, span: Span, *, progress: Progress | None = None) -> bytes:
        """The papers of all branches in one PDF, for printing in one go. Raises as ``source``, ``Cancelled``."""
        watched = progress or Unwatched()
        branches, made = self.branches(span), []
        for done, unit in enumerate(branches):
            watched.step(done, len(branches))
            made.append(self.export(self.report(form, span, unit.id), PDF))
        watched.step(len(branches), len(branches))
        return self.together(made)

    def together(self, papers: Sequence[bytes]) -> bytes:
        """Several PDF files as one, for printing in one go."""
        from sochihoi.reports.binding import bound
        from sochihoi.reports.paper import Properties

        unit = self._office.commune.union_name
        return bound(papers, Properties(f"Giấy tờ các chi hội của {unit}", unit, self._office.today))


def _draft(made_from: Source, code: str) -> str:
    return "\n".join(one.text for one in made_from.filler.draft(made_from.form.section(code)))
