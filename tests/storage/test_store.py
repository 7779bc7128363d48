"""The two doors, the journal behind them, and the way back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from sochihoi.domain.errors import NotFound
from sochihoi.storage import journal, schema
from sochihoi.storage.damage import Damage, DamageKind
from sochihoi.storage.errors import DatabaseDamaged, FolderInUse, UndoConflict
from sochihoi.storage.folder import DataFolder
from sochihoi.storage.schema import account, person, setting
from sochihoi.storage.store import Store
from tests.storage.conftest import MOMENT, StoreMaker


def _add(store: Store, record_id: str, name: str) -> str:
    with store.write("account.add") as work:
        work.insert(account, [{"id": record_id, "name": name, "role": "CHAIR", "active": True}])
        return work.batch


def test_a_write_commits_on_a_clean_exit(store: Store) -> None:
    _add(store, "a", "Lan")
    with store.read() as work:
        assert work.get(account, "a")["name"] == "Lan"


def test_a_write_rolls_back_on_any_exception_with_its_journal(store: Store) -> None:
    def breaks_off() -> None:
        with store.write("account.add") as work:
            work.insert(account, [{"id": "a", "name": "Lan", "role": "CHAIR"}])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        breaks_off()
    with store.read() as work:
        assert work.find(account, "a") is None
        assert journal.head(work.connection)[0] == 0


def test_reading_cannot_change(store: Store) -> None:
    with store.read() as work, pytest.raises(RuntimeError):
        work.insert(account, [{"id": "a", "name": "Lan", "role": "CHAIR"}])


def test_every_change_is_journaled_with_before_and_after(store: Store) -> None:
    _add(store, "a", "Lan")
    with store.write("account.rename") as work:
        work.update(account, {"a": {"name": "Hoa", "role": "CHAIR"}})
    with store.read() as work:
        newest, oldest = journal.of_record(work.connection, ["a"])
    assert oldest.before is None
    assert (newest.before or {})["name"] == "Lan"
    assert (newest.after or {})["name"] == "Hoa"
    assert (newest.act, newest.account_id, newest.at) == ("account.rename", "officer", "2026-10-26T02:00:00Z")


def test_what_already_is_so_is_not_journaled(store: Store) -> None:
    _add(store, "a", "Lan")
    with store.write("account.rename") as work:
        work.update(account, {"a": {"name": "Lan"}})
    with store.read() as work:
        assert journal.head(work.connection)[0] == 1


@pytest.mark.parametrize("statement", ["UPDATE journal SET act='x'", "DELETE FROM journal"])
def test_the_journal_refuses_to_be_rewritten(store: Store, statement: str) -> None:
    _add(store, "a", "Lan")
    with pytest.raises(DatabaseError, match="append-only"), store.write("attack") as work:
        work.connection.execute(text(statement))


def test_a_broken_chain_is_found(store: Store) -> None:
    for i in range(4):
        _add(store, str(i), "Lan")
    with store.write("attack") as work:
        work.connection.execute(text("DROP TRIGGER journal_no_update"))
        work.connection.execute(text("UPDATE journal SET after='{}' WHERE n=2"))
    assert store.findings() == (Damage(DamageKind.JOURNAL, 1, 2, "journal"),)


def test_undo_takes_a_new_record_away_and_brings_a_changed_one_back(store: Store) -> None:
    first = _add(store, "a", "Lan")
    with store.write("account.rename") as work:
        work.update(account, {"a": {"name": "Hoa"}})
        renamed = work.batch
    with store.write(f"undo {renamed}") as work:
        work.revert(renamed)
    with store.read() as work:
        assert work.get(account, "a")["name"] == "Lan"
    with store.write(f"undo {first}") as work:
        work.revert(first)
    with store.read() as work:
        assert work.find(account, "a") is None
        assert journal.broken_links(work.connection) == ()


def test_undo_brings_an_erased_record_back_with_its_dates(store: Store) -> None:
    row = {"id": "p", "full_name": "Lan", "sort_key": "lan", "search_key": "lan", "party_joined_on": date(2001, 2, 3)}
    with store.write("person.add") as work:
        work.insert(person, [row])
    with store.write("person.erase") as work:
        work.erase(person, ["p"])
        erased = work.batch
    with store.write("undo") as work:
        work.revert(erased)
    with store.read() as work:
        assert work.get(person, "p")["party_joined_on"] == date(2001, 2, 3)


def test_undo_refuses_what_changed_since_and_changes_nothing(store: Store) -> None:
    with store.write("two") as work:
        work.insert(account, [{"id": i, "name": "Lan", "role": "CHAIR", "active": True} for i in "ab"])
        both = work.batch
    with store.write("account.rename") as work:
        work.update(account, {"a": {"name": "Hoa"}})
    with pytest.raises(UndoConflict) as refused, store.write("undo") as work:
        work.revert(both)
    assert refused.value.records == (("account", "a"),)
    with store.read() as work:
        assert work.find(account, "b") is not None


def test_undo_of_an_unknown_batch(store: Store) -> None:
    with pytest.raises(NotFound), store.write("undo") as work:
        work.revert("nothing")


def test_update_of_an_unknown_record(store: Store) -> None:
    with pytest.raises(NotFound), store.write("account.rename") as work:
        work.update(account, {"nobody": {"name": "Hoa"}})


def test_put_inserts_and_updates(store: Store) -> None:
    with store.write("settings") as work:
        work.put(setting, [{"id": "a", "value": 1}])
        work.put(setting, [{"id": "a", "value": 2}, {"id": "b", "value": [1]}])
    with store.read() as work:
        assert {r["id"]: r["value"] for r in work.rows(select(setting))} == {"a": 2, "b": [1]}


def test_one_program_at_a_time(store: Store, make_store: StoreMaker) -> None:
    with pytest.raises(FolderInUse):
        make_store(store.folder.path)


def test_another_key_does_not_open_it(store: Store, make_store: StoreMaker) -> None:
    path = store.folder.path
    store.close()
    with pytest.raises(DatabaseDamaged):
        make_store(path, key=bytes(32))


def test_nothing_of_a_person_lies_in_the_file_in_clear(store: Store) -> None:
    _add(store, "a", "Nguyễn Thị Dấu Vết")
    path = store.folder.path
    store.close()
    for file in path.rglob("*"):
        if file.is_file():
            assert "Dấu Vết".encode() not in file.read_bytes(), file.name


def test_an_unclean_end_is_seen_at_the_next_start(store: Store, make_store: StoreMaker) -> None:
    path = store.folder.path
    store.close()
    assert not DataFolder(path).marker.exists()
    (path / "open.marker").touch()
    assert make_store(path).unclean


def test_a_clock_before_the_last_change_is_suspect_and_work_goes_on(store: Store, make_store: StoreMaker) -> None:
    _add(store, "a", "Lan")
    path = store.folder.path
    store.close()
    late = make_store(path, now=lambda: MOMENT - timedelta(days=400))
    assert late.clock_suspect()
    _add(late, "b", "Hoa")
    with late.read() as work:
        assert work.value(select(schema.journal.c.clock_suspect).where(schema.journal.c.n == 2)) == 1


def test_a_damaged_file_is_told(store: Store) -> None:
    for i in range(50):
        _add(store, str(i), "Lan")
    path, key = store.folder.database, store.key
    store.close()
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    from sochihoi.storage import engine

    assert engine.findings(path, key)


def test_a_row_of_the_journal_cannot_be_put_over_another(store: Store) -> None:
    _add(store, "a", "Lan")
    forged = "INSERT OR REPLACE INTO journal SELECT n, prev, hash, at, account_id, batch, 'forged', noun, record_id,"
    forged += " before, after, clock_suspect FROM journal WHERE n=1"
    with pytest.raises(DatabaseError, match="append-only"), store.write("attack") as work:
        work.connection.execute(text(forged))
