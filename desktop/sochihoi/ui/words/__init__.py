"""Problems in words: an error class in, two sentences out (what happened; what to do). No Qt: the command line uses
them too.

@register(NotOnTheRoll)
def _(error: NotOnTheRoll) -> Message:
    return Message(_("…"), _("…"))
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

E = TypeVar("E", bound=BaseException)
Writer = Callable[[Any], "Message"]

NOUNS = (
    "people",
    "likeness",
    "households",
    "home_lists",
    "meetings",
    "study",
    "campaign",
    "rubric",
    "targets",
    "month",
    "reports",
    "signing",
    "sync",
    "keys",
    "packs",
    "leaving",
    "custody",
    "tickets",
    "handing",
    "reuniting",
    "answers",
    "board",
    "intake",
    "storage",
    "servers",
    "setup",
    "privacy",
    "person_file",
    "units",
    "reorganise",
    "joining",
    "parting",
)

_writers: dict[type[BaseException], Writer] = {}


@dataclass(frozen=True, slots=True)
class Message:
    """``what`` happened and what to do (``todo``): one sentence each, in the language in use."""

    what: str
    todo: str

    def __str__(self) -> str:
        return f"{self.what} {self.todo}".strip()


def register(error: type[E]) -> Callable[[Callable[[E], Message]], Callable[[E], Message]]:
    """Name the function that puts ``error`` (and its subclasses without words of their own) into words."""

    def keep(writer: Callable[[E], Message]) -> Callable[[E], Message]:
        _writers[error] = writer
        return writer

    return keep


@cache
def _load() -> None:
    """Read the words of every noun once; they register themselves."""
    for name in ("general", "missing", *NOUNS):
        module = f"{__name__}.{name}"
        if importlib.util.find_spec(module) is not None:
            importlib.import_module(module)


def writer_for(error: type[BaseException]) -> Writer | None:
    """The function that has words for this class or for the nearest class above it; ``None`` when nobody wrote
    any.
    """
    _load()
    return next((_writers[kind] for kind in error.__mro__ if kind in _writers), None)


def say(error: BaseException) -> Message:
    """The two sentences for a problem. Raises ``LookupError`` for an error without words: that is a fault of ours."""
    writer = writer_for(type(error))
    if writer is None:
        raise LookupError(type(error).__qualname__)
    return writer(error)
