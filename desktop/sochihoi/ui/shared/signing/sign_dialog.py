"""The dialog that signs a report: with a token or a key file, beside the window."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtWidgets import QWidget

from sochihoi.domain.errors import UserError
from sochihoi.i18n import _
from sochihoi.reports.signing.errors import BadTokenLibrary, LastTry, TokenTrouble
from sochihoi.reports.signing.keys import Key, KeyFile, TokenKey, TokenSeen
from sochihoi.reports.signing.sign import Look
from sochihoi.reports.signing.stamp import Kind
from sochihoi.services.signing import DraftNotSigned, SignedPaper
from sochihoi.storage.files import read_bytes
from sochihoi.ui import words
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.dialogs import WIDE, Dialog
from sochihoi.ui.shared.forms import CheckField, ChoiceField, Form
from sochihoi.ui.shared.signing.fields import PathField, SecretField
from sochihoi.ui.shared.signing.signed_dialog import paper_name, show_signed

if TYPE_CHECKING:
    from sochihoi.services.reporting.report import Report
    from sochihoi.ui.shared.context import Context

TOKEN, FILE = "token", "file"
_LIBRARIES = "*.dll" if sys.platform == "win32" else "*.so *.so.*"


class SignDialog(Dialog):
    """Which key, what is seen, then the deed. What is remembered: paths, and which token; never PIN or password."""

    def __init__(
        self, context: Context, parent: QWidget | None, report: Report, done: Callable[[SignedPaper], None]
    ) -> None:
        super().__init__(parent, _("Sign report {number} digitally").format(number=paper_name(report)), width=WIDE)
        self.setObjectName("signing")
        self._context, self._report, self._done = context, report, done
        self._busy = False
        self._library: Path | None = None
        self.body.addWidget(
            label(
                _(
                    "The signature stands between the title and the name of who signs. "
                    "The signed file is kept with the report."
                ),
                tone="muted",
                wrap=True,
            )
        )
        self.form = Form()
        self.how = self.form.add(
            ChoiceField(
                "how",
                _("&Key"),
                [(TOKEN, _("a token that is plugged in (USB)")), (FILE, _("a key file (.p12, .pfx)"))],
                letters=34,
            )
        )
        self._add_token()
        self._add_file()
        self.seen = self.form.add(
            ChoiceField(
                "seen",
                _("What is &seen"),
                [
                    (None, _("as the certificate says")),
                    (Kind.PERSON, _("the signature of a person")),
                    (Kind.UNIT, _("the seal of the unit")),
                ],
                letters=34,
            )
        )
        self.picture = self.form.add(
            PathField(
                "picture",
                _("P&icture of the signature or the seal"),
                "PNG (*.png)",
                hint=_("With a transparent ground. Without a picture name, unit and time are printed."),
            )
        )
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.leave_button = self.add_button(_("Not now"), self.reject)
        self.sign_button = self.add_button(_("Sign"), self.sign, "primary", default=True)
        self._remembered()
        self.how.changed.connect(self._show_fields)
        self.library.left.connect(self.look)
        self._show_fields()

    def _add_token(self) -> None:
        self.library = self.form.add(
            PathField(
                "library",
                _("&Library of the token"),
                _("Library") + f" ({_LIBRARIES})",
                hint=_("It came with the token and is chosen once; this PC remembers it."),
                required=True,
            )
        )
        self.token = self.form.add(ChoiceField("token", _("&Token"), letters=34))
        self.pin = self.form.add(
            SecretField(
                "pin",
                _("&PIN"),
                hint=_("It goes to the token once. After three wrong PINs most tokens are locked."),
                required=True,
            )
        )
        self.last_try = self.form.add(CheckField("last_try", _("I am sure of the PIN: take the &last try")))

    def _add_file(self) -> None:
        self.file = self.form.add(PathField("file", _("Key &file"), _("Key file") + " (*.p12 *.pfx)", required=True))
        self.password = self.form.add(SecretField("password", _("Pass&word of the key file")))

    # ------------------------------------------------------------------ what is remembered

    def _remembered(self) -> None:
        settings = self._context.settings
        self.how.set_value(FILE if settings.value("signing/how") == FILE else TOKEN)
        for field, name in ((self.library, "library"), (self.file, "file"), (self.picture, "picture")):
            field.set_value(str(settings.value(f"signing/{name}", "")) or None)
        self.seen.set_value(None)

    def _remember(self) -> None:
        settings = self._context.settings
        settings.setValue("signing/how", self.how.value())
        for field, name in ((self.library, "library"), (self.file, "file"), (self.picture, "picture")):
            settings.setValue(f"signing/{name}", str(field.value() or ""))
        settings.setValue("signing/token", str(self.token.value() or ""))

    def _show_fields(self) -> None:
        with_token = self.how.value() == TOKEN
        for field in (self.library, self.token, self.pin):
            field.setVisible(with_token)
        self.last_try.setVisible(False)
        for one in (self.file, self.password):
            one.setVisible(not with_token)
        self.message.clear()
        if with_token:
            self.look()
        self.first_field().setFocus()

    def first_field(self) -> QWidget:
        """Where the keys go first: what is not remembered."""
        path, secret = (self.library, self.pin) if self.how.value() == TOKEN else (self.file, self.password)
        return path.line if path.value() is None else secret.line

    # ------------------------------------------------------------------ tokens

    def look(self) -> None:
        """See what is plugged in; no PIN is asked for."""
        library = self.library.value()
        if library is None:
            self.token.set_options([])
            return
        self._library = library
        signing = self._context.office.signing

        def show(found: tuple[TokenSeen, ...]) -> None:
            if shiboken6.isValid(self) and self._library == library:
                self._show_tokens(found)

        self._context.shell.run_job(
            lambda _progress: signing.tokens(library), show, title=_("Looking for the token…"), failed=self._failed
        )

    def _show_tokens(self, found: tuple[TokenSeen, ...]) -> None:
        self.message.clear()
        self.token.set_options([(one.serial, _token_words(one)) for one in found])
        kept = str(self._context.settings.value("signing/token", ""))
        serials = [one.serial for one in found]
        if found:
            self.token.set_value(kept if kept in serials else serials[0])
        self.last_try.setVisible(any(one.last_try and not one.locked for one in found))
        if not found:
            self.message.say("warn", _("No token is plugged in."), [(_("Look again"), self.look)])

    # ------------------------------------------------------------------ the deed

    def sign(self) -> None:
        """Sign beside the window; the dialog closes when it is done."""
        if self._busy or not self.form.check():
            return
        try:
            key, look = self._key(), self._look()
        except (UserError, OSError) as problem:
            self._say(problem)
            return
        self._remember()
        self._set_busy(busy=True)
        signing, report = self._context.office.signing, self._report
        self._context.shell.run_job(
            lambda _progress: signing.sign_report(report, key, look),
            self._signed,
            title=_("Signing the report…"),
            failed=self._failed,
        )

    def _key(self) -> Key:
        if self.how.value() == FILE:
            return KeyFile(read_bytes(self.file.value()), self.password.take())
        return TokenKey(
            self.library.value(),
            self.pin.take(),
            str(self.token.value() or ""),
            last_try=self.last_try.isVisibleTo(self.form) and bool(self.last_try.value()),
        )

    def _look(self) -> Look:
        picture = self.picture.value()
        return Look(kind=self.seen.value(), picture=read_bytes(picture) if picture is not None else None)

    def _signed(self, made: SignedPaper) -> None:
        if not shiboken6.isValid(self):
            return
        self._set_busy(busy=False)
        self.accept()
        self._context.shell.saved_at(self._context.office.now)
        self._done(made)

    def _failed(self, problem: UserError) -> None:
        if not shiboken6.isValid(self):
            return
        self._set_busy(busy=False)
        self._say(problem)
        if isinstance(problem, LastTry):
            self.last_try.setVisible(True)
        if isinstance(problem, (BadTokenLibrary, TokenTrouble)):
            self.token.set_options([])
        self.first_field().setFocus()

    def _say(self, problem: UserError | OSError) -> None:
        self.message.say("bad", str(words.say(problem)))

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self.form.setEnabled(not busy)
        for one in (self.sign_button, self.leave_button):
            one.setEnabled(not busy)
        if busy:
            self.message.say("info", _("Signing the report…"))

    def reject(self) -> None:
        """Not while a token is at work: its answer would go nowhere."""
        if not self._busy:
            super().reject()


def _token_words(one: TokenSeen) -> str:
    name = one.label or one.serial
    if one.locked:
        return _("{token} (locked)").format(token=name)
    if one.last_try:
        return _("{token} (one try is left)").format(token=name)
    if one.few_left:
        return _("{token} (a wrong PIN was given)").format(token=name)
    return name


def open_signing(
    context: Context, parent: QWidget, report: Report, done: Callable[[], Any] = lambda: None
) -> SignDialog | None:
    """Sign an issued report; then its signatures are shown. ``done()`` once it is signed. ``None`` for a draft."""
    if report.issue is None:
        context.shell.show_error(DraftNotSigned(report.form.code, report.span.code))
        return None

    def signed(_made: SignedPaper) -> None:
        done()
        show_signed(context, parent, report)

    dialog = SignDialog(context, parent.window(), report, signed)
    dialog.open()
    return dialog
