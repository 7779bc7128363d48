"""Every other paper of the demonstration: sheets, minutes, slips, lists; one of each kind is enough to look at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sochihoi.domain.meeting_records import MeetingRow
from sochihoi.domain.meetings import MeetingState
from sochihoi.domain.member_lists import MemberRow
from sochihoi.domain.periods import Period
from sochihoi.i18n import _, ngettext, number, pgettext
from sochihoi.services import campaign_papers, list_papers, meetings_papers, member_cards, people_papers, sync_papers
from sochihoi.services.certificates import Decision, of_branches, of_households, titled
from sochihoi.services.list_papers import Listing, ListingColumn, ListingRow
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
    papers["danh-sach-hoi-vien.pdf"] = list_papers.list_pdf(office, _members(members, branch.name))
    papers["the-hoi-vien.pdf"] = member_cards.cards(office, members)
    papers |= _certificates(office, month)
    written = []
    for name, content in papers.items():
        write_whole(folder / name, content, overwrite=True)
        written.append(folder / name)
    listed = folder / "danh-sach-hoi-vien.xlsx"
    people_papers.save_members(office, members, branch.name, listed, lambda _row: "")
    return (*written, listed)


def _members(rows: Sequence[MemberRow], branch: str) -> Listing:
    """As the window prints it: words in the cells, numbers beside them."""
    columns = tuple(ListingColumn(title) for title in (_("Code"), _("Full name"), _("Born"), pgettext("unit", "Cell")))
    lines = tuple(
        ListingRow((row.code, row.full_name, str(row.birth_year or ""), row.cell), (None, None, row.birth_year, None))
        for row in rows
    )
    count = ngettext("{count} member", "{count} members", len(rows)).format(count=number(len(rows)))
    return Listing(_("List of members"), f"{branch}.", count, columns, lines)


def _certificates(office: Office, month: Period) -> dict[str, bytes]:
    """Of the newest year that has any: branches with a title, and the first households that pass."""
    decision = Decision("", None, month.end)
    made: dict[str, bytes] = {}
    for year in range(month.year, month.year - 3, -1):
        titles = [one.branch_id for one in titled(office.rubric.year(year).lines)]
        if titles and "giay-chung-nhan-chi-hoi.pdf" not in made:
            made["giay-chung-nhan-chi-hoi.pdf"] = of_branches(office, year, titles, decision)
        homes = [one.household_id for one in office.campaign.households(year) if one.confirmed][:10]
        if homes and "giay-chung-nhan-ho.pdf" not in made:
            made["giay-chung-nhan-ho.pdf"] = of_households(office, year, homes, decision)
    return made


def _held(office: Office, month: Period) -> MeetingRow | None:
    rows = office.meetings.of_period(month.start, month.end)
    return next((row for row in rows if row.state is MeetingState.CLOSED), None)
