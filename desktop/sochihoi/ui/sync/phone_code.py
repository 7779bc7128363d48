"""Ten letters that the level above read over the telephone: that a file counts there, or which months it misses."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from sochihoi.domain.errors import UserError
from sochihoi.domain.gap_codes import BadGapCode
from sochihoi.domain.periods import Period
from sochihoi.i18n import _
from sochihoi.services.phone_codes import CodeOfNoFile
from sochihoi.ui import words
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import Dialog
from sochihoi.ui.shared.fields import TextField
from sochihoi.ui.shared.forms import Form
from sochihoi.ui.words.answers import phoned_words
from sochihoi.ui.words.month import period_name


class PhoneCodeDialog(Dialog):
    """Type what is heard; the answer comes into the same window. ``make``: makes the files of months."""

    def __init__(self, context: Context, parent: QWidget | None, make: Callable[[tuple[Period, ...]], None]) -> None:
        super().__init__(parent, _("Code told by telephone"))
        self.setObjectName("phonecode")
        self._context, self._make = context, make
        self.months: tuple[Period, ...] = ()
        self.form = Form()
        self.code = self.form.add(
            TextField(
                "code",
                _("&Ten letters"),
                hint=_("As the level above reads them; small letters, blanks and dashes do not matter."),
                required=True,
                letters=16,
            )
        )
        self.body.addWidget(self.form)
        self.add_button(_("Close"), self.reject)
        self.make_button = self.add_button(_("&Make these files"), self._go, "")
        self.make_button.hide()
        self.check_button = self.add_button(_("Chec&k"), self.check, "primary", default=True)

    def check(self) -> None:
        """Whether it says that a file counts, or asks for months."""
        if not self.form.check():
            return
        typed, office = str(self.code.value()), self._context.office
        self.make_button.hide()
        try:
            self.message.say("ok", phoned_words(office.phone.check(typed)))
        except CodeOfNoFile as problem:
            self._asked(typed, problem)
        except (UserError, OSError) as problem:
            self.message.say("bad", str(words.say(problem)))

    def _asked(self, typed: str, problem: CodeOfNoFile) -> None:
        try:
            asked = self._context.office.gaps.asked(typed)
        except BadGapCode:
            self.message.say("bad", str(words.say(problem)))
            return
        self.months = asked.ready
        told = [_("The level above misses: {months}.").format(months=_listed(asked.months))]
        if asked.open_:
            told.append(_("Not closed yet: {months}. Close first, then send.").format(months=_listed(asked.open_)))
        self.message.say("warn" if asked.open_ else "info", " ".join(told))
        self.make_button.setVisible(bool(self.months))

    def _go(self) -> None:
        self.accept()
        self._make(self.months)


def _listed(months: tuple[Period, ...]) -> str:
    return ", ".join(period_name(month) for month in months)
