"""The consents of the demonstration: asked for branch by branch after a meeting, and not everywhere yet."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from sochihoi.domain.consent import Given, How, Purpose
from sochihoi.services.demo.register import Branch
from sochihoi.services.office import Office

_NOT_YET = 4  # every so many branches one was not asked


def collect(office: Office, source: Random, branches: list[Branch]) -> None:
    """Most women who were asked agreed to both, some to the first alone, a few said nothing; one took a yes back."""
    for at, branch in enumerate(branches):
        if at % _NOT_YET == _NOT_YET - 1:
            continue
        day = office.today - timedelta(days=12 + 7 * (at % _NOT_YET))
        listed = f"Danh sách ký tại buổi sinh hoạt ngày {day:%d/%m/%Y}"
        with office.read() as work:
            members = work.people.memberships(branch.members).values()
        there = [m.person_id for m in members if m.registered_on is None or m.registered_on <= day]
        both = [one for one in there if source.random() < 0.75]
        first = [one for one in there if one not in both and source.random() < 0.6]
        for people, purposes in ((both, frozenset(Purpose)), (first, frozenset({Purpose.BASIC}))):
            if people:
                office.privacy.consent.give(people, Given(purposes, day, How.LIST, listed))
        if at == 0 and both:
            office.privacy.consent.withdraw(both[:1], [Purpose.SENSITIVE], office.today)
