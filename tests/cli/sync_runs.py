"""The commands of exchange on a data folder, in this process."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sochihoi.cli.sync import register
from sochihoi.domain.ids import seeded
from tests.cli.inside import call
from tests.exchange_data import MOMENT
from tests.offices import around

_IDS = seeded("cli")  # one row of ids through all calls, as the clock of a real one gives them


def run(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """One call on a data folder: exit code, standard output, standard error."""
    return call(register, folder, replace(around("cli", MOMENT), ids=_IDS), *arguments)
