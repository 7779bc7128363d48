"""Communes for tests: made through the services, with a clock that stands still and a light password."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from random import Random

from sochihoi.domain.ids import seeded
from sochihoi.services.office import Office
from sochihoi.services.official_units import OfficialCommune
from sochihoi.services.opening import Surroundings, make_commune, make_receiver
from sochihoi.storage.vault import LIGHTEST

PASSWORD = "hoa-sen-no-2026"
MOMENT = datetime(2026, 10, 26, 2, 42, tzinfo=UTC)
COMMUNE = OfficialCommune(code="99001", name="Hòa Phú", kind="xã", province_code="99", province_name="Tỉnh Mẫu")


def records_above() -> str:
    """Where the next level above keeps its records: in its folder, or the address of a server (``both_engines``)."""
    return ""


def around(seed: str = "test", moment: datetime = MOMENT, *, demo: bool = False) -> Surroundings:
    """A clock that stands still, random bytes and ids that follow from the seed."""
    source = Random(seed)  # noqa: S311 - the same seed must give the same bytes
    return Surroundings(now=lambda: moment, random=source.randbytes, ids=seeded(seed), cost=LIGHTEST, demo=demo)


def make_office(folder: Path, seed: str = "test", moment: datetime = MOMENT, *, demo: bool = False) -> Office:
    """An empty commune."""
    made = make_commune(
        folder,
        COMMUNE,
        above="Hội LHPN tỉnh Mẫu",
        password=PASSWORD,
        officer="Trần Thị Mẫu",
        around=around(seed, moment, demo=demo),
    )
    return made.office


def make_above(folder: Path, seed: str = "above", moment: datetime = MOMENT, *, demo: bool = False) -> Office:
    """An empty level above."""
    made = make_receiver(
        folder,
        code="99",
        name="tỉnh Mẫu",
        password=PASSWORD,
        server=records_above(),
        around=around(seed, moment, demo=demo),
    )
    return made.office
