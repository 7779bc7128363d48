"""The family campaign: registered households of a year and their assessments."""

from __future__ import annotations

from sqlalchemy import Index

from sochihoi.storage.schema.columns import count, day, link, nested, record, text

campaign_year = record(
    "campaign_year",
    count("year", default=None),
    text("set_code", default=None),
    text("set_version", default=None),
    count("beside"),  # 0: the year's set; 1: a second set scored beside it
    day("chosen_on"),
)

household_registration = record(
    "household_registration",
    link("household_id", "household"),
    count("year", default=None),
    day("registered_on"),
    day("mobilised_on"),
    text("plaque_no"),
    day("plaque_on"),
)
Index("ix_household_registration_pair", household_registration.c.year, household_registration.c.household_id)

assessment = record(
    "assessment",
    link("household_id", "household"),
    count("year", default=None),
    text("set_code", default=None),
    text("set_version", default=None),
    text("round", default=None),  # SELF, BRANCH_REVIEW, COMMUNE_CONFIRM
    day("assessed_on"),
    text("assessor"),
    nested("results"),  # {"K1": {"mark": "PASS", "note": ""}}
    day("done_on"),
)
Index("ix_assessment_round", assessment.c.year, assessment.c.set_code, assessment.c.round)
Index(
    "ix_assessment_one",
    assessment.c.household_id,
    assessment.c.year,
    assessment.c.set_code,
    assessment.c.round,
    unique=True,
)
