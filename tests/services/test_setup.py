"""Branches, cells, settings, accounts; and what each role may do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sochihoi.domain.accounts import Role
from sochihoi.domain.errors import NotAllowed, NotFound
from sochihoi.services.office import Office
from sochihoi.services.opening import open_office
from sochihoi.services.setup import BadNumberPattern, LastChair, NameEmpty, NameTaken, PasswordTooShort, UnitInUse
from sochihoi.services.setup_papers import recovery_sheet
from sochihoi.storage.errors import WrongPassword
from sochihoi.storage.vault import Keyring
from tests.offices import PASSWORD, around, make_office
from tests.people_data import add_branch, add_members

OTHER = "bốn từ liền nhau"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "c")
    yield made
    made.close()


def test_branches_come_once_and_in_order(office: Office) -> None:
    new = office.setup.add_branches(["Ấp 10", "  Ấp 2 ", "ap 2", "", "Ấp An Hòa"])
    assert [u.name for u in new] == ["Ấp 10", "Ấp 2", "Ấp An Hòa"]
    assert office.setup.add_branches(["ẤP AN HÒA"]) == ()
    assert [u.name for u in office.setup.branches()] == ["Ấp 2", "Ấp 10", "Ấp An Hòa"]


def test_the_list_says_how_many_are_in_each(office: Office) -> None:
    add_members(office, "Ấp An Hòa", 7, cells=2)
    office.setup.add_branches(["Ấp Trà Cuôn"])
    rows = office.setup.branch_rows()
    assert [(r.name, r.members, r.cells) for r in rows] == [("Ấp An Hòa", 7, 2), ("Ấp Trà Cuôn", 0, 0)]


def test_a_branch_is_renamed_but_not_to_a_name_beside_it(office: Office) -> None:
    one, _two = office.setup.add_branches(["Ấp An Hòa", "Ấp Trà Cuôn"])
    office.setup.rename_unit(one.id, "Khóm An Hòa")
    assert [u.name for u in office.setup.branches()] == ["Ấp Trà Cuôn", "Khóm An Hòa"]
    with pytest.raises(NameTaken):
        office.setup.rename_unit(one.id, "ấp trà cuôn")
    with pytest.raises(NameEmpty):
        office.setup.rename_unit(one.id, "  ")


def test_a_branch_ends_only_without_members(office: Office) -> None:
    add_members(office, "Ấp An Hòa", 3)
    branch, _cells = add_branch(office)
    with pytest.raises(UnitInUse) as refused:
        office.setup.end_unit(branch, date(2026, 11, 1))
    assert refused.value.members == 3
    empty = office.setup.add_branches(["Ấp Trống"])[0]
    office.setup.end_unit(empty.id, date(2026, 10, 1))
    assert [r.name for r in office.setup.branch_rows()] == ["Ấp An Hòa"]
    assert [r.name for r in office.setup.branch_rows(ended=True)] == ["Ấp An Hòa", "Ấp Trống"]
    assert office.setup.branches(date(2026, 9, 30))[-1].name == "Ấp Trống"


def test_settings_are_kept(office: Office) -> None:
    office.setup.save_commune(replace(office.commune, signer_name="Trần Thị Ký", recipients=("- Lưu: VT.",)))
    assert office.commune.signer_name == "Trần Thị Ký"
    assert office.commune.recipients == ("- Lưu: VT.",)


@pytest.mark.parametrize("pattern", ["", "05/BC", "{numbr}/BC", "{number:zz}", "{number", "{0}/BC"])
def test_a_number_pattern_must_make_numbers(office: Office, pattern: str) -> None:
    with pytest.raises(BadNumberPattern):
        office.setup.save_commune(replace(office.commune, number_pattern=pattern))


def test_another_account_opens_with_its_own_password(office: Office, tmp_path: Path) -> None:
    made = office.setup.add_account("Lê Thị Hoa", Role.OFFICER, OTHER, around("x"))
    with pytest.raises(NameTaken):
        office.setup.add_account("lê thị hoa", Role.VIEWER, OTHER, around("x"))
    with pytest.raises(NameEmpty):
        office.setup.add_account(" ", Role.VIEWER, OTHER, around("x"))
    with pytest.raises(PasswordTooShort):
        office.setup.add_account("Khác", Role.VIEWER, "1234", around("x"))
    office.close()
    hers = open_office(tmp_path / "c", OTHER, "Lê Thị Hoa", around=around("y"))
    assert hers.account == made
    with pytest.raises(NotAllowed):
        hers.setup.add_account("Ba", Role.VIEWER, OTHER, around("x"))
    hers.close()


def test_an_account_that_ended_opens_nothing_and_the_last_chair_stays(office: Office, tmp_path: Path) -> None:
    made = office.setup.add_account("Lê Thị Hoa", Role.OFFICER, OTHER, around("x"))
    with pytest.raises(LastChair):
        office.setup.end_account(office.account.id)
    with pytest.raises(NotFound):
        office.setup.end_account("nobody")
    office.setup.end_account(made.id)
    office.close()
    with pytest.raises(WrongPassword):
        open_office(tmp_path / "c", OTHER, around=around("y"))


def test_a_forgotten_password_is_set_anew(office: Office, tmp_path: Path) -> None:
    made = office.setup.add_account("Lê Thị Hoa", Role.OFFICER, OTHER, around("x"))
    office.setup.set_password(made.id, "một mật khẩu mới", around("z"))
    with pytest.raises(NotFound):
        office.setup.set_password("nobody", "một mật khẩu mới")
    office.setup.change_password("của chị phụ trách", around("z"))
    office.close()
    with pytest.raises(WrongPassword):
        open_office(tmp_path / "c", PASSWORD, around=around("y"))
    open_office(tmp_path / "c", "một mật khẩu mới", around=around("y")).close()
    open_office(tmp_path / "c", "của chị phụ trách", around=around("y")).close()


def test_a_new_recovery_sheet_opens_the_book_and_the_old_one_does_not(office: Office) -> None:
    first = office.setup.new_recovery_code(around("1"))
    second = office.setup.new_recovery_code(around("2"))
    ring = Keyring.read(office.store.folder.keyring)
    assert ring.open_with_recovery(second) == office.store.key
    with pytest.raises(WrongPassword):
        ring.open_with_recovery(first)
    assert recovery_sheet(office, second).startswith(b"%PDF")


_WRITES: tuple[Callable[[Office], object], ...] = (
    lambda o: o.setup.add_branches(["Ấp Mới"]),
    lambda o: o.setup.save_commune(o.commune),
    lambda o: o.setup.keep("x", 1),
    lambda o: o.setup.add_account("Ba", Role.CHAIR, OTHER),
    lambda o: o.setup.end_account(o.account.id),
    lambda o: o.setup.set_password(o.account.id, OTHER),
    lambda o: o.setup.new_recovery_code(),
    lambda o: o.backups.choose_folder(None),
    lambda o: o.history.undo(),
)


def test_a_viewer_changes_nothing_but_her_own_password(office: Office, tmp_path: Path) -> None:
    office.setup.add_branches(["Ấp An Hòa"])
    office.setup.add_account("Người Xem", Role.VIEWER, OTHER, around("x"))
    with office.read() as work:
        was = work.months.version()
    batch = next(a.batch for a in office.history.acts() if a.act == "unit.add")
    office.close()
    viewer = open_office(tmp_path / "c", OTHER, around=around("y"))
    for write in (*_WRITES[:-1], lambda o: o.history.undo(batch)):
        with pytest.raises(NotAllowed):
            write(viewer)
    with viewer.read() as work:
        assert work.months.version() == was
    viewer.setup.change_password("mật khẩu của người xem", around("z"))
    viewer.close()
    open_office(tmp_path / "c", "mật khẩu của người xem", around=around("y")).close()
