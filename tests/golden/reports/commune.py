"""A small invented commune of one year, for the golden reports: everything is written here, so nothing moves by itself.

Five branches; meetings of five months; a resolution, a theme of learning from Uncle Hồ; households judged; figures
entered; opinions of members; score sheets. The clock stands on 2 November 2026.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from sochihoi.domain.periods import Period
from sochihoi.domain.rubric import Title
from sochihoi.services.office import Office
from sochihoi.storage.schema import study_attendance, study_campaign, study_headcount, study_session, study_target
from tests.meetings_data import closed_one, make_head
from tests.month_data import BRANCHES, add_households, add_proposal, autumn, write_minutes
from tests.offices import make_office
from tests.people_data import add_members
from tests.rubric_data import verified

MOMENT: Final = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
OCTOBER: Final = Period.month(2026, 10)
EARLIER: Final = (date(2026, 3, 8), date(2026, 5, 9), date(2026, 8, 8))
TOPICS: Final = ("Kỷ niệm ngày 8/3", "Phòng, chống bạo lực gia đình", "Phân loại rác tại nhà")
ENTERED: Final = {  # of the whole commune
    "welfare.gifts": 24,
    "welfare.gifts_vnd": 12_000_000,
    "welfare.sponsored_children": 3,
    "party.supervision": 1,
    "party.comments": 2,
    "party.role_models": 4,
    "party.introduced": 2,
    "works.registered": 5,
    "works.done": 4,
    "works.value_vnd": 36_500_000,
    "economy.loans_vbsp_vnd": 4_800_000_000,
    "economy.loans_vbsp_households": 96,
    "economy.savings_groups": 6,
}
WOMEN: Final = 14  # of 18 and over, in each branch
DUES: Final = 180_000  # collected in each branch


@contextmanager
def golden_commune(folder: Path) -> Iterator[Office]:
    """The commune, open."""
    office = make_office(folder, seed="golden", moment=MOMENT)
    try:
        _settings(office)
        branches = autumn(office)
        for number, (name, branch) in enumerate(branches.items()):
            for day, topic in zip(EARLIER[number % 2 :], TOPICS[number % 2 :], strict=True):
                closed_one(office, branch, day, f"1-{8 - number % 3}", topic=topic)
            head = next(row for row in office.people.rows("CURRENT") if row.branch == name)
            make_head(office, head.membership_id, branch)
        write_minutes(office)
        add_members(office, "Ấp An Hòa", 2, joined=date(2026, 10, 4))
        _study(office)
        add_households(office, failed=7)
        _entered(office, branches)
        _opinions(office, branches)
        _scores(office, branches)
        yield office
    finally:
        office.close()


def _settings(office: Office) -> None:
    own = replace(office.commune, signer_name="Nguyễn Thị Mẫu", recipients=("- Đảng ủy xã (để báo cáo);", "- Lưu: VT."))
    office.setup.save_commune(own)


def _study(office: Office) -> None:
    """A resolution of the year for everybody, and a theme told as stories."""
    members = [row.membership_id for row in office.people.rows("CURRENT")]
    _campaign(
        office, "Nghị quyết Đại hội đại biểu phụ nữ", "RESOLUTION", "TRAINING", date(2026, 10, 5), members[:38], 6
    )
    _campaign(office, "Chuyên đề học tập và làm theo Bác", "THEME", "STORYTELLING", date(2026, 9, 20), members[5:35], 0)


def _campaign(office: Office, title: str, kind: str, channel: str, held_on: date, came: list[str], others: int) -> None:
    campaign, session = office.new_id(), office.new_id()
    begins = date(2026, 9, 1)
    with office.write("test.study") as work:
        told = {"id": campaign, "title": title, "kind": kind, "starts_on": begins, "deadline": date(2026, 11, 20)}
        work.insert(study_campaign, [told])
        group = {"id": office.new_id(), "campaign_id": campaign, "target_group": "MEMBERS", "percent": 95}
        work.insert(study_target, [group])
        work.insert(
            study_session, [{"id": session, "campaign_id": campaign, "held_on": held_on, "channels": [channel]}]
        )
        rows = [{"id": office.new_id(), "session_id": session, "membership_id": one} for one in came]
        work.insert(study_attendance, rows)
        if others:
            heads = {"id": office.new_id(), "session_id": session, "target_group": "WOMEN", "people": others}
            work.insert(study_headcount, [heads])
    office.study.freeze(campaign, begins)


def _entered(office: Office, branches: dict[str, str]) -> None:
    for code, value in ENTERED.items():
        office.figures.enter(code, OCTOBER, None, value)
    for branch in branches.values():
        office.figures.enter("org.women_18", OCTOBER, branch, WOMEN)
        office.figures.enter("dues.collected_vnd", OCTOBER, branch, DUES)


def _opinions(office: Office, branches: dict[str, str]) -> None:
    held = office.meetings.of_period(OCTOBER.start, OCTOBER.end, branches[BRANCHES[0]])
    add_proposal(office, held[0].id, "Sửa đoạn đường đê bị sạt lở.")
    add_proposal(office, held[0].id, "Thu gom rác đúng ngày", answered=True)


def _scores(office: Office, branches: dict[str, str]) -> None:
    """One model branch, one that waits, three that were not registered."""
    first, second = (branches[name] for name in BRANCHES[:2])
    verified(office, first)
    office.rubric.recognise(2026, first, Title.MODEL)
    office.rubric.register(2026, [second])
