"""The phrase library as data: groups of sentences that an officer may put into the sections of a report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sochihoi import paths
from sochihoi.domain.wording import Words
from sochihoi.services.definition_tables import BadDefinition, Layers, Table, layers, read
from sochihoi.services.form_parts import PLACEHOLDER, filled


@dataclass(frozen=True, slots=True)
class PhraseGroup:
    """Phrases for the sections of these codes; ``forms``: only in these forms, none = in every form that has them.

    The texts have places to fill, like the sentences of a form.
    """

    code: str
    name: Words
    sections: frozenset[str]
    forms: frozenset[str]
    texts: tuple[str, ...]

    def suits(self, form: str, section: str) -> bool:
        """Whether it is offered in that section of that form."""
        return section in self.sections and (not self.forms or form in self.forms)


@dataclass(frozen=True, slots=True)
class PhraseFile:
    """One library, dated like every definition."""

    code: str
    version: str
    valid_from: date
    valid_to: date | None
    source: str
    groups: tuple[PhraseGroup, ...]

    @property
    def names(self) -> frozenset[str]:
        """The facts that its phrases name."""
        texts = (text for group in self.groups for text in group.texts)
        return frozenset(name for text in texts for name, _how in PLACEHOLDER.findall(text) if "." not in name)

    def is_valid(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def read_phrases(folder: Path | None = None, pack: Layers = None) -> tuple[PhraseFile, ...]:
    """Every library; those of ``pack`` take the place of shipped ones of the same code. Raises ``BadDefinition``."""
    found: list[PhraseFile] = []
    for place in (*(one / "phrases" for one in layers(pack)), folder or paths.resources() / "definitions" / "phrases"):
        codes = {one.code for one in found}
        found += [one for one in _read_all(place) if one.code not in codes]
    return tuple(found)


def groups_for(files: Iterable[PhraseFile], form: str, section: str, day: date) -> tuple[PhraseGroup, ...]:
    """The groups in force on a day that suit a section of a form, in the order of their files."""
    return tuple(group for one in files if one.is_valid(day) for group in one.groups if group.suits(form, section))


def _read_all(folder: Path) -> list[PhraseFile]:
    found: list[PhraseFile] = []
    for file in sorted(folder.glob("*.toml")):
        table = read(file)
        one = _file(table)
        table.close()
        if any(before.code == one.code and before.version == one.version for before in found):
            raise BadDefinition(file.name, "code", "twice")
        found.append(one)
    return found


def _file(table: Table) -> PhraseFile:
    groups: list[PhraseGroup] = []
    code, version, valid_from = table.text("code"), table.text("version"), table.day("valid_from")
    valid_to = table.day("valid_to") if table.has("valid_to") else None
    source = table.text("source")
    for row in table.tables("groups"):
        group = _group(row)
        if any(one.code == group.code for one in groups):
            raise row.bad("code", "twice")
        groups.append(group)
    return PhraseFile(code, version, valid_from, valid_to, source, tuple(groups))


def _group(row: Table) -> PhraseGroup:
    code, name = row.text("code"), row.words("name")
    sections = frozenset(row.text("sections").split())
    forms = frozenset(row.text("forms").split()) if row.has("forms") else frozenset()
    texts = []
    for one in row.tables("phrases"):
        texts.append(filled(one, "text"))
        one.close()
    row.close()
    return PhraseGroup(code, name, sections, forms, tuple(dict.fromkeys(texts)))
