"""``part`` and ``init --from-part``: one file from one commune to the next."""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path

import pytest

from sochihoi.cli.frame import main
from sochihoi.services.opening import open_office
from tests.joining_data import MOMENT, PASSWORD
from tests.offices import around, make_office
from tests.people_data import add_members

_calls = count()
PLAN = """
on = 2026-11-01
branches = ["ấp an hòa"]
code = "99005"
name = "xã Hòa Tân"
decision = "15/NQ-HĐND"
"""


def run(folder: Path, *words: str) -> int:
    return main(["--data", str(folder), *words], around(f"call {next(_calls)}", MOMENT))


def codes(folder: Path) -> list[str]:
    office = open_office(folder, PASSWORD, around=around("look", MOMENT))
    try:
        return sorted(row.code for row in office.people.rows("CURRENT"))
    finally:
        office.close()


def test_from_one_book_to_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOCHIHOI_PASSWORD", PASSWORD)
    monkeypatch.setenv("SOCHIHOI_PART_PASSWORD", "tach-xa-nam-2026")
    old, new, plan, file = (tmp_path / name for name in ("old", "new", "plan.toml", "tan.hpnpart"))
    made = make_office(old, moment=MOMENT)
    for branch, members in (("Ấp An Hòa", 3), ("Ấp Bưng Cốc", 4)):
        add_members(made, branch, members)
    made.close()
    plan.write_text(PLAN.replace("an hòa", "xa lạ"), "utf-8")
    assert run(old, "part", str(plan), "--dry-run") == 1  # no such branch
    plan.write_text(PLAN, "utf-8")
    assert run(old, "part", str(plan)) == 2  # no file is named
    capsys.readouterr()
    assert run(old, "part", str(plan), "--dry-run", "--json") == 0
    said = capsys.readouterr()
    told = json.loads(said.out)
    assert [sum(line["members"] for line in told[side]) for side in ("before", "stay", "go")] == [7, 4, 3]
    assert (told["stored"], file.exists()) == (False, False)
    assert run(old, "part", str(plan), "--out", str(file)) == 0
    assert len(codes(old)) == 4
    capsys.readouterr()
    assert run(new, "init", "--from-part", str(file), "--level", "COMMUNE") == 2
    monkeypatch.setenv("SOCHIHOI_PART_PASSWORD", "khong-phai-mat-khau")
    assert run(new, "init", "--from-part", str(file)) == 1
    assert not (new / "keyring.json").exists()
    monkeypatch.setenv("SOCHIHOI_PART_PASSWORD", "tach-xa-nam-2026")
    assert run(new, "init", "--from-part", str(file), "--above", "Hội LHPN tỉnh Mẫu") == 0
    assert "99005" in capsys.readouterr().err
    assert codes(new) == ["HP00001", "HP00002", "HP00003"]
