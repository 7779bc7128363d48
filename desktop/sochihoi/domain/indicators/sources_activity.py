"""Figures of meetings and of study."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from sochihoi.domain.facts import Facts, SessionFact
from sochihoi.domain.indicators.items import Item, Items
from sochihoi.domain.indicators.parameters import Parameters
from sochihoi.domain.periods import Period, Window


def meetings(facts: Facts, window: Window, parameters: Parameters) -> Items:
    """Closed meetings of the window."""
    return Items(tuple(Item(m.branch, m.id) for m in facts.closed_meetings(window)))


def meetings_due(facts: Facts, window: Window, parameters: Parameters) -> Items:
    """Turns at which a branch was due to meet, and those at which it did.

    A turn is ``every`` months of the calendar year and belongs to the month it ends in, so months add up to the
    year. A branch is due when it exists on the turn's last day; a second meeting in a turn adds nothing. A turn that
    goes on after ``facts.due_until`` is due of the branches that met in it already. Where branches merged or parted
    within a turn, a meeting before that is one of those that came of the branch.
    """
    every = parameters.number("every", 1)
    met: list[Item] = []
    due: list[Item] = []
    for turn in _turns(window, every):
        held = {one for m in facts.closed_meetings(turn) for one in facts.standing(m.branch, turn.end)}
        for branch in facts.branches_on(turn.end):
            item = Item(branch.id, f"{branch.id}/{turn.end:%Y-%m}")
            if branch.id in held:
                met.append(item)
            if branch.id in held or turn.end <= facts.due_until:
                due.append(item)
    return Items(tuple(met), tuple(due))


def quarters_met(facts: Facts, window: Window, parameters: Parameters) -> Items:
    """Quarters of the window, as far as they are over, in which a branch met at least once."""
    return meetings_due(facts, window, Parameters({"every": 3}))


def attendance(facts: Facts, window: Window, parameters: Parameters) -> Items:
    """Present on the frozen rosters of closed meetings; excused and absent both count as not present."""
    closed = facts.closed_meetings(window)
    return Items(
        tuple(Item(m.branch, m.id, m.present) for m in closed), tuple(Item(m.branch, m.id, m.roster) for m in closed)
    )


def documented(facts: Facts, window: Window, parameters: Parameters) -> Items:
    """Closed meetings with a topic and minutes among all closed meetings."""
    closed = facts.closed_meetings(window)
    full = tuple(Item(m.branch, m.id) for m in closed if m.has_topic and m.has_minutes)
    return Items(full, tuple(Item(m.branch, m.id) for m in closed))


def sessions(facts: Facts, window: Window, parameters: Parameters) -> Items:
    """Sessions of the window. ``study = 1`` only of resolutions; ``channel`` only those that used it.

    A session of several branches is one of each of them and one of the commune.
    """
    found = _sessions(facts, window, parameters)
    return Items(tuple(Item(branch, s.id) for s in found for branch in _whose(s)))


def attendances(facts: Facts, window: Window, parameters: Parameters) -> Items:
    """Lượt người at the sessions: members by name and all head-counts. The same woman counts at every session.

    At a session of several branches a member is an attendance of her own branch; head-counts are the commune's, for
    nobody said whose they are.
    """
    found: list[Item] = []
    for session in _sessions(facts, window, parameters):
        if len(session.branches) <= 1:
            found.append(Item(_whose(session)[-1], session.id, session.attendances))
        else:
            found += _split(facts, session)
    return Items(tuple(found))


def studied(facts: Facts, window: Window, parameters: Parameters) -> Items:
    """Distinct persons, members on the last day, who came to a session of the year, out of all members."""
    so_far = Window(date(window.end.year, 1, 1), window.end)
    held = (*_sessions(facts, so_far, parameters), *_wanted(facts.studied_before, so_far, parameters))
    came = {one for session in held for one in session.attendees}
    # by person: a woman who left and came back was reached when she was reached under her first membership
    reached = {facts.member_of[one].person for one in came if one in facts.member_of}
    everyone = tuple(Item(m.branch_on(window.end), m.person) for m in facts.members_on(window.end))
    named = tuple(item for item in everyone if item.record in reached)
    unnamed = tuple(
        Item(one.branch_on(window.end), one.person)
        for one in facts.stand_ins
        if one.person in reached and one.is_member(window.end)
    )
    return Items((*named, *unnamed), (*named, *unnamed, *_others(everyone, named, unnamed)) if unnamed else everyone)


def _others(everyone: Iterable[Item], named: Iterable[Item], unnamed: Iterable[Item]) -> Iterable[Item]:
    """Who else is to be counted in a year whose names are forgotten: so many of each branch, for who it was that did
    not come is forgotten with who came."""
    left = Counter({item.record: item.branch for item in everyone}.values())
    left.subtract({item.record: item.branch for item in (*named, *unnamed)}.values())
    return (Item(branch, f"-{branch or ''}/{n}") for branch, count in left.items() for n in range(count))


def studied_persons(facts: Facts, window: Window, parameters: Parameters) -> Items:
    """The persons of ``studied`` alone."""
    return Items(studied(facts, window, parameters).numerator)


def _sessions(facts: Facts, window: Window, parameters: Parameters) -> Iterable[SessionFact]:
    return _wanted(facts.sessions, window, parameters)


def _wanted(held: Iterable[SessionFact], window: Window, parameters: Parameters) -> Iterable[SessionFact]:
    only_study = parameters.number("study", 0)
    channel = parameters.text("channel", "")
    for session in held:
        if (
            window.contains(session.held_on)
            and (not only_study or session.kind.is_resolution_study)
            and (not channel or channel in {used.name for used in session.channels})
        ):
            yield session


def _whose(session: SessionFact) -> tuple[str | None, ...]:
    several = len(session.branches) != 1
    return (*session.branches, None) if several else session.branches  # the last is who owns it in the list behind


def _split(facts: Facts, session: SessionFact) -> Iterable[Item]:
    mine: dict[str | None, int] = dict.fromkeys((*session.branches, None), 0)
    for one in session.attendees:
        branch = facts.member_of[one].branch_on(session.held_on) if one in facts.member_of else None
        mine[branch if branch in mine else None] += 1
    mine[None] += session.attendances - len(session.attendees)
    return (Item(branch, f"{session.id}/{branch or ''}", people) for branch, people in mine.items() if people)


def _turns(window: Window, every: int) -> Iterable[Window]:
    month = Period.month_of(window.start)
    while month.end <= window.end:
        if month.index % every == 0:
            yield Window(month.shifted(1 - every).start, month.end)
        month = month.next()
