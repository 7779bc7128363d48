"""What the page of closing shows: rows of figures, what is left to do, the words of "why". No Qt."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sochihoi.domain.indicators import Indicator, Row
from sochihoi.domain.months import CheckLevel, CheckSheet, Finding
from sochihoi.domain.periods import Period
from sochihoi.i18n import _, ngettext, number, pgettext, short_date
from sochihoi.services.entering import is_entered
from sochihoi.services.figure_lists import explain
from sochihoi.ui.words.month import change_text, day_words, figure_text, in_language, period_name
from sochihoi.ui.words.reorganise import compared_with

if TYPE_CHECKING:
    from sochihoi.services.figure_lists import Line, Why
    from sochihoi.services.figures import FigureSheet
    from sochihoi.services.months import Standing
    from sochihoi.services.office import Office

SHORT, ALL = "short", "all"


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A line of the table: an indicator, or (``row`` absent) the band of its group."""

    key: str
    label: str
    row: Row | None
    can_enter: bool = False

    @property
    def band(self) -> str | None:
        """The words of a band; ``None`` for a figure."""
        return self.label if self.row is None else None

    def now(self) -> str:
        """This month."""
        return "" if self.row is None else figure_text(self.row.indicator, self.row.now)

    def previous(self) -> str:
        """The month before."""
        return "" if self.row is None else figure_text(self.row.indicator, self.row.previous)

    def change(self) -> str:
        """Between the two."""
        return "" if self.row is None else change_text(self.row)

    def so_far(self) -> str:
        """From January."""
        return "" if self.row is None else figure_text(self.row.indicator, self.row.year_to_date)


@dataclass(frozen=True, slots=True)
class WhyWords:
    """The four parts of "why this number"."""

    title: str
    figure: str
    definition: str
    how: str
    left_out: str
    list_words: str


@dataclass(frozen=True, slots=True)
class MonthRead:
    """What the page shows of a month, read at one moment."""

    period: Period
    standing: Standing
    sheet: FigureSheet
    checks: CheckSheet


def read_month(office: Office, period: Period) -> MonthRead:
    """Read everything of a month: seconds with thousands of members. Raises ``NotAMonth``, ``FuturePeriod``."""
    standing, sheet = office.months.standing(period), office.figures.of(period)
    return MonthRead(period, standing, sheet, office.months.check_sheet(period))


