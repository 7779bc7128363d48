"""What an officer types for a date or a number, understood. No Qt: presenters and tests use it too."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sochihoi.i18n import number


@dataclass(frozen=True, slots=True)
class TypedDate:
    """A date as far as it is known: a year, a month of a year, or a day."""

    year: int
    month: int | None = None
    day: int | None = None

    def exact(self) -> date | None:
        """The day, or ``None`` when only the month or year is known."""
        return date(self.year, self.month, self.day) if self.month is not None and self.day is not None else None

    def __str__(self) -> str:
        if self.month is None:
            return f"{self.year:04}"
        return (
            f"{self.month:02}/{self.year:04}" if self.day is None else f"{self.day:02}/{self.month:02}/{self.year:04}"
        )


def read_date(text: str, today: date) -> TypedDate | None:
    """``8/3/71``, ``08031971``, ``080371``, ``3/1971``, ``1971`` -> what is known; ``None`` for anything else.

    Two digits of a year mean the last such year that is not in the future.
    """
    text = text.strip()
    parts = [part for part in re.split(r"[\s/.\-]+", text) if part]
    if len(parts) == 1 and parts[0].isdigit():
        digits = parts[0]
        if len(digits) in (6, 8):
            parts = [digits[:2], digits[2:4], digits[4:]]
        elif len(digits) != 4:
            return None
    if not parts or len(parts) > 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    if len(parts[0]) == 4 and len(parts) == 3:  # 1971-03-08, as machines write it
        parts.reverse()
    year = _year(parts[-1], today)
    if year is None:
        return None
    month = int(parts[-2]) if len(parts) > 1 else None
    day = int(parts[0]) if len(parts) == 3 else None
    try:
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    return TypedDate(year, month, day)


def _year(text: str, today: date) -> int | None:
    if len(text) == 4:
        return int(text) if 1850 <= int(text) <= 2200 else None
    if len(text) == 2:
        year = today.year // 100 * 100 + int(text)
        return year if year <= today.year else year - 100
    return None


def read_number(text: str, decimals: int = 0) -> Decimal | None:
    """``3.412`` -> 3412; ``82,1`` or ``82.1`` with decimals -> 82.1; ``None`` when it is no such number."""
    text = re.sub(r"[\s\u00a0\u202f]", "", text).replace("\u2212", "-")
    if not re.fullmatch(r"-?\d+(?:[.,]\d+)*", text):
        return None
    last = max(text.rfind("."), text.rfind(","))
    fraction = ""
    if last >= 0 and decimals:
        after = text[last + 1 :]
        grouped = len(after) == 3 and text[last] == "."  # 3.412 is three thousand in Vietnamese, whatever the decimals
        if not grouped:
            fraction, text = after, text[:last]
    if len(fraction) > decimals:
        return None
    groups = re.split(r"[.,]", text.lstrip("-"))
    if any(len(group) != 3 for group in groups[1:]) or (len(groups) > 1 and not 1 <= len(groups[0]) <= 3):
        return None
    sign = "-" if text.startswith("-") else ""
    return Decimal(sign + "".join(groups) + ("." + fraction if fraction else ""))


def read_phone(text: str) -> str | None:
    """``0912 345 678``, ``+84 912.345.678`` -> ``0912345678``; ``None`` unless it has 10 or 11 digits from 0."""
    digits = re.sub(r"[\s.\-()]", "", text)
    if digits.startswith("+84"):
        digits = "0" + digits[3:]
    return digits if re.fullmatch(r"0\d{9,10}", digits) else None


def show_number(value: Decimal | int | None, decimals: int = 0) -> str:
    """What stands in a number field: ``3.412``, ``72,5``, or nothing."""
    return "" if value is None else number(value, decimals)
