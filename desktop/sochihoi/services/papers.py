"""Everything of a month that is printed. Sheets of other nouns stand in their own ``services/<noun>_papers.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sochihoi.domain.periods import Period
    from sochihoi.reports.document import Annex, Block, FigureTable, OfficialDocument
    from sochihoi.services.monthly_report import FigureLine, MonthlyReport
    from sochihoi.services.office import Office

_NUMBER, _NAME = 0.9, 3.6  # shares of the first columns of the table by branch


class Papers:
    """The monthly report as PDF and as JSON."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def report(self, period: Period) -> MonthlyReport:
        """The report before it is paper. Raises ``NotAMonth``, ``FuturePeriod``."""
        from sochihoi.services.monthly_report import build

        return build(self._office, period)

    def monthly_report(self, period: Period) -> bytes:
        """The PDF: the newest edition of a closed month, of an open one a draft that says so on every page.

        The same month gives the same bytes. Raises ``NotAMonth``, ``FuturePeriod``, ``LookupError`` without a font.
        """
        from sochihoi.reports.official import pdf

        return bytes(pdf(document(self.report(period))))

    def monthly_report_json(self, period: Period) -> dict[str, Any]:
        """The same report for a program. Raises ``NotAMonth``, ``FuturePeriod``."""
        from sochihoi.services.monthly_report import as_json

        return as_json(self.report(period))


def document(report: MonthlyReport) -> OfficialDocument:
    """The report as an official paper (layout of Decree 30/2020/NĐ-CP, Appendix I, as the Union uses it)."""
    from sochihoi.reports.document import OfficialDocument, Signature
    from sochihoi.services.letterheads import header, watermark
    from sochihoi.services.monthly_report import DRAFT_MARK

    commune = report.commune
    return OfficialDocument(
        header=header(commune, number=report.number_line, place_date=report.place_date),
        kind_title=report.form.title,
        subject_lines=report.subject_lines,
        body=tuple(_body(report)),
        signature=Signature(commune.signer_title, commune.signer_name, commune.on_behalf),
        recipients=commune.recipients,
        end_mark=commune.end_mark,
        title=f"{report.form.title}: {report.subject_line}",
        author=commune.union_name,
        made_on=report.on,
        draft_mark=DRAFT_MARK if report.is_draft else "",
        watermark=watermark(demo=report.demo),
        annexes=tuple(annex for _told, annex in _annexes(report)),
        annex_line=report.annex_line,
        keywords=(report.period.code, commune.code),
    )


def _body(report: MonthlyReport) -> list[Block]:
    from sochihoi.reports.document import Heading, Paragraph

    blocks: list[Block] = [Paragraph(report.opening)]
    if report.supplement_reason and not report.is_draft:
        blocks.append(Paragraph(f"Báo cáo này bổ sung, thay báo cáo trước: {report.supplement_reason}.", italic=True))
    for one in report.printed:
        text = f"{one.numeral}. {one.heading}"
        blocks.append(Heading(text.upper() if one.section.level == 1 else text, one.section.level))
        blocks += [Paragraph(line) for line in one.paragraphs]
    blocks.append(Paragraph(_closing(report)))
    return blocks


def _closing(report: MonthlyReport) -> str:
    """The last words, with the annexes: one that the body does not name would be no part of the paper."""
    from sochihoi.reports.annexes import annex_name

    annexes = _annexes(report)
    if not annexes:
        return report.closing
    named = "; ".join(f"{annex_name(at, len(annexes))}: {told}" for at, (told, _annex) in enumerate(annexes, start=1))
    return f"{report.closing.rstrip(' .')} (kèm theo {named})".strip()


def figure_table(period: Period, lines: Sequence[FigureLine], title: str = "") -> FigureTable:
    """This month, the month before, from January; groups as bands."""
    from sochihoi.reports.document import Align, Column, FigureTable, Row, RowKind

    columns = (
        Column("Chỉ tiêu", 5.2),
        Column(f"Tháng {period.index}", 1.5, Align.RIGHT),
        Column(f"Tháng {period.previous().index}", 1.5, Align.RIGHT),
        Column("Từ đầu năm", 1.7, Align.RIGHT),
    )
    rows = tuple(
        Row((line.label,), RowKind.GROUP) if line.is_band else Row((line.label, line.now, line.previous, line.so_far))
        for line in lines
    )
    return FigureTable(columns, rows, title)


def _annexes(report: MonthlyReport) -> list[tuple[str, Annex]]:
    """What the body calls them, and the annexes: figures of the commune, figures by branch."""
    from sochihoi.reports.document import Align, Annex, Column, FigureTable, Row, RowKind

    found: list[tuple[str, Annex]] = []
    if report.figure_lines:
        table = figure_table(report.period, report.figure_lines)
        found.append(("số liệu công tác Hội", Annex(report.figures_title, (table,))))
    if report.branch_lines:
        columns = (
            Column("TT", _NUMBER, Align.CENTRE),
            Column("Chi hội", _NAME),
            *(Column(title, 1.5, Align.RIGHT) for title in report.branch_titles),
        )
        last = len(report.branch_lines) - 1
        rows = tuple(
            Row(line, RowKind.TOTAL if at == last else RowKind.FIGURES) for at, line in enumerate(report.branch_lines)
        )
        found.append(("số liệu theo chi hội", Annex(report.branches_title, (FigureTable(columns, rows),))))
    return found
