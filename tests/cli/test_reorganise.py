"""``reorganise``: a file says what the wizard asks."""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from sochihoi.cli.frame import main
from sochihoi.services.opening import open_office
from tests.offices import PASSWORD, around, make_office
from tests.people_data import add_members

SPLIT = """
kind = "split"
on = 2026-10-15
decision = "12/QĐ-BTV"
branches = ["Chi hội Ấp Lớn"]
names = ["Ấp Lớn", "Ấp Nhỏ"]
[[goes]]
to = "ấp nhỏ"
cells = ["Tổ 01"]
members = ["HP00002"]
"""
MOVE = 'kind = "move_cell"\non = 2026-10-15\nbranches = ["Ấp Lớn"]\ncell = "Tổ 1"\nto = "Ấp Hai"\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOCHIHOI_PASSWORD", PASSWORD)
    made = make_office(tmp_path / "commune")
    add_members(made, "Ấp Lớn", 6, cells=2)
    add_members(made, "Ấp Hai", 3)
    made.close()
    return tmp_path / "commune"


_calls = count()


def run(folder: Path, text: str, *words: str) -> int:
    (folder.parent / "plan.toml").write_text(text, encoding="utf-8")
    call = ["--data", str(folder), "reorganise", str(folder.parent / "plan.toml"), *words]
    return main(call, around(f"call {next(_calls)}"))


def members(folder: Path) -> dict[str, int]:
    office = open_office(folder, PASSWORD, around=around("look"))
    try:
        return {row.name: row.members for row in office.setup.branch_rows()}
    finally:
        office.close()


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_a_branch_is_split_once_everybody_has_a_place(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, SPLIT, "--json") == 1
    said = told(capsys)
    assert (said["stored"], len(said["unplaced"])) == (False, 2)
    assert members(folder) == {"Ấp Hai": 3, "Ấp Lớn": 6}
    whole = SPLIT.replace("[[goes]]", 'rest = "Ấp Lớn"\n[[goes]]')
    assert run(folder, whole, "--json", "--dry-run") == 0
    said = told(capsys)
    assert not said["stored"]
    assert [(one["name"], one["members"]) for one in said["after"]] == [("Ấp Lớn", 2), ("Ấp Nhỏ", 4)]
    assert members(folder) == {"Ấp Hai": 3, "Ấp Lớn": 6}
    assert run(folder, whole) == 0
    assert "Ấp Lớn, Ấp Nhỏ" in capsys.readouterr().err
    assert members(folder) == {"Ấp Hai": 3, "Ấp Lớn": 2, "Ấp Nhỏ": 4}


def test_branches_merge_are_renamed_and_a_cell_moves(folder: Path) -> None:
    assert run(folder, MOVE) == 0
    assert members(folder) == {"Ấp Hai": 6, "Ấp Lớn": 3}
    begin = "on = 2026-10-20\n"
    cell = 'kind = "rename"\nbranches = ["Ấp Hai"]\ncell = "Tổ 1"\nnames = ["Tổ Hoa Sen"]\n'
    assert run(folder, begin + cell) == 0
    assert run(folder, begin + 'kind = "rename"\nbranches = ["Ấp Hai"]\nnames = ["Ấp Hạ"]\n') == 0
    assert members(folder) == {"Ấp Hạ": 6, "Ấp Lớn": 3}
    merge = 'kind = "merge"\non = 2026-10-25\nbranches = ["Ấp Hạ", "Ấp Lớn"]\nnames = ["Ấp Chung"]\n'
    assert run(folder, merge) == 0
    assert members(folder) == {"Ấp Chung": 9}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SPLIT.replace("Chi hội Ấp Lớn", "Ấp Không Có"), "Ấp Không Có"),
        (SPLIT.replace("Tổ 01", "Tổ 9"), "Tổ 9"),
        (SPLIT.replace("HP00002", "HP09999"), "HP09999"),
        (SPLIT.replace("members =", 'households = ["HO09999"]\nmembers ='), "HO09999"),
        (SPLIT.replace('to = "ấp nhỏ"', 'to = "Ấp Khác"'), "Ấp Khác"),
        (SPLIT.replace("2026-10-15", "2026-12-15"), "chưa tới"),
        (SPLIT.replace("on = 2026-10-15", ""), "on"),
        (MOVE.replace('["Ấp Lớn"]', '["Ấp Lớn", "Ấp Hai"]'), "branches"),
        ("kind = ", "plan.toml"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(
    text: str, said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, text) == 1
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.out == ""
    assert members(folder) == {"Ấp Hai": 3, "Ấp Lớn": 6}
