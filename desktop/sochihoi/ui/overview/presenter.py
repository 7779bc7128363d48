"""What the first page says. No Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from sochihoi.domain.periods import Period
from sochihoi.i18n import _, day_month, ngettext, number, percent, weekday_date
from sochihoi.services.overview_facts import Due, DueKind, Glance, Missing, MissingKind
from sochihoi.ui.overview.figures import campaign_name, goal_words
from sochihoi.ui.words.month import period_name
from sochihoi.ui.words.packs import tree_words

NAMES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a card: an icon in a tone, what, a smaller second line, and a button that goes somewhere.

    ``period``: the month to work in first, when it is another one.
    """

    icon: str
    tone: str
    title: str
    small: str
    deed: str
    page: str
    args: Mapping[str, Any] = field(default_factory=dict)
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One of the five steps of a month."""

    title: str
    small: str
    state: str  # done, now, later


@dataclass(frozen=True, slots=True)
class Deed:
    """The one primary button of the page."""

    words: str
    icon: str
    page: str
    args: Mapping[str, Any] = field(default_factory=dict)


# ---------------------------------------------------------------------- the head


def note(glance: Glance, today: date) -> str:
    """``Thứ Hai 26/10/2026 · 34 chi hội · 3.412 hội viên · 2.874 hộ``."""
    branches = ngettext("{count} branch", "{count} branches", glance.branches).format(count=number(glance.branches))
    members = ngettext("{count} member", "{count} members", glance.members).format(count=number(glance.members))
    homes = ngettext("{count} member household", "{count} member households", glance.households)
    return " · ".join((weekday_date(today), branches, members, homes.format(count=number(glance.households))))


def steps(glance: Glance) -> tuple[Step, ...]:
    """Enter, check, close, print, send: what is done, and the first that is not."""
    closed = glance.closed_on is not None
    close = next((one for one in glance.due if one.kind is DueKind.CLOSE and one.period == glance.period), None)
    send = next((one for one in glance.due if one.kind is DueKind.SEND), None)
    marks = any(one.kind is MissingKind.MARKS for one in glance.missing)
    if closed:
        checks = _("nothing left to do")
    elif glance.open_checks:
        checks = ngettext("{count} thing to look at", "{count} things to look at", glance.open_checks)
    else:
        checks = _("everything is in order")
    told = (
        (
            _("Enter the books"),
            _("{met}/{due} branches have met").format(met=number(glance.met), due=number(glance.due_branches)),
            closed or (glance.met >= glance.due_branches and not marks),
        ),
        (_("Check"), checks.format(count=number(glance.open_checks)), closed or not glance.open_checks),
        (
            _("Close the figures"),
            _("closed on {day}").format(day=day_month(glance.closed_on))
            if glance.closed_on
            else _("by {day}").format(day=day_month(close.on))
            if close
            else "",
            closed,
        ),
        (_("Print the report"), _("form of the month"), closed and (glance.numbered or glance.sent_on is not None)),
        (
            _("Send to the level above"),
            _("sent on {day}").format(day=day_month(glance.sent_on))
            if glance.sent_on
            else _("by {day}").format(day=day_month(send.on))
            if send
            else "",
            glance.sent_on is not None,
        ),
    )
    now = next((at for at, (_title, _small, done) in enumerate(told) if not done), len(told))
    return tuple(
        Step(title, small, "done" if done else "now" if at == now else "later")
        for at, (title, small, done) in enumerate(told)
    )


def deed(glance: Glance) -> Deed | None:
    """What is to be done next with the month; ``None`` when all is done."""
    month = month_name(glance.period)
    if glance.sent_on is not None:
        return None
    if glance.closed_on is not None:
        if glance.numbered:
            return Deed(_("Send the report of {month}").format(month=month), "send", "sync")
        return Deed(_("Print the report of {month}").format(month=month), "printer", "reports", {"view": "report"})
    if glance.open_checks:
        return Deed(_("Check {month}").format(month=month), "list-checks", "reports", {"view": "figures"})
    return Deed(_("Close the figures of {month}").format(month=month), "lock", "reports", {"view": "figures"})


def month_name(period: Period) -> str:
    """``tháng 10``, for the middle of a sentence."""
    return _("month {month}").format(month=period.index)


# ---------------------------------------------------------------------- what is due


def due_line(due: Due, today: date, above: str) -> Line:
    """A line of "Việc đến hạn"."""
    left = due.days_left(today)
    icon, tone = ("circle-alert", "bad") if left < 0 else ("clock", "warn") if left <= 7 else ("calendar", "muted")
    match due.kind:
        case DueKind.ANSWER:
            what, small = _answers(due)
            return Line(icon, tone, _when(due, left, what), small, _("Answer"), "meetings", {"tab": "proposals"})
        case DueKind.CLOSE:
            what = _("close the figures of {month}").format(month=month_name(due.period) if due.period else "")
            small = _until(due, left)
            return Line(
                icon, tone, _when(due, left, what), small, _("Check"), "reports", {"view": "figures"}, due.period
            )
        case DueKind.SEND:
            what = _("send the monthly report to {unit}").format(unit=above or _("the level above"))
            small = _left(left)
            if due.last is not None:
                small = _("Sent last time: {day}").format(day=day_month(due.last))
                small += ", " + (_("with its receipt") if due.receipt else _("no receipt yet"))
            return Line(icon, tone, _when(due, left, what), small, _("Look"), "sync")
        case DueKind.STUDY:
            view = due.view
            what = _("end of the study of {title}").format(title=view.campaign.title if view else "")
            args = {"campaign_id": view.campaign.id, "view": "missing"} if view else {}
            return Line(icon, tone, _when(due, left, what), study_words(due), _("Who has not?"), "study", args)
        case DueKind.ACKNOWLEDGE | DueKind.REQUEST:
            what = _requests(due)
            return Line(
                icon, tone, _when(due, left, what), _until(due, left), _("Look"), "privacy", {"tab": "requests"}
            )
        case DueKind.INCIDENT:
            what = _("tell the authority of an incident with personal data")
            return Line(
                icon, tone, _when(due, left, what), _until(due, left), _("Look"), "privacy", {"tab": "incidents"}
            )
        case DueKind.TICKET:
            what = ngettext(
                "{count} transfer of a member has waited for an answer for 60 days",
                "{count} transfers of members have waited for an answer for 60 days",
                due.count,
            ).format(count=number(due.count))
            small = _("Ask the other commune: until its answer is here she counts at the one that she leaves.")
            return Line("circle-alert", "bad", what, small, _("Look"), "sync")
        case DueKind.CORRECT:
            what = ngettext(
                "The level above asks to look at {count} thing in {month}",
                "The level above asks to look at {count} things in {month}",
                due.count,
            ).format(count=number(due.count), month=period_name(due.period) if due.period else "")
            small = _("Mend it by a supplement and send again, or say that it is right.")
            args = {"view": "figures", "why": due.figure}
            return Line("flag", "warn", what, small, _("Look"), "reports", args, due.period)
        case DueKind.TREE:
            what = tree_words(due.change, basis=False) if due.change is not None else ""
            small = _("This unit is one of them.") + " " + _left(left)
            return Line("network", "info", what, small, _("Look"), "sync")
        case DueKind.KEY:
            title = _("The level above has not approved the key of this PC yet")
            small = _("Hand it the key file and the signed slip: until then it refuses the files of this unit.")
            return Line("key-round", "warn", title, small, _("Look"), "sync")
        case DueKind.BACKUP:
            title = _("No copy of the book lies outside this computer yet")
            small = _("A stick or another disk keeps the book when this computer breaks.")
            if due.last is not None:
                days = (today - due.last).days
                title = ngettext(
                    "The newest copy outside this computer is {count} day old",
                    "The newest copy outside this computer is {count} days old",
                    days,
                ).format(count=number(days))
            return Line("hard-drive", "warn", title, small, _("Make a copy"), "setup", {"tab": "backup"})


def _requests(due: Due) -> str:
    if due.kind is DueKind.ACKNOWLEDGE:
        text = ngettext(
            "say that {count} request about personal data came in",
            "say that {count} requests about personal data came in",
            due.count,
        )
    else:
        text = ngettext(
            "answer {count} request about personal data", "answer {count} requests about personal data", due.count
        )
    return text.format(count=number(due.count))


def _until(due: Due, left: int) -> str:
    return _("It was due on {day}").format(day=day_month(due.on)) if left < 0 else _left(left)


def _answers(due: Due) -> tuple[str, str]:
    if len(due.branches) == 1 and due.held_on is not None:
        what = ngettext(
            "answer {count} proposal of the branch {branch}",
            "answer {count} proposals of the branch {branch}",
            due.count,
        ).format(count=number(due.count), branch=due.branches[0])
        small = _("Meeting of {held}, answer promised by {due}")
        return what, small.format(held=day_month(due.held_on), due=day_month(due.on))
    what = ngettext(
        "answer proposals of {count} branch, {proposals} in all",
        "answer proposals of {count} branches, {proposals} in all",
        len(due.branches),
    ).format(count=number(len(due.branches)), proposals=number(due.count))
    return what, joined(due.branches)


def _when(due: Due, left: int, what: str) -> str:
    if left < 0:
        late = ngettext("{count} day late: {what}", "{count} days late: {what}", -left)
        return late.format(count=number(-left), what=what)
    return _("{day}: {what}").format(day=weekday_date(due.on).removesuffix(f"/{due.on.year:04}"), what=what)


def _left(left: int) -> str:
    if left < 0:
        return _("The day is over.")
    if left == 0:
        return _("Today")
    return ngettext("{count} day left", "{count} days left", left).format(count=number(left))


def study_words(due: Due) -> str:
    """``Đã học 2.918/3.412 hội viên (85,5 %), chỉ tiêu 95 %, còn 324 chị``."""
    if due.view is None:
        return ""
    reached = due.view.members
    share = Fraction(reached.reached, reached.eligible) if reached.eligible else None
    told = _("{reached}/{eligible} members studied ({share})").format(
        reached=number(reached.reached), eligible=number(reached.eligible), share=percent(share)
    )
    goal = due.view.member_goal
    if goal is None:
        return told
    told += ", " + goal_words(goal.target.goal)
    if goal.needed:
        told += ", " + ngettext("{count} woman more", "{count} women more", goal.needed).format(
            count=number(goal.needed)
        )
    return told


# ---------------------------------------------------------------------- what is missing


def missing_line(missing: Missing, glance: Glance) -> Line:
    """A line of "Tháng 10 còn thiếu"."""
    count = number(missing.count)
    match missing.kind:
        case MissingKind.MEETINGS:
            title = ngettext("{count} branch has not met", "{count} branches have not met", missing.count)
            return Line(
                "calendar-check",
                "warn",
                title.format(count=count),
                names(missing),
                _("Look"),
                "meetings",
                {"tab": "month"},
            )
        case MissingKind.MINUTES:
            title = ngettext("{count} meeting without minutes", "{count} meetings without minutes", missing.count)
            args: dict[str, Any] = {"tab": "month"}
            if missing.meeting_id:
                args = {"meeting_id": missing.meeting_id, "view": "minutes"}
            return Line("file-text", "warn", title.format(count=count), names(missing), _("Write"), "meetings", args)
        case MissingKind.MARKS:
            title = ngettext("{count} person not marked", "{count} persons not marked", missing.count)
            small = ngettext("in {count} meeting", "in {count} meetings", missing.meetings)
            args = {"meeting_id": missing.meeting_id} if missing.meeting_id else {"tab": "month"}
            small = small.format(count=number(missing.meetings)) + f": {names(missing)}"
            return Line("users", "info", title.format(count=count), small, _("Mark"), "meetings", args)
        case MissingKind.HOUSEHOLDS:
            title = ngettext("{count} household not assessed", "{count} households not assessed", missing.count)
            small = _("{name}, year {year}").format(name=campaign_name(glance), year=glance.period.year)
            return Line("clipboard-check", "info", title.format(count=count), small, _("Assess"), "campaign")


def names(missing: Missing) -> str:
    """The first few, with the day of their meeting, and how many more."""
    return joined([name if day is None else f"{name} {day_month(day)}" for name, day in missing.names])


def joined(words: Sequence[str]) -> str:
    """The first few, and how many more."""
    told = ", ".join(words[:NAMES_SHOWN])
    rest = len(words) - NAMES_SHOWN
    if rest > 0:
        told += " " + ngettext("and {count} more", "and {count} more", rest).format(count=number(rest))
    return told
