"""What a draft says of study: titles, sessions of themes, who is still to be reached. Of the commune or a branch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from sochihoi.domain.study import CampaignState, DocumentKind, TargetGroup
from sochihoi.services.paper_numbers import grouped, plain_date, share
from sochihoi.services.target_words import goal_words

if TYPE_CHECKING:
    from sochihoi.domain.periods import Period
    from sochihoi.domain.study import StudyCampaign
    from sochihoi.domain.study_records import CampaignView, SessionRow
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work

TOLD: Final = 5  # titles that one sentence names
NAMES: Final = (
    *("study_titles", "resolution_titles", "study_due", "study_left", "groups_short"),
    *("theme_titles", "theme_sessions", "theme_members", "theme_others"),
)
GROUPS: Final = {
    TargetGroup.MEMBERS: "Hội viên",
    TargetGroup.CORE_MEMBERS: "Hội viên nòng cốt",
    TargetGroup.BRANCH_HEADS: "Chi hội trưởng",
    TargetGroup.COMMITTEE: "Ủy viên Ban Chấp hành",
    TargetGroup.STANDING_BOARD: "Ủy viên Ban Thường vụ",
    TargetGroup.OFFICERS: "Chủ tịch, Phó Chủ tịch",
    TargetGroup.STAFF: "Cán bộ, công chức chuyên trách",
    TargetGroup.WOMEN: "Phụ nữ trên địa bàn",
    TargetGroup.AFFILIATED: "Phụ nữ các đơn vị trực thuộc",
    TargetGroup.OTHERS: "Đối tượng khác",
}
_UNCLE_HO: Final = "05-CT/TW"  # the directive of the Politburo of 15 May 2016, beside its yearly themes


def is_theme(campaign: StudyCampaign) -> bool:
    """Whether it is about learning from Uncle Hồ: a theme of the year, or Directive 05-CT/TW itself."""
    if campaign.kind is DocumentKind.THEME:
        return True
    return campaign.kind is DocumentKind.DIRECTIVE and campaign.document_number.startswith(_UNCLE_HO)


def study_facts(office: Office, work: Work, period: Period, branch: str | None) -> dict[str, Any]:
    """The facts by name. Attendances of members and heads of others are two numbers, never added."""
    views = [office.study.view_in(work, one) for one in work.studies.all()]
    held = [(view.campaign, one) for view in views for one in _held(view, period, branch)]
    themes = [one for campaign, one in held if is_theme(campaign)]
    running = [view for view in views if view.campaign.state is CampaignState.OPEN and _begun(view, period.end)]
    return {
        "study_titles": _titles(campaign for campaign, _one in held),
        "resolution_titles": _titles(campaign for campaign, _one in held if campaign.kind.is_resolution_study),
        "study_due": "; ".join(
            f"{title} (hạn {plain_date(day)})"
            for title, day in work.months.study_due(period.next().start, period.next().end)
        ),
        "study_left": "; ".join(_left(running, branch)[:TOLD]),
        "groups_short": "; ".join([] if branch else _short(running)[:TOLD]),
        "theme_titles": _titles(campaign for campaign, _one in held if is_theme(campaign)),
        "theme_sessions": len(themes),
        "theme_members": 0 if branch else sum(one.members for one in themes),
        "theme_others": 0 if branch else sum(one.others for one in themes),
    }


def _held(view: CampaignView, period: Period, branch: str | None) -> Iterator[SessionRow]:
    """Sessions of the period; of a branch its own and those of the whole commune."""
    for one in view.sessions:
        of = one.session.branches
        if period.window.contains(one.session.held_on) and (branch is None or not of or branch in of):
            yield one


def _titles(campaigns: Iterator[StudyCampaign]) -> str:
    """The most often first."""
    found = Counter(one.title for one in campaigns)
    return "; ".join(title for title, _n in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:TOLD])


def _begun(view: CampaignView, until: date) -> bool:
    first = view.campaign.starts_on or view.campaign.frozen_on
    return first is not None and first <= until


def _left(views: list[CampaignView], branch: str | None) -> list[str]:
    """``Nghị quyết … (còn 34 hội viên)``."""
    found = []
    for view in views:
        lines = [one for one in view.branches if branch in (None, one.branch_id)]
        left = sum(one.missing for one in lines)
        if left:
            found.append(f"{view.campaign.title} (còn {grouped(left)} hội viên)")
    return found


def _short(views: list[CampaignView]) -> list[str]:
    """Groups whose goal is not met: ``Nghị quyết … (chi hội trưởng đạt 80,0 %, chỉ tiêu 100 %)``."""
    found = []
    for view in views:
        behind = [
            f"{_small(one.target.target_group)} đạt {share(one.coverage.ratio)}, chỉ tiêu {goal_words(one.target.goal)}"
            for one in view.groups
            if one.met is False and one.coverage is not None and one.coverage.ratio is not None
        ]
        if behind:
            found.append(f"{view.campaign.title} ({'; '.join(behind)})")
    return found


def _small(group: TargetGroup) -> str:
    name = GROUPS[group]
    return name[:1].lower() + name[1:]
