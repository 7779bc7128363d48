"""``handover`` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sochihoi.cli import sync
from sochihoi.cli.handover import register
from sochihoi.cli.spoken import UsageError
from tests.cli.inside import call
from tests.exchange_data import MOMENT, commune
from tests.offices import PASSWORD, around


@pytest.fixture(autouse=True)
def _password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCHIHOI_PASSWORD", PASSWORD)


def run(folder: Path, *words: str) -> tuple[int, str, str]:
    return call(register, folder, around(folder.name, MOMENT), "handover", *words)


def test_over_and_back(tmp_path: Path) -> None:
    commune(tmp_path / "old").close()
    out = tmp_path / "book.hpn"
    code, told, said = run(tmp_path / "old", "--out", str(out), "--json")
    assert (code, json.loads(told)["frozen_on"]) == (0, "2026-11-03")
    assert "chỉ xem" in said
    assert run(tmp_path / "old", "--out", str(out))[0] == 1
    # nothing is told of what would leave, where nothing may leave
    sent = ("send", "--period", "2026-10", "--out", str(tmp_path))
    code, told, said = call(sync.register, tmp_path / "old", around("send", MOMENT), *sent)
    assert (code, told, said.count("\n")) == (1, "", 1)
    assert "03/11/2026" in said
    code, told, _said = run(tmp_path / "new", "--take", str(out), "--json")
    assert (code, json.loads(told)) == (0, {"unit": "Hội LHPN xã Hòa Phú", "aside": None})
    assert run(tmp_path / "old", "--back")[0] == 0
    code, _told, said = run(tmp_path / "old", "--back")
    assert code == 1
    assert "chưa bàn giao" in said


def test_wrong_usage_and_other_files(tmp_path: Path) -> None:
    for words in ((), ("--back", "--out", "x"), ("--take", "x", "--out", "y")):
        with pytest.raises(UsageError):
            run(tmp_path / "old", *words)
    report = Path(__file__).parents[1] / "golden/sync/report.hpn"
    code, _told, said = run(tmp_path / "new", "--take", str(report))
    assert code == 1
    assert "bàn giao" in said
