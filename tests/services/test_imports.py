"""Lists from Excel: looked at, brought in as one act, taken back whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from offices import make_office
from openpyxl import Workbook
from people_data import add_branch, details

from sochihoi.domain.errors import Cancelled
from sochihoi.domain.members import NothingToImport
from sochihoi.domain.people import LeaveReason, PartialDate
from sochihoi.services.imports import Fate
from sochihoi.services.office import Office

DATA = Path(__file__).parent.parent / "intake" / "data"
TITLES = ("STT", "Họ và tên", "Ngày sinh", "Số CCCD", "Số điện thoại", "Chi hội", "Tổ phụ nữ", "Ngày vào Hội")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "commune")
    yield made
    made.close()


def a_list(tmp_path: Path, *rows: tuple[object, ...], name: str = "ds.xlsx") -> Path:
    """A list as an officer would keep it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(TITLES)
    for number, row in enumerate(rows, 1):
        sheet.append((number, *row))
    path = tmp_path / name
    book.save(path)
    return path


HANG = ("Thạch Thị Kim Hằng", "08/03/1971", "094171006538", "0912345678", "Ấp An Hòa", "Tổ 2", "20/10/1998")
BE = ("Lâm Thị Bích Bé", "1976", "", "", "Chi hội Ấp Phú Mỹ", "", "")


def test_a_preview_writes_nothing_and_counts_everything(office: Office) -> None:
    preview = office.imports.preview(DATA / "hoi-vien-1.xlsx")
    assert len(preview.lines) == 400
    assert preview.coming() == 400 - preview.count(Fate.REFUSED)
    assert preview.branches
    assert office.people.rows("ALL") == []
    assert office.setup.branches() == ()


def test_a_list_comes_in_as_one_act_and_goes_as_one(office: Office) -> None:
    before = len(office.history.acts())
    result = office.imports.commit(office.imports.preview(DATA / "hoi-vien-1.xlsx"))
    assert len(office.people.rows()) == 400
    assert {b.name for b in office.setup.branches()} == set(result.branches)
    assert len(office.setup.cells()) == len(result.cells)
    assert len(office.history.acts()) == before + 1
    office.history.undo(result.batch)
    assert office.people.rows("ALL") == []
    assert office.setup.branches() == ()


@pytest.mark.parametrize("name", ["hoi-vien-1.xlsx", "hoi-vien-2.xlsx"])
def test_the_same_list_twice_enters_nobody_twice(office: Office, name: str) -> None:
    first = office.imports.commit(office.imports.preview(DATA / name))
    count = len(office.people.rows())
    again = office.imports.preview(DATA / name)
    assert again.coming() == 0
    assert again.count(Fate.PRESENT) == count == first.count(Fate.NEW) + first.count(Fate.DOUBTFUL)
    result = office.imports.commit(again)
    assert result.batch == ""
    assert len(office.people.rows()) == count


def test_branches_with_and_without_their_word_are_one(office: Office, tmp_path: Path) -> None:
    add_branch(office, "Chi hội Ấp An Hoà")
    preview = office.imports.preview(a_list(tmp_path, HANG, BE))
    assert preview.branches == ("Ấp Phú Mỹ",)
    assert preview.cells == (("Ấp An Hòa", "Tổ 2"),)
    office.imports.commit(preview)
    assert {m.branch for m in office.people.rows()} == {"Chi hội Ấp An Hoà", "Ấp Phú Mỹ"}


def test_doubtful_rows_come_in_marked_or_stay_out(office: Office, tmp_path: Path) -> None:
    path = a_list(tmp_path, HANG, ("Bùi Như An", "2002", "", "12345", "Ấp An Hòa", "", ""))
    preview = office.imports.preview(path)
    assert [line.review for line in preview.of(Fate.DOUBTFUL)] == [("PHONE_ODD",)]
    left_out = office.imports.commit(preview, skip_doubtful=True)
    assert [m.full_name for m in office.people.rows()] == ["Thạch Thị Kim Hằng"]
    office.history.undo(left_out.batch)
    office.imports.commit(preview)
    marked = [m for m in office.people.rows() if m.review]
    assert [(m.full_name, m.review, m.phone) for m in marked] == [("Bùi Như An", ("PHONE_ODD",), "12345")]
    office.people.looked_at([marked[0].membership_id])
    assert not any(m.review for m in office.people.rows())


def test_joined_before_birth_comes_in_to_be_looked_at(office: Office, tmp_path: Path) -> None:
    path = a_list(tmp_path, ("Bùi Như An", "2002", "", "", "Ấp An Hòa", "", "20/10/1998"))
    office.imports.commit(office.imports.preview(path))
    assert [m.review for m in office.people.rows()] == [("JOINED_BEFORE_BIRTH",)]


