"""The scoring of a branch for a year: one row, because it is read and written as one sheet."""

from __future__ import annotations

from sqlalchemy import Index

from sochihoi.storage.schema.columns import count, day, link, nested, optional, record, text

branch_score = record(
    "branch_score",
    link("branch_id", "unit"),
    count("year", default=None),
    text("rubric_code", default=None),
    text("rubric_version", default=None),
    text("state", default="REGISTERED"),
    nested("rows"),  # {criterion: {self, verified, reason, evidence, proposed}}: points as text, one decimal
    nested("blocking"),  # {condition: "MET" | "NOT_MET"}; absent = not answered
    optional("band"),
    optional("title"),  # MODEL, MODEL_OUTSTANDING
    day("registered_on"),
    day("verified_on"),
    day("recognised_on"),
    text("note"),
)
Index("ix_branch_score_year", branch_score.c.year, branch_score.c.branch_id, unique=True)
