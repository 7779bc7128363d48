"""Hamlet, loan and clubs of a member; a study session may be held for several branches."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ADDED = (
    "ALTER TABLE person ADD COLUMN hamlet VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE person ADD COLUMN loan VARCHAR DEFAULT '' NOT NULL",
    "ALTER TABLE membership ADD COLUMN clubs JSON DEFAULT '[]' NOT NULL",
    "ALTER TABLE study_session ADD COLUMN further_branches JSON DEFAULT '[]' NOT NULL",
)


def upgrade() -> None:
    """Columns are only added: rows and the journal of older schemas stay as they were written."""
    for statement in _ADDED:
        op.execute(statement)
