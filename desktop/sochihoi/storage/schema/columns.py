"""What the tables have in common."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, Dialect, ForeignKey, Integer, MetaData, Numeric, String, Table
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeDecorator, TypeEngine

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def record(name: str, *items: SchemaItem) -> Table:
    """A business table: an id, its columns, a day of deletion."""
    return Table(
        name, METADATA, Column("id", String, primary_key=True), *items, Column("deleted_on", Date, nullable=True)
    )


def text(name: str, *, default: str | None = "") -> Column[str]:
    """A text that is never null: empty means not known."""
    return Column(name, String, nullable=False, server_default=default)


def optional(name: str) -> Column[str]:
    """A text that may be absent."""
    return Column(name, String, nullable=True)


def day(name: str) -> Column[object]:
    """A date that may be absent."""
    return Column(name, Date, nullable=True)


def count(name: str, *, default: str | None = "0") -> Column[int]:
    """A whole number that is never null."""
    return Column(name, Integer, nullable=False, server_default=default)


def number(name: str) -> Column[int]:
    """A whole number that may be absent."""
    return Column(name, Integer, nullable=True)


class Exact(TypeDecorator[Decimal]):
    """A decimal of up to fifteen digits in a column of whole numbers: SQLite keeps 37.5 there as it is, and the
    shortest text of a stored number is the number that was written. PostgreSQL has a type for it."""

    impl = Integer
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Where whole numbers are only that, one that is exact."""
        return Numeric() if dialect.name == "postgresql" else Integer()

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """A whole number where it is one, so that old rows and new ones are alike."""
        if value is None:
            return None
        told = Decimal(str(value))
        return int(told) if told == told.to_integral_value() else float(told)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """Exactly what was written."""
        return None if value is None else Decimal(str(value))


def decimal(name: str) -> Column[Decimal]:
    """A number with decimals that may be absent."""
    return Column(name, Exact, nullable=True)


def flag(name: str) -> Column[bool]:
    """Yes or no; no unless said."""
    return Column(name, Boolean, nullable=False, server_default="0")


def nested(name: str) -> Column[object]:
    """A small nested value as JSON."""
    return Column(name, JSON, nullable=False, server_default="{}")


def listed(name: str) -> Column[object]:
    """A short list of texts as JSON."""
    return Column(name, JSON, nullable=False, server_default="[]")


def link(name: str, table: str, *, optional: bool = False) -> Column[str]:
    """A reference to another record."""
    return Column(name, String, ForeignKey(f"{table}.id"), nullable=optional, index=True)
