"""Hamlet, loan and clubs of a member: entered, corrected, brought in from a list, and out again in one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from offices import make_office
from openpyxl import Workbook, load_workbook
from people_data import add_branch, details

from sochihoi import i18n
from sochihoi.domain.households import HouseholdGroup
from sochihoi.domain.members import MemberDetails, NewMember, clean, clubs_in
from sochihoi.domain.people import PartialDate
from sochihoi.services.imports import Fate
from sochihoi.services.office import Office
from sochihoi.services.people_papers import save_members

TITLES = ("Họ và tên", "Năm sinh", "Chi hội")
SAID = {"hamlet": "Ấp An Hòa 2", "loan": "NHCSXH, 50 triệu đồng", "clubs": ("Dân vũ", "Gia đình hạnh phúc")}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "commune")
    yield made
    made.close()


def a_list(path: Path, titles: tuple[str, ...], *rows: tuple[object, ...]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append((*TITLES, *titles))
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def test_they_are_kept_shown_and_taken_back(office: Office) -> None:
    branch, _cells = add_branch(office)
    one = office.people.add(details(**SAID), branch)
    row = office.people.rows()[0]
    assert (row.hamlet, row.loan, row.clubs) == tuple(SAID.values())
    told = office.people.details(one)
    assert (told.hamlet, told.loan, told.clubs) == tuple(SAID.values())
    office.people.edit(one, replace(told, loan="", clubs=(" dân  vũ ", "Dân vũ", "")))
    after = office.people.detail(one)
    assert (after.person.loan, after.membership.clubs) == ("", ("dân vũ",))
    office.history.undo()
    assert office.people.details(one) == told


def test_clubs_are_split_at_semicolons_and_lines_each_once() -> None:
    assert clubs_in("Dân vũ; Khởi nghiệp\n dân vũ ;;") == ("Dân vũ", "Khởi nghiệp")
    assert clubs_in("Nuôi con khỏe, dạy con ngoan") == ("Nuôi con khỏe, dạy con ngoan",)
    assert clubs_in("") == ()


@pytest.mark.parametrize("title", ["Ấp", "Thôn", "Tổ dân phố", "Khu phố"])
@pytest.mark.parametrize(("clubs", "loans"), [("CLB", "Vay vốn"), ("Câu lạc bộ", "Vốn vay")])
def test_a_list_names_them_as_communes_do(office: Office, tmp_path: Path, title: str, clubs: str, loans: str) -> None:
    path = a_list(
        tmp_path / "ds.xlsx",
        (title, clubs, loans),
        ("Lê Thị Một", 1970, "Chi hội 1", "AN HÒA", "Dân vũ; Khởi nghiệp", "NHCSXH 30 triệu"),
        ("Lê Thị Hai", 1971, "Chi hội 1", "An Hòa", "không", "0"),
        ("Lê Thị Ba", 1972, "Chi hội 1", "", "x", "x"),
        ("Lê Thị Bốn", 1973, "Chi hội 1", "", "", 50000000),
    )
    preview = office.imports.preview(path)
    assert preview.draft.mappings[0].unknown == ()
    assert preview.count(Fate.NEW) == 4
    office.imports.commit(preview)
    found = {m.full_name: (m.hamlet, m.clubs, m.loan) for m in office.people.rows()}
    assert found == {
        "Lê Thị Một": ("An Hòa", ("Dân vũ", "Khởi nghiệp"), "NHCSXH 30 triệu"),
        "Lê Thị Hai": ("An Hòa", (), ""),
        "Lê Thị Ba": ("", ("Có tham gia câu lạc bộ",), "Có vay vốn"),
        "Lê Thị Bốn": ("", (), "50000000"),
    }


def test_a_later_list_fills_them_in_and_never_ends_a_club(office: Office, tmp_path: Path) -> None:
    branch, _cells = add_branch(office, "Ấp An Hòa")
    office.people.add(details("Lê Thị Một", clubs=("Dân vũ",)), branch)
    path = a_list(tmp_path / "ds.xlsx", ("Thôn", "CLB"), ("Lê Thị Một", 1971, "Ấp An Hòa", "Ấp Một", "Khởi nghiệp"))
    preview = office.imports.preview(path)
    (line,) = preview.of(Fate.CHANGED)
    assert set(line.changes) == {"hamlet", "clubs"}
    office.imports.commit(preview)
    (row,) = office.people.rows()
    assert (row.hamlet, row.clubs) == ("Ấp Một", ("Dân vũ", "Khởi nghiệp"))
    assert office.imports.preview(path).count(Fate.PRESENT) == 1


def test_the_excel_list_holds_them_and_comes_back(office: Office, tmp_path: Path) -> None:
    branch, _cells = add_branch(office)
    office.people.add(details(**SAID), branch)
    out = tmp_path / "ra.xlsx"
    save_members(office, office.people.rows(), "", out, lambda _row: "")
    cells = [str(cell.value) for row in load_workbook(out).active.iter_rows() for cell in row]  # type: ignore[union-attr]
    assert {"Ấp An Hòa 2", "NHCSXH, 50 triệu đồng", "Dân vũ; Gia đình hạnh phúc"} <= set(cells)
    again = office.imports.preview(out)
    assert again.count(Fate.PRESENT) == 1
    assert again.lines[0].row.clubs == SAID["clubs"]


WHOLE = MemberDetails(
    "Trần Thị Đủ Đầy",
    birth=PartialDate(1971, 3, 8),
    ethnicity="Khmer",
    religion="Phật giáo",
    national_id="092171000001",
    phone="0912345678; 0987654321",
    address="Số 5, Ấp An Hòa",
    hamlet="Ấp An Hòa 2",
    education="12/12",
    professional_level="Trung cấp",
    political_theory_level="Sơ cấp",
    occupation="Buôn bán",
    party_member=True,
    party_joined_on=date(2010, 2, 3),
    health_insurance=True,
    health_insurance_until=date(2027, 1, 31),
    household_group=HouseholdGroup.POLICY,
    loan="NHCSXH, 50 triệu đồng",
    note="-không ăn thịt\n=1+1",
    old_id="331234567",
    joined=PartialDate(1995),
    card_no="HV-0005",
    core_member=True,
    honorary=True,
    clubs=("Dân vũ", "Gia đình hạnh phúc"),
)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_all_that_is_known_goes_out_and_comes_into_another_book(ending: str, language: str, tmp_path: Path) -> None:
    """Out, in, out: the same file again; and in the book that it came from it changes nothing."""
    i18n.set_language(language)
    files = []
    for name in ("one", "two"):
        book = make_office(tmp_path / name)
        if not files:
            branch, (cell, *_rest) = add_branch(book, "Ấp An Hòa", cells=1)
            book.people.add(WHOLE, branch, cell)
            book.people.add(MemberDetails("Lê Thị Vắn"), branch)
        else:
            result = book.imports.commit(book.imports.preview(files[0]))
            assert result.count(Fate.REFUSED) == 0
            told = {row.full_name: book.people.details(row.membership_id) for row in book.people.rows()}
            assert told["Trần Thị Đủ Đầy"] == WHOLE
            assert told["Lê Thị Vắn"].note == ""
        files.append(tmp_path / f"{name}.{ending}")
        save_members(book, book.people.rows(), "", files[-1], lambda _row: "")
        assert book.imports.preview(files[-1]).count(Fate.PRESENT) == 2
        book.close()
    if ending == "csv":
        assert files[0].read_bytes() == files[1].read_bytes()


def test_a_list_as_it_is_shown_says_nothing_where_it_hides(office: Office, tmp_path: Path) -> None:
    branch, _cells = add_branch(office, "Ấp An Hòa")
    office.people.add(details("Lê Thị Ẩn", national_id="092171000002", phone=""), branch)
    (row,) = office.people.rows()
    shown = a_list(
        tmp_path / "a.xlsx",
        ("Mã", "Căn cước", "Tổ phụ nữ"),
        ("Lê Thị Ẩn", 1971, "Ấp An Hòa", row.code, "•••• •••• 0002", "—"),
    )
    assert office.imports.preview(shown).count(Fate.PRESENT) == 1


_WORDS = st.sampled_from(("Ấp", "Hoà", "=1+1", "'=A1", "@x", "+84", "0012", "1e5", "a;b", 'c"d', "x, y", "Số 5", "–k"))
_TEXT = st.lists(_WORDS, max_size=4).map(" ".join)
_NAMES = ("Hoa", "Lan", "Mai", "Cúc", "Đào", "Sen", "Huệ", "Ánh")
_DAYS = st.dates(date(1960, 1, 1), date(2015, 12, 31))


@st.composite
def _members(draw: st.DrawFn) -> list[MemberDetails]:
    """Members with anything in their fields, each under a name of her own."""
    made = []
    for number in range(draw(st.integers(1, 8))):
        day = draw(_DAYS)
        birth = draw(st.sampled_from((None, PartialDate(day.year), PartialDate(day.year, day.month, day.day))))
        made.append(
            clean(
                MemberDetails(
                    f"Nguyễn Thị {_NAMES[number]}",
                    birth=birth,
                    ethnicity=draw(_TEXT),
                    address=draw(_TEXT),
                    occupation=draw(_TEXT),
                    education=draw(_TEXT),
                    note=draw(_TEXT),
                    loan=draw(st.sampled_from(("", "NHCSXH 50 triệu"))),
                    party_member=draw(st.booleans()),
                    party_joined_on=draw(st.none() | _DAYS),
                    core_member=draw(st.booleans()),
                    clubs=tuple(draw(st.sets(st.sampled_from(("Dân vũ", "CLB =x", "-5"))))),
                    joined=draw(st.none() | _DAYS.map(lambda on: PartialDate(2016, on.month, on.day))),
                )
            )
        )
    return made


@settings(max_examples=4, deadline=None, derandomize=True, phases=(Phase.generate,))  # shrinking would take minutes
@given(members=_members(), ending=st.sampled_from(("xlsx", "csv")))
def test_out_and_in_is_a_fixed_point(members: list[MemberDetails], ending: str) -> None:
    with TemporaryDirectory() as folder:
        one, two = make_office(Path(folder) / "one"), make_office(Path(folder) / "two")
        try:
            branch, _cells = add_branch(one, "Ấp An Hòa")
            one.people.add_many([NewMember(told, branch) for told in members])
            out, again = Path(folder) / f"a.{ending}", Path(folder) / f"b.{ending}"
            save_members(one, one.people.rows(), "", out, lambda _row: "")
            assert one.imports.preview(out).count(Fate.PRESENT) == len(members)
            two.imports.commit(two.imports.preview(out))
            save_members(two, two.people.rows(), "", again, lambda _row: "")
            told = [[office.people.details(row.membership_id) for row in office.people.rows()] for office in (one, two)]
            assert told[0] == told[1]
            assert two.imports.preview(out).count(Fate.PRESENT) == len(members)
        finally:
            one.close()
            two.close()
