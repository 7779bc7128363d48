"""``python -m sochihoi`` and the installed command."""

import sys


def main() -> int:
    """Start the command line, which opens the window when no command is given."""
    from sochihoi.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    raise SystemExit(main())
