"""What was typed is never lost: each field goes into the encrypted book when it is left, and comes back on
request.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from sochihoi.domain.errors import UserError
from sochihoi.i18n import _
from sochihoi.ui.shared.context import Context, Kind

if TYPE_CHECKING:
    from sochihoi.ui.shared.forms import Form


class DraftKeeper(QObject):
    """Keeps the draft of one form. ``offer()`` when the form opens; ``done()`` when its values were saved for
    good.
    """

    restored = Signal()

    def __init__(self, context: Context, form_key: str, form: Form) -> None:
        super().__init__(form)
        self._context, self._key, self._form = context, form_key, form
        self._drafts = context.office.drafts
        form.left.connect(lambda _name: self.save())

    def save(self) -> None:
        """Write what stands in the fields. A full disk or a lock is said in the message bar; typing goes on."""
        values = {name: field.draft() for name, field in self._form.fields.items()}
        try:
            self._drafts.save(self._key, values)
        except (UserError, OSError) as problem:
            self._context.shell.show_error(problem)
        else:
            self._context.shell.saved_at(self._context.office.now)

    def kept(self) -> Mapping[str, Any] | None:
        """The draft of last time, if it says anything else than the form does now."""
        loaded = self._drafts.load(self._key)
        if loaded is None:
            return None
        found, _saved_at = loaded
        now = {name: field.draft() for name, field in self._form.fields.items()}
        return found if any(found.get(name) not in (value, None, "") for name, value in now.items()) else None

    def offer(self, say: Callable[[str, list[tuple[str, Callable[[], None]]]], None] | None = None) -> bool:
        """Offer what was typed last time: "Khôi phục" / "Bỏ". ``say`` shows it elsewhere than in the shell's message
        bar.
        """
        found = self.kept()
        if found is None:
            return False
        text = _("There is something typed last time and not saved. Restore it, or leave it out.")
        actions = [(_("Restore"), lambda: self._restore(found)), (_("Leave out"), self._discard)]
        if say is not None:
            say(text, actions)
        else:
            self._context.shell.message(Kind.INFO, text, actions)
        return True

    def _restore(self, found: Mapping[str, Any]) -> None:
        for name, value in found.items():
            if name in self._form.fields:
                self._form.fields[name].restore(value)
        self._context.shell.clear_message()
        self.restored.emit()

    def _discard(self) -> None:
        self.done()
        self._context.shell.clear_message()

    def done(self) -> None:
        """Forget the draft: the form was saved, or its changes were dropped on purpose."""
        self._drafts.discard(self._key)
