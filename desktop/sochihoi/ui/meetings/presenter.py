"""What the pages of meetings say and show, without a window."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from sochihoi.domain.errors import UserError
from sochihoi.domain.meeting_records import BranchLine, MeetingRow, RosterRow
from sochihoi.domain.meetings import Mark, MeetingState, Tally, compact
from sochihoi.domain.proposals import OpenProposal, Proposal
from sochihoi.domain.roster_typing import Understood, understand
from sochihoi.domain.vietnamese import fold
from sochihoi.i18n import _, day_month, ngettext, number, percent, pgettext, short_date
from sochihoi.ui import words
from sochihoi.ui.words.roster import NOTHING, Reading, counted, finished_part, strong

NOT_MET, NOT_DONE, NO_MINUTES, DONE = "not_met", "not_done", "no_minutes", "done"


@dataclass(frozen=True, slots=True)
class Standing:
    """Words and tone of a badge."""

    text: str
    tone: str


# ------------------------------------------------------------------ the month


def standing(line: BranchLine, today: date) -> Standing:
    """Where a branch stands in the month."""
    meeting = line.meeting
    if meeting is None:
        if line.due:
            return Standing(_("No meeting yet"), "warn")
        return Standing(_("Not due"), "none")
    if meeting.state is MeetingState.CLOSED:
        return Standing(_("Attendance done"), "ok")
    if meeting.held_on <= today and meeting.tally.roster > meeting.tally.unmarked:
        return Standing(_("Half marked"), "warn")
    if meeting.held_on <= today:
        return Standing(_("To be marked"), "warn")
    if meeting.state is MeetingState.ROSTER_FROZEN:
        return Standing(_("Roster frozen"), "info")
    return Standing(pgettext("meeting", "Planned"), "none")


def minutes_standing(meeting: MeetingRow | None, today: date) -> Standing | None:
    """Where the minutes stand; nothing before the day."""
    if meeting is None or meeting.held_on > today:
        return None
    if meeting.minutes_done_on is not None:
        return Standing(pgettext("minutes", "Done"), "ok")
    if meeting.has_minutes:
        return Standing(pgettext("minutes", "Begun"), "info")
    return Standing(pgettext("minutes", "None yet"), "warn")


def faults(line: BranchLine, today: date) -> set[str]:
    """Which filter chips a line answers to."""
    meeting = line.meeting
    if meeting is None:
        return {NOT_MET} if line.due else set()
    found = set()
    if meeting.state is MeetingState.CLOSED:
        found.add(DONE)
    elif meeting.held_on <= today:
        found.add(NOT_DONE)
    if not meeting.has_minutes and meeting.held_on <= today:
        found.add(NO_MINUTES)
    return found


def filtered(lines: Iterable[BranchLine], chosen: set[str], text: str, today: date) -> list[BranchLine]:
    """Lines that have all chosen faults and whose branch or topic has the words typed."""
    parts = fold(text).split()

    def fits(line: BranchLine) -> bool:
        shown = fold(f"{line.branch} {line.meeting.topic if line.meeting else ''}")
        return all(part in shown for part in parts) and (not chosen or bool(chosen & faults(line, today)))

    return [line for line in lines if fits(line)]


def month_note(lines: Sequence[BranchLine]) -> str:
    """ "31/34 chi hội đã sinh hoạt" beside the title."""
    branches = {line.branch_id for line in lines}
    held = [line for line in lines if line.meeting is not None and line.meeting.state is MeetingState.CLOSED]
    met = {line.branch_id for line in held}
    if not branches:
        return ""
    return _("{met}/{branches} branches have met").format(met=number(len(met)), branches=number(len(branches)))


def presence(tally: Tally) -> str:
    """ "24/45", or a dash before the roster is frozen."""
    return f"{number(tally.present)}/{number(tally.roster)}" if tally.roster else "—"


def rate(meeting: MeetingRow | None) -> str:
    """ "53,3 %" of a closed meeting; a dash otherwise: half a roster is no rate yet."""
    if meeting is None or meeting.state is not MeetingState.CLOSED:
        return "—"
    return percent(meeting.tally.rate)


# ------------------------------------------------------------------ attendance


def read_typed(text: str, rows: Sequence[RosterRow], *, absent_only: bool) -> Reading:
    """The line under the field: what was understood, or what is wrong. A statement begun is not a fault yet."""
    begun = finished_part(text)
    if not begun:
        return NOTHING
    try:
        found = understand(begun, {row.row_number: row.mark for row in rows}, absent_only=absent_only)
    except UserError as problem:
        return Reading(escape(str(words.say(problem))), "bad")
    return Reading(_sentence(found), "ok", found)


def _sentence(found: Understood) -> str:
    told = []
    for count, name in (
        (found.stated.present, ngettext("{count} present", "{count} present", len(found.stated.present))),
        (found.stated.excused, ngettext("{count} excused", "{count} excused", len(found.stated.excused))),
        (found.stated.absent, ngettext("{count} absent", "{count} absent", len(found.stated.absent))),
    ):
        if count:
            told.append(counted(name, count))
    left = found.after.unmarked
    if left:
        text = _("Understood as: {marks}. {left} numbers stay without a mark.")
        text = text.format(marks=", ".join(told), left=strong(number(left)))
    else:
        text = _("Understood as: {marks}. Everybody is marked then.").format(marks=", ".join(told))
    if found.overwritten:
        changed = ngettext(
            "The mark of number {numbers} changes.",
            "The marks of numbers {numbers} change.",
            len(found.overwritten),
        )
        text = f"{text} {changed.format(numbers=compact(found.overwritten))}"
    return text


def by_name(rows: Sequence[RosterRow], text: str) -> list[RosterRow]:
    """Rows whose name has all the words typed, with or without tone marks."""
    parts = fold(text).split()
    return [row for row in rows if all(part in row.search_key.split() or part in fold(row.full_name) for part in parts)]


def rate_line(tally: Tally) -> str:
    """ "24/45 hội viên = 53,3 %", rich text."""
    return _("{count} members = {rate}").format(count=strong(presence(tally)), rate=strong(percent(tally.rate)))


def denominator(tally: Tally, frozen_on: date | None) -> str:
    """What the rate is of."""
    if frozen_on is None:
        return ""
    return _("The whole is the {count} people of the roster frozen on {day}. Guests are not counted.").format(
        count=number(tally.roster), day=day_month(frozen_on)
    )


def birth_year(row: RosterRow) -> str:
    """The year, or a dash."""
    return row.birth[:4] or "—"


def mark_of_key(key: str) -> tuple[bool, Mark | None]:
    """``1`` present · ``2`` excused · ``0`` absent: (it is such a key, the mark)."""
    found = {"1": Mark.PRESENT, "2": Mark.EXCUSED, "0": Mark.ABSENT}
    return key in found, found.get(key)


# ------------------------------------------------------------------ proposals


def due_standing(due: date | None, answered: date | None, today: date) -> Standing:
    """ "quá hạn 3 ngày", "còn 4 ngày", "đã trả lời 24/10"."""
    if answered is not None:
        return Standing(_("answered {day}").format(day=day_month(answered)), "ok")
    if due is None:
        return Standing(_("no due day"), "none")
    days = (due - today).days
    if days < 0:
        return Standing(ngettext("{days} day overdue", "{days} days overdue", -days).format(days=-days), "bad")
    if days == 0:
        return Standing(_("due today"), "warn")
    tone = "warn" if days <= 3 else "none"
    return Standing(ngettext("{days} day left", "{days} days left", days).format(days=days), tone)


def proposal_standing(one: Proposal, today: date) -> Standing:
    """The badge of a proposal within its meeting: an opinion that nobody follows up waits for nothing."""
    if one.answered_on is None and one.due_on is None and not one.follower:
        return Standing("", "none")
    return due_standing(one.due_on, one.answered_on, today)


def overdue(proposals: Iterable[OpenProposal], today: date) -> int:
    """How many are past their due day."""
    return sum(one.overdue_days(today) > 0 for one in proposals)


def planned_words(branches: Sequence[str], day: date) -> str:
    """The toast after planning."""
    if len(branches) == 1:
        return _("A meeting of {branch} is planned for {day}.").format(branch=branches[0], day=short_date(day))
    return _("Meetings of {count} branches are planned for {day}.").format(
        count=number(len(branches)), day=short_date(day)
    )
