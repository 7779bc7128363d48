"""A value inside a column of JSON text, on either engine."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class json_value(FunctionElement[str]):  # noqa: N801 - it stands in a query as a function does
    """``json_value(column, "value", "list")``: what stands under these names, as text; null where it does not."""

    type = String()
    name = "json_value"
    inherit_cache = False  # the names are no part of the key under which a statement is kept

    def __init__(self, column: ColumnElement[Any], *names: str) -> None:
        if not all(name.replace("_", "a").isalnum() for name in names):
            raise ValueError(names)
        self.names = names
        super().__init__(column)


@compiles(json_value)
def _sqlite(element: json_value, compiler: Any, **more: Any) -> str:
    return f"json_extract({compiler.process(element.clauses, **more)}, '$.{'.'.join(element.names)}')"


@compiles(json_value, "postgresql")
def _postgresql(element: json_value, compiler: Any, **more: Any) -> str:
    return f"(CAST({compiler.process(element.clauses, **more)} AS json) #>> '{{{','.join(element.names)}}}')"
