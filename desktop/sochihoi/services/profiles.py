"""Export profiles, read from ``profiles/*.toml``: which columns of members may leave a commune.

``tong-hop`` and ``chuyen-den`` come with the program. ``danh-sach`` holds only while a signed pack of the level above
asks for it: what lies in a folder of this PC can open no door.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sochihoi import paths
from sochihoi.domain.member_columns import COLUMNS, FIGURES_ONLY, MEMBER_LIST, MOVING, SENSITIVE_COLUMNS, Profile
from sochihoi.services.definition_tables import BadDefinition, Table, read

_CODES = (FIGURES_ONLY, MEMBER_LIST, MOVING)


def read_profiles(packs: Iterable[Path] = (), shipped: Path | None = None) -> dict[str, Profile]:
    """Code to profile, those of the first pack before the others. ``packs``: folders of signed packs alone.

    Raises ``BadDefinition``.
    """
    found: dict[str, Profile] = {}
    for folder in (*packs, shipped or paths.resources() / "definitions"):
        here: dict[str, Profile] = {}
        for file in sorted((folder / "profiles").glob("*.toml")):
            table = read(file)
            one = _profile(table)
            table.close()
            if one.code in here:
                raise BadDefinition(file.name, "code", "twice")
            here[one.code] = one
        found = here | found
    return found


def _profile(table: Table) -> Profile:
    code, purpose = table.text("code"), table.words("purpose")
    if code not in _CODES:
        raise table.bad("code", "value")
    columns = _columns(table, "columns")
    sensitive = _columns(table, "sensitive")
    if SENSITIVE_COLUMNS & set(columns):
        raise table.bad("columns", "value")  # named apart, or not at all
    if set(sensitive) - SENSITIVE_COLUMNS:
        raise table.bad("sensitive", "value")
    if (code == FIGURES_ONLY) != (not columns):
        raise table.bad("columns", "value")
    if sensitive and not columns:
        raise table.bad("sensitive", "value")
    return Profile(code, purpose, (*columns, *sensitive))


def _columns(table: Table, key: str) -> tuple[str, ...]:
    """Codes with blanks between them, as in forms; absent: none."""
    if not table.has(key):
        return ()
    found = tuple(table.text(key).split())
    if set(found) - set(COLUMNS):
        raise table.bad(key, "unknown")
    if len(set(found)) != len(found):
        raise table.bad(key, "twice")
    return found
