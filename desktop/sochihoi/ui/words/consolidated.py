"""Words of one consolidated figure down to its file, and of two periods beside each other. No Qt."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sochihoi.i18n import _, number, short_date, signed
from sochihoi.ui.words.month import figure_text, in_language, period_name, points

if TYPE_CHECKING:
    from sochihoi.domain.indicators import Figure, Indicator
    from sochihoi.services.consolidated.comparing import Compared, Comparison
    from sochihoi.services.consolidated.parts import Behind
    from sochihoi.services.totals import Share
    from sochihoi.storage.consolidated import FileLine

_NAMED = 6


def measured(indicator: Indicator | None, figure: Figure) -> str:
    """A figure with numerator and denominator where it is a share; bare where this version has no words for it."""
    if indicator is None:
        return "—" if not figure.known else number(figure.value if figure.value is not None else figure.numerator or 0)
    text = figure_text(indicator, figure)
    if indicator.is_share and figure.denominator and "/" not in text:
        return f"{text} ({number(figure.numerator or 0)}/{number(figure.denominator)})"
    return text


def file_lines(file: FileLine | None, edition: int) -> list[str]:
    """The signed file behind a unit's figures: name and number, edition, day, hash."""
    if file is None:
        return [_("No file of this unit stands behind this figure.")]
    return [
        _("File: {file}, number {seq}").format(file=file.file_name, seq=number(file.seq)),
        _("Edition {edition}, received on {day}").format(edition=number(edition), day=short_date(file.received_on)),
        f"SHA-256: {file.sha256}",
    ]


def change_words(indicator: Indicator, change: Fraction | None) -> str:
    """``+3``, ``−1,5 điểm %``; ``—`` where one side is not known."""
    if change is None:
        return "—"
    if indicator.is_share:
        return _("{change} points").format(change=signed(points(change), 1))
    return signed(int(change))


def compared_name(line: Compared) -> str:
    """A unit, several that compare only together, or all."""
    return line.name or _("All units")


def compared_lines(made: Comparison) -> list[str]:
    """A comparison as lines of the command line."""
    lines = [
        _("{figure}, {earlier} and {later}").format(
            figure=in_language(made.indicator.label),
            earlier=period_name(made.earlier),
            later=period_name(made.later),
        )
    ]
    for line in (made.total, *made.lines):
        before, after = measured(made.indicator, line.earlier), measured(made.indicator, line.later)
        told = f"{compared_name(line)}: {before} → {after} ({change_words(made.indicator, line.change)})"
        lines.append(f"  {told}" if line.part else told)
    if made.alone:
        lines.append(alone_words(made))
    return lines


def alone_words(made: Comparison) -> str:
    """Which units only one of the two periods knows; empty when none."""
    if not made.alone:
        return ""
    told = _("Only one of the two periods has figures of: {names}.")
    return told.format(names=", ".join(made.alone[:_NAMED]) + ("…" if len(made.alone) > _NAMED else ""))


def share_json(one: Share) -> dict[str, Any]:
    """A unit's part of a total."""
    return {
        "unit": one.unit_code,
        "name": one.unit_name,
        "value": one.now.value,
        "numerator": one.now.numerator,
        "denominator": one.now.denominator,
        "edition": one.edition,
        "file": one.file.file_name,
        "seq": one.file.seq,
        "sha256": one.file.sha256,
    }


def behind_json(found: Behind) -> dict[str, Any]:
    """A unit's branches, and its file."""
    file = found.file
    return {
        "unit": found.unit_code,
        "edition": found.edition,
        "file": None if file is None else file.file_name,
        "seq": None if file is None else file.seq,
        "sha256": None if file is None else file.sha256,
        "branches": [
            {
                "id": one.id,
                "name": one.name,
                "value": one.now.value,
                "numerator": one.now.numerator,
                "denominator": one.now.denominator,
            }
            for one in found.parts
        ],
    }
