"""What is unusual in a file, and what is to be corrected, as sentences. No Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from sochihoi.domain.corrections import BY_PERSON, FOREIGN_LINE, Correction
from sochihoi.domain.cross_duplicates import SAME_WOMAN
from sochihoi.domain.exchange import Measure, Received
from sochihoi.domain.unusual import Finding, Rule, Sign
from sochihoi.domain.wording import Words
from sochihoi.i18n import _, ngettext, number, percent
from sochihoi.ui.words.month import in_language, period_name
from sochihoi.ui.words.upper import plain_number

if TYPE_CHECKING:
    from sochihoi.services.definitions import Definitions

Names = Mapping[str, Words]
"""Indicator codes to labels."""


def names_of(definitions: Definitions) -> Names:
    """The labels of every indicator of every time, criteria and bands included."""
    from sochihoi.domain.errors import NotFound
    from sochihoi.domain.periods import Period

    found: dict[str, Words] = {}
    for dated in definitions.indicator_sets:
        found |= {one.code: one.label for one in dated.indicators.indicators}
    for criteria in definitions.criteria_sets:
        try:
            expanded = definitions.indicators_for(Period.month(criteria.valid_from.year, 12), criteria)
        except NotFound:
            continue
        found |= {one.code: one.label for one in expanded.indicators}
    return found


def name_of(code: str, names: Names) -> str:
    """What an indicator is called; its code where this version has no words for it."""
    return in_language(names[code]) if code in names else code


def measure_words(one: Measure) -> str:
    """``3.412``, ``82,1 % (61/80)``; ``chưa có`` of nobody."""
    if one.denominator is None:
        return plain_number(Fraction(one.numerator, 10**one.scale))
    if not one.denominator:
        return _("none yet")
    ratio = percent(Fraction(one.numerator, one.denominator))
    return f"{ratio} ({number(one.numerator)}/{number(one.denominator)})"


def finding_words(one: Finding, names: Names) -> str:
    """One unusual thing as a sentence."""
    return _found(one.sign, one.period, one.earlier, one.percent, one.indicator, one.before, one.after, names)


def findings_of(line: Received, names: Names) -> list[str]:
    """All that is unusual in a file that came in, the weighty first."""
    found = sorted((Finding.from_json(told) for told in line.findings), key=lambda one: not one.hold)
    return [finding_words(one, names) for one in found]


def correction_words(one: Correction, names: Names) -> str:
    """What a unit is asked to look at, without the period: her sentence, or what the check found."""
    if one.rule == SAME_WOMAN:
        who, _dash, unit = one.said.partition(" — ")
        told = _("{who}: the same personal identification number is on the list of {unit}. Ask where she belongs now.")
        return told.format(who=who, unit=unit)
    if one.of_line:
        line, _blank, place = one.said.partition(" ")
        told = (
            _("line {line} of the file is of another unit ({place}).")
            if one.rule == FOREIGN_LINE
            else _("line {line} of the file is not in its right form ({place}).")
        )
        figure = f"{name_of(one.indicator, names)}: " if one.indicator else ""
        return figure + told.format(line=line, place=place)
    if one.rule == BY_PERSON or one.after is None or one.before is None:
        about = f"{name_of(one.indicator, names)}: " if one.indicator else ""
        return about + one.said
    sign = _SIGNS.get(one.rule, Sign.FALL if one.indicator else Sign.CORRECTED)
    earlier, percent_ = one.earlier or one.period, one.percent or 0
    told = _found(sign, one.period, earlier, percent_, one.indicator, one.before, one.after, names)
    return f"{told} {one.said}".strip()


def rule_words(figures: Sequence[Words], before: Rule | None, now: Rule | None) -> str:
    """A rule of a pack that is new, other than before, or gone, as a sentence."""
    rule = now or before
    if rule is None:
        return ""
    what = {
        Sign.FALL: _("A fall of {figures}"),
        Sign.RISE: _("A rise of {figures}"),
        Sign.GONE: _("Figures that no longer come"),
        Sign.CORRECTED: _("A month that comes again with other figures"),
    }[rule.sign].format(figures=", ".join(f"“{in_language(one)}”" for one in figures))
    if now is None:
        return _("{what}: no longer looked at.").format(what=what)
    if before is None:
        return _("{what}: {levels}.").format(what=what, levels=_levels(now))
    return _("{what}: {levels} (until then: {before}).").format(what=what, levels=_levels(now), before=_levels(before))


def _levels(rule: Rule) -> str:
    parts = [
        _("told over {say}").format(say=percent(Fraction(rule.say, 100), 0)),
        _("waits for a decision over {hold}").format(hold=percent(Fraction(rule.hold, 100), 0)),
    ]
    if rule.least:
        parts.append(_("from {least} on").format(least=number(rule.least)))
    if rule.tell:
        parts.append(_("the unit is told"))
    if rule.within_year:
        parts.append(_("within a year only"))
    return ", ".join(parts)


# A rule that a newer level above thought of is read by its shape: the figures stand beside it anyway
_SIGNS = {"FIGURES_GONE": Sign.GONE, "MONTH_CORRECTED": Sign.CORRECTED, "MEMBERS_NEW": Sign.RISE}


def _found(
    sign: Sign, period: str, earlier: str, by: int, code: str, before: Measure, after: Measure, names: Names
) -> str:
    percent_ = percent(Fraction(by, 100), 0)
    match sign:
        case Sign.FALL | Sign.RISE:
            told = (
                _("{figure}: {percent} lower than in {earlier} ({before} before, now {after}).")
                if sign is Sign.FALL
                else _("{figure}: {percent} higher than in {earlier} ({before} before, now {after}).")
            )
            words = measure_words(before), measure_words(after)
            figure = name_of(code, names)
            earlier_ = period_name(earlier)
            return told.format(figure=figure, percent=percent_, earlier=earlier_, before=words[0], after=words[1])
        case Sign.GONE:
            if code:
                return _("“{figure}” came for {earlier} and is no longer in the figures.").format(
                    figure=name_of(code, names), earlier=period_name(earlier)
                )
            told = ngettext(
                "{count} of {all} figures that came for {earlier} is no longer there.",
                "{count} of {all} figures that came for {earlier} are no longer there.",
                after.numerator,
            )
            return told.format(
                count=number(after.numerator), all=number(before.numerator), earlier=period_name(earlier)
            )
        case Sign.CORRECTED:
            told = ngettext(
                "{period} was received before; {count} of its {all} figures is another now.",
                "{period} was received before; {count} of its {all} figures are others now.",
                after.numerator,
            )
            name = period_name(period)
            return told.format(
                period=name[:1].upper() + name[1:], count=number(after.numerator), all=number(before.numerator)
            )
