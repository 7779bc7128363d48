"""Reports that were issued with a number, and what was printed of them."""

from __future__ import annotations

from sqlalchemy import Column, Index, LargeBinary

from sochihoi.storage.schema.columns import count, day, link, nested, record, text

issued_report = record(
    "issued_report",  # not of a month: the number of a monthly report belongs to its closing
    text("form", default=None),
    text("form_version"),
    link("unit_id", "unit"),
    text("period", default=None),  # 2026-Q3, 2026-H1, 2026, 2025-2030; a month for a thematic report
    count("edition", default=None),
    text("number"),  # as on the paper: 05/BC-BTV
    count("number_value"),
    day("issued_on"),
    text("issued_by"),
    text("reason"),  # why an edition after the first was made
    nested("content"),  # the whole report as it was issued: words, tables, plots
    nested("figures"),  # canonical: {"": {code: [value, numerator, denominator]}}
    text("sha256"),  # of the canonical figures
    text("code"),  # the short code on the paper
)
Index(
    "ix_issued_report_one",
    issued_report.c.form,
    issued_report.c.unit_id,
    issued_report.c.period,
    issued_report.c.edition,
    unique=True,
)
Index("ix_issued_report_code", issued_report.c.code)

archived_paper = record(
    "archived_paper",  # each different file that was printed or saved of an issued report, as it was
    text("form", default=None),
    link("unit_id", "unit"),
    text("period", default=None),
    count("edition", default=None),
    text("kind", default=None),  # PDF, DOCX, XLSX, SIGNED_PDF
    text("file_name"),
    text("sha256", default=None),
    day("made_on"),
    text("made_by"),
    nested("signature"),  # of a signed file: who, when, by which certificate, as it was checked
    Column("content", LargeBinary, nullable=False),
)
Index("ix_archived_paper_of", archived_paper.c.form, archived_paper.c.unit_id, archived_paper.c.period)
