"""Settings of targets come back as they were kept; empty ones go."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
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
    one = TargetSetting("1", "supervision_base_n", "2026", Decimal(2), Direction.OVER)
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


@pytest.mark.parametrize("value", ["0", "95", "37.5", "8.4", "0.1", "99.99", "66.67"])
def test_a_value_comes_back_exactly_as_it_was_written(office: Office, value: str) -> None:
    with office.write("test") as work:
        work.targets.put(TargetSetting("1", "victim_support_pct", "2025-2030", Decimal(value)))
        batch = work.batch
    with office.read() as work:
        (kept,) = work.targets.of(["2025-2030"]).values()
    assert (kept.value, str(kept.value)) == (Decimal(value), value)
    with office.write("test") as work:
        work.revert(batch)  # the journal says the same number
        assert work.targets.of(["2025-2030"]) == {}


def test_a_setting_that_says_nothing_is_taken_away(office: Office) -> None:
    with office.write("test") as work:
        work.targets.put(TargetSetting("1", "supervision_base_n", "2026", Decimal(2)))
    with office.write("test") as work:
        work.targets.put(TargetSetting("1", "supervision_base_n", "2026"))
    with office.read() as work:
        assert work.targets.of(["2026"]) == {}
