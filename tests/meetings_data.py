"""Branches with invented members for the tests of meetings: the names are made up of common parts."""

from __future__ import annotations

from datetime import date

from sochihoi.domain.meeting_records import Meeting, MeetingPlan
from sochihoi.domain.meetings import Mark
from sochihoi.domain.vietnamese import fold, sort_key
from sochihoi.services.office import Office
from sochihoi.storage.schema import membership, person, placement, position

_FAMILY = ("Phạm", "Dương", "Lâm", "Đỗ", "Thạch", "Tăng", "Huỳnh", "Bùi", "Đặng", "Trần", "Nguyễn", "Lý")
_GIVEN = [
    "Như",
    "Ánh",
    "Thúy",
    "Bé",
    "Thị_Cúc",
    "Mỹ_Dung",
    "Như_Đào",
    "Thanh_Điệp",
    "Như_Giang",
    "Ngọc_Hạnh",
    "Thị_Hằng",
    "Bích_Hiền",
    "Thúy_Hoa",
    "Thị_Huệ",
    "Kim_Hương",
    "Thanh_Hường",
    "Mỹ_Lan",
    "Thị_Liên",
    "Kim_Loan",
    "Thị_Mai",
    "Mỹ_Nga",
    "Bích_Ngọc",
    "Thị_Nhung",
    "Kim_Oanh",
    "Thị_Phượng",
    "Như_Quyên",
    "Thúy_Sen",
    "Thanh_Tâm",
    "Thị_Thảo",
    "Kim_Thoa",
    "Bích_Thủy",
    "Mỹ_Tiên",
    "Ngọc_Trinh",
    "Thị_Tuyết",
    "Thanh_Vân",
    "Kim_Xuyến",
    "Thị_Yến",
]
HELD = date(2026, 10, 24)


def add_branch(office: Office, name: str = "Ấp An Hòa", members: int = 45, cells: int = 4) -> str:
    """A branch with members in its cells, all on the roll since 2020. The id of the branch."""
    branch = office.setup.add_branches([name])[0]
    groups = office.setup.add_cells(branch.id, [f"Tổ {n}" for n in range(1, cells + 1)]) if cells else ()
    add_members(office, branch.id, members, cell_ids=tuple(cell.id for cell in groups))
    return branch.id


def add_members(
    office: Office,
    branch_id: str,
    count: int,
    *,
    cell_ids: tuple[str, ...] = (),
    since: date = date(2020, 1, 1),
    honorary: bool = False,
    names: tuple[str, ...] = (),
) -> list[str]:
    """Members of a branch since a day. The ids of their memberships."""
    persons, memberships, placements = [], [], []
    with office.write("test.members") as work:
        start = len(work.meetings.members_on([branch_id], date(2199, 1, 1)))
        for at in range(start, start + count):
            given = _GIVEN[(at * 7) % len(_GIVEN)].replace("_", " ")
            name = names[at - start] if names else f"{_FAMILY[(at * 5 + at // 12) % len(_FAMILY)]} {given}"
            ids = [office.new_id() for _ in range(3)]
            persons.append(
                {
                    "id": ids[0],
                    "full_name": name,
                    "sort_key": sort_key(name),
                    "search_key": fold(name),
                    "birth": str(1950 + at * 11 % 52),
                }
            )
            code = f"HP{branch_id[-4:]}{at:03}"
            memberships.append(
                {"id": ids[1], "code": code, "person_id": ids[0], "registered_on": since, "honorary": honorary}
            )
            placements.append(
                {
                    "id": ids[2],
                    "membership_id": ids[1],
                    "branch_id": branch_id,
                    "cell_id": cell_ids[at * 3 % len(cell_ids)] if cell_ids else None,
                    "from_on": since,
                }
            )
        work.insert(person, persons)
        work.insert(membership, memberships)
        work.insert(placement, placements)
    return [row["id"] for row in memberships]


def make_head(office: Office, membership_id: str, branch_id: str) -> None:
    """She leads the branch."""
    with office.write("test.head") as work:
        row = {"id": office.new_id(), "membership_id": membership_id, "unit_id": branch_id, "title": "BRANCH_HEAD"}
        work.insert(position, [row])


def plan_one(office: Office, branch_id: str, held_on: date = HELD, **more: object) -> Meeting:
    """One planned meeting."""
    return office.meetings.plan([branch_id], MeetingPlan(held_on, **more))[0]  # type: ignore[arg-type]


def frozen_one(office: Office, branch_id: str, held_on: date = HELD, **more: object) -> Meeting:
    """One meeting whose roster is frozen."""
    meeting = plan_one(office, branch_id, held_on, **more)
    office.meetings.freeze([meeting.id])
    return office.meetings.sheet(meeting.id).meeting


def closed_one(office: Office, branch_id: str, held_on: date = HELD, typed: str = "1-5", **more: object) -> Meeting:
    """One closed meeting; who was not typed was absent."""
    meeting = frozen_one(office, branch_id, held_on, **more)
    office.meetings.type_marks(meeting.id, typed)
    office.meetings.close(meeting.id, Mark.ABSENT)
    return office.meetings.sheet(meeting.id).meeting
