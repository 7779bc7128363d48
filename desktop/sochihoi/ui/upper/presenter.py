"""Rows of the receiving page. No Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sochihoi.domain.exchange import Outcome, Received
from sochihoi.domain.indicators import Figure, Row
from sochihoi.i18n import _, ngettext, number, short_date
from sochihoi.services.received_tickets import MEMBERS, OF_SOME
from sochihoi.ui.words import Message
from sochihoi.ui.words.answers import decision_words
from sochihoi.ui.words.month import change_text, figure_text, in_language
from sochihoi.ui.words.movements import of_some_words, twice_words
from sochihoi.ui.words.sync import line_words, outcome, verdict
from sochihoi.ui.words.unusual import Names, findings_of
from sochihoi.ui.words.upper import missing_units

if TYPE_CHECKING:
    from sochihoi.services.receiving import UnitBelow, Verdict
    from sochihoi.services.totals import Share, Totals

OUTCOME_TONES = {
    Outcome.STORED: "ok",
    Outcome.DUPLICATE: "info",
    Outcome.REFUSED: "bad",
    Outcome.HELD: "warn",
    Outcome.UNDONE: "none",
}
FIRST = (Outcome.HELD, Outcome.REFUSED)
"""What somebody has to do something about stands above the rest."""


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One file that came in. ``line_id`` is its line of the ledger, empty when its bytes could not be read."""

    key: str
    file_name: str
    unit: str
    period: str
    seq: int
    outcome: Outcome
    badge: str
    what: str
    todo: str
    day: date | None
    line_id: str
    unit_code: str = ""
    sha256: str = ""
    decided: bool = False
    batch: str = ""


def in_order(rows: Iterable[InboxRow]) -> tuple[InboxRow, ...]:
    """Held ones first, then refused ones, then the rest as they come."""
    return tuple(sorted(rows, key=lambda row: FIRST.index(row.outcome) if row.outcome in FIRST else len(FIRST)))


def waiting_words(held: int, refused: int) -> str:
    """How many files somebody has to do something about; empty when none."""
    told = []
    if held:
        told.append(
            ngettext(
                "{count} file waits for a decision: its figures are unusual or it begins anew.",
                "{count} files wait for a decision: their figures are unusual or they begin anew.",
                held,
            ).format(count=number(held))
        )
    if refused:
        told.append(
            ngettext(
                "{count} file was refused and is kept apart; what to do stands on its line.",
                "{count} files were refused and are kept apart; what to do stands on their lines.",
                refused,
            ).format(count=number(refused))
        )
    return " ".join(told)


def of_line(line: Received, names: Names | None = None) -> InboxRow:
    """A line of the ledger."""
    return _row(line.id, line.file_name, line, line.verdict, line_words(line), names)


def of_verdict(number_: int, one: Verdict, names: Names | None = None) -> InboxRow:
    """A file of the run that just ended."""
    return _row(f"run/{number_}", one.file_name, one.line, one.outcome, verdict(one), names)


def _row(key: str, file_name: str, line: Received | None, one: Outcome, told: Message, names: Names | None) -> InboxRow:
    if line is None:
        return InboxRow(key, file_name, "", "", 0, one, outcome(one), told.what, told.todo, None, "")
    what, todo = told.what, told.todo
    badge = outcome(one)
    if one is Outcome.REFUSED and line.decision:
        what, todo, badge = decision_words(line), _("Its unit is told why; wait for its new file."), _("Sent back")
    found = findings_of(line, names or {}) if one in (Outcome.HELD, Outcome.STORED) else []
    if found and one is Outcome.HELD:
        what = " ".join(found)
    elif found:
        todo = f"{todo} {found[0]}".strip()
    if one not in (Outcome.DUPLICATE, Outcome.REFUSED):
        todo = f"{decision_words(line)} {todo}".strip()
    return InboxRow(
        key=key,
        file_name=file_name,
        unit=line.unit_name or line.unit_code,
        period=line.period,
        seq=line.seq,
        outcome=one,
        badge=badge,
        what=what,
        todo=todo,
        day=line.received_on,
        line_id=line.id,
        unit_code=line.unit_code,
        sha256=line.sha256,
        decided=bool(line.decision),
        batch=line.batch,
    )


def period_short(period: str) -> str:
    """``10/2026`` in a narrow column; ``—`` when the file did not say."""
    if len(period) == 7 and period[4] == "-" and period[5:].isdigit():
        return f"{int(period[5:])}/{period[:4]}"
    return period or "—"


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit below, and where it stands for the working month."""

    code: str
    name: str
    level: str
    last: str
    state: str
    tone: str
    key: str
    before: str
    has_key: bool
    ended: bool
    sent: bool
    owes: bool


def of_unit(unit: UnitBelow, sent: frozenset[str], *, due: bool) -> UnitRow:
    """A unit for the list. ``due``: the period's files should be here."""
    here = unit.key.unit_code in sent
    last = _("no file yet")
    if unit.last is not None:
        last = _("{period}, received on {day}").format(
            period=period_short(unit.last.period), day=short_date(unit.last.received_on)
        )
    state, tone = (_("Not sent yet"), "warn") if due else (_("Not due yet"), "none")
    if here:
        state, tone = _("Has sent"), "ok"
    if unit.refused is not None and not here:
        state, tone = _("File refused"), "bad"
    owes = unit.has_key or unit.last is not None
    if not (owes or here):
        state, tone = _("Takes no part"), "none"
    key, ended = unit.key, bool(unit.ended)
    told = (*key_words(unit), unit.has_key, ended, here, owes)
    return UnitRow(key.unit_code, key.unit_name, key.level, last, state, tone, *told)


