"""The commands of a level above whose records are on PostgreSQL, in one month; and those of a colleague beside her."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from sochihoi.cli.frame import DONE, MENDABLE, main
from sochihoi.domain.ids import new_id
from sochihoi.domain.units import Level
from sochihoi.services import trusting
from sochihoi.services.opening import make_receiver
from tests import offices
from tests.exchange_data import MOMENT, OCTOBER, make_exchange, with_records
from tests.offices import PASSWORD, around
from tests.pack_data import TARGETS, folder
from tests.private_server import Cluster
from tests.services.test_deciding import halved


def test_packs_decisions_and_the_way_onward(
    tmp_path: Path,
    password: None,
    cluster: Cluster,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(offices, "records_above", cluster.database)
    exchange = halved(tmp_path)  # September is there; half of the members left in October
    held = exchange.send()
    whole = {"code": "TW", "name": "Việt Nam", "level": Level.CENTRAL, "password": PASSWORD}
    centre = make_receiver(tmp_path / "centre", **whole, around=around("centre", MOMENT)).office
    for one, another in ((exchange.above, centre), (centre, exchange.above)):
        trusting.accept(one, another.sending.key_file())
    exchange.others.append(centre)
    exchange.close()

    def call(where: str, *words: str, ends: int = DONE) -> str:
        surroundings = replace(around("cli", MOMENT), ids=new_id)
        assert main(["--data", str(tmp_path / where), "--lang", "en", *words], surroundings) == ends, words
        said = capsys.readouterr()
        return said.err + said.out

    definitions = folder(tmp_path / "pack", {"targets/2026.toml": TARGETS})
    assert "Bicycles" in call("above", "pack", "make", str(definitions), "--out", str(tmp_path / "pack.hpn"))
    call("above", "receive", str(held), ends=MENDABLE)
    call("above", "decide", held.name, "--accept")
    up = ("send", "--period", "2026-10", "--out", str(tmp_path / "up"))
    call("above", *up, ends=MENDABLE)  # it is not closed yet
    call("above", "close", "--period", "2026-10")
    call("above", *up)
    call("centre", "receive", str(tmp_path / "up"))
    sums = json.loads(call("centre", "figures", "--period", "2026-10", "--json"))["figures"]
    assert [one["value"] for one in sums if one["code"] == "org.members"] == [20]


def test_a_month_of_commands_and_keys_that_a_colleague_renewed(
    tmp_path: Path,
    password: None,
    cluster: Cluster,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(offices, "records_above", cluster.database)
    exchange = make_exchange(tmp_path, records=False)
    with_records(exchange.below, 3, (OCTOBER,))
    file = exchange.send()
    exchange.close()

    def call(folder: str, *words: str, ends: int = DONE) -> str:
        surroundings = replace(around("cli", MOMENT), ids=new_id)  # ids in the order of time, from one call to the next
        assert main(["--data", str(tmp_path / folder), "--lang", "en", *words], surroundings) == ends, words
        said = capsys.readouterr()
        return said.err + said.out

    above = ("above",)
    assert "approved by" in call(*above, "register", "show")
    call(*above, "receive", str(file))
    call(*above, "totals", "--period", "2026-10", "--out", str(tmp_path / "totals.xlsx"))
    call(*above, "unreceive", file.name)
    call(*above, "receive", str(file))
    assert "07/" in call(*above, "close", "--period", "2026-10", "--number", "7")
    call(*above, "report", "--period", "2026-10", "--format", "xlsx", "--out", str(tmp_path / "report.xlsx"))
    for copies in (("backup", "--out", str(tmp_path / "a.hpnbak")), ("restore", "--drill")):
        assert "pg_dump" in call(*above, *copies, ends=MENDABLE)
    call(*above, "check")

    shutil.copytree(tmp_path / "above", tmp_path / "colleague")
    assert "identity.sealed" in call("colleague", "renew-keys", "--out", str(tmp_path / "new.hpnkey"))
    for noticed in (("server",), ("receive", str(file))):
        assert "Cán bộ Hội" in call(*above, *noticed, ends=MENDABLE)
    own, hers = (tmp_path / name / "identity.sealed" for name in ("above", "colleague"))
    call(*above, "server", "--take-keys", str(own), ends=MENDABLE)
    call(*above, "server", "--take-keys", str(hers))
    call(*above, "enrol", "--out", str(tmp_path / "again.hpnkey"))
    # what each of the two hands over is the same key, that the one before signed for
    assert (tmp_path / "again.hpnkey").read_bytes() == (tmp_path / "new.hpnkey").read_bytes()
