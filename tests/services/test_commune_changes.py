"""The commune is renamed or merges: from its day on, and no paper of before is another's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from month_data import ENDED, OCTOBER, SEPTEMBER, autumn
from offices import PASSWORD, around, make_office

from sochihoi.domain.reorganisation import DayToCome, UnitNameEmpty
from sochihoi.domain.units import Level, forward
from sochihoi.services.commune_changes import BadCommuneCode, CommuneChange, PapersSince, SameCommune, proposed
from sochihoi.services.office import Office
from sochihoi.services.official_units import OfficialCommune
from sochihoi.services.reporting.proving import prove

DAY = date(2026, 10, 15)
FOUND = OfficialCommune(code="99007", name="Hòa Bình", kind="phường", province_code="99", province_name="Tỉnh Mẫu")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "commune")
    yield made
    made.close()


def told(office: Office, **more: object) -> CommuneChange:
    return replace(proposed(office.commune, DAY, FOUND), **more)  # type: ignore[arg-type]


def test_from_its_day_on_it_has_the_new_name_and_before_the_old_one(office: Office) -> None:
    before = office.commune
    office.setup.change_commune(told(office, joined=("xã Hòa Mỹ", "xã Hòa Phú", "")))
    now = office.commune
    assert (now.code, now.union_name, now.union_line) == (
        "99007",
        "Hội LHPN phường Hòa Bình",
        "HỘI LHPN PHƯỜNG HÒA BÌNH",
    )
    assert now.place == "Phường Hòa Bình"
    assert now.signer_title == before.signer_title
    assert replace(now.on(date(2026, 10, 14)), former=()) == before
    assert now.on(DAY) == now
    units = office.setup.units()
    assert {u.name for u in forward(units, now.unit_id, date(2026, 10, 14))} == {"xã Hòa Phú", "xã Hòa Mỹ"}
    (neighbour,) = [u for u in units if u.name == "xã Hòa Mỹ"]
    assert [u.name for u in forward(units, neighbour.id, DAY)] == ["phường Hòa Bình"]
    assert [u.level for u in forward(units, neighbour.id, DAY)] == [Level.COMMUNE]


def test_the_branches_stay_and_it_is_taken_back_whole(office: Office) -> None:
    autumn(office)
    before, units, figures = office.commune, office.setup.units(), office.figures.of(OCTOBER).cells
    office.setup.change_commune(told(office))
    assert office.figures.of(OCTOBER).cells == figures
    assert office.history.undo().act == "unit.commune"
    assert (office.commune, office.setup.units()) == (before, units)


def test_a_second_change_keeps_both_names_before(office: Office) -> None:
    office.setup.change_commune(told(office, on=date(2026, 10, 1)))
    office.setup.change_commune(told(office, short_name="Hòa Bình Tây", code="99008"))
    now = office.commune
    days = (date(2026, 9, 30), date(2026, 10, 14), DAY)
    assert [now.on(day).short_name for day in days] == ["Hòa Phú", "Hòa Bình", "Hòa Bình Tây"]
    assert now.codes == ("99008", "99001", "99007")
    with pytest.raises(PapersSince):
        office.setup.change_commune(told(office, on=date(2026, 10, 10)))


def test_the_report_of_a_closed_month_keeps_its_name_and_its_code(tmp_path: Path) -> None:
    from datetime import UTC, datetime

    office = make_office(tmp_path / "later", moment=datetime(2026, 11, 20, 2, 42, tzinfo=UTC))
    try:
        autumn(office)
        office.months.close(SEPTEMBER, "Cán bộ chi hội nghỉ")
        paper = office.reports.report("month", office.reports.span(SEPTEMBER.code))
        assert paper.issue is not None
        with pytest.raises(PapersSince):
            office.setup.change_commune(told(office))
        closed_on = paper.issue.on
        assert closed_on > ENDED
        later = make_later(office, tmp_path)
        try:
            later.setup.change_commune(told(later, on=date(2026, 12, 1)))
            again = later.reports.report("month", later.reports.span(SEPTEMBER.code))
            assert again.commune.union_line == "HỘI LHPN XÃ HÒA PHÚ"
            assert again.issue == paper.issue
            proof = prove(later, paper.issue.code)
            assert (proof.unit_code, proof.unit_name) == ("99001", "Hội LHPN xã Hòa Phú")
            draft = later.reports.draft("month", later.reports.span(OCTOBER.code))
            assert draft.commune.union_line == "HỘI LHPN PHƯỜNG HÒA BÌNH"
        finally:
            later.close()
    finally:
        office.close()


def make_later(office: Office, tmp_path: Path) -> Office:
    from datetime import UTC, datetime

    from sochihoi.services.opening import open_office

    folder = office.store.folder.path
    office.close()
    return open_office(folder, PASSWORD, around=around("later", datetime(2026, 12, 5, 2, 0, tzinfo=UTC)))


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"on": date(2026, 11, 1)}, DayToCome),
        ({"code": "9900"}, BadCommuneCode),
        ({"short_name": " "}, UnitNameEmpty),
    ],
)
def test_what_cannot_be_is_refused(office: Office, more: dict[str, object], problem: type[Exception]) -> None:
    with pytest.raises(problem):
        office.setup.change_commune(told(office, **more))
    with pytest.raises(SameCommune):
        office.setup.change_commune(proposed(office.commune, DAY))


def test_a_copy_of_before_is_no_other_unit(office: Office, tmp_path: Path) -> None:
    copy = tmp_path / "before.hpnbak"
    office.backups.make(copy)
    office.setup.change_commune(told(office))
    assert not office.backups.look(copy, PASSWORD).other
