"""Making a commune or a level above, and opening one."""

from __future__ import annotations

from pathlib import Path

import pytest

from sochihoi.domain.accounts import Role
from sochihoi.domain.errors import NotFound
from sochihoi.domain.units import Level
from sochihoi.services.office import Office
from sochihoi.services.opening import (
    BadUnitCode,
    level_of_code,
    make_commune,
    make_receiver,
    open_office,
)
from sochihoi.services.recovering import recover
from sochihoi.services.setup import NameEmpty, PasswordTooShort
from sochihoi.storage.errors import AlreadyHasData, DatabaseDamaged, FolderInUse, NoCommune, WrongPassword
from sochihoi.storage.vault import Keyring
from tests.offices import COMMUNE, PASSWORD, around, make_above, make_office


def test_a_new_commune_knows_itself(tmp_path: Path) -> None:
    office = make_office(tmp_path / "c")
    commune = office.commune
    assert (commune.name, commune.code, commune.union_name) == ("xã Hòa Phú", "99001", "Hội LHPN xã Hòa Phú")
    assert commune.union_line == "HỘI LHPN XÃ HÒA PHÚ"
    assert commune.place == "Xã Hòa Phú"
    assert commune.above_name == "Hội LHPN tỉnh Mẫu"
    assert not office.is_receiver
    assert office.account.role is Role.CHAIR
    assert [u.level for u in office.setup.units()] == [Level.COMMUNE]
    with office.read() as work:
        assert work.sync.installation().epoch_no == 1
    office.close()


def test_a_level_above_receives(tmp_path: Path) -> None:
    above = make_above(tmp_path / "a")
    assert above.is_receiver
    assert above.commune.union_name == "Hội LHPN tỉnh Mẫu"
    assert [u.level for u in above.setup.units()] == [Level.PROVINCE]
    above.close()


def test_it_opens_again_with_the_password_and_only_so(tmp_path: Path) -> None:
    make_office(tmp_path / "c").close()
    office = open_office(tmp_path / "c", PASSWORD, "Trần Thị Mẫu", around=around())
    assert office.commune.name == "xã Hòa Phú"
    with pytest.raises(FolderInUse):
        open_office(tmp_path / "c", PASSWORD, around=around())
    office.close()
    for password, user in (("another", None), (PASSWORD, "Nobody")):
        with pytest.raises(WrongPassword):
            open_office(tmp_path / "c", password, user, around=around())
    with pytest.raises(NoCommune):
        open_office(tmp_path / "nothing", PASSWORD, around=around())


def test_a_folder_with_a_book_is_not_used_again(tmp_path: Path) -> None:
    make_office(tmp_path / "c").close()
    with pytest.raises(AlreadyHasData):
        make_office(tmp_path / "c")
    open_office(tmp_path / "c", PASSWORD, around=around()).close()


