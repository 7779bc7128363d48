"""The parts of a report form: sections with their sentences, tables, plots, jumps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from sochihoi.domain.study import DocumentKind
from sochihoi.services.definition_tables import Table

PLACEHOLDER: Final = re.compile(r"\{([A-Za-z0-9_.-]+)(?:\|([a-z_]+))?\}")
OPTIONAL: Final = re.compile(r"\[([^\[\]]*)\]")  # left out where the time so far this year is the time itself
FILTERS: Final = frozenset(
    {"", "change", "previous", "so_far", "of", "rest", "target", "needed", "highest", "lowest", "missing", "short"}
)
# Every fact that a text may name, and what it rests on: figures (with a point) and lists (without one). Facts about
# the time and the unit itself rest on nothing.
FACTS: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(("period", "in_period", "this_period", "since", "next_period", "last_day", "union", "branch"), ()),
    **dict.fromkeys(("month", "year", "next_month", "next_year"), ()),
    **dict.fromkeys(("campaign", "criteria_count"), ("criteria",)),
    **dict.fromkeys(("proposals", "proposals_answered", "opinions", "open_proposals"), ("proposals",)),
    **dict.fromkeys(("study_titles", "resolution_titles"), ("studies",)),
    **dict.fromkeys(("study_due", "study_left", "groups_short"), ("studies",)),
    **dict.fromkeys(("theme_titles", "theme_sessions", "theme_members", "theme_others"), ("studies",)),
    **dict.fromkeys(("units_sent", "units_known", "units_missing"), ("org.members",)),
    "not_studied": ("study.resolution_pct",),
    "not_assessed": ("household.members", "household.assessed"),
    "branches_not_met": ("org.branches_met",),
    "failed_criteria": ("household.assessed", "criteria"),
    **dict.fromkeys(("targets_met", "targets_behind"), ("targets",)),
    **dict.fromkeys(("scores_registered", "scores_own", "scores_verified", "scores_refused"), ("scores",)),
    **dict.fromkeys(("scores_bands", "models_new", "outstanding_new"), ("scores",)),
    **dict.fromkeys(("meeting_topics", "planned_meetings"), ("meetings",)),
}


class SpanKind(Enum):
    """How long a time a report looks at."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    TERM = "term"


class TableKind(Enum):
    """What the lines of a table are: figures, branches, the parts of the span (months, years), criteria, campaigns of
    study, the groups that these ought to reach, channels of communication, targets, scored branches, meetings (of a
    branch), or what members said at meetings."""

    FIGURES = "figures"
    BRANCHES = "branches"
    PARTS = "parts"
    CRITERIA = "criteria"
    STUDIES = "studies"
    GROUPS = "groups"
    CHANNELS = "channels"
    TARGETS = "targets"
    SCORES = "scores"
    MEETINGS = "meetings"
    PROPOSALS = "proposals"


class PlotKind(Enum):
    """Side by side over the parts of the span, or branch below branch."""

    PARTS = "parts"
    BRANCHES = "branches"


@dataclass(frozen=True, slots=True)
class Jump:
    """A change from the month before that wants a reason.

    ``percent``: of a number its relative change, of a share the change in percent points. ``least``: a number must
    have changed by so many, a share be counted from so many. ``yearly``: it begins anew in January.
    """

    code: str
    percent: int
    least: int
    yearly: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a draft. ``some``: one of these must be above zero; ``zero``: all of these must be zero; of a
    figure ``|so_far`` asks for the time so far this year.

    ``spans``: only in reports over these, empty = in all.
    """

    text: str
    some: tuple[str, ...] = ()
    zero: tuple[str, ...] = ()
    spans: tuple[SpanKind, ...] = ()

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The figures and lists that it rests on, each once: those it names, those its facts are made from, and those
        that decide whether it is said."""
        named = [found[1] for found in PLACEHOLDER.finditer(self.text)]
        used: list[str] = []
        for name in (*named, *(one.partition("|")[0] for one in (*self.some, *self.zero))):
            used += [name] if "." in name else FACTS[name]
        if any(found[2] in ("target", "needed") for found in PLACEHOLDER.finditer(self.text)):
            used.append("targets")
        return tuple(dict.fromkeys(used))

    @property
    def figures(self) -> tuple[str, ...]:
        """The codes of the figures among them."""
        return tuple(name for name in self.rests_on if "." in name)

    @property
    def lists(self) -> tuple[str, ...]:
        """The lists among them: ``proposals``, ``studies``, ``targets``, ``scores``, ``meetings``, ``criteria``."""
        return tuple(name for name in self.rests_on if "." not in name)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report. ``prompt`` tells the officer what belongs here; it is never printed."""

    code: str
    heading: str
    level: int
    prompt: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """What a paper calls an indicator where its usual name says a month."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class BranchColumn:
    """A column of figures: of which indicator, and its title."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table. ``told``: what the body calls it where it refers to it. ``section``: it stands behind that section;
    ``in_body``: at the end of the body; neither: in an annex of its own. ``groups`` and ``codes`` choose indicators,
    both empty = all. Of campaigns of study and their groups ``codes`` are kinds of documents, ``THEME DIRECTIVE``."""

    code: str
    kind: TableKind
    title: str
    told: str
    section: str = ""
    in_body: bool = False
    groups: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    columns: tuple[BranchColumn, ...] = ()