def test_refused_rows_stay_out_and_are_listed(office: Office, tmp_path: Path) -> None:
    path = a_list(tmp_path, HANG, ("", "1976", "", "0987654321", "Ấp An Hòa", "", ""), ("Lê A", "31/02/1970"))
    result = office.imports.commit(office.imports.preview(path))
    refused = [line for line in result.lines if line.fate is Fate.REFUSED]
    assert [(line.row.row, line.reasons[0].code) for line in refused] == [(3, "NAME_MISSING"), (4, "DATE_IMPOSSIBLE")]
    assert len(office.people.rows()) == 1


def test_a_list_of_only_refused_rows_is_a_problem(office: Office, tmp_path: Path) -> None:
    path = a_list(tmp_path, ("Lê A", "31/02/1970"))
    with pytest.raises(NothingToImport):
        office.imports.commit(office.imports.preview(path))


def test_what_the_list_knows_better_is_filled_in_and_nothing_is_emptied(office: Office, tmp_path: Path) -> None:
    branch, _cells = add_branch(office)
    told = details(birth=PartialDate(1971), joined=PartialDate(1998), occupation="Làm vườn", address="Số 49")
    one = office.people.add(told, branch)
    preview = office.imports.preview(a_list(tmp_path, HANG))
    (line,) = preview.of(Fate.CHANGED)
    assert line.changes == ("birth", "national_id", "phone", "joined")
    office.imports.commit(preview)
    now = office.people.details(one)
    assert now == replace(
        told,
        birth=PartialDate(1971, 3, 8),
        national_id="094171006538",
        phone="0912345678",
        joined=PartialDate(1998, 10, 20),
    )
    assert office.imports.preview(a_list(tmp_path, HANG)).count(Fate.PRESENT) == 1


def test_two_women_of_one_name_are_kept_apart_and_matched_once_each(office: Office, tmp_path: Path) -> None:
    path = a_list(tmp_path, BE, BE)
    first = office.imports.preview(path)
    assert (first.count(Fate.NEW), first.count(Fate.DOUBTFUL)) == (1, 1)
    office.imports.commit(first)
    assert len(office.people.rows()) == 2
    assert office.imports.preview(path).count(Fate.PRESENT) == 2


def test_someone_who_left_and_stands_on_a_list_comes_back_marked(office: Office, tmp_path: Path) -> None:
    office.imports.commit(office.imports.preview(a_list(tmp_path, HANG)))
    (member,) = office.people.rows()
    office.people.leave(member.membership_id, LeaveReason.RESIGNED, on=date(2026, 10, 1))
    preview = office.imports.preview(a_list(tmp_path, HANG))
    assert [line.review for line in preview.lines] == [("LEFT_BEFORE",)]
    office.imports.commit(preview)
    (again,) = office.people.rows()
    assert (again.code, again.person_id) == (member.code, member.person_id)


def test_the_same_woman_in_another_branch_is_doubtful_and_not_moved(office: Office, tmp_path: Path) -> None:
    other, _cells = add_branch(office, "Ấp Tân Lập")
    office.people.add(details(joined=None), other)
    row = ("Thạch Thị Kim Hằng", "08/03/1971", "", "", "Ấp An Hòa", "", "")
    preview = office.imports.preview(a_list(tmp_path, row))
    assert [line.review for line in preview.lines] == [("KNOWN_ELSEWHERE",)]


def test_a_national_id_under_another_name_is_doubtful(office: Office, tmp_path: Path) -> None:
    other, _cells = add_branch(office)
    office.people.add(details("Lê Thị Khác", national_id="094171006538"), other)
    preview = office.imports.preview(a_list(tmp_path, HANG))
    assert [line.review for line in preview.lines] == [("ID_OF_ANOTHER",)]


def test_a_person_who_is_no_member_becomes_one(office: Office, tmp_path: Path) -> None:
    person = office.people.add_person(details(national_id="094171006538", joined=None, occupation="Làm vườn"))
    office.imports.commit(office.imports.preview(a_list(tmp_path, HANG)))
    (member,) = office.people.rows()
    assert member.person_id == person
    assert office.people.person(person).occupation == "Làm vườn"


