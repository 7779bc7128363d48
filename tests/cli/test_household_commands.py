"""``households`` writes what ``import-households`` reads; each says how it ended."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from offices import PASSWORD, around, make_office
from openpyxl import load_workbook
from people_data import add_members

from sochihoi.cli import households, members
from sochihoi.cli.frame import DONE, MENDABLE, Commands
from tests.cli import inside

Run = Callable[..., tuple[int, str, str]]


def both(commands: Commands) -> None:
    """Both lists have their commands: each must know the other's file."""
    households.register(commands)
    members.register(commands)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The commands on a commune with three members, each in a household of her own."""
    monkeypatch.setenv("SOCHIHOI_PASSWORD", PASSWORD)
    folder = tmp_path / "commune"
    office = make_office(folder)
    add_members(office, count=3)
    office.households.make_for([row.membership_id for row in office.people.rows()])
    office.close()
    calls = count()

    def call(*arguments: str) -> tuple[int, str, str]:
        return inside.call(both, folder, around(f"call {next(calls)}"), *arguments)

    return call


def test_the_list_goes_out_is_changed_and_comes_in(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "ho.xlsx"
    assert run("households", "--out", str(path))[0] == DONE
    assert run("households", "--out", str(path))[0] == MENDABLE  # it is there
    assert run("households", "--out", str(path), "--force")[0] == DONE
    book = load_workbook(path)
    sheet = book.active
    assert sheet is not None
    sheet["E4"], sheet["G5"] = "Số 77", "hộ vàng"
    book.save(path)
    code, out, err = run("import-households", str(path), "--dry-run", "--json")
    told = json.loads(out)
    assert (code, told["changed"], told["present"], told["refused"], told["stored"]) == (MENDABLE, 1, 1, 1, 0)
    assert [one["reasons"][0]["code"] for one in told["findings"] if one["reasons"]] == ["GROUP_UNKNOWN"]
    assert [one["field"] for one in told["columns"][0]["columns"]][:3] == ["code", "head_code", "head"]
    assert "Mã hộ → Mã hộ" in err
    assert "hộ vàng" in err
    mended = tmp_path / "xem-lai.xlsx"
    assert run("import-households", str(path), "--dry-run", "--annotated", str(mended))[0] == MENDABLE
    page = load_workbook(mended).active
    assert page is not None
    assert page["G5"].fill.fgColor.rgb == "FFF4B6B6"
    assert "hộ vàng" in str(page["G5"].comment.text)
    assert next(cell.value for cell in page["L"] if cell.value) == "Cần xem lại"
    assert page["L5"].value == "Diện hộ: không có diện hộ này (“hộ vàng”)"
    assert page["L4"].value is None
    assert json.loads(run("import-households", str(path), "--json")[1])["stored"] == 1
    assert json.loads(run("import-households", str(path), "--json")[1])["stored"] == 0


def test_each_command_knows_its_list(run: Run, tmp_path: Path) -> None:
    homes, persons = tmp_path / "ho.csv", tmp_path / "hv.csv"
    run("households", "--out", str(homes))
    run("members", "--out", str(persons))
    code, _out, err = run("import-members", str(homes))
    assert code == MENDABLE
    assert "import-households" in err
    assert run("import-households", str(persons))[0] == MENDABLE
    assert run("import-households", str(homes))[0] == DONE


def test_a_mapping_says_what_unknown_titles_hold(run: Run, tmp_path: Path) -> None:
    path, mapping = tmp_path / "ho.csv", tmp_path / "cot.json"
    path.write_text("Bà nào đứng tên;Ở ấp nào;Chỗ ở\nKim Thị Mới;Ấp An Hòa;Số 9\n", encoding="utf-8-sig")
    assert run("import-households", str(path))[0] == MENDABLE
    columns = {"Bà nào đứng tên": "head", "Ở ấp nào": "branch", "Chỗ ở": "address"}
    mapping.write_text(json.dumps({"columns": columns}), encoding="utf-8")
    code, out, _err = run("import-households", str(path), "--mapping", str(mapping), "--json")
    assert (code, json.loads(out)["new"]) == (DONE, 1)
    mapping.write_text(json.dumps({"columns": {"Chỗ ở": "national_id"}}), encoding="utf-8")
    code, _out, err = run("import-households", str(path), "--mapping", str(mapping))
    assert code == MENDABLE
    assert "national_id" in err
