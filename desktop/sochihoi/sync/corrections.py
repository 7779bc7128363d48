"""What a receipt asks its unit to correct: lines that only that unit can read, bound to the receipt around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sochihoi.domain.corrections import Correction
from sochihoi.domain.exchange import Measure
from sochihoi.sync import payload
from sochihoi.sync.canonical import NotCanonical, canon, parse
from sochihoi.sync.errors import Code, Refused
from sochihoi.sync.shapes import NAME, UUID, Fields

PROFILE = "tra-loi"
MAX_CORRECTIONS = 500
SAID_LIMIT = 500
_BIG = 10**15
_MAX_SCALE = 6
_MAX_PERCENT = 10**9
_RULE = re.compile(r"[A-Z][A-Z_]{0,31}", re.ASCII)
_NUMBER = re.compile(r"[0-9]{4}", re.ASCII)


def text_of(binding: dict[str, Any], salt: bytes, corrections: Sequence[Correction]) -> bytes:
    """Header and lines. ``binding``: what the receipt says of itself, which the header repeats.

    Raises ``Refused`` (ROW) for a correction that a reader would refuse.
    """
    lines = [canon(_encoded(number, one)) for number, one in enumerate(corrections, 1)]
    header = binding | {"t": "hdr", "profile": PROFILE, "salt": salt.hex(), "rows": {"correction": len(lines)}}
    text = b"".join(line + b"\n" for line in (canon(header), *lines))
    corrections_of(text, binding)
    return text


def corrections_of(text: bytes, binding: dict[str, Any]) -> tuple[Correction, ...]:
    """The lines of such a text. Raises ``Refused``: BINDING, ROW."""
    lines = text.split(b"\n")
    if lines.pop() != b"" or not 2 <= len(lines) <= MAX_CORRECTIONS + 1:
        raise Refused(Code.ROW, "lines")
    header = Fields(_parsed(lines[0]), Code.ROW, "hdr")
    salt = header.match("salt", re.compile(rf"[0-9a-f]{{{2 * payload.SALT}}}", re.ASCII))
    told = header.rest()
    expected = binding | {"t": "hdr", "profile": PROFILE, "rows": {"correction": len(lines) - 1}}
    if not salt or canon(told) != canon(expected):
        raise Refused(Code.BINDING, "hdr")
    return tuple(_decoded(number, _parsed(line)) for number, line in enumerate(lines[1:], 1))


def _encoded(number: int, one: Correction) -> dict[str, Any]:
    told: dict[str, Any] = {
        "t": "correction",
        "id": f"{number:04}",
        "period": one.period,
        "rule": one.rule,
        "branch": one.branch,
        "code": one.indicator,
        "said": one.said,
        "percent": one.percent,
        "earlier": one.earlier,
        "before": _spelled(one.before),
        "after": _spelled(one.after),
    }
    return {key: value for key, value in told.items() if value not in ("", None)}


def _decoded(number: int, raw: object) -> Correction:
    fields = Fields(raw, Code.ROW, "correction")
    fields.exactly("t", "correction")
    if fields.match("id", _NUMBER) != f"{number:04}":
        raise fields.bad("id")
    found = Correction(
        period=fields.period("period").code,
        indicator=fields.maybe_match("code", NAME) or "",
        branch=fields.maybe_match("branch", UUID) or "",
        rule=fields.match("rule", _RULE),
        said=fields.maybe_words("said", SAID_LIMIT),
        percent=fields.maybe_integer("percent", 0, _MAX_PERCENT),
        earlier=fields.period("earlier").code if fields.has("earlier") else "",
        before=_measure(fields.maybe_child("before")),
        after=_measure(fields.maybe_child("after")),
    )
    fields.done()
    if not found.said and found.after is None:
        raise fields.bad("said")  # it would ask for nothing
    return found


def _measure(fields: Fields | None) -> Measure | None:
    if fields is None:
        return None
    numerator, denominator = fields.integer("num", -_BIG, _BIG), fields.maybe_integer("den", 0, _BIG)
    scale = fields.maybe_integer("scale", 1, _MAX_SCALE)
    if scale is not None and denominator is not None:
        raise fields.bad("scale")
    fields.done()
    return Measure(numerator, denominator, scale or 0)


def _spelled(one: Measure | None) -> dict[str, int] | None:
    if one is None:
        return None
    told = {"num": one.numerator, "den": one.denominator, "scale": one.scale or None}
    return {key: value for key, value in told.items() if value is not None}


def _parsed(line: bytes) -> object:
    if len(line) > payload.LINE_CAP:
        raise Refused(Code.ROW, "length")
    try:
        found: object = parse(line)
    except NotCanonical:
        raise Refused(Code.ROW, "not canonical") from None
    return found
