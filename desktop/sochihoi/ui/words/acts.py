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


def why_final(act: str) -> str:
    """Why an act of this kind can never be taken back; "" for one that can."""
    if act.startswith("undo "):
        return _("This is a taking back. Do the act again instead.")
    told = {
        "month.": _("A closed month is what was reported. Make a supplement instead."),
        "sync.": _("The file has left the unit or came from another."),
        "pack.": _("An older pack never comes back. To undo something, the level above makes a newer pack."),
        "ticket.": _("The file has left the unit or came from another."),
        "custody.": _("The file has left the unit or came from another."),
        "handover.": _("The file has left the unit or came from another."),
        "book.epoch": _("The file has left the unit or came from another."),
        "account.": _("Passwords and accounts are changed anew, not taken back."),
        "backup.": _("A copy changes nothing in the book."),
        "commune.": _("The settings of the unit are changed anew, not taken back."),
        "members.export": _("This only notes that somebody looked, printed or exported."),
        "list.export": _("This only notes that somebody looked, printed or exported."),
        "access.": _("This only notes that somebody looked, printed or exported."),
        "person.anonymise": _("What named her is erased for good."),
        "privacy.forget": _("The names are erased for good."),
        "privacy.forget_study": _("The names are erased for good."),
    }
    return next((words for begin, words in told.items() if act.startswith(begin)), "")


@cache
def _collected() -> dict[str, Callable[[], str]]:
    found: dict[str, Callable[[], str]] = {}
    for noun in NOUNS:
        name = f"sochihoi.ui.words.{noun}"
        if importlib.util.find_spec(name) is not None:
            found |= getattr(importlib.import_module(name), "ACTS", {})
    return found
