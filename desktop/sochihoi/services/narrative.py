"""The words of the monthly report: drafted from the figures, written over by the officer, never lost.

What she wrote stays when figures change afterwards; the section is then marked as no longer agreeing with its draft.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sochihoi.domain.indicators import Row
from sochihoi.domain.months import ReportText
from sochihoi.domain.targets import Goal, Target
from sochihoi.domain.vietnamese import nfc_lines
from sochihoi.services.paper_numbers import fraction, grouped, listed, shown, tenths
from sochihoi.services.report_facts import gather, goal_words, standing_of
from sochihoi.services.report_forms import PLACEHOLDER, ReportForm, Section, Sentence

if TYPE_CHECKING:
    import re

    from sochihoi.domain.periods import Period
    from sochihoi.services.figures import FigureSheet
    from sochihoi.services.office import Office

NAMED = 3  # branches that stand out or lag
LISTED = 10  # branches that a list of those without a meeting names
FEWEST = 4  # fewer branches than this are not compared


@dataclass(frozen=True, slots=True)
class SectionText:
    """A section with its words. ``numeral`` is empty while nothing of it would be printed.

    ``edited``: the officer wrote it. ``stale``: figures changed since, and her text rests on another ``draft``.
    """

    section: Section
    heading: str
    numeral: str
    content: str
    draft: str
    edited: bool
    stale: bool

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Line by line."""
        return tuple(line for line in self.content.split("\n") if line.strip())


class Filler:
    """Fills the places of a text from figures and facts; ``None`` when one of them is not known."""

    def __init__(
        self, sheet: FigureSheet, facts: Mapping[str, Any], targets: Mapping[str, tuple[Target, Goal]]
    ) -> None:
        self._sheet = sheet
        self._facts = facts
        self._targets = targets

    def draft(self, section: Section) -> str:
        """The sentences of a section that have something to say, one a line."""
        said = (self.text(one.text) for one in section.sentences if self._applies(one))
        return "\n".join(text for text in said if text)

    def text(self, template: str) -> str | None:
        """The whole text, or ``None``."""
        unknown = False

        def put(found: re.Match[str]) -> str:
            nonlocal unknown
            value = self._value(found[1], found[2] or "")
            unknown = unknown or value is None
            return value or ""

        filled = PLACEHOLDER.sub(put, template)
        return None if unknown else filled

    def _applies(self, sentence: Sentence) -> bool:
        if sentence.some and not any(self._amount(name) for name in sentence.some):
            return False
        return not any(self._amount(name) for name in sentence.zero)

    def _amount(self, name: str) -> bool:
        """Whether there is any of it, now or since January."""
        row = self._sheet.cells.get((name, None))
        if row is None:
            return bool(self._facts.get(name))
        now = row.now.value if row.now.value is not None else row.now.numerator
        return bool(now)

    def _value(self, name: str, how: str) -> str | None:
        row = self._sheet.cells.get((name, None))
        if row is None:
            fact = self._facts.get(name)
            if isinstance(fact, int):
                return str(fact) if name.endswith("year") else grouped(fact)
            return str(fact) if fact else None
        match how:
            case "change":
                return _change(row)
            case "previous":
                return shown(row.indicator, row.previous)
            case "so_far":
                return shown(row.indicator, row.year_to_date)
            case "of":
                return fraction(row.now)
            case "target":
                return self._target(name, row)
            case "highest" | "lowest":
                return self._ranked(name, highest=how == "highest")
            case "missing":
                return self._missing(name)
            case _:
                return shown(row.indicator, row.now)

    def _target(self, code: str, row: Row) -> str:
        if code not in self._targets:
            return ""
        _target, goal = self._targets[code]
        state = standing_of(goal, row.now)
        if state is None or state.met is None:
            return ""
        if state.met:
            return f", đạt chỉ tiêu ({goal_words(goal)})"
        return f", chưa đạt chỉ tiêu ({goal_words(goal)})"

    def _ranked(self, code: str, *, highest: bool) -> str | None:
        known = [(row.now.ratio, unit.name) for unit, row in self._sheet.split(code) if row.now.ratio is not None]
        if len(known) < FEWEST:
            return None
        best = sorted(known, key=lambda pair: -pair[0])[:NAMED]
        worst = sorted((k for k in known if k not in best), key=lambda pair: pair[0])[:NAMED]
        if not worst or worst[0][0] == best[0][0]:
            return None
        told = best if highest else worst
        return ", ".join(f"{name} ({tenths(ratio * 100)}\u00a0%)" for ratio, name in told)

    def _missing(self, code: str) -> str | None:
        idle = [unit.name for unit, row in self._sheet.split(code) if row.now.denominator and not row.now.numerator]
        return listed(idle, LISTED, "và {count} chi hội khác") if idle else None


