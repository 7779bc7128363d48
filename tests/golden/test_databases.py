"""Databases of every released schema open, whole, with the figures that they had."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from sochihoi.domain.periods import Period
from sochihoi.services.demo.plan import PASSWORD
from sochihoi.services.figures import as_json
from sochihoi.services.opening import open_office
from sochihoi.storage.migrate import HEAD

GOLDEN = Path(__file__).parent
SCHEMAS = sorted(folder.name for folder in GOLDEN.glob("schema-*") if folder.is_dir())


def test_the_schema_of_today_has_one() -> None:
    assert f"schema-{HEAD}" in SCHEMAS


@pytest.mark.parametrize("schema", SCHEMAS)
def test_it_opens_whole_with_its_figures(schema: str, tmp_path: Path) -> None:
    for name in ("sochihoi.db", "keyring.json"):
        shutil.copyfile(GOLDEN / schema / name, tmp_path / name)
    office = open_office(tmp_path, PASSWORD)
    try:
        assert office.store.findings() == ()
        known = json.loads((GOLDEN / f"{schema}.json").read_text(encoding="utf-8"))
        assert as_json(office.figures.of(Period.month(2026, 8))) == known
        assert len(office.people.rows("ALL")) > 20
    finally:
        office.close()
