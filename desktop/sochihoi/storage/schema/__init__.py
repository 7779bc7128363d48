"""The tables of a commune. One module a noun; ``METADATA`` is the whole.

Every business table has ``id`` (UUIDv7 text) and ``deleted_on`` (soft deletion: the row stays, lists leave it out).
Dates are ISO texts through SQLAlchemy's ``Date``; enums are their names; small nested values are JSON.
"""

from __future__ import annotations

from sochihoi.storage.schema.above import carried_file, custody_step, received_member, transfer_ticket, unit_change
from sochihoi.storage.schema.campaign import assessment, campaign_year, household_registration
from sochihoi.storage.schema.columns import METADATA
from sochihoi.storage.schema.joining import former_code, joined_book, joined_closing
from sochihoi.storage.schema.meetings import attendance, meeting, proposal
from sochihoi.storage.schema.month import closing, entered_figure, month_check, report_text, target_setting
from sochihoi.storage.schema.people import consent, distinct_persons, household, membership, person, placement, position
from sochihoi.storage.schema.reports import archived_paper, issued_report
from sochihoi.storage.schema.rubric import branch_score
from sochihoi.storage.schema.study import (
    study_attendance,
    study_campaign,
    study_eligible,
    study_headcount,
    study_session,
    study_target,
)
from sochihoi.storage.schema.sync import installation, received_figure, received_file, sent_file, stream, trusted_key
from sochihoi.storage.schema.system import account, draft, journal, setting, unit

__all__ = [
    "METADATA",
    "account",
    "archived_paper",
    "assessment",
    "attendance",
    "branch_score",
    "campaign_year",
    "carried_file",
    "closing",
    "consent",
    "custody_step",
    "distinct_persons",
    "draft",
    "entered_figure",
    "former_code",
    "household",
    "household_registration",
    "installation",
    "issued_report",
    "joined_book",
    "joined_closing",
    "journal",
    "meeting",
    "membership",
    "month_check",
    "person",
    "placement",
    "position",
    "proposal",
    "received_figure",
    "received_file",
    "received_member",
    "report_text",
    "sent_file",
    "setting",
    "stream",
    "study_attendance",
    "study_campaign",
    "study_eligible",
    "study_headcount",
    "study_session",
    "study_target",
    "target_setting",
    "transfer_ticket",
    "trusted_key",
    "unit",
    "unit_change",
]
