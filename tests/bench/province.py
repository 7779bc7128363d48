"""A simulated province: communes with keys of their own and one signed file each, with as many lines as a commune of
thirty branches sends, and every sum of it counted here, past the product.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sochihoi.domain.ids import seeded
from sochihoi.domain.periods import Period
from sochihoi.services import trusting
from sochihoi.services.office import Office
from sochihoi.sync.envelope import seal
from sochihoi.sync.identity import Identity, PublicKeys
from sochihoi.sync.manifest import AuditHead, Draft
from sochihoi.sync.rows import ACTIVITY_KEYS, Activity, Branch, Closing, Indicator, Member, Row
from tests import pack_data

OCTOBER = Period.month(2026, 10)
MEMBERS = "org.members"
COLUMNS = ("birth", "branch", "code", "full_name", "joined", "national_id")
_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Ngô")
_GIVEN = ("Hòa", "Lan", "Thúy", "Mai", "Hạnh", "Ngọc", "Phượng", "Yến", "Đào", "Sương", "Tuyết")
CREATED = "2026-11-03T08:00:00Z"


@dataclass
class Province:
    """``sums``: indicator to (numerator, denominator) over all communes; ``files``: in the order of the communes."""

    above: PublicKeys
    codes: tuple[str, ...]
    members: int
    branches: int
    files: list[Path] = field(default_factory=list)
    sums: Counter[tuple[str, str]] = field(default_factory=Counter)
    lines: int = 0
    listed: bool = False  # the files hold a line a member, too (profile ``danh-sach``)

    def add(self, number: int, folder: Path) -> tuple[bytes, Path]:
        """One more commune: its key file, and its file of October in ``folder``."""
        source = random.Random(number)  # noqa: S311 - the same province each time
        code = f"{90000 + number:05}"
        identity = Identity.generate(source.randbytes)
        ids = seeded(code)
        keys = identity.public_keys(unit=code, name=f"Hội LHPN xã {number}", level="COMMUNE", installation=ids())
        draft = Draft(
            file_id=ids(),
            unit=code,
            installation=keys.installation,
            epoch=ids(),
            epoch_no=1,
            seq=1,
            created=CREATED,
            period=OCTOBER,
            app="0.1.0",
            audit=AuditHead(1, "ab" * 32),
            prev=None,
            parent=None,
        )
        branches = [ids() for _branch in range(self.branches)]
        rows = self._rows(source, branches)
        if self.listed:
            rows += [self._member(number, at, ids(), branches) for at in range(self.members)]
        path = folder / f"HPN_{code}_2026-10_0001.hpn"
        columns = COLUMNS if self.listed else ()
        if not path.exists():  # the same level above got it before, with another engine
            path.write_bytes(seal(identity, draft, rows, (self.above,), source.randbytes, columns))
        self.files.append(path)
        self.lines += len(rows)
        return keys.to_bytes(identity), path

    def _member(self, number: int, at: int, member: str, branches: list[str]) -> Member:
        """The first of a commune has the national id of the first of the commune before."""
        national_id = f"0{(number - number % 2 if at == 0 else number) * 100_000 + at:011}"
        name = f"{_FAMILY[at % len(_FAMILY)]} Thị {_GIVEN[at // len(_FAMILY) % len(_GIVEN)]}"
        values = {
            "full_name": name,
            "birth": f"{1950 + at % 50}-{at % 12 + 1:02}-{at % 28 + 1:02}",
            "branch": branches[at % len(branches)],
            "code": f"HV{at:05}",
            "national_id": national_id,
            "joined": f"{2000 + at % 25}",
        }
        return Member(member, values)

    def _rows(self, source: random.Random, branches: list[str]) -> list[Row]:
        rows: list[Row] = [Closing(OCTOBER, 1, date(2026, 11, 2))]
        rows += [Branch(one, f"CH{at:02}", f"Chi hội {at}") for at, one in enumerate(branches, 1)]
        for place in ("", *branches):
            for at, code in enumerate(self.codes):
                most = self.members if not place else self.members // self.branches
                whole = most if at % 3 == 0 else None
                value = most if code == MEMBERS else source.randrange(most + 1)
                rows.append(Indicator(OCTOBER, 1, place, code, value, whole, ytd_num=value, ytd_den=whole))
                if not place:
                    self.sums[code, "num"] += value
                    self.sums[code, "den"] += whole or 0
            for kind, names in ACTIVITY_KEYS.items():
                rows.append(Activity(OCTOBER, place, kind, {name: source.randrange(6) for name in names}))
        return rows


def make(office: Office, count: int, members: int, branches: int, folder: Path, *, listed: bool = False) -> Province:
    """A level above knows ``count`` communes, whose files lie in ``folder``. ``listed``: it asks for their members."""
    if listed:
        pack_data.made(office, folder.with_name("pack"), {"profiles/list.toml": pack_data.MEMBERS})
    codes = tuple(one.code for one in office.definitions.indicators_for(OCTOBER).indicators)
    province = Province(office.sending.keys(), codes, members, branches, listed=listed)
    folder.mkdir(exist_ok=True)
    for number in range(1, count + 1):
        key_file, _path = province.add(number, folder)
        trusting.accept(office, key_file)
    return province
