"""Reports in tests: by period instead of span."""

from __future__ import annotations

import json
from typing import Any

from sochihoi.domain.periods import Period
from sochihoi.services.office import Office
from sochihoi.services.reporting.narrative import SectionText
from sochihoi.services.reporting.report import Report


def report(office: Office, period: Period | str, form: str = "month", unit: str | None = None) -> Report:
    """The report as it stands."""
    code = period if isinstance(period, str) else period.code
    return office.reports.report(form, office.reports.span(code), unit)


def pdf(office: Office, period: Period | str, form: str = "month", unit: str | None = None) -> bytes:
    """Its paper."""
    return office.reports.content(report(office, period, form, unit), "pdf")


def told(office: Office, period: Period | str, form: str = "month", unit: str | None = None) -> Any:
    """Its JSON, read."""
    return json.loads(office.reports.content(report(office, period, form, unit), "json"))


def sections(office: Office, period: Period, form: str = "month") -> tuple[SectionText, ...]:
    """Its words."""
    return office.reports.sections(form, office.reports.span(period.code))


def write(office: Office, period: Period, code: str, text: str, form: str = "month") -> None:
    """The officer writes over a section."""
    office.reports.write(form, office.reports.span(period.code), code, text)
