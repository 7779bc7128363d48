"""The book goes from one PC of a commune to another: one writes, and the level above sees when two do."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sochihoi.domain.accounts import Account, Role
from sochihoi.domain.errors import NotAllowed
from sochihoi.domain.exchange import NotASender, Outcome, SentState
from sochihoi.domain.handing import BookFrozen, HandoverDiffers, NotAHandover, NotHandedOver
from sochihoi.services import handing
from sochihoi.services.handing import HandingOver
from sochihoi.services.office import Office
from sochihoi.services.opening import open_office
from sochihoi.storage.errors import CannotWrite, FileExists, WrongPassword
from sochihoi.sync.errors import Refused
from tests.exchange_data import MOMENT, OCTOBER, SEPTEMBER, Exchange, commune, make_exchange
from tests.offices import PASSWORD, around


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[Exchange]:
    made = make_exchange(tmp_path)
    yield made
    made.close()


def receipted(exchange: Exchange, *files: Path) -> None:
    """The level above takes the files, the commune takes its receipts."""
    exchange.above.receiving.receive(files)
    for receipt in exchange.above.receiving.write_receipts(exchange.root / "back"):
        exchange.below.receipts.take(receipt.read_bytes())


def taken_on(exchange: Exchange, name: str, file: Path) -> Office:
    """Another PC takes the file and opens the book."""
    near = around(name, MOMENT)
    handing.take(file, exchange.root / name, PASSWORD, None, near)
    office = open_office(exchange.root / name, PASSWORD, around=near)
    exchange.others.append(office)
    return office


def handed(exchange: Exchange, name: str = "book.hpn") -> Path:
    out = exchange.root / name
    HandingOver(exchange.below).write(out)
    return out


def test_one_pc_freezes_and_the_other_goes_on(exchange: Exchange) -> None:
    receipted(exchange, exchange.send(SEPTEMBER))
    with exchange.below.read() as work:
        before, rows = work.sync.installation(), len(exchange.below.people.rows())
    file = handed(exchange)
    assert exchange.below.frozen_on == exchange.below.today
    assert not exchange.below.may_write
    with pytest.raises(BookFrozen), exchange.below.write("test"):
        pass
    with pytest.raises(BookFrozen):
        exchange.below.sending.prepare(OCTOBER)
    assert len(exchange.below.people.rows()) == rows
    new = taken_on(exchange, "new", file)
    assert new.frozen_on is None
    assert len(new.people.rows()) == rows
    with new.read() as work:
        now = work.sync.installation()
    assert (now.epoch_no, now.identity) == (before.epoch_no + 1, before.identity)
    assert now.id != before.id
    assert now.epoch != before.epoch
    sent = exchange.send(OCTOBER, new)
    (verdict,) = exchange.above.receiving.receive([sent])
    assert verdict.outcome is Outcome.STORED
    assert new.store.findings() == ()


def test_a_book_that_was_never_sent_asks_for_no_proof(exchange: Exchange) -> None:
    new = taken_on(exchange, "new", handed(exchange))
    (verdict,) = exchange.above.receiving.receive([exchange.send(SEPTEMBER, new)])
    assert verdict.outcome is Outcome.STORED


def test_taken_twice_is_a_fork_that_the_level_above_sees(exchange: Exchange) -> None:
    receipted(exchange, exchange.send(SEPTEMBER))
    file = handed(exchange)
    one, other = taken_on(exchange, "one", file), taken_on(exchange, "other", file)
    (first,) = exchange.above.receiving.receive([exchange.send(OCTOBER, one)])
    shutil.rmtree(exchange.stick)
    (second,) = exchange.above.receiving.receive([exchange.send(OCTOBER, other)])
    assert first.outcome is Outcome.STORED
    assert (second.outcome, second.code) == (Outcome.REFUSED, "FORK_CHAIN")


def test_the_frozen_pc_that_was_taken_back_is_seen_when_the_other_was_taken(exchange: Exchange) -> None:
    receipted(exchange, exchange.send(SEPTEMBER))
    new = taken_on(exchange, "new", handed(exchange))
    HandingOver(exchange.below).take_back(PASSWORD)
    receipted(exchange, exchange.send(OCTOBER, new))
    shutil.rmtree(exchange.stick)
    (late,) = exchange.above.receiving.receive([exchange.send(OCTOBER)])
    assert late.outcome is Outcome.REFUSED


def test_a_hand_over_that_nobody_took_is_taken_back(exchange: Exchange) -> None:
    with pytest.raises(NotHandedOver):
        HandingOver(exchange.below).take_back(PASSWORD)
    handed(exchange)
    with pytest.raises(WrongPassword):
        HandingOver(exchange.below).take_back("another-password")
    assert exchange.below.frozen_on is not None
    HandingOver(exchange.below).take_back(PASSWORD)
    assert exchange.below.may_write
    receipted(exchange, exchange.send(SEPTEMBER))
    assert exchange.below.sending.history()[0].state is SentState.RECEIVED


def test_the_file_is_written_once_more_from_a_frozen_pc(exchange: Exchange) -> None:
    file = handed(exchange)
    with pytest.raises(FileExists):
        handed(exchange)
    again = handed(exchange, "again.hpn")
    assert again.read_bytes() != file.read_bytes()
    assert taken_on(exchange, "new", again).may_write


def test_nothing_is_frozen_when_the_file_cannot_be_written(exchange: Exchange) -> None:
    with pytest.raises(CannotWrite):
        HandingOver(exchange.below).write(exchange.root / "no" / "such" / "folder" / "book.hpn")
    assert exchange.below.may_write
    (exchange.root / "there.hpn").write_bytes(b"x")
    with pytest.raises(FileExists):
        HandingOver(exchange.below).write(exchange.root / "there.hpn")
    assert exchange.below.may_write


def test_who_may_hand_over_and_what_cannot_be_taken(exchange: Exchange) -> None:
    with pytest.raises(NotASender):
        HandingOver(exchange.above).write(exchange.root / "x.hpn")
    exchange.below.account = Account(exchange.below.account.id, "Lê Thị Nhập", Role.OFFICER)
    with pytest.raises(NotAllowed):
        HandingOver(exchange.below).write(exchange.root / "x.hpn")
    exchange.below.account = Account(exchange.below.account.id, "Trần Thị Mẫu", Role.CHAIR)
    report, near = exchange.send(), around("new", MOMENT)
    with pytest.raises(NotAHandover):
        handing.take(report, exchange.root / "new", PASSWORD, None, near)
    file = handed(exchange)
    with pytest.raises(WrongPassword):
        handing.take(file, exchange.root / "new", "another-password", None, near)
    data = file.read_bytes()
    file.write_bytes(data[:-100_000] + b"\0" + data[-99_999:])
    with pytest.raises(Refused):
        handing.take(file, exchange.root / "new", PASSWORD, None, near)
    assert not (exchange.root / "new" / "keyring.json").exists()


def test_a_statement_over_another_book_is_refused(exchange: Exchange) -> None:
    """Somebody with keys of her own signs a copy of another book as hers."""
    from sochihoi.services.sending import own_keys
    from sochihoi.storage import backup
    from sochihoi.sync import carried
    from sochihoi.sync.container import HANDOVER_CAP, parse

    other = commune(exchange.root / "thief", "99009", "Kẻ Gian")
    exchange.others.append(other)
    _content, statement = HandingOver(other)._seal(backup.take(other.store.folder, other.store.key, other.now))
    body = parse(handed(exchange).read_bytes(), HANDOVER_CAP).payload
    with other.read() as work:
        identity, _keys = own_keys(other, work)
    forged = carried.seal(identity, statement, lambda n: b"\0" * n, body=body or b"")
    file = exchange.root / "forged.hpn"
    file.write_bytes(forged)
    with pytest.raises(HandoverDiffers):
        handing.take(file, exchange.root / "new", PASSWORD, None, around("new", MOMENT))
    assert not (exchange.root / "new" / "keyring.json").exists()


def test_what_lies_there_is_set_aside_and_seen_before(exchange: Exchange) -> None:
    file = handed(exchange)
    seen = handing.look(file, exchange.root / "new", PASSWORD)
    assert seen.unit.code == "99001"
    assert not (exchange.root / "new").exists() or not any((exchange.root / "new").iterdir())
    (exchange.root / "new").mkdir(exist_ok=True)
    near = around("new", MOMENT)
    handing.take(file, exchange.root / "new", PASSWORD, None, near)
    done = handing.take(file, exchange.root / "new", PASSWORD, None, near)
    assert done.aside is not None
    assert (done.aside / "sochihoi.db").exists()
