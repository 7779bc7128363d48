"""What the page of targets says. No Qt."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from sochihoi.domain.targets import Light, Measured, TargetPeriod
from sochihoi.domain.wording import Words
from sochihoi.i18n import _, language, ngettext, number, percent, short_date
from sochihoi.services.targets import TargetRow
from sochihoi.ui.words.targets import goal_words, level_name, light_name, period_name

BEHIND, UNKNOWN, OFF = "behind", "unknown", "off"
_TONES = {Light.MET: "ok", Light.BEHIND: "warn", Light.MISSED: "bad", Light.UNKNOWN: "none"}


def said(text: Words) -> str:
    """A text of a definition in the language in use."""
    return text.vi if language() == "vi" else text.en


def title_line(row: TargetRow) -> str:
    """Below the target's name: its year or term, and where it comes from."""
    source = row.target.source
    told = _("{period} · {source}, {year}").format(
        period=period_name(row.target, row.period, row.term), source=source.title, year=source.year
    )
    return told if row.shown else _("switched off · {told}").format(told=told)


def reached(row: TargetRow) -> str:
    """``17 / 20``, ``3``, or a dash."""
    state = row.standing
    if state.numerator is None:
        return "—"
    if row.target.goal.measured is Measured.COUNT:
        return number(state.numerator)
    return f"{number(state.numerator)}/{number(state.denominator or 0)}"


def share(row: TargetRow) -> str:
    """``85,0 %``; a dash for a number of things, and while nothing is known: the badge beside it says that."""
    if row.target.goal.measured is Measured.COUNT or row.standing.ratio is None:
        return "—"
    return percent(row.standing.ratio)


def figure(row: TargetRow) -> str:
    """The share, or the number of things, or that it is not known yet."""
    if row.standing.numerator is None:
        return percent(None)
    return share(row) if row.standing.ratio is not None else reached(row)


def goal(row: TargetRow) -> str:
    """What is to be reached."""
    return goal_words(row.goal)


def goal_line(row: TargetRow) -> str:
    """How many are missing; else whose value it is."""
    missing = needed(row)
    if missing:
        return missing
    if row.own_goal:
        return _("set by the commune")
    return "" if row.goal is not None else _("the commune's share")


def badge(row: TargetRow) -> tuple[str, str]:
    """Words and colour. Without figures at the end of the period it is a warning: nobody entered anything."""
    if row.light is Light.UNKNOWN and row.over:
        return light_name(row.light), "warn"
    return light_name(row.light), _TONES[row.light]


def needed(row: TargetRow) -> str:
    """How many more, or how many fewer."""
    state = row.standing
    if state.met or state.met is None:
        return ""
    if state.needed:
        return ngettext("{count} short", "{count} short", state.needed).format(count=number(state.needed))
    if state.too_many:
        return _("{count} too many").format(count=number(state.too_many))
    return ""


def progress(row: TargetRow) -> tuple[float, float] | None:
    """How far the bar goes and where its mark stands, 0 to 1; ``None`` when there is nothing to draw."""
    state, wanted = row.standing, row.goal
    if wanted is None or state.numerator is None:
        return None
    if row.target.goal.measured is Measured.PERCENT:
        if state.ratio is None:
            return None
        return float(state.ratio), float(min(wanted.value / 100, Fraction(1)))
    if not wanted.value:
        return (1.0, 1.0) if state.met else (0.0, 1.0)
    top = max(Fraction(state.numerator), wanted.value)
    return max(float(Fraction(state.numerator) / top), 0.0), float(wanted.value / top)


def spoken_progress(row: TargetRow) -> str:
    """The bar for a screen reader."""
    found = progress(row)
    return "—" if found is None else f"{reached(row)}, {goal(row)}"


def definition(row: TargetRow) -> str:
    """The target in a sentence, and who reports it."""
    who = _("Reported by: {level}.").format(level=level_name(row.target.level))
    if row.indicator is not None:
        return f"{said(row.indicator.definition)} {who}"
    told = _("This target is entered by hand: {numerator}.").format(numerator=said(row.target.numerator))
    return f"{told} {who}"


def how(row: TargetRow) -> str:
    """Numerator ÷ denominator in words, with the days."""
    target, state = row.target, row.standing
    days = _("from {start} to {end}").format(start=short_date(row.window.start), end=short_date(row.window.end))
    if state.numerator is None:
        told = said(target.numerator)
        if target.denominator is not None:
            told = f"{told} ÷ {said(target.denominator)}"
        return _("No figures yet: {what}, {days}.").format(what=told, days=days)
    above = f"{number(state.numerator)} {said(target.numerator)}"
    if target.denominator is not None and state.denominator is not None:
        above = f"{above} ÷ {number(state.denominator)} {said(target.denominator)}"
    told = _("{what}, {days}.").format(what=above, days=days)
    if not row.setting.note:
        return told
    note = _("Note: {note}.").format(note=row.setting.note.rstrip("."))
    return f"{told} {note}"


def left_out(row: TargetRow) -> str:
    """What is not counted; nothing is known to be left out of what is entered by hand."""
    return said(row.indicator.left_out) if row.indicator is not None else ""


def chosen(rows: Iterable[TargetRow], chips: set[str]) -> list[TargetRow]:
    """What the chips leave: those behind, those without figures; switched-off ones only on request."""
    wanted = chips & {BEHIND, UNKNOWN}
    in_order = sorted(rows, key=lambda one: one.target.period is TargetPeriod.TERM)  # this year's first
    return [one for one in in_order if (one.shown or OFF in chips) and (not wanted or _kind(one) in wanted)]


def count(rows: Iterable[TargetRow], chip: str) -> int:
    """How many targets a chip points to."""
    if chip == OFF:
        return sum(not one.shown for one in rows)
    return sum(one.shown and _kind(one) == chip for one in rows)


def _kind(row: TargetRow) -> str:
    return {Light.BEHIND: BEHIND, Light.MISSED: BEHIND, Light.UNKNOWN: UNKNOWN}.get(row.light, "")


def note(rows: Iterable[TargetRow]) -> str:
    """Beside the title: how many are met."""
    shown = [one for one in rows if one.shown]
    met = sum(one.light is Light.MET for one in shown)
    return _("{met} of {all} met").format(met=number(met), all=number(len(shown)))
