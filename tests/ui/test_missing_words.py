"""Whatever a command or a page named and nobody has: it has a noun, and no key of ours is shown."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import sochihoi
from sochihoi import i18n
from sochihoi.domain.errors import NotFound
from sochihoi.domain.ids import new_id
from sochihoi.storage.schema import METADATA
from sochihoi.ui import words
from sochihoi.ui.words.missing import DEFINITIONS, OFFICIAL, RECORDS


def nouns() -> set[str]:
    """Every literal that is handed to ``NotFound`` anywhere, and every table: ``Work`` names those."""
    found = set(METADATA.tables)
    for file in Path(sochihoi.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("NotFound", "_newest"):
                at = 0 if ast.unparse(node.func) == "NotFound" else 1
                if len(node.args) > at and isinstance(node.args[at], ast.Constant):
                    found.add(str(ast.literal_eval(node.args[at])))
    return found


def test_every_kind_has_its_noun() -> None:
    assert nouns() - {*RECORDS, *DEFINITIONS, *OFFICIAL} == set()


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("noun", sorted(nouns() | {"nothing_known"}))
def test_no_bare_key_is_shown(noun: str, language: str) -> None:
    i18n.set_language(language)
    try:
        named, by_id = words.say(NotFound(noun, "Hòa Phú")), words.say(NotFound(noun, new_id()))
        assert "“Hòa Phú”" in named.what
        assert named.what.endswith(".")
        assert named.todo
        assert "_" not in f"{named} {by_id}"
        if noun not in OFFICIAL:
            assert not any(sign.isdigit() for sign in by_id.what)
            assert "“" not in by_id.what
        if language == "vi":
            assert noun not in named.what.split()
    finally:
        i18n.set_language("vi")
