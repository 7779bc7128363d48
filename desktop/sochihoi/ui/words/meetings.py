"""Words of meetings: problems, states, kinds, acts. No Qt."""

from __future__ import annotations

from collections.abc import Callable

from sochihoi.domain.attendance import NotHeldYet
from sochihoi.domain.meeting_records import (
    AlreadyOnRoster,
    AlreadyPlanned,
    MeetingClosed,
    MeetingFixed,
    MeetingLack,
    MeetingNotClosed,
    MinutesIncomplete,
    NobodyOnRoster,
    NotOfTheBranch,
    NotOnRoster,
    RosterHasMarks,
    RosterNotFrozen,
)
from sochihoi.domain.meetings import (
    Mark,
    MarksNotUnderstood,
    MeetingKind,
    NumberContradictory,
    NumberOutsideRoster,
    NumberTwice,
    UnmarkedNotStated,
    compact,
)
from sochihoi.domain.proposals import ProposalKind
from sochihoi.i18n import _, ngettext, number, pgettext, short_date
from sochihoi.ui.words import Message, register

ACTS: dict[str, Callable[[], str]] = {
    "meeting.plan": lambda: _("Meeting planned"),
    "meeting.change": lambda: _("Meeting changed"),
    "meeting.cancel": lambda: _("Meeting called off"),
    "meeting.freeze": lambda: _("Roster frozen"),
    "meeting.unfreeze": lambda: _("Roster given up"),
    "meeting.late_joiner": lambda: _("Late joiner added to a roster"),
    "meeting.marks": lambda: _("Attendance typed"),
    "meeting.mark": lambda: _("Attendance of one person"),
    "meeting.note": lambda: _("Note on a roster"),
    "meeting.guests": lambda: _("Guests of a meeting"),
    "meeting.close": lambda: _("Attendance finished"),
    "meeting.reopen": lambda: _("Attendance opened again"),
    "meeting.minutes": lambda: _("Minutes written"),
    "meeting.minutes_done": lambda: _("Minutes finished"),
    "proposal.add": lambda: _("Opinion written down"),
    "proposal.change": lambda: _("Opinion changed"),
    "proposal.answer": lambda: _("Opinion answered"),
    "proposal.remove": lambda: _("Opinion removed"),
}


def mark_name(mark: Mark | None) -> str:
    """Có mặt, có phép, vắng, chưa ghi."""
    return {
        Mark.PRESENT: _("present"),
        Mark.EXCUSED: _("excused"),
        Mark.ABSENT: pgettext("attendance", "absent"),
        None: _("not marked"),
    }[mark]


def kind_name(kind: MeetingKind) -> str:
    """Short, for a list or a choice."""
    return {
        MeetingKind.REGULAR: _("Regular"),
        MeetingKind.THEMED: _("Themed"),
        MeetingKind.FESTIVAL: _("Anniversary"),
        MeetingKind.CULTURAL: _("Culture and sports"),
    }[kind]


def meeting_title(kind: MeetingKind, month: int) -> str:
    """Inside a sentence: "sinh hoạt định kỳ tháng 10"."""
    text = {
        MeetingKind.REGULAR: _("regular meeting, month {month}"),
        MeetingKind.THEMED: _("themed meeting, month {month}"),
        MeetingKind.FESTIVAL: _("anniversary meeting, month {month}"),
        MeetingKind.CULTURAL: _("culture and sports meeting, month {month}"),
    }[kind]
    return text.format(month=month)


def proposal_kind(kind: ProposalKind) -> str:
    """Ý kiến, đề xuất, câu hỏi."""
    return {
        ProposalKind.OPINION: _("Opinion"),
        ProposalKind.PROPOSAL: _("Proposal"),
        ProposalKind.QUESTION: _("Question"),
    }[kind]


def lack(one: MeetingLack) -> str:
    """What a closed meeting should still have."""
    return {
        MeetingLack.TOPIC: _("The topic of this meeting is not written yet."),
        MeetingLack.MINUTES: _("The minutes of this meeting are not written yet."),
    }[one]


@register(MarksNotUnderstood)
def _marks(error: MarksNotUnderstood) -> Message:
    return Message(
        _("“{text}” is not a row number.").format(text=error.text), _("Type numbers, for example 1-25, 28, !7, ?12.")
    )


@register(NumberOutsideRoster)
def _outside(error: NumberOutsideRoster) -> Message:
    count = len(error.numbers)
    return Message(
        ngettext(
            "Number {numbers} is not on the roster of {roster} people.",
            "Numbers {numbers} are not on the roster of {roster} people.",
            count,
        ).format(numbers=compact(error.numbers), roster=number(error.roster)),
        _("Look at the sheet again, or add this person to the roster."),
    )


