"""How long work says where it is, and learns that the officer wants it to stop."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Handed to a long use case."""

    def step(self, done: int, total: int) -> None:
        """``done`` of ``total`` steps are behind. Raises ``Cancelled`` when she stopped: the work rolls back."""


class Unwatched:
    """Nobody looks and nobody stops: the command line and tests."""

    def step(self, done: int, total: int) -> None:
        """Nothing to tell."""
