"""A small invented province for the golden reports of a level above: five units, four of which sent signed files with
figures that are written here. The clock stands on 3 November 2026.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Final

from sochihoi.domain.ids import seeded
from sochihoi.domain.periods import Period, month_range
from sochihoi.services import trusting
from sochihoi.services.office import Office
from sochihoi.sync.envelope import seal
from sochihoi.sync.identity import Identity, PublicKeys
from sochihoi.sync.manifest import AuditHead, Draft
from sochihoi.sync.rows import Closing, Direction, Indicator, Row, TargetStanding
from tests.exchange_data import MOMENT
from tests.offices import make_above

OCTOBER: Final = Period.month(2026, 10)
MONTHS: Final = tuple(month_range(Period.month(2025, 7), OCTOBER))
UNITS: Final = ("xã Hòa Phú", "xã Tân Lập", "phường Vĩnh Thạnh", "xã Bình An", "xã Phước Hải")  # the last is silent
STATES: Final = {  # at the end of a month: the figure of the first unit, what the next one has more, and a month more
    "org.branches": (6, 1, 0),
    "org.members": (210, 35, 2),
    "org.models": (1, 1, 0),
    "household.members": (180, 30, 0),
}
COUNTS: Final = {  # in a month: of the first unit, what the next has more; they add up from January
    "org.joined": (2, 1),
    "org.left": (1, 0),
    "org.meetings": (6, 1),
    "study.sessions": (1, 1),
    "study.attendances": (40, 9),
    "dues.collected_vnd": (1_500_000, 250_000),
    "welfare.gifts": (4, 2),
    "economy.escaped_poor": (0, 1),
    "household.plaques": (1, 0),
}
SHARES: Final = {  # whole, and per mille of it: of the first unit, what the next has less
    "org.heads_party_pct": ("org.branches", 700, 40),
    "org.gathering_pct": ("org.members", 760, 20),
    "study.resolution_pct": ("org.members", 900, 50),
    "household.mobilised_pct": ("household.members", 990, 10),
}
MET: Final = {"org.attendance_pct": ("org.members", 860, 45), "org.branches_met": ("org.branches", 1000, 90)}
OF_YEAR: Final = {  # per mille of the households in December, and what the next unit has less: begun anew in January
    "household.registered": (980, 0),
    "household.assessed": (960, 20),
    "household.passing": (870, 45),
    "household.newly_passing": (120, 10),
    "household.failed.K1": (30, -5),
    "household.failed.S1": (70, -15),
}


@contextmanager
def golden_above(folder: Path) -> Iterator[Office]:
    """The level above with the files of its units, open."""
    office = make_above(folder / "above", seed="golden", moment=MOMENT)
    try:
        office.setup.save_commune(replace(office.commune, signer_name="Nguyễn Thị Mẫu"))
        files = [unit_file(office, at, name, folder) for at, name in enumerate(UNITS)]
        office.receiving.receive(files[:-1])
        yield office
    finally:
        office.close()


def unit_file(office: Office, at: int, name: str, folder: Path, months: Sequence[Period] = MONTHS) -> Path:
    """Make a unit known; its file of the last of these months."""
    code = f"990{at + 1:02}"
    source, ids = Random(code), seeded(code)  # noqa: S311 - the same bytes each time
    identity = Identity.generate(source.randbytes)
    keys: PublicKeys = identity.public_keys(
        unit=code, name=f"Hội LHPN {name}", level="COMMUNE", installation=ids(), demo=False
    )
    trusting.accept(office, keys.to_bytes(identity))
    draft = Draft(
        file_id=ids(),
        unit=code,
        installation=keys.installation,
        epoch=ids(),
        epoch_no=1,
        seq=1,
        created="2026-11-03T02:00:00Z",
        period=months[-1],
        app="0.1.0",
        audit=AuditHead(1, "ab" * 32),
        prev=None,
        parent=None,
    )
    file = folder / f"HPN_{code}_{months[-1].code}_0001.hpn"
    file.write_bytes(seal(identity, draft, _rows(at, months), (office.sending.keys(),), source.randbytes))
    return file


def _rows(at: int, months: Sequence[Period]) -> list[Row]:
    rows: list[Row] = []
    for number, month in enumerate(months):
        rows.append(Closing(month, 1, month.end if month != OCTOBER else date(2026, 11, 2)))
        states = {code: first + more * at + step * number for code, (first, more, step) in STATES.items()}
        for code, value in states.items():
            rows.append(Indicator(month, 1, "", code, value, None, ytd_num=value))
        for code, (first, more) in COUNTS.items():
            value = first + more * at
            rows.append(Indicator(month, 1, "", code, value, None, ytd_num=value * month.index))
        for code, (whole, share, less) in SHARES.items():
            rows.append(_share(month, code, states[whole] * (share - less * at) // 1000, states[whole]))
        for code, (whole, share, less) in MET.items():
            part = states[whole] * (share - less * at) // 1000
            rows.append(_share(month, code, part, states[whole], month.index))
        homes = states["household.members"]
        judged = {code: homes * (share - less * at) * month.index // 12_000 for code, (share, less) in OF_YEAR.items()}
        rows += [Indicator(month, 1, "", code, value, None, ytd_num=value) for code, value in judged.items()]
        passing, assessed = judged["household.passing"], judged["household.assessed"]
        rows.append(_share(month, "household.passing_pct", passing, homes))
        rows.append(_share(month, "household.passing_of_assessed_pct", passing, assessed))
        studied = states["org.members"] * (900 - 50 * at) // 1000
        rows.append(Indicator(month, 1, "", "study.resolution_persons", studied, None, ytd_num=studied))
        for code, share in (("hh_pass_pct", 870 - 45 * at), ("study_member_pct", 900 - 50 * at)):
            direction = Direction.OVER if code == "hh_pass_pct" else Direction.AT_LEAST
            rows.append(TargetStanding(month, "", code, "2025-2030", direction, share, 85, 1000, 100))
    return rows


def _share(month: Period, code: str, part: int, whole: int, times: int = 1) -> Indicator:
    return Indicator(month, 1, "", code, part, whole, ytd_num=part * times, ytd_den=whole * times)
