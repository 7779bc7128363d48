"""Study and the family campaign of the demonstration, month by month."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from sochihoi.domain.campaign import Result, Round
from sochihoi.domain.periods import Period
from sochihoi.domain.study import Channel, DocumentKind, StudyCampaign, StudySession, TargetGroup
from sochihoi.services.demo import invented
from sochihoi.services.demo.register import Branch
from sochihoi.services.office import Office
from sochihoi.services.study import TargetDraft

_WHY = ("Nhà vệ sinh chưa đạt", "Đang sửa", "Cần vận động thêm", "Chưa phân loại rác")


def begin_study(office: Office, month: Period) -> str:
    """A campaign for everyone, its list frozen today."""
    campaign = StudyCampaign(
        "",
        f"Nghị quyết Đại hội đại biểu phụ nữ, năm {month.year}",
        DocumentKind.CONGRESS_RESOLUTION,
        document_title="Nghị quyết Đại hội đại biểu phụ nữ lần thứ I",
        document_number="01-NQ/ĐHPN",
        issuer="Đại hội đại biểu phụ nữ",
        starts_on=month.start,
        deadline=month.shifted(9).end,
    )
    return office.study.begin(
        campaign, [TargetDraft(TargetGroup.MEMBERS, 95), TargetDraft(TargetGroup.WOMEN, 70, 5200)]
    )


def study(office: Office, source: Random, branches: list[Branch], campaign: str, month: Period, last: date) -> None:
    """Sessions in some branches; those who are diligent come more often."""
    for branch in source.sample(branches, max(1, len(branches) // 5)):
        held = month.start + timedelta(days=source.randrange((last - month.start).days + 1))
        _hold(office, source, campaign, [branch], held, f"Nhà văn hóa {branch.unit.name}")


def study_together(office: Office, source: Random, branches: list[Branch], campaign: str, held: date) -> None:
    """One session that neighbouring branches hold together."""
    _hold(office, source, campaign, branches, held, "Hội trường Ủy ban nhân dân xã")


def _hold(office: Office, source: Random, campaign: str, branches: list[Branch], held: date, place: str) -> None:
    channels = (Channel.BRANCH_MEETING, source.choice((Channel.THEMED_TALK, Channel.SOCIAL_MEDIA)))
    whose = tuple(branch.unit.id for branch in branches)
    speaker = invented.woman(source)
    made = office.study.plan_session(
        StudySession("", campaign, whose, held, place=place, speaker=speaker, channels=channels)
    )
    diligence = {branch.unit.id: branch.diligence for branch in branches}
    roster = office.study.sheet(made).roster
    came = [m.membership_id for m in roster if source.random() < diligence[m.branch_id]]
    office.study.set_present(made, came, present=True)
    office.study.set_heads(made, TargetGroup.WOMEN, source.randint(4, 30))


def register_households(office: Office, branches: list[Branch], year: int) -> None:
    """Every member household is told of the campaign and registers."""
    for branch in branches:
        office.campaign.mobilise_branch(branch.unit.id, year)
        office.campaign.register_branch(branch.unit.id, year)


def assess(office: Office, source: Random, branches: list[Branch], year: int, rounds: tuple[Round, ...]) -> None:
    """Some branches are assessed through the given rounds; the first is marked, the next take over what was found."""
    book = office.campaign.rounds
    for branch in branches:
        for at, which in enumerate(rounds):
            if which is not Round.SELF:
                book.start(branch.unit.id, year, which)
            else:
                sheet = book.sheet(branch.unit.id, year, which)
                marks: dict[str, dict[str, Result]] = {}
                notes: dict[tuple[str, str], str] = {}
                for row in sheet.rows:
                    marks[row.household_id] = {}
                    for criterion in sheet.criteria.criteria:
                        result = Result.PASS if source.random() < branch.tidiness else Result.FAIL
                        if criterion.na_allowed and source.random() < 0.3:
                            result = Result.NA
                        if result is Result.FAIL:
                            notes[row.household_id, criterion.code] = source.choice(_WHY)
                        marks[row.household_id][criterion.code] = result
                book.mark_many(marks, year, which, notes=notes)
            if at == len(rounds) - 1 and len(rounds) < len(Round) and source.random() < 0.3:
                continue  # typed, not finished yet: there is always something under way
            book.finish(branch.unit.id, year, which, leave_out=True)


def enter(office: Office, source: Random, branches: list[Branch], month: Period, *, first: bool) -> None:
    """Figures that nobody lists: women from 18 by branch once, the rest for the commune."""
    if first:
        for branch in branches:
            women = round(len(branch.members) / (0.62 + 0.2 * source.random()))
            office.figures.enter("org.women_18", month, branch.unit.id, women)
    members = sum(len(b.members) for b in branches)
    for code, value in {
        "dues.collected_vnd": members * source.randint(11, 13) * 100,
        "economy.loans_vbsp_households": source.randint(20, 60),
        "welfare.legal_advice": source.randint(0, 5),
        "welfare.gifts": source.randint(0, 30),
        "party.introduced": source.randint(0, 2),
        "works.done": source.randint(0, 2),
    }.items():
        office.figures.enter(code, month, None, value)
