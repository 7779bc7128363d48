"""Proposals that wait: late from the day after the one on which an answer was due."""

from __future__ import annotations

from datetime import date, timedelta

from sochihoi.domain.proposals import OpenProposal, Proposal

DUE = date(2026, 10, 20)


def test_a_proposal_is_late_from_the_day_after() -> None:
    held = OpenProposal(Proposal("1", "m", "Sửa đèn đường", due_on=DUE), "b", "Ấp Mẫu", date(2026, 9, 3))
    assert [held.overdue_days(DUE + timedelta(days=n)) for n in (-3, 0, 1, 30)] == [0, 0, 1, 30]


def test_without_a_day_nothing_is_late() -> None:
    held = OpenProposal(Proposal("1", "m", "Sửa đèn đường"), "b", "Ấp Mẫu", date(2020, 9, 3))
    assert held.overdue_days(DUE) == 0
