"""What a register needs to be trusted: consent, one woman entered twice, moves under way, old identity cards."""

from pathlib import Path

from sochihoi.storage.migrations import run

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Every statement of ``r0004_trust.sql``; a day of consent that was known becomes the first row of the register."""
    run(Path(__file__).with_suffix(".sql"))