class ReportsPresenter:
    """What the page says of the month that was read last."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.sheet: FigureSheet | None = None
        self.standing: Standing | None = None
        self.checks = CheckSheet((), 0)

    def take(self, read: MonthRead) -> None:
        """Speak of this month from now on."""
        self.standing, self.sheet, self.checks = read.standing, read.sheet, read.checks

    def forget(self) -> None:
        """Nothing is read."""
        self.standing, self.sheet, self.checks = None, None, CheckSheet((), 0)

    def shows(self, period: Period) -> bool:
        """Whether this is the month that was read last."""
        return self.sheet is not None and self.sheet.period == period

    @property
    def is_open(self) -> bool:
        """Whether the month can still change."""
        return self.standing is None or self.standing.is_open

    def rows(self, which: str, asked: Container[str] = ()) -> list[FigureRow]:
        """The figures under the bands of their groups: the short list with those that the level above asks about, or
        all."""
        if self.sheet is None:
            return []
        found: list[FigureRow] = []
        for group in self.sheet.definitions.groups:
            mine = [
                row
                for row in self.sheet.rows
                if row.indicator.group == group.code
                and (which == ALL or row.indicator.short_list or row.indicator.code in asked)
            ]
            if mine:
                found.append(FigureRow(f"group/{group.code}", in_language(group.label), None))
                found += [self._row(row) for row in mine]
        return found

    def _row(self, row: Row) -> FigureRow:
        can = self.is_open and is_entered(row.indicator) and self._office.may_write
        return FigureRow(row.indicator.code, in_language(row.indicator.label), row, can)

    # ------------------------------------------------------------------ the state of the month

    def note(self, period: Period) -> str:
        """hạn chốt 30/10, còn 4 ngày."""
        if self.standing is None or not self.standing.is_open:
            return ""
        return _("to be closed by {day}, {left}").format(
            day=f"{self.standing.due:%d/%m}", left=day_words(self.standing.days)
        )

    def state_words(self, period: Period) -> tuple[str, str]:
        """Kind and words of the bar above the figures."""
        standing = self.standing
        month = number(period.index)
        if standing is not None and standing.supplement and standing.closing is not None:
            return "warn", _(
                "The {period} is open for a supplement: {reason}. Correct what was wrong, then close it as edition "
                "{edition}."
            ).format(period=period_name(period), reason=standing.supplement.rstrip("."), edition=standing.next_edition)
        if standing is not None and standing.closing is not None:
            return "info", _("The {period} was closed on {day}. To correct it, make a supplement.").format(
                period=period_name(period), day=short_date(standing.closing.closed_on)
            )
        return "info", _(
            "Once closed, the figures of month {month} no longer change. To correct them later, make a supplement; "
            "the old edition stays."
        ).format(month=month)

    def what_is_left(self) -> tuple[str, bool]:
        """Why the month cannot be closed yet, and whether it cannot."""
        errors, wanted = len(self.checks.errors), len(self.checks.unreasoned)
        if errors:
            text = ngettext(
                "{count} thing must be mended before closing.", "{count} things must be mended before closing.", errors
            )
            return text.format(count=errors), True
        if wanted:
            text = ngettext(
                "{count} thing needs a reason before closing.", "{count} things need a reason before closing.", wanted
            )
            return text.format(count=wanted), True
        return "", False

    def counts(self) -> str:
        """1 việc phải sửa · 2 việc cần lý do · 24 mục đã đúng."""
        levels = [one.level for one in self.checks.findings]
        errors, warnings = levels.count(CheckLevel.ERROR), levels.count(CheckLevel.WARNING)
        parts = []
        if errors:
            parts.append(ngettext("{count} to mend", "{count} to mend", errors).format(count=errors))
        if warnings:
            parts.append(ngettext("{count} needs a reason", "{count} need a reason", warnings).format(count=warnings))
        if self.checks.passed:
            parts.append(
                ngettext("{count} in order", "{count} in order", self.checks.passed).format(count=self.checks.passed)
            )
        return " · ".join(parts)

    def by_level(self) -> list[tuple[CheckLevel, Sequence[Finding]]]:
        """Findings under their headings."""
        return [
            (level, found)
            for level in CheckLevel
            if (found := [one for one in self.checks.findings if one.level is level])
        ]

    # ------------------------------------------------------------------ why

    def why(self, code: str, period: Period, branch: str | None = None, sheet: FigureSheet | None = None) -> WhyWords:
        """The words of the panel; ``sheet``: of other figures than those of now."""
        told = explain(sheet, code, branch) if sheet else self._office.figures.why(code, period, branch)
        indicator, figure = told.indicator, told.figure
        title = in_language(indicator.label)
        if told.branch_name:
            title = _("{label}, {branch}").format(label=title, branch=told.branch_name)
        return WhyWords(
            title,
            figure_text(indicator, figure),
            in_language(told.sentence),
            " ".join(filter(None, (_how(told), self._origin(told)))),
            in_language(told.left_out),
            _("Open the list behind it"),
        )

    def _origin(self, told: Why) -> str:
        """Of a branch that is new since the year before: what it is compared with."""
        since = told.window.start.replace(year=told.window.start.year - 1)
        found = self._office.setup.reorganising.came_of(told.branch, since) if told.branch else None
        return "" if found is None else compared_with(found)

    def branches(self, code: str) -> list[tuple[str, str, str]]:
        """Branch id, name and figure of one indicator."""
        if self.sheet is None:
            return []
        return [(unit.id, unit.name, figure_text(row.indicator, row.now)) for unit, row in self.sheet.split(code)]

    def list_behind(self, code: str, period: Period, branch: str | None = None) -> Sequence[Line]:
        """The records."""
        return self._office.figures.list_behind(code, period, branch)

    def indicator(self, code: str) -> Indicator | None:
        """The definition of a code in use."""
        return self.sheet.definitions.by_code.get(code) if self.sheet else None


def _how(told: Why) -> str:
    """Numerator ÷ denominator in words, with the days."""
    days = _("From {start} to {end}.").format(start=short_date(told.window.start), end=short_date(told.window.end))
    above = in_language(told.numerator)
    figure = told.figure
    if told.denominator is None:
        count = "—" if figure.value is None else number(figure.value)
        return _("{count} {what}.").format(count=count, what=above) + " " + days
    text = _("{above_count} {above} ÷ {below_count} {below}.").format(
        above_count=number(figure.numerator or 0),
        above=above,
        below_count=number(figure.denominator or 0),
        below=in_language(told.denominator),
    )
    return f"{text} {days}"


def line_words(line: Line) -> str:
    """What a line of the list behind a figure is called."""
    if line.noun == "entry":
        name = line.branch_name or _("the commune itself")
        return _("{name}, entered for {period}").format(name=name, period=period_name(line.period))
    if line.noun == "turn":
        return _("{name}, {period}").format(name=line.title, period=period_name(line.period))
    if line.noun in ("meeting", "session") and line.on is not None:
        return f"{line.title} · {short_date(line.on)}"
    return line.title


def counts_for(line: Line) -> str:
    """1, −1, 38/45, or not counted."""
    if line.out_of is not None and line.noun != "entry":
        if line.out_of > 1 or line.weight > 1:
            return f"{number(line.weight)}/{number(line.out_of)}"
        return pgettext("in the numerator", "counted") if line.counted else _("not counted")
    return number(line.weight if line.counted else (line.out_of or 0))


PLACES = {
    "person": ("people", "person"),
    "membership": ("people", "member"),
    "meeting": ("meetings", "meeting_id"),
    "session": ("study", "session_id"),
    "household": ("households", "household"),
    "below": ("upper", "unit"),
}


def place_of(line: Line) -> tuple[str, dict[str, str]] | None:
    """The page that a line opens, and its arguments; ``None`` where there is no page for it."""
    if line.noun not in PLACES or not line.id:
        return None
    page, name = PLACES[line.noun]
    if line.noun == "person" and line.code:
        return page, {"search": line.code}
    return page, {name: line.id}
