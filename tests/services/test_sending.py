from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from sochihoi.domain.accounts import Account, Role
from sochihoi.domain.errors import NotAllowed
from sochihoi.domain.exchange import (
    DemoMixed,
    Direction,
    KeyNotAbove,
    NoParentKey,
    NotAKeyFile,
    NotAReceipt,
    NotASender,
    OwnKey,
    SentState,
)
from sochihoi.domain.months import MonthNotClosed, NotAMonth
from sochihoi.domain.periods import Period
from sochihoi.services import trusting
from sochihoi.services.commune import Commune
from sochihoi.services.mailing import attached, draft
from sochihoi.storage.errors import CannotWrite, FileExists
from sochihoi.sync.envelope import inspect, open_
from sochihoi.sync.errors import Code, Refused
from sochihoi.sync.identity import Identity
from sochihoi.sync.rows import Activity, ActivityKind, Branch, Closing, Indicator
from tests.exchange_data import OCTOBER, REASON, SEPTEMBER, Exchange, commune, make_exchange


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[Exchange]:
    made = make_exchange(tmp_path)
    yield made
    made.close()


def opened(exchange: Exchange, data: bytes) -> tuple[object, ...]:
    from sochihoi.services.inspecting import register_of
    from sochihoi.services.sending import own_keys

    with exchange.above.read() as work:
        identity, me = own_keys(exchange.above, work)
        register = register_of(work.sync.trusted(Direction.SENDER))
    return open_(data, register, me, identity).rows


# ---------------------------------------------------------------------- keys


def test_the_key_file_bears_name_level_and_twelve_groups(tmp_path: Path) -> None:
    office = commune(tmp_path / "c")
    keys = office.sending.keys()
    assert (keys.unit, keys.name, keys.level, keys.demo) == ("99001", "Hội LHPN xã Hòa Phú", "COMMUNE", False)
    assert len(keys.digits) == 12
    assert all(len(group) == 5 for group in keys.digits)
    out = tmp_path / office.sending.key_name()
    office.sending.write_keys(out)
    assert out.name == "HPN_99001.hpnkey"
    assert out.read_bytes() == office.sending.key_file()
    with pytest.raises(FileExists):
        office.sending.write_keys(out)
    office.sending.write_keys(out, overwrite=True)
    office.close()


def test_a_key_is_accepted_after_it_was_shown(tmp_path: Path) -> None:
    made = make_exchange(tmp_path, introduced=False, records=False)
    below, above = made.below, made.above
    offer = trusting.offer(below, above.sending.key_file())
    assert (offer.direction, offer.known, offer.replaces) == (Direction.PARENT, False, None)
    assert offer.keys.level == "PROVINCE"
    assert below.sending.parent() is None
    first = trusting.accept(below, above.sending.key_file())
    assert first.digits == " ".join(above.sending.keys().digits)
    assert trusting.offer(below, above.sending.key_file()).known
    assert trusting.accept(below, above.sending.key_file()) == first
    other = Identity.generate(lambda count: b"\7" * count)
    keys = other.public_keys(unit="98", name="Hội LHPN tỉnh khác", level="PROVINCE", installation=below.new_id())
    again = trusting.offer(below, keys.to_bytes(other))
    assert again.replaces == first
    trusting.accept(below, keys.to_bytes(other))
    parent = below.sending.parent()
    assert parent is not None
    assert parent.unit_code == "98"
    # at the level above a commune is a sender, and two communes stand beside each other
    neighbour = commune(tmp_path / "n", "99002", "Tân Lập")
    made.others.append(neighbour)
    assert trusting.offer(above, below.sending.key_file()).direction is Direction.SENDER
    trusting.accept(above, below.sending.key_file())
    assert trusting.offer(above, neighbour.sending.key_file()).replaces is None
    made.close()


def test_keys_of_the_wrong_side_are_refused(tmp_path: Path) -> None:
    made = make_exchange(tmp_path, introduced=False, records=False)
    neighbour = commune(tmp_path / "n", "99002", "Tân Lập")
    demo = commune(tmp_path / "d", "99003", "Mẫu", demo=True)
    made.others += [neighbour, demo]
    with pytest.raises(OwnKey):
        trusting.offer(made.below, made.below.sending.key_file())
    with pytest.raises(KeyNotAbove) as told:
        trusting.offer(made.below, neighbour.sending.key_file())
    assert told.value.unit == "99002"
    with pytest.raises(DemoMixed):
        trusting.offer(made.above, demo.sending.key_file())
    damaged = made.above.sending.key_file().replace(b"Hoi", b"hoi").replace(b'"99"', b'"98"')
    with pytest.raises(NotAKeyFile) as refused:
        trusting.offer(made.below, damaged)
    assert refused.value.instead == "key file changed"
    made.close()


