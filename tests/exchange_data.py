"""Communes with closed months and a level above that knows them, for tests of what passes between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from sochihoi.domain.meeting_records import MeetingPlan
from sochihoi.domain.meetings import Mark
from sochihoi.domain.periods import Period
from sochihoi.services import trusting
from sochihoi.services.office import Office
from sochihoi.services.official_units import OfficialCommune
from sochihoi.services.opening import make_commune
from tests.meetings_data import add_branch
from tests.offices import PASSWORD, around, make_above

MOMENT = datetime(2026, 11, 3, 2, 42, tzinfo=UTC)
SEPTEMBER, OCTOBER = Period.month(2026, 9), Period.month(2026, 10)
Clock = Callable[[], datetime]
REASON = "Hoãn vì ngập nước, sinh hoạt bù tháng sau."


def commune(
    folder: Path, code: str = "99001", name: str = "Hòa Phú", *, demo: bool = False, clock: Clock | None = None
) -> Office:
    """An empty commune of that code."""
    made = make_commune(
        folder,
        OfficialCommune(code=code, name=name, kind="xã", province_code="99", province_name="Tỉnh Mẫu"),
        above="Hội LHPN tỉnh Mẫu",
        password=PASSWORD,
        officer="Trần Thị Mẫu",
        around=around(code, MOMENT, demo=demo) if clock is None else replace(around(code), now=clock),
    )
    return made.office


def closed_meeting(office: Office, branch: str, held_on: date, absent: int) -> None:
    """A finished meeting with that many absent."""
    (meeting,) = office.meetings.plan([branch], MeetingPlan(held_on=held_on, topic="Nước sạch"))
    office.meetings.freeze([meeting.id])
    office.meetings.type_marks(meeting.id, f"1-{absent}", absent_only=True)
    office.meetings.close(meeting.id, Mark.PRESENT)


def with_records(office: Office, members: int = 12, months: tuple[Period, ...] = (SEPTEMBER, OCTOBER)) -> None:
    """Two branches, a meeting of each in every month, the months closed."""
    branches = [
        add_branch(office, name, members + 3 * at, cells=0) for at, name in enumerate(("Ấp An Hòa", "Ấp Phú Mỹ"))
    ]
    for month in months:
        for at, branch in enumerate(branches):
            closed_meeting(office, branch, date(month.year, month.index, 10 + at), absent=at + 1)
    for month in months:
        office.months.close(month, reason=REASON)


@dataclass
class Exchange:
    """A commune and a level above that have accepted each other's keys; all are closed at the end."""

    root: Path
    below: Office
    above: Office
    others: list[Office] = field(default_factory=list)

    @property
    def stick(self) -> Path:
        """A folder that stands for the stick."""
        folder = self.root / "stick"
        folder.mkdir(exist_ok=True)
        return folder

    def send(self, period: Period = OCTOBER, office: Office | None = None) -> Path:
        """Make and write the file of a month."""
        who = office or self.below
        return who.sending.write(who.sending.prepare(period).id, self.stick)

    def neighbour(self, code: str = "99002", name: str = "Tân Lập", members: int = 7) -> Office:
        """A second commune with closed months, accepted on both sides."""
        made = commune(self.root / code, code, name)
        with_records(made, members)
        introduce(made, self.above)
        self.others.append(made)
        return made

    def close(self) -> None:
        """Give all folders back."""
        for office in (self.below, self.above, *self.others):
            office.close()


def introduce(below: Office, above: Office) -> None:
    """Both accept the other's key file."""
    trusting.accept(below, above.sending.key_file())
    trusting.accept(above, below.sending.key_file())


def make_exchange(root: Path, *, introduced: bool = True, demo: bool = False, records: bool = True) -> Exchange:
    """A commune with September and October closed, and the level above it."""
    below = commune(root / "commune", demo=demo)
    if records:
        with_records(below)
    above = make_above(root / "above", moment=MOMENT, demo=demo)
    if introduced:
        introduce(below, above)
    return Exchange(root, below, above)


ExchangeMaker = Callable[..., Exchange]
