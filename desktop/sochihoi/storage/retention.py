"""Old rosters without names: the lines stay, each with its mark, and all stand for the same nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from sqlalchemy import Select, func, select

from sochihoi.domain.members import Membership, Person
from sochihoi.storage.erasing import erase_values
from sochihoi.storage.schema import attendance, meeting, membership, person
from sochihoi.storage.work import Work

NOBODY: Final = "nobody"  # the setting that keeps the membership which stands in forgotten lines


def _named(work: Work, before: date) -> Select[tuple[str, str]]:
    return (
        select(attendance.c.id, attendance.c.meeting_id)
        .join(meeting, meeting.c.id == attendance.c.meeting_id)
        .where(meeting.c.held_on < before, attendance.c.membership_id != work.settings.get(NOBODY, ""))
    )


def named_rosters(work: Work, before: date) -> tuple[int, int]:
    """How many meetings before a day have lines that name somebody, and how many lines."""
    lines = _named(work, before).subquery()
    query = select(func.count(lines.c.meeting_id.distinct()), func.count())
    meetings, marks = work.connection.execute(query.select_from(lines)).one()
    return int(meetings), int(marks)


def forget_rosters(work: Work, before: date, name: str, new_id: Callable[[], str], today: date) -> int:
    """Point those lines at nobody, clear their notes, and take who stood there out of the journal. How many lines."""
    lines = [row.id for row in work.connection.execute(_named(work, before))]
    if not lines:
        return 0
    nobody = work.settings.get(NOBODY)
    if nobody is None:
        nobody, who = new_id(), new_id()
        work.people.add([Person(who, name, anonymised_on=today)], [Membership(nobody, "", who)])
        work.remove(person, [who], today)  # on no list
        work.remove(membership, [nobody], today)
        work.settings.set(NOBODY, nobody)
    work.update(attendance, {line: {"membership_id": nobody, "note": ""} for line in lines})
    erase_values(work, nobody, frozenset(("attendance", line) for line in lines))
    return len(lines)
