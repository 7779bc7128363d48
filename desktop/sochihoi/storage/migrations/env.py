"""Alembic's entry: the connection comes from ``storage.migrate``, inside its transaction."""

from alembic import context

from sochihoi.storage.schema import METADATA

connection = context.config.attributes["connection"]
if connection.dialect.name == "postgresql":
    from sochihoi.storage.migrations.postgresql import translate_on

    translate_on(connection)
context.configure(connection=connection, target_metadata=METADATA, transactional_ddl=False)
context.run_migrations()
