"""Two invented communes that become one: the second one's backup, and dumps of a whole database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from sochihoi.domain.people import PositionTitle
from sochihoi.domain.study_forgetting import Forgotten
from sochihoi.services.office import Office
from sochihoi.services.official_units import OfficialCommune
from sochihoi.services.opening import make_commune
from sochihoi.storage.schema import METADATA
from tests.month_data import add_households, add_proposal, add_study, autumn, close_september
from tests.offices import PASSWORD, around

ON = date(2026, 11, 1)
MOMENT = datetime(2026, 11, 20, 2, 42, tzinfo=UTC)
OTHER = OfficialCommune(code="99002", name="Hòa Mỹ", kind="xã", province_code="99", province_name="Tỉnh Mẫu")
OTHER_PASSWORD = "hoa-cuc-no-2026"


def make_other(folder: Path, *, demo: bool = False, members: int = 9) -> Office:
    """A neighbour with branches of the same names, codes and months, and a September that it closed."""
    made = make_commune(
        folder,
        OTHER,
        above="Hội LHPN tỉnh Mẫu",
        password=OTHER_PASSWORD,
        officer="Lê Thị Mỹ",
        around=around("other", MOMENT, demo=demo),
    )
    fill(made.office, members=members)
    with made.office.write("privacy.forget_study") as work:
        work.studies.keep_forgotten("an old campaign", Forgotten((2020, 2020), {}))
    return made.office


def fill(office: Office, *, members: int) -> None:
    """A register, meetings of two months, households with a campaign, a study session, an office in the commune."""
    autumn(office, members=members)
    add_households(office)
    add_study(office, date(2026, 9, 20), 4)
    with office.read() as work:
        first = work.value(select(METADATA.tables["meeting"].c.id))
        root = work.units.get(office.commune.unit_id)
    add_proposal(office, first, "Mở lớp dạy nghề.")
    chair = office.people.rows()[0]
    office.people.appoint(chair.membership_id, PositionTitle.BRANCH_HEAD, chair.branch_id, from_on=date(2026, 1, 1))
    office.people.appoint(chair.membership_id, PositionTitle.CHAIR, root.id, from_on=date(2026, 1, 1))
    close_september(office)


def backup_of(office: Office, file: Path) -> Path:
    """Its backup; the office is closed."""
    office.backups.make(file)
    office.close()
    return file


def dump(office: Office) -> Mapping[str, list[dict[str, Any]]]:
    """Every row of every table but the journal and forms that are being filled in."""
    with office.read() as work:
        return {
            name: [dict(row) for row in work.rows(select(table).order_by(table.c.id))]
            for name, table in METADATA.tables.items()
            if name not in ("journal", "draft")
        }


__all__ = ["MOMENT", "ON", "OTHER", "OTHER_PASSWORD", "PASSWORD", "backup_of", "dump", "fill", "make_other"]
