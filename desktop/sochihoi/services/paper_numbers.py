"""Numbers and dates as a Vietnamese paper writes them, whatever language the screen speaks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from sochihoi.domain.indicators import Display, Figure, Indicator

NBSP = "\u00a0"
MINUS = "\u2212"
UNKNOWN = "—"


def grouped(value: int) -> str:
    """3412 -> ``3.412``; a true minus sign."""
    return f"{value:,}".replace(",", ".").replace("-", MINUS)


def tenths(value: Fraction) -> str:
    """One decimal, half rounded away from zero: Fraction(821, 10) -> ``82,1``."""
    rounded = (abs(value.numerator) * 20 + value.denominator) // (2 * value.denominator)
    sign = MINUS if value < 0 and rounded else ""
    return f"{sign}{grouped(rounded // 10)},{rounded % 10}"


def exact(value: Fraction) -> str:
    """A number with as many of two decimals as it has: ``85``, ``37,5``, ``8,25``."""
    if value.denominator == 1:
        return grouped(int(value))
    if (value * 10).denominator == 1:
        return tenths(value)
    whole, rest = divmod(round(abs(value) * 100), 100)
    return f"{MINUS if value < 0 else ''}{grouped(whole)},{rest:02}"


def share(ratio: Fraction) -> str:
    """``82,1 %`` with a space that does not break."""
    return f"{tenths(ratio * 100)}{NBSP}%"


def shown(indicator: Indicator, figure: Figure) -> str | None:
    """A figure as it stands in a text; ``None`` when nothing is known."""
    if indicator.display is Display.FRACTION:
        return fraction(figure)
    if figure.value is not None:
        return grouped(figure.value)
    return None if figure.ratio is None else share(figure.ratio)


def fraction(figure: Figure) -> str | None:
    """``31/34``; ``None`` when there is nobody to count."""
    if figure.numerator is None or not figure.denominator:
        return None
    return f"{grouped(figure.numerator)}/{grouped(figure.denominator)}"


def plain_date(day: date) -> str:
    """``31/10/2026``."""
    return f"{day:%d/%m/%Y}"


def long_date(day: date) -> str:
    """``ngày 05 tháng 02 năm 2026``: days under 10 and the months 1 and 2 with a nought (Decree 30/2020/NĐ-CP)."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def listed(names: Sequence[str], most: int, rest: str) -> str:
    """``A, B, C và 4 chi hội khác``; ``rest`` has the place ``{count}``."""
    told = ", ".join(names[:most])
    over = len(names) - most
    return f"{told} {rest.format(count=over)}" if over > 0 else told
