"""Hợp nhất: the book of the other PC, what comes in by itself, and each value that both changed, side by side."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.domain.reuniting import Question, Side
from sochihoi.i18n import _, ngettext, number
from sochihoi.services.reuniting import Plan, Reuniting
from sochihoi.ui import words as all_words
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import WIDE, Dialog, choose_file, lines
from sochihoi.ui.words import reuniting as words
from sochihoi.ui.words.month import period_name


class UniteDialog(Dialog):
    """Two steps in one dialog: the password shows what differs; then each question has one of two answers."""

    def __init__(self, context: Context, parent: QWidget | None, file: Path) -> None:
        super().__init__(parent, _("Put the book of the other PC together with this one?"), width=WIDE)
        self._context, self._file = context, file
        self._desk = Reuniting(context.office)
        self.plan: Plan | None = None
        self.groups: dict[tuple[str, str, str], QButtonGroup] = {}
        self.ask = QWidget()
        column = QVBoxLayout(self.ask)
        column.setContentsMargins(0, 0, 0, 0)
        text = _(
            "The copy or hand-over file of the other PC is opened with a password of that book. What only one PC"
            " changed comes together by itself; what both changed you decide."
        )
        column.addWidget(label(text, wrap=True))
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName(_("Password of the copy"))
        self.password.setPlaceholderText(_("Password of the copy"))
        column.addWidget(self.password)
        self.body.addWidget(self.ask)
        self.add_button(_("Leave it"), self.reject)
        self.look_button = self.add_button(_("Compare the two books"), self.look, "primary", default=True)
        self.unite_button = self.add_button(_("Put them together"), self.unite, "primary")
        self.unite_button.hide()
        self.password.setFocus()

    def look(self) -> None:
        """Open the other book and show what differs."""
        if not self.password.text():
            self.password.setFocus()
            return
        try:
            self.plan = self._desk.look(self._file, self.password.text())
        except (UserError, OSError) as problem:
            self.message.say("bad", str(all_words.say(problem)))
            self.password.selectAll()
            return
        self.message.clear()
        self.ask.hide()
        self._show(self.plan)
        self.look_button.hide()
        self.unite_button.show()
        self.unite_button.setDefault(True)
        self._enable()
        self.adjustSize()

    def _show(self, plan: Plan) -> None:
        self.body.addWidget(label(_("Comes in from the other PC by itself:"), "strong"))
        self.body.addWidget(lines(words.brought(plan.brought) or [_("nothing")]))
        if plan.closed:
            told = _("What comes in counts in closed months: {months}. Make a supplement for each afterwards.")
            months = ", ".join(period_name(period) for period in plan.closed)
            self.body.addWidget(label(told.format(months=months), tone="warn", wrap=True))
        self.body.addWidget(label(words.asked(len(plan.questions)), "strong", wrap=True))
        if len(plan.questions) > 1:
            row = QHBoxLayout()
            for side, text in ((Side.OURS, _("All as on this PC")), (Side.THEIRS, _("All as on the other PC"))):
                row.addWidget(button(text, partial(self.choose_all, side), "quiet"))
            row.addStretch(1)
            self.body.addLayout(row)
        for question in plan.questions:
            self._ask(question)
        self.body.addStretch(1)

    def _ask(self, question: Question) -> None:
        said = words.question_words(question, self._desk.whose(question))
        self.body.addWidget(label(said, wrap=True))
        group = QButtonGroup(self)
        row = QHBoxLayout()
        for side, text in (
            (Side.OURS, _("This PC: {value}").format(value=words.value_words(question.ours))),
            (Side.THEIRS, _("Other PC: {value}").format(value=words.value_words(question.theirs))),
        ):
            choice = QRadioButton(text)
            choice.setAccessibleName(f"{said}: {text}")
            group.addButton(choice, side.value)
            row.addWidget(choice, 1)
        group.idToggled.connect(lambda _id, _on: self._enable())
        self.groups[question.key] = group
        self.body.addLayout(row)

    def choose_all(self, side: Side) -> None:
        """The same answer to every question."""
        for group in self.groups.values():
            group.button(side.value).setChecked(True)

    def _enable(self) -> None:
        self.unite_button.setEnabled(all(group.checkedId() > 0 for group in self.groups.values()))

    def unite(self) -> None:
        """Do it; the book is read anew."""
        if self.plan is None or not self.unite_button.isEnabled():
            return
        answers = {key: Side(group.checkedId()) for key, group in self.groups.items()}
        try:
            done = self._desk.apply(self.plan, answers)
        except (UserError, OSError) as problem:
            self.message.say("bad", str(all_words.say(problem)))
            return
        self.accept()
        told = ngettext(
            "The two books are one: {count} record came in or changed.",
            "The two books are one: {count} records came in or changed.",
            done.records,
        ).format(count=number(done.records))
        more = [_("{old} is now {new}").format(old=old, new=new) for old, new in done.renumbered]
        end = _("Work on this PC only, and send the next file from here.")
        text = f"{told} {', '.join(more)}. {end}" if more else f"{told} {end}"
        self._context.shell.message("ok", text)
        self._context.shell.refresh_page()


def unite_with(context: Context, parent: QWidget) -> None:
    """Choose the other PC's book, then put it together with this one."""
    kinds = _("Copies and hand-over files of the book (*.hpnbak *.hpn *.zip)")
    file = choose_file(parent, _("Which is the book of the other PC?"), kinds)
    if file is not None:
        UniteDialog(context, parent, file).exec()
