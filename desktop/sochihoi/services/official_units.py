"""The official list of provinces and communes: Decision 19/2025/QĐ-TTg, in force since 1 July 2025.

A data file, so that a pack of definitions can correct it; here it is read once and searched.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sochihoi import paths
from sochihoi.domain.errors import NotFound
from sochihoi.domain.vietnamese import fold, text_key

_FILE = "vn-2025-07-01.csv"


@dataclass(frozen=True, slots=True)
class OfficialProvince:
    """A province or a city under the centre: two-digit code, name without its kind (``tỉnh``, ``thành phố``)."""

    code: str
    name: str
    kind: str

    @property
    def full_name(self) -> str:
        """``tỉnh Ninh Bình``."""
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class OfficialCommune:
    """A commune: five-digit code, name without its kind (``xã``, ``phường``, ``đặc khu``), and its province."""

    code: str
    name: str
    kind: str
    province_code: str
    province_name: str

    @property
    def full_name(self) -> str:
        """``xã Lộc Hưng``."""
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class CentralLevel:
    """The Union's central level: on no list of places, so its code is ours."""

    code: str = "TW"
    full_name: str = "Việt Nam"


CENTRE = CentralLevel()


@dataclass(frozen=True, slots=True)
class _List:
    provinces: tuple[OfficialProvince, ...]
    communes: tuple[OfficialCommune, ...]
    by_code: dict[str, OfficialCommune]
    searched: tuple[tuple[str, OfficialCommune], ...]


def provinces() -> tuple[OfficialProvince, ...]:
    """All 34, in Vietnamese order of their names."""
    return _read(paths.resources() / "units" / _FILE).provinces


def communes(province_code: str | None = None) -> tuple[OfficialCommune, ...]:
    """All 3,321, or those of one province, in Vietnamese order of their names. An unknown province has none."""
    every = _read(paths.resources() / "units" / _FILE).communes
    return every if province_code is None else tuple(c for c in every if c.province_code == province_code)


def commune(code: str) -> OfficialCommune:
    """One commune by its five-digit code. Raises ``NotFound`` (noun ``official_commune``)."""
    found = _read(paths.resources() / "units" / _FILE).by_code.get(code.strip())
    if found is None:
        raise NotFound("official_commune", code)
    return found


def unit_name(code: str) -> str:
    """``thành phố Cần Thơ`` of 92, ``xã Lộc Hưng`` of 25708, ``Việt Nam`` of the centre.

    Raises ``NotFound`` (noun ``official_unit``).
    """
    asked = code.strip()
    if asked == CENTRE.code:
        return CENTRE.full_name
    listed = _read(paths.resources() / "units" / _FILE)
    names = {one.code: one.full_name for one in listed.provinces}
    if asked in names:
        return names[asked]
    if asked not in listed.by_code:
        raise NotFound("official_unit", code)
    return listed.by_code[asked].full_name


def find(text: str, limit: int = 50) -> tuple[OfficialCommune, ...]:
    """Communes whose code begins with the text, or whose kind, name and province hold all its words as beginnings.

    Accents do not matter; names that begin with the text come first. ``xa loc hung``, ``ninh kieu can tho``, ``31135``.
    """
    asked = _plain(text)
    words = asked.split()
    if not words:
        return ()
    first: list[OfficialCommune] = []
    then: list[OfficialCommune] = []
    for line, found in _read(paths.resources() / "units" / _FILE).searched:
        if all(word in line for word in _starts(words)):
            (first if _plain(found.name).startswith(asked) else then).append(found)
    return tuple([*first, *then][:limit])


def _plain(text: str) -> str:
    """``Ea H’leo`` is typed with the straight mark of the keyboard; the sign before a word is where it begins."""
    return " " * text.startswith(" ") + fold(text).replace("’", "'")


def _starts(words: list[str]) -> list[str]:
    return [f" {word}" for word in words]


@cache
def _read(file: Path) -> _List:
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    made = [OfficialProvince(r["code"], r["name"], r["kind"]) for r in rows if not r["province"]]
    names = {p.code: p.name for p in made}
    below = [
        OfficialCommune(r["code"], r["name"], r["kind"], r["province"], names[r["province"]])
        for r in rows
        if r["province"]
    ]
    below.sort(key=lambda c: (text_key(c.name), c.code))
    return _List(
        provinces=tuple(sorted(made, key=lambda p: text_key(p.name))),
        communes=tuple(below),
        by_code={c.code: c for c in below},
        searched=tuple((_plain(f" {c.code} {c.kind} {c.name} {c.province_name}"), c) for c in below),
    )
