"""Whether two entries may be one woman, and which facts say so. Nothing here decides: an officer does.

For lists that come in: ``compare(one: Traits, other: Traits, renamed={}) -> Verdict | None`` and, for many at once,
``Index(traits, renamed).like(one: Traits) -> tuple[tuple[str, Verdict], ...]`` (keys of those known, the likeliest
first). ``Verdict.why`` and ``Verdict.against`` are codes, put into words by ``ui.words.likeness.why``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from sochihoi.domain.partial_dates import PartialDate, Precision
from sochihoi.domain.people import phones_in
from sochihoi.domain.vietnamese import fold, match_key, nfc, nfc_lines


class Why(StrEnum):
    """A fact that two entries share; the last three speak against."""

    SAME_ID = "SAME_ID"
    SAME_OLD_ID = "SAME_OLD_ID"
    SAME_NAME = "SAME_NAME"
    NAME_WITHOUT_MARKS = "NAME_WITHOUT_MARKS"
    NAME_OTHER_MARKS = "NAME_OTHER_MARKS"
    NAME_SHORTER = "NAME_SHORTER"
    SAME_BIRTH = "SAME_BIRTH"
    SAME_BIRTH_MONTH = "SAME_BIRTH_MONTH"
    SAME_BIRTH_YEAR = "SAME_BIRTH_YEAR"
    SAME_PHONE = "SAME_PHONE"
    SAME_HOUSEHOLD = "SAME_HOUSEHOLD"
    SAME_ADDRESS = "SAME_ADDRESS"
    SAME_HAMLET = "SAME_HAMLET"
    OTHER_NAME = "OTHER_NAME"
    OTHER_BIRTH = "OTHER_BIRTH"
    BIRTH_UNKNOWN = "BIRTH_UNKNOWN"


class Strength(IntEnum):
    """How much speaks for one woman; the higher the more."""

    POSSIBLE = 1
    LIKELY = 2
    SURE = 3


@dataclass(frozen=True, slots=True)
class Traits:
    """What tells a woman apart, of an entry or of a row of a list. ``key`` is whatever the caller knows her by."""

    key: str
    full_name: str
    birth: PartialDate | None = None
    national_id: str = ""
    old_id: str = ""
    phone: str = ""
    address: str = ""
    hamlet: str = ""
    household_id: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """They may be one woman: how strongly, and why. ``against`` is what does not fit, where anything does not."""

    strength: Strength
    why: tuple[Why, ...]
    against: tuple[Why, ...] = ()

    @property
    def weighs(self) -> bool:
        """Whether an officer should look before both are kept: likely, or much in common though nothing of it weighs
        much. A name and a year alone do not: many women share them."""
        return self.strength >= Strength.LIKELY or len(self.why) >= _MUCH


@dataclass(frozen=True, slots=True)
class _Read:
    """Traits made ready for comparing, once for each."""

    traits: Traits
    name: str
    plain: str
    ends: tuple[str, str]
    middle: frozenset[str]
    marked: bool
    numbers: frozenset[str]
    phones: frozenset[str]
    street: str
    hamlet: str


def compare(one: Traits, other: Traits, renamed: Mapping[str, str] | None = None) -> Verdict | None:
    """What the two share, or ``None`` when nothing suggests one woman.

    Two different twelve-digit numbers are two women. A number in common is enough by itself; else the name must be the
    same, however its tones are typed, and the birth must not contradict. ``renamed``: old place names to new ones.
    """
    places = _folded_places(renamed)
    return _compare(_read(one, places), _read(other, places))


class Index:
    """Many entries, asked about one by one or among themselves without comparing all with all."""

    def __init__(self, known: Iterable[Traits], renamed: Mapping[str, str] | None = None) -> None:
        self._places = _folded_places(renamed)
        self._blocks: dict[tuple[str, ...], list[_Read]] = {}
        for traits in known:
            self.add(traits)

    def add(self, traits: Traits) -> None:
        """One more, so that a list is compared with its own rows too."""
        read = _read(traits, self._places)
        for block in _blocks(read):
            self._blocks.setdefault(block, []).append(read)

    def like(self, one: Traits) -> tuple[tuple[str, Verdict], ...]:
        """Keys of those who may be the same woman, the likeliest first. An entry of the same key is herself."""
        read = _read(one, self._places)
        found: dict[str, Verdict] = {}
        for block in _blocks(read):
            for other in self._blocks.get(block, ()):
                key = other.traits.key
                if key == one.key or key in found:
                    continue
                verdict = _compare(read, other)
                if verdict is not None:
                    found[key] = verdict
        return tuple(sorted(found.items(), key=lambda told: _rank(told[1])))

    def pairs(self) -> Iterator[tuple[str, str, Verdict]]:
        """Every two entries that may be one woman, each pair once, in no order."""
        seen: set[tuple[str, str]] = set()
        for block in self._blocks.values():
            for place, one in enumerate(block):
                for other in block[place + 1 :]:
                    pair = pair_of(one.traits.key, other.traits.key)
                    if pair in seen or pair[0] == pair[1]:
                        continue
                    verdict = _compare(one, other)
                    if verdict is not None:
                        seen.add(pair)
                        yield one.traits.key, other.traits.key, verdict


def pair_of(one: str, other: str) -> tuple[str, str]:
    """Two keys in one order, so that a pair is a pair whoever was named first."""
    return (one, other) if one <= other else (other, one)


def same_place(one: str, other: str, renamed: Mapping[str, str] | None = None) -> bool:
    """Whether two addresses tell one house: without commune, district and province, which were renamed or are gone."""
    places = _folded_places(renamed)
    told = _street(one, places)
    return bool(told) and told == _street(other, places)


# ---------------------------------------------------------------------------- inside


def _compare(one: _Read, other: _Read) -> Verdict | None:
    a, b = one.traits, other.traits
    two_numbers = len(a.national_id) == len(b.national_id) == 12
    if two_numbers and a.national_id != b.national_id:
        return None
    number = _number(one, other)
    name = _name(one, other)
    birth = _birth(a.birth, b.birth)
    beside = _beside(one, other)
    why = tuple(w for w in (number, name, birth) if w is not None and w not in _AGAINST) + beside
    against = tuple(
        w for w in (Why.OTHER_NAME if name is None else None, birth) if w in _AGAINST and w is not Why.BIRTH_UNKNOWN
    )
    if number is not None:
        sure = name is not None and birth is not Why.OTHER_BIRTH
        return Verdict(Strength.SURE if sure else Strength.LIKELY, why, against)
    strength = _by_name(name, birth, beside)
    if strength is None:
        return None
    return Verdict(strength, why, (*against, *((birth,) if birth is Why.BIRTH_UNKNOWN else ())))


def _by_name(name: Why | None, birth: Why, beside: tuple[Why, ...]) -> Strength | None:
    """How much a name says without a number. What lies beside a name is a house or a telephone; a hamlet is less."""
    close = any(w is not Why.SAME_HAMLET for w in beside)
    if name is None:
        return None
    if birth is Why.OTHER_BIRTH:  # a slip of the pen in one of the lists, when all else is the same
        return Strength.POSSIBLE if name is Why.SAME_NAME and close else None
    if name is Why.SAME_NAME:
        if birth is Why.BIRTH_UNKNOWN:
            return Strength.LIKELY if close else Strength.POSSIBLE if beside else None
        return Strength.LIKELY if birth is Why.SAME_BIRTH or beside else Strength.POSSIBLE
    if name is Why.NAME_WITHOUT_MARKS:
        if birth is Why.BIRTH_UNKNOWN:
            return Strength.POSSIBLE if close else None
        return Strength.LIKELY if birth is Why.SAME_BIRTH and close else Strength.POSSIBLE
    known_day = birth is Why.SAME_BIRTH
    return Strength.POSSIBLE if known_day and (close or name is Why.NAME_SHORTER) else None


_MUCH = 3  # facts in common that make somebody worth looking at
_NUMBERS = frozenset({Why.SAME_ID, Why.SAME_OLD_ID})
_AGAINST = frozenset({Why.OTHER_NAME, Why.OTHER_BIRTH, Why.BIRTH_UNKNOWN})


def _rank(verdict: Verdict) -> tuple[bool, int, int, int]:
    numbered = bool(_NUMBERS & {*verdict.why})
    return not numbered, -verdict.strength, len(verdict.against), -len(verdict.why)


def _number(one: _Read, other: _Read) -> Why | None:
    if one.traits.national_id and one.traits.national_id == other.traits.national_id:
        return Why.SAME_ID if len(one.traits.national_id) != 9 else Why.SAME_OLD_ID
    return Why.SAME_OLD_ID if one.numbers & other.numbers else None


def _name(one: _Read, other: _Read) -> Why | None:
    if one.name == other.name:
        return Why.SAME_NAME
    if one.plain == other.plain:
        return Why.NAME_OTHER_MARKS if one.marked and other.marked else Why.NAME_WITHOUT_MARKS
    if one.ends == other.ends and (one.middle < other.middle or other.middle < one.middle):
        return Why.NAME_SHORTER
    return None


def _birth(one: PartialDate | None, other: PartialDate | None) -> Why:
    if one is None or other is None:
        return Why.BIRTH_UNKNOWN
    if not (str(one).startswith(str(other)) or str(other).startswith(str(one))):
        return Why.OTHER_BIRTH
    known = {one.precision, other.precision}
    if known == {Precision.DAY}:
        return Why.SAME_BIRTH
    return Why.SAME_BIRTH_YEAR if Precision.YEAR in known else Why.SAME_BIRTH_MONTH


def _beside(one: _Read, other: _Read) -> tuple[Why, ...]:
    household = one.traits.household_id is not None and one.traits.household_id == other.traits.household_id
    shared = {
        Why.SAME_PHONE: bool(one.phones & other.phones),
        Why.SAME_HOUSEHOLD: household,
        Why.SAME_ADDRESS: bool(one.street) and one.street == other.street and _house(one, other),
    }
    told = tuple(w for w, holds in shared.items() if holds)
    hamlet = bool(one.hamlet) and one.hamlet == other.hamlet
    return (*told, Why.SAME_HAMLET) if hamlet and Why.SAME_ADDRESS not in told else told


def _house(one: _Read, other: _Read) -> bool:
    """Whether the address is a house: a hamlet alone is where hundreds live."""
    return one.street not in (one.hamlet, other.hamlet) and any(sign.isdigit() for sign in one.street)


def _read(traits: Traits, places: Mapping[str, str]) -> _Read:
    words = nfc(traits.full_name).split()
    plain = [_plain(word) for word in words]
    numbers = {n for n in (traits.old_id, traits.national_id) if len(n) == 9}
    hamlet = _street(traits.hamlet, places)
    return _Read(
        traits,
        " ".join(_Y.sub("i", word) for word in match_key(traits.full_name).split()),
        " ".join(plain),
        (plain[0], plain[-1]) if plain else ("", ""),
        frozenset(plain[1:-1]),
        any(fold(word) != word.lower() for word in words),
        frozenset(numbers),
        frozenset(n for n in phones_in(traits.phone) if n),
        _street(traits.address, places),
        hamlet or _hamlet_in(traits.address, places),
    )


def _blocks(read: _Read) -> Iterator[tuple[str, ...]]:
    """Where her equals can be found: by numbers, by plain name, by family and given name with the day of birth."""
    for number in {*read.numbers, read.traits.national_id} - {""}:
        yield "number", number
    yield "name", read.plain
    if read.traits.birth is not None and read.traits.birth.precision is Precision.DAY:
        yield "day", *read.ends, str(read.traits.birth)


def _plain(word: str) -> str:
    """Without marks; y and i are one letter after a consonant (Lý, Lí)."""
    return _Y.sub("i", fold(word))


_Y = re.compile(r"(?<=[bcdđghklmnpqrstvx])y(?=[1-5]*$)")
_GONE = re.compile(r"^(xa|phuong|thi tran|thi xa|huyen|quan|thanh pho|tinh|dac khu|tp|tx|tt|x|p|h|q|t)\b\.?\s*(?=\S)")
_WORDS = re.compile(r"^((so nha|nha so|so|nha|duong|pho)\s+)+")
_KIND = r"(ap|thon|xom|ban|buon|lang|khom|khu pho|to dan pho|tdp|kp|khu vuc|kv|khoi|to)\b"
_HAMLET = re.compile(_KIND)
_HOUSE_BEFORE = re.compile(rf"(^|, )(\d\S*) (?={_KIND})")
_SHORT = {"tdp": "to dan pho", "kp": "khu pho", "kv": "khu vuc"}


def _parts(text: str, places: Mapping[str, str]) -> list[str]:
    """The parts of an address from the house up to the hamlet, folded; what is above a hamlet was renamed or is gone,
    with or without its kind before it."""
    kept: list[str] = []
    parts = re.split(r"[,;\n]|\s[-–]\s", ",".join(nfc_lines(text).split("\n")))
    for part in re.split(",", ",".join(_HOUSE_BEFORE.sub(r"\1\2,", _bare(part)) for part in parts)):
        words = part.strip()
        words = places.get(words, words)
        if not words:
            continue
        if _GONE.match(words):
            break
        for short, long in _SHORT.items():
            words = re.sub(rf"^{short}\b", long, words)
        kept.append(words)
        if _HAMLET.match(words) and not words.startswith("to "):
            break
    return kept


def _bare(part: str) -> str:
    return _WORDS.sub("", " ".join(fold(part.replace(".", " ")).split()))


def _street(text: str, places: Mapping[str, str]) -> str:
    return ", ".join(_parts(text, places))


def _hamlet_in(text: str, places: Mapping[str, str]) -> str:
    return next((part for part in reversed(_parts(text, places)) if _HAMLET.match(part)), "")


def _folded_places(renamed: Mapping[str, str] | None) -> dict[str, str]:
    """Old names to the newest, however long the chain."""
    told = {fold(old): fold(new) for old, new in (renamed or {}).items()}

    def newest(name: str) -> str:
        seen = {name}
        while name in told and told[name] not in seen:
            name = told[name]
            seen.add(name)
        return name

    return {old: newest(old) for old in told}
