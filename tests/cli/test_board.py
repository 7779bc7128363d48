"""``board``: who has sent, as words, JSON, reminders and files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.sync_runs import run
from tests.exchange_data import commune, introduce, make_exchange
from tests.offices import PASSWORD


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOCHIHOI_PASSWORD", PASSWORD)
    made = make_exchange(tmp_path)
    made.others.append(commune(tmp_path / "silent", "99009", "Im Lặng"))
    introduce(made.others[0], made.above)
    made.above.receiving.receive([made.send()])
    made.close()
    return tmp_path


def test_words_json_reminders_and_files(folder: Path) -> None:
    above = folder / "above"
    code, out, told = run(above, "board", "--period", "2026-10")
    assert (code, out) == (0, "")
    assert told.splitlines()[0].startswith("1/2 đơn vị đã gửi tháng 10/2026")
    assert told.splitlines()[1].startswith("99009 Hội LHPN xã Im Lặng: Quá hạn")
    code, out, _told = run(above, "board", "--period", "2026-10", "--json", "--reminders")
    made = json.loads(out)
    assert (code, [one["state"] for one in made["units"]], list(made["reminders"])) == (0, ["LATE", "SENT"], ["99009"])
    code, out, told = run(above, "board", "--period", "2026-10", "--reminders", "--due-days", "4")
    assert (code, out) == (0, "")
    assert "04/11/2026, còn 1 ngày" in told.replace("ngày 04/11", "04/11")
    for name in ("board.pdf", "board.xlsx", "board.csv"):
        assert run(above, "board", "--period", "2026-10", "--out", str(folder / name))[0] == 0
        assert (folder / name).stat().st_size > 100
    assert run(above, "board", "--period", "2026-10", "--out", str(folder / "board.pdf"))[0] == 1
    assert run(above, "board", "--period", "2026-10", "--out", str(folder / "board.pdf"), "--force")[0] == 0


def test_a_commune_has_no_board_and_a_wrong_day_is_wrong_usage(folder: Path) -> None:
    assert run(folder / "commune", "board", "--period", "2026-10")[0] == 1
    assert run(folder / "above", "board", "--period", "2027-10")[0] == 1
    assert run(folder / "above", "board", "--period", "2026-10", "--due-days", "99")[0] == 2
