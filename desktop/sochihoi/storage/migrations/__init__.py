"""Alembic's scripts: one file a revision, never changed once released; statements may stand beside it."""

from pathlib import Path


def run(script: Path) -> None:
    """Execute a file of statements, parted by a semicolon and an empty line."""
    from alembic import op

    for statement in script.read_text(encoding="utf-8").split(";\n\n"):
        if statement.strip():
            op.execute(statement.strip().rstrip(";"))
