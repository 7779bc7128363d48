"""What the form of the papers shows and what a field of it changes. No Qt."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, Final

from sochihoi.domain.errors import FieldProblem
from sochihoi.i18n import _, number
from sochihoi.services import numbering, paper_settings
from sochihoi.services.numbering import Reset
from sochihoi.services.paper_settings import Authority
from sochihoi.services.setup import check_pattern

if TYPE_CHECKING:
    from sochihoi.services.commune import Commune

OWN: Final = "own"
BY_POINTS: Final = 0  # in the place of a share of a single line: so many points from line to line
SHARES: Final = (100, 115, 130, 150)
USUAL_POINTS: Final = 19
SHOWN_NUMBER: Final = 9
PLAIN: Final = (*paper_settings.MARGINS, "body_pt", "head_pt", "motto_pt", "title_pt", "after_paragraph_pt")
LINES: Final = ("parent_line", "union_line", "organ_line", "place", "number_pattern", "signer_title", "signer_name")

Option = tuple[Any, str]


def example_number(pattern: str, count: int = SHOWN_NUMBER) -> str:
    """A report number as the pattern makes it; "" for a pattern that makes none."""
    try:
        check_pattern(pattern)
    except FieldProblem:
        return ""
    return numbering.text(pattern, count)


def pattern_options() -> list[Option]:
    """Numbers as they look, and a pattern of one's own."""
    usual = [(pattern, example_number(pattern)) for pattern in paper_settings.usual_patterns()]
    return [*usual, (OWN, _("another form, as typed below"))]


def _chosen_pattern(pattern: str) -> str:
    shown = example_number(pattern)
    return next((one for one in paper_settings.usual_patterns() if example_number(one) == shown), OWN)


def reset_options() -> list[Option]:
    """When numbers begin at 1 again."""
    return [(Reset.YEAR.value, _("with every year")), (Reset.TERM.value, _("with every term"))]


def authority_options() -> list[Option]:
    """Ways of signing, in the words that stand on the paper."""
    usual = [(_key(one), f"{' / '.join([*one.on_behalf.splitlines(), one.title])}") for one in _authorities()]
    return [*usual, (OWN, _("another way, as typed below"))]


def _authorities() -> tuple[Authority, ...]:
    return paper_settings.authorities()


def _key(one: Authority) -> str:
    return f"{one.on_behalf}|{one.title}"


def mark_options() -> list[Option]:
    """The marks that end a paper."""
    return [(mark, mark) for mark in paper_settings.end_marks()]


def size_options(name: str) -> list[Option]:
    """Sizes of letters, of the body or of another part."""
    least, most = paper_settings.range_of(name)
    return [(size, str(size)) for size in range(least, most + 1)]


def line_options(commune: Commune) -> list[Option]:
    """Distances of lines; one that was settled on otherwise stays in the list."""
    shares = sorted({*SHARES, commune.spacing_percent})
    by_lines = [
        (one, _("single") if one == 100 else _("{lines} lines").format(lines=number(Decimal(one) / 100)))
        for one in shares
    ]
    return [*by_lines, (BY_POINTS, _("fixed, in points"))]


def values(commune: Commune) -> dict[str, Any]:
    """The settings as the forms show them."""
    told: dict[str, Any] = {name: getattr(commune, name) for name in (*LINES, *PLAIN)}
    authority = Authority(commune.on_behalf, commune.signer_title)
    return told | {
        "pattern": _chosen_pattern(commune.number_pattern),
        "numbering_reset": commune.numbering_reset,
        "authority": _key(authority) if authority in _authorities() else OWN,
        "on_behalf": commune.on_behalf,
        "recipients": "\n".join(commune.recipients),
        "end_mark": commune.end_mark,
        "first_line_tenths": Decimal(commune.first_line_tenths) / 10,
        "spacing_percent": BY_POINTS if commune.fixed_line_pt else commune.spacing_percent,
        "fixed_line_pt": commune.fixed_line_pt or USUAL_POINTS,
    }


def changed(commune: Commune, name: str, value: Any) -> Commune:
    """The settings with what one field says. "Another form" and "another way" change nothing by themselves."""
    if name == "pattern":
        return commune if value in (OWN, None) else replace(commune, number_pattern=value)
    if name == "authority":
        found = next((one for one in _authorities() if _key(one) == value), None)
        return commune if found is None else paper_settings.signed_by(commune, found)
    if name == "recipients":
        return replace(commune, recipients=_lines(value))
    if name == "on_behalf":
        return replace(commune, on_behalf="\n".join(_lines(value)))
    if name == "first_line_tenths":
        tenths = (Decimal(value or 0) * 10).to_integral_value(ROUND_HALF_UP)
        return replace(commune, first_line_tenths=int(tenths))
    if name == "spacing_percent":
        if value == BY_POINTS:
            return replace(commune, fixed_line_pt=commune.fixed_line_pt or USUAL_POINTS)
        return replace(commune, spacing_percent=int(value), fixed_line_pt=0)
    if name == "fixed_line_pt":
        return replace(commune, fixed_line_pt=int(value or 0)) if commune.fixed_line_pt else commune
    told: dict[str, Any] = {name: int(value or 0) if name in PLAIN else value or ""}
    return replace(commune, **told)


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())


def may_be(commune: Commune) -> bool:
    """Whether papers could look so."""
    try:
        check_pattern(commune.number_pattern)
        paper_settings.check(commune)
    except FieldProblem:
        return False
    return True
