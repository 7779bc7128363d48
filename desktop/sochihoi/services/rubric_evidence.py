"""What the points of a criterion rest on, in one short line: "9/10 buổi đủ", "hội phí 92,0 %, thẻ 100,0 %"."""

from __future__ import annotations

from collections.abc import Callable

from sochihoi.domain.indicators import Figure, Indicator
from sochihoi.domain.rubric_records import ProposedLine
from sochihoi.i18n import _, language, ngettext, number, percent


def short(line: ProposedLine) -> str:
    """The measures that are known; what is missing is said; an officer's own evidence stands last."""
    told = [_one(i, f) for i, f in zip(line.indicators, line.figures, strict=True) if f.known]
    missing = len(line.figures) - len(told)
    if not told and not line.evidence:
        told.append(_("no figures yet, scored from the evidence"))
    elif told and missing:
        told.append(_("some figures are missing"))
    parts = [", ".join(told), line.evidence]
    return " · ".join(part for part in parts if part)


def value(figure: Figure) -> str:
    """A measure as it is read: ``82,1 %``, ``10``."""
    if figure.value is not None:
        return number(figure.value)
    return percent(figure.ratio)


def fraction(figure: Figure) -> str:
    """``9/10``."""
    return f"{number(figure.numerator or 0)}/{number(figure.denominator or 0)}"


def _one(indicator: Indicator, figure: Figure) -> str:
    known = _PHRASES.get(indicator.code)
    if known is not None:
        return known(figure)
    label = indicator.label.vi if language() == "vi" else indicator.label.en
    return _("{label}: {value}").format(label=label, value=value(figure))


def _meetings(figure: Figure) -> str:
    count = figure.value or 0
    return ngettext("{count} meeting", "{count} meetings", count).format(count=number(count))


def _quarters(figure: Figure) -> str:
    if figure.ratio == 1:
        return _("one in every quarter")
    return _("{fraction} quarters with a meeting").format(fraction=fraction(figure))


def _role_models(figure: Figure) -> str:
    count = figure.value or 0
    return ngettext("{count} role model", "{count} role models", count).format(count=number(count))


def _late(figure: Figure) -> str:
    count = figure.value or 0
    if not count:
        return _("no late report")
    return ngettext("{count} late report", "{count} late reports", count).format(count=number(count))


_PHRASES: dict[str, Callable[[Figure], str]] = {
    "org.meetings": _meetings,
    "org.quarters_met": _quarters,
    "org.documented_pct": lambda f: _("{fraction} meetings complete").format(fraction=fraction(f)),
    "org.attendance_pct": value,
    "study.members_pct": lambda f: _("{percent} of the members").format(percent=value(f)),
    "org.core_pct": lambda f: _("{percent} of the members").format(percent=value(f)),
    "org.gathering_pct": lambda f: _("{percent} of women of 18 and over").format(percent=value(f)),
    "household.passing_pct": lambda f: _("{fraction} households ({percent})").format(
        fraction=fraction(f), percent=value(f)
    ),
    "dues.paid_pct": lambda f: _("dues {percent}").format(percent=value(f)),
    "dues.cards_pct": lambda f: _("cards {percent}").format(percent=value(f)),
    "party.role_models": _role_models,
    "party.late_reports": _late,
}
