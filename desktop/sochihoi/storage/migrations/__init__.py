"""Alembic's scripts: one file a revision, never changed once released."""
