"""What a list would correct of somebody who is there already, in words. Sensitive values are not shown. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sochihoi.domain.access import WATCHED
from sochihoi.domain.households import HouseholdGroup
from sochihoi.domain.people import mask_national_id
from sochihoi.services.import_matching import Change
from sochihoi.ui.words.people import field_name
from sochihoi.ui.words.person_file import value_words

_HIDDEN = "••••"


def changes_words(changes: Sequence[Change]) -> str:
    """``Điện thoại: 0912 345 678 → 0987 654 321; Dân tộc: ••••``, in the order of the changes."""
    return "; ".join(map(_words, changes))


def _words(change: Change) -> str:
    label = field_name(change.field)
    if change.field in WATCHED and change.field not in _NUMBERS:
        return f"{label}: {_HIDDEN}"
    return f"{label}: {_value(change.field, change.before)} → {_value(change.field, change.after)}"


_NUMBERS = ("national_id", "old_id")  # their last digits are shown elsewhere too


def _value(field: str, value: Any) -> str:
    if value is HouseholdGroup.NONE:
        return "—"
    return (mask_national_id(value) if field in _NUMBERS and value else value_words(field, value)) or "—"
