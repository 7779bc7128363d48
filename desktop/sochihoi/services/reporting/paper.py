"""A report becomes an official paper: layout of Decree 30/2020/NĐ-CP, Appendix I, as the Union uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochihoi.domain.months import thawed
from sochihoi.domain.paper_codes import qr_text, shown
from sochihoi.reports.annexes import annex_name
from sochihoi.reports.charts import HorizontalBars
from sochihoi.reports.document import (
    Align,
    Annex,
    BarChart,
    Column,
    FigureTable,
    Header,
    Heading,
    OfficialDocument,
    PaperCode,
    Paragraph,
    Row,
    RowKind,
    Signature,
)
from sochihoi.services.form_parts import TableKind, TableSpec
from sochihoi.services.letterheads import header, watermark
from sochihoi.services.paper_numbers import plain_date
from sochihoi.services.reporting.tables import cell

if TYPE_CHECKING:
    from sochihoi.reports.document import Block
    from sochihoi.services.reporting.report import Report, ReportColumn, ReportLine, ReportPlot, ReportTable

DRAFT_MARK = "DỰ THẢO"
_EMPTY = {
    TableKind.FIGURES: "Chi hội chưa có số liệu của kỳ này.",
    TableKind.MEETINGS: "Trong kỳ chi hội chưa có buổi sinh hoạt.",
}
_BAR_MM, _LEAST_MM = 6.0, 45.0  # height of a plot by branch: so much a bar; of any plot at least


def document(report: Report) -> OfficialDocument:
    """The whole paper with its annexes."""
    commune = report.commune
    annexes = _annexes(report)
    return OfficialDocument(
        header=_header(report),
        kind_title=report.form.title,
        subject_lines=report.subject_lines,
        body=tuple(_body(report, annexes)),
        signature=_signature(report),
        recipients=recipients(report),
        end_mark=commune.end_mark if report.closing else "",
        title=f"{report.form.title}: {report.subject_line}",
        author=report.unit_name,
        made_on=report.on,
        draft_mark=DRAFT_MARK if report.is_draft else "",
        watermark=watermark(demo=report.demo),
        annexes=tuple(annex for _told, annex in annexes),
        annex_line=report.annex_line,
        code=_code(report),
        keywords=(report.span.code, commune.code),
    )


def _code(report: Report) -> PaperCode | None:
    """On papers only: the figures of a draft may still change."""
    if report.issue is None or not report.issue.code:
        return None
    unit, period = report.commune.code, report.span.code
    text = qr_text(unit, report.form.code, period, report.issue.edition, report.issue.code)
    return PaperCode(shown(report.issue.code), text)


def _header(report: Report) -> Header:
    commune = report.commune
    if not report.is_of_branch or report.unit is None:
        return header(commune, number=report.number_line, place_date=report.place_date)
    parents = (commune.union_line,) if commune.union_line else ()
    return Header(organ_lines=(report.unit_name.upper(),), parent_lines=parents, place_date=report.place_date)


def _signature(report: Report) -> Signature:
    """The branch's own paper is signed by its head, without room for a seal: a branch has none."""
    commune = report.commune
    if report.is_of_branch:
        return Signature("CHI HỘI TRƯỞNG", report.signer, seal_room=False)
    return Signature(commune.signer_title, commune.signer_name, commune.on_behalf)


def recipients(report: Report) -> tuple[str, ...]:
    """The lines below "Nơi nhận"."""
    commune = report.commune
    if report.is_of_branch:
        return (f"- {commune.union_name};", "- Lưu: Chi hội.")
    if report.unit is not None:
        return (f"- {report.unit_name};", "- Lưu: VT.")
    if not report.form.addressee or not commune.above_name:
        return commune.recipients
    to = f"- {report.form.addressee} {commune.above_name} (để báo cáo);"
    return (to, *(line for line in commune.recipients if commune.above_name not in line))


