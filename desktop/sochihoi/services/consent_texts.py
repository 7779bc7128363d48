"""What the consent slip says: ``resources/definitions/consent``, and beside it the pack's folder of that name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from sochihoi.domain.consent import ConsentText, Purpose
from sochihoi.services.definition_tables import Table, read

FOLDER = "consent"
_FACTS = ("name", "birth", "address", "branch", "code")


def read_texts(folders: Sequence[Path]) -> tuple[ConsentText, ...]:
    """Every text that was ever in force; of two of one day the one of the first folder is.

    A pack adds texts and never replaces one: what a woman agreed to is found by its version. Raises ``BadDefinition``
    for a version that stands twice, wherever.
    """
    found: dict[str, ConsentText] = {}
    for folder in folders:
        for file in sorted((folder / FOLDER).glob("*.toml")):
            table = read(file)
            for row in table.tables("texts"):
                made = _text(row)
                if found.setdefault(made.version, made) is not made:
                    raise row.bad("version", "twice")
            table.close()
    return tuple(found.values())


def _text(row: Table) -> ConsentText:
    boxes, facts = row.table("boxes"), row.table("facts")
    made = ConsentText(
        row.text("version"),
        row.day("valid_from"),
        row.text("source"),
        row.text("title"),
        tuple(_filled(row, "told")),
        {purpose: boxes.text(purpose.name) for purpose in Purpose},
        tuple(_filled(row, "rights")),
        row.text("agree"),
        row.text("refuse"),
        row.text("signs"),
        row.text("receives"),
        {name: facts.text(name) for name in _FACTS},
    )
    for table in (boxes, facts, row):
        table.close()
    return made


def _filled(row: Table, key: str) -> Iterator[str]:
    """Paragraphs; the only place that they may have is ``{unit}``."""
    for text in row.texts(key):
        if "{" in text.replace("{unit}", "") or "}" in text.replace("{unit}", ""):
            raise row.bad(key, "value")
        yield text
