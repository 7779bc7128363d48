"""Score sheets come back as they were kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from sochihoi.domain.rubric import Title
from sochihoi.domain.scoring import BranchScore, ScoreState
from sochihoi.services.office import Office
from tests.offices import make_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "data")
    yield made
    made.close()


def test_sheets_of_a_year(office: Office) -> None:
    north, south = (unit.id for unit in office.setup.add_branches(["Ấp Bắc", "Ấp Nam"]))
    rows = {"1": {"self": "9.5", "verified": "9.0", "reason": "thiếu biên bản"}}
    scored = BranchScore("1", north, 2026, "model-branch-suggested", "1", ScoreState.SELF_SCORED, rows)
    held = BranchScore(
        "2",
        south,
        2025,
        "model-branch-suggested",
        "1",
        ScoreState.REPORTED,
        title=Title.MODEL,
        recognised_on=date(2025, 12, 31),
    )
    with office.write("test") as work:
        work.scores.add([scored, held])
    with office.read() as work:
        assert work.scores.of_year(2026) == {north: scored}
        assert work.scores.of_year(2026)[north].line("1").verified == Decimal("9.0")
        assert work.scores.years() == (2025, 2026)
        assert work.scores.decisions(before=2026) == [(2025, south, Title.MODEL)]
        assert work.scores.decisions(before=2025) == []


def test_a_sheet_taken_off_makes_room_for_a_new_one(office: Office) -> None:
    north = office.setup.add_branches(["Ấp Bắc"])[0].id
    first = BranchScore("1", north, 2026, "model-branch-suggested", "1", note="cũ")
    with office.write("test") as work:
        work.scores.add([first])
        work.scores.remove(["1"], date(2026, 10, 1))
        assert work.scores.of_year(2026) == {}
    with office.write("test") as work:
        work.scores.add([BranchScore("2", north, 2026, "model-branch-suggested", "1")])
    with office.read() as work:
        assert [one.note for one in work.scores.of_year(2026).values()] == [""]
