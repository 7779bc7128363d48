"""The short code on a paper: ten letters that prove which figures of which unit it was made from.

Fifty bits of the SHA-256 of the canonical figures: a paper with one other figure has another code, and a code cannot be
guessed for figures of one's choice except by trying on the order of 10^15 papers.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Final

from sochihoi.domain.months import Frozen

LETTERS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""No 0, 1, I and O: they are taken for one another when read aloud or by eye."""
LENGTH: Final = 10
SCHEME: Final = "SOCHIHOI"
Numbers = Mapping[str, tuple[int, int | None]]
"""``{indicator: (number or numerator, denominator)}``; what is not known is left out."""


def numbers(frozen: Frozen, branch: str = "") -> dict[str, tuple[int, int | None]]:
    """The figures of one unit as a code is made of them and as the signed file carries them."""
    found: dict[str, tuple[int, int | None]] = {}
    for code, (value, numerator, denominator) in frozen.get(branch, {}).items():
        number = numerator if denominator is not None else value
        if number is not None:
            found[code] = (number, denominator)
    return found


def canonical(unit: str, form: str, period: str, edition: int, figures: Numbers, branch: str = "") -> bytes:
    """What is hashed: canonical JSON. ``unit``: the sender's own code; ``branch``: an id, empty for the unit itself."""
    return canonical_of(unit, form, period, edition, spelled(figures), branch)


def spelled(figures: Numbers) -> str:
    """The figures inside the canonical JSON: what many papers over the same figures share."""
    return _json({code: list(pair) for code, pair in figures.items()})


def canonical_of(unit: str, form: str, period: str, edition: int, figures: str, branch: str = "") -> bytes:
    """As ``canonical``, of figures that are ``spelled`` already."""
    head = f'{{"branch":{_json(branch)},"edition":{edition},"figures":{figures},"form":{_json(form)},'
    return f'{head}"period":{_json(period)},"unit":{_json(unit)},"v":1}}'.encode()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(body: bytes) -> str:
    """SHA-256 as 64 hex digits."""
    return hashlib.sha256(body).hexdigest()


def code_of(sha256: str) -> str:
    """The first fifty bits of a digest as ten letters."""
    bits = int(sha256, 16) >> (256 - 5 * LENGTH)
    return "".join(LETTERS[bits >> shift & 31] for shift in range(5 * (LENGTH - 1), -1, -5))


def shown(code: str) -> str:
    """``ABCDE-FGHJK``, as it stands on the paper."""
    return f"{code[:5]}-{code[5:]}" if code else ""


def qr_text(unit: str, form: str, period: str, edition: int, code: str) -> str:
    """What the square code on a paper says. No address: nothing is looked up anywhere."""
    return f"{SCHEME}/1/{unit}/{form}/{period}/{edition}/{code}"


def read(text: str) -> str:
    """What somebody typed or scanned, as a code: small letters, blanks and dashes do not matter. Empty: it is none."""
    clean = text.strip()
    if clean.upper().startswith(f"{SCHEME}/"):
        clean = clean.rpartition("/")[2]
    found = "".join(sign for sign in clean.upper() if not sign.isspace() and sign not in "-–.")
    return found if len(found) == LENGTH and all(sign in LETTERS for sign in found) else ""
