"""Received rows by the thousand: replaced as a whole, journalled as one, checked against what the journal says of them,
on both engines.
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from sochihoi.domain.errors import NotFound
from sochihoi.domain.exchange import Outcome, Received
from sochihoi.storage import agreement, bulk, journal
from sochihoi.storage.errors import UndoConflict
from sochihoi.storage.schema import journal as journal_table
from sochihoi.storage.schema import received_figure, received_member
from sochihoi.storage.store import Store
from sochihoi.storage.work import Work
from tests.storage.conftest import StoreMaker

pytestmark = pytest.mark.usefixtures("both_engines")


@pytest.fixture
def store(make_store: StoreMaker) -> Store:
    made = make_store()
    line = Received("file", "a.hpn", "sha", "99001", "xã", "2026-10", 1, "e", "mh", Outcome.STORED, "", {}, (), None)
    with made.write("t") as work:
        work.sync.put_received(line, b"x", None)
    return made


def members(count: int, unit: str = "99001") -> list[dict[str, Any]]:
    return [
        {
            "id": f"{unit}-{n:05}",
            "unit_code": unit,
            "member": f"HP{n:05}",
            "content": {"name": f"Nguyễn Thị “{n}”\t\\N", "birth": "1971-03", "core": n % 2 == 0, "none": None},
            "id_hash": "",
            "file_id": "file",
            "deleted_on": date(2026, 1, n % 28 + 1) if n % 5 == 0 else None,
        }
        for n in range(count)
    ]


def kept(work: Work, unit: str = "99001") -> list[dict[str, Any]]:
    query = select(received_member).where(received_member.c.unit_code == unit).order_by(received_member.c.id)
    return [dict(row) for row in work.rows(query)]


def entries(work: Work) -> list[Any]:
    named = journal_table.c.noun == bulk.noun_of(received_member)
    return list(work.rows(select(journal_table).where(named).order_by(journal_table.c.n)))


def test_rows_come_back_as_they_went_in_and_stand_in_one_row_of_the_journal(store: Store) -> None:
    with store.write("sync.receive") as work:
        before = journal.head(work.connection)[0]
        work.sync.replace_members("99001", members(3000))
        work.sync.replace_members("99002", members(2, "99002"))
        assert journal.head(work.connection)[0] == before + 2
    with store.read() as work:
        assert kept(work) == members(3000)
        told = entries(work)[0]
        assert (told["record_id"], told["before"], json.loads(told["after"])["rows"]) == ("99001", None, 3000)
        assert agreement.disagreeing(work) == ()
    assert store.findings() == ()


def test_the_newest_takes_the_place_of_all_before_and_of_nobody_else(store: Store) -> None:
    for count in (30, 7, 0):
        with store.write("sync.receive") as work:
            work.sync.replace_members("99001", members(count))
            work.sync.replace_members("99002", members(3, "99002"))
        with store.read() as work:
            assert (len(kept(work)), len(kept(work, "99002"))) == (count, 3)
            assert agreement.disagreeing(work) == ()
    with store.write("sync.receive") as work:
        work.sync.replace_members("99001", [])  # nobody again: nothing to say
    with store.read() as work:
        said = [(e["before"] and json.loads(e["before"])["rows"], e["after"]) for e in entries(work)]
        assert [s for s in said if s[1] is None] == [(7, None)]


@pytest.mark.parametrize("how", ["changed", "taken away", "put in"])
def test_a_row_that_changes_past_the_program_is_found(store: Store, how: str) -> None:
    with store.write("sync.receive") as work:
        work.sync.replace_members("99001", members(20))
        work.sync.replace_members("99002", members(20, "99002"))
    with store.write("t") as work:
        if how == "changed":
            row = received_member.c.id == "99001-00003"
            work.connection.execute(update(received_member).where(row).values(content={"name": "khác"}))
        elif how == "taken away":
            work.connection.execute(delete(received_member).where(received_member.c.id == "99001-00003"))
        else:
            work.connection.execute(received_member.insert(), [members(21)[20]])
    with store.read() as work:
        assert agreement.disagreeing(work) == (("received_member", "99001"),)
    assert [(one.kind.value, one.noun, one.count) for one in store.findings()] == [("records", "received_member", 1)]


def figures(*numbers: int) -> list[dict[str, Any]]:
    told = {"unit_code": "99001", "period": "2026-10", "edition": 1, "branch": "", "branch_name": "", "file_id": "file"}
    return [{**told, "id": f"f{n}", "code": f"org.{n}", "content": {"num": n}} for n in numbers]


def test_a_book_that_had_its_rows_in_the_journal_one_by_one_goes_on_whole(store: Store) -> None:
    with store.write("sync.receive") as work:
        work.insert(received_figure, figures(1, 2, 3))  # as it was before
    with store.write("sync.receive") as work:
        assert work.sync.replace_partition("99001", "2026-10", figures(4, 5))
        assert not work.sync.replace_partition("99001", "2026-10", figures(4, 5))
    with store.read() as work:
        assert [one["id"] for one in work.sync.partition("99001", "2026-10")] == ["f4", "f5"]
        assert agreement.disagreeing(work) == ()


def test_rows_that_came_as_one_are_not_taken_back_one_by_one(store: Store) -> None:
    with store.write("sync.receive", batch="drop") as work:
        work.sync.replace_members("99001", members(3))
    with pytest.raises(UndoConflict), store.write("undo") as work:
        work.revert("drop")
    with store.read() as work:
        assert len(kept(work)) == 3


def test_an_act_that_breaks_off_leaves_neither_rows_nor_words(store: Store) -> None:
    with store.read() as work:
        before = journal.head(work.connection)
    with suppress(NotFound), store.write("sync.receive") as work:
        work.sync.replace_members("99001", members(50))
        work.sync.received_one("another")
    with store.read() as work:
        assert (kept(work), journal.head(work.connection)) == ([], before)