@register(NumberContradictory)
def _contradictory(error: NumberContradictory) -> Message:
    return Message(
        ngettext(
            "Number {numbers} was given two different marks.",
            "Numbers {numbers} were given two different marks.",
            len(error.numbers),
        ).format(numbers=compact(error.numbers)),
        _("Keep only the right one."),
    )


@register(NumberTwice)
def _twice(error: NumberTwice) -> Message:
    return Message(
        ngettext("Number {numbers} was typed twice.", "Numbers {numbers} were typed twice.", len(error.numbers)).format(
            numbers=compact(error.numbers)
        ),
        _("Delete one of the two."),
    )


@register(UnmarkedNotStated)
def _unmarked(error: UnmarkedNotStated) -> Message:
    return Message(
        ngettext("{count} person is not marked yet.", "{count} people are not marked yet.", error.count).format(
            count=number(error.count)
        ),
        _("Mark them, or choose what no mark means."),
    )


@register(MeetingFixed)
def _fixed(error: MeetingFixed) -> Message:
    what = _("The attendance of {code} is finished, so the meeting cannot be moved or called off.")
    if not error.closed:
        what = _("The roster of {code} is frozen, so the meeting cannot be moved or called off.")
    todo = _("Open the attendance again first.") if error.closed else _("Give up the roster first.")
    return Message(what.format(code=error.code), todo)


@register(RosterNotFrozen)
def _not_frozen(error: RosterNotFrozen) -> Message:
    return Message(
        _("The roster of {code} is not frozen yet.").format(code=error.code),
        _("Freeze the roster, then print or mark it."),
    )


@register(MeetingClosed)
def _closed(error: MeetingClosed) -> Message:
    return Message(
        _("The attendance of {code} is finished.").format(code=error.code),
        _("Open the attendance again to correct it."),
    )


@register(MeetingNotClosed)
def _not_closed(error: MeetingNotClosed) -> Message:
    return Message(_("The attendance of {code} is open already.").format(code=error.code), _("Go on marking."))


@register(NobodyOnRoster)
def _nobody(error: NobodyOnRoster) -> Message:
    return Message(
        _("{branch} has no member on {day}.").format(branch=error.branch, day=short_date(error.held_on)),
        _("Add the members of this branch first."),
    )


@register(AlreadyPlanned)
def _already(error: AlreadyPlanned) -> Message:
    return Message(
        ngettext(
            "{count} branch has a meeting on {day} already: {branches}.",
            "{count} branches have a meeting on {day} already: {branches}.",
            len(error.branches),
        ).format(count=len(error.branches), day=short_date(error.held_on), branches=", ".join(error.branches)),
        _("Choose another day, or leave these branches out."),
    )


@register(NotHeldYet)
def _not_held(error: NotHeldYet) -> Message:
    return Message(
        _("This is on {day}, it has not been held yet.").format(day=short_date(error.held_on)),
        _("Mark who came from that day on; the blank sheet can be printed now."),
    )


@register(NotOnRoster)
def _not_on_roster(error: NotOnRoster) -> Message:
    return Message(
        _("This person is not on the roster of {code}.").format(code=error.code),
        _("Add her to the roster first, or count her among the guests."),
    )


@register(RosterHasMarks)
def _has_marks(error: RosterHasMarks) -> Message:
    return Message(
        ngettext(
            "{count} person on this roster is marked already.",
            "{count} people on this roster are marked already.",
            error.count,
        ).format(count=number(error.count)),
        _("Take the marks away first, if the meeting did not take place."),
    )


@register(AlreadyOnRoster)
def _on_roster(error: AlreadyOnRoster) -> Message:
    return Message(
        _("{name} is on the roster already.").format(name=error.name),
        _("Mark her at number {number}.").format(number=error.row_number),
    )


@register(NotOfTheBranch)
def _not_of_branch(_error: NotOfTheBranch) -> Message:
    return Message(
        _("This person is not a member of the branch on the day of the meeting."), _("Count her among the guests.")
    )


@register(MinutesIncomplete)
def _incomplete(error: MinutesIncomplete) -> Message:
    names = {
        "chair": _("who chaired"),
        "secretary": _("the secretary"),
        "conclusion": _("the conclusion"),
    }
    return Message(
        _("The minutes still lack: {fields}.").format(fields=", ".join(names[one] for one in error.missing)),
        _("Write these, then press “Finish the minutes” again."),
    )
