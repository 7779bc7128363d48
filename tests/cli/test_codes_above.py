"""The code on a report over more than a month, proved by the level above once its file came."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sochihoi.cli.frame import DONE, MENDABLE, main
from sochihoi.domain.ids import new_id
from tests.cli.sync_runs import run
from tests.exchange_data import MOMENT, Exchange
from tests.offices import around


def test_the_code_of_a_quarter_is_known_above_once_its_file_came(
    introduced: Exchange, capsys: pytest.CaptureFixture[str]
) -> None:
    root = introduced.root

    def call(own: str, *arguments: str) -> tuple[int, str]:
        as_it_is = replace(around("cli", MOMENT), ids=new_id)  # ids in the order of time, from one call to the next
        code = main(["--data", str(root / own), "--lang", "en", *arguments], as_it_is)
        return code, capsys.readouterr().err

    write = ("send", "--period", "2026-10", "--out", str(introduced.stick))
    assert call("commune", *write)[0] == DONE
    code, said = call("commune", "close", "--period", "2026-Q3", "--number", "3a")
    paper = said.rpartition(": ")[2].strip(" .\n")
    assert (code, "03a/" in said, len(paper)) == (DONE, True, 11)
    assert call("commune", *write)[0] == DONE
    files = sorted(introduced.stick.glob("*.hpn"))
    assert len(files) == 2, "the report went after the month"
    assert run(root / "above", "receive", str(files[0]))[0] == DONE
    assert call("above", "verify-paper", paper)[0] == MENDABLE
    assert run(root / "above", "receive", str(files[1]))[0] == DONE
    code, said = call("above", "verify-paper", paper)
    assert (code, "signed file" in said) == (DONE, True)
