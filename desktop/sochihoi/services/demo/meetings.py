"""The meetings of the demonstration: planned, marked by row numbers, minuted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from sochihoi.domain.meeting_records import MeetingPlan
from sochihoi.domain.meetings import Mark, MeetingKind
from sochihoi.domain.periods import Period
from sochihoi.domain.proposals import Proposal, ProposalKind
from sochihoi.services.demo import invented
from sochihoi.services.demo.register import Branch
from sochihoi.services.office import Office

_TOPICS = (
    "Phòng, chống bạo lực gia đình", "An toàn trên không gian mạng", "Phân loại rác tại nguồn",
    "Chăm sóc sức khỏe phụ nữ", "Vay vốn và sử dụng vốn đúng mục đích", "Nuôi dạy con tốt",
    "Bảo hiểm y tế cho mọi nhà", "Gia đình hạnh phúc", "Tiết kiệm điện, nước", "Chuyển đổi số trong hoạt động Hội",
)  # fmt: skip
_ASKED = (
    "Đề nghị sửa đoạn đường vào ấp bị ngập", "Đề nghị mở lớp dạy may cho hội viên", "Hỏi về thủ tục vay vốn",
    "Đề nghị lắp thêm đèn đường", "Đề nghị thu gom rác hai lần mỗi tuần",
)  # fmt: skip


def hold(office: Office, source: Random, branches: list[Branch], month: Period, last: date, *, part: float = 1) -> None:
    """A meeting for most branches between the 5th and ``last``. ``part`` under 1 leaves the rest still to come."""
    meeting = [b for b in branches if source.random() < (0.97 if b.diligence > 0.7 else 0.88)]
    topic = source.choice(_TOPICS)
    days = max((last - month.start).days - 6, 1)
    for at, branch in enumerate(meeting):
        held = month.start + timedelta(days=5 + (at * 7) % days)
        if at >= len(meeting) * part:
            return
        kind = MeetingKind.THEMED if source.random() < 0.4 else MeetingKind.REGULAR
        place = f"Nhà văn hóa {branch.unit.name}"
        (planned,) = office.meetings.plan([branch.unit.id], MeetingPlan(held, "14:00", place, kind, topic))
        office.meetings.freeze([planned.id])
        roster = len(office.meetings.sheet(planned.id).rows)
        office.meetings.type_marks(planned.id, _typed(source, roster, branch.diligence))
        _minutes(office, source, planned.id, topic)
        office.meetings.close(planned.id, Mark.ABSENT)


def answer_old(office: Office, source: Random) -> None:
    """What was asked in the months before is answered sooner or later; a few things always wait."""
    for one in office.meetings.proposals.open():
        due = one.proposal.due_on
        if due is not None and due < office.today - timedelta(days=3) and source.random() < 0.9:
            office.meetings.proposals.answer(one.proposal.id, "Đã trả lời tại buổi sinh hoạt sau.", office.today)


def _typed(source: Random, roster: int, diligence: float) -> str:
    """What an officer would type from the sheet: all as present, then the exceptions."""
    away = [number for number in range(1, roster + 1) if source.random() > diligence]
    return ", ".join([f"1-{roster}", *(f"{'?' if source.random() < 0.4 else '!'}{number}" for number in away)])


def _minutes(office: Office, source: Random, meeting_id: str, topic: str) -> None:
    book = office.meetings.minutes
    form = book.form(meeting_id)
    written = replace(
        form.minutes,
        discussion=f"Hội viên thảo luận về {topic[0].lower()}{topic[1:]}; nhiều chị nêu cách làm hay ở gia đình.",
        conclusion="Chi hội thống nhất nội dung đã bàn và giao tổ trưởng theo dõi.",
        next_topic=source.choice(_TOPICS),
    )
    signed = replace(
        form,
        ends_at="15:30",
        chair=form.chair or invented.woman(source),
        secretary=form.secretary or invented.woman(source),
        guests=source.choice((0, 0, 1, 2, 4)),
        minutes=written,
    )
    book.save(meeting_id, signed)
    if source.random() < 0.12:
        asked = Proposal(
            id=office.new_id(),
            meeting_id=meeting_id,
            kind=ProposalKind.PROPOSAL,
            content=source.choice(_ASKED),
            said_by="Hội viên",
            follower="Hội LHPN xã",
            due_on=office.today + timedelta(days=20),
        )
        kept = office.meetings.proposals.add(meeting_id, asked)
        if source.random() < 0.6:
            office.meetings.proposals.answer(kept.id, "Đã chuyển Ủy ban nhân dân xã xem xét.", office.today)
    if source.random() < 0.95:
        book.finish(meeting_id)
