"""The row of titles, what each title means, and the file that says it otherwise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sochihoi.intake.columns import (
    Field,
    definitions,
    find_header,
    label_key,
    map_columns,
    map_workbook,
    read_mapping_file,
)
from sochihoi.intake.errors import MappingNotUsable, MappingTrouble
from sochihoi.intake.interpret import read_members
from sochihoi.intake.workbook import Sheet, Workbook, read_workbook
from tests.intake.lists import DATA, TODAY, write


def test_no_title_has_two_meanings() -> None:
    """Only family name and household, and "năm" and "nam", look alike without accents; then neither is guessed. "DT" is
    the ethnic group where "ĐT" is the telephone."""
    seen: dict[str, str] = {}
    for field, labels in definitions()["columns"].items():
        for label in labels:
            assert seen.setdefault(label_key(label), field) == field or label in ("Hộ", "ĐT") or field == "birth_male"
    for label, meant in (
        ("Năm sinh năm", Field.BIRTH_YEAR),
        ("NĂM SINH NAM", Field.BIRTH_MALE),
        ("NAM SINH NAM", None),
    ):
        header = find_header(Sheet("a", (("Tên", "Địa chỉ", label),)))
        assert header is not None
        assert next((field for field, place in map_columns(header).columns.items() if place == 2), None) is meant
    for label, field in (("Họ", Field.FAMILY_NAME), ("HỘ", Field.HOUSEHOLD_GROUP), ("HO", None)):
        header = find_header(Sheet("a", (("Tên", "Năm sinh", label),)))
        assert header is not None
        assert (map_columns(header).unknown == ()) is (field is not None)
        assert field is None or map_columns(header).columns[field] == 2
    assert set(definitions()["columns"]) == set(Field)


@pytest.mark.parametrize("label", ["Họ, chữ đệm", "Họ tên lót", "Họ và phần đệm của tên"])
def test_the_first_half_of_a_name_is_not_left_unread(label: str) -> None:
    header = find_header(Sheet("a", (("TT", label, "Tên", "Năm sinh", "Đ.viên"),)))
    assert header is not None
    mapping = map_columns(header)
    assert (mapping.columns[Field.FAMILY_NAME], mapping.columns[Field.PARTY], mapping.unknown) == (1, 4, ())


def test_titles_are_compared_without_accents_and_remarks() -> None:
    assert label_key(" Họ  và\nTÊN (chữ in hoa): ") == "ho va ten"
    assert label_key("CMND/CCCD") == label_key("cmnd - cccd")


def test_the_header_below_title_rows() -> None:
    sheet = read_workbook(DATA / "hoi-vien-2.xlsx").sheets[0]
    header = find_header(sheet)
    assert header is not None
    assert (header.first, header.last) == (5, 6)
    assert header.titles[0] == "HỘI LHPN XÃ TÂN THẠNH"
    mapping = map_columns(header)
    assert (mapping.columns[Field.POOR], mapping.columns[Field.NEAR_POOR], mapping.unknown) == (10, 11, ())
    assert mapping.title(Field.BIRTH) == "Năm sinh"
    assert mapping.title(Field.CELL) == ""


def test_a_header_may_be_the_last_row_and_the_first_of_two_columns_counts() -> None:
    header = find_header(Sheet("a", (("Họ tên", "Ngày sinh", "Năm sinh", "Cỡ áo"),)))
    assert header is not None
    mapping = map_columns(header)
    assert mapping.columns == {Field.NAME: 0, Field.BIRTH: 1}
    assert mapping.unknown == ("Năm sinh", "Cỡ áo")


@pytest.mark.parametrize(
    "below",
    [
        ("Lê Thị Lan", "1980", "", "x"),
        ("", "Nghèo", "", ""),
        ("", "", "", "Cận nghèo", "Nghèo"),
        ("Tên", "", "Nghèo", "Cận nghèo"),
    ],
)
def test_a_row_below_is_only_a_header_when_it_fills_gaps(below: tuple[str, ...]) -> None:
    header = find_header(Sheet("a", (("Họ tên", "Năm sinh", "Hộ", ""), below)))
    assert header is not None
    assert header.last == (1 if below[3] == "Cận nghèo" and not below[0] else 0)


def test_sheets_without_a_list_are_named(tmp_path: Path) -> None:
    notes = Sheet("Ghi chú", (("abc",),))
    people = Sheet("DS", (("Họ tên", "Năm sinh"), ("Lê Thị Lan", 1980)))
    mappings = map_workbook(Workbook("a.xlsx", (notes, people)))
    assert [mapping.header.sheet for mapping in mappings] == ["DS"]


def test_a_mapping_file_goes_first(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", [["Chị em", "Họ tên", "Sinh", "Chi hội"], ["Lê Thị Lan", "cũ", 1980, "Ấp Đông"]])
    stated = tmp_path / "mapping.json"
    stated.write_text(json.dumps({"columns": {"CHỊ EM": "name", "Sinh": "birth"}}), encoding="utf-8-sig")
    draft = read_members(path, TODAY, mapping_file=stated)
    assert (draft.rows[0].name, str(draft.rows[0].birth)) == ("Lê Thị Lan", "1980")
    assert draft.mappings[0].unknown == ("Họ tên",)


def test_a_mapping_file_that_names_a_missing_column(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", [["Họ tên", "Năm sinh"]])
    stated = tmp_path / "mapping.json"
    stated.write_text('{"columns": {"Quê quán": "address"}}', encoding="utf-8")
    with pytest.raises(MappingNotUsable) as refused:
        read_members(path, TODAY, mapping_file=stated)
    assert (refused.value.trouble, refused.value.value) == (MappingTrouble.COLUMN_NOT_THERE, "que quan")


@pytest.mark.parametrize(
    ("text", "trouble", "value"),
    [
        (None, MappingTrouble.UNREADABLE, "m.json"),
        ("{", MappingTrouble.NOT_JSON, "m.json"),
        ("[]", MappingTrouble.SHAPE, "m.json"),
        ('{"columns": {}}', MappingTrouble.SHAPE, "m.json"),
        ('{"columns": {"A": "colour"}}', MappingTrouble.UNKNOWN_FIELD, "colour"),
        ('{"columns": {"A": 3}}', MappingTrouble.UNKNOWN_FIELD, "3"),
    ],
)
def test_mapping_files_that_cannot_be_used(
    tmp_path: Path, text: str | None, trouble: MappingTrouble, value: str
) -> None:
    path = tmp_path / "m.json"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(MappingNotUsable) as refused:
        read_mapping_file(path)
    assert (refused.value.trouble, refused.value.value) == (trouble, value)
