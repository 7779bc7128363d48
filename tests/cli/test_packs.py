"""``pack make|show|apply`` and what ``send`` says before it seals: how each call ends and what it says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sochihoi.cli.frame import DONE, MENDABLE, USAGE
from sochihoi.cli.spoken import UsageError
from tests.cli.sync_runs import run
from tests.exchange_data import Exchange
from tests.pack_data import MEMBERS, TARGETS, folder

pytestmark = pytest.mark.usefixtures("password")


def test_a_pack_goes_from_a_folder_to_the_commune(introduced: Exchange) -> None:
    root = introduced.root
    above, below, out = root / "above", root / "commune", root / "pack.hpn"
    place = folder(root / "p", {"targets/a.toml": TARGETS, "profiles/l.toml": MEMBERS})
    days = ("--effective", "2026-11-01", "--expires", "2027-12-31")
    code, told, said = run(above, "pack", "make", str(place), "--out", str(out), *days, "--json")
    facts = json.loads(told)
    assert (code, facts["version"], facts["effective"]) == (DONE, 1, "2026-11-01")
    assert "31/12/2027" in said
    assert run(above, "pack", "make", str(place), "--out", str(out), *days)[0] == MENDABLE  # it is there
    assert run(above, "pack", "make", str(root / "stick"), "--out", str(root / "no.hpn"))[0] == MENDABLE
    assert run(above, "pack", "make", str(place), "--out", str(out), "--effective", "soon")[0] == USAGE
    code, told, said = run(below, "pack", "show", str(out), "--json")
    shown = json.loads(told)
    assert (code, shown["known"], shown["id"]) == (DONE, False, "HPN-99")
    assert {one["what"] for one in shown["changes"]} == {"TARGET", "TARGET_NEW", "ASKED"}
    assert "Xe đạp tặng học sinh nghèo" in said
    assert f"gồm {len(shown['changes'])} thay đổi" in said
    assert run(below, "pack", "apply", str(out))[0] == DONE
    assert json.loads(run(below, "pack", "apply", str(out), "--json")[1])["known"]
    assert run(above, "pack", "show", str(out))[0] == DONE
    # what leaves is said before anything is made
    code, told, said = run(below, "send", "--period", "2026-10", "--dry-run", "--json")
    parts = json.loads(told)
    assert (code, parts["profile"], parts["members"]) == (DONE, "danh-sach", 27)
    assert "số định danh" in said
    assert not list(introduced.stick.iterdir())
    plain = json.loads(run(below, "send", "--period", "2026-10", "--dry-run", "--figures-only", "--json")[1])
    assert plain["profile"] == "tong-hop"
    with pytest.raises(UsageError):  # the frame around it ends with 2
        run(below, "send", "--period", "2026-10")
    code, told, _said = run(below, "send", "--period", "2026-10", "--out", str(introduced.stick), "--json")
    assert (code, json.loads(told)["profile"]) == (DONE, "danh-sach")


def test_a_damaged_pack_is_refused_with_two_sentences(introduced: Exchange) -> None:
    bad = introduced.root / "bad.hpn"
    bad.write_bytes(b"PK nothing")
    code, _told, said = run(introduced.root / "commune", "pack", "apply", str(bad))
    assert code == MENDABLE
    assert said.count(".") >= 2


def test_only_a_level_above_makes_packs(introduced: Exchange, tmp_path: Path) -> None:
    place = folder(tmp_path / "p")
    code, _told, said = run(introduced.root / "commune", "pack", "make", str(place), "--out", str(tmp_path / "x.hpn"))
    assert code == MENDABLE
    assert said
