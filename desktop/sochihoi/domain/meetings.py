"""Meetings of a branch: their forms and states. Who was there stands in ``attendance`` and is offered here too."""

from __future__ import annotations

from enum import StrEnum

from sochihoi.domain.attendance import (
    Mark,
    Marks,
    MarksNotUnderstood,
    NumberContradictory,
    NumberOutsideRoster,
    NumberTwice,
    Tally,
    UnmarkedNotStated,
    close_marks,
    compact,
    mean_attendance,
    parse_absentees,
    parse_marks,
    tally,
)

__all__ = [
    "Mark",
    "Marks",
    "MarksNotUnderstood",
    "MeetingKind",
    "MeetingState",
    "NumberContradictory",
    "NumberOutsideRoster",
    "NumberTwice",
    "Tally",
    "UnmarkedNotStated",
    "close_marks",
    "compact",
    "mean_attendance",
    "parse_absentees",
    "parse_marks",
    "tally",
]


class MeetingState(StrEnum):
    """Planned, then the roster is frozen (attendance sheets can be printed and marked), then closed."""

    PLANNED = "PLANNED"
    ROSTER_FROZEN = "ROSTER_FROZEN"
    CLOSED = "CLOSED"


class MeetingKind(StrEnum):
    """Forms of a branch meeting: định kỳ, chuyên đề, nhân ngày lễ, văn hoá – văn nghệ – thể dục thể thao."""

    REGULAR = "REGULAR"
    THEMED = "THEMED"
    FESTIVAL = "FESTIVAL"
    CULTURAL = "CULTURAL"
