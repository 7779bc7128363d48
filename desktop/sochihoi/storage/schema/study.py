"""Study campaigns: who ought to be reached, the sessions, and who came."""

from __future__ import annotations

from sqlalchemy import Index

from sochihoi.storage.schema.columns import count, day, link, listed, number, record, text

study_campaign = record(
    "study_campaign",
    text("title", default=None),
    text("kind", default="RESOLUTION"),
    text("document_title"),
    text("document_number"),
    text("issuer"),
    day("document_date"),
    day("starts_on"),
    day("deadline"),
    day("frozen_on"),  # who was eligible was settled on this day
    text("state", default="OPEN"),
    text("note"),
)

study_target = record(
    "study_target",
    link("campaign_id", "study_campaign"),
    text("target_group", default=None),
    count("percent"),
    text("direction", default="AT_LEAST"),
    number("eligible_count"),  # entered, for groups that are head-counts
)

study_eligible = record(
    "study_eligible",
    link("campaign_id", "study_campaign"),
    link("membership_id", "membership"),
    link("branch_id", "unit"),
)
Index("ix_study_eligible_pair", study_eligible.c.campaign_id, study_eligible.c.membership_id, unique=True)

study_session = record(
    "study_session",
    link("campaign_id", "study_campaign"),
    link("branch_id", "unit", optional=True),  # absent: held for the whole commune
    listed("further_branches"),  # ids of the branches that come to it beside branch_id
    day("held_on"),
    text("starts_at"),
    text("form", default="IN_PERSON"),
    text("place"),
    count("venue_nodes"),
    text("speaker"),
    text("material"),
    listed("channels"),
    text("note"),
)

study_attendance = record(
    "study_attendance",
    link("session_id", "study_session"),
    link("membership_id", "membership"),
)
Index("ix_study_attendance_pair", study_attendance.c.session_id, study_attendance.c.membership_id, unique=True)

study_headcount = record(
    "study_headcount",
    link("session_id", "study_session"),
    text("target_group", default=None),
    count("people"),
)
