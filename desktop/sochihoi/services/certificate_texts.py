"""What certificates and cards say: ``resources/reports/certificates.toml``, or the pack's file of that name."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import Formatter

from sochihoi import paths
from sochihoi.domain.errors import NotFound
from sochihoi.services.definition_tables import BadDefinition, Layers, Table, layers, read

FILE = "certificates.toml"
MODEL, MODEL_OUTSTANDING, HOUSEHOLD = "model", "model_outstanding", "household"

_KINDS = (MODEL, MODEL_OUTSTANDING, HOUSEHOLD)
_PLACES = {
    "decision": {"number", "day"},
    "decision_number": {"number"},
    "plaque": {"number"},
    "plaque_day": {"number", "day"},
    "code": {"code"},
    "branch": {"branch"},
    "number": {"number"},
    "joined": {"year"},
    "who": {"name"},
    "where": {"branch"},
    "what": {"campaign", "year"},
}


@dataclass(frozen=True, slots=True)
class CertificateTexts:
    """One entry. ``kinds``: for each of the three, the texts ``who``, ``where``, ``what``."""

    valid_from: date
    source: str
    colour: str
    heading: str
    decision: str
    decision_number: str
    book: str
    plaque: str
    plaque_day: str
    code: str
    kinds: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class CardTexts:
    """One entry."""

    valid_from: date
    source: str
    colour: str
    heading: str
    branch: str
    number: str
    joined: str


@dataclass(frozen=True, slots=True)
class Texts:
    """Everything in the file; the newest entry that has begun is in force."""

    certificates: tuple[CertificateTexts, ...]
    cards: tuple[CardTexts, ...]

    def certificate(self, day: date) -> CertificateTexts:
        """Raises ``NotFound`` for a day before all entries."""
        found = [one for one in self.certificates if one.valid_from <= day]
        if not found:
            raise NotFound("certificate", day.isoformat())
        return max(found, key=lambda one: one.valid_from)

    def card(self, day: date) -> CardTexts:
        """Raises ``NotFound`` for a day before all entries."""
        found = [one for one in self.cards if one.valid_from <= day]
        if not found:
            raise NotFound("card", day.isoformat())
        return max(found, key=lambda one: one.valid_from)


def load(pack: Layers = None) -> Texts:
    """The first pack's file that is there and whole, else the shipped one. Raises ``BadDefinition`` for the latter."""
    for one in layers(pack):
        with suppress(BadDefinition):  # ``definitions.in_force`` has it said; a paper is made nevertheless
            found = of_pack(one)
            if found is not None:
                return found
    return _texts(read(paths.resources() / "reports" / FILE))


def of_pack(pack: Path) -> Texts | None:
    """The pack's own file, if it has one. Raises ``BadDefinition``."""
    own = pack / "reports" / FILE
    return _texts(read(own)) if own.is_file() else None


def _texts(table: Table) -> Texts:
    made = Texts(
        tuple(_certificate(one) for one in table.tables("certificates")),
        tuple(_card(one) for one in table.tables("cards")),
    )
    table.close()
    return made


def _certificate(table: Table) -> CertificateTexts:
    kinds = {}
    for kind in _KINDS:
        inner = table.table(kind)
        kinds[kind] = {key: _text(inner, key) for key in ("who", "where", "what") if inner.has(key)}
        inner.close()
    made = CertificateTexts(
        table.day("valid_from"),
        table.text("source"),
        _colour(table),
        table.text("heading"),
        _text(table, "decision"),
        _text(table, "decision_number"),
        table.text("book", may_be_empty=True),
        _text(table, "plaque"),
        _text(table, "plaque_day"),
        _text(table, "code"),
        kinds,
    )
    table.close()
    return made


def _card(table: Table) -> CardTexts:
    made = CardTexts(
        table.day("valid_from"),
        table.text("source"),
        _colour(table),
        table.text("heading"),
        _text(table, "branch"),
        _text(table, "number"),
        _text(table, "joined"),
    )
    table.close()
    return made


def _text(table: Table, key: str) -> str:
    """A text whose places in braces are known. Raises ``BadDefinition``."""
    text = table.text(key)
    try:
        places = {name for _literal, name, _spec, _conversion in Formatter().parse(text) if name is not None}
    except ValueError as problem:
        raise table.bad(key, "value") from problem
    if not places <= _PLACES[key]:
        raise table.bad(key, "value")
    return text


def _colour(table: Table) -> str:
    """``#RRGGBB``."""
    text = table.text("colour")
    if len(text) != 7 or text[0] != "#" or any(sign not in "0123456789abcdefABCDEF" for sign in text[1:]):
        raise table.bad("colour", "value")
    return text
