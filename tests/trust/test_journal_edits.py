"""R14: the journal is edited by somebody who has the key of the book and takes the triggers off. Everything is found:
by the chain, or, where the whole chain was made anew or its end cut off, by the anchor in the newest file sent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from sochihoi.domain.exchange import JournalCut
from sochihoi.services.sending import check_anchor
from sochihoi.storage import journal
from sochihoi.storage.work import Work
from tests.exchange_data import Exchange, make_exchange
from tests.trust.conftest import Counted

Attack = Callable[[Work], None]
TEXTS = ("at", "account_id", "batch", "act", "noun", "record_id", "before", "after")


class _Back(Exception):
    """Takes an attack back."""


@pytest.fixture
def sent(tmp_path: Path) -> Iterator[Exchange]:
    """A commune whose newest file is anchored in its journal."""
    made = make_exchange(tmp_path)
    made.send()
    yield made
    made.close()


def run(work: Work, statement: str, **values: Any) -> None:
    work.connection.execute(text(statement), values)


def rechained(work: Work, since: int) -> None:
    """The attacker knows the rule and makes every hash after her change anew."""
    rows = (
        work.connection.execute(text("SELECT * FROM journal WHERE n >= :n ORDER BY n"), {"n": since}).mappings().all()
    )
    before = work.connection.execute(text("SELECT hash FROM journal WHERE n = :n"), {"n": since - 1}).scalar()
    prev = journal.ORIGIN if before is None else bytes(before)
    for row in rows:
        body = {key: value for key, value in row.items() if key not in ("prev", "hash")}
        own = journal.link(prev, body)
        run(work, "UPDATE journal SET prev = :prev, hash = :hash WHERE n = :n", prev=prev, hash=own, n=row["n"])
        prev = own


def attacks(last: int) -> Iterator[tuple[str, Attack]]:
    """Name and act of every attack on a journal whose newest row is ``last``."""

    def told(statement: str, since: int = 0, **values: Any) -> Attack:
        def act(work: Work) -> None:
            run(work, statement, **values)
            if since:
                rechained(work, since)

        return act

    places = [1 + at * (last - 1) // 15 for at in range(16)]
    for n in places:
        for column in TEXTS:
            changed = f"UPDATE journal SET {column} = coalesce({column}, '') || 'x' WHERE n = :n"  # noqa: S608
            yield f"edit {column} of {n}", told(changed, n=n)
        yield f"edit the mark of the clock of {n}", told("UPDATE journal SET clock_suspect = 1 WHERE n = :n", n=n)
        yield f"edit the hash of {n}", told("UPDATE journal SET hash = zeroblob(32) WHERE n = :n", n=n)
        yield f"edit {n} and chain anew", told("UPDATE journal SET after = '{}' WHERE n = :n", n, n=n)
        yield f"delete {n}", told("DELETE FROM journal WHERE n = :n", n=n)
        yield f"cut off from {n}", told("DELETE FROM journal WHERE n >= :n", n=n)
        gap = "UPDATE journal SET n = -n - 1 WHERE n > :n"
        close = "UPDATE journal SET n = -n - 2 WHERE n < 0"
        forged = (
            "INSERT INTO journal SELECT n + 1, hash, zeroblob(32), at, account_id, batch, 'forged', noun, record_id,"
            " before, after, clock_suspect FROM journal WHERE n = :n"
        )
        yield f"insert after {n}", _several((gap, n), ("UPDATE journal SET n = -n WHERE n < 0", 0), (forged, n))
        yield f"delete {n} and close the gap", _several(("DELETE FROM journal WHERE n = :n", n), (gap, n), (close, 0))
        yield (
            f"delete {n}, close the gap, chain anew",
            _several(("DELETE FROM journal WHERE n = :n", n), (gap, n), (close, 0), anew=n),
        )


def _several(*steps: tuple[str, int], anew: int = 0) -> Attack:
    def act(work: Work) -> None:
        for statement, n in steps:
            work.connection.execute(text(statement), {"n": n} if ":n" in statement else {})
        if anew:
            rechained(work, anew)

    return act


def test_every_edit_of_the_journal_is_found(sent: Exchange, counted: Counted) -> None:
    office = sent.below
    with office.read() as work:
        last = work.sync.audit_head()[0]
        triggers = [
            str(row.name)
            for row in work.connection.execute(text("SELECT name FROM sqlite_master WHERE tbl_name = 'journal'"))
            if "journal_" in str(row.name)
        ]
        anchored = _anchor(work)
    failures: dict[str, str] = {}
    tried = by_anchor = 0
    for name, attack in attacks(anchored):
        tried += 1
        try:
            with office.store.write("t") as work:
                for trigger in triggers:
                    run(work, f"DROP TRIGGER IF EXISTS {trigger}")
                attack(work)
                broken = journal.broken_links(work.connection)
                cut = _is_cut(work)
                raise _Back
        except _Back:
            by_anchor += not broken
            if not (broken or cut):
                failures[name] = "not found"
    with office.read() as work:
        assert journal.broken_links(work.connection) == ()
        assert not _is_cut(work)
        assert work.sync.audit_head()[0] == last
    assert by_anchor >= 32  # cut off, or chained anew: the chain alone would not have found these
    counted("R14 edits of the journal", tried, failures, least=200, remark=f"{by_anchor} by the anchor")


def _anchor(work: Work) -> int:
    from sochihoi.sync.envelope import inspect

    manifest = inspect(work.sync.sent_content(work.sync.sent()[0].id)).manifest
    assert manifest is not None
    return manifest.draft.audit.n


def _is_cut(work: Work) -> bool:
    try:
        check_anchor(work)
    except JournalCut:
        return True
    return False


def test_a_cut_journal_sends_nothing_and_says_so(sent: Exchange) -> None:
    from sochihoi.ui import words
    from tests.exchange_data import SEPTEMBER

    with sent.below.store.write("t") as work:
        for row in work.connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
            if row.name.startswith("journal"):
                run(work, f"DROP TRIGGER {row.name}")
        run(work, "DELETE FROM journal WHERE n > :n", n=_anchor(work) - 2)
    with pytest.raises(JournalCut) as told:
        sent.send(SEPTEMBER)
    assert "tệp số 1" in words.say(told.value).what
