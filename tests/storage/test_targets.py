"""Settings of targets come back as they were kept; empty ones go."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sochihoi.domain.targets import Direction, TargetSetting
from sochihoi.services.office import Office
from tests.offices import make_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "data")
    yield made
    made.close()


def test_settings_of_a_year_and_a_term(office: Office) -> None:
    one = TargetSetting("1", "supervision_base_n", "2026", 2, Direction.OVER)
    other = TargetSetting("2", "victim_support_pct", "2025-2030", None, None, 4, 5, "sổ")
    with office.write("test") as work:
        work.targets.put(one)
        work.targets.put(other)
    with office.read() as work:
        assert work.targets.of(["2026", "2025-2030"]) == {
            ("supervision_base_n", "2026"): one,
            ("victim_support_pct", "2025-2030"): other,
        }
        assert work.targets.of(["2027"]) == {}


def test_a_setting_that_says_nothing_is_taken_away(office: Office) -> None:
    with office.write("test") as work:
        work.targets.put(TargetSetting("1", "supervision_base_n", "2026", 2))
    with office.write("test") as work:
        work.targets.put(TargetSetting("1", "supervision_base_n", "2026"))
    with office.read() as work:
        assert work.targets.of(["2026"]) == {}
