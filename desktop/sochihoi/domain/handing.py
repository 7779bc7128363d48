"""One PC writes a commune's book; handing it over freezes it here and begins a new life of it there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sochihoi.domain.errors import UserError


@dataclass(eq=False)
class BookFrozen(UserError):
    """The book was handed over to another PC on a day: here it is only read."""

    on: date


@dataclass(eq=False)
class NotHandedOver(UserError):
    """A hand-over would be taken back, and there is none."""


@dataclass(eq=False)
class NotAHandover(UserError):
    """A hand-over file was expected; the file is a whole file of another kind."""


@dataclass(eq=False)
class HandoverDiffers(UserError):
    """The statement of a hand-over and the book inside do not belong together: it was put together by somebody."""

    name: str
