"""Phrases for a section of a report: those of the library with their places filled, and the officer's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sochihoi.domain.errors import FieldProblem, NotFound
from sochihoi.domain.vietnamese import nfc_lines
from sochihoi.domain.wording import Words
from sochihoi.services.phrases import groups_for

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.services.reporting.build import Source

LONGEST: Final = 500  # letters of a phrase
MOST: Final = 200  # phrases of her own
_SETTING: Final = "report.phrases"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence ready to be put into a section. ``group``: what to call its part of a menu, ``None`` for ``own`` ones.

    ``id`` names one of the officer's own; empty for the library.
    """

    text: str
    group: Words | None = None
    id: str = ""

    @property
    def own(self) -> bool:
        """Whether the officer kept it herself; then it can be dropped."""
        return bool(self.id)


class PhraseBook:
    """What ``office.reports`` does with phrases."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def of(self, made_from: Source, section: str) -> tuple[Phrase, ...]:
        """The officer's own first, then the library in its order; a phrase with a place that is not known is left out.

        Raises ``NotFound`` for a section that the form does not have.
        """
        form = made_from.form
        form.section(section)
        found = [Phrase(one["text"], id=one["id"]) for one in self._own() if one["section"] in ("", section)]
        for group in groups_for(self._office.definitions.phrases, form.code, section, made_from.span.period.end):
            texts = (made_from.filler.text(text) for text in group.texts)
            found += [Phrase(text, group.name) for text in texts if text]
        return tuple(found)

    def keep(self, text: str, section: str = "") -> Phrase:
        """Keep a phrase of her own, for sections of that code or for all. One that is there already is not kept twice.

        Raises ``FieldProblem`` (``EMPTY``, ``TOO_LONG``, ``TOO_MANY``), ``NotAllowed``.
        """
        clean = " ".join(nfc_lines(text).split())
        if not clean:
            raise FieldProblem("phrase", "EMPTY")
        if len(clean) > LONGEST:
            raise FieldProblem("phrase", "TOO_LONG", str(len(clean)))
        with self._office.write("phrase.keep") as work:
            rows: list[dict[str, Any]] = list(work.settings.get(_SETTING) or [])
            for one in rows:
                if one["text"] == clean and one["section"] in ("", section):
                    return Phrase(clean, id=one["id"])
            if len(rows) >= MOST:
                raise FieldProblem("phrase", "TOO_MANY", str(MOST))
            made = {"id": self._office.new_id(), "section": section, "text": clean}
            work.settings.set(_SETTING, [*rows, made])
        return Phrase(clean, id=str(made["id"]))

    def drop(self, phrase_id: str) -> None:
        """Take one of her own away. Raises ``NotFound``, ``NotAllowed``."""
        with self._office.write("phrase.drop") as work:
            rows: list[dict[str, Any]] = list(work.settings.get(_SETTING) or [])
            left = [one for one in rows if one["id"] != phrase_id]
            if len(left) == len(rows):
                raise NotFound("phrase", phrase_id)
            work.settings.set(_SETTING, left)

    def _own(self) -> list[dict[str, Any]]:
        with self._office.read() as work:
            return list(work.settings.get(_SETTING) or [])
