"""Fixed words of the papers, in the language of the paper (not of the screen): ``resources/reports/words.toml``."""

from __future__ import annotations

import tomllib
from functools import cache

from sochihoi import paths


@cache
def _words() -> dict[str, dict[str, dict[str, str]]]:
    with (paths.resources() / "reports" / "words.toml").open("rb") as file:
        return tomllib.load(file)


def word(language: str, key: str, **values: object) -> str:
    """``word("vi", "minutes.time", text="14:00")``. ``key`` is ``table.name``.

    Raises ``KeyError`` for an unknown key, language or missing value.
    """
    table, name = key.split(".")
    return _words()[table][name][language].format(**values)
