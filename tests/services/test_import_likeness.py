"""A list that names somebody who is there already, otherwise written: it says who and why, and enters nobody twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from offices import make_office
from people_data import add_branch, details

from sochihoi.domain.likeness import Why
from sochihoi.domain.people import PartialDate
from sochihoi.domain.reorganisation import Kind, Plan
from sochihoi.services.imports import Fate, Line
from sochihoi.services.office import Office
from sochihoi.ui.words.intake import why
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
