from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text

from sochihoi.domain.exchange import SentState
from sochihoi.storage.agreement import disagreeing
from sochihoi.storage.damage import Damage, DamageKind
from sochihoi.storage.schema import received_file
from sochihoi.storage.store import Store
from tests.storage.test_sync import received, sent

CHANGES = {
    "a value": ("UPDATE sent_file SET state = 'PREPARED' WHERE id = 'sent002'", ("sent_file", "sent002")),
    "bytes": ("UPDATE sent_file SET content = x'00' WHERE id = 'sent001'", ("sent_file", "sent001")),
    "a record taken out": ("DELETE FROM sent_file WHERE id = 'sent001'", ("sent_file", "sent001")),
    "a record that came back": (
        "INSERT INTO received_file (id, {names}) SELECT 'line2', {others} FROM received_file WHERE id = 'line1'",
        ("received_file", "line2"),
    ),
}


def written(store: Store) -> None:
    """Two files sent, one of them changed; one taken in, another taken in and erased."""
    with store.write("t") as work:
        work.sync.add_sent(sent(1), b"one")
        work.sync.add_sent(sent(2), b"two")
        work.sync.change_sent("sent002", SentState.WRITTEN, written_to="E:/x.hpn", on=date(2026, 11, 3))
        work.sync.put_received(received(1), b"bytes", b"receipt")
        work.sync.put_received(received(2), b"more", None)
        work.erase(received_file, ["line2"])
        work.note("account", "nobody")  # an act without a record


def test_what_was_written_agrees_with_the_journal(store: Store) -> None:
    written(store)
    with store.read() as work:
        assert disagreeing(work) == ()
    assert store.findings() == ()


@pytest.mark.parametrize("name", CHANGES)
def test_a_record_changed_past_the_journal_is_found(store: Store, name: str) -> None:
    statement, (noun, key) = CHANGES[name]
    written(store)
    with store.write("t") as work:
        names = [c.name for c in list(received_file.c)[1:]]
        others = ", ".join("'other'" if name == "sha256" else name for name in names)
        work.connection.execute(text(statement.format(names=", ".join(names), others=others)))
    with store.read() as work:
        assert disagreeing(work) == ((noun, key),)
    assert store.findings() == (Damage(DamageKind.RECORDS, 1, noun=noun),)