def test_a_making_that_broke_off_can_be_begun_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The keyring comes last: until it stands, there is no book."""

    def no_power(_ring: Keyring) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Keyring, "save", no_power)
    with pytest.raises(KeyboardInterrupt):
        make_office(tmp_path / "c")
    monkeypatch.undo()
    assert not (tmp_path / "c" / "keyring.json").exists()
    make_office(tmp_path / "c").close()
    assert [file.name for file in (tmp_path / "c").glob("unfinished-*")] == ["unfinished-20261026-024200-sochihoi.db"]


def _add_a_way_in(office: Office, name: str, password: str) -> None:
    """As a kill leaves it between the key file and the book, when an account was being added."""
    from sochihoi.storage.vault import Wrap

    ring = Keyring.read(office.store.folder.keyring)
    ring.add(office.store.key, Wrap(f"no-{name}", name, "OFFICER"), password, random=bytes, cost=around().cost)
    ring.save()


def test_a_way_in_without_an_account_opens_nothing_and_goes_when_one_is_added(tmp_path: Path) -> None:
    office = make_office(tmp_path / "c")
    ring_file = office.store.folder.keyring
    for name in ("Lê Thị Hoa", "Người Khác"):
        _add_a_way_in(office, name, "bốn từ liền nhau")
    code = office.setup.new_recovery_code(around("1"))
    office.close()
    before = ring_file.read_bytes()
    with pytest.raises(WrongPassword):
        open_office(tmp_path / "c", "bốn từ liền nhau", around=around())
    with pytest.raises(NotFound):
        recover(tmp_path / "c", code, "Lê Thị Hoa", "một mật khẩu mới", around=around("x"))
    assert ring_file.read_bytes() == before
    again = open_office(tmp_path / "c", PASSWORD, around=around())
    added = again.setup.add_account("Lê Thị Hoa", Role.OFFICER, "bốn từ liền nhau", around("y"))
    again.close()
    assert [wrap.account_id for wrap in Keyring.read(ring_file).accounts()] == [again.account.id, added.id]
    hers = open_office(tmp_path / "c", "bốn từ liền nhau", around=around())
    assert hers.account == added
    hers.close()


def test_an_older_book_put_back_takes_nobody_s_way_into_the_newer_one(tmp_path: Path) -> None:
    office = make_office(tmp_path / "c")
    database = office.store.folder.database
    office.close()
    older = database.read_bytes()
    office = open_office(tmp_path / "c", PASSWORD, around=around("o"))
    office.setup.add_account("Lê Thị Hoa", Role.OFFICER, "bốn từ liền nhau", around("y"))
    office.close()
    newer = database.read_bytes()
    database.write_bytes(older)
    with pytest.raises(WrongPassword):
        open_office(tmp_path / "c", "bốn từ liền nhau", around=around("p"))
    database.write_bytes(newer)
    open_office(tmp_path / "c", "bốn từ liền nhau", around=around("q")).close()


def test_after_an_unclean_end_a_damaged_book_is_not_worked_on(tmp_path: Path) -> None:
    office = make_office(tmp_path / "c")
    folder = office.store.folder
    office.close()
    content = folder.database.read_bytes()
    spoiled = bytearray(content)
    spoiled[len(content) - 4096 * 2 + 100] ^= 0x10
    folder.database.write_bytes(spoiled)
    folder.marker.touch()
    for _start in range(2):  # the mark stays: the second start looks as well
        with pytest.raises(DatabaseDamaged):
            open_office(tmp_path / "c", PASSWORD, around=around())
    assert folder.database.read_bytes() == bytes(spoiled)
    folder.database.write_bytes(content)
    open_office(tmp_path / "c", PASSWORD, around=around()).close()
    assert not folder.marker.exists()


def test_who_forgot_the_password_gets_in_by_the_printed_code(tmp_path: Path) -> None:
    office = make_office(tmp_path / "c")
    code = office.setup.new_recovery_code(around("1"))
    with pytest.raises(FolderInUse):
        recover(tmp_path / "c", code, "Trần Thị Mẫu", "một mật khẩu mới", around=around("x"))
    office.close()
    with pytest.raises(WrongPassword):
        recover(tmp_path / "c", "A" * 32, "Trần Thị Mẫu", "một mật khẩu mới", around=around("x"))
    with pytest.raises(NotFound):
        recover(tmp_path / "c", code, "Người Lạ", "một mật khẩu mới", around=around("x"))
    with pytest.raises(PasswordTooShort):
        recover(tmp_path / "c", code, "Trần Thị Mẫu", "ngắn", around=around("x"))
    open_office(tmp_path / "c", PASSWORD, around=around("y")).close()  # nothing has changed yet
    back = recover(tmp_path / "c", code.lower(), "Trần Thị Mẫu", "một mật khẩu mới", around=around("x"))
    assert back.account.name == "Trần Thị Mẫu"
    assert back.history.acts()[0].act == "account.recover"
    back.close()
    with pytest.raises(WrongPassword):
        open_office(tmp_path / "c", PASSWORD, around=around("z"))
    recover(tmp_path / "c", code, "Trần Thị Mẫu", PASSWORD, around=around("w")).close()


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("TW", Level.CENTRAL),
        ("79", Level.PROVINCE),
        ("10108", Level.COMMUNE),
        ("CTY-1", Level.AFFILIATED),
        ("123", Level.AFFILIATED),
    ],
)
def test_the_level_follows_from_the_code(code: str, level: Level) -> None:
    assert level_of_code(code) is level


@pytest.mark.parametrize("above", ["", "   ", "\u200b"])
def test_a_level_above_has_a_name(above: str, tmp_path: Path) -> None:
    with pytest.raises(NameEmpty):
        make_commune(tmp_path / "c", COMMUNE, above=above, password=PASSWORD, around=around())
    with pytest.raises(NameEmpty):
        make_receiver(tmp_path / "a", code="92", name=above, password=PASSWORD, around=around())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("code", ["", "a b", "Sở", "x" * 33, "../x"])
def test_a_code_that_no_key_file_could_hold(code: str, tmp_path: Path) -> None:
    with pytest.raises(BadUnitCode):
        make_receiver(tmp_path / "a", code=code, name="tỉnh Mẫu", password=PASSWORD, around=around())
    assert list(tmp_path.iterdir()) == []
