"""Papers of the family campaign: the blank scoring sheet of a branch, with the row numbers of the grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochihoi.domain.campaign import Round
from sochihoi.services.letterheads import unit_lines, watermark

if TYPE_CHECKING:
    from sochihoi.services.office import Office

BLANK_ROWS = 3  # for households that are not entered yet


def scoring_sheet(office: Office, branch_id: str, year: int, set_code: str | None = None) -> bytes:
    """A PDF with one row a household of the branch and one column a criterion of the year's set, to fill in by hand.

    Rows stand in the order of the grid, so that what was written is typed back by number. Raises ``NotFound``,
    ``SetNotForYear``, ``LookupError`` without a usable font.
    """
    from sochihoi.reports.scoring_sheets import CriterionColumn, HouseholdSheet, household_pdf

    sheet = office.campaign.rounds.sheet(branch_id, year, Round.SELF, set_code)
    criteria = tuple(CriterionColumn(one.label.vi, one.group.vi) for one in sheet.criteria.criteria)
    paper = HouseholdSheet(
        unit_lines=unit_lines(office),
        campaign=f"{sheet.criteria.title.vi}, năm {year}",
        branch=sheet.branch,
        criteria=criteria,
        households=tuple((row.line.head, row.line.address) for row in sheet.rows),
        made_on=office.today,
        blank_rows=BLANK_ROWS,
        foot=f"{sheet.branch} · {sheet.criteria.name.vi} · {year}",
        watermark=watermark(demo=office.demo),
    )
    return household_pdf(paper)
