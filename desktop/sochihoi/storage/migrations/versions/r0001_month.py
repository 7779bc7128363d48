"""The first schema: the whole month, and the journal that refuses to be rewritten."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table, index and trigger of ``r0001_month.sql``."""
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    for statement in script.split(";\n\n"):
        if statement.strip():
            op.execute(statement.strip().rstrip(";"))
