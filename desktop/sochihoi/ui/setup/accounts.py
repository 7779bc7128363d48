"""Tài khoản: who works with the book, passwords, the recovery sheet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from sochihoi.domain.accounts import Account
from sochihoi.i18n import _, ngettext
from sochihoi.ui import style
from sochihoi.ui.setup.account_dialogs import AddAccount, NewPassword
from sochihoi.ui.shared.badges import Badge
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import Dialog, ask
from sochihoi.ui.shared.history_view import history_item
from sochihoi.ui.shared.part import Part
from sochihoi.ui.shared.preview import show_preview
from sochihoi.ui.shared.table import Column, MenuItem, Table
from sochihoi.ui.words.setup import role_name


def build(context: Context) -> Part:
    """Who works here."""
    return AccountsPart(context)


class AccountsPart(Part):
    """The chair manages; everyone changes her own password."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.dialog: Dialog | None = None
        office = context.office
        self._manages = office.account.role.may_manage
        row = QHBoxLayout()
        row.setSpacing(style.sizes().space_2)
        told = _("You work as {name}.").format(name=office.account.name)
        if not self._manages:
            told += " " + _("Only a chair can add or end accounts.")
        row.addWidget(label(told, tone="muted", wrap=True), 1)
        row.addWidget(button(_("Change my password…"), self.my_password, "", "key-round"))
        self.recovery_button = button(_("New recovery sheet…"), self.new_recovery, "", "printer")
        self.add_button = button(_("Add an account"), self.add, "primary", "user-plus")
        for one in (self.recovery_button, self.add_button):
            row.addWidget(one)
        self.column.addLayout(row)
        for one in (self.recovery_button, self.add_button):
            one.setVisible(self._manages)  # only in its place: before, it would open as a window of its own

        def badges(one: Account) -> Sequence[Badge]:
            if not one.active:
                return (Badge(_("ended")),)
            return (Badge(_("you"), "info"),) if one.id == office.account.id else ()

        columns = (
            Column[Account](lambda: _("Name"), lambda one: one.name, width=280, strong=True, key="name", badges=badges),
            Column[Account](lambda: _("Role"), lambda one: role_name(one.role), stretch=True, key="role"),
        )
        self.table: Table[Account] = Table(
            context,
            "accounts",
            columns,
            key=lambda one: one.id,
            noun=lambda n: ngettext("account", "accounts", n),
            menu=self._menu,
            accessible=_("Accounts"),
        )
        self.column.addWidget(self.table, 1)
        under = QHBoxLayout()
        self.password_button = button(_("Set another password…"), self.set_password, "", "key-round")
        self.end_button = button(_("End the account…"), self.end, "danger", "user-minus")
        under.addStretch(1)
        for one in (self.password_button, self.end_button):
            under.addWidget(one)
        self.column.addLayout(under)
        self.table.selected.connect(lambda _row: self._say())

    def refresh(self) -> None:
        self.table.set_rows(self.context.office.setup.accounts())
        self._say()

    def _other(self) -> Account | None:
        """The chosen account, when it is somebody else's and in use."""
        one = self.table.current()
        return one if one is not None and one.active and one.id != self.context.office.account.id else None

    def _say(self) -> None:
        for one in (self.password_button, self.end_button):
            one.setVisible(self._manages and self._other() is not None)

    def _menu(self, row: Account) -> list[MenuItem | None]:
        told = history_item(self.context, self, row.name, "account", row.id)
        if not self._manages:
            return [told]
        can = self._other() is not None
        return [
            told,
            None,
            MenuItem(_("Set another password…"), self.set_password, "key-round", enabled=can),
            MenuItem(_("End the account…"), self.end, "user-minus", enabled=can),
        ]

    def on_new(self) -> None:
        if self._manages:
            self.add()

    def _open(self, dialog: Dialog) -> None:
        self.dialog = dialog
        dialog.open()

    def add(self) -> None:
        """A new account with its own password."""

        def done(name: str) -> None:
            self.acted(_("{name} can open the book now.").format(name=name), undo=False)

        self._open(AddAccount(self.context, self.window(), done))

    def my_password(self) -> None:
        """Another password for the account that works now."""
        setup = self.context.office.setup
        told = _("Your new password counts from the next time the book is opened.")
        self._open(
            NewPassword(
                self.window(),
                _("Which password shall open the book for you?"),
                setup.change_password,
                lambda: self.acted(told, undo=False),
            )
        )

    def set_password(self) -> None:
        """Another password for somebody who forgot hers."""
        one = self._other()
        if one is None:
            return
        setup, account_id = self.context.office.setup, one.id
        told = _("{name} opens the book with the new password.").format(name=one.name)
        self._open(
            NewPassword(
                self.window(),
                _("Which password shall open the book for {name}?").format(name=one.name),
                lambda password: setup.set_password(account_id, password),
                lambda: self.acted(told, undo=False),
            )
        )

    def end(self) -> None:
        """Take somebody's way in."""
        one = self._other()
        if one is None or not ask(
            self.window(),
            _("End the account of {name}?").format(name=one.name),
            _("She can no longer open the book. What she entered stays under her name."),
            _("End the account"),
            _("Leave it"),
            danger=True,
        ):
            return
        if self.attempt(lambda: self.context.office.setup.end_account(one.id)):
            self.acted(_("The account of {name} was ended.").format(name=one.name), undo=False)

    def new_recovery(self) -> None:
        """Another recovery code; the sheet before no longer opens anything."""
        if not ask(
            self.window(),
            _("Make a new recovery sheet?"),
            _("The sheet printed before no longer opens the book. Print the new one at once and put it into the safe."),
            _("Make the sheet"),
            _("Leave it"),
        ):
            return
        from sochihoi.services.setup_papers import recovery_sheet

        office = self.context.office

        def make() -> None:
            sheet = recovery_sheet(office, office.setup.new_recovery_code())
            show_preview(self.context, self, sheet, _("Recovery sheet") + ".pdf")

        self.attempt(make)

    def first_focus(self) -> QWidget | None:
        return self.table.view
