"""In, out, in: a list that the program wrote brings back what it was, with the code of each."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from offices import make_office
from people_data import add_branch, details

from sochihoi.domain.people import Sex
from sochihoi.services.imports import Fate
from sochihoi.services.office import Office
from sochihoi.services.people_papers import save_members
from tests.services.test_imports import CODED, coded

DATA = Path(__file__).parent.parent / "intake" / "data"


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[tuple[Office, Office]]:
    made = make_office(tmp_path / "one"), make_office(tmp_path / "two")
    yield made
    for one in made:
        one.close()


def told(office: Office) -> list[object]:
    """All that is known of everyone, with her code, branch and cell."""
    rows = office.people.rows()
    return [(row.code, row.branch, row.cell, office.people.details(row.membership_id)) for row in rows]


@pytest.mark.parametrize("name", ["hoi-vien-1.xlsx", "hoi-vien-2.xlsx", "hoi-vien-3.xls"])
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_in_and_out_and_in_is_a_fixed_point(
    offices: tuple[Office, Office], name: str, ending: str, tmp_path: Path
) -> None:
    one, two = offices
    one.imports.commit(one.imports.preview(DATA / name))
    out, again = tmp_path / f"a.{ending}", tmp_path / f"b.{ending}"
    save_members(one, one.people.rows(), "", out, lambda _row: "")
    assert {line.fate for line in one.imports.preview(out).lines} == {Fate.PRESENT}
    result = two.imports.commit(two.imports.preview(out))
    assert result.count(Fate.NEW) + result.count(Fate.DOUBTFUL) == len(one.people.rows())
    assert told(two) == told(one)
    save_members(two, two.people.rows(), "", again, lambda _row: "")
    assert {line.fate for line in one.imports.preview(again).lines} == {Fate.PRESENT}
    assert one.imports.preview(again).coming() == two.imports.preview(out).coming() == 0


TITLES = ("Họ và tên", "Ngày sinh", "CCCD", "CMND", "Điện thoại", "Chi hội", "Tổ", "Ngày vào Hội", "Đảng viên")
MORE = ("Diện hộ", "BHYT", "Địa chỉ", "Tôn giáo", "Ghi chú", "Câu lạc bộ", "Số thẻ", "Danh dự", "Giới tính")
TEXTS = ("", "=1+1", "+84 là số", "-5", "@SUM(A1)", "'x", "''=y", "Số 9, Ấp 1", "một\nhai", 'a;b,"c"', "—", " Không ")
DATES = ("", 1965, "15/8/65", "15-08-1965", "8/1965", 23963, "31/2/1970", "không rõ", "2012")
PHONES = ("", 912345678, "+84 912 345 679", "0912345678/0987654321", "0912", "0299 3822 123")
ROWS = st.tuples(
    st.sampled_from(("LÊ THỊ ÁNH", "lê thị bé", "Thạch Thị Hoà", "Thạch Thị Hòa", "H'Bia Niê", "=Mai", "Mai", "-")),
    st.sampled_from(DATES),
    st.sampled_from(("", 94165000123, "094165000124", "094065000125", "9.4E+10", "lạ")),
    st.sampled_from(("", 38123456, "381234567")),
    st.sampled_from(PHONES),
    st.sampled_from(("Ấp 1", "ẤP 1", "Chi hội Thôn III", "+Ấp", "")),
    st.sampled_from(("", 1, "Tổ 02", "TỔ A")),
    st.sampled_from(DATES),
    st.sampled_from(("", "x", "Không", "ü", "?")),
    st.sampled_from(("", "Hộ nghèo", "HCN", "lạ")),
    st.sampled_from(("", "x", "GD4949412345678")),
    *(st.sampled_from(TEXTS) for _ in "123456"),
    st.sampled_from(("", "Nam", "Nữ")),
)


@settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ROWS, min_size=1, max_size=12), ending=st.sampled_from(("xlsx", "csv")))
def test_any_list_in_and_out_and_in_is_a_fixed_point(
    offices: tuple[Office, Office], tmp_path: Path, rows: list[tuple[object, ...]], ending: str
) -> None:
    one, two = offices
    source = tmp_path / "list.csv"  # openpyxl would write a formula where a text begins with "="
    with source.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows([(*TITLES, *MORE), *rows])
    preview = one.imports.preview(source)
    if not preview.coming():
        return
    batch = one.imports.commit(preview).batch
    out = tmp_path / f"out.{ending}"
    save_members(one, one.people.rows(), "", out, lambda _row: "")
    try:
        assert one.imports.preview(out).coming() == 0
        again = two.imports.commit(two.imports.preview(out)).batch
        assert told(two) == told(one)
        two.history.undo(again)
    finally:
        one.history.undo(batch)
        out.unlink()


def test_a_code_is_kept_unless_someone_has_it(offices: tuple[Office, Office], tmp_path: Path) -> None:
    one, _two = offices
    branch, _cells = add_branch(one, "Ấp Phú Mỹ")
    one.people.add(details("Lê Thị Một"), branch)
    path = coded(
        tmp_path / "a.xlsx",
        ("", "Lê Thị Hai", "1970", "", "", "Ấp Phú Mỹ"),
        ("HP00001", "Trần Thị Ba", "1980", "", "", "Ấp Phú Mỹ"),
        ("HP00002", "Lê Thị Bốn", "1981", "", "", "Ấp Phú Mỹ"),
        ("HP00002", "Lê Thị Năm", "1982", "", "", "Ấp Phú Mỹ"),
        ("HP00009", "Lê Thị Sáu", "1983", "", "", "Ấp Phú Mỹ"),
        ("12", "Lê Thị Bảy", "1984", "", "", "Ấp Phú Mỹ"),
    )
    assert CODED[0] == "Mã"
    one.imports.commit(one.imports.preview(path))
    codes = {row.full_name: row.code for row in one.people.rows()}
    assert (codes["Lê Thị Một"], codes["Lê Thị Bốn"], codes["Lê Thị Sáu"]) == ("HP00001", "HP00002", "HP00009")
    assert sorted(codes[name] for name in ("Lê Thị Hai", "Trần Thị Ba", "Lê Thị Năm", "Lê Thị Bảy")) == [
        f"HP000{number}" for number in (10, 11, 12, 13)
    ]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_an_honorary_man_stays_one_and_a_corrected_sex_comes_in(
    offices: tuple[Office, Office], tmp_path: Path, ending: str
) -> None:
    one, two = offices
    branch, _cells = add_branch(one, "Ấp Phú Mỹ")
    one.people.add(details("Lê Văn Hai", sex=Sex.MALE), branch)
    one.people.add(details("Lê Thị Ba"), branch)
    out = tmp_path / f"a.{ending}"
    save_members(one, one.people.rows(), "", out, lambda _row: "")
    result = two.imports.commit(two.imports.preview(out))
    assert (result.count(Fate.NEW), result.count(Fate.DOUBTFUL)) == (1, 1)
    assert {row.full_name: (row.sex, row.review) for row in two.people.rows()} == {
        "Lê Văn Hai": (Sex.MALE, ("MAN",)),
        "Lê Thị Ba": (Sex.FEMALE, ()),
    }
    hers = next(row for row in one.people.rows() if row.full_name == "Lê Văn Hai")
    one.people.edit(hers.membership_id, details("Lê Văn Hai"))
    (line,) = one.imports.preview(out).of(Fate.CHANGED)
    assert line.changes == ("sex",)
    one.imports.commit(one.imports.preview(out))
    assert one.people.details(hers.membership_id).sex is Sex.MALE
