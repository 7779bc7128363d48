"""The road between the levels: the register of keys, quarantine and decisions, what is carried besides reports."""

from pathlib import Path

from sochihoi.storage.migrations import run

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Every statement of ``r0005_above.sql``; keys that no longer counted say so in their state too."""
    run(Path(__file__).with_suffix(".sql"))
