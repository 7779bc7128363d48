"""Opinions and proposals: written down at a meeting, followed up by somebody, answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from sochihoi.domain.errors import FieldProblem
from sochihoi.domain.proposals import OpenProposal, Proposal
from sochihoi.domain.vietnamese import nfc, nfc_lines

if TYPE_CHECKING:
    from sochihoi.services.meetings import MeetingService
    from sochihoi.services.office import Office


class ProposalBook:
    """Proposals count in no figure of a month, so they can be answered after their month is closed."""

    def __init__(self, office: Office, meetings: MeetingService) -> None:
        self._office = office
        self._meetings = meetings

    def of(self, meeting_id: str) -> tuple[Proposal, ...]:
        """What was said at a meeting."""
        with self._office.read() as work:
            return work.meetings.proposals(meeting_id)

    def open(self) -> tuple[OpenProposal, ...]:
        """Everything that waits for an answer, the soonest due first."""
        with self._office.read() as work:
            return work.meetings.open_proposals()

    def get(self, proposal_id: str) -> Proposal:
        """Raises ``NotFound``."""
        with self._office.read() as work:
            return work.meetings.proposal(proposal_id)

    def add(self, meeting_id: str, new: Proposal) -> Proposal:
        """Write one down; its id, meeting and place in the list are given here. Raises ``FieldProblem``."""
        with self._meetings.writing("proposal.add", ()) as work:
            work.meetings.get(meeting_id)
            place = len(work.meetings.proposals(meeting_id)) + 1
            made = _cleaned(replace(new, id=self._office.new_id(), meeting_id=meeting_id, position=place))
            work.meetings.put_proposal(made)
        return made

    def change(self, changed: Proposal) -> Proposal:
        """Other words, another follower or due day."""
        with self._meetings.writing("proposal.change", ()) as work:
            before = work.meetings.proposal(changed.id)
            made = _cleaned(replace(changed, meeting_id=before.meeting_id, position=before.position))
            work.meetings.put_proposal(made)
        return made

    def answer(self, proposal_id: str, answer: str, on: date | None = None) -> None:
        """It was answered: what was said, and on which day (today unless told). Raises ``FieldProblem``."""
        if not nfc_lines(answer):
            raise FieldProblem("answer", "EMPTY")
        with self._meetings.writing("proposal.answer", ()) as work:
            before = work.meetings.proposal(proposal_id)
            done = on or self._office.today
            work.meetings.put_proposal(replace(before, answer=nfc_lines(answer), answered_on=done))

    def remove(self, proposal_id: str) -> None:
        """Written down by mistake."""
        with self._meetings.writing("proposal.remove", ()) as work:
            work.meetings.proposal(proposal_id)
            work.meetings.remove_proposal(proposal_id, self._office.today)


def _cleaned(one: Proposal) -> Proposal:
    if not nfc_lines(one.content):
        raise FieldProblem("content", "EMPTY")
    return replace(
        one,
        content=nfc_lines(one.content),
        said_by=nfc(one.said_by),
        follower=nfc(one.follower),
        answer=nfc_lines(one.answer),
    )
