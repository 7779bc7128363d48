"""The register of consent: rows in and out."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select

from sochihoi.domain.consent import Consent
from sochihoi.storage.mapping import from_rows, to_row
from sochihoi.storage.schema import consent
from sochihoi.storage.work import Work


class Consents:
    """Every yes and when it was taken back."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def add(self, new: Sequence[Consent]) -> None:
        """New entries."""
        self._work.insert(consent, [to_row(one) for one in new])

    def save(self, changed: Sequence[Consent]) -> None:
        """Changed entries. Raises ``NotFound``."""
        self._work.update(consent, {c.id: {k: v for k, v in to_row(c).items() if k != "id"} for c in changed})

    def all(self) -> tuple[Consent, ...]:
        """Of everyone."""
        return from_rows(Consent, self._work.rows(select(consent).where(consent.c.deleted_on.is_(None))))

    def of(self, person_ids: Collection[str]) -> tuple[Consent, ...]:
        """Of some, in order of their days."""
        if len(person_ids) > 1:
            wanted = set(person_ids)
            found = tuple(one for one in self.all() if one.person_id in wanted)
        else:
            query = select(consent).where(consent.c.person_id.in_(person_ids), consent.c.deleted_on.is_(None))
            found = from_rows(Consent, self._work.rows(query))
        return tuple(sorted(found, key=lambda one: (str(one.given_on), one.id)))
