"""Study on paper: the attendance sheet of a session, in Vietnamese; and the list of those still to be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochihoi.domain.study import StudySession
from sochihoi.services.letterheads import unit_lines, watermark
from sochihoi.services.paper_numbers import grouped, long_date

if TYPE_CHECKING:
    from sochihoi.domain.study_records import EligibleMember
    from sochihoi.reports.sheets import RosterRow
    from sochihoi.services.office import Office
    from sochihoi.services.study import SessionSheet

_OPEN = "………………………"
_CODE_LETTERS = 6  # of the session's id, enough to tell the sheets of one campaign apart


def session_code(session: StudySession) -> str:
    """The short code on every page of a session's sheet: its day and the end of its id."""
    day = f"{session.held_on:%d%m}" if session.held_on else ""
    return f"HT{day}-{session.id[-_CODE_LETTERS:].upper()}"


def attendance_sheet(office: Office, session_id: str) -> bytes:
    """The sheet of a session as PDF: blank, with row numbers and room to sign, until somebody is marked; then filled.

    Raises ``ListNotFrozen``, ``NotFound``, ``LookupError`` without a usable font.
    """
    from sochihoi.domain.study_records import ListNotFrozen
    from sochihoi.reports import sheets

    sheet = office.study.sheet(session_id)
    session = sheet.session
    if not sheet.roster:
        raise ListNotFrozen(sheet.campaign.title)
    there = sum(m.membership_id in sheet.present for m in sheet.roster)
    rows = tuple(_row(sheet, member, filled=bool(there)) for member in sheet.roster)
    return sheets.attendance_pdf(
        sheets.AttendanceSheet(
            unit_lines=unit_lines(office),
            branch=", ".join(sheet.branches) or "các chi hội trong xã",
            time=_time(session),
            place=session.place or _OPEN,
            code=session_code(session),
            rows=rows,
            made_on=session.held_on or office.today,
            topic=_topic(sheet),
            guest_rows=0,
            filled=bool(there),
            is_study=True,
            summary=_summary(sheet, there),
            watermark=watermark(demo=office.demo),
        )
    )


def _summary(sheet: SessionSheet, there: int) -> str:
    """Who came: members by name, everyone else by heads; room to write it until it is known. Never added together."""
    from sochihoi.domain.study import TargetGroup
    from sochihoi.reports.wording import word

    counted = [group for group in TargetGroup if not group.by_person]
    total = grouped(len(sheet.roster))
    names = {group: word("vi", f"study_sheet.{group.name.lower()}") for group in counted}
    if not there:
        groups = "; ".join(word("vi", "study_sheet.to_write", group=name) for name in names.values())
        members = word("vi", "study_sheet.members", total=total)
        return f"{members}\n{word('vi', 'study_sheet.heads', groups=groups)}"
    members = word("vi", "study_sheet.members_filled", present=grouped(there), total=total)
    came = "; ".join(
        word("vi", "study_sheet.written", group=names[group], count=grouped(sheet.heads[group]))
        for group in counted
        if sheet.heads.get(group)
    )
    return f"{members}\n{word('vi', 'study_sheet.heads_filled', groups=came)}" if came else members


def _row(sheet: SessionSheet, member: EligibleMember, *, filled: bool) -> RosterRow:
    from sochihoi.reports import sheets

    here = member.membership_id in sheet.present
    note = "" if len(sheet.branches) == 1 else member.branch
    if member.attended > here:
        note = "; ".join(part for part in (note, "đã học") if part)
    return sheets.RosterRow(
        member.row_number,
        member.full_name,
        str(member.birth.year) if member.birth else "",
        member.cell,
        "Có mặt" if filled and here else "",
        note,
    )


def _time(session: StudySession) -> str:
    day = long_date(session.held_on) if session.held_on else _OPEN
    if not session.starts_at:
        return f"…… giờ ……, {day}"
    hour, _colon, minute = session.starts_at.partition(":")
    return f"{hour} giờ {minute}, {day}"


def _topic(sheet: SessionSheet) -> str:
    speaker = f"báo cáo viên: {sheet.session.speaker}" if sheet.session.speaker else ""
    return "; ".join(part for part in (sheet.campaign.title, speaker) if part)
