"""A command on a data folder, in this process."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from sochihoi.cli.frame import USAGE, Call, Commands
from sochihoi.cli.spoken import Parser, UsageError
from sochihoi.domain.errors import UserError
from sochihoi.services.opening import Surroundings


def call(
    register: Callable[[Commands], None], folder: Path, around: Surroundings, *arguments: str
) -> tuple[int, str, str]:
    """One call of a command that ``register`` adds: exit code, standard output, standard error."""
    parser = Parser(prog="sochihoi")
    parser.add_argument("--data")
    parser.add_argument("--user")
    parser.add_argument("--database-url")
    parser.add_argument("--password-stdin", action="store_true")
    register(Commands(parser))
    out, err = io.StringIO(), io.StringIO()
    try:
        options = parser.parse_args(["--data", str(folder), *arguments])
    except UsageError:
        return USAGE, "", ""
    made = Call(options, around, out, err)
    try:
        code = options.handler(made)
    except (UserError, OSError) as problem:
        code = made.problem(problem)
    return code, out.getvalue(), err.getvalue()
