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
    from sochihoi.domain.periods import Period, Window
    from sochihoi.domain.study import StudyCampaign
    from sochihoi.domain.study_records import CampaignView, SessionRow
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work

TOLD: Final = 5  # titles that one sentence names
HELD: Final = (
    *("study_titles", "resolution_titles"),
    *("theme_titles", "theme_sessions", "theme_members", "theme_others"),
)
DUE: Final = ("study_due",)
LEFT: Final = ("study_left", "groups_short")
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


def held_facts(work: Work, window: Window, branch: str | None) -> dict[str, Any]:
    """What was studied in these days. Attendances of members and heads of others are two numbers, never added."""
    held = [(one, row) for one in work.studies.all() for row in _held(work, one, window, branch)]
    themes = [row for campaign, row in held if is_theme(campaign)]
    return {
        "study_titles": _titles(campaign for campaign, _row in held),
        "resolution_titles": _titles(campaign for campaign, _row in held if campaign.kind.is_resolution_study),
        "theme_titles": _titles(campaign for campaign, _row in held if is_theme(campaign)),
        "theme_sessions": len(themes),
        "theme_members": 0 if branch else sum(row.members for row in themes),
        "theme_others": 0 if branch else sum(row.others for row in themes),
    }


def due_facts(work: Work, period: Period) -> dict[str, Any]:
    """What has to be finished in the next period."""
    following = period.next()
    due = work.months.study_due(following.start, following.end)
    return {"study_due": "; ".join(f"{title} (hạn {plain_date(day)})" for title, day in due)}


def left_facts(office: Office, work: Work, period: Period, branch: str | None) -> dict[str, Any]:
    """Who was still to be reached on the last day by the campaigns that are open."""
    begun = (one for one in work.studies.all() if one.state is CampaignState.OPEN and _begun(one, period.end))
    views = [office.study.view_in(work, one, period.end) for one in begun]
    return {
        "study_left": "; ".join(_left(views, branch)[:TOLD]),
        "groups_short": "; ".join([] if branch else _short(views)[:TOLD]),
    }


def _held(work: Work, campaign: StudyCampaign, window: Window, branch: str | None) -> Iterator[SessionRow]:
    """Sessions of these days; of a branch its own and those of the whole commune."""
    for one in work.studies.sessions(campaign.id):
        of = one.session.branches
        if window.contains(one.session.held_on) and (branch is None or not of or branch in of):
            yield one


def _titles(campaigns: Iterator[StudyCampaign]) -> str:
    """The most often first."""
    found = Counter(one.title for one in campaigns)
    return "; ".join(title for title, _n in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:TOLD])


def _begun(campaign: StudyCampaign, until: date) -> bool:
    first = campaign.starts_on or campaign.frozen_on
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
