"""Packs of definitions from the level above: which one follows which, what a pack may change, what is told of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from sochihoi.domain.errors import UserError
from sochihoi.domain.wording import Words

FOLDERS: Mapping[str, str] = {
    "units": ".csv",
    "terms": ".toml",
    "criteria": ".toml",
    "rubrics": ".toml",
    "targets": ".toml",
    "indicators": ".toml",
    "reports": ".toml",
    "forms": ".toml",
    "phrases": ".toml",
    "consent": ".toml",
    "holidays": ".toml",
    "tree": ".toml",
    "profiles": ".toml",
    "unusual": ".toml",
}
"""What a pack may hold: folder and ending."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack that was made or applied here, without its files.

    ``number`` counts from 1 for each signer; ``sha256``: its manifest hash. It is in force from ``effective`` on.
    ``expires`` only warns. ``own``: made here, for the units below.
    """

    id: str
    unit: str
    code: str
    number: int
    sha256: str
    effective: date
    expires: date | None
    files: tuple[str, ...]
    kept_on: date | None
    own: bool
    file_name: str = ""

    def has_expired(self, today: date) -> bool:
        """Whether the day is past on which the level above wanted a newer one to be here."""
        return self.expires is not None and today > self.expires


def newest_begun(packs: Iterable[Pack], today: date) -> Pack | None:
    """Of several of one signer the one that is in force: the newest whose day has come."""
    return max((one for one in packs if one.effective <= today), key=lambda one: one.number, default=None)


class Changed(Enum):
    """What a pack changes."""

    TARGET_NEW = 1
    TARGET = 2
    TARGET_GONE = 3
    CRITERIA_NEW = 4
    CRITERIA = 5
    RUBRIC_NEW = 6
    RUBRIC = 7
    INDICATORS_NEW = 8
    INDICATORS = 9
    FORM_NEW = 10
    FORM = 11
    TERM_NEW = 12
    TERM = 13
    PHRASES = 14
    CERTIFICATES = 15
    CONSENT = 16
    HOLIDAYS = 17
    UNITS = 18
    TREE = 19
    ASKED = 20
    NO_LONGER_ASKED = 21
    UNUSUAL_NEW = 22
    UNUSUAL = 23


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that becomes another. ``title``: how it is called; ``facts``: what the sentence needs, see
    ``services/pack_changes.py``; ``here``: this unit is named in it.
    """

    what: Changed
    title: Words
    code: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    here: bool = False


@dataclass(eq=False)
class NotAPack(UserError):
    """A pack was expected; the file is a whole file of another kind."""


@dataclass(eq=False)
class PackOlder(UserError):
    """A pack with this number or a newer one is applied already: an older one never comes back."""

    number: int
    applied: int


@dataclass(eq=False)
class PackForked(UserError):
    """Two different packs bear one number, or one does not follow the one that is applied."""

    number: int


@dataclass(eq=False)
class PackOfAnother(UserError):
    """The same signer begins another line of packs beside the one that is applied."""

    code: str
    applied: str


@dataclass(eq=False)
class NothingInPack(UserError):
    """The folder holds no file that a pack may hold."""

    folder: str


@dataclass(eq=False)
class NotForAPack(UserError):
    """A file lies in the folder that no pack holds, or under a name that no pack gives."""

    file: str


@dataclass(eq=False)
class PackRewritesPast(UserError):
    """A dated definition would be other than it was on days before the pack begins. ``file``: its place."""

    file: str
    code: str
    effective: date


@dataclass(eq=False)
class PackLeavesOut(UserError):
    """A dated definition of the pack before is not in this one: records of that time need it."""

    file: str
    code: str


@dataclass(eq=False)
class PackDays(UserError):
    """The pack would expire before it begins."""

    effective: date
    expires: date


def follows(pack: Pack, prev: str | None, line: Sequence[Pack]) -> int:
    """How many numbers were skipped between a pack and the newest of ``line`` (newest first).

    Raises ``PackOfAnother``, ``PackForked``, ``PackOlder``.
    """
    if not line:
        return pack.number - 1
    last = line[0]
    if pack.code != last.code:
        raise PackOfAnother(pack.code, last.code)
    if pack.number <= last.number:
        if any(one.number == pack.number and one.sha256 != pack.sha256 for one in line):
            raise PackForked(pack.number)
        raise PackOlder(pack.number, last.number)
    if pack.number == last.number + 1 and prev != last.sha256:
        raise PackForked(pack.number)
    return pack.number - last.number - 1
