"""The official list of provinces and communes: Decision 19/2025/QĐ-TTg, in force since 1 July 2025.

Dated data files, read by ``unit_files``. One comes with the program; the folder ``units`` of the pack may hold newer
ones. The newest list that has begun is in force.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from sochihoi import paths
from sochihoi.domain.errors import NotFound
from sochihoi.domain.vietnamese import fold, text_key
from sochihoi.services.definition_tables import Layers, layers
from sochihoi.services.unit_files import BadUnitList, Listed, read

__all__ = ["CENTRE", "BadUnitList", "CentralLevel", "OfficialCommune", "OfficialProvince", "UnitList", "in_force"]


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


@dataclass(frozen=True)
class UnitList:
    """One dated list. ``provinces`` and ``communes`` stand in Vietnamese order of their names."""

    valid_from: date
    source: str
    file: str
    provinces: tuple[OfficialProvince, ...]
    communes: tuple[OfficialCommune, ...]
    _by_code: dict[str, OfficialCommune] = field(repr=False)
    _searched: tuple[tuple[str, OfficialCommune], ...] = field(repr=False)

    def of_province(self, code: str) -> tuple[OfficialCommune, ...]:
        """The communes of a province; an unknown one has none."""
        return tuple(c for c in self.communes if c.province_code == code)

    def commune(self, code: str) -> OfficialCommune:
        """One commune by its five-digit code. Raises ``NotFound`` (noun ``official_commune``)."""
        found = self._by_code.get(code.strip())
        if found is None:
            raise NotFound("official_commune", code)
        return found

    def unit_name(self, code: str) -> str:
        """``thành phố Cần Thơ`` of 92, ``xã Lộc Hưng`` of 25708, ``Việt Nam`` of the centre.

        Raises ``NotFound`` (noun ``official_unit``).
        """
        asked = code.strip()
        if asked == CENTRE.code:
            return CENTRE.full_name
        names = {one.code: one.full_name for one in self.provinces}
        if asked in names:
            return names[asked]
        if asked not in self._by_code:
            raise NotFound("official_unit", code)
        return self._by_code[asked].full_name

    def find(self, text: str, limit: int = 50) -> tuple[OfficialCommune, ...]:
        """Communes whose code begins with the text, or whose kind, name and province hold its words as beginnings.

        Accents do not matter; names that begin with the text come first. ``xa loc hung``, ``ninh kieu can tho``.
        """
        asked = _plain(text)
        words = [f" {word}" for word in asked.split()]
        if not words:
            return ()
        first: list[OfficialCommune] = []
        then: list[OfficialCommune] = []
        for line, found in self._searched:
            if all(word in line for word in words):
                (first if _plain(found.name).startswith(asked) else then).append(found)
        return tuple([*first, *then][:limit])


def in_force(pack: Layers, today: date) -> tuple[UnitList, tuple[BadUnitList, ...]]:
    """The list of a day, and what is wrong with lists of the pack that cannot be used: they are left out.

    ``pack``: folders that may hold ``units/*.csv``. Of two lists of one day the one of the first folder is taken.
    """
    folders = (*(one / "units" for one in layers(pack)), paths.resources() / "units")
    lists: list[Listed] = []
    broken: list[BadUnitList] = []
    for file in (one for folder in folders for one in sorted(folder.glob("*.csv"))):
        try:
            lists.append(_read(file, file.stat().st_mtime_ns))
        except BadUnitList as problem:
            broken.append(problem)
    begun = [one for one in lists if one.valid_from <= today]
    newest = max(begun, key=lambda one: one.valid_from, default=lists[-1])  # a clock before 2025: the shipped one
    return _made(newest), tuple(broken)


@cache
def _read(file: Path, _changed: int) -> Listed:
    return read(file)


@cache
def _made(listed: Listed) -> UnitList:
    """Sorted and ready to be searched: 3,321 communes take a tenth of a second, once."""
    provinces = [OfficialProvince(one.code, one.name, one.kind) for one in listed.rows if not one.province]
    names = {p.code: p.name for p in provinces}
    communes = [
        OfficialCommune(one.code, one.name, one.kind, one.province, names[one.province])
        for one in listed.rows
        if one.province
    ]
    communes.sort(key=lambda c: (text_key(c.name), c.code))
    return UnitList(
        listed.valid_from,
        listed.source,
        listed.file,
        tuple(sorted(provinces, key=lambda p: text_key(p.name))),
        tuple(communes),
        {c.code: c for c in communes},
        tuple((_plain(f" {c.code} {c.kind} {c.name} {c.province_name}"), c) for c in communes),
    )


def _plain(text: str) -> str:
    """``Ea H’leo`` is typed with the straight mark of the keyboard; the sign before a word is where it begins."""
    return " " * text.startswith(" ") + fold(text).replace("’", "'")
