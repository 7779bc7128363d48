"""Words of study: documents, target groups, forms, channels, acts, problems. No Qt."""

from __future__ import annotations

from collections.abc import Callable

from sochihoi.domain.study import (
    CampaignClosed,
    Channel,
    DocumentKind,
    HeadcountForRegistered,
    NotEligible,
    SessionBeforeStart,
    SessionForm,
    TargetGroup,
)
from sochihoi.domain.study_forgetting import NamesForgotten
from sochihoi.domain.study_records import CampaignHasSessions, ListNotFrozen, NobodyEligible, SessionHasMarks
from sochihoi.domain.targets import Direction
from sochihoi.i18n import _, ngettext, number, pgettext, short_date
from sochihoi.ui.words import Message, register

ACTS: dict[str, Callable[[], str]] = {
    "study.begin": lambda: _("Study campaign begun"),
    "study.change": lambda: _("Study campaign changed"),
    "study.freeze": lambda: _("List of a study campaign frozen"),
    "study.close": lambda: _("Study campaign closed"),
    "study.reopen": lambda: _("Study campaign opened again"),
    "study.remove": lambda: _("Study campaign removed"),
    "study.session": lambda: _("Study session added"),
    "study.session_change": lambda: _("Study session changed"),
    "study.session_cancel": lambda: _("Study session called off"),
    "study.attendance": lambda: _("Attendance of a study session"),
    "study.heads": lambda: _("Head-count of a study session"),
}


def document_kind(kind: DocumentKind) -> str:
    """Nghị quyết, kết luận, chuyên đề…"""
    return {
        DocumentKind.RESOLUTION: _("Party resolution"),
        DocumentKind.CONGRESS_RESOLUTION: _("Resolution of a women's congress"),
        DocumentKind.CONCLUSION: _("Conclusion"),
        DocumentKind.REGULATION: _("Regulation"),
        DocumentKind.DIRECTIVE: _("Directive"),
        DocumentKind.THEME: _("Theme of learning from Uncle Hồ"),
        DocumentKind.LAW: _("Law or policy"),
        DocumentKind.COMMUNICATION: _("Communication without a document"),
    }[kind]


def group_name(group: TargetGroup) -> str:
    """Whom a campaign wants to reach, as a heading."""
    return {
        TargetGroup.MEMBERS: _("Members"),
        TargetGroup.CORE_MEMBERS: _("Core members"),
        TargetGroup.BRANCH_HEADS: _("Branch heads"),
        TargetGroup.COMMITTEE: _("Executive Committee"),
        TargetGroup.STANDING_BOARD: _("Standing Board"),
        TargetGroup.OFFICERS: _("Chair and vice chairs"),
        TargetGroup.STAFF: _("Staff and civil servants"),
        TargetGroup.WOMEN: _("Women of the area"),
        TargetGroup.AFFILIATED: _("Women of affiliated organisations"),
        TargetGroup.OTHERS: pgettext("people", "Others"),
    }[group]


def direction_name(direction: Direction) -> str:
    """Before a share: "ít nhất", "trên", "đúng"."""
    return {
        Direction.AT_LEAST: pgettext("share", "at least"),
        Direction.OVER: pgettext("share", "over"),
        Direction.EXACTLY: pgettext("share", "exactly"),
        Direction.UNDER: pgettext("share", "under"),
    }[direction]


def form_name(form: SessionForm) -> str:
    """Trực tiếp, trực tuyến."""
    return {
        SessionForm.IN_PERSON: _("In person"),
        SessionForm.ONLINE: _("Online"),
        SessionForm.MIXED: _("In person and online"),
    }[form]


def channel_name(channel: Channel) -> str:
    """A channel of communication, as plans call it."""
    return {
        Channel.PARTY_CELL: _("Party cell meeting"),
        Channel.BRANCH_MEETING: _("Meeting of a branch or cell"),
        Channel.SPEAKERS_CONFERENCE: _("Conference of speakers"),
        Channel.OPINION_COLLABORATORS: _("Collaborators on public opinion"),
        Channel.LOUDSPEAKER: _("Loudspeaker"),
        Channel.LOCAL_TELEVISION: _("Local television"),
        Channel.WEBSITE: _("Website"),
        Channel.SOCIAL_MEDIA: _("Social media (Facebook, Zalo)"),
        Channel.PRINT: _("Bulletin, leaflet, book"),
        Channel.MEDIA_PIECE: _("Video, article, banner, message"),
        Channel.ARTS: _("Arts exchange"),
        Channel.TRAINING: _("Training"),
        Channel.THEMED_TALK: _("Themed talk"),
        Channel.SEMINAR: _("Seminar, workshop"),
        Channel.STORYTELLING: _("Stories about Uncle Hồ"),
    }[channel]


@register(HeadcountForRegistered)
def _registered(error: HeadcountForRegistered) -> Message:
    return Message(
        _("{group} are marked by name, so no number is written for them.").format(group=group_name(error.group)),
        _("Mark them on the list of the session."),
    )


@register(NotEligible)
def _not_eligible(error: NotEligible) -> Message:
    return Message(
        ngettext(
            "{count} person is not on the list of this session.",
            "{count} people are not on the list of this session.",
            len(error.ids),
        ).format(count=number(len(error.ids))),
        _("Freeze the campaign's list again if they are members now, or mark them at the session of their branch."),
    )


@register(CampaignClosed)
def _closed(error: CampaignClosed) -> Message:
    return Message(
        _("The study campaign “{title}” is closed.").format(title=error.title),
        _("Open the campaign again, then add the session."),
    )


@register(SessionBeforeStart)
def _before(error: SessionBeforeStart) -> Message:
    return Message(
        _("The day {day} is before the campaign began on {start}.").format(
            day=short_date(error.held_on), start=short_date(error.starts_on)
        ),
        _("Choose another day, or change the first day of the campaign."),
    )


@register(NobodyEligible)
def _nobody(error: NobodyEligible) -> Message:
    return Message(
        _("The commune has no member on {day}.").format(day=short_date(error.on)),
        _("Add members first, then freeze the list."),
    )


@register(ListNotFrozen)
def _not_frozen(error: ListNotFrozen) -> Message:
    return Message(
        _("The list of “{title}” has nobody to mark here.").format(title=error.title),
        _("Freeze the list of the campaign first."),
    )


@register(SessionHasMarks)
def _has_marks(error: SessionHasMarks) -> Message:
    return Message(
        ngettext(
            "{count} person is marked at this session, so its branches stay.",
            "{count} people are marked at this session, so its branches stay.",
            error.count,
        ).format(count=number(error.count)),
        _("Take the marks away first, or add another session."),
    )


@register(NamesForgotten)
def _forgotten(error: NamesForgotten) -> Message:
    return Message(forgotten(error.first, error.last), _("Begin a new campaign for a session of another year."))


def forgotten(first: int, last: int) -> str:
    """The info bar of what names nobody any more."""
    years = str(first) if first == last else f"{first}–{last}"
    return _("Who came to study in {years} is forgotten, so these sessions and lists stay as they are.").format(
        years=years
    )


@register(CampaignHasSessions)
def _has_sessions(error: CampaignHasSessions) -> Message:
    return Message(
        ngettext(
            "This campaign has {count} session, so it stays in the book.",
            "This campaign has {count} sessions, so it stays in the book.",
            error.sessions,
        ).format(count=number(error.sessions)),
        _("Close the campaign instead, or call its sessions off first."),
    )
