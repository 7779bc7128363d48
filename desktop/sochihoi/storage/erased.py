"""Values of journal rows that are gone for good, and how a row says so."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

MARK: Final = "erased"  # its value: the number of the row that says who erased it and when

# What stays of a row: which records belonged together and on which days they counted. Nothing that names anybody
_KEPT: Final = ("id", "person_id", "membership_id", "meeting_id", "branch_id", "registered_on", "left_on")

_WHO_CAME: Final = ("attendance", "study_attendance", "study_eligible")  # a line says nothing else of anybody


def is_erased(values: Mapping[str, Any] | None) -> bool:
    """Whether this is what is left of a row."""
    return values is not None and MARK in values


def without_values(noun: str, text: str | None, by: int) -> str | None:
    """The JSON of a row with its values taken out by the row ``by``; nothing where there was nothing."""
    if text is None:
        return None
    before: dict[str, Any] = json.loads(text)
    if is_erased(before):
        return text
    left = {key: before[key] for key in _KEPT if key in before and not (key == "membership_id" and noun in _WHO_CAME)}
    return json.dumps({**left, MARK: by}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
