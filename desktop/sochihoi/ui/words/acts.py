"""What was done, in words: the acts of every noun, collected from their own modules. No Qt."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from functools import cache

from sochihoi.i18n import _
from sochihoi.ui.words import NOUNS


def act_words(act: str) -> str:
    """An act's code in words; an act that no module names is a change."""
    if act.startswith("undo "):
        return _("Taken back")
    said = _collected().get(act)
    return said() if said is not None else _("Changed")


@cache
def _collected() -> dict[str, Callable[[], str]]:
    found: dict[str, Callable[[], str]] = {}
    for noun in NOUNS:
        name = f"sochihoi.ui.words.{noun}"
        if importlib.util.find_spec(name) is not None:
            found |= getattr(importlib.import_module(name), "ACTS", {})
    return found
