"""The first day: which unit, the password and its recovery sheet, branches, members, copies.

Can be left at any step. Before the book is made the choices are kept beside it; afterwards the first page of the book
lists what is still to be done.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from sochihoi import paths
from sochihoi.domain.errors import UserError
from sochihoi.i18n import _
from sochihoi.services.opening import Surroundings
from sochihoi.ui import style, words
from sochihoi.ui.setup.first_recovery import RecoveryStep
from sochihoi.ui.setup.first_steps import BranchesStep, CopiesStep, MembersStep, PasswordStep, Step
from sochihoi.ui.setup.first_unit import UnitStep
from sochihoi.ui.shared.buttons import Card, button, label
from sochihoi.ui.shared.forms import scrolled
from sochihoi.ui.shared.message_bar import MessageBar
from sochihoi.ui.shared.stack import Stack

if TYPE_CHECKING:
    from sochihoi.services.office import Office

Made = Callable[..., None]  # made(office, page="", **args): open the book, at a page when one is named


def build(
    data_dir: Path,
    made: Made,
    *,
    settings: QSettings | None = None,
    around: Surroundings | None = None,
    make_demo: Callable[[], None] | None = None,
    restore: Callable[[], None] | None = None,
) -> Wizard:
    """The wizard for a folder without a book. ``made`` is called once, with the open office.

    ``make_demo`` opens a demonstration commune instead, ``restore`` brings a copy of a book; without one that is not
    offered.
    """
    kept = settings or QSettings(str(data_dir / "window.ini"), QSettings.Format.IniFormat)
    return Wizard(data_dir, made, kept, around or Surroundings(), make_demo, restore)


class Wizard(QWidget):
    """Steps in a card in the middle; at the bottom back, later, next."""

    def __init__(
        self,
        data_dir: Path,
        made: Made,
        settings: QSettings,
        around: Surroundings,
        make_demo: Callable[[], None] | None,
        restore: Callable[[], None] | None,
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self.data_dir, self.settings, self.around = data_dir, settings, around
        self._made = made
        self.office: Office | None = None
        size = style.sizes()
        outer = QHBoxLayout(self)
        outer.setContentsMargins(size.space_4, size.space_4, size.space_4, size.space_4)
        outer.addStretch(1)
        card = Card()
        card.setFixedWidth(round(720 * size.body / 14))
        card.body.setContentsMargins(size.space_5, size.space_5, size.space_5, size.space_4)
        card.body.setSpacing(size.space_3)
        top = QHBoxLayout()
        self.progress = label("", "caption")
        top.addWidget(self.progress)
        top.addStretch(1)
        self.restore_button = button(_("Restore a copy or take a book over…"), restore, "quiet")
        self.restore_button.setVisible(restore is not None)
        top.addWidget(self.restore_button)
        self.demo_button = button(_("Try it with a sample commune"), make_demo, "quiet")
        self.demo_button.setVisible(make_demo is not None)
        top.addWidget(self.demo_button)
        card.body.addLayout(top)
        self.heading = label("", "title", wrap=True)
        card.add(self.heading)
        self.under = label("", tone="muted", wrap=True)
        card.add(self.under)
        self.message = MessageBar()
        card.add(self.message)
        self.stack = Stack()
        card.add(self.stack, 1)
        self.reason = QLabel()
        self.reason.setWordWrap(True)
        self.reason.setProperty("role", "small")
        bottom = QHBoxLayout()
        bottom.setSpacing(size.space_2)
        bottom.addWidget(self.reason, 1)
        self.back_button = button(_("Back"), self.back)
        self.later_button = button(_("Later"), self.later)
        self.next_button = button(_("Next"), self.next, "primary")
        for one in (self.back_button, self.later_button, self.next_button):
            bottom.addWidget(one)
        card.body.addLayout(bottom)
        column = QVBoxLayout()
        column.addWidget(card, 1)
        outer.addLayout(column)
        outer.addStretch(1)

        self.unit = UnitStep(settings, paths.pack(data_dir), around)
        self.password = PasswordStep(settings)
        self.recovery = RecoveryStep(settings)
        self.branches = BranchesStep()
        self.members = MembersStep()
        self.copies = CopiesStep()
        self.steps: tuple[Step, ...] = (
            self.unit,
            self.password,
            self.recovery,
            self.branches,
            self.members,
            self.copies,
        )
        for step in self.steps:
            self.stack.addWidget(scrolled(step))
            step.changed.connect(self._say)
        app = QApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self._leave)
        self.show_step(self.unit)

    # ------------------------------------------------------------------ where one is

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return self.steps[self.stack.currentIndex()]

    def wanted(self) -> tuple[Step, ...]:
        """The steps of this unit: a level above has no branches and members of its own, and no copies of its own when
        its records are on a server.
        """
        has = self.unit.receiver or self.unit.part is not None  # or none of its own, or those that were handed over
        without: tuple[Step, ...] = (self.branches, self.members) if has else ()
        if self.unit.receiver and self.unit.server.address():
            without += (self.copies,)
        return tuple(step for step in self.steps if step not in without)

    def show_step(self, step: Step) -> None:
        """Show a step and put the focus on its first field."""
        self.message.clear()
        self.stack.setCurrentIndex(self.steps.index(step))
        self.heading.setText(step.title())
        self.under.setText(step.under())
        self.under.setVisible(bool(step.under()))
        self._say()
        step.shown()
        step.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self) -> None:
        step, steps = self.step, self.wanted()
        # the password and its recovery sheet are one of the pages that are counted
        counted = [one for one in steps if one is not self.recovery]
        place = counted.index(self.password if step is self.recovery else step) + 1
        self.progress.setText(_("Step {at}/{of}").format(at=place, of=len(counted)))
        at = steps.index(step)
        why = step.not_ready()
        self.next_button.setEnabled(not why)
        self.reason.setText(why)
        last = step is steps[-1]
        words_on = _("Open the book") if last else step.deed() or _("Next")
        self.next_button.setText(words_on)
        self.next_button.setAccessibleName(words_on)
        # once the book is made there is no way back to its password
        self.back_button.setVisible(at > 0 and (self.office is None or at > steps.index(self.recovery) + 1))
        self.later_button.setVisible(step.optional and not last)

    # ------------------------------------------------------------------ moving

    def back(self) -> None:
        """To the step before; every choice is kept."""
        steps = self.wanted()
        self.show_step(steps[steps.index(self.step) - 1])

    def later(self) -> None:
        """Leave this step out; the first page of the book will remind."""
        self.step.leave_out()
        self._forward()

    def next(self) -> None:
        """Do what the step is for, then show the following one."""
        if self.step.not_ready():
            return
        try:
            if self.step is self.password:
                if not self.password.check():
                    return
                self._make()
            else:
                self.step.do()
        except (UserError, OSError) as problem:
            self.message.say("bad", str(words.say(problem)))
            return
        self._forward()

    def _forward(self) -> None:
        steps = self.wanted()
        at = steps.index(self.step) + 1
        if at < len(steps):
            self.show_step(steps[at])
        else:
            self.finish()

    def _make(self) -> None:
        """Make the book: from here on it exists, whatever happens to the wizard."""
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            made = self.unit.make(self.data_dir, self.password.password(), self.password.officer(), self.around)
        finally:
            QApplication.restoreOverrideCursor()
        self.office = made.office
        self.settings.remove("first")
        self.demo_button.hide()
        self.restore_button.hide()
        self.recovery.take(made)
        for step in (self.branches, self.members, self.copies):
            step.office = made.office

    def finish(self) -> None:
        """Hand the open book over."""
        office, self.office = self.office, None
        if office is None:
            return
        if self.members.now and self.members in self.wanted():
            self._made(office, "people", intake=True)
        else:
            self._made(office)

    def _leave(self) -> None:
        """The program ends in the middle: the book is closed whole."""
        office, self.office = self.office, None
        if office is not None:
            office.close()
