"""Answers that a receipt repeats in short: its unit is not proven to have the receipts that gave them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sochihoi.sync.errors import Code
from sochihoi.sync.manifest import MAX_SEQ
from sochihoi.sync.shapes import HASH, Fields

MAX_ANSWERED = 100
_CODE = re.compile(r"[A-Z][A-Z_]{0,31}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Answered:
    """One of them. ``number``: of its receipt. ``mh``: the manifest hash of the file. ``code``: why that was returned;
    ``None`` for one that was applied.
    """

    number: int
    mh: str
    code: Code | None = None


def read(fields: Fields) -> tuple[Answered, ...]:
    """The list under ``answered``: 1 to ``MAX_ANSWERED``, numbers rising, no file twice. Raises ``Refused``."""
    found = tuple(_one(child) for child in fields.children("answered", 1, MAX_ANSWERED))
    numbers = [one.number for one in found]
    if numbers != sorted(set(numbers)) or len({one.mh for one in found}) < len(found):
        raise fields.bad("answered")
    return found


def spelled(answered: Iterable[Answered]) -> list[dict[str, Any]]:
    """The same as canonical JSON holds it."""
    return [
        {"no": one.number, "mh": one.mh} | ({} if one.code is None else {"code": one.code.value}) for one in answered
    ]


def fits(answered: Iterable[Answered], receipt_no: int, mh: str) -> bool:
    """Whether all are of other files than the receipt's own, and before it."""
    return all(one.number < receipt_no and one.mh != mh for one in answered)


def _one(fields: Fields) -> Answered:
    said = fields.maybe_match("code", _CODE)
    if said is not None and said not in {item.value for item in Code}:
        raise fields.bad("code")
    found = Answered(fields.integer("no", 1, MAX_SEQ), fields.match("mh", HASH), None if said is None else Code(said))
    fields.done()
    return found
