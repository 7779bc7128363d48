"""The parts of a report form: sections with their sentences, tables, plots, jumps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from sochihoi.services.definition_tables import Table

PLACEHOLDER: Final = re.compile(r"\{([A-Za-z0-9_.-]+)(?:\|([a-z_]+))?\}")
OPTIONAL: Final = re.compile(r"\[([^\[\]]*)\]")  # left out in a report over a whole year or a term
FILTERS: Final = frozenset({"", "change", "previous", "so_far", "of", "target", "highest", "lowest", "missing"})


class SpanKind(Enum):
    """How long a time a report looks at."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    TERM = "term"


class TableKind(Enum):
    """What the lines of a table are: figures, branches, the parts of the span (months, years), criteria, campaigns of
    study, targets, scored branches, or meetings (of a branch)."""

    FIGURES = "figures"
    BRANCHES = "branches"
    PARTS = "parts"
    CRITERIA = "criteria"
    STUDIES = "studies"
    TARGETS = "targets"
    SCORES = "scores"
    MEETINGS = "meetings"


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
    """One sentence of a draft. ``some``: one of these must be above zero; ``zero``: all of these must be zero.

    ``spans``: only in reports over these, empty = in all.
    """

    text: str
    some: tuple[str, ...] = ()
    zero: tuple[str, ...] = ()
    spans: tuple[SpanKind, ...] = ()

    @property
    def figures(self) -> tuple[str, ...]:
        """The figures that it rests on, each once, in order; facts without a point are not among them."""
        return tuple(dict.fromkeys(found[1] for found in PLACEHOLDER.finditer(self.text) if "." in found[1]))


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report. ``prompt`` tells the officer what belongs here; it is never printed."""

    code: str
    heading: str
    level: int
    prompt: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class BranchColumn:
    """A column of figures: of which indicator, and its title."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table. ``told``: what the body calls it where it refers to it. ``section``: it stands behind that section;
    ``in_body``: at the end of the body; neither: in an annex of its own. ``groups`` and ``codes`` choose indicators,
    both empty = all."""

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
        sentences.append(Sentence(filled(one, "text"), _codes(one, "some"), _codes(one, "zero"), _spans(one)))
        one.close()
    row.close()
    return Section(code, heading, level, prompt, tuple(sentences))


def table_spec(row: Table) -> TableSpec:
    """Raises ``BadDefinition``."""
    code, kind = row.text("code"), row.choice("kind", TableKind)
    title, told = filled(row, "title"), row.text("told")
    place = row.text("section") if row.has("section") else ""
    in_body, groups, codes = row.flag("in_body"), _codes(row, "groups"), _codes(row, "codes")
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
    if any(sign in bare for sign in "{}[]") or any(found[1] not in FILTERS for found in PLACEHOLDER.findall(text)):
        raise row.bad(key, "value")
    return text


def _codes(row: Table, key: str) -> tuple[str, ...]:
    return tuple(row.text(key).split()) if row.has(key) else ()


def _spans(row: Table) -> tuple[SpanKind, ...]:
    try:
        return tuple(SpanKind(word) for word in _codes(row, "spans"))
    except ValueError:
        raise row.bad("spans", "value") from None
