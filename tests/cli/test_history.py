"""``history``: the acts, one of them whole, and those of any record."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from offices import PASSWORD, around, make_office

from sochihoi.cli.frame import DONE, MENDABLE, USAGE
from sochihoi.cli.history import register
from sochihoi.domain.errors import NotFound
from tests import meetings_data
from tests.cli.inside import call


def test_acts_are_listed_and_a_record_tells_what_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCHIHOI_PASSWORD", PASSWORD)
    office = make_office(tmp_path / "c")
    branch = meetings_data.add_branch(office, members=12, cells=0)
    meeting = meetings_data.closed_one(office, branch, typed="1-5")
    member = office.people.rows()[0]
    details = office.people.details(member.membership_id)
    office.people.edit(member.membership_id, replace(details, address="Số 7", religion="Phật giáo"))
    for noun, key in (
        *(("unit", "Ấp An Hòa"), ("unit", branch), ("account", "Trần Thị Mẫu"), ("setting", "commune.")),
        *(("meeting", meeting.held_on.isoformat()), ("membership", member.code)),
    ):
        assert office.history.of_called(noun, key), noun
    for noun, key in (("target_setting", "none/2026"), ("branch_score", "Ấp An Hòa/2026"), ("no_kind", "1")):
        with pytest.raises(NotFound):
            office.history.of_called(noun, key)
    office.close()
    calls = iter(range(99))

    def run(*arguments: str) -> tuple[int, Any, str]:
        code, out, err = call(register, tmp_path / "c", around(f"call {next(calls)}"), "history", *arguments)
        return code, json.loads(out) if out else None, err

    code, acts, _err = run("--json", "--limit", "3")
    assert (code, len(acts), acts[0]["act"], acts[0]["can_undo"]) == (DONE, 3, "member.edit", True)
    code, (whole,), _err = run("--act", acts[0]["id"], "--json")
    changed = {one["label"]: (one["from"], one["to"]) for one in whole["records"][0]["fields"]}
    assert changed["Tôn giáo"] == ("—", "•••")
    assert changed["Địa chỉ"][1] == "Số 7"
    code, told, _err = run("member", member.code, "--sensitive", "--json")
    assert told[0]["records"][0]["fields"][0]["to"] == "Phật giáo"
    code, told, err = run("meeting", meeting.code)
    assert (code, told) == (DONE, None)
    assert "Buổi sinh hoạt: Ấp An Hòa" in err
    assert err.startswith("26/10/2026 ")
    assert "Điểm danh: — → có mặt" in err
    assert run("meeting", "SH-9999")[0] == MENDABLE
    assert run("meeting")[0] == USAGE
