"""The register of the demonstration: branches, cells, members, households, branch heads, and who comes and goes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from sochihoi.domain.households import HouseholdGroup, Relation
from sochihoi.domain.members import NewMember
from sochihoi.domain.people import LeaveReason, PositionTitle
from sochihoi.domain.periods import Period
from sochihoi.domain.units import Unit
from sochihoi.services.demo import invented
from sochihoi.services.households import HouseholdDetails
from sochihoi.services.office import Office

SMALLEST = 3  # a branch keeps a head and someone to lead


@dataclass(slots=True)
class Branch:
    """A branch as the demonstration thinks of it: how diligent it is runs through its whole year."""

    unit: Unit
    cells: tuple[Unit, ...]
    diligence: float  # 0.55 to 0.97: the chance that a member comes
    tidiness: float  # the chance that a household fulfils one criterion
    members: list[str] = field(default_factory=list)  # membership ids of today
    head: str = ""


def begin(office: Office, source: Random, members: int, branches: int) -> list[Branch]:
    """Branches with their cells, then members in one act a branch."""
    units = office.setup.add_branches(invented.hamlets(branches))
    made = []
    for at, unit in enumerate(units):
        cells = office.setup.add_cells(unit.id, [f"Tổ {n}" for n in range(1, 4 + at % 2)])
        made.append(Branch(unit, cells, 0.62 + 0.35 * source.random(), 0.981 + 0.018 * source.random()))
    for at, branch in enumerate(made):
        count = members // branches + (1 if at < members % branches else 0)
        branch.members += office.people.add_many([_new(office, source, branch) for _ in range(count)])
    for branch in made:
        _households(office, source, branch)
        _head(office, source, branch)
    return made


def _new(office: Office, source: Random, branch: Branch, joined: date | None = None) -> NewMember:
    details = invented.member(source, branch.unit.name, joined, office.today)
    return NewMember(details, branch.unit.id, source.choice(branch.cells).id)


def _households(office: Office, source: Random, branch: Branch) -> None:
    """Most members in a household of their own, some two in one; a few live in none that is entered."""
    with office.read() as work:
        persons = [m.person_id for m in work.people.memberships(branch.members).values()]
    new = []
    at = 0
    while at < len(persons):
        together = 2 if source.random() < 0.15 and at + 1 < len(persons) else 1
        living = persons[at : at + together]
        at += together
        if source.random() < 0.02:
            continue
        group = source.choices(
            (HouseholdGroup.NONE, HouseholdGroup.NEAR_POOR, HouseholdGroup.POOR, HouseholdGroup.POLICY), (86, 7, 4, 3)
        )[0]
        heads_herself = together == 1 and source.random() < 0.25
        details = HouseholdDetails(
            branch.unit.id,
            head_name="" if heads_herself else invented.man(source),
            head_id=living[0] if heads_herself else None,
            address=f"Số {source.randint(1, 400)}, {branch.unit.name}",
            household_group=group,
            residents=source.randint(2, 6),
        )
        relations = [Relation.HEAD if heads_herself else Relation.SPOUSE, Relation.CHILD]
        new.append((details, list(zip(living, relations, strict=False))))
    without_member = (invented.man(source) for _ in range(max(1, len(persons) // 40)))
    new += [(HouseholdDetails(branch.unit.id, head_name=head, residents=3), []) for head in without_member]
    office.households.add_many(new)


def _head(office: Office, source: Random, branch: Branch) -> None:
    branch.head = source.choice(branch.members)
    since = date(2025, 9, 1)
    office.people.appoint(
        branch.head,
        PositionTitle.BRANCH_HEAD,
        branch.unit.id,
        from_on=min(since, office.today),
        trained_on=min(since, office.today) if source.random() < 0.8 else None,
    )


def come_and_go(office: Office, source: Random, branches: list[Branch], month: Period, day: date) -> None:
    """Some join, a few leave, one moves to another branch."""
    joining = max(1, sum(len(b.members) for b in branches) // 250)
    for branch in source.sample(branches, min(joining, len(branches))):
        joined = month.start + timedelta(days=source.randrange((day - month.start).days + 1))
        branch.members += office.people.add_many([_new(office, source, branch, joined)])
    large = [b for b in branches if len(b.members) > SMALLEST]
    for branch in source.sample(large, min(max(1, joining // 4), len(large))):
        leaving = next(m for m in branch.members if m != branch.head)
        reason = source.choice((LeaveReason.TRANSFER_OUT, LeaveReason.RESIGNED, LeaveReason.DECEASED))
        office.people.leave(leaving, reason, on=day)
        branch.members.remove(leaving)
    large = [b for b in large if len(b.members) > SMALLEST]
    if large and len(branches) > 1:
        here = source.choice(large)
        there = source.choice([b for b in branches if b is not here])
        moving = next(m for m in reversed(here.members) if m != here.head)
        office.people.transfer([moving], there.unit.id, there.cells[0].id, on=day)
        here.members.remove(moving)
        there.members.append(moving)
