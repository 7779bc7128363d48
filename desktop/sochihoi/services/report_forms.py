"""The form of a report as data: which periods, sections, sentences, tables, plots, addressee, and what is a jump.

Texts are those of the paper, in Vietnamese, with places to be filled. A form may build on another (``extends``): what
it does not say itself is taken from there, sections by their code. Periods and kinds: Sóc Trăng action programme, 2021.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar

from sochihoi import paths
from sochihoi.domain.errors import NotFound
from sochihoi.domain.wording import Words
from sochihoi.services.definition_tables import BadDefinition, Layers, Table, layers, read
from sochihoi.services.form_parts import (
    PLACEHOLDER,
    BranchColumn,
    Jump,
    Label,
    PlotSpec,
    Section,
    Sentence,
    SpanKind,
    TableKind,
    TableSpec,
    filled,
    jump,
    label,
    plot,
    section,
    table_spec,
)

__all__ = [
    "BranchColumn",
    "Jump",
    "PlotSpec",
    "ReportForm",
    "Section",
    "Sentence",
    "SpanKind",
    "TableKind",
    "TableSpec",
    "form_on",
    "load",
    "read_forms",
]

MONTH: Final = "month"
ABOVE: Final = "above"  # of a level above: what the units below sent, over any calendar time
ABOVE_TERM: Final = "above-term"
TEXTS: Final = ("subject", "opening", "closing")


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


P = TypeVar("P", bound=_Coded)


class Scope(Enum):
    """Whose report it is, or who signs it: the commune, each branch, or a level above that puts its units together."""

    COMMUNE = "commune"
    BRANCH = "branch"
    ABOVE = "above"


_DEFAULTS: Final = {
    "scope": Scope.COMMUNE,
    "signed_by": Scope.COMMUNE,
    "type_code": "BC",
    "addressee": "",
    "due_days": 2,
    "opening": "",
    "closing": "",
}


@dataclass(frozen=True, slots=True)
class ReportForm:
    """A dated form.

    ``scope``: whose figures; ``signed_by``: whose paper, a branch has no number and no seal. ``order``: its place in
    lists. ``type_code`` goes into the number (BC). ``addressee``: the section of the level above that it is sent to,
    empty for the unit itself. ``due_days``: days after the last day of the period until it is due. ``file_name``: how
    its files are called, ASCII, with the places ``{period}``, ``{unit}``, ``{month}`` and ``{year}``.
    """

    code: str
    version: str
    valid_from: date
    valid_to: date | None
    source: str
    name: Words
    order: int
    scope: Scope
    signed_by: Scope
    spans: tuple[SpanKind, ...]
    type_code: str
    addressee: str
    due_days: int
    file_name: str
    title: str
    subject: str
    opening: str
    closing: str
    sections: tuple[Section, ...]
    tables: tuple[TableSpec, ...]
    plots: tuple[PlotSpec, ...]
    jumps: tuple[Jump, ...]
    labels: tuple[Label, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """The facts that its texts and conditions ask for."""
        texts = [self.subject, self.opening, self.closing]
        texts += [one.title for one in self.tables] + [one.title for one in self.plots]
        asked: set[str] = set()
        for part in self.sections:
            texts += [part.heading, *(one.text for one in part.sentences)]
            asked |= {name.partition("|")[0] for one in part.sentences for name in (*one.some, *one.zero)}
        asked |= {name for text in texts for name, _how in PLACEHOLDER.findall(text)}
        return frozenset(name for name in asked if "." not in name)

    @property
    def figures(self) -> frozenset[str]:
        """The codes of figures that its sentences, tables and plots ask for."""
        said = (one for part in self.sections for one in part.sentences)
        asked = {code for one in said for code in one.figures}
        asked |= {column.code for table in self.tables for column in table.columns}
        return frozenset(asked | {one.figure for one in self.plots} | {one.code for one in self.jumps})

    def section(self, code: str) -> Section:
        """The section of that code. Raises ``NotFound``."""
        for one in self.sections:
            if one.code == code:
                return one
        raise NotFound("section", code)

    def is_valid(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def load(code: str = MONTH, folder: Path | None = None) -> ReportForm:
    """The newest form of a code. Raises ``BadDefinition``, ``NotFound``."""
    found = [one for one in read_forms(folder) if one.code == code]
    if not found:
        raise NotFound("form", code)
    return max(found, key=lambda one: (one.valid_from, one.version))


def form_on(forms: Iterable[ReportForm], code: str, day: date) -> ReportForm:
    """The form of a code that is in force on a day, the newest where several are. Raises ``NotFound``."""
    found = [one for one in forms if one.code == code and one.is_valid(day)]
    if not found:
        raise NotFound("form", code)
    return max(found, key=lambda one: (one.valid_from, one.version))


def read_forms(folder: Path | None = None, pack: Layers = None) -> tuple[ReportForm, ...]:
    """Every form, by code and validity; one of ``pack`` takes the place of those below it of its code from its own
    first day on. Reports over times before that keep the form below.

    Raises ``BadDefinition``.
    """
    raw = _raw(folder or paths.resources() / "definitions" / "forms")
    for layer in reversed(layers(pack)):
        packed = _raw(layer / "forms")
        raw = [*packed, *(one for one in (_until(one, packed) for one in raw) if one is not None)]
    made = [_whole(one, raw) for one in raw]
    return tuple(sorted(made, key=lambda one: (one.code, one.valid_from, one.version)))


def _until(shipped: _Raw, packed: Iterable[_Raw]) -> _Raw | None:
    """A shipped form as far as those of the pack leave it."""
    first: date | None = min((one.says["valid_from"] for one in packed if one.code == shipped.code), default=None)
    if first is None:
        return shipped
    if shipped.says["valid_from"] >= first:
        return None
    ends = first - timedelta(days=1)
    return replace(shipped, says={**shipped.says, "valid_to": min(shipped.says["valid_to"] or ends, ends)})


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of a form by their codes."""

    sections: dict[str, Section]
    tables: dict[str, TableSpec]
    plots: dict[str, PlotSpec]
    jumps: dict[str, Jump]
    labels: dict[str, Label]

    def over(self, below: _Parts, left_out: tuple[str, ...]) -> _Parts:
        """These over those; parts of the same code keep their place."""
        return _Parts(
            _both(below.sections, self.sections, left_out),
            _both(below.tables, self.tables, left_out),
            _both(below.plots, self.plots, left_out),
            _both(below.jumps, self.jumps, left_out),
            _both(below.labels, self.labels, left_out),
        )


