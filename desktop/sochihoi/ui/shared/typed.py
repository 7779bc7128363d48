"""What an officer types for a date or a number, understood. No Qt: presenters and tests use it too."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from sochihoi.domain.errors import FieldProblem
from sochihoi.domain.partial_dates import PartialDate
from sochihoi.i18n import number, short_date


def read_date(text: str, today: date) -> PartialDate | None:
    """``8/3/71``, ``08031971``, ``3/1971``, ``1971`` -> what is known; ``None`` when it is empty or no date."""
    try:
        return PartialDate.parse(text, today)
    except FieldProblem:
        return None


def show_date(value: PartialDate | date | None) -> str:
    """``08/03/1971``, ``03/1971``, ``1971``, or nothing."""
    if value is None:
        return ""
    if isinstance(value, date):
        return short_date(value)
    month = "" if value.month is None else f"{value.month:02}/"
    day = "" if value.day is None else f"{value.day:02}/"
    return f"{day}{month}{value.year:04}"


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
