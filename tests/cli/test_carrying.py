"""``stick``, ``unite`` and ``twice`` on a data folder, in this process."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from sochihoi.cli import carrying, twice
from sochihoi.cli.frame import DONE, MENDABLE, Commands
from sochihoi.cli.spoken import UsageError
from tests.cli.inside import call
from tests.exchange_data import MOMENT, make_exchange
from tests.offices import around
from tests.pack_data import MEMBERS
from tests.people_data import add_branch, details
from tests.services.test_member_lists_above import ask_for, give_id
from tests.services.test_reuniting import Two

pytestmark = pytest.mark.usefixtures("password")


def register(commands: Commands) -> None:
    for one in (carrying, twice):
        one.register(commands)


def run(folder: Path, *words: str) -> tuple[int, str, str]:
    return call(register, folder, around(f"{folder.name} {words}", MOMENT), *words)


def test_two_books_are_put_together_as_it_is_said(tmp_path: Path) -> None:
    two = Two(tmp_path)
    for office, phone, address in ((two.one, "0911111111", "Số 1"), (two.other, "0922222222", "Số 2")):
        told = office.people.details(two.members[0])
        office.people.edit(two.members[0], replace(told, phone=phone, address=address))
    two.other.people.add(details("Trần Thị Hai", national_id=""), add_branch(two.other)[0])
    file = str(two.file())
    two.close()
    code, told_, said = run(tmp_path / "one", "unite", file, "--dry-run", "--json")
    asked = json.loads(told_)["questions"]
    assert code == MENDABLE
    assert {(one["key"].rpartition("/")[2], one["ours"], one["theirs"], one["answer"]) for one in asked} == {
        ("phone", "0911111111", "0922222222", None),
        ("address", "Số 1", "Số 2", None),
    }
    assert "2 " in said
    answers = tmp_path / "answers.json"
    answers.write_text("[]", encoding="utf-8")
    with pytest.raises(UsageError):
        run(tmp_path / "one", "unite", file, "--answers", str(answers))
    phone_key = next(one["key"] for one in asked if one["key"].endswith("/phone"))
    answers.write_text(json.dumps({phone_key: "theirs"}), encoding="utf-8")
    code, told_, said = run(tmp_path / "one", "unite", file, "--answers", str(answers), "--json")
    assert (code, told_) == (MENDABLE, "")  # one is still open: nothing changes
    code, told_, said = run(tmp_path / "one", "unite", file, "--answers", str(answers), "--all", "ours", "--json")
    done = json.loads(told_)
    assert code == DONE
    assert {one["key"].rpartition("/")[2]: one["answer"] for one in done["questions"]} == {
        "phone": "theirs",
        "address": "ours",
    }
    assert done["records"] > 1
    assert done["batch"]
    assert "Hai sổ đã thành một" in said
    assert run(tmp_path / "one", "unite", file, "--dry-run")[0] == MENDABLE  # nothing apart any more


def test_what_lies_on_a_stick_and_women_on_two_lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exchange = make_exchange(tmp_path)
    other = exchange.neighbour()
    ask_for(exchange, MEMBERS, exchange.below, other)
    give_id(exchange.below)
    give_id(other, at=3)
    exchange.send()
    exchange.above.receiving.receive([exchange.send(office=other)])
    exchange.close()
    code, told, said = run(tmp_path / "commune", "stick", str(exchange.stick), "--json")
    found = {one["facts"]["unit"]: one for one in json.loads(told)}
    assert code == DONE
    assert (found["99001"]["what"], found["99001"]["deed"], found["99001"]["state"]) == ("REPORT", "LOOK", "WRITTEN")
    assert found["99002"]["foreign"]
    assert "2 tệp" in said
    code, told, _said = run(tmp_path / "above", "stick", str(exchange.stick), "--json")
    assert {one["facts"]["unit"]: (one["deed"], one["done"]) for one in json.loads(told)} == {
        "99001": ("RECEIVE", False),
        "99002": ("LOOK", True),
    }
    monkeypatch.setattr("sochihoi.services.drives._MOUNTS", tmp_path / "none")
    assert run(tmp_path / "commune", "stick")[0] == MENDABLE
    # both lists are above
    from tests.cli.sync_runs import run as sync

    assert sync(tmp_path / "above", "receive", str(exchange.stick))[0] == DONE
    code, told, said = run(tmp_path / "above", "twice", "--json")
    (pair,) = json.loads(told)
    assert [one["unit"] for one in pair["entries"]] == ["99001", "99002"]
    assert pair["key"] in said
    assert run(tmp_path / "above", "twice", "--ask", pair["key"])[0] == DONE
    assert run(tmp_path / "above", "twice", "--ask", "x/y")[0] == MENDABLE
    code, told, _said = run(tmp_path / "above", "twice", "--distinct", pair["key"], "--json")
    assert (code, json.loads(told)) == (DONE, [])
    assert run(tmp_path / "commune", "twice")[0] == MENDABLE
