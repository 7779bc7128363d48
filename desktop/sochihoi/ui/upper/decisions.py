"""What a person decides about one file: whether it counts, what its unit should look at; ten letters to read out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from sochihoi.domain.corrections import Correction
from sochihoi.domain.errors import UserError
from sochihoi.domain.exchange import Outcome, Received
from sochihoi.i18n import _
from sochihoi.ui import words
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.choices import ChoiceField
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import WIDE, Dialog, lines
from sochihoi.ui.shared.fields import LongTextField
from sochihoi.ui.shared.forms import Form
from sochihoi.ui.words.answers import decision_words
from sochihoi.ui.words.month import period_name
from sochihoi.ui.words.sync import line_words, verdict
from sochihoi.ui.words.unusual import Names, findings_of, name_of, names_of

_SAID = 500


class DecideDialog(Dialog):
    """Whether a held file counts: what is unusual in it, accept it or return it with a reason.

    ``said`` is what became of it, in words; empty while nothing was decided.
    """

    def __init__(self, context: Context, parent: QWidget | None, line: Received) -> None:
        unit = line.unit_name or line.unit_code
        title = _("Does the file of {unit} for {period} count?").format(unit=unit, period=period_name(line.period))
        super().__init__(parent, title, width=WIDE)
        self.setObjectName("decide")
        self._context, self._line = context, line
        self.said = ""
        told = line_words(line)
        found = findings_of(line, names_of(context.office.definitions))
        self.body.addWidget(label(f"{told.what} {told.todo}", wrap=True))
        if found:
            self.body.addWidget(lines([f"• {one}" for one in found]))
        if line.decision:
            self.body.addWidget(label(decision_words(line), "small", wrap=True))
        self.form = Form()
        self.reason = self.form.add(
            LongTextField(
                "reason",
                _("&What the unit reads when the file is returned"),
                hint=_("A sentence or two; the unit reads it at the month. Without it a file is not returned."),
            )
        )
        self.body.addWidget(self.form)
        self.add_button(_("Do not decide yet"), self.reject)
        self.return_button = self.add_button(_("&Return to the unit"), self.give_back)
        self.accept_button = self.add_button(_("&Accept the figures"), self.take, "primary", default=True)
        self.return_button.setEnabled(line.verdict is Outcome.HELD)

    def take(self) -> None:
        """The figures count."""
        self._do(lambda: str(verdict(self._context.office.receiving.deciding.accept(self._line.id))))

    def give_back(self) -> None:
        """They do not; the unit is told why."""
        reason = str(self.reason.value() or "")
        deciding = self._context.office.receiving.deciding
        self._do(lambda: decision_words(deciding.give_back(self._line.id, reason)))

    def _do(self, deed: Callable[[], str]) -> None:
        try:
            self.said = deed()
        except (UserError, OSError) as problem:
            self.message.say("bad", str(words.say(problem)))
            return
        self.accept()


class AskDialog(Dialog):
    """Ask a unit to look at a month or at one figure of it. ``indicator``: the one that is chosen at first."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        unit: tuple[str, str],
        periods: Sequence[str],
        indicator: str = "",
    ) -> None:
        super().__init__(parent, _("What should {unit} look at?").format(unit=unit[1] or unit[0]), width=WIDE)
        self.setObjectName("ask")
        self._context, self._unit = context, unit
        names = names_of(context.office.definitions)
        self.form = Form()
        months = [(period, period_name(period)) for period in periods]
        self.period = self.form.add(ChoiceField("period", _("&Month"), months, required=True))
        self.figure = self.form.add(
            ChoiceField("figure", _("&Figure"), _figures(names, context, periods), search=True, letters=60)
        )
        self.figure.set_value(indicator)
        self.said = self.form.add(
            LongTextField(
                "said",
                _("&What the unit reads"),
                hint=_("It stands at this figure in the unit's own window once it takes in the return file."),
                required=True,
            )
        )
        self.body.addWidget(self.form)
        self.add_button(_("Do not ask"), self.reject)
        self.ask_button = self.add_button(_("&Ask the unit"), self.ask, "primary", default=True)

    def ask(self) -> None:
        """It goes with the next return file."""
        if not self.form.check():
            return
        one = Correction(str(self.period.value()), str(self.figure.value() or ""), said=str(self.said.value()))
        try:
            self._context.office.receiving.deciding.ask(self._unit[0], [one])
        except (UserError, OSError) as problem:
            self.message.say("bad", str(words.say(problem)))
            return
        self.accept()


def _figures(names: Names, context: Context, periods: Sequence[str]) -> list[tuple[str, str]]:
    """The whole month first, then the figures of its time in their order."""
    from sochihoi.domain.periods import Period

    listed = [one.code for one in context.office.definitions.indicators_for(Period.parse(periods[0])).indicators]
    return [("", _("The whole month")), *((code, name_of(code, names)) for code in listed)]


class LettersDialog(Dialog):
    """Ten letters, large, to be read out over the telephone, and what they say."""

    def __init__(self, parent: QWidget | None, title: str, letters: str, what: str) -> None:
        super().__init__(parent, title)
        self.setObjectName("letters")
        self.letters = label("   ".join(" ".join(group) for group in letters.split("-")), "figure")
        self.letters.setAccessibleName(letters)
        self.body.addWidget(self.letters)
        self.body.addWidget(label(what, wrap=True))
        self.add_button(_("Close"), self.accept, "primary", default=True)
