"""Dialogs of the register of keys: the digits of one, revoking one, the key for the safe."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from sochihoi.domain.errors import UserError
from sochihoi.domain.keys import KeyState
from sochihoi.i18n import _
from sochihoi.services import registering
from sochihoi.services.register_view import Line
from sochihoi.ui import words
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import WIDE, Dialog, choose_folder
from sochihoi.ui.shared.forms import Form, LongTextField, TextField
from sochihoi.ui.shared.panel import Facts
from sochihoi.ui.shared.typed_digits import Digits
from sochihoi.ui.words.keys import role_words, state_words
from sochihoi.ui.words.sync import level_words

if TYPE_CHECKING:
    from sochihoi.services.renewing import SafeKey

_PLACE = re.compile(r"\s*(?:([1-9]\d{0,5})\s*/\s*)?(0|[1-9]\d{0,8})\s*", re.ASCII)


class KeyDialog(Dialog):
    """One key: whose, where it stands, its digits."""

    def __init__(self, parent: QWidget | None, line: Line) -> None:
        super().__init__(parent, _("Key of {name}").format(name=line.name), width=WIDE)
        facts = Facts()
        rows = [
            (_("Code"), line.unit),
            (_("Level of the Union"), level_words(line.level)),
            (_("Whose key"), role_words(line.role)),
            (_("State"), state_words(line.state)),
        ]
        if line.scope:
            rows.append((_("Signs also for"), line.scope))
        if line.why:
            rows.append((_("Why"), line.why))
        facts.set_facts(rows)
        self.body.addWidget(facts)
        digits = Digits()
        digits.show_groups(line.digits.split())
        self.body.addWidget(digits)
        self.add_button(_("Close"), self.accept, default=True).setFocus()


class RevokeDialog(Dialog):
    """From which file on a key counts no longer, and why."""

    def __init__(self, context: Context, parent: QWidget | None, line: Line) -> None:
        waits = line.waits
        title = _("Take the key of {name} off the list?") if waits else _("Revoke the key of {name}?")
        super().__init__(parent, title.format(name=line.name))
        self._context, self._line = context, line
        told = (
            _("It was never approved. The unit can hand its key file in again.")
            if waits
            else _("Files of this key beyond the last trusted one are refused, and a revoked key never counts again.")
        )
        self.body.addWidget(label(told, wrap=True))
        self.form = Form()
        if not waits:
            hint = _("Epoch/number, such as 1/7. Empty: the newest file that was taken in.")
            self.last = self.form.add(TextField("last", _("Last file that can be trusted"), hint=hint))
            self.why = self.form.add(LongTextField("why", _("Why"), required=True, lines=2))
            if line.last is not None:
                self.last.set_value("{}/{}".format(*line.last))
            if line.state is KeyState.REVOKED:
                self.why.set_value(line.why)
            self.body.addWidget(self.form)
        self.add_button(_("Leave it"), self.reject)
        deed = _("Take it off the list") if waits else _("Revoke this key")
        self.deed_button = self.add_button(deed, self.do, "danger")

    def do(self) -> None:
        """Check, revoke, close."""
        last, why = None, ""
        if not self._line.waits:
            if not self.form.check():
                return
            text, why = str(self.last.value() or ""), str(self.why.value() or "")
            found = _PLACE.fullmatch(text)
            if text and found is None:
                self.last.set_error(_("Write epoch and number, such as 1/7."))
                return
            if found is not None:
                last = (int(found[1] or 1), int(found[2]))
        try:
            registering.revoke(self._context.office, self._line.unit, last, why)
        except (UserError, OSError) as problem:
            self.message.say("bad", str(words.say(problem)))
        else:
            self.accept()


class SafeKeyDialog(Dialog):
    """What the second key is, and where its file and paper go."""

    def __init__(self, context: Context, parent: QWidget | None) -> None:
        super().__init__(parent, _("Make the key for the safe?"))
        self._context = context
        self.made: SafeKey | None = None
        self.body.addWidget(
            label(
                _(
                    "From then on every report file is locked for two keys: that of this PC, and this one. Should the"
                    " PC and every copy of it be lost, the files of the units can still be opened with it."
                ),
                wrap=True,
            )
        )
        self.body.addWidget(
            label(
                _(
                    "Its secret half is written once, to a stick and on a paper. Put both into the safe, and leave"
                    " nothing on this PC. The communes lock for it once they have the new register."
                ),
                wrap=True,
            )
        )
        self.add_button(_("Not now"), self.reject)
        self.deed_button = self.add_button(_("Choose the stick and write it…"), self.do, "primary", default=True)

    def do(self) -> None:
        """Choose, make, write, close."""
        from sochihoi.services.renewing import make_safe_key

        folder = choose_folder(self, _("Stick for the safe"))
        if folder is None:
            return
        file = folder / f"HPN_{self._context.office.commune.code}-khoa-cat-ket.txt"
        try:
            self.made = make_safe_key(self._context.office, file)
        except (UserError, OSError) as problem:
            self.message.say("bad", str(words.say(problem)))
            return
        told = _("Written: {file} and its paper. Put both into the safe.")
        self._context.shell.message("ok", told.format(file=file))
        self.accept()
