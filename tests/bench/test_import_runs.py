"""A list as large as any commune's comes in in one pass within bounded memory, and stops when it is told to."""

from __future__ import annotations

from pathlib import Path

import pytest

from sochihoi.domain.errors import Cancelled
from tests.bench import bench_import
from tests.offices import make_office

ROOM = 250  # MB that the largest list may need beside the program itself


@pytest.mark.parametrize("rows", [600, pytest.param(12_000, marks=pytest.mark.nightly)])
def test_a_list_comes_in_in_one_pass_within_bounds(tmp_path: Path, rows: int) -> None:
    told = bench_import.run(tmp_path, rows)
    assert (told["people"], told["coming again"]) == (rows, 0)
    assert told["MB"] - told["MB before"] < ROOM


class _Stop:
    """Stops at the second thing that it is told, or a later one."""

    def __init__(self, at: int = 2) -> None:
        self.at = at
        self.told: list[tuple[int, int]] = []

    def step(self, done: int, total: int) -> None:
        self.told.append((done, total))
        if len(self.told) == self.at:
            raise Cancelled


def test_reading_and_bringing_in_say_how_far_they_are_and_stop(tmp_path: Path) -> None:
    bench_import.write(tmp_path / "list.xlsx", 600)
    office = make_office(tmp_path / "commune")
    reading, storing = _Stop(), _Stop(4)
    with pytest.raises(Cancelled):
        office.imports.preview(tmp_path / "list.xlsx", progress=reading)
    assert reading.told == [(250, 601), (500, 601)]
    matching = _Stop(6)  # two of reading, two of doubles within the list, two of those in the register
    with pytest.raises(Cancelled):
        office.imports.preview(tmp_path / "list.xlsx", progress=matching)
    assert matching.told[2:] == [(601, 601), (601, 601), (600, 600), (600, 600)]
    preview = office.imports.preview(tmp_path / "list.xlsx")
    with pytest.raises(Cancelled):
        office.imports.commit(preview, progress=storing)
    assert storing.told == [(0, 600)] * 3 + [(250, 600)]  # matched again, then entered
    assert office.people.rows("ALL") == []
    office.close()
