"""Problems that an officer can mend. A class carries facts, never a sentence; ``ui.words`` puts it into words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(eq=False)
class UserError(Exception):
    """The root of all problems that become two sentences: what happened, what to do."""


@dataclass(eq=False)
class Cancelled(Exception):
    """The officer stopped a long work; what it had begun is rolled back."""


@dataclass(eq=False)
class NotFound(UserError):
    """A record that a command or a page named does not exist."""

    noun: str
    key: str


@dataclass(eq=False)
class FieldProblem(UserError):
    """One field of a form holds something that cannot be saved. ``problem`` is a code from the noun's module."""

    field: str
    problem: str
    value: str = ""


@dataclass(eq=False)
class MonthClosed(UserError):
    """A record of a closed month would change. A supplementary edition is the way."""

    period: str
    closed_on: date


@dataclass(eq=False)
class NotAllowed(UserError):
    """The account's role does not permit this act."""

    role: str
    act: str


@dataclass(eq=False)
class NoDisplay(UserError):
    """There is no screen on which a window could open."""


@dataclass(eq=False)
class NoRecordsHere(UserError):
    """A level above was asked for what only the book of a commune holds."""
