"""Opinions and proposals of a meeting, who follows them up, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ProposalKind(StrEnum):
    """What somebody said: ý kiến, đề xuất, câu hỏi."""

    OPINION = "OPINION"
    PROPOSAL = "PROPOSAL"
    QUESTION = "QUESTION"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody said that has to be followed up. Open until ``answered_on``."""

    id: str
    meeting_id: str
    content: str
    kind: ProposalKind = ProposalKind.PROPOSAL
    position: int | None = None
    said_by: str = ""
    follower: str = ""
    due_on: date | None = None
    answered_on: date | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True)
class OpenProposal:
    """A proposal without an answer, as the list of all branches shows it."""

    proposal: Proposal
    branch_id: str
    branch: str
    held_on: date

    def overdue_days(self, today: date) -> int:
        """Days after the due day; 0 when it is not due yet or has no due day."""
        due = self.proposal.due_on
        return max((today - due).days, 0) if due is not None else 0