@dataclass(frozen=True, slots=True)
class PlotSpec:
    """A plot of one indicator, always with its table. ``section`` as with tables."""

    code: str
    kind: PlotKind
    figure: str
    title: str
    section: str = ""


def label(row: Table) -> Label:
    """Raises ``BadDefinition``."""
    made = Label(row.text("code"), row.text("label"))
    row.close()
    return made


def jump(row: Table) -> Jump:
    """Raises ``BadDefinition``."""
    made = Jump(row.text("code"), row.number("percent"), row.number("least"), row.flag("yearly"))
    row.close()
    return made


def section(row: Table) -> Section:
    """Raises ``BadDefinition``."""
    code, heading, level = row.text("code"), filled(row, "heading"), row.number("level")
    if level not in (1, 2):
        raise row.bad("level", "value")
    prompt = row.text("prompt") if row.has("prompt") else ""
    sentences = []
    for one in row.tables("sentences") if row.has("sentences") else ():
        some, zero = _names(one, "some"), _names(one, "zero")
        sentences.append(Sentence(filled(one, "text"), some, zero, _spans(one)))
        one.close()
    row.close()
    return Section(code, heading, level, prompt, tuple(sentences))


def table_spec(row: Table) -> TableSpec:
    """Raises ``BadDefinition``."""
    code, kind = row.text("code"), row.choice("kind", TableKind)
    title, told = filled(row, "title"), row.text("told")
    place = row.text("section") if row.has("section") else ""
    in_body, groups, codes = row.flag("in_body"), _codes(row, "groups"), _codes(row, "codes")
    if kind in (TableKind.STUDIES, TableKind.GROUPS) and not set(codes) <= DocumentKind.__members__.keys():
        raise row.bad("codes", "value")
    columns = []
    for one in row.tables("columns") if row.has("columns") else ():
        columns.append(BranchColumn(one.text("code"), one.text("title")))
        one.close()
    if bool(columns) != (kind is TableKind.BRANCHES):
        raise row.bad("columns", "value")
    row.close()
    return TableSpec(code, kind, title, told, place, in_body, groups, codes, tuple(columns))


def plot(row: Table) -> PlotSpec:
    """Raises ``BadDefinition``."""
    made = PlotSpec(
        row.text("code"),
        row.choice("kind", PlotKind),
        row.text("figure"),
        filled(row, "title"),
        row.text("section") if row.has("section") else "",
    )
    row.close()
    return made


def filled(row: Table, key: str) -> str:
    """A text with places to fill, each of them spelled right."""
    text = row.text(key)
    bare = OPTIONAL.sub("", PLACEHOLDER.sub("", text))
    if any(sign in bare for sign in "{}[]"):
        raise row.bad(key, "value")
    for name, how in PLACEHOLDER.findall(text):
        if how not in FILTERS or (how and "." not in name):
            raise row.bad(key, "value")
        _check_name(row, key, name)
    return text


def _check_name(row: Table, key: str, name: str) -> None:
    if "." not in name and name not in FACTS:
        raise row.bad(key, "unknown")


def _names(row: Table, key: str) -> tuple[str, ...]:
    """Figures and facts."""
    found = _codes(row, key)
    for name, bar, how in (one.partition("|") for one in found):
        _check_name(row, key, name)
        if bar and how != "so_far":
            raise row.bad(key, "value")
    return found


def _codes(row: Table, key: str) -> tuple[str, ...]:
    return tuple(row.text(key).split()) if row.has(key) else ()


def _spans(row: Table) -> tuple[SpanKind, ...]:
    try:
        return tuple(SpanKind(word) for word in _codes(row, "spans"))
    except ValueError:
        raise row.bad("spans", "value") from None