def _change(row: Row) -> str:
    change = row.change
    if change is None:
        return ""
    if row.indicator.is_share:
        points = tenths(abs(change) * 100)
        if points == tenths(Fraction(0)):
            return ", không đổi so với tháng trước"
        return f", {'tăng' if change > 0 else 'giảm'} {points} điểm phần trăm so với tháng trước"
    if not change:
        return ", không đổi so với tháng trước"
    return f", {'tăng' if change > 0 else 'giảm'} {grouped(int(abs(change)))} so với tháng trước"


class Narrative:
    """The sections of the report of a month."""

    def __init__(self, office: Office) -> None:
        self._office = office

    @property
    def form(self) -> ReportForm:
        """The form in use."""
        return self._office.months.form

    def filler(self, period: Period) -> Filler:
        """What fills the texts of the report of a month; frozen facts of a closed one."""
        sheet = self._office.figures.of(period)
        with self._office.read() as work:
            kept = sheet.closing.definitions.get("facts") if sheet.closing else None
            facts = kept or gather(self._office, work, sheet)
            return Filler(sheet, facts, self._office.targets.goals(work, period))

    def sections(self, period: Period) -> tuple[SectionText, ...]:
        """Every section in order, with numerals for those that would be printed. Raises ``FuturePeriod``."""
        filler = self.filler(period)
        with self._office.read() as work:
            written = work.months.texts(period.code, self.form.code)
        drafted = []
        for section in self.form.sections:
            draft = filler.draft(section)
            own = written.get(section.code)
            content = draft if own is None else own.content
            stale = own is not None and own.drafted != draft
            heading = filler.text(section.heading) or section.heading
            drafted.append(SectionText(section, heading, "", content, draft, own is not None, stale))
        return _numbered(drafted)

    def write(self, period: Period, code: str, content: str) -> None:
        """Write over a section. The draft it replaces is kept beside it. Raises ``NotFound``, ``NotAllowed``."""
        section = self.form.section(code)
        draft = self.filler(period).draft(section)
        text = nfc_lines(content)
        with self._office.write("report.write") as work:
            if text == nfc_lines(draft):
                work.months.drop_text(period.code, self.form.code, code)
            else:
                work.months.put_text(ReportText(period.code, self.form.code, code, text, draft))

    def restore(self, period: Period, code: str) -> None:
        """Back to the draft from the figures as they are now."""
        self.form.section(code)
        with self._office.write("report.restore") as work:
            work.months.drop_text(period.code, self.form.code, code)

    def keep(self, period: Period, code: str) -> None:
        """The officer's text is right although figures changed: it is no longer marked."""
        draft = self.filler(period).draft(self.form.section(code))
        with self._office.write("report.keep") as work:
            own = work.months.texts(period.code, self.form.code).get(code)
            if own is not None:
                work.months.put_text(ReportText(own.period, own.form, own.section, own.content, draft))


def _numbered(sections: list[SectionText]) -> tuple[SectionText, ...]:
    """I, II, … and 1, 2, … below; a part without words, of its own or below it, has no numeral."""
    from dataclasses import replace

    out: list[SectionText] = []
    big = small = 0
    for at, one in enumerate(sections):
        if one.section.level == 1:
            below = []
            for later in sections[at + 1 :]:
                if later.section.level == 1:
                    break
                below.append(later)
            says = bool(one.paragraphs) or any(b.paragraphs for b in below)
            big, small = big + says, 0
            out.append(replace(one, numeral=_roman(big) if says else ""))
        else:
            says = bool(one.paragraphs)
            small += says
            out.append(replace(one, numeral=str(small) if says else ""))
    return tuple(out)


def _roman(number: int) -> str:
    return ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")[number]
