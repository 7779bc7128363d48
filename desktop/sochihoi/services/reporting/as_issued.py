"""A report as it was issued: put together from what was stored with it, nothing of it is counted or drafted anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sochihoi.domain.indicators import Row
from sochihoi.domain.months import Frozen, thawed
from sochihoi.reports.document import Align, BarChart, FigureTable, Heading, OfficialDocument, RowKind
from sochihoi.services.figures import FigureSheet
from sochihoi.services.form_parts import Section
from sochihoi.services.reporting.filling import DraftSentence
from sochihoi.services.reporting.freezing import thawed_paper
from sochihoi.services.reporting.issuing import of_issued
from sochihoi.services.reporting.narrative import SectionText
from sochihoi.services.reporting.report import Report, ReportColumn, ReportLine, ReportPlot, ReportTable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sochihoi.domain.issued import IssuedReport
    from sochihoi.reports.document import Block
    from sochihoi.services.office import Office
    from sochihoi.services.report_forms import ReportForm
    from sochihoi.services.reporting.spans import Span


def as_issued(office: Office, form: ReportForm, span: Span, one: IssuedReport) -> Report:
    """Words, figures and plots of an edition. Its ``sheet`` has only the figures of the time itself, none where they
    were not kept; its tables stand in its paper only.
    """
    paper = thawed_paper(one.content["document"])
    told = one.content["json"]["sections"]
    with office.read() as work:
        units = work.units.all()
    unit = next((u for u in units if u.id == one.unit_id), None) if one.unit_id != office.commune.unit_id else None
    definitions = office.figures.definitions(span.period)
    unknown: Frozen = {}
    cells = {
        (code, branch or None): Row(
            indicator,
            branch or None,
            *(thawed(kept, code, branch, indicator.unit) for kept in (one.figures, unknown, unknown)),
        )
        for branch, figures in one.figures.items()
        for code in figures
        if (indicator := definitions.by_code.get(code)) is not None
    }
    return Report(
        form=form,
        span=span,
        commune=office.commune.on(one.issued_on),
        unit=unit,
        issue=of_issued(one),
        today=one.issued_on,
        subject="\n".join(paper.subject_lines),
        opening="",
        closing="",
        sections=tuple(_section(form, section) for section in told),
        tables=(),
        plots=tuple(_plots(paper, told)),
        sheet=FigureSheet(span.period, definitions, tuple(u for u in units if u.id in one.figures), cells),
        demo=one.content["json"]["demonstration"],
        signer=paper.signature.name if unit is not None else "",
    )


def _section(form: ReportForm, told: dict[str, Any]) -> SectionText:
    """A section of the form as it was then: the form of now may not have it any more."""
    known = {one.code: one for one in form.sections}
    section = known.get(told["code"]) or Section(told["code"], told["heading"], told["level"], "", ())
    said = (DraftSentence(one["text"], tuple(one["figures"]), tuple(one["lists"])) for one in told["sentences"])
    text = told["text"]
    return SectionText(
        section, told["heading"], told["numeral"], text, text, told["edited"], stale=False, sentences=tuple(said)
    )


def _plots(paper: OfficialDocument, told: list[dict[str, Any]]) -> Iterator[ReportPlot]:
    """The drawings of the paper, each with the table that follows it and the section that it stands in."""
    headings = {f"{one['numeral']}. {one['heading']}".upper(): one["code"] for one in told}
    blocks: list[Block] = [*paper.body, *(block for annex in paper.annexes for block in annex.body)]
    section = ""
    for at, block in enumerate(blocks):
        if at == len(paper.body):
            section = ""  # of the annexes
        if isinstance(block, Heading):
            section = headings.get(block.text.upper(), section)
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        if isinstance(block, BarChart) and isinstance(following, FigureTable):
            code = f"plot-{at}"
            yield ReportPlot(code, block.caption, section, block.data, _table(code, section, block, following))


def _table(code: str, section: str, plot: BarChart, table: FigureTable) -> ReportTable:
    columns = tuple(ReportColumn(one.title, one.share, one.align is Align.RIGHT) for one in table.columns)
    lines = tuple(
        ReportLine(row.cells, row.values, row.kind is RowKind.GROUP, row.kind is RowKind.TOTAL) for row in table.rows
    )
    return ReportTable(f"{code}-table", plot.caption, "", section, in_body=False, columns=columns, lines=lines)
