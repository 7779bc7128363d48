"""A list that names somebody who is there already, otherwise written: it says who and why, and enters nobody twice."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from offices import make_office
from openpyxl import load_workbook
from people_data import add_branch, details

from sochihoi.domain.likeness import Strength, Why
from sochihoi.domain.people import PartialDate
from sochihoi.domain.reorganisation import Kind, Plan
from sochihoi.services.imports import Fate, Line
from sochihoi.services.office import Office
from sochihoi.ui.words.intake import namesakes, why
from sochihoi.ui.words.intake_columns import remarks_on, remarks_title
from tests.services.test_imports import a_list


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "commune")
    yield made
    made.close()


def looked(office: Office, tmp_path: Path, *row: str) -> Line:
    (line,) = office.imports.preview(a_list(tmp_path, (*row, *[""] * (7 - len(row))))).lines
    return line


def test_wherever_the_tone_stands_she_is_the_same_and_another_tone_is_doubtful(office: Office, tmp_path: Path) -> None:
    branch, _cells = add_branch(office)
    office.people.add(details("Lê Thị Thúy Hòa", joined=None), branch)
    for same in ("Lê Thị Thuý Hoà", "LÊ THỊ THÚY HOÀ", "Le Thi Thuy Hoa"):
        assert looked(office, tmp_path, same, "08/03/1971", "", "", "Ấp An Hòa").fate is Fate.PRESENT
    other = looked(office, tmp_path, "Lê Thị Thúy Hoa", "08/03/1971", "", "", "Ấp An Hòa")
    assert (other.fate, other.review) == (Fate.DOUBTFUL, ("LOOKS_LIKE",))
    assert looked(office, tmp_path, "Lê Thị Thúy Hoa", "1980", "", "", "Ấp An Hòa").fate is Fate.NEW


def test_who_moved_to_another_list_is_found_by_what_she_shares(office: Office, tmp_path: Path) -> None:
    branch, _cells = add_branch(office)
    she = details("Trần Thị Ngọc Lan", birth=PartialDate(1971, 3, 8), phone="0912345678", joined=None)
    office.people.add(she, branch)
    line = looked(office, tmp_path, "Trần Thị Lan", "08/03/1971", "", "0912.345.678", "Ấp Tân Lập")
    assert (line.fate, line.review) == (Fate.DOUBTFUL, ("LOOKS_LIKE",))
    assert line.known is not None
    assert line.known.verdict is not None
    assert {Why.NAME_SHORTER, Why.SAME_PHONE} <= set(line.known.verdict.why)
    told = why(line)
    assert "Trần Thị Ngọc Lan" in told
    assert "cùng" in told.lower()
    result = office.imports.commit(
        office.imports.preview(a_list(tmp_path, ("Trần Thị Lan", "08/03/1971", "", "0912345678", "Ấp Tân Lập", "", "")))
    )
    assert result.count(Fate.DOUBTFUL) == 1
    again = looked(office, tmp_path, "Trần Thị Lan", "08/03/1971", "", "0912345678", "Ấp Tân Lập")
    assert again.fate is Fate.PRESENT


def test_a_list_of_before_a_merge_enters_the_gone_entry_not_again(office: Office, tmp_path: Path) -> None:
    rows = [
        ("Thạch Thị Hòa", "1971", "", "0912345678", "Ấp An Hòa", "", ""),
        ("Thạch Thị Hoàn", "1972", "", "0987654321", "Ấp Tân Lập", "", ""),
    ]
    path = a_list(tmp_path, *rows)
    office.imports.commit(office.imports.preview(path))
    kept, gone = (row.person_id for row in office.people.rows())
    office.merging.merge(kept, gone, {})
    assert [line.fate for line in office.imports.preview(path).lines] == [Fate.PRESENT, Fate.PRESENT]
    assert len(office.people.rows()) == 1


def test_a_list_of_before_a_merger_of_branches_enters_nobody_again(office: Office, tmp_path: Path) -> None:
    rows = [
        ("Thạch Thị Hòa", "1971", "", "", "Ấp Một", "", ""),
        ("Thạch Thị Hoàn", "1972", "", "", "ẤP HAI", "", ""),
        ("Thạch Thị Hoan", "", "", "", "Ấp Hai", "", ""),
    ]
    path = a_list(tmp_path, *rows)
    office.imports.commit(office.imports.preview(path))
    branches = tuple(unit.id for unit in office.setup.branches())
    office.setup.reorganising.commit(Plan(Kind.MERGE, date(2026, 10, 12), branches, ("Ấp Mới",)))
    assert [line.fate for line in office.imports.preview(path).lines] == [Fate.PRESENT] * 3
    elsewhere = looked(office, tmp_path, "Thạch Thị Hòa", "1971", "", "", "Ấp Ba")
    assert (elsewhere.fate, elsewhere.review) == (Fate.DOUBTFUL, ("KNOWN_ELSEWHERE",))


def test_a_list_in_which_everybody_is_known_asks_nobody_who_looks_alike(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Making everybody ready for comparing takes the longer the more are known."""
    from sochihoi.services import import_matching

    asked = []

    class Told(import_matching.Index):
        def __init__(self, *arguments: Any) -> None:
            asked.append(self)
            super().__init__(*arguments)

    monkeypatch.setattr(import_matching, "Index", Told)
    branch, _cells = add_branch(office)
    office.people.add(details("Lê Thị Thúy Hòa", joined=None), branch)
    assert looked(office, tmp_path, "Lê Thị Thúy Hòa", "08/03/1971", "", "", "Ấp An Hòa").fate is Fate.PRESENT
    assert asked == []
    assert looked(office, tmp_path, "Lý Thị Mới", "1980", "", "", "Ấp An Hòa").fate is Fate.NEW
    assert len(asked) == 1


