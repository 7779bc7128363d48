"""What the navigation lists: the pages by key, in the order of the month."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


class Group(Enum):
    """Where in the navigation a page stands."""

    TOP = "top"
    BOOKS = "books"
    MONTH_END = "month_end"
    BOTTOM = "bottom"


@dataclass(frozen=True, slots=True)
class Place:
    """One page. ``label`` is called when shown; ``module`` has ``build(context) -> Page`` and is imported on first
    use.
    """

    key: str
    icon: str
    label: Callable[[], str]
    group: Group
    module: str
    for_sender: bool = True  # a commune has it
    for_receiver: bool = True  # a level above has it
