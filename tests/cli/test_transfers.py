"""``transfer`` on the command line, from one commune to the other and back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sochihoi.cli.spoken import UsageError
from sochihoi.cli.transfers import register
from tests.cli.inside import call
from tests.exchange_data import MOMENT
from tests.offices import PASSWORD, around
from tests.tickets_data import Moving, make_moving


@pytest.fixture
def moving(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Moving:
    made = make_moving(tmp_path)
    code = made.source.people.detail(made.member).membership.code
    made.close()
    made.member = code
    monkeypatch.setenv("SOCHIHOI_PASSWORD", PASSWORD)
    return made


def run(moving: Moving, side: str, *words: str) -> tuple[int, str, str]:
    return call(register, moving.root / side, around(f"cli-{side}", MOMENT), "transfer", *words)


def test_there_and_back(moving: Moving) -> None:
    ticket, answer = str(moving.root / "t.hpn"), str(moving.root / "a.hpn")
    code, out, said = run(moving, "source", moving.member, "--to", "99002", "--out", ticket, "--json")
    assert code == 0
    assert (json.loads(out)["state"], json.loads(out)["goes_with"]) == ("ISSUED", "2026-10")
    assert "Số phiếu (không ghi tên) sẽ đi cùng tệp tháng 10/2026 lên cấp trên." in said
    assert "đến khi nhận được" in said
    again = str(moving.root / "again.hpn")
    assert run(moving, "source", moving.member, "--to", "99002", "--out", again)[0] == 0
    assert Path(again).read_bytes() == Path(ticket).read_bytes()
    code, out, said = run(moving, "destination", "--take", ticket, "--json")
    assert (code, json.loads(out)["member"]) == (0, None)
    code, out, said = run(moving, "destination", "--accept", ticket, "--branch", "Ấp Mới", "--out", answer, "--json")
    assert code == 0
    accepted = json.loads(out)
    assert (accepted["state"], accepted["accepted_on"]) == ("ACCEPTED", "2026-11-03")
    code, out, said = run(moving, "source", "--take", answer, "--json")
    assert (code, json.loads(out)["state"]) == (0, "CONFIRMED")
    code, out, said = run(moving, "source", "--take", answer)
    assert code == 0
    assert "không có gì thay đổi" in said


def test_a_ticket_is_refused_or_taken_back(moving: Moving) -> None:
    ticket, answer = str(moving.root / "t.hpn"), str(moving.root / "a.hpn")
    assert run(moving, "source", moving.member, "--to", "99002", "--out", ticket)[0] == 0
    assert run(moving, "source", moving.member, "--cancel")[0] == 0
    assert run(moving, "source", moving.member, "--cancel")[0] == 1
    words = ("--refuse", ticket, "--reason", "Không cư trú tại xã.", "--out", answer)
    assert run(moving, "destination", *words)[0] == 0


@pytest.mark.parametrize(
    "words",
    [(), ("HP00001", "--take", "x"), ("HP00001", "--to", "99002"), ("HP00001", "--out", "x"), ("--accept", "x")],
)
def test_wrong_usage(moving: Moving, words: tuple[str, ...]) -> None:
    with pytest.raises(UsageError):
        run(moving, "source", *words)


def test_problems_end_with_a_sentence(moving: Moving) -> None:
    out = str(moving.root / "t.hpn")
    assert run(moving, "source", "HP99999", "--to", "99002", "--out", out)[0] == 1
    code, _out, said = run(moving, "source", moving.member, "--to", "99003", "--out", out)
    assert code == 1
    assert "99003" in said
    assert not Path(out).exists()
