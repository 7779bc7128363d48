"""The sheet of one branch for a month: its figures and meetings, as paper and as JSON; one, or all into a folder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sochihoi.domain.errors import NotFound
from sochihoi.domain.indicators import Row
from sochihoi.domain.meeting_records import MeetingRow
from sochihoi.domain.meetings import MeetingState
from sochihoi.domain.periods import Period
from sochihoi.domain.progress import Progress, Unwatched
from sochihoi.domain.units import Unit
from sochihoi.domain.vietnamese import fold
from sochihoi.services.figures import FigureSheet, json_row
from sochihoi.services.letterheads import header, watermark
from sochihoi.services.monthly_report import DRAFT_MARK, figure_lines
from sochihoi.services.paper_numbers import long_date, plain_date
from sochihoi.services.papers import figure_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sochihoi.domain.months import Closing
    from sochihoi.reports.document import Block, OfficialDocument
    from sochihoi.services.office import Office

PDF, JSON = "pdf", "json"
_BRANCH_WORDS = "chi hoi "  # before a proper name it may be left out
_OF_ITSELF = "branches"  # the number of branches says nothing of one
_STATES = {MeetingState.PLANNED: "Dự kiến", MeetingState.ROSTER_FROZEN: "Đang điểm danh"}


@dataclass(frozen=True, slots=True)
class BranchSheet:
    """One branch in a month. ``rows``: indicators that are split by branch, in the order of the definitions."""

    branch: Unit
    sheet: FigureSheet
    meetings: tuple[MeetingRow, ...]

    @property
    def closing(self) -> Closing | None:
        """The edition that the figures are frozen in; ``None``: the month is open."""
        return self.sheet.closing

    @property
    def rows(self) -> tuple[Row, ...]:
        """This month, the month before, the year to date."""
        cells = (self.sheet.cells.get((one.code, self.branch.id)) for one in self.sheet.definitions.indicators)
        return tuple(row for row in cells if row is not None and row.indicator.source != _OF_ITSELF)

    def file_name(self, kind: str = PDF) -> str:
        """``BieuChiHoi_2026-10_Ap-An-Hoa.pdf``: ASCII, because it goes through mail and sticks."""
        closing = self.closing
        edition = f"_L{closing.edition}" if closing is not None and closing.edition > 1 else ""
        draft = "_DuThao" if closing is None else ""
        return f"BieuChiHoi_{self.sheet.period.code}_{_plain_name(self.branch)}{edition}{draft}.{kind}"


def _plain_name(unit: Unit) -> str:
    signs = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in fold(unit.name))
    return "-".join(word.capitalize() for word in signs.split()) or unit.id


def branches(office: Office, period: Period) -> tuple[Unit, ...]:
    """The branches that have figures of their own. Raises ``NotAMonth``, ``FuturePeriod``."""
    office.months.standing(period)
    return office.figures.of(period).branches


def find(office: Office, period: Period, text: str) -> Unit:
    """A branch by its id or name, tone marks or not; part of a name when it is of one branch only.

    Raises ``NotAMonth``, ``FuturePeriod``, ``NotFound``.
    """
    wanted, there = fold(text).strip(), branches(office, period)
    for unit in there:
        if text.strip() == unit.id or wanted == fold(unit.name):
            return unit
    words = f" {wanted.removeprefix(_BRANCH_WORDS)} "
    near = [unit for unit in there if words.strip() and words in f" {fold(unit.name)} "]
    if len(near) == 1:
        return near[0]
    raise NotFound("branch", text.strip())


def sheet_of(office: Office, period: Period, branch_id: str) -> BranchSheet:
    """The sheet of a branch as the month stands. Raises ``NotAMonth``, ``FuturePeriod``, ``NotFound``."""
    unit = find(office, period, branch_id)
    return BranchSheet(
        unit, office.figures.of(period), office.meetings.of_period(period.start, period.end, branch_id=unit.id)
    )


def pdf(office: Office, sheet: BranchSheet) -> bytes:
    """The sheet as an official paper. The same month gives the same bytes."""
    from sochihoi.reports.official import pdf as render

    return bytes(render(document(office, sheet)))


def content(office: Office, sheet: BranchSheet, kind: str) -> bytes:
    """The sheet as a file: ``PDF``, or ``JSON`` in UTF-8."""
    if kind == PDF:
        return pdf(office, sheet)
    return (json.dumps(as_json(office, sheet), ensure_ascii=False, indent=1) + "\n").encode()


def names(office: Office, period: Period, kind: str = PDF) -> dict[str, str]:
    """Branch id to file name, every name once. Raises ``NotAMonth``, ``FuturePeriod``."""
    found: dict[str, str] = {}
    for unit in branches(office, period):
        name = BranchSheet(unit, office.figures.of(period), ()).file_name(kind)
        if name in found.values():  # names that differ only in signs that ASCII does not have
            name = f"{name.removesuffix(f'.{kind}')}_{unit.id[-6:]}.{kind}"
        found[unit.id] = name
    return found


def write_all(
    office: Office,
    period: Period,
    folder: Path,
    *,
    kind: str = PDF,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> tuple[Path, ...]:
    """One file a branch into a folder, which is made when the place for it is there.

    Nothing is written when one of the files exists already, unless ``overwrite``. Stopped, whole files stay.
    Raises ``NotAMonth``, ``FuturePeriod``, ``FileExists``, ``DiskFull``, ``CannotWrite``, ``Cancelled``.
    """
    from sochihoi.storage.errors import FileExists
    from sochihoi.storage.files import told, write_whole

    watched = progress or Unwatched()
    targets = {branch: folder / name for branch, name in names(office, period, kind).items()}
    for target in targets.values():
        if target.exists() and not overwrite:
            raise FileExists(str(target))
    with told(folder):
        folder.mkdir(exist_ok=True)
    for done, (branch, target) in enumerate(targets.items()):
        watched.step(done, len(targets))
        write_whole(target, content(office, sheet_of(office, period, branch), kind), overwrite=overwrite)
    watched.step(len(targets), len(targets))
    return tuple(targets.values())


def document(office: Office, sheet: BranchSheet) -> OfficialDocument:
    """The paper: the commune signs, because a branch has no seal of its own."""
    from sochihoi.reports.document import OfficialDocument, Signature

    commune, period, closing = office.commune, sheet.sheet.period, sheet.closing
    with office.read() as work:
        today = office.figures.last_day(work)
    on = (closing.report_date or closing.closed_on) if closing is not None else today
    month = f"{on.month:02}" if on.month < 3 else str(on.month)
    day = long_date(on) if closing is not None else f"ngày      tháng {month} năm {on.year}"
    subject = f"Công tác Hội và phong trào phụ nữ tháng {period.index} năm {period.year}"
    return OfficialDocument(
        header=header(commune, place_date=f"{commune.place}, {day}" if commune.place else day),
        kind_title="BIỂU SỐ LIỆU CHI HỘI",
        subject_lines=(_called(sheet.branch), subject),
        body=tuple(_body(sheet)),
        signature=Signature(commune.signer_title, commune.signer_name, commune.on_behalf),
        recipients=(f"- {_called(sheet.branch)};", "- Lưu: VT."),
        end_mark="",
        title=f"Biểu số liệu {_called(sheet.branch)}: {subject}",
        author=commune.union_name,
        made_on=on,
        draft_mark=DRAFT_MARK if closing is None else "",
        watermark=watermark(demo=office.demo),
        keywords=(period.code, commune.code),
    )


def _called(unit: Unit) -> str:
    """``Chi hội Ấp An Hòa``."""
    return unit.name if fold(unit.name).startswith(_BRANCH_WORDS) else f"Chi hội {unit.name}"


def _body(sheet: BranchSheet) -> list[Block]:
    from sochihoi.reports.document import Paragraph

    period, closing = sheet.sheet.period, sheet.closing
    blocks: list[Block] = []
    if closing is not None and closing.report_number:
        day = plain_date(closing.report_date or closing.closed_on)
        told = f"(Kèm theo Báo cáo số {closing.report_number} ngày {day})"
        blocks.append(Paragraph(told, italic=True, centred=True, indented=False))
    lines = figure_lines(sheet.sheet.definitions.groups, sheet.rows)
    if lines:
        blocks.append(figure_table(period, lines, "I. SỐ LIỆU"))
    else:
        blocks.append(Paragraph("Chi hội chưa có số liệu của tháng này."))
    blocks.append(_meetings(sheet.meetings))
    return blocks


def _meetings(meetings: Sequence[MeetingRow]) -> Block:
    from sochihoi.reports.document import Align, Column, FigureTable, Paragraph
    from sochihoi.reports.document import Row as Line

    if not meetings:
        return Paragraph("Trong tháng chi hội chưa có buổi sinh hoạt.")
    columns = (
        Column("TT", 0.7, Align.CENTRE),
        Column("Ngày", 1.6, Align.CENTRE),
        Column("Nội dung", 4.6),
        Column("Có mặt", 1.4, Align.CENTRE),
        Column("Biên bản", 1.6, Align.CENTRE),
    )
    rows = tuple(
        Line(
            (
                str(at),
                plain_date(one.held_on),
                one.topic or _kind(one),
                _STATES.get(one.state, f"{one.tally.present}/{one.tally.roster}"),
                "Đã có" if one.has_minutes else "Chưa có",
            )
        )
        for at, one in enumerate(meetings, start=1)
    )
    return FigureTable(columns, rows, "II. SINH HOẠT CHI HỘI TRONG THÁNG")


def _kind(one: MeetingRow) -> str:
    from sochihoi.services.meetings_templates import templates

    return templates()[one.kind].name_vi


def as_json(office: Office, sheet: BranchSheet) -> dict[str, Any]:
    """The same sheet for a program. Figures have the shape of the command ``figures``; persons are counted."""
    commune, closing = office.commune, sheet.closing
    on = None if closing is None else closing.report_date or closing.closed_on
    return {
        "period": sheet.sheet.period.code,
        "state": "DRAFT" if closing is None else "CLOSED",
        "edition": 0 if closing is None else closing.edition,
        "demonstration": office.demo,
        "unit": {"code": commune.code, "name": commune.union_name},
        "branch": {"id": sheet.branch.id, "name": sheet.branch.name},
        "report_number": "" if closing is None else closing.report_number,
        "report_date": None if on is None else on.isoformat(),
        "figures": [
            json_row(row.indicator.code, row.indicator.label.vi, (row.now, row.previous, row.year_to_date))
            for row in sheet.rows
        ],
        "meetings": [
            {
                "code": one.code,
                "date": one.held_on.isoformat(),
                "starts_at": one.starts_at,
                "place": one.place,
                "kind": one.kind.value,
                "topic": one.topic,
                "state": one.state.value,
                "present": one.tally.present,
                "excused": one.tally.excused,
                "absent": one.tally.absent,
                "on_roster": one.tally.roster,
                "guests": one.guests,
                "minutes": one.has_minutes,
            }
            for one in sheet.meetings
        ],
    }
