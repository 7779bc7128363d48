"""A report before it is paper: everything that is printed, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sochihoi.domain.months import Frozen
from sochihoi.domain.units import Unit
from sochihoi.services.commune import Commune
from sochihoi.services.paper_numbers import NBSP, long_date
from sochihoi.services.report_forms import ReportForm, Scope
from sochihoi.services.reporting.narrative import SectionText
from sochihoi.services.reporting.spans import Span

if TYPE_CHECKING:
    from sochihoi.domain.indicators import Row
    from sochihoi.services.figures import FigureSheet

Number = int | Fraction | None


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """``share`` of the width. ``number``: its cells are numbers, set to the right."""

    title: str
    share: float
    number: bool = True
    centred: bool = False


@dataclass(frozen=True, slots=True)
class ReportLine:
    """Texts as they stand on the paper, and the numbers behind them (a share as a fraction of 1).

    A band has only its first text. ``total``: the line of the whole unit.
    """

    cells: tuple[str, ...]
    values: tuple[Number, ...] = ()
    band: bool = False
    total: bool = False


@dataclass(frozen=True, slots=True)
class ReportTable:
    """``told``: what the body calls it. ``section``: behind which it stands; ``in_body``: at its end; else an annex."""

    code: str
    title: str
    told: str
    section: str
    in_body: bool
    columns: tuple[ReportColumn, ...]
    lines: tuple[ReportLine, ...]


@dataclass(frozen=True, slots=True)
class ReportPlot:
    """A drawing in black and white, with its table. ``data``: what ``reports.charts`` draws."""

    code: str
    title: str
    section: str
    data: Any
    table: ReportTable


@dataclass(frozen=True, slots=True)
class Issue:
    """What makes a report a paper: number, date, edition. ``code``: the short code that proves its figures.

    ``sha256``: of the canonical figures. ``reason``: why an edition after the first was made.
    ``id``: of the issued report; empty for the report of a month, whose number belongs to its closing.
    """

    edition: int
    number: str
    on: date
    sha256: str
    code: str = ""
    reason: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One report. Without ``issue`` it is a draft. ``unit``: a branch, or ``None`` for the commune.

    ``signer``: the head of the branch whose own report it is. ``before``: the figures of the edition before this one.
    """

    form: ReportForm
    span: Span
    commune: Commune
    unit: Unit | None
    issue: Issue | None
    today: date
    subject: str
    opening: str
    closing: str
    sections: tuple[SectionText, ...]
    tables: tuple[ReportTable, ...]
    plots: tuple[ReportPlot, ...]
    sheet: FigureSheet
    demo: bool
    signer: str = ""
    before: Frozen = field(default_factory=dict)

    @property
    def is_draft(self) -> bool:
        """Whether figures may still change."""
        return self.issue is None

    @property
    def edition(self) -> int:
        """0 for a draft."""
        return self.issue.edition if self.issue else 0

    @property
    def number(self) -> str:
        """``05/BC-BTV``; empty for a draft and for papers without a number."""
        return self.issue.number if self.issue else ""

    @property
    def on(self) -> date:
        """The day on the paper."""
        return self.issue.on if self.issue else self.today

    @property
    def branch_id(self) -> str | None:
        """Whose figures; ``None`` = the commune's."""
        return self.unit.id if self.unit else None

    @property
    def rows(self) -> tuple[Row, ...]:
        """The figures of the unit, in the order of the definitions; how many branches says nothing of one."""
        indicators = self.sheet.definitions.indicators
        codes = (one.code for one in indicators if self.unit is None or one.source != "branches")
        found = (self.sheet.cells.get((code, self.branch_id)) for code in codes)
        return tuple(row for row in found if row is not None)

    @property
    def subject_lines(self) -> tuple[str, ...]:
        """The subject as it is broken on the paper."""
        return tuple(line.strip() for line in self.subject.split("\n") if line.strip())

    @property
    def subject_line(self) -> str:
        """The subject on one line."""
        return " ".join(self.subject_lines)

    @property
    def has_number(self) -> bool:
        """A branch issues no numbers, it has no seal of its own; a sheet about it goes with the commune's report."""
        return self.form.scope is not Scope.BRANCH

    @property
    def is_of_branch(self) -> bool:
        """Whether the branch itself reports; a sheet about it is the commune's."""
        return self.form.signed_by is Scope.BRANCH

    @property
    def number_line(self) -> str:
        """``Số: 05/BC-BTV``; room for the number where there is none yet."""
        if not self.has_number:
            return ""
        if self.number:
            return f"Số: {self.number}"
        _before, slash, after = self.commune.number_pattern.partition("/")
        return f"Số:      {slash}{after}"

    @property
    def place(self) -> str:
        """Where it is signed."""
        return self.commune.place

    @property
    def day_words(self) -> str:
        """``ngày 30 tháng 10 năm 2026``; a draft leaves the day open."""
        if not self.is_draft:
            return long_date(self.on)
        month = f"{self.on.month:02}" if self.on.month < 3 else str(self.on.month)
        return f"ngày      tháng {month} năm {self.on.year}"

    @property
    def place_date(self) -> str:
        """``Xã Hòa Phú, ngày 30 tháng 10 năm 2026``."""
        return f"{self.place}, {self.day_words}" if self.place else self.day_words

    @property
    def annex_line(self) -> str:
        """Which paper an annex goes with, in full: number, date and who issued it (Decree 30/2020/NĐ-CP)."""
        kind = self.form.title.capitalize()
        day = self.day_words.replace(" ", NBSP)  # a date is not broken over two lines
        if not self.has_number:
            return f"(Kèm theo {kind} {day} của {self.unit_name})"
        number = self.number_line.removeprefix("Số: ").replace(" ", NBSP)
        return f"(Kèm theo {kind} số {number} {day} của {self.unit_name})"

    @property
    def unit_name(self) -> str:
        """``Hội LHPN xã Hòa Phú``, or ``Chi hội Ấp An Hòa``."""
        return self.commune.union_name if self.unit is None else called(self.unit)

    @property
    def printed(self) -> tuple[SectionText, ...]:
        """The sections that have something to say."""
        return tuple(one for one in self.sections if one.numeral)

    def file_name(self, kind: str = "pdf") -> str:
        """``BaoCao_2026-10.pdf``."""
        return file_name(self.form, self.span, self.commune, self.unit, self.edition, kind)


def file_name(form: ReportForm, span: Span, commune: Commune, unit: Unit | None, edition: int, kind: str) -> str:
    """``BaoCao_2026-10.pdf``; editions after the first say so, 0 is a draft. ASCII: it goes through mail and sticks."""
    name = form.file_name.format(
        period=span.code,
        unit=plain_name(unit) if unit else commune.code,
        month=span.period.last_month,
        year=span.period.year,
    )
    later = f"_L{edition}" if edition > 1 else ""
    return f"{name}{later}{'' if edition else '_DuThao'}.{kind}"


def called(unit: Unit) -> str:
    """``Chi hội Ấp An Hòa``."""
    from sochihoi.domain.vietnamese import fold

    return unit.name if fold(unit.name).startswith("chi hoi ") else f"Chi hội {unit.name}"


def plain_name(unit: Unit) -> str:
    """``Ap-An-Hoa``: for names of files."""
    from sochihoi.domain.vietnamese import fold

    signs = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in fold(unit.name))
    return "-".join(word.capitalize() for word in signs.split()) or unit.id
