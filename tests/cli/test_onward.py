"""Three levels on the command line: close, report and send at a level above; one figure down to its file."""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path

import pytest

from sochihoi.cli import commune as commune_commands
from sochihoi.cli import month, reports, sync
from sochihoi.cli.frame import Commands
from tests.cli.inside import call
from tests.exchange_data import MOMENT
from tests.offices import PASSWORD, around
from tests.province import make_province

_CALLS = count()


def register(commands: Commands) -> None:
    for module in (commune_commands, month, reports, sync):
        module.register(commands)


def run(folder: Path, *arguments: str) -> tuple[int, str, str]:
    return call(register, folder, around(f"cli-{next(_CALLS)}", MOMENT), *arguments)  # no id twice


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A province with the October of two communes."""
    monkeypatch.setenv("SOCHIHOI_PASSWORD", PASSWORD)
    made = make_province(tmp_path, ("Hòa Phú", "Tân Lập"))
    for code in made.communes:
        made.send(code)
    made.receive()
    made.close()
    return tmp_path


def test_close_report_send_and_receive_at_the_next_level(root: Path) -> None:
    above, centre, stick = root / "above", root / "centre", root / "up"
    assert run(centre, "init", "--unit", "TW", "--level", "CENTRAL")[0] == 0
    for one, other in ((above, centre), (centre, above)):
        assert run(one, "key", "--out", str(root / f"{one.name}.hpnkey"))[0] == 0
        assert run(other, "trust", str(root / f"{one.name}.hpnkey"), "--yes")[0] == 0
    assert run(above, "send", "--period", "2026-10", "--out", str(stick))[0] == 1  # not closed yet
    code, _out, told = run(above, "close", "--period", "2026-10")
    assert (code, "01/BC-BTV" in told) == (0, True)
    assert run(above, "close", "--period", "2026-10", "--reason", "lần nữa")[0] == 1  # nothing came since
    report = root / "report.json"
    assert run(above, "report", "--period", "2026-10", "--format", "json", "--out", str(report))[0] == 0
    made = json.loads(report.read_text("utf-8"))
    assert (made["form"]["code"], made["state"], [one["name"] for one in made["branches"]]) == (
        "above",
        "CLOSED",
        ["Xã Hòa Phú", "Xã Tân Lập"],
    )
    for kind in ("pdf", "docx", "xlsx"):
        out = root / f"report.{kind}"
        assert (
            run(above, "report", "--form", "above", "--period", "2026-10", "--format", kind, "--out", str(out))[0] == 0
        )
        assert out.stat().st_size > 5_000
    for words, form in ((("--period", "2025-2030"), "above-term"), (("--period", "2026"), "above-campaign")):
        named = ("--form", form) if form == "above-campaign" else ()  # that of a term is the general one
        assert run(above, "report", *named, *words, "--format", "json", "--out", str(report), "--force")[0] == 0
        assert json.loads(report.read_text("utf-8"))["form"]["code"] == form
    assert run(above, "send", "--period", "2026-10", "--out", str(stick))[0] == 0
    assert run(centre, "receive", str(stick))[0] == 0
    code, out, _told = run(centre, "figures", "--period", "2026-10", "--json")
    figures = {one["code"]: one for one in json.loads(out)["figures"]}
    below = {one["code"]: one for one in made["figures"]}
    assert code == 0
    for name in ("org.members", "org.meetings", "org.attendance_pct", "dues.collected_vnd"):
        keys = ("value", "numerator", "denominator")
        assert [figures[name][key] for key in keys] == [below[name][key] for key in keys], name


def test_one_figure_by_unit_by_branch_and_beside_another_period(root: Path) -> None:
    above = root / "above"
    totals = ("totals", "--period", "2026-10", "--code", "org.members")
    code, out, _told = run(above, *totals, "--json")
    shares = json.loads(out)
    assert (code, [one["unit"] for one in shares], [one["seq"] for one in shares]) == (0, ["99001", "99002"], [1, 1])
    code, out, _told = run(above, *totals, "--unit", "99002", "--json")
    behind = json.loads(out)
    assert sum(one["value"] for one in behind["branches"]) == shares[1]["value"]
    assert behind["sha256"] == shares[1]["sha256"]
    code, out, told = run(above, *totals, "--unit", "99002")
    assert (code, out) == (0, "")
    assert told.splitlines()[0] == "Tệp: HPN_99002_2026-10_0001.hpn, số 1"
    code, out, _told = run(above, *totals, "--compare", "2026-09", "--boundaries", "old", "--json")
    made = json.loads(out)
    assert (made["earlier"], made["later"], made["total"]["change"], len(made["units"])) == (
        "2026-09",
        "2026-10",
        "0",
        2,
    )
    book = root / "all.xlsx"
    assert run(above, "totals", "--period", "2026-10", "--out", str(book))[0] == 0
    assert book.stat().st_size > 8_000
    assert run(above, "totals", "--period", "2026-10", "--out", str(book))[0] == 1
    assert run(above, *totals[:3], "--code", "gone")[0] == 1
