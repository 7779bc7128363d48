"""What the pages of study say and show, without a window."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from sochihoi.domain.errors import UserError
from sochihoi.domain.meetings import Mark
from sochihoi.domain.roster_typing import understand
from sochihoi.domain.study import CampaignState, Coverage, StudyCampaign, StudyTarget, TargetGroup
from sochihoi.domain.study_records import CampaignView, EligibleMember, GroupCoverage, SessionRow
from sochihoi.domain.vietnamese import fold
from sochihoi.i18n import _, day_month, ngettext, number, percent, pgettext, phone, short_date
from sochihoi.ui import words
from sochihoi.ui.words.roster import NOTHING, Reading, counted, finished_part
from sochihoi.ui.words.study import forgotten, group_name
from sochihoi.ui.words.targets import goal_words

SOON = 7  # days before the deadline from which it is shown as a warning


@dataclass(frozen=True, slots=True)
class Standing:
    """Words and tone of a badge."""

    text: str
    tone: str


@dataclass(frozen=True, slots=True)
class Explained:
    """The four lines of "Vì sao có số này?"."""

    title: str
    figure: str
    definition: str
    how: str
    left_out: str


# ------------------------------------------------------------------ campaigns


def shortened(text: str, letters: int = 44) -> str:
    """A long title where there is little room, cut at a word."""
    if len(text) <= letters:
        return text
    return text[: letters + 1].rsplit(" ", 1)[0].rstrip(" ,;") + "…"


def deadline(campaign: StudyCampaign, today: date) -> Standing:
    """ "còn 12 ngày", "quá hạn 3 ngày", "đã kết thúc"."""
    if campaign.state is CampaignState.CLOSED:
        return Standing(pgettext("campaign", "closed"), "none")
    days = campaign.days_left(today)
    if days is None:
        return Standing(_("no due day"), "none")
    if days < 0:
        return Standing(ngettext("{days} day overdue", "{days} days overdue", -days).format(days=-days), "bad")
    if days == 0:
        return Standing(_("due today"), "warn")
    text = ngettext("{days} day left", "{days} days left", days).format(days=number(days))
    return Standing(text, "warn" if days <= SOON else "none")


def campaign_note(campaign: StudyCampaign, today: date) -> str:
    """ "hạn 31/10/2026, còn 5 ngày" beside the title."""
    if campaign.deadline is None or campaign.state is CampaignState.CLOSED:
        return deadline(campaign, today).text
    return _("due {day}, {left}").format(day=short_date(campaign.deadline), left=deadline(campaign, today).text)


@dataclass(frozen=True, slots=True)
class Notice:
    """What stands over a campaign; ``words`` is the button that does the ``deed``: ``reopen``, ``freeze`` or none."""

    tone: str
    text: str
    words: str = ""
    deed: str = ""


def notice(view: CampaignView) -> Notice | None:
    """What there is to know of a campaign as a whole before all else."""
    one, outside = view.campaign, outsiders(view.outsiders)
    if view.forgotten is not None:
        return Notice("info", forgotten(*view.forgotten))
    if one.state is CampaignState.CLOSED:
        text = _("This campaign is closed: no session is added any more.")
        return Notice("info", text, _("Open the campaign again"), "reopen")
    if one.frozen_on is None:
        text = _("The list of this campaign is not frozen yet, so nothing can be counted.")
        return Notice("warn", text, _("Freeze the list"), "freeze")
    return Notice("info", outside, _("Freeze the list again"), "freeze") if outside else None


def document(campaign: StudyCampaign) -> str:
    """The document studied, for the small line: number, issuer or title."""
    named = campaign.document_title if fold(campaign.document_title) not in fold(campaign.title) else ""
    parts = (campaign.document_number, named or campaign.issuer)
    return ", ".join(part for part in parts if part)


def fraction(coverage: Coverage | None) -> str:
    """ "231/240"; a dash when nobody is eligible."""
    if coverage is None or not coverage.eligible:
        return "—"
    return f"{number(coverage.reached)}/{number(coverage.eligible)}"


def share(coverage: Coverage | None) -> str:
    """ "96,3 %"; "chưa có" when nobody is eligible or known."""
    return percent(None if coverage is None else coverage.ratio)


def goal(target: StudyTarget) -> str:
    """ "95 % trở lên", "trên 85 %", "đúng 50 %"."""
    return goal_words(target.goal)


def of_goal(group: GroupCoverage) -> str:
    """ "231/240 người, chỉ tiêu 95 %"."""
    if group.coverage is None or not group.coverage.eligible:
        return _("target {goal}").format(goal=goal(group.target))
    return _("{fraction} people, target {goal}").format(fraction=fraction(group.coverage), goal=goal(group.target))


def lacking(group: GroupCoverage) -> Standing:
    """ "còn 12 người nữa", "đạt chỉ tiêu", or what is not known yet."""
    if group.coverage is None:
        return Standing(_("size not entered"), "none")
    if not group.coverage.eligible:
        return Standing(_("nobody on the list"), "none")
    if group.met:
        return Standing(_("target met"), "ok")
    if group.needed is None:
        return Standing(_("cannot be met"), "bad")
    text = ngettext("{count} more person", "{count} more people", group.needed)
    return Standing(text.format(count=number(group.needed)), "warn")


def outsiders(count: int) -> str:
    """Members who came and are not on the list; empty for none."""
    text = ngettext(
        "{count} member who came is not on the list, so she is in no rate. Freeze the list again to count her.",
        "{count} members who came are not on the list, so they are in no rate. Freeze the list again to count them.",
        count,
    )
    return text.format(count=number(count)) if count else ""


def explain(view: CampaignView, group: GroupCoverage) -> Explained:
    """Where the rate of a group comes from."""
    target, coverage = group.target, group.coverage
    frozen = short_date(view.campaign.frozen_on)
    reached = number(coverage.reached) if coverage is not None else "—"
    eligible = number(coverage.eligible) if coverage is not None else "—"
    title = _("{group}: {campaign}").format(group=group_name(target.target_group), campaign=view.campaign.title)
    if target.target_group.by_person:
        return Explained(
            title,
            share(coverage),
            _("The share of the people on the campaign's list who came to at least one session."),
            _("{reached} people who came ÷ {eligible} people of this group on the list frozen on {day}.").format(
                reached=reached, eligible=eligible, day=frozen
            ),
            _(
                "Who came to several sessions counts once. Members who joined after the list was frozen "
                "({outsiders} of them came) and guests are not counted."
            ).format(outsiders=number(view.outsiders)),
        )
    return Explained(
        title,
        share(coverage),
        _("The share of this group that was reached, by the head-counts of the sessions."),
        _("{reached} people by the head-counts of all sessions ÷ {eligible} people, the size entered.").format(
            reached=reached, eligible=eligible
        ),
        _(
            "A head-count knows no names: who came twice is in it twice. More than all is shown as all. "
            "Members marked by name are not in it."
        ),
    )


# ------------------------------------------------------------------ who is missing


def filtered(rows: Iterable[EligibleMember], group: TargetGroup | None, text: str) -> list[EligibleMember]:
    """Rows of a group (``None`` or MEMBERS: all) whose name or branch has the words typed."""
    parts = fold(text).split()

    def fits(row: EligibleMember) -> bool:
        if group not in (None, TargetGroup.MEMBERS) and group not in row.groups:
            return False
        if not parts:  # a commune's whole list is not folded for nothing
            return True
        shown = fold(f"{row.full_name} {row.branch} {row.cell}")
        return all(part in shown for part in parts)

    return [row for row in rows if fits(row)]


def birth_year(row: EligibleMember) -> str:
    """The year, or a dash."""
    return str(row.birth.year) if row.birth is not None else "—"


def phones(row: EligibleMember) -> str:
    """Her numbers as they are read aloud."""
    return ", ".join(phone(one.strip()) for one in row.phone.split(";") if one.strip()) or "—"


def for_whom(branches: Sequence[str], most: int = 3) -> str:
    """The branches that a session is for, the first few of many by name; or the whole commune."""
    if len(branches) <= most + 1:
        return ", ".join(branches) or _("The whole commune")
    text = _("{branches} and {count} other branches")
    return text.format(branches=", ".join(branches[:most]), count=number(len(branches) - most))


def copied(campaign: StudyCampaign, rows: Sequence[EligibleMember]) -> str:
    """The missing as plain text for a message to the branches: by branch, name and year of birth, no phone."""
    lines = [_("Not reached yet by “{title}”:").format(title=campaign.title)]
    branches: dict[str, list[EligibleMember]] = {}
    for row in rows:
        branches.setdefault(row.branch, []).append(row)
    for branch, members in branches.items():
        lines += ["", _("{branch} ({count})").format(branch=branch, count=number(len(members)))]
        for at, row in enumerate(members, 1):
            born = f", {row.birth.year}" if row.birth is not None else ""
            lines.append(f"{at}. {row.full_name}{born}")
    return "\n".join(lines)


# ------------------------------------------------------------------ sessions


def session_title(row: SessionRow) -> str:
    """ "12/10, Ấp An Hòa"."""
    day = row.session.held_on
    return f"{day_month(day) if day else '—'}, {for_whom(row.branches)}"


def read_typed(text: str, numbers: Mapping[int, bool]) -> Reading:
    """The line under the field: what was understood, or what is wrong. ``numbers``: row number -> present already.

    A statement begun is not a fault yet.
    """
    begun = finished_part(text)
    if not begun:
        return NOTHING
    try:
        found = understand(begun, {n: Mark.PRESENT if there else None for n, there in numbers.items()})
    except UserError as problem:
        return Reading(escape(str(words.say(problem))), "bad")
    away = (*found.stated.absent, *found.stated.excused)
    told = []
    if found.stated.present:
        present = ngettext("{count} present", "{count} present", len(found.stated.present))
        told.append(counted(present, found.stated.present))
    if away:
        told.append(counted(ngettext("{count} not present", "{count} not present", len(away)), away))
    there = {n for n, is_there in numbers.items() if is_there} | set(found.stated.present)
    text = _("Understood as: {marks}. {present} of {roster} are present then.")
    return Reading(
        text.format(marks=", ".join(told), present=number(len(there - set(away))), roster=number(len(numbers))),
        "ok",
        found,
    )
