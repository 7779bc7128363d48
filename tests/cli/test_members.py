"""``import-members`` and ``members``: what goes to standard output, and how each call ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from offices import PASSWORD, around, make_office
from openpyxl import Workbook, load_workbook

from sochihoi.cli.frame import DONE, MENDABLE, USAGE
from sochihoi.cli.members import register
from tests.cli.inside import call

DATA = Path(__file__).parent.parent / "intake" / "data"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The two commands on a commune of their own: exit code, standard output, standard error."""
    monkeypatch.setenv("SOCHIHOI_PASSWORD", PASSWORD)
    folder = tmp_path / "commune"
    make_office(folder).close()
    calls = count()

    def run_(*arguments: str) -> tuple[int, str, str]:
        return call(register, folder, around(f"call {next(calls)}"), *arguments)  # ids of a new process are other ids

    return run_


def a_list(path: Path, *rows: tuple[object, ...]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(("STT", "Họ và tên", "Ngày sinh", "Số điện thoại", "Chi hội"))
    for number, row in enumerate(rows, 1):
        sheet.append((number, *row))
    book.save(path)
    return path


def members(run: Run, *more: str) -> list[dict[str, Any]]:
    code, out, _err = run("members", "--json", *more)
    assert code == DONE
    found: list[dict[str, Any]] = json.loads(out)
    return found


def test_what_was_imported_comes_out_as_it_was(run: Run) -> None:
    code, _out, err = run("import-members", str(DATA / "hoi-vien-1.xlsx"))
    wanted = json.loads((DATA / "hoi-vien-1.json").read_text(encoding="utf-8"))
    assert code == DONE, err
    found = members(run)
    assert [one.pop("code") for one in found] == [f"HP{n:05}" for n in range(1, len(wanted) + 1)]
    assert found == wanted


def test_the_same_list_again_stores_nobody(run: Run) -> None:
    run("import-members", str(DATA / "hoi-vien-1.xlsx"))
    code, out, _err = run("import-members", str(DATA / "hoi-vien-1.xlsx"), "--json")
    told = json.loads(out)
    assert (code, told["new"], told["present"], told["stored"]) == (DONE, 0, 400, 0)
    assert len(members(run)) == 400


def test_a_refused_row_ends_with_one_the_rest_being_stored(run: Run, tmp_path: Path) -> None:
    path = a_list(tmp_path / "l.xlsx", ("Lê Thị Đúng", "1970", "", "Ấp A"), ("Lê Thị Sai", "31/02/1970", "", "Ấp A"))
    code, out, err = run("import-members", str(path), "--json", "--dry-run")
    told = json.loads(out)
    assert (code, told["dry_run"], told["new"], told["refused"], told["stored"]) == (MENDABLE, True, 1, 1, 0)
    assert told["branches"] == ["Ấp A"]
    refused = next(one for one in told["findings"] if one["fate"] == "REFUSED")
    assert (refused["row"], refused["reasons"][0]["code"], refused["reasons"][0]["column"]) == (
        3,
        "DATE_IMPOSSIBLE",
        "Ngày sinh",
    )
    assert "31/02/1970" in err
    assert members(run) == []
    code, out, _err = run("import-members", str(path), "--json")
    assert (code, json.loads(out)["stored"]) == (MENDABLE, 1)
    assert [one["name"] for one in members(run)] == ["Lê Thị Đúng"]


def test_only_refused_rows_store_nothing_and_end_with_one(run: Run, tmp_path: Path) -> None:
    path = a_list(tmp_path / "l.xlsx", ("Lê Thị Sai", "31/02/1970", "", "Ấp A"))
    code, out, _err = run("import-members", str(path), "--json")
    assert (code, json.loads(out)["stored"]) == (MENDABLE, 0)


def test_doubtful_rows_can_be_left_out(run: Run, tmp_path: Path) -> None:
    path = a_list(tmp_path / "l.xlsx", ("Lê Thị Đúng", "1970", "", "Ấp A"), ("Lê Thị Lạ", "1970", "12", "Ấp B"))
    code, out, _err = run("import-members", str(path), "--json", "--skip-doubtful")
    told = json.loads(out)
    assert (code, told["doubtful"], told["stored"], told["branches"]) == (DONE, 1, 1, ["Ấp A"])


@pytest.fixture
def doubtful(tmp_path: Path) -> Path:
    """A list with a good row, a doubtful one alone in its branch, and a refused one."""
    return a_list(
        tmp_path / "l.xlsx",
        ("Lê Thị Đúng", "1970", "", "Ấp A"),
        ("Lê Thị Lạ", "1970", "12", "Ấp B"),
        ("Lê Thị Sai", "31/02/1970", "", "Ấp C"),
    )


def test_only_what_was_made_is_named(run: Run, doubtful: Path) -> None:
    code, _out, err = run("import-members", str(doubtful), "--skip-doubtful", "--dry-run")
    assert (code, "Chi hội sẽ lập thêm: Ấp A." in err, "sẽ để ngoài" in err) == (MENDABLE, True, True)
    code, _out, err = run("import-members", str(doubtful), "--skip-doubtful")
    assert (code, "Chi hội mới: Ấp A." in err, "đã để ngoài" in err) == (MENDABLE, True, True)
    assert [one["branch"] for one in members(run)] == ["Ấp A"]
    code, _out, err = run("import-members", str(doubtful))
    assert (code, "Chi hội mới: Ấp B." in err, "đã được đánh dấu" in err) == (MENDABLE, True, True)
    code, _out, err = run("import-members", str(doubtful))
    assert (code, "Chi hội" in err) == (MENDABLE, False)


def test_a_dry_run_says_what_would_be(run: Run, doubtful: Path) -> None:
    code, _out, err = run("import-members", str(doubtful), "--dry-run")
    assert (code, "Chi hội sẽ lập thêm: Ấp A, Ấp B." in err, "sẽ được đánh dấu" in err) == (MENDABLE, True, True)
    assert "đã được đánh dấu" not in err
    assert "Chi hội mới" not in err
    assert "Chưa ghi gì" in err


def test_a_dry_run_says_what_would_change_and_hides_what_is_sensitive(run: Run, tmp_path: Path) -> None:
    titles = ("STT", "Họ và tên", "Ngày sinh", "Số điện thoại", "Chi hội", "Số CCCD", "Dân tộc", "Diện hộ")
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(titles)
    for number in range(1, 34):
        sheet.append((number, f"Lê Thị {number}", "1970", f"09120000{number:02}", "Ấp A", "", "Kinh", ""))
    sheet.append((34, "Lê Thị 1", "1970", "", "Ấp B", "", "Kinh", ""))
    book.save(tmp_path / "l.xlsx")
    _code, _out, err = run("import-members", str(tmp_path / "l.xlsx"))
    assert "dòng 35, Lê Thị 1: Có thể trùng với dòng 2 (cùng họ tên, cùng năm sinh, khác chi hội)." in err
    assert "1 dòng có thể là người đã có ở dòng khác" in err
    for row in range(2, 35):
        sheet.cell(row, 4).value = "0987654321"
    for column, value in ((3, "08/03/1970"), (6, "094170006538"), (7, "Hoa"), (8, "Hộ nghèo")):
        sheet.cell(2, column).value = value
    book.save(tmp_path / "l.xlsx")
    code, out, err = run("import-members", str(tmp_path / "l.xlsx"), "--dry-run", "--json")
    assert (code, json.loads(out)["changed"], json.loads(out)["namesakes"]) == (DONE, 33, 0)
    (first,) = (line for line in err.splitlines() if "dòng 2, Lê Thị 1: " in line)
    assert "Ngày sinh: 1970 → 08/03/1970; Dân tộc: ••••; Căn cước: — → •••• •••• 6538; " in first
    assert "Điện thoại: 0912 000 001 → 0987 654 321; Diện hộ: — → Hộ nghèo" in first
    assert "094170006538" not in err
    assert "Hoa" not in first
    assert "Và 3 dòng nữa như vậy." in err


def test_rows_are_named_with_their_sheet(run: Run, doubtful: Path) -> None:
    book = load_workbook(doubtful)
    assert book.active is not None
    book.active.title = "Danh sách 1"
    other = book.copy_worksheet(book.active)
    other.title = "Danh sách 2"
    for row in (2, 3, 4):
        other.cell(row, 2).value = f"Phạm Thị {row}"
    book.save(doubtful)
    _code, _out, err = run("import-members", str(doubtful), "--dry-run")
    for sheet in ("Danh sách 1", "Danh sách 2"):
        assert f"Trang “{sheet}”, dòng 3, cần xem lại: Số điện thoại: " in err
        assert f"Trang “{sheet}”, dòng 4, bị từ chối: Ngày sinh: " in err


def test_another_commune_is_warned_of_once(run: Run, tmp_path: Path) -> None:
    book = Workbook()
    for number in (1, 2, 3):
        sheet = book.create_sheet(f"Tờ {number}")
        sheet.append(("DANH SÁCH HỘI VIÊN XÃ THỚI HƯNG",))
        sheet.append(("STT", "Họ và tên", "Ngày sinh", "Chi hội"))
        sheet.append((1, f"Lê Thị {number}", "1970", "Ấp A"))
    book.save(tmp_path / "l.xlsx")
    for row in (("Bà nào", "Hồi nào"), ("Lê Thị Lan", "1970")):
        book["Sheet"].append(row)
    book.save(tmp_path / "l.xlsx")
    _code, out, err = run("import-members", str(tmp_path / "l.xlsx"), "--dry-run", "--json")
    assert err.count("THỚI HƯNG") == 1
    assert (json.loads(out)["sheets_not_read"], "ở trang “Sheet”" in err) == (["Sheet"], True)


def test_the_annotated_list_says_what_becomes_of_each_row(run: Run, tmp_path: Path) -> None:
    path = a_list(tmp_path / "l.xlsx", ("Lê Thị Đúng", "1970", "", "Ấp A"), ("Lê Thị Sai", "31/02/1970", "", "Ấp A"))
    target = tmp_path / "out.xlsx"
    run("import-members", str(path), "--dry-run", "--annotated", str(target))
    sheet = load_workbook(target).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[1] for row in rows] == ["Họ và tên", "Lê Thị Đúng", "Lê Thị Sai"]
    assert [row[5] for row in rows[:2]] == ["Cần xem lại", None]
    assert "31/02/1970" in str(rows[2][5])
    code, _out, _err = run("import-members", str(path), "--dry-run", "--annotated", str(target))
    assert code == MENDABLE


