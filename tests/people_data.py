"""Invented members for tests: made through the services."""

from __future__ import annotations

from datetime import date

from sochihoi.domain.members import MemberDetails, NewMember
from sochihoi.domain.people import PartialDate
from sochihoi.services.office import Office

FAMILIES = ("Nguyễn", "Trần", "Thạch", "Lâm", "Đỗ", "Lý", "Bùi", "Đặng", "Phạm", "Dương")
MIDDLES = ("Thị Kim", "Thị Mỹ", "Thị", "Ngọc", "Thị Thúy", "Như")
GIVENS = ("Hằng", "Ánh", "Bé", "Cúc", "Dung", "Đào", "Giang", "Hạnh", "Hiền", "Hoa", "Huệ", "Hương", "Nga", "Yến")


def name_of(number: int) -> str:
    """A different name for each of the first 420 numbers."""
    family, rest = FAMILIES[number % 10], number // 10
    return f"{family} {MIDDLES[rest % 6]} {GIVENS[(number * 5 + rest // 6) % 14]}"


def add_branch(office: Office, branch: str = "Ấp An Hòa", cells: int = 0) -> tuple[str, tuple[str, ...]]:
    """The ids of a branch (made when it is not there) and of its cells."""
    office.setup.add_branches([branch])
    branch_id = next(u.id for u in office.setup.branches() if u.name == branch)
    if cells:
        office.setup.add_cells(branch_id, [f"Tổ {n + 1}" for n in range(cells)])
    return branch_id, tuple(u.id for u in office.setup.cells(branch_id))


def details(full_name: str = "Thạch Thị Kim Hằng", **more: object) -> MemberDetails:
    """A member's details with a birth date and a joining day unless said otherwise."""
    told: dict[str, object] = {"birth": PartialDate(1971, 3, 8), "joined": PartialDate(1998, 10, 20)}
    return MemberDetails(full_name, **(told | more))  # type: ignore[arg-type]


def add_members(
    office: Office, branch: str = "Ấp An Hòa", count: int = 10, *, cells: int = 0, joined: date = date(2015, 3, 8)
) -> tuple[str, ...]:
    """Members of a branch, which is made when it is not there. Their memberships' ids."""
    branch_id, in_branch = add_branch(office, branch, cells)
    have = len(office.people.rows("ALL"))
    new = [
        NewMember(
            MemberDetails(
                name_of(have + n),
                birth=PartialDate(1950 + (have + n) * 7 % 55),
                phone=f"09{10000000 + (have + n) * 7919 % 89999999}",
                address=f"Số {have + n + 1}, {branch}",
                joined=PartialDate.of(joined),
                party_member=n % 9 == 0,
                core_member=n % 11 == 3,
                health_insurance=n % 10 != 1,
                ethnicity=("Kinh", "Khmer", "Hoa")[n % 3],
            ),
            branch_id,
            in_branch[n % len(in_branch)] if in_branch else None,
        )
        for n in range(count)
    ]
    return office.people.add_many(new)
