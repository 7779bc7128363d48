"""The draft journal of forms: what was typed and not yet saved survives a closed window and a power cut."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sochihoi.services.office import Office


class Drafts:
    """One draft a form: its fields as texts."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def save(self, form_key: str, content: dict[str, Any]) -> None:
        """Keep what stands in the form now."""
        from sochihoi.storage.schema import draft

        store = self._office.store
        row = {"id": form_key, "content": content, "saved_at": f"{store.now():%Y-%m-%dT%H:%M:%SZ}"}
        with store.write("draft.save") as work:
            # not a record of the commune yet: outside the journal
            work.connection.execute(draft.delete().where(draft.c.id == form_key))
            work.connection.execute(draft.insert(), row)

    def load(self, form_key: str) -> tuple[dict[str, Any], str] | None:
        """The fields and when they were kept (UTC text), or ``None``."""
        from sochihoi.storage.schema import draft

        with self._office.store.read() as work:
            found = work.find(draft, form_key)
        return None if found is None else (dict(found["content"]), found["saved_at"])

    def discard(self, form_key: str) -> None:
        """The form was saved or given up."""
        from sochihoi.storage.schema import draft

        with self._office.store.write("draft.discard") as work:
            work.connection.execute(draft.delete().where(draft.c.id == form_key))
