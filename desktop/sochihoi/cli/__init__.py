"""The command line: the same services as the window. The contract is in desktop/docs/commands.md."""

from __future__ import annotations

from collections.abc import Sequence


def run(arguments: Sequence[str]) -> int:
    """Run one command. 0 done, 1 a problem that the user can mend, 2 wrong usage, 3 crash."""
    from sochihoi.cli.frame import main

    return main(arguments)
