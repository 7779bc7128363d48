"""Through whose hands a file went, and what lies on a stick."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from sochihoi.domain.custody import Act, Deed, Lying, NobodyNamed
from sochihoi.domain.errors import FieldProblem
from sochihoi.services import drives, registering
from sochihoi.services.custody import Custody
from sochihoi.services.drives import Drive
from sochihoi.services.sticks import OnStick, look
from sochihoi.ui.words import custody as words
from tests.exchange_data import OCTOBER, SEPTEMBER, Exchange, commune, make_exchange


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[Exchange]:
    made = make_exchange(tmp_path)
    yield made
    made.close()


def test_a_file_is_prepared_copied_and_handed_over(exchange: Exchange, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drives, "removable", lambda: (Drive(exchange.stick, "KINGSTON (E:)", None, "1A2B-3C4D"),))
    exchange.send()
    (file,) = exchange.below.sending.history()
    custody = Custody(exchange.below)
    custody.handed(file.sha256, file.file_name, " Nguyễn Thị Lan ", on=date(2026, 11, 2))
    steps = custody.of([file.sha256])[file.sha256]
    assert [one.act for one in steps] == [Act.PREPARED, Act.COPIED, Act.HANDED]
    assert steps[1].place == "KINGSTON (E:) 1A2B-3C4D"
    assert (steps[2].person, steps[2].on_day) == ("Nguyễn Thị Lan", date(2026, 11, 2))
    assert {one.file_name for one in steps} == {file.file_name}


def test_a_folder_is_named_where_no_stick_is(exchange: Exchange) -> None:
    exchange.send()
    (file,) = exchange.below.sending.history()
    assert Custody(exchange.below).of([file.sha256])[file.sha256][1].place == str(exchange.stick)


def test_nobody_takes_a_file_and_not_tomorrow(exchange: Exchange) -> None:
    custody = Custody(exchange.below)
    with pytest.raises(NobodyNamed):
        custody.handed("00", "a.hpn", "  ")
    with pytest.raises(FieldProblem):
        custody.handed("00", "a.hpn", "Lan", on=date(2026, 11, 4))
    assert custody.of(["00"]) == {}


def test_the_level_above_writes_down_who_brought_the_files(exchange: Exchange) -> None:
    file = exchange.send()
    (verdict,) = exchange.above.receiving.receive([file])
    assert verdict.line is not None
    Custody(exchange.above).received([(verdict.line.sha256, verdict.line.file_name)], "Lê Thị Hoa")
    (step,) = Custody(exchange.above).of([verdict.line.sha256])[verdict.line.sha256]
    assert (step.act, step.person) == (Act.RECEIVED, "Lê Thị Hoa")


def named(found: tuple[OnStick, ...]) -> dict[str, OnStick]:
    return {one.name: one for one in found}


def test_what_lies_on_a_stick_has_a_state_and_a_deed(exchange: Exchange) -> None:
    """Names as messengers and browsers leave them, folders below, things that are not ours."""
    stick = exchange.stick
    registering.export(exchange.above, stick / "so1.hpn")
    registering.apply(exchange.below, (stick / "so1.hpn").read_bytes())
    neighbour = exchange.neighbour()
    registering.export(exchange.above, stick / "so2.hpn", overwrite=True)
    september, october = exchange.send(SEPTEMBER), exchange.send(OCTOBER)
    of_neighbour = exchange.send(OCTOBER, neighbour)
    exchange.above.receiving.receive([september, october])
    receipts = exchange.above.receiving.write_receipts(stick / "TL")
    exchange.below.receipts.take(receipts[0].read_bytes())
    below = stick / "Ảnh" / "Zalo"
    below.mkdir(parents=True)
    october.rename(below / "HPN_99001_2026-10_0002.hpn (1)")
    with zipfile.ZipFile(stick / "tai-ve (2).zip", "w") as archive:
        archive.write(receipts[1], "TL/receipt(1).hpn")
    receipts[1].unlink()
    (stick / "TL" / "cu.hpnkey").write_bytes(exchange.above.sending.key_file())
    (stick / "saved.hpnbak").write_bytes(b"PK")
    for name in ("1.hpnbak", "2.hpnbak (1)", "An Hòa.hpnpart"):
        exchange.below.backups.make(stick / "x.hpnbak")
        (stick / "x.hpnbak").rename(stick / name)
    (stick / "hong.hpn").write_bytes(september.read_bytes()[:-9])
    (stick / "note.txt").write_text("no")
    found = named(look(exchange.below, [stick]))
    assert len(found) == 13
    assert (found["so1.hpn"].deed, found["so1.hpn"].done) == (Deed.LOOK, True)
    assert (found["so2.hpn"].deed, found["so2.hpn"].done) == (Deed.APPLY, False)
    exchange.others.append(commune(exchange.root / "far", "99009", "Bình An"))  # of another level above
    (strange,) = look(exchange.others[-1], [stick / "so2.hpn"])
    assert (strange.deed, strange.foreign) == (Deed.LOOK, True)
    own = found[september.name]
    assert (own.what, own.deed, own.foreign) == (Lying.REPORT, Deed.LOOK, False)
    assert own.own is not None
    assert own.own.period == "2026-09"
    assert found["HPN_99001_2026-10_0002.hpn (1)"].own is not None
    assert (found[of_neighbour.name].foreign, found[of_neighbour.name].own) == (True, None)
    applied, new = found[receipts[0].name], found["receipt(1).hpn"]
    assert (applied.what, applied.deed, applied.done) == (Lying.RECEIPT, Deed.LOOK, True)
    assert (new.what, new.deed, new.done) == (Lying.RECEIPT, Deed.APPLY, False)
    assert exchange.below.receipts.take(new.content).about is not None
    assert (found["cu.hpnkey"].deed, found["cu.hpnkey"].done) == (Deed.NONE, True)
    assert found["saved.hpnbak"].what is Lying.BACKUP
    assert "không" in words.lying_state(found["saved.hpnbak"])  # it is not whole
    for name in ("1.hpnbak", "2.hpnbak (1)"):
        assert (found[name].what, found[name].made) == (Lying.BACKUP, "2026-11-03T02:42:00Z")
    part = found["An Hòa.hpnpart"]
    assert (part.what, part.deed) == (Lying.PART, Deed.NONE)
    assert "03/11/2026" in words.lying_state(part)
    assert found["hong.hpn"].what is Lying.BROKEN
    assert found["hong.hpn"].problem is not None
    above = named(look(exchange.above, [stick]))
    assert above[september.name].done
    assert above[of_neighbour.name].deed is Deed.RECEIVE


def test_the_same_file_twice_is_named_once(exchange: Exchange) -> None:
    file = exchange.send()
    (exchange.stick / "copy.hpn").write_bytes(file.read_bytes())
    assert len(look(exchange.below, [exchange.stick, file])) == 1
