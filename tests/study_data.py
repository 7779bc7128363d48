"""Study campaigns for tests: made through the services."""

from __future__ import annotations

from datetime import date

from sochihoi.domain.study import DocumentKind, StudyCampaign, StudySession, TargetGroup
from sochihoi.services.office import Office
from sochihoi.services.study import TargetDraft

HELD = date(2026, 10, 12)


def begin(
    office: Office, *, percent: int = 95, title: str = "Nghị quyết Đại hội I", deadline: date | None = None
) -> str:
    """A campaign for all members and, by head-count, for women; its list frozen today. Its id."""
    campaign = StudyCampaign(
        "",
        title,
        DocumentKind.CONGRESS_RESOLUTION,
        document_number="05-NQ/ĐH",
        issuer="Đại hội đại biểu phụ nữ",
        starts_on=date(2026, 9, 1),
        deadline=deadline or date(2026, 11, 10),
    )
    targets = [TargetDraft(TargetGroup.MEMBERS, percent), TargetDraft(TargetGroup.WOMEN, 70, 40)]
    return office.study.begin(campaign, targets)


def hold(office: Office, campaign_id: str, *branches: str, held_on: date = HELD) -> str:
    """A session of these branches, of the whole commune without any. Its id."""
    session = StudySession("", campaign_id, branches, held_on, place="Nhà văn hóa", speaker="Trần Thị Mẫu")
    return office.study.plan_session(session)
