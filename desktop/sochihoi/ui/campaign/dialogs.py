"""Decisions of the campaign: which set, which day, which plaque."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QDialog, QRadioButton, QWidget

from sochihoi.domain.campaign_records import YearSets
from sochihoi.i18n import _, number
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.dialogs import WIDE, Dialog
from sochihoi.ui.shared.forms import DateField, Form, TextField
from sochihoi.ui.words.campaign import in_words


@dataclass(frozen=True, slots=True)
class SetChoice:
    """What she chose: the year's own set, and the one beside it (empty: none)."""

    own: str
    beside: str


class SetDialog(Dialog):
    """One set of those in force in the year; another may stand beside it."""

    def __init__(self, parent: QWidget | None, sets: YearSets) -> None:
        super().__init__(parent, _("Which criteria set for {year}?").format(year=sets.year), width=WIDE)
        self._sets = sets
        text = _("The set can be changed until the first household of the year is assessed. Old years keep their own.")
        if sets.assessed:
            text = _("{count} households of {year} are assessed with this set, so it stays for this year.").format(
                count=number(sets.assessed), year=sets.year
            )
        self.body.addWidget(label(text, wrap=True))
        self._group = QButtonGroup(self)
        self.options: dict[str, QRadioButton] = {}
        for one in sets.choices if sets.own in sets.choices else (sets.own, *sets.choices):
            option = QRadioButton(in_words(one.title))
            option.setChecked(one.code == sets.own.code)
            option.setEnabled(not sets.assessed or one.code == sets.own.code)
            self._group.addButton(option)
            self.options[one.code] = option
            self.body.addWidget(option)
            self.body.addWidget(label(one.source, "small", wrap=True))
        self.beside = QCheckBox(_("Score a second set beside it; figures and reports count only the first"))
        self.beside.setChecked(sets.beside is not None)
        self.beside.setVisible(len(self.options) > 1)
        self.body.addWidget(self.beside)
        self.add_button(_("Leave it as it is"), self.reject)
        self.keep_button = self.add_button(_("Use this set"), self.accept, "primary", default=True)

    def choice(self) -> SetChoice:
        """What is chosen now."""
        own = next(code for code, option in self.options.items() if option.isChecked())
        other = next((code for code in self.options if code != own), "")
        if self._sets.beside is not None and self._sets.beside.code != own:
            other = self._sets.beside.code
        return SetChoice(own, other if self.beside.isChecked() else "")


class DayDialog(Dialog):
    """The day for some households; ``scopes`` are (words, household ids), the first is proposed."""

    def __init__(
        self,
        parent: QWidget | None,
        question: str,
        deed: str,
        scopes: list[tuple[str, tuple[str, ...]]],
        today: Callable[[], date],
    ) -> None:
        super().__init__(parent, question)
        self._scopes, self._today = scopes, today
        self._group = QButtonGroup(self)
        for at, (words, ids) in enumerate(scopes):
            option = QRadioButton(f"{words} ({number(len(ids))})")
            option.setChecked(at == 0)
            option.setVisible(len(scopes) > 1)
            self._group.addButton(option, at)
            self.body.addWidget(option)
        if len(scopes) == 1:
            self.body.addWidget(label(f"{scopes[0][0]} ({number(len(scopes[0][1]))})", wrap=True))
        self.form = Form()
        self.day = self.form.add(DateField("day", _("Day"), today=today, required=True))
        self.day.set_value(today())
        self.body.addWidget(self.form)
        self.add_button(_("Not now"), self.reject)
        self.keep_button = self.add_button(deed, self._keep, "primary", default=True)
        self.day.editor.setFocus()

    def _keep(self) -> None:
        if not self.form.check():
            return
        if self.day.value() > self._today():
            self.form.set_errors({"day": _("This day is still to come. Type a day up to today.")})
            return
        self.accept()

    def household_ids(self) -> tuple[str, ...]:
        """The households of the scope chosen."""
        return self._scopes[max(self._group.checkedId(), 0)][1]


class PlaqueDialog(Dialog):
    """Number and day of a plaque."""

    def __init__(
        self, parent: QWidget | None, head: str, plaque_no: str, day: date | None, today: Callable[[], date]
    ) -> None:
        super().__init__(parent, _("Plaque of the household of {head}").format(head=head))
        self._today = today
        self.form = Form()
        self.number = self.form.add(
            TextField("plaque_no", _("Number of the plaque"), letters=16, hint=_("As it stands in the decision."))
        )
        self.day = self.form.add(DateField("plaque_on", _("Day it was given"), today=today, required=True))
        self.number.set_value(plaque_no)
        self.day.set_value(day or today())
        self.body.addWidget(self.form)
        self.add_button(_("Not now"), self.reject)
        self.keep_button = self.add_button(_("Save the plaque"), self._keep, "primary", default=True)
        self.number.editor.setFocus()

    def _keep(self) -> None:
        if not self.form.check():
            return
        if self.day.value() > self._today():
            self.form.set_errors({"plaque_on": _("This day is still to come. Type a day up to today.")})
            return
        self.accept()


def accepted(dialog: Dialog) -> bool:
    """Show it and wait; true when the deed was chosen."""
    return dialog.exec() == QDialog.DialogCode.Accepted