def test_women_who_may_stand_in_a_list_twice_are_told_and_listed_afterwards(office: Office, tmp_path: Path) -> None:
    """A name and a year in two branches come in with a note; the page of duplicates shows the pair then."""
    rows = [
        ("Thạch Thị Hòa", "1971", "", "0912345678", "Ấp Một", "", ""),
        ("Thạch Thị Hoà", "1971", "", "0987654321", "Ấp Hai", "", ""),
        ("Lý Thị Hoan", "08/03/1972", "", "", "Ấp Một", "", ""),
        ("Lý Thị Hoan", "08/03/1972", "", "", "Ấp Hai", "", ""),
    ]
    path = a_list(tmp_path, *rows)
    preview = office.imports.preview(path)
    assert [line.fate for line in preview.lines] == [Fate.NEW, Fate.NEW, Fate.NEW, Fate.DOUBTFUL]
    assert [line.namesake for line in preview.lines] == [False, True, False, False]
    assert why(preview.lines[1]) == "Có thể trùng với dòng 2 (cùng họ tên, cùng năm sinh, khác chi hội)"
    assert why(preview.lines[3]) == "Có thể trùng với dòng 4 (cùng họ tên, cùng ngày sinh, khác chi hội)"
    assert namesakes(preview.lines).startswith("1 dòng có thể là người đã có ở dòng khác")
    book = load_workbook(io.BytesIO(office.imports.annotated(preview, remarks_on(preview), remarks_title())))
    assert book.active is not None
    beside = [row[-1] for row in book.active.iter_rows(values_only=True)]
    assert [text and str(text)[:26] for text in beside[1:]] == [
        None,
        "Có thể trùng với dòng 2 (c",
        None,
        beside[4][:26],
    ]
    office.imports.commit(preview)
    assert {(pair.one.full_name, pair.verdict.strength) for pair in office.duplicates.pairs()} == {
        ("Thạch Thị Hòa", Strength.POSSIBLE),
        ("Lý Thị Hoan", Strength.LIKELY),
    }
    again = office.imports.preview(path)
    assert again.count(Fate.PRESENT) == 4
    assert (namesakes(again.lines), [why(line) for line in again.lines][1]) == ("", "HP00002, Ấp Hai")
