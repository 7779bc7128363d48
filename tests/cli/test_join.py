"""``join``: the other commune's backup and its password, tried first, then one act."""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path

import pytest

from sochihoi.cli.frame import main
from sochihoi.services.opening import open_office
from tests.joining_data import MOMENT, OTHER_PASSWORD, PASSWORD, backup_of, fill, make_other
from tests.offices import around, make_office

_calls = count()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOCHIHOI_PASSWORD", PASSWORD)
    monkeypatch.setenv("SOCHIHOI_OTHER_PASSWORD", OTHER_PASSWORD)
    backup_of(make_other(tmp_path / "other"), tmp_path / "other.hpnbak")
    made = make_office(tmp_path / "commune", moment=MOMENT)
    fill(made, members=10)
    made.close()
    return tmp_path / "commune"


def run(folder: Path, *words: str) -> int:
    file = str(folder.parent / "other.hpnbak")
    return main(["--data", str(folder), "join", file, *words], around(f"call {next(_calls)}", MOMENT))


def members(folder: Path) -> int:
    office = open_office(folder, PASSWORD, around=around("look", MOMENT))
    try:
        return len(office.people.rows("CURRENT"))
    finally:
        office.close()


def test_it_is_tried_then_done_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "--on", "2026-11-01", "--dry-run", "--json") == 0
    said = capsys.readouterr()
    told = json.loads(said.out)
    assert (told["stored"], told["name"], told["rows"]["membership"]) == (False, "xã Hòa Mỹ", 45)
    assert [sum(line["members"] for line in told[side]) for side in ("before", "other", "after")] == [50, 45, 95]
    assert {"noun": "membership", "old": "HP00001", "new": "HP00051"} in told["codes"]
    assert "xã Hòa Mỹ" in said.err
    assert members(folder) == 50
    assert run(folder, "--on", "2026-11-01", "--json") == 0
    assert json.loads(capsys.readouterr().out)["stored"] is True
    assert members(folder) == 95
    asked = ["--data", str(folder), "joined", "--period", "2026-09", "--json"]
    assert main(asked, around("look", MOMENT)) == 0
    (book,) = json.loads(capsys.readouterr().out)
    figures = {row["code"]: row["value"] for row in book["figures"]}
    assert (book["closed"], figures["org.members"], Path(book["backup"]).exists()) == (["2026-09"], 45, True)
    assert run(folder, "--on", "2026-11-01") == 1  # it joined already
    assert "xã Hòa Mỹ" in capsys.readouterr().err


def test_without_its_password_or_with_a_wrong_one_nothing_happens(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOCHIHOI_OTHER_PASSWORD", "khong-phai-mat-khau")
    assert run(folder) == 1
    monkeypatch.delenv("SOCHIHOI_OTHER_PASSWORD")
    assert run(folder) == 1  # no terminal to ask at
    assert run(folder, "--on", "1.11.2026") == 2
    assert capsys.readouterr().out == ""
    assert members(folder) == 50
