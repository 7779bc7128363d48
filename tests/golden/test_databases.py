"""Databases of every released schema open, whole, with the figures that they had."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from sochihoi.domain.periods import Period
from sochihoi.services.demo.plan import PASSWORD
from sochihoi.services.figures import as_json
from sochihoi.services.opening import open_office
from sochihoi.storage.migrate import HEAD

Row = dict[str, Any]
Figures = dict[str, Any]
GOLDEN = Path(__file__).parent
SCHEMAS = sorted(folder.name for folder in GOLDEN.glob("schema-*") if folder.is_dir())


def test_the_schema_of_today_has_one() -> None:
    assert f"schema-{HEAD}" in SCHEMAS


def changed(known: Figures, now: Figures) -> list[tuple[Row | None, Row | None]]:
    """Every old figure beside what it is now, where that differs or is gone. Indicators that are newer are no change:
    a list of indicators may grow, what a closed month said may not."""
    today = {row["code"]: row for row in now["figures"]}
    old = [(row, today.get(row["code"])) for row in known["figures"]]
    order = [row["code"] for row in now["figures"] if row["code"] in {one["code"] for one in known["figures"]}]
    assert (known["period"], order) == (now["period"], [row["code"] for row in known["figures"]])
    return [(before, after) for before, after in old if before != after]


def unknown_then(known: Figures, now: Figures) -> bool:
    """Whether indicators that came later say nothing of a month that was closed before they were counted."""
    codes = {row["code"] for row in known["figures"]}
    return all(row["value"] is None for row in now["figures"] if row["code"] not in codes)


def test_an_old_figure_that_changes_is_found_and_a_new_one_is_let_through() -> None:
    row = {"code": "a", "label": "A", "value": 1}
    later = {"code": "b", "label": "B", "value": None}
    known = {"period": "2026-08", "figures": [row]}
    assert changed(known, {"period": "2026-08", "figures": [row, later]}) == []
    other = {"period": "2026-08", "figures": [row | {"value": 2}, later]}
    assert changed(known, other) == [(row, row | {"value": 2})]
    with pytest.raises(AssertionError):
        changed(known, {"period": "2026-08", "figures": [later]})
    assert not unknown_then(known, {"period": "2026-08", "figures": [row, later | {"value": 0}]})


@pytest.mark.parametrize("schema", SCHEMAS)
def test_it_opens_whole_with_its_figures(schema: str, tmp_path: Path) -> None:
    for name in ("sochihoi.db", "keyring.json"):
        shutil.copyfile(GOLDEN / schema / name, tmp_path / name)
    office = open_office(tmp_path, PASSWORD)
    try:
        assert office.store.findings() == ()
        known = json.loads((GOLDEN / f"{schema}.json").read_text(encoding="utf-8"))
        now = as_json(office.figures.of(Period.month(2026, 8)))
        assert changed(known, now) == []
        assert unknown_then(known, now)
        assert len(office.people.rows("ALL")) > 20
    finally:
        office.close()
