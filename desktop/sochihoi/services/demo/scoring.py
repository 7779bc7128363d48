"""Model branches of the demonstration: registered, scored, verified, recognised at the end of the year."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from sochihoi.domain.rubric import Answer, Title
from sochihoi.domain.rubric_records import OWN, VERIFIED
from sochihoi.services.demo.register import Branch
from sochihoi.services.office import Office


def register(office: Office, branches: list[Branch], year: int) -> None:
    """Every branch registers."""
    office.rubric.register(year, [b.unit.id for b in branches])


def score(office: Office, source: Random, branch: Branch, year: int) -> None:
    """The branch scores itself: what the records propose, a little more where nothing is proposed."""
    for line in office.rubric.sheet(year, branch.unit.id).lines:
        own = line.proposed
        if own is None:
            own = Decimal(line.criterion.max_points) * source.choice((6, 8, 9)) / 10
        office.rubric.put_points(year, branch.unit.id, line.code, OWN, own)
    office.rubric.finish_own(year, branch.unit.id)


def verify(office: Office, source: Random, branch: Branch, year: int) -> None:
    """The commune verifies: as scored, with a point less here and there and the reason for it."""
    unit = branch.unit.id
    for line in office.rubric.sheet(year, unit).lines:
        own = line.line.own or Decimal(0)
        less = source.random() < 0.15 and own >= 1
        reason = "Chưa đủ minh chứng." if less else ""
        office.rubric.put_points(year, unit, line.code, VERIFIED, own - 1 if less else own, reason)
    office.rubric.answer_rest(year, unit, Answer.NOT_MET)
    office.rubric.verify(year, unit)


def recognise(office: Office, branches: list[Branch], year: int) -> None:
    """The better half become model branches."""
    lines = {line.branch_id: line for line in office.rubric.year(year).lines}

    def points(branch: Branch) -> Decimal:
        tally = lines[branch.unit.id].tally
        return Decimal(0) if tally is None else tally.total

    ranked = sorted(branches, key=lambda b: (points(b), b.unit.id), reverse=True)
    for at, branch in enumerate(ranked):
        if at < max(1, len(ranked) // 2) and not lines[branch.unit.id].blocked:
            office.rubric.recognise(year, branch.unit.id, Title.MODEL)
        else:
            office.rubric.refuse(year, branch.unit.id)