@dataclass(frozen=True, slots=True)
class _Raw:
    """A file as read: what it says itself, and on which form it builds."""

    file: str
    code: str
    extends: str
    left_out: tuple[str, ...]
    says: dict[str, Any]
    parts: _Parts


def _raw(folder: Path) -> list[_Raw]:
    found = []
    for file in sorted(folder.glob("*.toml")):
        table = read(file)
        found.append(_read(table))
        table.close()
    return found


def _read(table: Table) -> _Raw:
    code = table.text("code")
    extends = table.text("extends") if table.has("extends") else ""
    left_out = tuple(table.text("left_out").split()) if table.has("left_out") else ()
    says: dict[str, Any] = {
        "code": code,
        "version": table.text("version"),
        "valid_from": table.day("valid_from"),
        "valid_to": table.day("valid_to") if table.has("valid_to") else None,
        "source": table.text("source"),
        "name": table.words("name"),
        "order": table.number("order"),
        "spans": _spans(table),
    }
    for key in ("type_code", "addressee", "file_name", "title"):
        if table.has(key):
            says[key] = table.text(key, may_be_empty=key == "addressee")
    for key in TEXTS:
        if table.has(key):
            says[key] = filled(table, key)
    if table.has("due_days"):
        says["due_days"] = table.whole("due_days")
    for key in ("scope", "signed_by"):
        if table.has(key):
            says[key] = table.choice(key, Scope)
    parts = _Parts(
        _by_code(table, "sections", section),
        _by_code(table, "tables", table_spec),
        _by_code(table, "plots", plot),
        _by_code(table, "jumps", jump),
        _by_code(table, "labels", label),
    )
    return _Raw(table.file, code, extends, left_out, says, parts)


def _spans(table: Table) -> tuple[SpanKind, ...]:
    found = []
    for word in table.text("spans").split():
        try:
            found.append(SpanKind(word))
        except ValueError:
            raise table.bad("spans", "value") from None
    return tuple(dict.fromkeys(found))


def _by_code(table: Table, key: str, make: Callable[[Table], P]) -> dict[str, P]:
    made: dict[str, P] = {}
    for row in table.tables(key) if table.has(key) else ():
        one = make(row)
        if one.code in made:
            raise row.bad("code", "twice")
        made[one.code] = one
    return made


def _both(below: dict[str, P], mine: dict[str, P], left_out: tuple[str, ...]) -> dict[str, P]:
    return {code: part for code, part in below.items() if code not in left_out} | mine


def _whole(raw: _Raw, all_raw: list[_Raw]) -> ReportForm:
    says, parts = _merged(raw, all_raw, ())
    says = {**_DEFAULTS, **says}
    for key in ("title", "file_name", "subject"):
        if key not in says:
            raise BadDefinition(raw.file, key, "missing")
    for kind, placed in (("tables", parts.tables), ("plots", parts.plots)):
        for code, place in ((one.code, one.section) for one in placed.values()):
            if place and place not in parts.sections:
                raise BadDefinition(raw.file, f"{kind}.{code}.section", "value")
    return ReportForm(
        **says,
        sections=tuple(parts.sections.values()),
        tables=tuple(parts.tables.values()),
        plots=tuple(parts.plots.values()),
        jumps=tuple(parts.jumps.values()),
        labels=tuple(parts.labels.values()),
    )


def _merged(raw: _Raw, all_raw: list[_Raw], seen: tuple[str, ...]) -> tuple[dict[str, Any], _Parts]:
    """What a form says over what the one below it says."""
    if not raw.extends:
        return raw.says, raw.parts
    below = [one for one in all_raw if one.code == raw.extends]
    if not below or raw.extends in (raw.code, *seen):
        raise BadDefinition(raw.file, "extends", "value")
    # what begins later is not put under a form of earlier days: it would change papers over days before its own first
    begun = [one for one in below if one.says["valid_from"] <= raw.says["valid_from"]]
    newest = max(begun or below, key=lambda one: (one.says["valid_from"], one.says["version"]))
    base, parts = _merged(newest, all_raw, (*seen, raw.code))
    return {**base, **raw.says}, raw.parts.over(parts, raw.left_out)
