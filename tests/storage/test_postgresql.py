"""The server as it is: which addresses are taken, what the chain makes there, what the server itself refuses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import inspect as sql_inspect
from sqlalchemy import text

from sochihoi.storage import journal, postgresql
from sochihoi.storage.errors import (
    BadServerAddress,
    NotOnServer,
    OtherBookThere,
    SecretMissing,
    ServerAway,
    ServerBusy,
    ServerNotSecured,
)
from sochihoi.storage.folder import DataFolder
from sochihoi.storage.migrate import HEAD
from sochihoi.storage.schema import METADATA, installation, target_setting
from sochihoi.storage.store import Store
from tests.private_server import Cluster
from tests.storage.conftest import KEY, MOMENT

SECRET = b"only on this PC"
HERE = "postgresql+psycopg://officer@/book"


@pytest.mark.parametrize(
    "told",
    [
        HERE,
        f"{HERE}?host=/var/run/postgresql",
        "postgresql://officer@localhost/book",
        "postgres://officer@127.0.0.5/book",
        "postgresql://officer@[::1]:5433/book",
        "postgresql://officer:bí-mật@may-chu.vn/book?sslmode=require&channel_binding=require",
        "postgresql://officer@may-chu.vn/book?sslmode=verify-ca",
        "postgresql://officer@/book?host=a.vn&host=b.vn&sslmode=verify-full",
    ],
)
def test_addresses_that_keep_the_records_from_other_eyes(told: str) -> None:
    url = postgresql.address(told)
    assert url.drivername == "postgresql+psycopg"
    assert "bí-mật" not in postgresql.shown(url)


@pytest.mark.parametrize(
    ("told", "host", "problem"),
    [
        ("postgresql://officer@may-chu.vn/book", "may-chu.vn", "clear"),
        ("postgresql://officer@10.0.0.7/book?sslmode=prefer", "10.0.0.7", "clear"),
        ("postgresql://officer@/book?host=/tmp&host=may-chu.vn", "may-chu.vn", "clear"),
        ("postgresql://officer@localhost/book?hostaddr=10.0.0.7", "10.0.0.7", "clear"),
        ("postgresql://officer@localhost/book?host=/tmp,may-chu.vn", "may-chu.vn", "clear"),
        ("postgresql://officer@may-chu.vn/book?sslmode=prefer&channel_binding=require", "may-chu.vn", "clear"),
        ("postgresql://officer@may-chu.vn/book?sslmode=require", "may-chu.vn", "unproven"),
        ("postgresql://officer@may-chu.vn/book?sslmode=require&channel_binding=prefer", "may-chu.vn", "unproven"),
    ],
)
def test_a_way_in_clear_or_to_anybody_over_a_network_is_refused(told: str, host: str, problem: str) -> None:
    with pytest.raises(ServerNotSecured) as refused:
        postgresql.address(told)
    assert (refused.value.value, refused.value.problem) == (host, problem)
    if problem == "unproven":  # a book that was kept so before still opens
        assert postgresql.proves(postgresql.address(told, kept=True)) is False


def test_a_host_that_the_environment_names_counts_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGHOST", "may-chu.vn")
    with pytest.raises(ServerNotSecured):
        postgresql.address(HERE)


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        ("", "shape"),
        ("máy chủ", "shape"),
        ("mysql://officer@localhost/book", "kind"),
        ("sqlite:///book.db", "kind"),
        ("postgresql://officer@localhost", "database"),
        (f"{HERE}?service=tinh", "option"),
    ],
)
def test_what_is_no_address(told: str, problem: str) -> None:
    with pytest.raises(BadServerAddress) as refused:
        postgresql.address(told)
    assert refused.value.problem == problem


# ---------------------------------------------------------------------- the chain


def made(tmp_path: Path, address: str, name: str = "above") -> Store:
    store = Store(DataFolder(tmp_path / name), KEY, now=lambda: MOMENT, server=address)
    store.account_id = "officer"
    store.book.keep_address()
    return store


@pytest.fixture
def store(tmp_path: Path, cluster: Cluster) -> Iterator[Store]:
    opened = made(tmp_path, cluster.database(empty=True))
    yield opened
    opened.close()


def test_the_chain_makes_the_same_tables_and_columns(store: Store) -> None:
    with store.read() as work:
        seen = sql_inspect(work.connection)
        tables = {
            name for name in seen.get_table_names() if not re.fullmatch(r"received_\w+_\d\d|alembic_version", name)
        }
        assert tables == set(METADATA.tables)
        for name, table in METADATA.tables.items():
            told = {one["name"]: one["nullable"] for one in seen.get_columns(name)}
            assert told == {column.name: column.nullable for column in table.columns}, name
            indexes = {one["name"] for one in seen.get_indexes(name)}
            assert {str(index.name) for index in table.indexes} <= indexes, name
        version = work.connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    assert version == HEAD


def test_received_rows_are_parted_by_unit_and_texts_ordered_by_bytes(store: Store) -> None:
    with store.read() as work:
        parted = "SELECT relname FROM pg_partitioned_table JOIN pg_class ON oid = partrelid ORDER BY 1"
        assert [row[0] for row in work.connection.execute(text(parted))] == ["received_figure", "received_member"]
        other = (
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND data_type = 'character varying' AND collation_name IS DISTINCT FROM 'C'"
            " AND table_name <> 'alembic_version'"
        )
        assert work.connection.execute(text(other)).all() == []


def test_what_the_engine_holds_comes_back_as_it_went_in(store: Store) -> None:
    row = {"id": "1", "code": "x", "period": "2026", "value": Decimal("37.5"), "direction": None, "note": "Ấp “Mỹ”"}
    with store.write("t") as work:
        work.insert(target_setting, [row, {**row, "id": "2", "code": "y", "value": Decimal(100)}])
    with store.read() as work:
        kept = work.get(target_setting, "1")
        assert (kept["value"], kept["note"], work.get(target_setting, "2")["value"]) == (
            Decimal("37.5"),
            row["note"],
            100,
        )
    assert store.findings() == ()


def test_the_server_refuses_what_would_rewrite_the_journal_or_hold_a_key(
    store: Store, cluster: Cluster, tmp_path: Path
) -> None:
    import psycopg

    with store.write("t") as work:
        work.note("account", "1")
    address = cluster.newest
    for statement in ("UPDATE journal SET act = 'x'", "DELETE FROM journal", "TRUNCATE journal"):
        with pytest.raises(psycopg.Error, match="append-only"):
            cluster.at(address, statement)
    identity = {"id": "pc", "identity": SECRET, "epoch": "e", "epoch_no": 1, "made_on": date(2026, 1, 1)}
    with pytest.raises(Exception, match="ck_no_key"), store.write("t") as work:
        work.insert(installation, [identity])
    kept = store.book.keep_identity(SECRET)
    with store.write("t") as work:
        work.insert(installation, [{**identity, "identity": kept}])
    with store.read() as work:
        assert work.sync.installation().identity == SECRET
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert any(file.name == "identity.sealed" for file in files)
    assert not any(SECRET in file.read_bytes() or b"book_" in file.read_bytes() for file in files)
    dumped = cluster.dumped(address)
    assert b"append-only" in dumped
    assert SECRET not in dumped
    assert SECRET.hex().encode() not in dumped


def test_a_record_changed_past_the_program_is_found(store: Store, cluster: Cluster) -> None:
    row = {"id": "1", "code": "x", "period": "2026", "value": None, "direction": None, "note": "cũ"}
    with store.write("t") as work:
        work.insert(target_setting, [row])
    address = cluster.newest
    cluster.at(address, "UPDATE target_setting SET note = 'mới'")
    assert [(one.kind.value, one.noun) for one in store.findings()] == [("records", "target_setting")]
    cluster.at(address, "ALTER TABLE journal DISABLE TRIGGER journal_no_update; UPDATE journal SET act = 'u'")
    assert [(one.kind.value, one.first) for one in store.findings()] == [("journal", 1)]


# ---------------------------------------------------------------------- opening


def test_an_empty_or_lost_database_never_takes_the_place_of_a_book(tmp_path: Path, cluster: Cluster) -> None:
    made(tmp_path, cluster.database(empty=True)).close()
    empty = cluster.database(empty=True)
    with pytest.raises(OtherBookThere):
        Store(DataFolder(tmp_path / "above"), KEY, now=lambda: MOMENT, server=empty)
    assert cluster.at(empty, "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'") == [(0,)]
    with pytest.raises(ServerAway) as away:
        Store(DataFolder(tmp_path / "above"), KEY, now=lambda: MOMENT, server=f"{HERE}?host={tmp_path}")
    assert str(tmp_path) in away.value.server
    with pytest.raises(SecretMissing):
        Store(DataFolder(tmp_path / "above"), bytes(32), now=lambda: MOMENT)


def test_the_book_of_a_folder_is_not_on_a_server(tmp_path: Path, cluster: Cluster) -> None:
    Store(DataFolder(tmp_path), KEY, now=lambda: MOMENT).close()
    with pytest.raises(NotOnServer):
        Store(DataFolder(tmp_path), KEY, now=lambda: MOMENT, server=cluster.database())


def test_a_database_without_vietnamese_letters_is_refused(tmp_path: Path, cluster: Cluster) -> None:
    cluster.sql("postgres", "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1'")
    with pytest.raises(BadServerAddress) as refused:
        made(tmp_path, cluster.address("latin"))
    assert (refused.value.problem, refused.value.value) == ("encoding", "LATIN1")


def test_one_officer_writes_at_a_time_and_nobody_waits_for_ever(
    tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = cluster.database()
    one, other = made(tmp_path, address, "one"), made(tmp_path, address, "other")
    quick = tuple(s.replace(f"{postgresql.WAIT}s", "100ms") for s in postgresql._WRITES)
    monkeypatch.setattr(postgresql, "_WRITES", quick)
    with one.write("t") as work:
        work.note("account", "1")
        with pytest.raises(ServerBusy), other.write("t"):
            pytest.fail("two at once")
        with other.read() as reading:  # who only looks sees the state before
            assert journal.head(reading.connection)[0] == 0
    with other.write("t") as work:
        work.note("account", "2")
    with one.read() as reading:
        assert journal.head(reading.connection)[0] == 2
        assert journal.broken_links(reading.connection) == ()
    one.close()
    other.close()


def test_a_page_sees_one_state(tmp_path: Path, cluster: Cluster) -> None:
    address = cluster.database()
    one, other = made(tmp_path, address, "one"), made(tmp_path, address, "other")
    with one.read() as reading:
        before = journal.head(reading.connection)
        with other.write("t") as work:
            work.note("account", "1")
        assert journal.head(reading.connection) == before
    one.close()
    other.close()


def test_what_is_told_from_the_journal_is_told_on_both(store: Store) -> None:
    """Names inside its texts, and values that are erased from it for good."""
    from sochihoi.storage import access, erasing, glance

    row = {"id": "1", "code": "x", "period": "2026", "value": None, "direction": None, "note": "cũ"}
    with store.write("member.look", batch="b") as work:
        access.note(work, {"person_id": "p1", "list": "Danh sách", "count": 3})
        work.insert(target_setting, [row])
    with store.write("t") as work:
        work.update(target_setting, {"1": {"note": "mới"}})
    with store.read() as work:
        assert glance.subjects(work, ["b"]) == {"b": ("Danh sách",)}
    with store.write("privacy.forget") as work:
        assert erasing.erase_values(work, "p1", [("target_setting", "1")]) >= 1
    with store.read() as work:
        assert journal.broken_links(work.connection) == ()
        texts = [text for entry in journal.of_record(work.connection, ["1"]) for text in (entry.before, entry.after)]
        assert "cũ" not in str(texts)
    assert store.findings() == ()
    with pytest.raises(Exception, match="append-only"), store.write("t") as work:
        work.connection.execute(text("UPDATE journal SET act = 'x'"))


@pytest.mark.parametrize("person", ["p1", "p2", ""])
def test_the_log_of_access_is_read_by_person(store: Store, person: str) -> None:
    from sochihoi.domain.access import Look
    from sochihoi.storage import access

    look = next(iter(Look)).value
    for one in ("p1", "p2"):
        with store.write(look) as work:
            access.note(work, {"person_id": one, "list": one, "count": 1})
    with store.read() as work:
        told = [entry.subject for entry in access.log(work, 10, person)]
    assert told == ([person] if person else ["p2", "p1"])
