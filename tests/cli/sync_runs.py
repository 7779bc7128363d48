"""The commands of exchange on a data folder, in this process."""

from __future__ import annotations

import io
from pathlib import Path

from sochihoi.cli.frame import USAGE, Call, Commands
from sochihoi.cli.spoken import Parser, UsageError
from sochihoi.cli.sync import register
from sochihoi.domain.errors import UserError
from tests.exchange_data import MOMENT
from tests.offices import around


def run(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """One call on a data folder: exit code, standard output, standard error."""
    parser = Parser(prog="sochihoi")
    parser.add_argument("--data")
    parser.add_argument("--user")
    parser.add_argument("--password-stdin", action="store_true")
    register(Commands(parser))
    out, err = io.StringIO(), io.StringIO()
    try:
        options = parser.parse_args(["--data", str(folder), *arguments])
    except UsageError:
        return USAGE, "", ""
    made = Call(options, around("cli", MOMENT), out, err)
    try:
        code = options.handler(made)
    except (UserError, OSError) as problem:
        code = made.problem(problem)
    return code, out.getvalue(), err.getvalue()
