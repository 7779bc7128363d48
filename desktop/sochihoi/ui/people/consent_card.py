"""What a member agreed to, in her panel: the words, and the ways to record, print and take back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochihoi.domain.consent import ConsentState, Purpose
from sochihoi.i18n import _
from sochihoi.services.people_reading import MemberDetail
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import button, label, rule
from sochihoi.ui.shared.consents import GiveDialog, WithdrawDialog, print_slips
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.flow import FlowLayout
from sochihoi.ui.shared.panel import Facts
from sochihoi.ui.words import privacy as words


class ConsentCard(QWidget):
    """``acted`` is told what was recorded."""

    def __init__(self, context: Context, acted: Callable[[str], None]) -> None:
        super().__init__()
        self._context, self._acted = context, acted
        self._told: MemberDetail | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.sizes().space_2)
        column.addWidget(rule())
        column.addWidget(label(_("Consent"), "caption"))
        self.facts = Facts()
        column.addWidget(self.facts)
        row = QWidget()
        buttons = FlowLayout(row, style.sizes().space_2)
        self.give_button = button(_("Record consent…"), self._give, "", "check")
        self.slip_button = button(_("Slip to sign…"), self._print, "", "printer")
        self.withdraw_button = button(_("Withdrawn…"), self._withdraw, "quiet")
        for one in (self.give_button, self.slip_button, self.withdraw_button):
            buttons.addWidget(one)
        column.addWidget(row)

    def show_member(self, told: MemberDetail) -> None:
        """Another member, or the same one read again."""
        self._told = told
        standing = self._context.office.privacy.consent.standing(told.person.id)
        facts: list[tuple[str, str] | tuple[str, str, str] | None] = []
        for purpose in Purpose:
            said, tone = words.standing_words(standing, purpose)
            entry = standing.of(purpose)
            proof = words.proof_words(entry) if entry is not None else ""
            facts.append((words.purpose_name(purpose), "\n".join(part for part in (said, proof) if part), tone))
        self.facts.set_facts(facts)
        given = any(standing.state(purpose) is ConsentState.GIVEN for purpose in Purpose)
        may = not self._context.read_only
        self.give_button.setVisible(may)
        self.withdraw_button.setVisible(may and given)

    def _give(self) -> None:
        if self._told is not None:
            GiveDialog(self._context, self.window(), [self._told.row], self._acted).open()

    def _withdraw(self) -> None:
        if self._told is not None:
            WithdrawDialog(self._context, self.window(), [self._told.row], self._acted).open()

    def _print(self) -> None:
        if self._told is not None:
            print_slips(self._context, self, [self._told.row])
