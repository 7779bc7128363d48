"""Noting who looked at sensitive data, and the log of it for the chair."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sochihoi.domain.access import WATCHED, Access, Look
from sochihoi.domain.errors import NotAllowed

if TYPE_CHECKING:
    from sochihoi.services.office import Office

NEWEST = 2000  # rows that the log shows


class AccessService:
    """``office.privacy.access``. Every account may look, so every account's look is noted: the writing door of the
    office, which is shut for viewers, is not asked."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._seen: set[tuple[str, frozenset[str]]] = set()

    def viewed(self, person_id: str, fields: Iterable[str]) -> bool:
        """She saw these fields of a person unmasked. Noted once while the book is open; whether a row was made."""
        told = WATCHED.intersection(fields)
        if not told or (person_id, told) in self._seen:
            return False
        self._seen.add((person_id, told))
        self._note(Look.VIEWED, {"person_id": person_id, "fields": sorted(told)})
        return True

    def listed(self, title: str, count: int, fields: Iterable[str]) -> None:
        """She saw a list that tells these fields of everyone on it. Noted once while the book is open."""
        told = WATCHED.intersection(fields)
        if (title, told) not in self._seen:
            self._seen.add((title, told))
            self._note(Look.VIEWED, {"list": title, "count": count, "fields": sorted(told)})

    def printed(self, person_id: str) -> None:
        """Everything about one person was printed for her."""
        self._note(Look.PERSON, {"person_id": person_id, "fields": sorted(WATCHED), "form": "pdf"})

    def left(
        self, look: Look, count: int, form: str, *, title: str = "", which: str = "", fields: Iterable[str] = ()
    ) -> None:
        """A list left the program: so many lines, in which form, with which watched fields."""
        told: dict[str, object] = {"count": count, "form": form, "fields": sorted(WATCHED.intersection(fields))}
        self._note(look, told | {"list": title, "which": which})

    def log(self, limit: int = NEWEST) -> tuple[Access, ...]:
        """The newest rows, newest first. Raises ``NotAllowed``: it is the chair who watches."""
        from sochihoi.storage import access

        if not self._office.account.role.may_manage:
            raise NotAllowed(self._office.account.role.name, "access.log")
        with self._office.read() as work:
            return access.log(work, limit)

    def head(self) -> str:
        """The journal's number and the beginning of its hash, as every report prints it: what stands before it cannot
        be changed unseen."""
        from sochihoi.storage import journal

        with self._office.read() as work:
            return journal.fingerprint(work.connection)

    def _note(self, look: Look, told: dict[str, object]) -> None:
        from sochihoi.storage import access

        with self._office.store.write(look.value) as work:
            access.note(work, told)
