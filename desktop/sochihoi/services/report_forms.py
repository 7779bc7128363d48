"""The form of a report as data: sections, sentences drafted from figures, tables, what counts as a jump."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from sochihoi import paths
from sochihoi.domain.errors import NotFound
from sochihoi.services.definition_tables import Table, read

PLACEHOLDER: Final = re.compile(r"\{([A-Za-z0-9_.]+)(?:\|([a-z_]+))?\}")
FILTERS: Final = frozenset({"", "change", "previous", "so_far", "of", "target", "highest", "lowest", "missing"})


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
    """One sentence of a draft. ``some``: one of these must be above zero; ``zero``: all of these must be zero."""

    text: str
    some: tuple[str, ...] = ()
    zero: tuple[str, ...] = ()


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
    """A column of the table by branch."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class ReportForm:
    """A dated form. Texts are those of the paper, in Vietnamese, with places to be filled."""

    code: str
    version: str
    valid_from: date
    source: str
    title: str
    subject: str
    opening: str
    closing: str
    figures_title: str
    branches_title: str
    sections: tuple[Section, ...]
    branch_columns: tuple[BranchColumn, ...]
    jumps: tuple[Jump, ...]

    def section(self, code: str) -> Section:
        """The section of that code. Raises ``NotFound``."""
        for one in self.sections:
            if one.code == code:
                return one
        raise NotFound("section", code)


def load(code: str = "month", folder: Path | None = None) -> ReportForm:
    """The newest form of a code. Raises ``BadDefinition``, ``NotFound``."""
    found = []
    for file in sorted((folder or paths.resources() / "definitions" / "forms").glob("*.toml")):
        table = read(file)
        form = _form(table)
        table.close()
        if form.code == code:
            found.append(form)
    if not found:
        raise NotFound("form", code)
    return max(found, key=lambda one: (one.valid_from, one.version))


def _form(table: Table) -> ReportForm:
    jumps = [_jump(row) for row in table.tables("jumps")]
    sections: list[Section] = []
    for row in table.tables("sections"):
        made = _section(row)
        if made.code in {one.code for one in sections}:
            raise row.bad("code", "twice")
        sections.append(made)
    columns = []
    for row in table.tables("branch_columns"):
        columns.append(BranchColumn(row.text("code"), row.text("title")))
        row.close()
    texts = {
        name: _filled(table, name) for name in ("subject", "opening", "closing", "figures_title", "branches_title")
    }
    return ReportForm(
        code=table.text("code"),
        version=table.text("version"),
        valid_from=table.day("valid_from"),
        source=table.text("source"),
        title=table.text("title"),
        sections=tuple(sections),
        branch_columns=tuple(columns),
        jumps=tuple(jumps),
        **texts,
    )


def _jump(row: Table) -> Jump:
    made = Jump(row.text("code"), row.number("percent"), row.number("least"), row.flag("yearly"))
    row.close()
    return made


def _section(row: Table) -> Section:
    code, heading, level = row.text("code"), _filled(row, "heading"), row.number("level")
    if level not in (1, 2):
        raise row.bad("level", "value")
    prompt = row.text("prompt") if row.has("prompt") else ""
    sentences = []
    for one in row.tables("sentences") if row.has("sentences") else ():
        sentences.append(Sentence(_filled(one, "text"), _codes(one, "some"), _codes(one, "zero")))
        one.close()
    row.close()
    return Section(code, heading, level, prompt, tuple(sentences))


def _filled(row: Table, key: str) -> str:
    """A text with places to fill, each of them spelled right."""
    text = row.text(key)
    bare = PLACEHOLDER.sub("", text)
    if "{" in bare or "}" in bare or any(found[1] not in FILTERS for found in PLACEHOLDER.findall(text)):
        raise row.bad(key, "value")
    return text


def _codes(row: Table, key: str) -> tuple[str, ...]:
    return tuple(row.text(key).split()) if row.has(key) else ()
