"""The files of a pack: gathered from a folder, read with the loaders of the program, laid beside the book for them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sochihoi.domain.member_columns import Profile
from sochihoi.domain.packs import FOLDERS, NotForAPack, NothingInPack, PackLeavesOut, PackRewritesPast
from sochihoi.services import certificate_texts, definitions, unit_files
from sochihoi.services.definition_tables import BadDefinition
from sochihoi.services.profiles import read_profiles
from sochihoi.services.unit_trees import read_tree

if TYPE_CHECKING:
    from sochihoi.domain.unit_changes import UnitChange
    from sochihoi.services.certificate_texts import Texts
    from sochihoi.services.definitions import Definitions
    from sochihoi.services.unit_files import Listed

MAX_FILE = 256 * 1024  # of one text, bytes; a signed line holds no more
_PASSED_OVER = ("desktop.ini", "thumbs.db")
_BY_YEAR = ("criteria", "rubrics")
_DATED = {
    "criteria": "criteria_sets",
    "rubrics": "rubrics",
    "indicators": "indicator_sets",
    "forms": "forms",
    "phrases": "phrases",
    "unusual": "unusual",
}


@dataclass(frozen=True, slots=True)
class Contents:
    """What several folders say together, the first before the others, the program last. ``units`` and
    ``certificates``: of the first folder alone. ``profiles`` and ``tree``: of signed folders alone."""

    definitions: Definitions
    units: tuple[Listed, ...]
    certificates: Texts | None
    tree: tuple[UnitChange, ...]
    profiles: Mapping[str, Profile]


def gathered(folder: Path) -> dict[str, str]:
    """``targets/2026.toml`` to its text, in Unicode NFC with plain line ends.

    Raises ``NothingInPack``, ``NotForAPack`` for a file that no pack holds, ``CannotRead``, ``BadDefinition``.
    """
    from sochihoi.storage.files import read_bytes

    found: dict[str, str] = {}
    for file in sorted(folder.rglob("*")):
        if file.is_dir() or file.name.startswith(".") or file.name.casefold() in _PASSED_OVER:
            continue
        place = file.relative_to(folder).as_posix()
        if not _may_be(place):
            raise NotForAPack(place)
        try:
            text = read_bytes(file).decode("utf-8-sig")
        except UnicodeDecodeError as problem:
            raise BadDefinition(file.name, "", "unreadable") from problem
        text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
        if not 0 < len(text.encode()) <= MAX_FILE or any(_hidden(letter) for letter in text):
            raise BadDefinition(file.name, "", "unreadable")
        found[place] = text
    if not found:
        raise NothingInPack(str(folder))
    return found


def _may_be(place: str) -> bool:
    kind, _stroke, name = place.partition("/")
    ending = FOLDERS.get(kind, "/")
    plain = name.isascii() and all(sign.isalnum() or sign in "_.-" for sign in name) and len(name) <= 80
    if kind == "reports" and name != certificate_texts.FILE:
        return False
    return name.endswith(ending) and plain


def _hidden(letter: str) -> bool:
    return letter not in "\n\t" and unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


def lay(files: Mapping[str, str], folder: Path) -> Path:
    """Put the files of a signed pack into a folder, exactly; whatever else was in it goes. Raises storage errors."""
    from sochihoi.storage.files import told, write_whole

    with told(folder):
        for old in sorted(folder.rglob("*"), reverse=True):
            if old.is_file() and old.relative_to(folder).as_posix() not in files:
                old.unlink()
        for place, text in files.items():
            target, content = folder / place, text.encode()
            if target.is_file() and target.read_bytes() == content:
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            write_whole(target, content, overwrite=True)
    return folder


def read(signed: Sequence[Path], hand_made: Sequence[Path] = ()) -> Contents:
    """Everything, read with the loaders of the program.

    Raises ``BadDefinition`` or ``BadUnitList`` with file and place.
    """
    first = signed[0] if signed else None
    return Contents(
        definitions.load((*signed, *hand_made)),
        tuple(unit_files.read(file) for file in sorted((first / "units").glob("*.csv"))) if first else (),
        certificate_texts.of_pack(first) if first else None,
        tuple(one for folder in signed for one in read_tree(folder)),
        read_profiles(signed),
    )


def read_kindly(signed: Sequence[Path], hand_made: Sequence[Path]) -> Contents:
    """The same, without what was laid by hand where that cannot be used. Raises for signed folders alone."""
    try:
        return read(signed, hand_made)
    except BadDefinition:
        return read(signed)


def check_history(new: Contents, before: Contents, folder: Path, effective: date) -> None:
    """Nothing that is dated becomes other than it was on days before the pack, and nothing of it is lost: closed
    months, and records that name a set, rest on it. It may end, and something new may begin.

    Raises ``PackRewritesPast``, ``PackLeavesOut``.
    """
    for kind, field in _DATED.items():
        old = {_key(one): one for one in getattr(before.definitions, field)}
        now = {_key(one): one for one in getattr(new.definitions, field)}
        for key, one in old.items():
            if key not in now and _first_day(kind, one) < effective:
                raise PackLeavesOut(kind, one.code)
        for key, one in now.items():
            known = old.get(key)
            if _first_day(kind, one) >= effective and (known is None or _first_day(kind, known) >= effective):
                continue
            if known is None or not _only_ends(known, one, effective):
                raise PackRewritesPast(_file_of(folder / kind, one.code), one.code, effective)
    told, telling = ({one.id: one for one in part.tree} for part in (before, new))
    for name, change in telling.items():
        if name not in told and change.effective < effective:
            raise PackRewritesPast("tree", " ".join(change.from_units), effective)
    for name, change in told.items():
        if name not in telling and change.effective < effective:
            raise PackLeavesOut("tree", " ".join(change.from_units))


def _key(one: Any) -> tuple[str, str, date]:
    return one.code, one.version, one.valid_from


def _first_day(kind: str, one: Any) -> date:
    """Sets of criteria and score sheets are of whole years."""
    begins: date = one.valid_from
    return begins.replace(month=1, day=1) if kind in _BY_YEAR else begins


def _only_ends(known: Any, one: Any, effective: date) -> bool:
    """Whether nothing else is new than its last day, and that is not before the pack."""
    if known == one:
        return True
    last = effective - timedelta(days=1)
    return bool(
        replace(known, valid_to=None) == replace(one, valid_to=None)
        and (one.valid_to is None or one.valid_to >= last)
        and (known.valid_to is None or known.valid_to >= last)
    )


def _file_of(folder: Path, code: str) -> str:
    """The file that says a code, for the sentence."""
    for file in sorted(folder.glob("*.toml")):
        if f'"{code}"' in file.read_text(encoding="utf-8"):
            return f"{folder.name}/{file.name}"
    return folder.name
