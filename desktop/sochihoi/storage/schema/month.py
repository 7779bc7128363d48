"""Figures that are entered, months that are closed, the words of a report."""

from __future__ import annotations

from sqlalchemy import Index

from sochihoi.storage.schema.columns import count, day, decimal, link, nested, number, optional, record, text

entered_figure = record(
    "entered_figure",
    link("unit_id", "unit"),  # a branch, or the commune itself
    text("period", default=None),  # 2026-10
    text("code", default=None),
    number("value"),
    number("denominator"),
    text("note"),
)
Index("ix_entered_figure_one", entered_figure.c.code, entered_figure.c.period, entered_figure.c.unit_id, unique=True)

closing = record(
    "closing",
    text("period", default=None),
    count("edition", default=None),
    day("closed_on"),
    text("closed_by"),
    text("reason"),  # the officer's reason where checks warned
    nested("checks"),  # what the checks said: [{code, level, facts, reason}]
    nested("figures"),  # frozen: {"": {code: [value, numerator, denominator]}, branch_id: {...}}
    nested("previous"),  # the same shape: the month before, as the report beside it said
    nested("year_to_date"),  # the same shape: from 1 January to the end of the period
    nested("definitions"),  # which versions of indicators, criteria, rubric were in force
    text("report_number"),
    day("report_date"),
    text("sha256"),  # of the canonical figures, this month's and from January
)
Index("ix_closing_edition", closing.c.period, closing.c.edition, unique=True)

month_check = record(
    "month_check",  # the reason given for one warning before the close
    text("period", default=None),
    text("code", default=None),
    text("reason"),
)

report_text = record(
    "report_text",  # what the officer wrote over the drafted narrative, one row a section
    text("period", default=None),
    text("form", default=None),
    text("section", default=None),
    text("unit_id"),  # the branch whose report it is; empty: the commune's
    text("content"),
    text("drafted"),  # the draft that her text replaced: what changed since can be shown
)
Index(
    "ix_report_text_one",
    report_text.c.period,
    report_text.c.form,
    report_text.c.section,
    report_text.c.unit_id,
    unique=True,
)

target_setting = record(
    "target_setting",
    text("code", default=None),
    text("period", default=None),  # a year, or a term such as 2025-2030
    decimal("value"),
    optional("direction"),
    number("numerator"),
    number("denominator"),
    text("note"),
)
Index("ix_target_setting_one", target_setting.c.code, target_setting.c.period, unique=True)
