"""Tables of a report about study: campaigns, the groups that they ought to reach, channels of communication."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from sochihoi.services.form_parts import TableSpec
from sochihoi.services.paper_numbers import UNKNOWN, grouped, plain_date, share
from sochihoi.services.reporting.report import ReportColumn, ReportLine
from sochihoi.services.study_facts import GROUPS
from sochihoi.services.target_words import goal_words

if TYPE_CHECKING:
    from sochihoi.domain.indicators import Figure
    from sochihoi.domain.study_records import CampaignView, SessionRow
    from sochihoi.services.figures import FigureSheet
    from sochihoi.services.office import Office
    from sochihoi.services.reporting.spans import Span

Made = tuple[Sequence[ReportColumn], list[ReportLine]]
_CHANNEL: Final = "study.channel."
_MET: Final = {True: "Đạt", False: "Chưa đạt", None: UNKNOWN}


class StudyTables:
    """``branch``: of whom; ``None`` = the commune."""

    def __init__(self, office: Office, span: Span, sheet: FigureSheet, branch: str | None) -> None:
        self._office, self._span, self._sheet, self._branch = office, span, sheet, branch

    def _views(self, spec: TableSpec) -> Iterator[tuple[CampaignView, list[SessionRow]]]:
        """Campaigns of the kinds wanted that ran in the span, with their sessions of it."""
        with self._office.read() as work:
            until = min(self._span.end, self._office.figures.last_day(work))
        for view in self._office.study.campaigns(until):
            if spec.codes and view.campaign.kind.name not in spec.codes:
                continue
            held = [one for one in view.sessions if self._within(one.session.held_on) and self._is_ours(one)]
            if held or self._runs(view.campaign.starts_on, view.campaign.deadline):
                yield view, held

    def studies(self, spec: TableSpec) -> Made:
        """Campaigns that ran in the span: sessions held in it, members reached by its last day of those on the list."""
        columns = [
            ReportColumn("TT", 0.9, number=False, centred=True),
            ReportColumn("Đợt học tập", 4.6, number=False),
            ReportColumn("Hạn", 2.2, number=False, centred=True),
            ReportColumn("Số buổi", 1.2),
            ReportColumn("Hội viên đã học", 1.8),
            ReportColumn("Hội viên thuộc diện học", 1.8),
            ReportColumn("Tỷ lệ", 1.5),
        ]
        lines: list[ReportLine] = []
        for view, held in self._views(spec):
            campaign = view.campaign
            covered = view.members
            if self._branch is not None:
                found = [one.coverage for one in view.branches if one.branch_id == self._branch]
                if not found:
                    continue
                covered = found[0]
            cells = (
                str(len(lines) + 1),
                campaign.title,
                plain_date(campaign.deadline) if campaign.deadline else UNKNOWN,
                grouped(len(held)),
                grouped(covered.reached),
                grouped(covered.eligible),
                _share(covered.ratio),
            )
            values = (None, None, None, len(held), covered.reached, covered.eligible, covered.ratio)
            lines.append(ReportLine(cells, values))
        return columns, lines

    def groups(self, spec: TableSpec) -> Made:
        """Each campaign, and below it whom it ought to reach: how many were, of how many, and the goal."""
        columns = [
            ReportColumn("Đối tượng học tập", 4.6, number=False),
            ReportColumn("Đã học", 1.4),
            ReportColumn("Phải học", 1.6),
            ReportColumn("Tỷ lệ", 1.5),
            ReportColumn("Chỉ tiêu", 2.4, number=False, centred=True),
            ReportColumn("Đánh giá", 1.7, number=False, centred=True),
        ]
        lines: list[ReportLine] = []
        for view, _held in self._views(spec) if self._branch is None else ():
            if view.groups:
                lines.append(ReportLine((view.campaign.title,), band=True))
            for one in view.groups:
                name, goal = GROUPS[one.target.target_group], goal_words(one.target.goal)
                if one.coverage is None:
                    cells: tuple[str, ...] = (name, UNKNOWN, UNKNOWN, UNKNOWN, goal, UNKNOWN)
                    lines.append(ReportLine(cells, (None,) * len(cells)))
                    continue
                reached, eligible, ratio = one.coverage.reached, one.coverage.eligible, one.coverage.ratio
                cells = (name, grouped(reached), grouped(eligible), _share(ratio), goal, _MET[one.met])
                lines.append(ReportLine(cells, (None, reached, eligible, ratio, None, None)))
        return columns, lines

    def channels(self, _spec: TableSpec) -> Made:
        """The channels of communication that were used: sessions and attendances, and so far this year."""
        with_year = not self._span.begins_year
        columns = [
            ReportColumn("Kênh tuyên truyền", 4.6, number=False),
            ReportColumn("Số buổi", 1.4),
            ReportColumn("Lượt người dự", 1.6),
        ]
        if with_year:
            columns += [ReportColumn("Số buổi từ đầu năm", 1.7), ReportColumn("Lượt người từ đầu năm", 1.9)]
        lines: list[ReportLine] = []
        for indicator in self._sheet.definitions.indicators:
            if not indicator.code.startswith(_CHANNEL):
                continue
            rows = [
                self._sheet.cells.get((code, self._branch))
                for code in (indicator.code, f"study.attendances.{indicator.code.removeprefix(_CHANNEL)}")
            ]
            figures = [row.now if row else None for row in rows]
            if with_year:
                figures += [row.year_to_date if row else None for row in rows]
            if not any(_value(one) for one in figures):
                continue
            name = indicator.label.vi.partition("kênh ")[2] or indicator.label.vi
            numbers = [_value(one) for one in figures]
            texts = (UNKNOWN if one is None else grouped(one) for one in numbers)
            lines.append(ReportLine((name[:1].upper() + name[1:], *texts), (None, *numbers)))
        return columns, lines

    def _within(self, day: date | None) -> bool:
        return day is not None and self._span.start <= day <= self._span.end

    def _is_ours(self, one: SessionRow) -> bool:
        """Of a branch: its own sessions and those of the whole commune."""
        return self._branch is None or not one.session.branches or self._branch in one.session.branches

    def _runs(self, starts: date | None, deadline: date | None) -> bool:
        """Whether a campaign with these days lies in the span at least in part."""
        begins, ends = starts or deadline, deadline or starts
        if begins is None or ends is None:
            return False
        return begins <= self._span.end and ends >= self._span.start


def ratio_of(part: int | None, whole: int | None) -> Fraction | None:
    """Exactly; ``None`` where there is no whole."""
    return Fraction(part, whole) if part is not None and whole else None


def _share(ratio: Fraction | None) -> str:
    return UNKNOWN if ratio is None else share(ratio)


def _value(figure: Figure | None) -> int | None:
    return None if figure is None else figure.value
