"""Alembic's entry: the connection comes from ``storage.migrate``, inside its transaction."""

from alembic import context

from sochihoi.storage.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA, transactional_ddl=False)
context.run_migrations()
