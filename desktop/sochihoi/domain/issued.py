"""Reports that were issued with a number, and the files that were printed or saved of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from sochihoi.domain.errors import UserError
from sochihoi.domain.months import Frozen


class PaperKind(Enum):
    """What kind of file was kept."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    SIGNED_PDF = "signed_pdf"


@dataclass(frozen=True, slots=True)
class IssuedReport:
    """One edition of a report that got a number. ``content`` is the whole paper as it was issued; it never changes.

    ``unit_id``: the commune, or the branch whose report it is. ``number_value``: the running number inside ``number``.
    """

    id: str
    form: str
    form_version: str
    unit_id: str
    period: str
    edition: int
    number: str
    number_value: int
    issued_on: date
    issued_by: str
    reason: str = ""
    content: Mapping[str, Any] = field(default_factory=dict)
    figures: Frozen = field(default_factory=dict)
    sha256: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class ArchivedPaper:
    """A file of an issued report, without its bytes. ``signature``: of a signed one, as it was checked."""

    id: str
    form: str
    unit_id: str
    period: str
    edition: int
    kind: PaperKind
    file_name: str
    sha256: str
    made_on: date
    made_by: str
    signature: Mapping[str, Any] = field(default_factory=dict)


@dataclass(eq=False)
class MonthsOpen(UserError):
    """A report over several months is issued once all of them are closed. ``months``: those that are not."""

    period: str
    months: tuple[str, ...]


@dataclass(eq=False)
class NotOverYet(UserError):
    """The last day of the period is still to come."""

    period: str


@dataclass(eq=False)
class EditionReason(UserError):
    """A further edition was asked for without saying why."""

    period: str
    form: str


@dataclass(eq=False)
class NothingChanged(UserError):
    """A further edition would say exactly what the one before says."""

    period: str
    form: str


@dataclass(eq=False)
class BadNumber(UserError):
    """What was typed as the number of a paper is no number. ``text``: as it was typed."""

    text: str


@dataclass(eq=False)
class IssuedWithItsMonth(UserError):
    """The report of a month gets its number when the month is closed; that of a branch has none."""

    form: str
