"""Households with invented heads for the tests of the family campaign: in some of them a member lives."""

from __future__ import annotations

from datetime import date

from sochihoi.domain.campaign import Result, Round
from sochihoi.domain.vietnamese import fold, sort_key
from sochihoi.services.office import Office
from sochihoi.storage.schema import household, membership, person, placement

YEAR = 2026
_FAMILY = ("Phạm", "Trần", "Lâm", "Lê", "Tăng", "Đặng", "Kim", "Dương", "Bùi", "Võ", "Lý", "Huỳnh", "Thạch", "Sơn")
_MIDDLE = ("Hoàng", "Minh", "Thanh", "Hữu", "Sô", "Văn", "Ngọc")
_GIVEN = ("Tâm", "Phúc", "Nghĩa", "Sang", "Út", "Hiền", "Lợi", "Bình", "Đức", "Giàu", "Khánh", "Thịnh", "Vinh")


def head_of(number: int) -> str:
    """A different name for each of the first 1,274 numbers."""
    rest = number // 14
    return f"{_FAMILY[number % 14]} {_MIDDLE[(rest + number) % 7]} {_GIVEN[(number * 5 + rest) % 13]}"


def add_households(
    office: Office,
    branch: str = "Ấp An Hòa",
    count: int = 10,
    *,
    outside: int = 0,
    since: date = date(2020, 1, 1),
    members_each: int = 1,
) -> tuple[str, tuple[str, ...]]:
    """A branch with ``count`` member households, then ``outside`` households without a member. Branch, households."""
    office.setup.add_branches([branch])
    branch_id = next(u.id for u in office.setup.branches() if u.name == branch)
    homes, persons, memberships, placements = [], [], [], []
    with office.write("test.households") as work:
        start = len(work.rows(household.select()))
        for at in range(start, start + count + outside):
            head = head_of(at)
            home = {
                "id": office.new_id(),
                "code": f"HO{at + 1:05}",
                "branch_id": branch_id,
                "head_name": head,
                "sort_key": sort_key(head),
                "search_key": fold(head),
            }
            homes.append(home)
            for _ in range(members_each if at < start + count else 0):
                ids = [office.new_id() for _ in range(3)]
                name = f"{_FAMILY[at * 3 % 14]} Thị {_GIVEN[at * 7 % 13]}"
                persons.append(
                    {
                        "id": ids[0],
                        "full_name": name,
                        "sort_key": sort_key(name),
                        "search_key": fold(name),
                        "household_id": home["id"],
                    }
                )
                memberships.append(
                    {"id": ids[1], "code": f"HP{ids[1][-6:]}", "person_id": ids[0], "registered_on": since}
                )
                placements.append({"id": ids[2], "membership_id": ids[1], "branch_id": branch_id, "from_on": since})
        for table, rows in ((household, homes), (person, persons), (membership, memberships), (placement, placements)):
            work.insert(table, rows)
    in_order = sorted(homes, key=lambda row: (row["sort_key"], row["code"]))
    return branch_id, tuple(row["id"] for row in in_order)


def all_pass(office: Office, household_ids: tuple[str, ...], which: Round = Round.SELF, year: int = YEAR) -> None:
    """Every cell of these households is met."""
    codes = office.campaign.set_in_use(year).codes
    office.campaign.rounds.mark_many({i: dict.fromkeys(codes, Result.PASS) for i in household_ids}, year, which)


def confirm(
    office: Office,
    branch_id: str,
    household_ids: tuple[str, ...],
    failing: dict[str, str] | None = None,
    *,
    year: int = YEAR,
    on: date | None = None,
) -> None:
    """Take households through all three rounds; ``failing`` gives the one criterion that a household failed."""
    book = office.campaign.rounds
    all_pass(office, household_ids, year=year)
    if failing:
        book.mark_many({i: {code: Result.FAIL} for i, code in failing.items()}, year, Round.SELF)
    for which in Round:
        if which.before is not None:
            book.start(branch_id, year, which)
        book.finish(branch_id, year, which, on=on, leave_out=True)
