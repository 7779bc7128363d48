"""New keys that the old ones sign for; a theft; the second key in the safe."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pyrage
import pytest

from sochihoi.domain.corrections import Correction
from sochihoi.domain.exchange import Direction, NotAReceiver, Outcome, Received
from sochihoi.domain.keys import KeyState, RecoveryMade
from sochihoi.services import enrolling, registering, renewing, trusting
from sochihoi.services.office import Office
from sochihoi.services.overview_facts import DueKind
from sochihoi.storage import keys as book
from sochihoi.storage.errors import FileExists, WrongPassword
from sochihoi.sync import container
from sochihoi.sync.canonical import canon, parse
from sochihoi.sync.envelope import inspect
from sochihoi.sync.errors import Code, Refused
from sochihoi.sync.identity import Identity, PublicKeys
from tests.exchange_data import OCTOBER, SEPTEMBER, Exchange, make_exchange
from tests.offices import PASSWORD
from tests.services.test_trusting import second_person, work_as


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[Exchange]:
    made = make_exchange(tmp_path)
    yield made
    made.close()


def verdict(exchange: Exchange, file: Path) -> tuple[Outcome, str]:
    (one,) = exchange.above.receiving.receive([file])
    return one.outcome, one.code


def test_the_old_key_vouches_so_one_approval_is_enough(exchange: Exchange) -> None:
    taken = exchange.send(SEPTEMBER)
    assert verdict(exchange, taken)[0] is Outcome.STORED
    late = exchange.send(OCTOBER)
    second_person(exchange.above)
    work_as(exchange.above)
    old = exchange.below.sending.keys()
    renewing.check_password(exchange.below, PASSWORD)
    new = renewing.renew(exchange.below)
    key_file = exchange.below.sending.key_file()
    assert PublicKeys.from_bytes(key_file).replaces == old.fingerprint != new.fingerprint
    offered = trusting.offer(exchange.above, key_file)
    assert (offered.vouched, offered.second) == (True, False)
    key = trusting.accept(exchange.above, key_file)
    assert (key.state, key.replaces, len(key.approved_by)) == (KeyState.ACTIVE, old.fingerprint, 1)
    # up to the last place that was taken the old key counts, beyond it no longer
    assert verdict(exchange, taken)[0] is Outcome.DUPLICATE
    assert verdict(exchange, late) == (Outcome.REFUSED, "KEY_REVOKED")
    assert verdict(exchange, exchange.send(OCTOBER))[0] is Outcome.STORED
    with exchange.above.read() as work:
        register = registering.in_force(work)
    assert register is not None
    lines = {row["id"]: row for row in register.lines("SENDER", revoked=True)}
    assert lines[f"99001/{new.fingerprint}"]["replaces"] == old.fingerprint
    gone = lines[f"99001/{old.fingerprint}"]
    assert (gone["revoked_version"], gone["last_epoch_no"], gone["last_seq"]) == (2, 1, 1)


def test_what_is_on_its_way_to_the_old_key_opens_here(exchange: Exchange) -> None:
    above, below = exchange.above, exchange.below
    (first,) = above.receiving.receive([exchange.send(SEPTEMBER)])
    assert first.line is not None
    letters = above.phone.tell(first.line.id)
    above.receiving.deciding.ask("99001", [Correction("2026-09", said="Chị xem lại.")])
    (packed,) = above.receiving.answers.write(exchange.root / "back")
    late = exchange.send(OCTOBER)
    registering.apply(below, registering.made_here(above).content)
    assert DueKind.KEY not in {one.kind for one in below.overview.of(OCTOBER).due}
    renewing.renew(below)
    assert DueKind.KEY in {one.kind for one in below.overview.of(OCTOBER).due}  # it is to be handed over
    taken = next(one for one in below.receipts.take_any(packed.read_bytes()) if one.receipt is not None)
    assert taken.receipt is not None
    assert [one.said for one in taken.receipt.corrections] == ["Chị xem lại."]
    assert below.phone.check(letters).period == "2026-09"
    renewing.renew(above)
    renewing.renew(above, stolen=True)
    assert verdict(exchange, late)[0] is Outcome.STORED  # locked for the key before the one before
    assert above.phone.tell(first.line.id) == letters
    assert len(above.receiving.deciding.take_back([one.id for one in lines_of(above)]).files) == 2


def lines_of(above: Office) -> list[Received]:
    return [one for one in above.receiving.ledger() if one.verdict is Outcome.STORED]


def test_only_the_account_at_work_renews_and_only_with_its_password(exchange: Exchange) -> None:
    with pytest.raises(WrongPassword):
        renewing.check_password(exchange.below, "khong-phai-mat-khau")


def test_a_key_file_whose_voucher_is_not_ours_needs_the_paper(exchange: Exchange) -> None:
    thief = Identity.generate(lambda count: b"\7" * count)
    other = Identity.generate(lambda count: b"\11" * count)
    from dataclasses import replace

    keys = thief.public_keys(unit="99001", name="kẻ trộm", level="COMMUNE", installation=exchange.below.new_id())
    forged = replace(keys, replaces=other.fingerprint).to_bytes(thief, other)
    second_person(exchange.above)
    offered = trusting.offer(work_as(exchange.above), forged)
    assert (offered.vouched, offered.second) == (False, True)
    # and the name of the right key without its signature is no key file at all
    document = parse(forged) | {"replaces": exchange.below.sending.keys().fingerprint}
    with pytest.raises(Refused) as refusal:
        PublicKeys.from_bytes(canon(document))
    assert refusal.value.code in (Code.SIG_BAD, Code.SIG_FORMAT)
    with pytest.raises(ValueError, match="another"):
        keys.to_bytes(thief, other)


def test_a_stolen_key_counts_no_further_than_it_is_told(exchange: Exchange) -> None:
    first, then = exchange.send(SEPTEMBER), exchange.send(OCTOBER)
    assert verdict(exchange, first)[0] is Outcome.STORED
    key = registering.revoke(exchange.above, "99001", (1, 1), "Mất máy tính ngày 20/11")
    assert (key.state, key.last_trusted, key.revoked_why) == (KeyState.REVOKED, (1, 1), "Mất máy tính ngày 20/11")
    assert verdict(exchange, then) == (Outcome.REFUSED, "KEY_REVOKED")
    assert verdict(exchange, first)[0] is Outcome.DUPLICATE
    # the last place can be moved back when more is known
    assert registering.revoke(exchange.above, "99001", (1, 0), "Mất từ tháng 9").last_trusted == (1, 0)
    with exchange.above.read() as work:
        register = registering.in_force(work)
    assert register is not None
    (row,) = register.lines("SENDER", revoked=True)
    assert (register.number, row["last_seq"], row["why"]) == (3, 0, "Mất từ tháng 9")
    assert "unit-99001" not in registering.allowed_signers(register)


def test_after_a_theft_the_old_key_vouches_for_nothing_and_a_new_epoch_begins(exchange: Exchange) -> None:
    with exchange.below.read() as work:
        before = work.sync.installation()
    new = renewing.renew(exchange.below, stolen=True)
    assert new.replaces == ""
    assert PublicKeys.from_bytes(exchange.below.sending.key_file()) == new
    assert not trusting.offer(exchange.above, exchange.below.sending.key_file()).vouched
    with exchange.below.read() as work:
        now = work.sync.installation()
    assert (now.epoch_no, now.epoch != before.epoch) == (before.epoch_no + 1, True)


def test_the_level_above_renews_its_key_and_the_communes_go_along(exchange: Exchange) -> None:
    registering.apply(exchange.below, registering.made_here(exchange.above).content)
    renewing.renew(exchange.above)
    register = registering.made_here(exchange.above)
    with pytest.raises(Refused) as refusal:
        registering.apply(exchange.below, register.content)
    assert refusal.value.code is Code.KEY_UNKNOWN
    offered = trusting.offer(exchange.below, exchange.above.sending.key_file())
    assert offered.vouched
    trusting.accept(exchange.below, exchange.above.sending.key_file())
    with exchange.below.read() as work:
        assert registering.from_above(work) is not None  # what the old key signed holds until the next one is here
    assert registering.apply(exchange.below, register.content).register.number == register.number == 2
    assert verdict(exchange, exchange.send())[0] is Outcome.STORED


def test_the_key_in_the_safe_opens_what_the_working_key_opens(exchange: Exchange, tmp_path: Path) -> None:
    made = renewing.make_safe_key(exchange.above, tmp_path / "ket.txt")
    assert made.paper.read_bytes().startswith(b"%PDF")
    secret = made.file.read_text(encoding="utf-8").splitlines()[-1]
    with exchange.above.read() as work:
        told = [row[0] or "" for row in work.connection.exec_driver_sql("SELECT after FROM journal")]
        assert not any(secret in one for one in (*told, str(work.settings.below(""))))
    with pytest.raises(RecoveryMade):
        renewing.make_safe_key(exchange.above, tmp_path / "other.txt")
    before = exchange.send(SEPTEMBER)
    manifest = inspect(before.read_bytes()).manifest
    assert manifest is not None
    assert made.age_key not in manifest.to_keys
    registering.apply(exchange.below, registering.made_here(exchange.above).content)
    after = exchange.send(OCTOBER)
    manifest = inspect(after.read_bytes()).manifest
    assert manifest is not None
    assert set(manifest.to_keys) == {exchange.above.sending.keys().age_key, made.age_key}
    payload = container.parse(after.read_bytes()).payload or b""
    text = gzip.decompress(pyrage.decrypt(payload, [pyrage.x25519.Identity.from_str(secret)]))
    assert text.startswith(b'{"epoch"')
    assert verdict(exchange, after)[0] is Outcome.STORED
    again = renewing.make_safe_key(exchange.above, tmp_path / "second.txt", again=True)
    register = registering.made_here(exchange.above)
    assert [row["age"] for row in register.lines("RECOVERY")] == [again.age_key]
    assert len(register.lines("RECOVERY", revoked=True)) == 2
    with pytest.raises(NotAReceiver):
        renewing.make_safe_key(exchange.below, tmp_path / "below.txt")


def test_the_key_does_not_come_about_without_its_paper(exchange: Exchange, tmp_path: Path) -> None:
    (tmp_path / "ket.pdf").write_bytes(b"here")
    with pytest.raises(FileExists):
        renewing.make_safe_key(exchange.above, tmp_path / "ket.txt")
    with pytest.raises(Exception, match="nowhere"):
        renewing.make_safe_key(exchange.above, tmp_path / "nowhere" / "ket.txt")
    with exchange.above.read() as work:
        assert book.recovery(work) == {}


def test_the_pair_of_enrolment_is_written_together(exchange: Exchange, tmp_path: Path) -> None:
    folder = tmp_path / "pair"
    folder.mkdir()
    key_file, paper = enrolling.write_pair(exchange.below, folder)
    assert (key_file.name, paper.name) == ("HPN_99001.hpnkey", "HPN_99001-phieu-khoa.pdf")
    assert PublicKeys.from_bytes(key_file.read_bytes()) == exchange.below.sending.keys()
    assert enrolling.key_file_of(paper) == key_file
    for out, names in (("xa.hpnkey", ("xa.hpnkey", "xa.pdf")), ("xa2.pdf", ("xa2.hpnkey", "xa2.pdf"))):
        made = enrolling.write_pair(exchange.below, folder / out)
        assert tuple(one.name for one in made) == names
        assert enrolling.key_file_of(folder / out) == made[0]
    (folder / "half.pdf").write_bytes(b"here")
    with pytest.raises(FileExists):
        enrolling.write_pair(exchange.below, folder / "half.hpnkey")
    assert not (folder / "half.hpnkey").exists()


def test_a_key_stays_where_it_counts(exchange: Exchange) -> None:
    with exchange.above.read() as work:
        (key,) = book.every(work, Direction.SENDER)
    assert (key.from_version, key.scope) == (1, "")
