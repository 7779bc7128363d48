"""Gói định nghĩa: every pack that was made here, what it holds, and the next one made of a folder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.domain.packs import Pack
from sochihoi.i18n import _, ngettext, number, pgettext, short_date
from sochihoi.ui import words
from sochihoi.ui.shared.badges import Badge
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import WIDE, Dialog, choose_folder, lines
from sochihoi.ui.shared.forms import DateField, Form
from sochihoi.ui.shared.history_view import history_item
from sochihoi.ui.shared.listing.offer import ListPaper
from sochihoi.ui.shared.listing.reading import About
from sochihoi.ui.shared.table import Column, MenuItem, Table
from sochihoi.ui.words import packs as told


class PacksTab(QWidget):
    """One line a pack, the newest first."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._in_force: Pack | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        self.note = label("", "small", wrap=True)
        head.addWidget(self.note, 1)
        self.make_button = button(_("Make a pack of a &folder…"), self.make, "", "folder-open")
        head.addWidget(self.make_button)
        column.addLayout(head)
        self.make_button.setVisible(not context.read_only)
        self.table: Table[Pack] = Table(
            context,
            "upper.packs",
            self._columns(),
            key=lambda r: r.id,
            noun=lambda count: ngettext("pack", "packs", count),
            menu=self._menu,
            two_lines=True,
            accessible=_("Packs of definitions"),
        )
        self.table.set_empty(
            "file-check",
            _("No pack has been made yet. Put definitions into a folder, then make a pack of it for the units below."),
        )
        self.table.opened.connect(self.open)
        about = About[Pack](lambda: _("Packs of definitions"), order=lambda: pgettext("order", "the newest first"))
        self.paper = ListPaper(context, self.table, about)
        column.addWidget(self.table, 1)

    def _columns(self) -> tuple[Column[Pack], ...]:
        return (
            Column(lambda: _("Pack"), lambda r: number(r.number), width=80, key="number", sort=lambda r: r.number),
            Column(lambda: _("State"), lambda _r: "", width=190, key="state", badges=self._badges),
            Column(lambda: _("In force from"), lambda r: short_date(r.effective), width=130, key="from"),
            Column(lambda: _("Newer one by"), lambda r: short_date(r.expires), width=130, key="expires"),
            Column(
                lambda: _("Holds"),
                lambda r: ngettext("{count} file", "{count} files", len(r.files)).format(count=number(len(r.files))),
                stretch=True,
                key="files",
                small=lambda r: ", ".join(r.files),
                tip=lambda r: "\n".join(r.files),
            ),
            Column(lambda: _("Made on"), lambda r: short_date(r.kept_on), width=110, key="made"),
        )

    def _badges(self, pack: Pack) -> Sequence[Badge]:
        return (Badge(*told.standing(pack, self._context.today(), self._in_force)),)

    def refresh(self) -> None:
        """Read them again."""
        from sochihoi.domain.packs import newest_begun

        kept = tuple(one for one in self._context.office.packs.kept() if one.own)
        self._in_force = newest_begun(kept, self._context.today())
        late = self._in_force is not None and self._in_force.has_expired(self._context.today())
        self.note.setText(
            _("The pack in force should have been replaced by now; make a newer one.")
            if late
            else _("A pack goes to every unit below, with the answer to its file. Only a newer pack takes one back.")
        )
        self.table.set_rows(kept)

    def _menu(self, pack: Pack) -> Sequence[MenuItem | None]:
        return (
            MenuItem(_("What it holds"), lambda: self.open(pack), "search"),
            MenuItem(_("Write it to a stick or folder…"), lambda: self.write(pack), "usb"),
            history_item(self._context, self, pack.file_name, "carried_file", pack.id),
        )

    def open(self, pack: Pack) -> None:
        """Its days and files."""
        dialog = Dialog(self, told.title(pack), width=WIDE)
        dialog.body.addWidget(label(told.days(pack)[:1].upper() + told.days(pack)[1:] + ".", wrap=True))
        dialog.body.addWidget(lines([f"• {file}" for file in pack.files]))
        dialog.add_button(_("Close"), dialog.accept, default=True).setFocus()
        dialog.exec()

    def make(self) -> None:
        """Choose the folder, see what would change, make the pack, write it."""
        kept = str(self._context.settings.value("upper/packs", ""))
        folder = choose_folder(self, _("Folder with the definitions"), Path(kept) if kept else None)
        if folder is not None:
            self.make_of(folder)

    def make_of(self, folder: Path) -> None:
        """The same once the folder is known."""
        self._context.settings.setValue("upper/packs", str(folder))
        dialog = MakeDialog(self._context, self, folder)
        if dialog.exec() == Dialog.DialogCode.Accepted and dialog.made is not None:
            self.refresh()
            self.table.choose(dialog.made.id)
            self.write(dialog.made)

    def write(self, pack: Pack) -> None:
        """Into a folder, under its own name."""
        folder = choose_folder(self, _("Where the pack is written"))
        if folder is None:
            return
        try:
            target = self._context.office.packs.write(pack.id, folder, overwrite=True)
        except (UserError, OSError) as problem:
            self._context.shell.show_error(problem)
        else:
            self._context.shell.toast(_("Pack written: {file}").format(file=target))


class MakeDialog(Dialog):
    """The next pack: its days, and what it would change, read with the program's own eyes before it is made."""

    def __init__(self, context: Context, parent: QWidget | None, folder: Path) -> None:
        super().__init__(parent, _("Make a pack of {folder}?").format(folder=folder.name), width=WIDE)
        self._context, self._folder = context, folder
        self.made: Pack | None = None
        self.form = Form()
        self.effective = self.form.add(DateField("effective", _("Takes effect on"), today=context.today, required=True))
        hint = _("Afterwards the program only reminds; nothing stops.")
        self.expires = self.form.add(
            DateField("expires", _("A newer one should come by"), today=context.today, hint=hint)
        )
        self.effective.set_value(context.today())
        self.body.addWidget(self.form)
        self.told = label("", wrap=True)
        self.body.addWidget(self.told)
        self.body.addWidget(label(told.promise(), "small", wrap=True))
        self.add_button(_("Do not make it yet"), self.reject)
        self.deed_button = self.add_button(_("Sign and make the pack"), self.do, "primary", default=True)
        self.form.left.connect(lambda _name: self.look())
        self.look()

    def look(self) -> None:
        """What it would change, or what is wrong with file and place."""
        begins = self.effective.value()
        if not isinstance(begins, date):
            return
        try:
            changes = self._context.office.packs.plan(self._folder, begins)
        except (UserError, OSError) as problem:
            self.message.say("bad", str(words.say(problem)))
            self.told.setText("")
            self.deed_button.setEnabled(False)
            return
        self.message.hide()
        self.deed_button.setEnabled(True)
        nothing = _("Nothing of what is in force changes.")
        self.told.setText("\n".join(f"• {told.change_words(one)}" for one in changes) or nothing)

    def do(self) -> None:
        """Check, make, close."""
        if not self.form.check():
            return
        days = {"effective": self.effective.value(), "expires": self.expires.value()}
        try:
            self.made = self._context.office.packs.make(self._folder, **days)[0].pack
        except (UserError, OSError) as problem:
            self.message.say("bad", str(words.say(problem)))
        else:
            self.accept()
