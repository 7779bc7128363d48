"""The score sheet of a branch on paper. What the screen says in words is handed in."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from sochihoi.domain.rubric_records import ConditionLine, ProposedLine, ScoreSheet
from sochihoi.domain.wording import Words
from sochihoi.i18n import _, language, number
from sochihoi.services.letterheads import unit_lines, watermark_on_screen
from sochihoi.services.rubric_evidence import short

if TYPE_CHECKING:
    from sochihoi.services.office import Office

ConditionWords = Callable[[ConditionLine], str]


def score_sheet(office: Office, year: int, branch_id: str, answered: ConditionWords) -> bytes:
    """The sheet of a branch as it stands: proposals, both scores, evidence and reasons, blocking conditions.

    ``answered`` says a condition with its answer. Raises ``NotFound``.
    """
    from sochihoi.reports.scoring_sheets import BranchSheet, RubricRow, branch_pdf

    sheet = office.rubric.sheet(year, branch_id)
    lines = {one.code: one for one in sheet.lines}
    in_order = sorted(sheet.rubric.criteria, key=lambda one: [c.group for c in sheet.rubric.criteria].index(one.group))
    groups = tuple(
        (_say(group), tuple(RubricRow(*_cells(lines[one.code])) for one in criteria))
        for group, criteria in groupby(in_order, key=lambda one: one.group)
    )
    proposed = sum((one.proposed for one in sheet.lines if one.proposed is not None), Decimal(0))
    total = RubricRow(
        "",
        _("Total points"),
        number(sheet.rubric.max_points),
        number(proposed, 1),
        number(sheet.own.total, 1) if sheet.own.scored_max else "",
        number(sheet.verified.total, 1) if sheet.verified.scored_max else "",
        _band(sheet),
    )
    return branch_pdf(
        BranchSheet(
            unit_lines(office),
            _("{title}, year {year}").format(title=_say(sheet.rubric.title), year=year),
            sheet.branch,
            groups,
            total,
            office.today,
            tuple(answered(one) for one in sheet.conditions),
            watermark=watermark_on_screen(demo=office.demo),
            language=language(),
        )
    )


def _cells(one: ProposedLine) -> tuple[str, str, str, str, str, str, str]:
    points = [one.proposed, one.line.own, one.line.verified]
    told = short(one) if one.known or one.evidence else ""
    evidence = "\n".join(part for part in (told, one.line.reason) if part)
    proposed, own, verified = ("" if value is None else number(value, 1) for value in points)
    maximum = number(one.criterion.max_points)
    return one.code, _say(one.criterion.label), maximum, proposed, own, verified, evidence


def _band(sheet: ScoreSheet) -> str:
    band = next((one for one in sheet.rubric.bands if one.code == sheet.score.band), None)
    return "" if band is None else _("Band: {band}").format(band=_say(band.label))


def _say(words: Words) -> str:
    return words.vi if language() == "vi" else words.en
