"""``board`` of a level above also tells of tickets that wait."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.sync_runs import run
from tests.exchange_data import OCTOBER, REASON
from tests.offices import PASSWORD
from tests.tickets_data import make_moving


def test_open_tickets_as_words_and_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCHIHOI_PASSWORD", PASSWORD)
    moving = make_moving(tmp_path)
    moving.send()
    source = moving.source
    source.months.close(OCTOBER, reason=REASON)
    moving.above.receiving.receive([source.sending.write(source.sending.prepare(OCTOBER).id, tmp_path)])
    moving.close()
    code, _out, told = run(tmp_path / "above", "board", "--period", "2026-10")
    assert (code, told.splitlines()[-2]) == (0, "1 phiếu chuyển đang mở.")
    assert told.splitlines()[-1].startswith("Hội LHPN xã Hòa Phú → Hội LHPN xã Tân Lập: phiếu ngày 03/11/2026")
    code, out, _told = run(tmp_path / "above", "board", "--period", "2026-10", "--json")
    (one,) = json.loads(out)["tickets"]
    assert (code, one["from"], one["to"], one["waits"], one["late"]) == (0, "99001", "99002", "NOT_ARRIVED", False)
