"""Every act on passwords, accounts and the recovery sheet has its row in the journal; no secret ever stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sochihoi.domain.accounts import Role
from sochihoi.services.office import Office
from sochihoi.services.opening import open_office
from sochihoi.services.recovering import recover
from sochihoi.storage.errors import CannotWrite, WrongPassword
from sochihoi.storage.journal import Entry
from sochihoi.storage.vault import Keyring
from sochihoi.ui.setup import presenter
from tests.offices import MOMENT, PASSWORD, around, make_office

OTHER = "bốn từ liền nhau"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = make_office(tmp_path / "c")
    yield made
    made.close()


def _rows(office: Office, account_id: str) -> list[tuple[str, str]]:
    return [(e.act, e.account_id) for e in reversed(_entries(office, account_id))]


def _entries(office: Office, account_id: str) -> tuple[Entry, ...]:
    return office.history.of_records((account_id,))


def test_each_act_says_who_at_whom_and_when(office: Office) -> None:
    me = office.account.id
    hers = office.setup.add_account("Lê Thị Hoa", Role.OFFICER, OTHER, around("x"))
    office.setup.set_password(hers.id, "mật khẩu mới của Hoa", around("x"))
    office.setup.change_password("mật khẩu mới của tôi", around("x"))
    office.setup.new_recovery_code(around("x"))
    office.setup.end_account(hers.id)
    assert _rows(office, hers.id) == [("account.add", me), ("account.password", me), ("account.end", me)]
    assert _rows(office, me) == [("commune.make", me), ("account.password", me), ("account.recovery", me)]
    assert {e.at for e in _entries(office, me)} == {f"{MOMENT:%Y-%m-%dT%H:%M:%SZ}"}
    noted = [e for e in _entries(office, me) if e.act != "commune.make"]
    assert [(e.noun, e.before, e.after) for e in noted] == [("account", None, None)] * 2
    assert office.store.findings() == ()


def test_no_secret_stands_in_the_journal(office: Office) -> None:
    from sqlalchemy import select

    from sochihoi.storage.schema import journal

    hers = office.setup.add_account("Lê Thị Hoa", Role.OFFICER, OTHER, around("x"))
    office.setup.set_password(hers.id, "mật khẩu mới của Hoa", around("x"))
    code = office.setup.new_recovery_code(around("x"))
    ring = Keyring.read(office.store.folder.keyring).content().decode()
    with office.read() as work:
        told = repr([tuple(row.values()) for row in work.rows(select(journal))])
    for secret in (OTHER, "mật khẩu mới", code, code.replace("-", ""), office.store.key.hex()):
        assert secret not in told
    for wrapped in (line.split('"')[3] for line in ring.splitlines() if '"key": "' in line):
        assert wrapped not in told


def test_a_viewer_s_own_password_is_journaled_under_her_name(office: Office, tmp_path: Path) -> None:
    hers = office.setup.add_account("Người Xem", Role.VIEWER, OTHER, around("x"))
    office.close()
    viewer = open_office(tmp_path / "c", OTHER, around=around("y"))
    viewer.setup.change_password("mật khẩu của người xem", around("z"))
    assert _rows(viewer, hers.id)[-1] == ("account.password", hers.id)
    viewer.close()


def test_the_recovery_sheet_leaves_a_row_of_whose_password_was_given_anew(office: Office, tmp_path: Path) -> None:
    code = office.setup.new_recovery_code(around("x"))
    me = office.account.id
    office.close()
    again = recover(tmp_path / "c", code, "Trần Thị Mẫu", "một mật khẩu mới", around=around("r"))
    assert _rows(again, me)[-1] == ("account.recover", me)
    assert again.account.id == me
    again.close()


def test_what_cannot_be_written_leaves_neither_ring_nor_row(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    hers = office.setup.add_account("Lê Thị Hoa", Role.OFFICER, OTHER, around("x"))
    was = office.store.folder.keyring.read_bytes()
    with office.read() as work:
        version = work.months.version()

    def refuses(_self: Keyring) -> None:
        raise CannotWrite("keyring.json")

    monkeypatch.setattr(Keyring, "save", refuses)
    for act in (
        lambda: office.setup.change_password("một mật khẩu mới", around("x")),
        lambda: office.setup.set_password(hers.id, "một mật khẩu mới", around("x")),
        lambda: office.setup.new_recovery_code(around("x")),
        lambda: office.setup.end_account(hers.id),
        lambda: office.setup.add_account("Ba", Role.VIEWER, OTHER, around("x")),
    ):
        with pytest.raises(CannotWrite):
            act()
    assert office.store.folder.keyring.read_bytes() == was
    with office.read() as work:
        assert work.months.version() == version
    assert [a.active for a in office.setup.accounts()] == [True, True]


def test_a_wrong_recovery_code_leaves_no_row(office: Office, tmp_path: Path) -> None:
    with office.read() as work:
        version = work.months.version()
    office.close()
    with pytest.raises(WrongPassword):
        recover(tmp_path / "c", "A" * 32, "Trần Thị Mẫu", "một mật khẩu mới", around=around("r"))
    again = open_office(tmp_path / "c", PASSWORD, around=around("y"))
    with again.read() as work:
        assert work.months.version() == version
    again.close()


def test_the_history_names_act_and_account_and_takes_nothing_back(office: Office) -> None:
    hers = office.setup.add_account("Lê Thị Hoa", Role.OFFICER, OTHER, around("x"))
    office.setup.set_password(hers.id, "một mật khẩu mới", around("x"))
    office.setup.new_recovery_code(around("x"))
    newest = presenter.history(office)[:2]
    assert [line.whom for line in newest] == ["Trần Thị Mẫu", "Lê Thị Hoa"]
    assert not any(line.undoable for line in newest)
    assert len({line.what for line in newest}) == 2
