"""From the tables of a file to the dataclasses of the domain, one function for each kind of file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sochihoi.domain.campaign import CriteriaSet, Criterion
from sochihoi.domain.duties import Holidays
from sochihoi.domain.indicators import SOURCES, Display, Group, Indicator, IndicatorSet, Kind, Per, UnitType, YearToDate
from sochihoi.domain.rubric import Band, Combine, Condition, Part, Rubric, RubricCriterion, Rule
from sochihoi.domain.targets import BadGoal, Direction, Goal, Level, Measured, Target, TargetPeriod, Term
from sochihoi.domain.wording import Source, Words
from sochihoi.services.definition_tables import Table


@dataclass(frozen=True, slots=True)
class DatedIndicators:
    """A list of indicators with the days it is valid for."""

    valid_from: date
    valid_to: date | None
    indicators: IndicatorSet

    @property
    def code(self) -> str:
        """The code of the list."""
        return self.indicators.code

    @property
    def version(self) -> str:
        """The version of the list."""
        return self.indicators.version


def criteria_set(table: Table) -> CriteriaSet:
    """A criteria set. Raises ``BadDefinition``."""
    code, version = table.text("code"), table.text("version")
    valid_from, valid_to = _validity(table)
    title, name, source = table.words("title"), table.words("name"), table.text("source")
    on_request = table.flag("on_request")
    groups = _groups(table)
    criteria: list[Criterion] = []
    for number, row in enumerate(table.tables("criteria"), start=1):
        criteria.append(
            Criterion(
                _fresh(row, "code", (c.code for c in criteria)),
                _group(row, groups),
                number,
                row.words("label"),
                row.words("short"),
                row.words("guidance", may_be_empty=True),
                row.flag("na_allowed"),
                row.flag("sensitive"),
            )
        )
        row.close()
    if not criteria:
        raise table.bad("criteria", "missing")
    return CriteriaSet(code, version, valid_from, valid_to, title, name, source, tuple(criteria), on_request)


def rubric(table: Table) -> Rubric:
    """A score sheet. Raises ``BadDefinition``."""
    code, version = table.text("code"), table.text("version")
    valid_from, valid_to = _validity(table)
    title, source, suggested = table.words("title"), table.text("source"), table.flag("suggested")
    groups = _groups(table)
    criteria: list[RubricCriterion] = []
    for number, row in enumerate(table.tables("criteria"), start=1):
        rule = row.choice("rule", Rule)
        criteria.append(
            RubricCriterion(
                _fresh(row, "code", (c.code for c in criteria)),
                _group(row, groups),
                number,
                row.words("label"),
                row.words("guidance"),
                row.number("max"),
                rule,
                row.choice("combine", Combine, Combine.LOWEST),
                tuple(_parts(row, rule)),
            )
        )
        row.close()
    conditions = tuple(_conditions(table))
    bands = tuple(_bands(table))
    if not criteria or not bands or bands[-1].at_least != 0 or list(bands) != sorted(bands, key=lambda b: -b.at_least):
        raise table.bad("bands", "value")
    return Rubric(code, version, valid_from, valid_to, title, source, suggested, tuple(criteria), conditions, bands)


def _parts(row: Table, rule: Rule) -> Iterator[Part]:
    count = 0
    for part in row.tables("parts"):
        made = Part(part.text("source"), part.fraction("full"), part.fraction("zero", 0))
        if rule is Rule.LINEAR and made.full == made.zero:
            raise part.bad("zero", "value")
        part.close()
        count += 1
        yield made
    if (count == 0) != (rule is Rule.MANUAL):
        raise row.bad("parts", "value")


def _conditions(table: Table) -> Iterator[Condition]:
    for row in table.tables("conditions"):
        code, label = row.text("code"), row.words("label")
        enabled = row.flag("enabled", default=True)
        source = row.text("source") if row.has("source") else None
        lowest = row.number("minimum") if row.has("minimum") else None
        highest = row.number("maximum") if row.has("maximum") else None
        row.close()
        yield Condition(code, label, enabled, source, lowest, highest)


def _bands(table: Table) -> Iterator[Band]:
    for row in table.tables("bands"):
        yield Band(row.text("code"), row.words("label"), row.number("at_least"))
        row.close()


def targets(table: Table) -> tuple[Target, ...]:
    """The targets of one paper. Raises ``BadDefinition``."""
    paper = table.table("source")
    source = Source(paper.text("title"), paper.number("year"))
    paper.close()
    out: list[Target] = []
    for row in table.tables("targets"):
        try:
            goal = Goal(row.choice("direction", Direction), row.fraction("value"), row.choice("measured", Measured))
        except BadGoal as problem:
            raise row.bad("value", "value") from problem
        out.append(
            Target(
                _fresh(row, "id", (t.id for t in out)),
                row.words("title"),
                row.words("numerator"),
                row.words("denominator") if row.has("denominator") else None,
                row.choice("period", TargetPeriod),
                row.choice("level", Level),
                goal,
                source,
                row.text("computed_from") if row.has("computed_from") else None,
                row.flag("own_value"),
            )
        )
        if (out[-1].denominator is None) is (goal.measured is Measured.PERCENT):
            raise row.bad("denominator", "value")
        row.close()
    if not out:
        raise table.bad("targets", "missing")
    return tuple(out)


def term(table: Table) -> Term:
    """A term of the commune Union. Raises ``BadDefinition``."""
    code = table.text("code")
    if not _TERM_CODE.fullmatch(code):
        raise table.bad("code", "value")
    made = Term(code, table.words("name"), table.day("starts"), table.day("ends"), table.text("source"))
    if made.ends < made.starts:
        raise table.bad("ends", "value")
    return made


_TERM_CODE = re.compile(r"[0-9]{4}-[0-9]{4}")  # a setting is kept under it beside those of single years


_MOST_HOLIDAYS = 60  # a year has working days, or a deadline never comes


def holidays(table: Table) -> Holidays:
    """Public holidays. Raises ``BadDefinition``."""
    code = table.text("code")
    table.text("source")
    try:
        fixed = {date.fromisoformat(f"2000-{one}") for one in table.texts("fixed")}
    except ValueError as problem:
        raise table.bad("fixed", "value") from problem
    if len(fixed) > _MOST_HOLIDAYS:
        raise table.bad("fixed", "value")
    return Holidays(code, frozenset((day.month, day.day) for day in fixed), frozenset(table.days("dated")))


def indicators(table: Table) -> DatedIndicators:
    """A list of indicators. Raises ``BadDefinition``."""
    code, version = table.text("code"), table.text("version")
    valid_from, valid_to = _validity(table)
    title = table.words("title")
    table.text("source")
    groups: list[Group] = []
    for row in table.tables("groups"):
        groups.append(Group(_fresh(row, "code", (g.code for g in groups)), row.words("label")))
        row.close()
    out: list[Indicator] = []
    for number, row in enumerate(table.tables("indicators"), start=1):
        out.append(_indicator(row, number, out, groups))
        row.close()
    return DatedIndicators(valid_from, valid_to, IndicatorSet(code, version, title, tuple(groups), tuple(out)))


def _indicator(row: Table, number: int, before: Sequence[Indicator], groups: Sequence[Group]) -> Indicator:
    code = _fresh(row, "code", (one.code for one in before))
    group = code.split(".")[0]
    kind, source = row.choice("kind", Kind), row.text("source")
    denominator = row.words("denominator") if row.has("denominator") else None
    if source not in SOURCES:
        raise row.bad("source", "value")
    if group not in {one.code for one in groups}:
        raise row.bad("code", "value")
    if (denominator is not None) is not (kind is Kind.RATIO):
        raise row.bad("denominator", "value")
    return Indicator(
        code,
        group,
        number,
        row.words("label"),
        row.words("definition"),
        row.words("numerator"),
        denominator,
        row.words("left_out"),
        row.choice("unit", UnitType),
        kind,
        row.choice("display", Display, Display.PERCENT if denominator else Display.NUMBER),
        source,
        dict(row.parameters("parameters")),
        row.choice("year_to_date", YearToDate),
        row.flag("short_list"),
        row.choice("per", Per) if row.has("per") else None,
    )


def _validity(table: Table) -> tuple[date, date | None]:
    start = table.day("valid_from")
    end = table.day("valid_to") if table.has("valid_to") else None
    if end is not None and end < start:
        raise table.bad("valid_to", "value")
    return start, end


def _groups(table: Table) -> dict[str, Words]:
    inner = table.table("groups")
    return {key: inner.words(key) for key in inner.names()}


def _group(row: Table, groups: dict[str, Words]) -> Words:
    name = row.text("group")
    if name not in groups:
        raise row.bad("group", "value")
    return groups[name]


def _fresh(row: Table, key: str, taken: Iterable[str]) -> str:
    found = row.text(key)
    if found in set(taken):
        raise row.bad(key, "twice")
    return found
