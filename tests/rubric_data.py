"""Branches that can be scored: members, meetings in every quarter, households, entered figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sochihoi.domain.periods import Period
from sochihoi.domain.rubric import Answer
from sochihoi.domain.rubric_records import OWN, VERIFIED
from sochihoi.services.office import Office
from tests.meetings_data import add_branch, closed_one

YEAR = 2026
HELD = (date(2026, 2, 7), date(2026, 5, 9), date(2026, 8, 8), date(2026, 10, 3))


def scored_branch(office: Office, name: str = "Ấp An Hòa", members: int = 20, present: int = 16) -> str:
    """A branch that met once a quarter. Its id."""
    branch = add_branch(office, name, members, cells=0)
    for day in HELD:
        closed_one(office, branch, day, f"1-{present}", topic="Phòng chống bạo lực gia đình")
    return branch


def enter_figures(office: Office, branch: str, members: int = 20) -> None:
    """Women of the area, dues, cards, role models, late reports: everything that is entered by hand."""
    month = Period.month(YEAR, 9)
    for code, value, whole in (
        ("org.women_18", members + 5, None),
        ("dues.paid_pct", members - 2, members),
        ("dues.cards_pct", members, members),
        ("party.role_models", 1, None),
        ("party.late_reports", 1, None),
    ):
        office.figures.enter(code, month, branch, value, whole)


def fill(office: Office, branch: str, column: str = OWN, points: Decimal | None = None) -> None:
    """Full points on every criterion, or the same points on each."""
    for one in office.rubric.sheet(YEAR, branch).lines:
        told = Decimal(one.criterion.max_points) if points is None else points
        office.rubric.put_points(YEAR, branch, one.code, column, told)


def answer_all(office: Office, branch: str, answer: Answer = Answer.NOT_MET) -> None:
    """Answer what the records do not."""
    for one in office.rubric.sheet(YEAR, branch).conditions:
        if one.answer is None:
            office.rubric.answer(YEAR, branch, one.condition.code, answer)


def verified(office: Office, branch: str) -> None:
    """Register, score and verify a branch with full points."""
    office.rubric.register(YEAR, [branch])
    fill(office, branch)
    office.rubric.finish_own(YEAR, branch)
    fill(office, branch, VERIFIED)
    answer_all(office, branch)
    office.rubric.verify(YEAR, branch)
