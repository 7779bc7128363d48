"""The frame of a wizard that tries its act first: what is wanted, what would be, and then the act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochihoi.domain.errors import FieldProblem, UserError
from sochihoi.i18n import _
from sochihoi.storage.joining import BranchLine
from sochihoi.ui import style, words
from sochihoi.ui.shared.buttons import Card, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialog_job import DialogJob
from sochihoi.ui.shared.dialogs import WIDE, Dialog
from sochihoi.ui.shared.forms import Form
from sochihoi.ui.shared.stack import Stack
from sochihoi.ui.words import joining

T = TypeVar("T")


class RehearsalDialog(Dialog):
    """``steps``: the first says what is wanted (``form`` is in it), the last what would be. ``acted(words)`` once it is
    done; nothing is written before. A wizard says in ``said`` what stands where, and in ``next`` what comes."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        acted: Callable[[str], None],
        steps: Sequence[QWidget],
        form: Form,
    ) -> None:
        super().__init__(parent, "", width=WIDE)
        self._context, self._acted = context, acted
        self._first, self._last, self._form = steps[0], steps[-1], form
        self.stack = Stack()
        for step in steps:
            self.stack.addWidget(step)
        self.body.addWidget(self.stack)
        self.leave_button = self.add_button(_("Leave it"), self.reject)
        self.back_button = self.add_button(_("Back"), self.back)
        self.next_button = self.add_button("", self.next, "primary", default=True)
        self.job = DialogJob(context, self, self.message, self._hold)

    @property
    def step(self) -> QWidget:
        """What is shown."""
        return self.stack.currentWidget()

    def said(self) -> tuple[str, str, bool]:
        """The title of the step, the words of the button, and whether it can be pressed."""
        raise NotImplementedError

    def next(self) -> None:
        """To the next step, or do it."""
        raise NotImplementedError

    def say(self) -> None:
        """Write what stands where, after every change."""
        title, deed, ready = self.said()
        self.heading.setText(title)
        self.back_button.setVisible(self.step is not self._first)
        self.next_button.setText(deed)
        self.next_button.setAccessibleName(deed)
        self.next_button.setEnabled(ready)

    def show_step(self, step: QWidget) -> None:
        """This one, with the keyboard where it goes on."""
        self.message.clear()
        self.stack.setCurrentWidget(step)
        self.say()
        self.first_of(step).setFocus(Qt.FocusReason.OtherFocusReason)

    def first_of(self, step: QWidget) -> QWidget:
        """Where the keyboard goes on in a step."""
        return self.next_button if step is self._last else step

    def back(self) -> None:
        """To the step before; every choice is kept."""
        self.show_step(self._first)

    def reject(self) -> None:
        """Left while work goes on, that stops and nothing is kept of it."""
        self.job.stop()
        super().reject()

    def work(self, act: Callable[..., T], done: Callable[[T], None], title: str, stopped: str) -> None:
        """``act(progress=…)`` beside the window, then ``done`` with what came of it; a problem of the form goes under
        its field."""

        def tried(progress: object) -> tuple[T] | UserError | OSError:
            try:
                return (act(progress=progress),)
            except (UserError, OSError) as problem:
                return problem

        def ended(found: tuple[T] | UserError | OSError) -> None:
            if isinstance(found, tuple):
                done(found[0])
            else:
                self.refuse(found)

        self.job.do(tried, ended, title, stopped)

    def refuse(self, problem: UserError | OSError) -> None:
        """Say why not, under its field where it has one."""
        if isinstance(problem, FieldProblem) and problem.field in self._form.fields:
            self.back()
            self._form.show_problem(problem)
        else:
            self.message.say("bad", str(words.say(problem)))

    def _hold(self, held: bool) -> None:
        for one in (self.next_button, self.back_button, self.stack):
            one.setEnabled(not held)
        if not held:
            self.say()


class Refilled(QWidget):
    """A place that is filled anew by each rehearsal."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(style.sizes().space_3)
        self._inside: QWidget | None = None

    def emptied(self) -> QVBoxLayout:
        """What was shown before is gone; the rows to fill, above all else."""
        if self._inside is not None:
            self.column.removeWidget(self._inside)
            self._inside.deleteLater()
        self._inside = QWidget()
        rows = QVBoxLayout(self._inside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(style.sizes().space_3)
        self.column.insertWidget(0, self._inside)
        return rows


def branch_side(title: str, lines: Sequence[BranchLine]) -> Card:
    """One side of a rehearsal, branch by branch."""
    card = Card(title)
    card.add(label(joining.counts(tuple(lines)), wrap=True))
    for one in lines:
        card.add(label(one.name, "strong", wrap=True))
        card.add(label(joining.line(one), "small", wrap=True))
    card.body.addStretch(1)
    return card