def test_a_mapping_file_says_which_column_is_which(run: Run, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(("Chị nào", "Tuổi đời", "Chi hội"))
    sheet.append(("Lê Thị Hai", "1981", "Ấp A"))
    book.save(tmp_path / "l.xlsx")
    mapping = tmp_path / "m.json"
    mapping.write_text(json.dumps({"columns": {"Chị nào": "name", "Tuổi đời": "birth"}}), encoding="utf-8")
    assert run("import-members", str(tmp_path / "l.xlsx"))[0] == MENDABLE
    assert run("import-members", str(tmp_path / "l.xlsx"), "--mapping", str(mapping))[0] == DONE
    assert [one["birth_year"] for one in members(run)] == [1981]


def test_a_file_that_is_no_list_is_a_sentence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_text("không phải bảng", encoding="utf-8")
    code, out, err = run("import-members", str(tmp_path / "x.xlsx"))
    assert (code, out) == (MENDABLE, "")
    assert "x.xlsx" in err


def test_a_search_needs_no_marks_and_a_list_is_an_export_in_the_journal(run: Run, tmp_path: Path) -> None:
    from sochihoi.services.opening import open_office

    path = a_list(
        tmp_path / "l.xlsx", ("Đặng Thị Hòa", "1970", "0912345678", "Ấp A"), ("Lê Thị Ba", "1971", "", "Ấp A")
    )
    run("import-members", str(path))
    assert [one["name"] for one in members(run, "--search", "dang hoa")] == ["Đặng Thị Hòa"]
    code, out, _err = run("members", "--search", "0912 345")
    assert (code, out.split("\t")[1]) == (DONE, "Đặng Thị Hòa")
    office = open_office(tmp_path / "commune", PASSWORD, around=around())
    assert [act.act for act in office.history.acts(2)] == ["members.export", "members.export"]
    office.close()


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_whole_list_goes_out_and_comes_back(ending: str, run: Run, tmp_path: Path) -> None:
    run("import-members", str(DATA / "hoi-vien-1.xlsx"))
    out = tmp_path / f"ra.{ending}"
    assert run("members", "--out", str(out))[0] == DONE
    code, told, err = run("import-members", str(out), "--dry-run", "--json")
    assert code == DONE, err
    assert (json.loads(told)["present"], json.loads(told)["rows"]) == (400, 400)
    assert run("members", "--out", str(out))[0] == MENDABLE
    assert run("members", "--out", str(out), "--force")[0] == DONE


def test_wrong_usage(run: Run) -> None:
    assert run("import-members")[0] == USAGE
    assert run("members", "--nothing")[0] == USAGE


def test_letters_of_old_fonts_are_told_for_each_column(run: Run) -> None:
    code, out, err = run("import-members", str(DATA / "hoi-vien-3.xls"), "--dry-run", "--json")
    (header,) = json.loads(out)["columns"]
    name = next(one for one in header["columns"] if one["field"] == "name")
    assert (code, header["sheets"], header["chosen"], name["column"], name["title"]) == (
        DONE,
        ["DS"],
        False,
        "B",
        "Họ và tên",
    )
    assert name["letters"] == [{"sheet": "DS", "encoding": "TCVN3", "by": "font", "cells": 151, "lost": []}]
    assert "Họ và tên" in err
    assert "TCVN3 (ABC)" in err


def test_hidden_rows_are_told(run: Run, tmp_path: Path) -> None:
    path = a_list(tmp_path / "l.xlsx", ("Lê Thị Lan", "1970", "", "Ấp A"), ("Lê Thị Liên", "1971", "", "Ấp A"))
    book = load_workbook(path)
    book.worksheets[0].row_dimensions[3].hidden = True
    book.save(path)
    _code, out, _err = run("import-members", str(path), "--dry-run", "--json")
    assert json.loads(out)["hidden"] == [{"sheet": "Sheet", "whole": False, "rows": [3], "columns": []}]