def _body(report: Report, annexes: list[tuple[str, Annex]]) -> list[Block]:
    blocks: list[Block] = []
    if report.issue and report.issue.number and not report.has_number:
        told = f"(Kèm theo Báo cáo số {report.issue.number} ngày {plain_date(report.on)})"
        blocks.append(Paragraph(told, italic=True, centred=True, indented=False))
    if report.opening:
        blocks.append(Paragraph(report.opening))
    if report.issue and report.issue.reason and report.edition > 1:
        blocks.append(Paragraph(f"Báo cáo này bổ sung, thay báo cáo trước: {report.issue.reason}.", italic=True))
    for one in report.printed:
        text = f"{one.numeral}. {one.heading}"
        blocks.append(Heading(text.upper() if one.section.level == 1 else text, one.section.level))
        blocks += [Paragraph(line) for line in one.paragraphs]
        code = one.section.code
        blocks += [block for table in report.tables if table.section == code for block in [_table(table, titled=True)]]
        blocks += [block for plot in report.plots if plot.section == code for block in _plot(plot)]
    blocks += [_table(table, titled=True) for table in report.tables if table.in_body]
    if report.closing:
        blocks.append(Paragraph(_closing(report.closing, annexes)))
    else:
        blocks += [Paragraph(_EMPTY[spec.kind]) for spec in report.form.tables if _is_empty(report, spec)]
    return blocks


def _is_empty(report: Report, spec: TableSpec) -> bool:
    return spec.kind in _EMPTY and all(table.code != spec.code for table in report.tables)


def _closing(closing: str, annexes: list[tuple[str, Annex]]) -> str:
    """The last words, with the annexes: one that the body does not name would be no part of the paper."""
    if not annexes:
        return closing
    named = "; ".join(f"{annex_name(at, len(annexes))}: {told}" for at, (told, _annex) in enumerate(annexes, start=1))
    return f"{closing.rstrip(' .')} (kèm theo {named})".strip()


def _annexes(report: Report) -> list[tuple[str, Annex]]:
    """What the body calls them, and the annexes: tables, then the plots together with their tables."""
    printed = {one.section.code for one in report.printed}
    found = [
        (table.told, Annex(table.title, (_table(table, titled=False),)))
        for table in report.tables
        if not table.in_body and table.section not in printed
    ]
    if report.before:
        changed = _changes(report)
        if changed is not None:
            found.append(("số liệu thay đổi so với bản trước", changed))
    drawn = [block for plot in report.plots if plot.section not in printed for block in _plot(plot)]
    if drawn:
        found.append(("biểu đồ", Annex("Biểu đồ", tuple(drawn))))
    return found


def _changes(report: Report) -> Annex | None:
    """Which figures differ from the edition before: what it said, what this one says."""
    lines = []
    for row in report.rows:
        now = row.now
        then = thawed(report.before, row.indicator.code, report.branch_id, row.indicator.unit)
        if (now.value, now.numerator, now.denominator) != (then.value, then.numerator, then.denominator):
            lines.append(Row((row.indicator.label.vi, cell(row.indicator, then), cell(row.indicator, now))))
    if not lines:
        return None
    columns = (
        Column("Chỉ tiêu", 5.2),
        Column(f"Bản lần {report.edition - 1}", 1.7, Align.RIGHT),
        Column(f"Bản lần {report.edition}", 1.7, Align.RIGHT),
    )
    return Annex(f"Số liệu thay đổi so với bản lần {report.edition - 1}", (FigureTable(columns, tuple(lines)),))


def _plot(plot: ReportPlot) -> list[Block]:
    height = _LEAST_MM
    if isinstance(plot.data, HorizontalBars):
        height = max(_LEAST_MM, _BAR_MM * len(plot.data.bars) + 10)
    return [BarChart(plot.data, height, plot.title), _table(plot.table, titled=False)]


def _table(table: ReportTable, *, titled: bool) -> FigureTable:
    columns = tuple(_column(one) for one in table.columns)
    return FigureTable(columns, tuple(_row(one) for one in table.lines), table.title if titled else "")


def _column(column: ReportColumn) -> Column:
    align = Align.RIGHT if column.number else Align.CENTRE if column.centred else Align.LEFT
    return Column(column.title, column.share, align)


def _row(line: ReportLine) -> Row:
    kind = RowKind.GROUP if line.band else RowKind.TOTAL if line.total else RowKind.FIGURES
    return Row(line.cells, kind, line.values)
