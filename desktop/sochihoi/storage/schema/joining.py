"""Books of other communes that became part of this one, what they had closed, and codes that changed by it."""

from __future__ import annotations

from sqlalchemy import Index

from sochihoi.storage.schema.columns import count, day, link, nested, record, text

joined_book = record(
    "joined_book",
    link("unit_id", "unit"),  # the commune whose book it was, which ended on the day
    text("unit_code"),
    text("unit_name"),
    text("installation", default=None),
    text("epoch"),
    count("change"),  # last number of its journal
    text("head"),  # and the hash of that row, hex: which state of it came in
    day("joined_on"),
    text("file_name"),  # its backup, kept in the folder ``joined``
    text("sha256"),
    nested("told"),  # how many records of each table came in, and what stayed in the backup
)

joined_closing = record(
    "joined_closing",  # a month as that commune closed it: the columns of ``closing``
    link("book_id", "joined_book"),
    text("period", default=None),
    count("edition", default=None),
    day("closed_on"),
    text("closed_by"),
    text("reason"),
    nested("checks"),
    nested("figures"),
    nested("previous"),
    nested("year_to_date"),
    nested("definitions"),
    text("report_number"),
    day("report_date"),
    text("sha256"),
)
Index("ix_joined_closing_edition", joined_closing.c.book_id, joined_closing.c.period, joined_closing.c.edition)

former_code = record(
    "former_code",  # a code that stands on papers of the other book and was taken here: what it leads to now
    link("book_id", "joined_book"),
    text("noun", default=None),  # membership, household, meeting, unit
    text("of_id", default=None),
    text("code", default=None),
)
Index("ix_former_code_code", former_code.c.code)
