"""A report for a program: texts are Vietnamese, figures have the shape of the command ``figures``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sochihoi.services.figures import json_row
from sochihoi.services.reporting.report import Number, Report, ReportTable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sochihoi.domain.indicators import Row


def as_json(report: Report) -> dict[str, Any]:
    """Everything that is printed, and which figures each drafted sentence rests on."""
    commune, issue = report.commune, report.issue
    body: dict[str, Any] = {
        "form": {"code": report.form.code, "version": report.form.version},
        "period": report.span.code,
        "state": "DRAFT" if report.is_draft else "CLOSED",
        "edition": report.edition,
        "demonstration": report.demo,
        "unit": {"code": commune.code, "name": commune.union_name},
        "to": commune.above_name,
        "number": report.number,
        "date": None if report.is_draft else report.on.isoformat(),
        "place": commune.place,
        "title": report.form.title,
        "subject": report.subject_line,
        "sections": [
            {
                "code": one.section.code,
                "numeral": one.numeral,
                "level": one.section.level,
                "heading": one.heading,
                "text": one.content,
                "edited": one.edited,
                "sentences": [
                    {"text": said.text, "figures": list(said.figures), "lists": list(said.lists)}
                    for said in one.sentences
                ],
                "no_longer_said": list(one.doubtful),
            }
            for one in report.sections
        ],
        "figures": _figures(report.rows),
        "tables": [_table(one) for one in (*report.tables, *(plot.table for plot in report.plots))],
        "recipients": list(commune.recipients),
        "signature": {
            "on_behalf": commune.on_behalf,
            "title": commune.signer_title,
            "name": commune.signer_name,
        },
        "sha256": issue.sha256 if issue else "",
        "paper_code": issue.code if issue else "",
    }
    if report.unit is not None:
        body["branch"] = {"id": report.unit.id, "name": report.unit.name}
    else:
        body["branches"] = [
            {"id": unit.id, "name": unit.name, "figures": _figures(_of_branch(report, unit.id))}
            for unit in report.sheet.branches
        ]
    return body


def _of_branch(report: Report, branch: str) -> Iterable[Row]:
    """What the form's tables show of each branch."""
    codes = dict.fromkeys(column.code for spec in report.form.tables for column in spec.columns)
    return (report.sheet.cells[code, branch] for code in codes if (code, branch) in report.sheet.cells)


def _figures(rows: Iterable[Row]) -> list[dict[str, Any]]:
    return [
        json_row(row.indicator.code, row.indicator.label.vi, (row.now, row.previous, row.year_to_date)) for row in rows
    ]


def _table(table: ReportTable) -> dict[str, Any]:
    return {
        "code": table.code,
        "title": table.title,
        "columns": [one.title for one in table.columns],
        "rows": [
            {"band": line.cells[0]}
            if line.band
            else {"cells": list(line.cells), "values": [_number(one) for one in line.values], "total": line.total}
            for line in table.lines
        ],
    }


def _number(value: Number) -> int | str | None:
    """A share exactly: ``"87/100"``."""
    return value if value is None or isinstance(value, int) else f"{value.numerator}/{value.denominator}"
