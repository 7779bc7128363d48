"""Every other paper of the demonstration: sheets, minutes, slips, lists; one of each kind is enough to look at."""

from __future__ import annotations

from pathlib import Path

from sochihoi.domain.meeting_records import MeetingRow
from sochihoi.domain.meetings import MeetingState
from sochihoi.domain.periods import Period
from sochihoi.services import campaign_papers, meetings_papers, people_papers, sync_papers
from sochihoi.services.office import Office
from sochihoi.storage.files import write_whole


def write(office: Office, month: Period, folder: Path) -> tuple[Path, ...]:
    """Write them for a closed month. The files."""
    papers: dict[str, bytes] = {}
    branch = office.setup.branches()[0]
    held = _held(office, month)
    if held is not None:
        papers["phieu-diem-danh.pdf"] = meetings_papers.attendance_sheet(office, held.id)
        papers["bien-ban.pdf"] = meetings_papers.minutes_paper(office, held.id)
    papers["phieu-cham-ho.pdf"] = campaign_papers.scoring_sheet(office, branch.id, month.year)
    papers["phieu-dang-ky-khoa.pdf"] = sync_papers.key_slip(office)
    for sent in office.sending.history()[:1]:
        papers["phieu-gui-tep.pdf"] = sync_papers.file_slip(office, sent.id)
    members = [row for row in office.people.rows() if row.branch_id == branch.id]
    papers["danh-sach-hoi-vien.pdf"] = people_papers.members_pdf(office, members, branch.name, lambda _row: "")
    written = []
    for name, content in papers.items():
        write_whole(folder / name, content, overwrite=True)
        written.append(folder / name)
    listed = folder / "danh-sach-hoi-vien.xlsx"
    people_papers.save_members(office, members, branch.name, listed, lambda _row: "")
    return (*written, listed)


def _held(office: Office, month: Period) -> MeetingRow | None:
    rows = office.meetings.of_period(month.start, month.end)
    return next((row for row in rows if row.state is MeetingState.CLOSED), None)
