"""Out, changed, in: the list of households comes back without loss, by code, and never guesses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from offices import make_office
from openpyxl import Workbook, load_workbook
from people_data import add_branch, details

from sochihoi.domain.errors import FieldProblem
from sochihoi.domain.households import HouseholdGroup, Relation
from sochihoi.domain.members import NothingToImport
from sochihoi.domain.people import PartialDate, Sex
from sochihoi.intake.home_list import HomeField
from sochihoi.services.household_lists import HomeLine, HomeTrouble, NoHouseholdsListed
from sochihoi.services.household_papers import save_households
from sochihoi.services.households import HouseholdDetails
from sochihoi.services.imports import Fate
from sochihoi.services.list_papers import Listing, ListingColumn, ListingRow, save_list
from sochihoi.services.office import Office
from sochihoi.services.people_papers import save_members

TITLES = [
    "Mã hộ",
    "Mã chủ hộ",
    "Chủ hộ",
    "Chi hội",
    "Địa chỉ",
    "Điện thoại",
    "Diện hộ",
    "Số nhân khẩu",
    "Hội viên trong hộ",
    "Người khác trong hộ",
    "Ghi chú",
]
AT = {title: at for at, title in enumerate(TITLES)}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "commune")
    settled(made)
    yield made
    made.close()


def settled(office: Office) -> None:
    """Four households: under a member, under a man who is entered, under a name alone, and one nobody is entered of."""
    an_hoa, _cells = add_branch(office, "Ấp An Hòa")
    phu_my, _cells = add_branch(office, "Ấp Phú Mỹ")
    for name, branch in (
        ("Lê Thị Lan", an_hoa),
        ("Lê Thị Mai", an_hoa),
        ("Thạch Thị Ba", phu_my),
        ("Lý Thị Tư", phu_my),
    ):
        office.people.add(details(name, phone=""), branch)
    people = {row.full_name: row.person_id for row in office.people.rows()}
    one, two, three, _four = office.households.add_many(
        [
            (
                HouseholdDetails(
                    an_hoa,
                    head_name="Lê Thị Lan",
                    address="Số 5, đường ấp",
                    household_group=HouseholdGroup.POOR,
                    residents=5,
                    phone="0912345678",
                    note="Nhà mới\nmái tôn",
                ),
                [(people["Lê Thị Lan"], Relation.HEAD), (people["Lê Thị Mai"], Relation.CHILD)],
            ),
            (HouseholdDetails(phu_my, head_name="Thạch Sơn", address="=5, tổ 2"), [(people["Thạch Thị Ba"], None)]),
            (HouseholdDetails(phu_my, head_name="Lý Văn Năm", household_group=HouseholdGroup.POLICY), []),
            (HouseholdDetails(an_hoa, head_name="Trần Văn Không Ai"), []),
        ]
    )
    husband = details("Phạm Văn Hùng", sex=Sex.MALE, birth=PartialDate(1968))
    child = details("Phạm Thị Út", birth=PartialDate(2015, 6, 1))
    residents = [(people["Lê Thị Lan"], Relation.HEAD), (people["Lê Thị Mai"], Relation.CHILD)]
    office.households.set_residents(one, residents, [(husband, Relation.SPOUSE), (child, None)])
    head = details("Thạch Sơn", sex=Sex.MALE, birth=PartialDate(1970, 5))
    office.households.set_residents(two, [(people["Thạch Thị Ba"], Relation.SPOUSE)], [(head, Relation.HEAD)])
    assert office.households.detail(three).residents == ()


def told(office: Office) -> list[object]:
    """All that a list of households can say, without the ids of one book."""
    found: list[object] = []
    for row in office.households.rows():
        detail = office.households.detail(row.id)
        record = replace(detail.household, id="", branch_id="", head_id=None)
        living = {
            (r.code, r.full_name, r.relation, None if r.code else (r.birth, office.people.person(r.person_id).sex))
            for r in detail.residents
        }
        heads = [r.full_name for r in detail.residents if r.person_id == detail.household.head_id]
        found.append((record, row.head, row.branch, living, heads))
    return found


def out(office: Office, path: Path) -> Path:
    save_households(office, office.households.rows(), "", path)
    return path


def changed(path: Path, *cells: tuple[str, str, str | int | None]) -> Path:
    """The list with cells changed: (code, title, what stands there now)."""
    book = load_workbook(path)
    sheet = book.active
    assert sheet is not None
    for row in sheet.iter_rows(min_row=4):
        for code, title, now in cells:
            if row[0].value == code:
                cell: Any = row[AT[title]]
                cell.value = now
                cell.data_type = "n" if isinstance(now, int) else "s"  # also a text that begins with "="
    after = path.with_name("sua.xlsx")
    book.save(after)
    return after


def bring(office: Office, path: Path) -> dict[str, HomeLine]:
    lists = office.household_lists
    return {line.code: line for line in lists.commit(lists.preview(path)).lines}


def a_list(path: Path, titles: list[str], *rows: tuple[object, ...]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (titles, *rows):
        sheet.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_what_went_out_comes_back_and_changes_nothing(office: Office, tmp_path: Path, ending: str) -> None:
    before, acts = told(office), len(office.history.acts())
    path = out(office, tmp_path / f"ho.{ending}")
    assert {line.fate for line in office.household_lists.preview(path).lines} == {Fate.PRESENT}
    assert office.household_lists.commit(office.household_lists.preview(path)).batch == ""
    assert (told(office), len(office.history.acts())) == (before, acts + 1)  # the export is noted


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_an_empty_commune_with_the_members_gets_the_same_households(
    office: Office, tmp_path: Path, ending: str
) -> None:
    other = make_office(tmp_path / "other", "other")
    members, homes = tmp_path / f"hv.{ending}", out(office, tmp_path / f"ho.{ending}")
    save_members(office, office.people.rows(), "", members, lambda _row: "")
    other.imports.commit(other.imports.preview(members))
    lines = bring(other, homes)
    assert {line.fate for line in lines.values()} == {Fate.NEW}
    assert told(other) == told(office)
    assert other.household_lists.preview(homes).coming == 0
    other.close()


def test_the_sheet_has_the_titles_that_an_import_finds(office: Office, tmp_path: Path) -> None:
    sheet = load_workbook(out(office, tmp_path / "ho.xlsx")).active
    assert sheet is not None
    assert [cell.value for cell in sheet[3]] == TITLES
    hers = next([cell.value for cell in row] for row in sheet.iter_rows(min_row=4) if row[0].value == "HO00001")
    assert hers[AT["Mã chủ hộ"]] == "HP00001"
    assert hers[AT["Hội viên trong hộ"]] == "HP00001 Lê Thị Lan (chủ hộ); HP00002 Lê Thị Mai (con)"
    assert hers[AT["Người khác trong hộ"]] == "Phạm Văn Hùng (nam, 1968, vợ hoặc chồng); Phạm Thị Út (nữ, 01/06/2015)"


CHANGES: dict[str, tuple[HomeField, Callable[[str], str | int]]] = {
    "Chi hội": (HomeField.BRANCH, lambda now: "Ấp Phú Mỹ" if now == "Ấp An Hòa" else "Chi hội Ấp An Hoà"),
    "Địa chỉ": (HomeField.ADDRESS, lambda now: f"{now} cũ".strip()),
    "Điện thoại": (HomeField.PHONE, lambda _now: "0987 654 321"),
    "Diện hộ": (HomeField.GROUP, lambda now: "Không" if now else "Hộ cận nghèo"),
    "Số nhân khẩu": (HomeField.RESIDENTS, lambda _now: 9),
    "Người khác trong hộ": (HomeField.OTHERS, lambda now: "; ".join(filter(None, (now, "Bùi Thị Tám (nữ, 1999)")))),
    "Ghi chú": (HomeField.NOTE, lambda now: f"{now} +1".strip()),
}
EDITS = st.lists(st.tuples(st.integers(1, 4), st.sampled_from(sorted(CHANGES))), unique=True, min_size=1, max_size=6)


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(edits=EDITS)
def test_exactly_what_was_changed_in_the_file_changes(
    office: Office, tmp_path: Path, edits: list[tuple[int, str]]
) -> None:
    path = out(office, tmp_path / "ho.xlsx")
    before = told(office)
    sheet = load_workbook(path).active
    assert sheet is not None
    now = {row[0].value: [str(cell.value or "") for cell in row] for row in sheet.iter_rows(min_row=4)}
    wanted: dict[str, set[HomeField]] = {}
    cells: list[tuple[str, str, str | int | None]] = []
    for number, title in edits:
        code = f"HO0000{number}"
        at, change = CHANGES[title]
        said = now[code][AT[title]]
        cells.append((code, title, change(said)))
        if str(change(said)) != said and not (title == "Điện thoại" and said == "0987654321"):
            wanted.setdefault(code, set()).add(at)
    # a second edit of the same cell to what it says already changes nothing; the fixture's book is shared by examples
    after = changed(path, *cells)
    preview = office.household_lists.preview(after)
    assert {line.code: set(line.changes) for line in preview.lines if line.changes} == wanted
    result = office.household_lists.commit(preview)
    assert office.household_lists.preview(after).coming == 0
    assert office.household_lists.commit(office.household_lists.preview(after)).batch == ""
    if result.batch:
        office.history.undo(result.batch)
    assert told(office) == before
    assert office.household_lists.preview(path).coming == 0


def test_who_is_named_elsewhere_moves_and_a_head_who_went_stays_known_by_name(office: Office, tmp_path: Path) -> None:
    path = changed(
        out(office, tmp_path / "ho.xlsx"),
        ("HO00001", "Hội viên trong hộ", "HP00002 Lê Thị Mai (chủ hộ)"),
        ("HO00001", "Mã chủ hộ", "HP00002"),
        ("HO00001", "Chủ hộ", "Lê Thị Mai"),
        ("HO00001", "Người khác trong hộ", "Phạm Thị Út (con)"),
        ("HO00003", "Hội viên trong hộ", "HP00001 Lê Thị Lan; HP00003 Thạch Thị Ba"),
        ("HO00003", "Người khác trong hộ", "Phạm Văn Hùng (1968)"),
        ("HO00002", "Hội viên trong hộ", "không"),
        ("HO00002", "Người khác trong hộ", "không có"),
    )
    lines = bring(office, path)
    assert [lines[f"HO0000{n}"].fate for n in range(1, 5)] == [Fate.CHANGED, Fate.CHANGED, Fate.CHANGED, Fate.PRESENT]
    homes = {row.code: office.households.detail(row.id) for row in office.households.rows()}
    living = {code: {r.full_name for r in home.residents} for code, home in homes.items()}
    assert living["HO00001"] == {"Lê Thị Mai", "Phạm Thị Út"}
    assert living["HO00003"] == {"Lê Thị Lan", "Thạch Thị Ba", "Phạm Văn Hùng"}
    assert living["HO00002"] == set()
    assert (homes["HO00001"].row.head, homes["HO00002"].row.head) == ("Lê Thị Mai", "Thạch Sơn")
    assert homes["HO00002"].household.head_id is None
    assert sum(p.full_name == "Phạm Văn Hùng" for p in office.people.others()) == 1  # moved, not made again
    assert office.household_lists.preview(path).coming == 0


def test_a_corrected_birth_is_hers_and_not_another_person(office: Office, tmp_path: Path) -> None:
    said = "Phạm Văn Hùng (nam, 1969, vợ hoặc chồng); Phạm Thị Út (nữ, 01/06/2015)"
    path = changed(out(office, tmp_path / "ho.xlsx"), ("HO00001", "Người khác trong hộ", said))
    assert bring(office, path)["HO00001"].changes == (HomeField.OTHERS,)
    assert {p.full_name: str(p.birth) for p in office.people.others()}["Phạm Văn Hùng"] == "1969"
    assert len(office.people.others()) == 3


@pytest.mark.parametrize(
    ("cells", "trouble"),
    [
        ({"Diện hộ": "hộ vàng"}, HomeTrouble.GROUP_UNKNOWN),
        ({"Số nhân khẩu": "nhiều"}, HomeTrouble.RESIDENTS_ODD),
        ({"Chi hội": "Ấp Không Có"}, HomeTrouble.BRANCH_UNKNOWN),
        ({"Hội viên trong hộ": "HP00002 Lê Thị Mơ"}, HomeTrouble.MEMBER_UNKNOWN),
        ({"Hội viên trong hộ": "HP09999 Lê Thị Mai"}, HomeTrouble.MEMBER_UNKNOWN),
        ({"Hội viên trong hộ": "HP00003 Thạch Thị Ba"}, HomeTrouble.NAMED_TWICE),
        ({"Người khác trong hộ": "Phạm Văn Hùng (1968, ông chú họ xa)"}, HomeTrouble.NOT_UNDERSTOOD),
        ({"Chủ hộ": "Lê Thị Lành"}, HomeTrouble.HEADS_DIFFER),
        ({"Mã chủ hộ": "HP00002", "Chủ hộ": "Lê Thị Mai"}, HomeTrouble.HEADS_DIFFER),
        ({"Mã hộ": "HO00002"}, HomeTrouble.TWICE),
    ],
)
def test_a_row_that_cannot_be_believed_stays_out_and_says_why(
    office: Office, tmp_path: Path, cells: dict[str, str], trouble: HomeTrouble
) -> None:
    before = told(office)
    code = "HO00001" if trouble is not HomeTrouble.NAMED_TWICE else "HO00004"
    path = changed(out(office, tmp_path / "ho.xlsx"), *((code, title, now) for title, now in cells.items()))
    lists = office.household_lists
    refused = lists.preview(path).of(Fate.REFUSED)
    assert trouble in {reason.trouble for line in refused for reason in line.reasons}
    assert lists.commit(lists.preview(path)).batch == ""
    assert told(office) == before


def test_a_code_of_another_commune_is_not_believed(office: Office, tmp_path: Path) -> None:
    path = a_list(tmp_path / "la.xlsx", TITLES, ("HO00001", "", "Kim Thị Lạ", "Ấp An Hòa", "Số 99"))
    (line,) = office.household_lists.preview(path).lines
    assert [reason.trouble for reason in line.reasons] == [HomeTrouble.CODE_OF_ANOTHER]
    with pytest.raises(NothingToImport):
        office.household_lists.commit(office.household_lists.preview(path))


def test_a_list_without_codes_comes_in_once(office: Office, tmp_path: Path) -> None:
    titles = ["TT", "Họ và tên chủ hộ", "Nơi ở", "Thuộc chi hội", "Hội viên trong hộ", "Nhân khẩu"]
    path = a_list(
        tmp_path / "la.xlsx",
        titles,
        (1, "Lý Thị Tư", "Số 7", "Chi hội Ấp Phú Mỹ", "Lý Thị Tư", "4 người"),
        (2, "Lý Thị Tám", "Số 8", "", "", ""),
        (3, "Lý Thị Chín", "Số 9", "Ấp Phú Mỹ", "", 3),
        ("", "Tổng cộng", "", "", "", 7),
    )
    lists = office.household_lists
    assert [line.fate for line in lists.preview(path).lines] == [Fate.NEW, Fate.REFUSED, Fate.NEW]
    result = lists.commit(lists.preview(path))
    homes = {row.head: office.households.detail(row.id) for row in office.households.rows()}
    assert (homes["Lý Thị Tư"].row.code, homes["Lý Thị Tư"].household.residents) == ("HO00005", 4)
    assert [r.relation for r in homes["Lý Thị Tư"].residents] == [Relation.HEAD]
    assert [line.fate for line in lists.preview(path).lines] == [Fate.PRESENT, Fate.REFUSED, Fate.PRESENT]
    office.history.undo(result.batch)
    assert len(office.households.rows()) == 4


def test_which_list_it_is_is_told_by_its_titles(office: Office, tmp_path: Path) -> None:
    from sochihoi.intake.interpret import open_list

    members, paper = tmp_path / "hv.xlsx", tmp_path / "in.xlsx"
    save_members(office, office.people.rows(), "", members, lambda _row: "")
    lists = office.household_lists
    assert lists.recognises(open_list(out(office, tmp_path / "ho.xlsx")))
    assert not lists.recognises(open_list(members))
    with_head = a_list(
        tmp_path / "b.xlsx", ["Họ và tên", "Năm sinh", "Chủ hộ", "Địa chỉ"], ("Lê Thị A", 1970, "B", "C")
    )
    assert not lists.recognises(open_list(with_head))
    with pytest.raises(NoHouseholdsListed):
        lists.preview(members)
    titles = ("Mã", "Chủ hộ", "Chi hội", "Địa chỉ", "Số người", "Hội viên", "Diện hộ")
    rows = tuple(
        ListingRow((r.code, r.head, r.branch, r.address or "—", str(r.size or "—"), str(r.members), ""), (None,) * 7)
        for r in office.households.rows()
    )
    save_list(office, Listing("Danh sách hộ", "", "", tuple(map(ListingColumn, titles)), rows), paper)
    assert {line.fate for line in lists.preview(paper).lines} == {Fate.PRESENT}  # the paper for reading says no more


def test_a_household_without_a_head_is_refused_by_the_window_too(office: Office) -> None:
    branch = office.setup.branches()[0].id
    with pytest.raises(FieldProblem):
        office.households.add(HouseholdDetails(branch))
