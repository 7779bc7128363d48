"""A province of invented communes with closed months, for tests and for looking at: ``python -m tests.province OUT``.

The first ones send on time, one sends late and lacks a month, one has a file that was refused, the last is silent.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from sochihoi.domain.periods import Period
from sochihoi.services.office import Office
from sochihoi.sync import container
from tests.exchange_data import MOMENT, OCTOBER, REASON, SEPTEMBER, closed_meeting, commune, introduce
from tests.meetings_data import add_branch
from tests.offices import make_above

NAMES = ("Hòa Phú", "Tân Lập", "Vĩnh Thạnh", "Bình An", "Phước Hải")
MONTHS = (SEPTEMBER, OCTOBER)


@dataclass
class Province:
    """Communes by code and the level above them; all are closed at the end."""

    root: Path
    above: Office
    communes: dict[str, Office] = field(default_factory=dict)

    @property
    def stick(self) -> Path:
        """A folder that stands for the stick."""
        folder = self.root / "stick"
        folder.mkdir(exist_ok=True)
        return folder

    def send(self, code: str, period: Period = OCTOBER) -> Path:
        """Make and write the file of a commune's month."""
        sending = self.communes[code].sending
        return sending.write(sending.prepare(period).id, self.stick)

    def receive(self) -> None:
        """Take in everything on the stick."""
        self.above.receiving.receive([self.stick])

    def close(self) -> None:
        """Give all folders back."""
        for office in (self.above, *self.communes.values()):
            office.close()


def with_records(office: Office, members: int, at: int) -> None:
    """Three branches with meetings that differ from commune to commune; September and October closed."""
    branches = [
        add_branch(office, name, members + 4 * step, cells=0)
        for step, name in enumerate(("Ấp An Hòa", "Ấp Phú Mỹ", "Ấp Trà Cuôn"))
    ]
    for month in MONTHS:
        for step, branch in enumerate(branches[: 3 - (at % 2) * (month is OCTOBER)]):
            closed_meeting(office, branch, date(month.year, month.index, 8 + step + at), absent=1 + (at + step) % 4)
        office.figures.enter("dues.collected_vnd", month, None, 1_500_000 + 250_000 * at)
        if at != 1:  # one commune never entered it: unknown is not 0
            office.figures.enter("welfare.gifts", month, None, 4 + at)
    for month in MONTHS:
        office.months.close(month, reason=REASON)


def make_province(root: Path, names: tuple[str, ...] = NAMES, *, members: int = 9) -> Province:
    """Communes and the province, introduced to each other; nothing is sent yet."""
    province = Province(root, make_above(root / "above", moment=MOMENT))
    for at, name in enumerate(names):
        code = f"990{at + 1:02}"
        made = commune(root / code, code, name)
        with_records(made, members + 3 * at, at)
        introduce(made, province.above)
        province.communes[code] = made
    return province


def spoiled(file: Path, out: Path) -> Path:
    """The same file, whole as an archive, with another byte in what only the addressee can read."""
    members = container.parse(file.read_bytes())
    payload = bytearray(members.payload or b"")
    payload[-1] ^= 1
    out.write_bytes(container.build(replace(members, payload=bytes(payload))))
    return out


def in_all_states(province: Province) -> None:
    """What the board has to show: in time, with a gap, refused, silent."""
    codes = list(province.communes)
    for code in codes[:2]:
        province.send(code)
    province.send(codes[2], SEPTEMBER).unlink()
    province.send(codes[2])
    file = province.send(codes[3])
    spoiled(file, file)
    province.receive()


def main(out: Path) -> None:
    """Make it and leave it there; the passwords are those of tests."""
    province = make_province(out)
    in_all_states(province)
    province.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
