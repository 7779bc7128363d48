"""Numbers and dates as a Vietnamese paper writes them, whatever language the screen speaks. Babel spells them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from sochihoi.domain.indicators import Display, Figure, Indicator
from sochihoi.i18n import MINUS, NBSP, paper_date, paper_number

__all__ = [
    "MINUS",
    "NBSP",
    "UNKNOWN",
    "exact",
    "fraction",
    "grouped",
    "listed",
    "long_date",
    "plain_date",
    "share",
    "shown",
    "tenths",
]

UNKNOWN = "—"


def grouped(value: int) -> str:
    """3412 -> ``3.412``; a true minus sign."""
    return paper_number(value)


def tenths(value: Fraction) -> str:
    """One decimal, half rounded away from zero: Fraction(821, 10) -> ``82,1``."""
    return _rounded(value, 1)


def exact(value: Fraction) -> str:
    """A number with as many of two decimals as it has: ``85``, ``37,5``, ``8,25``."""
    decimals = next((n for n in (0, 1) if (value * 10**n).denominator == 1), 2)
    return _rounded(value, decimals)


def _rounded(value: Fraction, decimals: int) -> str:
    """Rounded exactly, before anything is a decimal number; nothing is never ``−0``."""
    scale = 10**decimals
    whole = (abs(value.numerator) * 2 * scale + value.denominator) // (2 * value.denominator)
    signed = -whole if value < 0 else whole
    return paper_number(Decimal(signed).scaleb(-decimals), decimals)


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
    return paper_date(day, "dd/MM/yyyy")


def long_date(day: date) -> str:
    """``ngày 05 tháng 02 năm 2026``: days under 10 and the months 1 and 2 with a nought (Decree 30/2020/NĐ-CP)."""
    return paper_date(day, f"'ngày' dd 'tháng' {'MM' if day.month < 3 else 'M'} 'năm' y")


def listed(names: Sequence[str], most: int, rest: str) -> str:
    """``A, B, C và 4 chi hội khác``; ``rest`` has the place ``{count}``."""
    told = ", ".join(names[:most])
    over = len(names) - most
    return f"{told} {rest.format(count=over)}" if over > 0 else told
