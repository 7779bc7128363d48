"""Tables of a report that list records: criteria, targets, scored branches, meetings, what members said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from sochihoi.domain.indicators import Row
from sochihoi.domain.meetings import MeetingState
from sochihoi.domain.rubric import Title
from sochihoi.services.form_parts import TableSpec
from sochihoi.services.paper_numbers import UNKNOWN, grouped, plain_date, share, tenths
from sochihoi.services.reporting.report import ReportColumn, ReportLine
from sochihoi.services.reporting.study_tables import Made, StudyTables, ratio_of
from sochihoi.services.target_words import goal_words

if TYPE_CHECKING:
    from sochihoi.services.targets import TargetRow

_NUMBER, _NAME = 0.9, 3.6  # shares of the first columns
_MEETINGS = {MeetingState.PLANNED: "Dự kiến", MeetingState.ROSTER_FROZEN: "Đang điểm danh"}
_TITLES = {
    None: UNKNOWN,
    Title.MODEL: "Chi hội phụ nữ mẫu",
    Title.MODEL_OUTSTANDING: "Chi hội phụ nữ mẫu tiêu biểu xuất sắc",
}


class RecordTables(StudyTables):
    """Beside those of study: criteria, targets, scores, meetings, proposals."""

    def criteria(self, _spec: TableSpec) -> Made:
        """How many member households failed each criterion, and which share of those assessed."""
        rows = [row for row in self._own_rows() if row.indicator.source == "failed"]
        assessed = self._sheet.cells.get(("household.assessed", self._branch))
        of = assessed.now.value if assessed is not None else None
        columns = [
            ReportColumn("TT", _NUMBER, number=False, centred=True),
            ReportColumn("Tiêu chí", 5.2, number=False),
            ReportColumn("Hộ chưa đạt", 1.7),
            ReportColumn("Tỷ lệ trên hộ đã chấm", 1.9),
        ]
        lines: list[ReportLine] = []
        for number, row in enumerate(rows, start=1):
            count = row.now.value
            ratio = ratio_of(count, of)
            name = row.indicator.label.vi.partition(": ")[2] or row.indicator.label.vi
            cells = (
                str(number),
                name,
                UNKNOWN if count is None else grouped(count),
                share(ratio) if ratio is not None else UNKNOWN,
            )
            lines.append(ReportLine(cells, (None, None, count, ratio)))
        return columns, lines if of else []

    def _own_rows(self) -> Iterable[Row]:
        for one in self._sheet.definitions.indicators:
            row = self._sheet.cells.get((one.code, self._branch))
            if row is not None:
                yield row

    def targets(self, _spec: TableSpec) -> Made:
        columns = [
            ReportColumn("TT", _NUMBER, number=False, centred=True),
            ReportColumn("Chỉ tiêu", 4.6, number=False),
            ReportColumn("Mức phải đạt", 2.2, number=False, centred=True),
            ReportColumn("Thực hiện", 2.9, number=False, centred=True),
            ReportColumn("Đánh giá", 2.3, number=False, centred=True),
        ]
        lines: list[ReportLine] = []
        for row in self._office.targets.rows(self._span.period):
            if row.goal is None:
                continue
            met = {True: "Đạt", False: "Chưa đạt", None: "Chưa có số liệu"}[row.standing.met]
            cells = (str(len(lines) + 1), row.target.title.vi, goal_words(row.goal), _standing(row), met)
            lines.append(ReportLine(cells, (None,) * len(cells)))
        return columns, lines

    def scores(self, _spec: TableSpec) -> Made:
        """The branches of the year: points of both rounds, band, title."""
        year = self._office.rubric.year(self._span.period.year)
        bands = {one.code: one.label.vi for one in year.rubric.bands}
        columns = [
            ReportColumn("TT", _NUMBER, number=False, centred=True),
            ReportColumn("Chi hội", _NAME, number=False),
            ReportColumn("Tự chấm", 1.4),
            ReportColumn("Thẩm định", 1.4),
            ReportColumn("Xếp loại", 2.0, number=False, centred=True),
            ReportColumn("Danh hiệu", 3.0, number=False),
        ]
        lines: list[ReportLine] = []
        for one in year.lines:
            if one.score is None:
                continue
            own, verified = (_points(one.score.points(column)) for column in ("self", "verified"))
            cells = (
                str(len(lines) + 1),
                one.branch,
                tenths(own) if own is not None else UNKNOWN,
                tenths(verified) if verified is not None else UNKNOWN,
                _capital(bands.get(one.band or "", UNKNOWN)),
                _TITLES[one.title],
            )
            lines.append(ReportLine(cells, (None, None, own, verified, None, None)))
        return columns, lines

    def meetings(self, _spec: TableSpec) -> Made:
        """The meetings of the branch in the span."""
        from sochihoi.services.meetings_templates import templates

        columns = [
            ReportColumn("TT", 0.7, number=False, centred=True),
            ReportColumn("Ngày", 1.6, number=False, centred=True),
            ReportColumn("Nội dung", 4.6, number=False),
            ReportColumn("Có mặt", 1.4, number=False, centred=True),
            ReportColumn("Biên bản", 1.6, number=False, centred=True),
        ]
        lines: list[ReportLine] = []
        for one in self._office.meetings.of_period(self._span.start, self._span.end, branch_id=self._branch):
            cells = (
                str(len(lines) + 1),
                plain_date(one.held_on),
                one.topic or templates()[one.kind].name_vi,
                _MEETINGS.get(one.state, f"{one.tally.present}/{one.tally.roster}"),
                "Đã có" if one.has_minutes else "Chưa có",
            )
            lines.append(ReportLine(cells, (None,) * len(cells)))
        return columns, lines

    def proposals(self, _spec: TableSpec) -> Made:
        """What members said at the meetings of the span, and whether they have an answer; nobody is named."""
        columns = [
            ReportColumn("TT", 0.7, number=False, centred=True),
            *([ReportColumn("Chi hội", 2.6, number=False)] if self._branch is None else []),
            ReportColumn("Nội dung ý kiến, kiến nghị", 5.4, number=False),
            ReportColumn("Trả lời", 3.4, number=False),
        ]
        lines: list[ReportLine] = []
        with self._office.read() as work:
            for row in work.meetings.of_period(self._span.start, self._span.end, branch_id=self._branch):
                for one in work.meetings.proposals(row.id):
                    cells = (
                        str(len(lines) + 1),
                        *([row.branch] if self._branch is None else []),
                        one.content,
                        "Chưa trả lời" if one.answered_on is None else one.answer or "Đã trả lời",
                    )
                    lines.append(ReportLine(cells, (None,) * len(cells)))
        return columns, lines


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _points(points: Mapping[str, Decimal]) -> Fraction | None:
    return Fraction(sum(points.values(), Decimal(0))) if points else None


def _standing(row: TargetRow) -> str:
    """``870/1.000 (87,0 %)``, or the number."""
    standing = row.standing
    if standing.numerator is None:
        return UNKNOWN
    if standing.ratio is None or standing.denominator is None:
        return grouped(standing.numerator)
    return f"{grouped(standing.numerator)}/{grouped(standing.denominator)} ({share(standing.ratio)})"
