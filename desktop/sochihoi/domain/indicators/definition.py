"""An indicator is a declaration: words for the officer, a source with parameters for the program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from sochihoi.domain.campaign import CriteriaSet
from sochihoi.domain.indicators.items import UnitType
from sochihoi.domain.rubric import Rubric
from sochihoi.domain.wording import Words

Parameter = str | int


class Kind(Enum):
    """A number of records, a share, a sum of weights, or what an officer entered."""

    COUNT = "count"
    RATIO = "ratio"
    SUM = "sum"
    ENTERED = "entered"


class YearToDate(Enum):
    """How the column "from January" is made: the state at the end, counted over the longer window, months added."""

    AT_END = "at_end"
    OVER_WINDOW = "over_window"
    SUM_ENTERED = "sum_entered"


class Display(Enum):
    """How a figure is written: a number, a percent, or "31/34"."""

    NUMBER = "number"
    PERCENT = "percent"
    FRACTION = "fraction"


class Per(Enum):
    """One indicator that stands for several: one a criterion of the year's set, or one a band of the rubric."""

    CRITERION = "criterion"
    BAND = "band"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure of a report. ``left_out`` says in words who or what is not in it; ``denominator`` only for shares."""

    code: str
    group: str
    order: int
    label: Words
    definition: Words
    numerator: Words
    denominator: Words | None
    left_out: Words
    unit: UnitType
    kind: Kind
    display: Display
    source: str
    parameters: Mapping[str, Parameter]
    year_to_date: YearToDate
    short_list: bool = False
    per: Per | None = None

    @property
    def is_share(self) -> bool:
        """Whether it has a denominator."""
        return self.denominator is not None


@dataclass(frozen=True, slots=True)
class Group:
    """A band of rows in the list of figures."""

    code: str
    label: Words


@dataclass(frozen=True, slots=True)
class IndicatorSet:
    """The dated list of indicators, in order of group and place."""

    code: str
    version: str
    title: Words
    groups: tuple[Group, ...]
    indicators: tuple[Indicator, ...]
    by_code: Mapping[str, Indicator] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_code", {indicator.code: indicator for indicator in self.indicators})

    def expanded(self, criteria: CriteriaSet | None, rubric: Rubric | None) -> IndicatorSet:
        """Put in one indicator for every criterion and band of the year's definitions."""
        out: list[Indicator] = []
        for indicator in self.indicators:
            if indicator.per is Per.CRITERION:
                names = [(c.code, c.label) for c in criteria.criteria] if criteria else []
            elif indicator.per is Per.BAND:
                names = [(b.code, b.label) for b in rubric.bands] if rubric else []
            else:
                out.append(indicator)
                continue
            out.extend(_one_of(indicator, code, label) for code, label in names)
        return IndicatorSet(self.code, self.version, self.title, self.groups, tuple(out))


def _one_of(indicator: Indicator, code: str, label: Words) -> Indicator:
    def named(text: Words) -> Words:
        return Words(text.vi.replace("{name}", label.vi), text.en.replace("{name}", label.en))

    return replace(
        indicator,
        code=f"{indicator.code}.{code}",
        label=named(indicator.label),
        definition=named(indicator.definition),
        numerator=named(indicator.numerator),
        parameters={**indicator.parameters, "name": code},
        per=None,
    )
