"""Members leave a commune only as a pack asks, and are kept only so; one woman in two communes is told to both."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from sochihoi.domain.access import Look
from sochihoi.domain.consent import Given, Purpose
from sochihoi.domain.exchange import NotAReceiver, Outcome
from sochihoi.domain.unit_changes import UnitChange
from sochihoi.services import renewing
from sochihoi.services.cross_duplicates import corrections_for, pairs_for
from sochihoi.services.office import Office
from sochihoi.storage import access
from sochihoi.storage.packs import put_unit_changes
from sochihoi.storage.schema import received_member
from sochihoi.sync.envelope import inspect
from sochihoi.ui.words.unusual import correction_words
from tests.exchange_data import OCTOBER, Exchange, make_exchange
from tests.pack_data import MEMBERS, WITH_PARTY, folder, made

pytestmark = pytest.mark.usefixtures("both_engines")

ID = "092171000001"
MOVING_FEW = """
code = "chuyen-den"
purpose = { vi = "Giới thiệu hội viên chuyển đến", en = "Introduce a member who moves" }
columns = "full_name birth"
"""


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[Exchange]:
    found = make_exchange(tmp_path)
    yield found
    found.close()


def give_id(office: Office, national_id: str = ID, at: int = 0) -> str:
    """One member of a commune gets a national id; her membership."""
    with office.write("test") as work:
        row = work.people.rows(office.today)[at]
        person = work.people.people([row.person_id])[row.person_id]
        from dataclasses import replace

        work.people.save([replace(person, national_id=national_id, party_member=True)])
    return row.membership_id


def ask_for(exchange: Exchange, text: str, *below: Office) -> None:
    """The level above asks by a pack, and the communes apply it."""
    place = exchange.root / f"pack{len(exchange.above.packs.kept())}"
    data = made(exchange.above, place, {"profiles/list.toml": text})
    for office in below or (exchange.below,):
        office.packs.apply(data)


def kept(above: Office) -> list[dict[str, object]]:
    with above.read() as work:
        return [dict(row) for row in work.rows(select(received_member).order_by(received_member.c.unit_code))]


def test_without_a_pack_only_figures_leave(exchange: Exchange) -> None:
    parts = exchange.below.sending.leaving(OCTOBER)
    assert (parts.profile, parts.columns, parts.members) == ("tong-hop", (), 0)
    assert "member" not in parts.kinds
    # a folder laid by hand opens no door
    folder(exchange.below.store.folder.path / "pack", {"profiles/list.toml": MEMBERS})
    assert exchange.below.sending.leaving(OCTOBER).columns == ()
    sent = exchange.below.sending.prepare(OCTOBER)
    assert (sent.profile, set(sent.told)) == ("tong-hop", {"rows", "closings"})
    with exchange.below.read() as work:
        assert not [one for one in access.log(work, 50) if one.form == "hpn"]


def test_what_leaves_is_counted_before_and_logged_after(exchange: Exchange) -> None:
    below = exchange.below
    before = below.sending.prepare(OCTOBER)
    ask_for(exchange, MEMBERS)
    parts = below.sending.leaving(OCTOBER)
    assert parts.columns == ("code", "full_name", "birth", "branch", "national_id", "joined")
    assert (parts.members, parts.kinds["member"], parts.withdrawn) == (27, 27, 0)
    sent = below.sending.prepare(OCTOBER)
    assert sent.id != before.id
    assert (sent.profile, sent.told["columns"], sent.told["members"]) == ("danh-sach", list(parts.columns), 27)
    with below.read() as work:
        (told,) = [one for one in access.log(work, 50) if one.form == "hpn"]
    assert (told.look, told.count, told.which) == (Look.MEMBERS, 27, "2026-10")
    assert told.fields == ("national_id",)
    # the same list is the same file; one that changed is another; the officer may leave it out
    assert below.sending.prepare(OCTOBER).id == sent.id
    give_id(below)
    assert below.sending.prepare(OCTOBER).id != sent.id
    plain = below.sending.prepare(OCTOBER, figures_only=True)
    assert (plain.profile, plain.told.get("members")) == ("tong-hop", None)


def test_consent_decides_who_is_listed_and_what_is_told_of_her(exchange: Exchange) -> None:
    below = exchange.below
    give_id(below, at=0)
    give_id(below, "092171000002", at=1)
    with below.read() as work:
        women = work.people.rows(below.today)
    consent, today = below.privacy.consent, date(2026, 11, 1)
    both = frozenset({Purpose.BASIC, Purpose.SENSITIVE})
    consent.give([women[0].person_id], Given(both, today))
    consent.give([women[2].person_id], Given(frozenset({Purpose.BASIC}), today))
    consent.withdraw([women[2].person_id], {Purpose.BASIC}, today)
    ask_for(exchange, WITH_PARTY)
    parts = below.sending.leaving(OCTOBER)
    assert (parts.members, parts.withdrawn) == (26, 1)
    assert parts.kept_back == {"party_member": 1}
    exchange.above.receiving.receive([exchange.send()])
    party = {row["member"] for row in kept(exchange.above) if row["content"].get("party_member")}  # type: ignore[attr-defined]
    assert party == {women[0].membership_id}


def test_the_level_above_keeps_what_it_asks_for_and_no_national_id(exchange: Exchange) -> None:
    member = give_id(exchange.below)
    ask_for(exchange, MEMBERS)
    (verdict,) = exchange.above.receiving.receive([exchange.send()])
    assert verdict.outcome is Outcome.STORED
    with exchange.above.read() as work:
        (receipt,) = work.sync.receipts().values()
    answered = inspect(receipt).receipt
    assert answered is not None
    assert answered.defpack_version == 1
    rows = kept(exchange.above)
    assert len(rows) == 27
    (one,) = [row for row in rows if row["member"] == member]
    assert set(one["content"]) <= {"code", "full_name", "birth", "branch", "joined"}  # type: ignore[call-overload]
    assert one["content"]["branch"] == "Ấp Phú Mỹ"  # type: ignore[index]
    assert len(str(one["id_hash"])) == 64
    assert ID not in str(rows)
    assert [row["id_hash"] for row in rows].count("") == 26
    # a file of figures only ends the list, and nobody is kept whom no pack asks for
    exchange.below.sending.prepare(OCTOBER, figures_only=True)
    sent = exchange.below.sending.write(exchange.below.sending.history()[0].id, exchange.stick)
    exchange.above.receiving.receive([sent])
    assert kept(exchange.above) == []


def test_a_pack_that_asks_no_longer_ends_it_on_both_sides(exchange: Exchange) -> None:
    ask_for(exchange, MEMBERS)
    sent = exchange.send()
    made(exchange.above, exchange.root / "none")  # the commune has not applied it yet
    exchange.above.receiving.receive([sent])
    assert kept(exchange.above) == []


def test_taking_a_file_back_brings_the_list_before_back(exchange: Exchange) -> None:
    ask_for(exchange, MEMBERS)
    exchange.above.receiving.receive([exchange.send()])
    give_id(exchange.below)
    (second,) = exchange.above.receiving.receive([exchange.send()])
    assert [row["id_hash"] for row in kept(exchange.above)].count("") == 26
    assert second.line is not None
    exchange.above.receiving.deciding.take_back([second.line.id])
    rows = kept(exchange.above)
    assert (len(rows), {row["id_hash"] for row in rows}) == (27, {""})


def test_one_woman_in_two_communes_is_told_to_those_two_alone(exchange: Exchange) -> None:
    below, above = exchange.below, exchange.above
    other, third = exchange.neighbour(), exchange.neighbour("99003", "Vĩnh Lợi")
    ask_for(exchange, MEMBERS, below, other, third)
    give_id(below)
    give_id(other, at=3)
    give_id(other, "092171000009", at=4)
    give_id(third, "092171000003")
    files = [exchange.send(office=one) for one in (below, other, third)]
    above.receiving.receive(files[:1])
    renewing.renew(above)  # what is kept goes on meeting what comes
    above.receiving.receive(files[1:])
    (pair,) = above.cross_duplicates.pairs()
    assert pair.units == ("99001", "99002")
    assert pair.one.unit_name == "Hội LHPN xã Hòa Phú"
    with above.read() as work:
        assert pairs_for(work, "99001") == pairs_for(work, "99002") == (pair,)
        assert pairs_for(work, "99003") == ()
        (mine,) = corrections_for(work, "99001", "2026-10")
    assert pair.one.full_name in mine.said
    assert "Tân Lập" in mine.said
    assert "số định danh" in correction_words(mine, {})
    assert pair.other.code not in mine.said or pair.other.code == pair.one.code
    # the file that came second brought the pair: its receipt asks; the first is asked when the officer says so
    facts = {line.unit_code: line.facts for line in above.receiving.ledger()}
    assert "corrections" not in facts["99001"]
    assert facts["99002"]["corrections"][0]["rule"] == "SAME_WOMAN"
    assert above.cross_duplicates.pairs()[0].told == {"99002"}
    above.cross_duplicates.ask(pair)
    assert above.cross_duplicates.pairs()[0].told == {"99001", "99002"}
    facts = {line.unit_code: line.facts for line in above.receiving.ledger()}
    assert facts["99001"]["corrections"][0]["rule"] == "SAME_WOMAN"
    with above.write("t") as work:  # the first commune ended, so that its list is one of the past
        october = [dict(row) for row in work.sync.partition("99001", OCTOBER.code)]
        work.sync.replace_partition("99001", OCTOBER.code, [])
        put_unit_changes(work, [UnitChange("c", OCTOBER.start, "MERGED", pair.units, pair.units[1:])], 1, above.today)
    assert above.cross_duplicates.pairs() == ()
    with above.write("t") as work:
        work.sync.replace_partition("99001", OCTOBER.code, october)
        put_unit_changes(work, [], 2, above.today)
    assert above.cross_duplicates.pairs() == (pair,)
    above.cross_duplicates.say_distinct(pair)
    assert above.cross_duplicates.pairs() == ()
    with pytest.raises(NotAReceiver):
        below.cross_duplicates.pairs()


def test_the_hash_is_of_this_level_above_alone(exchange: Exchange, tmp_path: Path) -> None:
    from sochihoi.sync.id_hash import id_hash
    from sochihoi.sync.identity import Identity

    one, other = Identity(b"\1" * 32, b"\2" * 32), Identity(b"\3" * 32, b"\2" * 32)
    assert id_hash(one, ID) == id_hash(one, ID) != id_hash(other, ID)
    assert id_hash(one, "") == ""
    assert id_hash(one, ID) != id_hash(one, "092171000002")


def test_a_pack_says_what_a_woman_who_moves_takes_along(exchange: Exchange) -> None:
    below = exchange.below
    before = below.packs.profile("chuyen-den")
    assert before is not None
    assert {"phone", "party_member"} <= set(before.columns)
    ask_for(exchange, MOVING_FEW)
    with below.read() as work:
        now = below.packs.profile_in(work, "chuyen-den")
    assert now is not None
    assert now.columns == ("full_name", "birth")
    assert below.packs.profile("tong-hop") is not None