def key_words(unit: UnitBelow) -> tuple[str, str]:
    """Since when the key of a unit counts, and what became of the one before; of none that counts when it ended and
    why.
    """
    over = unit.ended[-1] if unit.ended else None
    day = "" if over is None else short_date(over.on_day)
    if not unit.has_key:
        return _("revoked on {day}").format(day=day), "" if over is None else over.why
    since = _("since {day}").format(day=short_date(unit.key.trusted_on))
    if over is None:
        return since, ""
    text = _("replaced the one before on {day}") if over.replaced else _("one revoked on {day}")
    return since, text.format(day=day)


@dataclass(frozen=True, slots=True)
class TotalLine:
    """A figure of all units, or a band of them when ``band`` says something."""

    band: str
    row: Row | None = None
    units: int = 0

    @property
    def code(self) -> str:
        """Of the indicator; the band itself for a band."""
        return self.row.indicator.code if self.row is not None else self.band


def total_lines(totals: Totals, *, known_only: bool) -> tuple[TotalLine, ...]:
    """Bands and figures in the order of the definitions; without those that no unit has sent when asked."""
    lines: list[TotalLine] = []
    for group in totals.definitions.groups:
        rows = [row for row in totals.rows if row.indicator.group == group.code]
        if known_only:
            rows = [row for row in rows if row.now.known]
        if rows:
            lines.append(TotalLine(in_language(group.label)))
            lines += [TotalLine("", row, totals.counts.get(row.indicator.code, 0)) for row in rows]
    return tuple(lines)


def now_text(line: TotalLine) -> str:
    """The figure of the month."""
    return "" if line.row is None else figure_text(line.row.indicator, line.row.now)


def previous_text(line: TotalLine) -> str:
    """The figure of the month before."""
    return "" if line.row is None else figure_text(line.row.indicator, line.row.previous)


def so_far_text(line: TotalLine) -> str:
    """The figure from January."""
    return "" if line.row is None else figure_text(line.row.indicator, line.row.year_to_date)


def change(line: TotalLine) -> str:
    """This month less the month before."""
    return "" if line.row is None else change_text(line.row)


def how(line: TotalLine, totals: Totals) -> str:
    """What a total is made of: numerator and denominator in words, from how many units."""
    row = line.row
    if row is None:
        return ""
    units = ngettext("{count} unit", "{count} units", line.units).format(count=number(line.units))
    if not row.indicator.is_share or row.indicator.denominator is None:
        words = _("{value} {what}, added up from {units}.")
        value = "—" if row.now.value is None else number(row.now.value)
        told = words.format(value=value, what=in_language(row.indicator.numerator), units=units)
    else:
        words = _(
            "{above} {above_words} ÷ {below} {below_words}, both added up from {units}. Percents are never added."
        )
        told = words.format(
            above=number(row.now.numerator or 0),
            above_words=in_language(row.indicator.numerator),
            below=number(row.now.denominator or 0),
            below_words=in_language(row.indicator.denominator),
            units=units,
        )
    return f"{told} {_movers(row, totals)}".strip()


def _movers(row: Row, totals: Totals) -> str:
    """What women on their way do to a figure."""
    if row.indicator.code == MEMBERS:
        return twice_words(totals.twice)
    return of_some_words(totals.twice) if row.indicator.source in OF_SOME else ""


def parts_title(row: Row, totals: Totals) -> str:
    """Above the units' parts of a figure; where these add up to more than the total, why."""
    name = in_language(row.indicator.label)
    less = totals.twice if row.indicator.code == MEMBERS else 0
    if not less:
        return name
    told = ngettext("{figure}, less {count} counted by two units", "{figure}, less {count} counted by two units", less)
    return told.format(figure=name, count=number(less))


def missing_words(totals: Totals) -> str:
    """Which units are not in the totals or in those before, at most six by name."""
    return " ".join(missing_units(totals))


def share_text(row: Row, figure: Figure) -> str:
    """A unit's figure, with numerator and denominator where it is a share."""
    text = figure_text(row.indicator, figure)
    if row.indicator.is_share and figure.denominator and "/" not in text:
        return f"{text} ({number(figure.numerator or 0)}/{number(figure.denominator)})"
    return text


def share_change(row: Row, share: Share) -> str:
    """A unit's change against the month before."""
    return change_text(Row(row.indicator, None, share.now, share.previous, share.year_to_date))
