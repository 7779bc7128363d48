"""Words, dates and numbers in the chosen language. Vietnamese is the shipped default.

Source strings are English, in the code. ``_`` is called when a text is shown, never at import time.
"""

from __future__ import annotations

import gettext
from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from typing import Final

from sochihoi import paths

LANGUAGES: Final = ("vi", "en")
NBSP: Final = "\u00a0"
MINUS: Final = "\u2212"
_PAPER: Final = "vi_VN"

_state: dict[str, gettext.NullTranslations] = {}
_language = "vi"


def set_language(language: str) -> None:
    """Choose ``vi`` or ``en``. Raises ``ValueError`` for any other, or when the Vietnamese catalogue was not built."""
    global _language  # noqa: PLW0603 - one language a process, as gettext itself has it
    if language not in LANGUAGES:
        raise ValueError(language)
    _state.pop(language, None)
    _language = language


def language() -> str:
    """The language in use, ``vi`` or ``en``."""
    return _language


def _catalogue() -> gettext.NullTranslations:
    found = _state.get(_language)
    if found is None:
        # English is the language of the source strings: without a catalogue gettext gives them back
        found = gettext.translation("sochihoi", paths.catalogues(), [_language], fallback=_language == "en")
        _state[_language] = found
    return found


def _(text: str) -> str:
    """Translate one whole sentence or label."""
    return _catalogue().gettext(text)


def pgettext(context: str, text: str) -> str:
    """Translate a word that means different things in different places."""
    return _catalogue().pgettext(context, text)


def ngettext(one: str, many: str, count: int) -> str:
    """Translate a sentence with a count."""
    return _catalogue().ngettext(one, many, count)


def _locale() -> str:
    return "vi_VN" if _language == "vi" else "en_GB"


def number(value: int | Decimal, decimals: int | None = None) -> str:
    """3412 -> ``3.412``; Decimal("72.5"), 1 -> ``72,5``. True minus sign."""
    return _number(value, decimals, _locale())


def paper_number(value: int | Decimal, decimals: int | None = None) -> str:
    """The same as a Vietnamese paper writes it, whatever language the screen speaks."""
    return _number(value, decimals, _PAPER)


def _number(value: int | Decimal, decimals: int | None, locale: str) -> str:
    from babel.numbers import format_decimal

    pattern = "#,##0" if decimals in (None, 0) else "#,##0." + "0" * (decimals or 0)
    if isinstance(value, Decimal) and decimals is None:
        pattern = "#,##0.###"
    return str(format_decimal(value, pattern, locale=locale)).replace("-", MINUS)


def paper_date(day: date, pattern: str) -> str:
    """A day as a Vietnamese paper writes it, by a pattern of Unicode (``dd/MM/yyyy``)."""
    from babel.dates import format_date

    return str(format_date(day, pattern, locale=_PAPER))


def signed(value: int | Decimal, decimals: int | None = None) -> str:
    """A change: ``+14``, ``−3``, ``0``."""
    return ("+" if value > 0 else "") + number(value, decimals)


def percent(ratio: Fraction | None, decimals: int = 1) -> str:
    """Fraction(821, 1000) -> ``82,1 %`` (no-break space); ``None`` (nobody to count) -> ``chưa có``. Half rounds up."""
    if ratio is None:
        return _("none yet")
    scale = 10**decimals
    scaled = ratio * 100 * scale
    rounded = (abs(scaled.numerator) * 2 + scaled.denominator) // (2 * scaled.denominator)
    return number(Decimal(-rounded if scaled < 0 else rounded) / scale, decimals) + f"{NBSP}%"


def short_date(day: date | None) -> str:
    """``24/10/2026``, or ``—`` for no date."""
    return "—" if day is None else f"{day.day:02}/{day.month:02}/{day.year:04}"


def day_month(day: date) -> str:
    """``24/10``, for lists of this year."""
    return f"{day.day:02}/{day.month:02}"


def weekday_date(day: date) -> str:
    """``Thứ Bảy 24/10/2026``."""
    from babel.dates import format_date

    return f"{format_date(day, 'EEEE', locale=_locale())} {short_date(day)}"


def clock(moment: time) -> str:
    """``09:42``."""
    return f"{moment.hour:02}:{moment.minute:02}"


def phone(digits: str) -> str:
    """0912345678 -> ``0912 345 678``; anything else as it is."""
    return f"{digits[:4]} {digits[4:7]} {digits[7:]}" if len(digits) == 10 and digits.isdigit() else digits
