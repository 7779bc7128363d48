"""SQLAlchemy, SQLCipher and Alembic. Rows never leave: what goes out is a frozen dataclass of the domain."""
