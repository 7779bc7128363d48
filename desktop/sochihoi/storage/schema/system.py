"""What the program itself needs: units, settings, accounts, form drafts, and the journal of every change."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, String, Table

from sochihoi.storage.schema.columns import METADATA, count, day, flag, link, listed, nested, optional, record, text

unit = record(
    "unit",
    optional("code"),  # five digits for a commune, two for a province, the officer's own for a branch
    text("level", default=None),
    text("name", default=None),
    link("parent_id", "unit", optional=True),
    day("valid_from"),
    day("valid_to"),
    listed("predecessor_ids"),
    text("sort_key"),
)

setting = record("setting", nested("value"))  # the id is the setting's name

account = record("account", text("name", default=None), text("role", default=None), flag("active"))

# Work that is not finished: the fields of an open form. Not journaled: it is not yet a record of the commune.
draft = Table(
    "draft",
    METADATA,
    Column("id", String, primary_key=True),
    nested("content"),
    Column("saved_at", String, nullable=False),
)

journal = Table(
    "journal",
    METADATA,
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("prev", LargeBinary, nullable=False),  # hash of the row before, 32 bytes
    Column("hash", LargeBinary, nullable=False),
    Column("at", String, nullable=False),  # UTC, YYYY-MM-DDThh:mm:ssZ, information only: order is n
    Column("account_id", String, nullable=False),
    Column("batch", String, nullable=False, index=True),
    Column("act", String, nullable=False),  # what the officer did, as a code: member.transfer
    Column("noun", String, nullable=False),  # the table
    Column("record_id", String, nullable=False, index=True),
    Column("before", String, nullable=True),  # canonical JSON of the row; absent for a new one
    Column("after", String, nullable=True),
    count("clock_suspect"),
)
