"""The parameters that a definition file gives to a source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Parameters:
    """Read with the type that is expected. A definition that gives another one is a fault of the file."""

    values: Mapping[str, str | int] = field(default_factory=dict)

    def text(self, name: str, default: str | None = None) -> str:
        """A text. Raises ``KeyError`` when it is neither given nor has a default."""
        found = self.values.get(name, default)
        if not isinstance(found, str):
            raise KeyError(name)
        return found

    def number(self, name: str, default: int) -> int:
        """A whole number. Raises ``KeyError`` for anything else."""
        found = self.values.get(name, default)
        if not isinstance(found, int):
            raise KeyError(name)
        return found
