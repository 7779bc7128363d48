"""``access-log``, ``person-file``, ``consent-slips``."""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from sochihoi.cli.frame import main
from tests.offices import PASSWORD, around, make_office
from tests.pdf_text import text_of
from tests.people_data import add_members


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOCHIHOI_PASSWORD", PASSWORD)
    made = make_office(tmp_path / "commune")
    add_members(made, "Ấp An Hòa", 3)
    add_members(made, "Ấp Phú Mỹ", 2)
    made.close()
    return tmp_path / "commune"


_calls = count()


def run(folder: Path, *words: Any) -> int:
    return main(["--data", str(folder), *map(str, words)], around(f"call {next(_calls)}"))


def test_the_file_of_a_member_is_written_and_logged(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = folder.parent / "one.pdf"
    assert run(folder, "person-file", "hp00002", "--out", out) == 0
    assert "HP00002" in text_of(out.read_bytes())
    assert run(folder, "person-file", "HP00002", "--out", out) == 1  # a file that is there is left alone
    assert run(folder, "person-file", "HP99999", "--out", folder.parent / "two.pdf") == 1
    capsys.readouterr()
    assert run(folder, "access-log", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [row["act"] for row in told["rows"]] == ["access.person"]
    assert told["rows"][0]["which"] == "HP00002"
    assert run(folder, "access-log") == 0
    assert "HP00002" in capsys.readouterr().out


def test_slips_of_a_branch(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = folder.parent / "slips.pdf"
    assert run(folder, "consent-slips", "--branch", "ap phu my", "--out", out) == 0
    assert "2 phiếu" in capsys.readouterr().err
    assert text_of(out.read_bytes()).count("PHIẾU ĐỒNG Ý") == 2
    assert run(folder, "consent-slips", "--branch", "Không có", "--out", folder.parent / "x.pdf") == 1
    assert run(folder, "consent-slips", "--out", out, "--force") == 0
    assert text_of(out.read_bytes()).count("PHIẾU ĐỒNG Ý") == 5
