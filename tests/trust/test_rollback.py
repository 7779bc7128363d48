"""R13: something is put back to an older state: the book of a commune, the book of the level above, single pages of the
file, an old file sent again. Each is found at the next receipt, at the next file, or by the check.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from sochihoi.domain.exchange import Doubt, Outcome
from sochihoi.services.office import Office
from sochihoi.services.opening import open_office
from sochihoi.storage.damage import DamageKind
from sochihoi.storage.errors import DatabaseDamaged
from sochihoi.storage.inspection import damage_of, reading
from sochihoi.storage.schema import METADATA
from sochihoi.ui.words.storage import damage_text
from tests.exchange_data import MOMENT, OCTOBER, REASON, SEPTEMBER, Exchange, make_exchange
from tests.offices import PASSWORD, around
from tests.people_data import details
from tests.trust.conftest import Counted

PAGE = 4096


def opened(folder: Path) -> Office:
    return open_office(folder, PASSWORD, around=around(f"again {folder.name}", MOMENT))


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[Exchange]:
    """September has gone up and was answered; then both books are copied aside."""
    made = make_exchange(tmp_path)
    received(made, made.send(SEPTEMBER))
    made.below.close()
    made.above.close()
    for side in ("commune", "above"):
        shutil.copytree(tmp_path / side, tmp_path / f"old {side}")
    made.below, made.above = opened(tmp_path / "commune"), opened(tmp_path / "above")
    yield made
    made.close()


def received(exchange: Exchange, file: Path) -> Doubt | None:
    """Take a file in above, and its receipt below."""
    (verdict,) = exchange.above.receiving.receive([file])
    assert verdict.line is not None
    (receipt,) = exchange.above.receiving.write_receipts(exchange.root / "receipts", [verdict.line.id])
    return exchange.below.receipts.take(receipt.read_bytes()).doubt


def put_back(exchange: Exchange, side: str) -> Office:
    folder = exchange.root / side
    (exchange.below if side == "commune" else exchange.above).close()
    shutil.rmtree(folder)
    shutil.copytree(exchange.root / f"old {side}", folder)
    return opened(folder)


def test_an_older_book_of_the_commune_is_found_at_the_next_receipt_and_the_next_file(exchange: Exchange) -> None:
    assert received(exchange, exchange.send(OCTOBER)) is None
    receipt = max((exchange.root / "receipts").iterdir())
    exchange.below = put_back(exchange, "commune")
    assert exchange.below.receipts.take(receipt.read_bytes()).doubt is Doubt.OLDER_BOOK
    exchange.below.months.begin_supplement(OCTOBER, "Sửa một số.")
    exchange.below.months.close(OCTOBER, reason=REASON)
    shutil.rmtree(exchange.stick)
    (verdict,) = exchange.above.receiving.receive([exchange.send(OCTOBER)])
    assert (verdict.outcome, verdict.code) == (Outcome.REFUSED, "FORK_SAME_SEQ")


def test_an_older_book_of_the_level_above_is_found_at_the_next_receipt(exchange: Exchange) -> None:
    assert received(exchange, exchange.send(OCTOBER)) is None
    exchange.above = put_back(exchange, "above")
    exchange.below.months.begin_supplement(OCTOBER, "Sửa một số.")
    exchange.below.months.close(OCTOBER, reason=REASON)
    (newest,) = [one for one in exchange.below.sending.history() if one.seq == 2]
    assert newest.period == "2026-10"
    assert received(exchange, exchange.send(OCTOBER)) is Doubt.OLDER_ABOVE


def test_an_old_file_sent_again_moves_nothing(exchange: Exchange) -> None:
    old = shutil.copy(exchange.stick / "HPN_99001_2026-09_0001.hpn", exchange.root / "kept.hpn")
    assert received(exchange, exchange.send(OCTOBER)) is None
    before = exchange.above.receiving.totals.as_json(OCTOBER)
    (verdict,) = exchange.above.receiving.receive([Path(old)])
    assert verdict.outcome is Outcome.DUPLICATE
    assert exchange.above.receiving.totals.as_json(OCTOBER) == before


def test_every_single_page_that_was_put_back_is_found(exchange: Exchange, counted: Counted) -> None:
    """The seal of an old page is good, and so is its place: only what hangs together tells that it is old.

    Pages whose old state says the same (free room, a counter) are no older state and are not counted.
    """
    below = exchange.below
    row = below.people.rows("ALL")[0]
    below.people.edit(row.membership_id, details("Nguyễn Thị Đổi Tên"))
    exchange.send(OCTOBER)
    key = below.store.key
    below.close()
    now = (exchange.root / "commune" / "sochihoi.db").read_bytes()
    old = (exchange.root / "old commune" / "sochihoi.db").read_bytes()
    whole, work = exchange.root / "whole.db", exchange.root / "mixed.db"
    whole.write_bytes(now)
    state = said_by(whole, key)
    failures: dict[int, str] = {}
    kinds: set[DamageKind] = set()
    tried = 0
    for at in range(0, min(len(now), len(old)), PAGE):
        if now[at : at + PAGE] == old[at : at + PAGE]:
            continue
        work.write_bytes(now[:at] + old[at : at + PAGE] + now[at + PAGE :])
        try:
            said = damage_of(work, key)
        except DatabaseDamaged as damaged:
            said = damaged.findings
        if not said and said_by(work, key) == state:
            continue
        tried += 1
        kinds |= {one.kind for one in said}
        if not said:
            failures[at // PAGE + 1] = "not found"
        assert all(damage_text(one) for one in said)
    exchange.below = opened(exchange.root / "commune")
    assert exchange.below.store.findings() == ()
    assert DamageKind.RECORDS in kinds  # what no seal, no structure and no chain would have told
    told = ", ".join(sorted(kind.value for kind in kinds))
    counted("R13 old pages put back", tried, failures, least=8, remark=told)


def said_by(path: Path, key: bytes) -> str:
    """A digest of every row of every table."""
    total = hashlib.sha256()
    with reading(path, key) as work:
        for name, table in sorted(METADATA.tables.items()):
            rows = sorted(repr(dict(row)) for row in work.rows(select(table)))
            total.update(name.encode() + "".join(rows).encode())
    return total.hexdigest()


def test_the_three_scenarios_of_the_plan(counted: Counted) -> None:
    """Old book below, old book above, old file: each has its own test here; this line is for the table."""
    scenarios = [name for name in globals() if name.startswith(("test_an_older_book", "test_an_old_file"))]
    counted("R13 rollback scenarios", len(scenarios), {}, least=3)
