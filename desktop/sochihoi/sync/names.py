"""What a signed file is called, and which names a reader still recognises."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sochihoi.domain.periods import BadPeriod, Period

SUFFIX = ".hpn"
KEY_SUFFIX = ".hpnkey"

# Browsers and mail programs add "(1)" or " - Copy", messengers wrap in .zip. The name proves nothing: it only helps to
# pick files out of a folder. Who sent what is read from the signed manifest.
_NAME = re.compile(
    r"HPN_(?P<unit>[0-9A-Za-z.\-]{1,32})_(?P<period>\d{4}(?:-(?:\d\d|[QH]\d))?)_(?P<seq>\d{4,9})(?:_R(?P<receipt>\d{4,9}))?"
    r"(?P<copy>(?:\s*\(\d{1,3}\)|\s*-\s*\w[\w ]{0,19})*)(?P<ending>\.hpn(?:\s*\(\d{1,3}\))?(?:\.zip)?|\.zip)",
    re.IGNORECASE,
)


_RETURN = re.compile(
    r"HPN_(?P<unit>[0-9A-Za-z.\-]{1,32})_TRALOI_(?P<number>\d{4,9})(?:\s*\(\d{1,3}\)|\s*-\s*\w[\w ]{0,19})*\.zip",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FileName:
    """What a name says. ``receipt`` is the number of the receipt, ``None`` for a report."""

    unit: str
    period: Period
    seq: int
    receipt: int | None = None


def file_name(unit: str, period: Period, seq: int) -> str:
    """``HPN_31135_2026-10_0007.hpn``: ASCII only, sortable."""
    return f"HPN_{unit}_{period.code}_{seq:04}{SUFFIX}"


def receipt_name(unit: str, period: Period, seq: int, receipt_no: int) -> str:
    """``HPN_31135_2026-10_0007_R0003.hpn``: the third receipt for unit 31135, for its file 7."""
    return f"HPN_{unit}_{period.code}_{seq:04}_R{receipt_no:04}{SUFFIX}"


def return_name(unit: str, number: int) -> str:
    """``HPN_31135_TRALOI_0003.zip``: the third answer to unit 31135, with whatever goes down with it."""
    return f"HPN_{unit}_TRALOI_{number:04}.zip"


def pack_name(unit: str, number: int) -> str:
    """``HPN_92_GOI_0003.hpn``: the third pack of definitions of unit 92."""
    return f"HPN_{unit}_GOI_{number:04}{SUFFIX}"


def is_return(name: str) -> bool:
    """Whether a file is called so, also with "(1)" or "- Copy" added."""
    return _RETURN.fullmatch(name.strip()) is not None


def recognise(name: str) -> FileName | None:
    """What a file name (without folder) says, also with "(1)", "- Copy" or ".zip" added; ``None`` for other names."""
    found = _NAME.fullmatch(name.strip())
    if not found:
        return None
    try:
        period = Period.parse(found["period"].upper())
    except BadPeriod:
        return None
    return FileName(found["unit"], period, int(found["seq"]), int(found["receipt"]) if found["receipt"] else None)