def test_a_row_without_a_branch_waits_in_a_branch_of_its_own(office: Office, tmp_path: Path) -> None:
    path = a_list(
        tmp_path, ("Bùi Như An", "2002", "", "", "", "", ""), ("Bùi Thị Chín", "02/09/1958", "", "", "", "", "")
    )
    preview = office.imports.preview(path)
    office.imports.commit(preview)
    first, second = office.people.rows()
    assert (first.branch, first.review) == (preview.branches[0], ("BRANCH_MISSING",))
    assert [line.fate for line in office.imports.preview(path).lines] == [Fate.PRESENT, Fate.PRESENT]
    branch, _cells = add_branch(office)
    office.people.transfer([first.membership_id, second.membership_id], branch)
    again = office.imports.preview(path).lines
    assert [line.fate for line in again] == [Fate.DOUBTFUL, Fate.PRESENT]  # many share a name and a year of birth


class _StopsAtOnce:
    def step(self, done: int, total: int) -> None:
        if done:
            raise Cancelled


def test_stopping_in_the_middle_stores_nothing(office: Office) -> None:
    preview = office.imports.preview(DATA / "hoi-vien-1.xlsx")
    with pytest.raises(Cancelled):
        office.imports.commit(preview, progress=_StopsAtOnce())
    assert office.people.rows("ALL") == []
    assert office.setup.branches() == ()


def test_whoever_has_no_joining_date_counts_from_the_first_open_month() -> None:
    from datetime import date

    from sochihoi.services.enrolment import counting_day

    entered = date(2026, 10, 26)
    assert counting_day(None, entered, {}, late=True) == date(2026, 1, 1)
    assert counting_day(None, entered, {"2026-08": entered}, late=True) == date(2026, 9, 1)
    assert counting_day(None, entered, {"2026-10": entered}, late=True) == entered
    assert counting_day(None, entered, {"2025-08": entered}, late=True) == date(2026, 1, 1)
    assert counting_day(None, entered, {}) == entered


CODED = ("Mã", "Họ và tên", "Ngày sinh", "Căn cước", "Điện thoại", "Chi hội")


def coded(path: Path, *rows: tuple[object, ...]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (CODED, *rows):
        sheet.append(row)
    book.save(path)
    return path


def test_the_code_tells_who_she_is_and_a_code_of_another_is_doubtful(office: Office, tmp_path: Path) -> None:
    office.imports.commit(office.imports.preview(a_list(tmp_path, HANG, BE)))
    hang, be = sorted(office.people.rows(), key=lambda row: row.code)
    path = coded(
        tmp_path / "back.xlsx",
        (hang.code, "Thạch Thị Kim Hằng Nga", "08/03/1971", 331884265, "0912345679", "Ấp Phú Mỹ"),
        (be.code, "Nguyễn Thị Khác", "1990", "", "", "Ấp Phú Mỹ"),
    )
    preview = office.imports.preview(path)
    first, second = preview.lines
    assert (first.fate, first.changes) == (Fate.CHANGED, ("full_name", "phone", "old_id"))
    assert (second.fate, second.review) == (Fate.DOUBTFUL, ("CODE_OF_ANOTHER",))
    office.imports.commit(preview, skip_doubtful=True)
    person = office.people.person(hang.person_id)
    assert (person.full_name, person.old_id, person.phone) == ("Thạch Thị Kim Hằng Nga", "331884265", "0912345679")
    assert office.imports.preview(path).lines[0].fate is Fate.PRESENT


def test_two_women_under_one_number_come_in_once(office: Office, tmp_path: Path) -> None:
    number, old = "094171006538", "331884265"
    path = a_list(
        tmp_path,
        ("Lê Thị Một", "1971", number, "", "Ấp A", "", ""),
        ("Lê Thị Hai", "1971", number, "", "Ấp A", "", ""),
        ("Lê Thị Ba", "1972", old, "", "Ấp A", "", ""),
        ("Lê Thị Bốn", "1973", old, "", "Ấp A", "", ""),
    )
    office.imports.commit(office.imports.preview(path))
    assert {line.fate for line in office.imports.preview(path).lines} == {Fate.PRESENT}


def test_an_old_identity_card_is_kept_beside_the_new_number(office: Office, tmp_path: Path) -> None:
    path = a_list(tmp_path, (*HANG[:2], "331884265", *HANG[3:]), (*BE[:2], "331884266", *BE[3:]))
    office.imports.commit(office.imports.preview(path))
    kept = {row.full_name: office.people.person(row.person_id) for row in office.people.rows()}
    assert (kept[HANG[0]].old_id, kept[HANG[0]].national_id) == ("331884265", "")
    assert office.imports.preview(path).coming() == 0
    again = a_list(tmp_path, (*HANG[:2], "094171006538", *HANG[3:]), name="new.xlsx")
    office.imports.commit(office.imports.preview(again))
    person = office.people.person(kept[HANG[0]].id)
    assert (person.old_id, person.national_id) == ("331884265", "094171006538")
