"""What the commune chose: one JSON value a name, journaled like every other record."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from sochihoi.storage.schema import setting
from sochihoi.storage.work import Work


class Settings:
    """Named values."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, name: str, default: Any = None) -> Any:
        """The value, or ``default``."""
        found = self._work.find(setting, name)
        return default if found is None else found["value"]

    def set(self, name: str, value: Any) -> None:
        """Keep a value."""
        self._work.put(setting, [{"id": name, "value": value}])

    def below(self, prefix: str) -> dict[str, Any]:
        """All values whose name begins with ``prefix``, without it."""
        rows = self._work.rows(select(setting).where(setting.c.id.startswith(prefix, autoescape=True)))
        return {r["id"].removeprefix(prefix): r["value"] for r in rows}
