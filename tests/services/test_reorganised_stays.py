"""Whose branch or cell was reorganised: that is the reason of her new stay, and she neither came nor went."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from sochihoi.domain.periods import Period
from sochihoi.domain.reorganisation import Kind, Plan, reorganised_by
from sochihoi.services.office import Office
from sochihoi.ui.words.reorganise import reason_words
from tests.offices import make_office
from tests.people_data import add_branch, add_members

DAY, OCTOBER = date(2026, 10, 15), Period.month(2026, 10)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "commune")
    yield made
    made.close()


def test_whose_cell_moved_was_not_transferred_and_neither_came_nor_went(office: Office) -> None:
    (member, *_rest) = add_members(office, "Ấp Một", 6, cells=2)
    add_members(office, "Ấp Hai", 3)
    (_one, cells), (two, _none) = add_branch(office, "Ấp Một"), add_branch(office, "Ấp Hai")
    sheet = {row.indicator.code: row.now.value for row in office.figures.of(OCTOBER).rows}
    office.setup.reorganising.commit(Plan(Kind.MOVE_CELL, DAY, (cells[0],), target=two, decision="12/QĐ-BTV"))
    moved = [row.membership_id for row in office.people.rows() if row.branch_id == two and row.cell]
    assert member in moved
    before, stay = office.people.detail(member).placements
    assert reorganised_by(stay.reason) == (Kind.MOVE_CELL, "12/QĐ-BTV")
    assert reason_words(stay.reason) == "Tổ của chị chuyển sang chi hội khác · 12/QĐ-BTV"
    assert reorganised_by(before.reason) == (None, "")
    assert reorganised_by("Lấy chồng ấp bên") == (None, "Lấy chồng ấp bên")
    after = {row.indicator.code: row.now.value for row in office.figures.of(OCTOBER).rows}
    for code in ("org.members", "org.joined", "org.left", "org.net", "org.net_counted"):
        assert after[code] == sheet[code]