# ---------------------------------------------------------------------- the file


def test_a_file_needs_a_closed_month_and_the_key_of_the_level_above(tmp_path: Path) -> None:
    made = make_exchange(tmp_path, introduced=False)
    with pytest.raises(NoParentKey):
        made.below.sending.prepare(OCTOBER)
    trusting.accept(made.below, made.above.sending.key_file())
    with pytest.raises(MonthNotClosed):
        made.below.sending.prepare(Period.month(2026, 11))
    with pytest.raises(NotAMonth):
        made.below.sending.prepare(Period.whole_year(2026))
    with pytest.raises(NotASender):
        made.above.sending.prepare(OCTOBER)
    made.below.months.begin_supplement(OCTOBER, "Bổ sung một buổi.")
    with pytest.raises(MonthNotClosed):
        made.below.sending.prepare(OCTOBER)
    assert not made.below.sending.standing(OCTOBER).closed
    made.close()


def test_a_viewer_sends_nothing(exchange: Exchange) -> None:
    exchange.below.account = Account("viewer", "Khách", Role.VIEWER)
    with pytest.raises(NotAllowed):
        exchange.below.sending.prepare(OCTOBER)


def test_the_file_says_what_was_closed_and_nothing_about_a_person(exchange: Exchange) -> None:
    made = exchange.below.sending.prepare(OCTOBER)
    content = exchange.below.sending.content(made.id)
    told = inspect(content)
    assert told.manifest is not None
    draft_ = told.manifest.draft
    assert (draft_.seq, draft_.prev, draft_.period, draft_.demo) == (1, None, OCTOBER, False)
    assert draft_.audit.n > 0
    assert told.manifest.to == ("99",)
    assert (made.file_name, made.state, made.manifest_hash) == (
        "HPN_99001_2026-10_0001.hpn",
        SentState.PREPARED,
        told.manifest_hash,
    )
    rows = opened(exchange, content)
    closings = [row for row in rows if isinstance(row, Closing)]
    assert [(row.period, row.edition, row.reason) for row in closings] == [(SEPTEMBER, 1, REASON), (OCTOBER, 1, REASON)]
    assert sorted(row.name for row in rows if isinstance(row, Branch)) == ["Ấp An Hòa", "Ấp Phú Mỹ"]
    figures = {(row.code, row.branch): row for row in rows if isinstance(row, Indicator) and row.period == OCTOBER}
    assert figures["org.members", ""].num == 27
    share = figures["org.attendance_pct", ""]
    assert (share.num, share.den, share.ytd_num, share.ytd_den) == (24, 27, 48, 54)
    assert not any(code == "dues.collected_vnd" for code, _branch in figures)  # nobody entered it: absent, not 0
    meetings = {
        row.branch: row.counts
        for row in rows
        if isinstance(row, Activity) and row.period == OCTOBER and row.kind is ActivityKind.MEETING
    }
    assert meetings[""] == {
        "absent": 3, "due": 2, "excused": 0, "guests": 0, "held": 2, "on_schedule": 2, "present": 24, "roster": 27,
    }  # fmt: skip
    assert len(meetings) == 3
    for name in ("Phạm", "Dương", "Trần Thị Mẫu"):
        assert name not in repr(rows)


def test_sending_again_gives_the_same_bytes(exchange: Exchange) -> None:
    sending = exchange.below.sending
    first = exchange.send()
    content = first.read_bytes()
    assert exchange.send() == first
    assert first.read_bytes() == content
    elsewhere = exchange.root / "other stick"
    assert sending.write(sending.prepare(OCTOBER).id, elsewhere).read_bytes() == content
    assert [one.seq for one in sending.history()] == [1]
    assert sending.last_folder() == str(elsewhere)


def test_a_file_counts_as_sent_only_once_a_whole_copy_lies_outside(exchange: Exchange) -> None:
    sending = exchange.below.sending
    assert (sending.standing(OCTOBER).file, sending.last_folder()) == (None, "")
    made = sending.prepare(OCTOBER)
    assert not sending.standing(OCTOBER).sent
    with pytest.raises(CannotWrite):
        sending.write(made.id, exchange.root / "no stick" / "here")
    assert not sending.standing(OCTOBER).sent
    (exchange.stick / made.file_name).write_bytes(b"something else")
    with pytest.raises(FileExists):
        sending.write(made.id, exchange.stick)
    target = sending.write(made.id, exchange.stick, overwrite=True)
    standing = sending.standing(OCTOBER)
    assert standing.sent
    assert standing.file is not None
    assert (standing.file.state, standing.file.written_to) == (SentState.WRITTEN, str(target))
    assert standing.file.sent_on == date(2026, 11, 3)
    assert not list(exchange.stick.glob("*.part"))


