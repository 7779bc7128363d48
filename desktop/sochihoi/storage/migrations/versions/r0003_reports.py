"""Reports of every form: whose words they are, reports issued with a number, what was printed of them."""

from pathlib import Path

from sochihoi.storage.migrations import run

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Every statement of ``r0003_reports.sql``."""
    run(Path(__file__).with_suffix(".sql"))
