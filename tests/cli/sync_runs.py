"""The commands of exchange on a data folder, in this process."""

from __future__ import annotations

from pathlib import Path

from sochihoi.cli.sync import register
from tests.cli.inside import call
from tests.exchange_data import MOMENT
from tests.offices import around


def run(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """One call on a data folder: exit code, standard output, standard error."""
    return call(register, folder, around("cli", MOMENT), *arguments)
