"""A key through its life: asked for, approved by two persons, active, revoked; and the digits that prove it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from sochihoi.domain.errors import UserError

GROUPS, GROUP = 12, 5
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015.,;:_/|]+")
_SCANNED = re.compile(r"\s*HPNKEY;[^;\s]{1,32};", re.IGNORECASE)


class KeyState(Enum):
    """Only files of an ``ACTIVE`` key are taken; of a ``REVOKED`` one those up to its last trusted place."""

    REQUESTED = 1
    APPROVED_ONCE = 2
    ACTIVE = 3
    REVOKED = 4


class Compared(Enum):
    """What a comparison of digits found."""

    NOTHING = 1  # nothing was typed yet
    SO_FAR = 2  # what was typed agrees, and is not all
    DIFFERS = 3
    STRANGE = 4  # something other than digits stands there
    TOO_MANY = 5
    AGREES = 6


@dataclass(frozen=True, slots=True)
class Comparison:
    """``groups``: what was typed, in groups; ``wrong``: the numbers (from 1) of the groups that differ."""

    found: Compared
    groups: tuple[str, ...] = ()
    wrong: tuple[int, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether all twelve groups are there and the same."""
        return self.found is Compared.AGREES


def compare_digits(typed: str, digits: Sequence[str]) -> Comparison:
    """What somebody typed from a paper, or a scanner read from its code, against the 12 groups of a key.

    Blanks, dashes, dots and new lines between digits do not matter; the text of the paper's square code is taken, too.
    Where the groups were typed apart they are compared one by one, so that a digit that was left out shows in its own
    group and not in all behind it.
    """
    text = _SCANNED.sub("", typed, count=1)
    parts = [part for part in _BETWEEN.split(text) if part]
    if not parts:
        return Comparison(Compared.NOTHING)
    joined = "".join(parts)
    if not (joined.isascii() and joined.isdigit()):
        return Comparison(Compared.STRANGE, tuple(parts))
    apart = all(len(part) == GROUP for part in parts[:-1]) or len(parts) == GROUPS
    groups = tuple(parts) if apart and len(parts) > 1 else _chunks(joined)
    if len(joined) > GROUPS * GROUP or len(groups) > GROUPS:
        return Comparison(Compared.TOO_MANY, groups)
    last = len(groups)
    wrong = tuple(
        at
        for at, (group, right) in enumerate(zip(groups, digits, strict=False), start=1)
        if group != right and not (at == last and right.startswith(group))
    )
    if wrong:
        return Comparison(Compared.DIFFERS, groups, wrong)
    return Comparison(Compared.AGREES if joined == "".join(digits) else Compared.SO_FAR, groups)


def _chunks(digits: str) -> tuple[str, ...]:
    return tuple(digits[at : at + GROUP] for at in range(0, len(digits), GROUP))


@dataclass(eq=False)
class DigitsDiffer(UserError):
    """The digits on the paper are not those of the key file. ``wrong``: numbers of groups; ``found``: what was met."""

    name: str
    found: Compared
    wrong: tuple[int, ...] = ()


@dataclass(eq=False)
class SecondPersonNeeded(UserError):
    """The one who approved a key first cannot approve it a second time. ``account``: her name."""

    name: str
    account: str


@dataclass(eq=False)
class BadScope(UserError):
    """What the codes of further units begin with is no beginning of a code, the key signs for its own unit alone, or
    it was approved with another beginning, ``standing``: two persons approve the same."""

    name: str
    scope: str
    own_alone: bool = False
    standing: str | None = None


@dataclass(eq=False)
class KeyWasRevoked(UserError):
    """A key that was revoked is offered again: it never counts again."""

    name: str


@dataclass(eq=False)
class NoSuchKey(UserError):
    """No key of this unit stands in the register."""

    unit: str


@dataclass(eq=False)
class RegisterRefused(UserError):
    """A register that is proven and yet not taken. ``why``: ``older``, ``chain``, ``signer``, ``above``."""

    why: str
    number: int = 0
    here: int = 0


@dataclass(eq=False)
class KeysElsewhere(UserError):
    """The keys of the unit were renewed on another PC, and the ones here no longer count. ``by``: who did it."""

    by: str
    on: date


@dataclass(eq=False)
class KeysDoNotFit(UserError):
    """The file does not hold the keys of this unit that count. ``file``: its name."""

    file: str


@dataclass(eq=False)
class RecoveryMade(UserError):
    """The key for the safe was made already; another one is made only when somebody says so."""


@dataclass(eq=False)
class NoRegister(UserError):
    """There is no register here yet."""
