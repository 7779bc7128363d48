"""Meetings of branches, the roster frozen for each, what was said and who follows it up."""

from __future__ import annotations

from sqlalchemy import Index

from sochihoi.storage.schema.columns import count, day, link, nested, number, optional, record, text

meeting = record(
    "meeting",
    text("code"),  # short, printed on the sheet: SH-0012
    link("branch_id", "unit"),
    day("held_on"),
    text("starts_at"),  # 14:00
    text("ends_at"),
    text("place"),
    text("kind", default="REGULAR"),
    text("topic"),
    text("state", default="PLANNED"),
    day("frozen_on"),
    day("closed_on"),
    optional("unmarked_meaning"),  # PRESENT or ABSENT, chosen by the officer at the close
    count("guests"),  # a head-count: guests are in no rate
    text("guest_note"),
    text("chair"),
    text("secretary"),
    nested("minutes"),  # agenda, review, discussion, votes, conclusion, next_topic, fee_collected
    day("minutes_done_on"),
)

attendance = record(
    "attendance",
    link("meeting_id", "meeting"),
    link("membership_id", "membership"),
    count("row_number", default=None),  # as printed; never renumbered once frozen
    optional("mark"),  # PRESENT, EXCUSED, ABSENT; absent column = not marked
    text("note"),
)
Index("ix_attendance_meeting_row", attendance.c.meeting_id, attendance.c.row_number, unique=True)

proposal = record(
    "proposal",
    link("meeting_id", "meeting"),
    number("position"),
    text("kind", default="OPINION"),  # OPINION, PROPOSAL, QUESTION
    text("said_by"),
    text("content", default=None),
    text("follower"),  # who follows it up
    day("due_on"),
    day("answered_on"),
    text("answer"),
)