def test_a_supplement_makes_the_next_file_of_the_chain(exchange: Exchange) -> None:
    below = exchange.below
    first = below.sending.prepare(SEPTEMBER)
    exchange.send(SEPTEMBER)
    below.months.begin_supplement(SEPTEMBER, "Sót một hội viên mới.")
    below.months.close(SEPTEMBER, reason=REASON)
    standing = below.sending.standing(SEPTEMBER)
    assert (standing.edition, standing.file, standing.older) == (2, None, below.sending.history()[0])
    second = below.sending.prepare(SEPTEMBER)
    told = inspect(below.sending.content(second.id)).manifest
    assert told is not None
    assert (told.seq, told.draft.prev, second.edition) == (2, first.manifest_hash, 2)


def test_another_key_above_or_a_new_epoch_makes_a_new_file(exchange: Exchange) -> None:
    below = exchange.below
    first = below.sending.prepare(OCTOBER)
    other = Identity.generate(lambda count: b"\7" * count)
    keys = other.public_keys(unit="98", name="Hội LHPN tỉnh khác", level="PROVINCE", installation=below.new_id())
    trusting.accept(below, keys.to_bytes(other))
    second = below.sending.prepare(OCTOBER)
    assert (second.seq, second.to_unit) == (2, "98") != (first.seq, first.to_unit)
    with below.store.write("t") as work:
        work.sync.new_epoch("0011223344556677")
    third = below.sending.prepare(OCTOBER)
    told = inspect(below.sending.content(third.id)).manifest
    assert told is not None
    assert (told.draft.epoch_no, told.seq, told.draft.prev, told.draft.parent) == (2, 1, None, None)


# ---------------------------------------------------------------------- mail, receipts


def test_an_e_mail_draft_carries_the_file(exchange: Exchange) -> None:
    below = exchange.below
    with below.write("t") as work:
        below_settings = Commune.read(work)
        from dataclasses import replace

        replace(below_settings, above_email="hlhpn@tinhmau.example").write(work)
    below.forget_commune()
    made = below.sending.prepare(OCTOBER)
    subject = "Báo cáo tháng 10/2026, Hội LHPN xã Hòa Phú"
    out = draft(below, made.id, exchange.stick, subject=subject, text="Kính gửi Hội LHPN tỉnh Mẫu.\nTrân trọng.")
    from email import message_from_bytes, policy

    letter = message_from_bytes(out.read_bytes(), policy=policy.SMTP)
    assert (letter["To"], letter["Subject"], letter["X-Unsent"]) == ("hlhpn@tinhmau.example", subject, "1")
    assert attached(out.read_bytes()) == below.sending.content(made.id)
    body = letter.get_body()
    assert body is not None
    assert "Kính gửi Hội LHPN tỉnh Mẫu." in body.get_content()
    assert below.sending.standing(OCTOBER).sent
    assert attached(b"Subject: x\r\n\r\nnothing\r\n") is None


def test_a_receipt_says_received_or_returned(exchange: Exchange) -> None:
    below, above = exchange.below, exchange.above
    exchange.send()
    above.receiving.receive([exchange.stick])
    (receipt,) = above.receiving.write_receipts(exchange.root / "receipts")
    assert receipt.name == "HPN_99001_2026-10_0001_R0001.hpn"
    taken = below.receipts.take(receipt.read_bytes())
    told, about = taken.receipt, taken.about
    assert taken.doubt is None
    assert (told.rows > 100, about is not None and about.state) == (True, SentState.RECEIVED)
    exchange.send()  # writing once more takes the receipt's word not back
    assert below.sending.history()[0].state is SentState.RECEIVED
    with below.read() as work:
        seen = work.sync.last_receipt()
    assert seen is not None
    assert (seen["no"], seen["accepted"]) == (1, below.sending.history()[0].manifest_hash)
    with pytest.raises(NotAReceipt):
        below.receipts.take(next(exchange.stick.glob("*.hpn")).read_bytes())
    neighbour = exchange.neighbour()
    with pytest.raises(Refused) as refused:
        neighbour.receipts.take(receipt.read_bytes())
    assert refused.value.code is Code.NOT_FOR_ME
    # a new epoch after a restore proves what the level above knows, and is taken
    with below.store.write("t") as work:
        work.sync.new_epoch("0011223344556677")
    (verdict,) = above.receiving.receive([exchange.send(SEPTEMBER)])
    assert verdict.outcome.name == "STORED"
