"""Files of others on the page of a commune: looked at, dropped, or found on a stick."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QLabel

from sochihoi.domain.custody import Deed
from sochihoi.domain.errors import UserError
from sochihoi.domain.exchange import NotAReceipt, SentFile
from sochihoi.i18n import _
from sochihoi.services import drives
from sochihoi.services.drives import Drive
from sochihoi.services.sticks import OnStick, look
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import choose_file, choose_folder
from sochihoi.ui.shared.signed_files import KEY_FILES, SIGNED_FILES, DropPage, inspect_file, kinds, offer_key
from sochihoi.ui.shared.table import Table
from sochihoi.ui.sync.register_line import is_register, take_register
from sochihoi.ui.sync.sticks import StickDialog, StickWatch
from sochihoi.ui.sync.tickets import take_ticket
from sochihoi.ui.words.month import period_name
from sochihoi.ui.words.sync import doubt_words


class IncomingPage(DropPage):
    """What came from the other side, and the deed for it. The page over it shows what was made here."""

    table: Table[SentFile]
    above_name: QLabel

    def __init__(self, context: Context, title: str) -> None:
        super().__init__(context, title)
        self.watch = StickWatch(self, self._plugged)

    # ------------------------------------------------------------------ sticks

    def _plugged(self, drive: Drive) -> None:
        told = _("A USB stick is plugged in: {name}.").format(name=drive.label)
        self.context.shell.message("info", told, [(_("What is on it"), lambda: self.show_files([drive.path]))])

    def choose_stick(self) -> None:
        """What lies on the stick that is plugged in; without one, in a folder that is chosen."""
        found = drives.removable()
        if len(found) == 1:
            self.show_files([found[0].path])
            return
        folder = choose_folder(self, _("Which stick or folder to look through"), found[0].path if found else None)
        if folder is not None:
            self.show_files([folder])

    def show_files(self, places: Sequence[Path]) -> None:
        """Our files in these places, each with one deed."""
        StickDialog(self.context, self, places, self.take).exec()

    def take(self, one: OnStick) -> None:
        """The deed for a file that was found. Problems are shown."""
        if one.deed is Deed.TRUST:
            offer_key(self.context, self, one.path, self.refresh)
        elif one.deed is Deed.OPEN:
            take_ticket(self.context, self, one.content)
        elif one.deed is Deed.APPLY:
            self._apply(one.content, one.path)
        else:
            inspect_file(self.context, self, Path(one.name), one.content)

    # ------------------------------------------------------------------ one file

    def choose_and_inspect(self) -> None:
        """Any signed file."""
        wanted = kinds(_("Signed files"), f"{SIGNED_FILES} {KEY_FILES}")
        file = choose_file(self, _("Look at a file"), wanted, self.last_place())
        if file is not None:
            inspect_file(self.context, self, file)

    def choose_key(self) -> None:
        """The key file of the level above."""
        wanted = kinds(_("Key file"), KEY_FILES)
        file = choose_file(self, _("Key file of the level above"), wanted, self.last_place())
        if file is not None:
            offer_key(self.context, self, file, self.refresh)

    def choose_receipt(self) -> None:
        """A receipt of the level above."""
        file = choose_file(self, _("Take in a receipt"), kinds(_("Receipt"), SIGNED_FILES), self.last_place())
        if file is not None:
            self._read_and_apply(file)

    def last_place(self) -> Path | None:
        """Where the newest file went."""
        last = self.context.office.sending.last_folder()
        return Path(last) if last else None

    def _read_and_apply(self, file: Path, *, or_look: bool = False) -> None:
        from sochihoi.storage.files import read_bytes

        try:
            data = read_bytes(file)
        except (UserError, OSError) as problem:
            self.context.shell.show_error(problem)
        else:
            self._apply(data, file, or_look=or_look)

    def _apply(self, data: bytes, file: Path, *, or_look: bool = False) -> None:
        try:
            taken = self.context.office.sending.take_receipt(data)
        except NotAReceipt as problem:
            if or_look:
                self._not_a_receipt(data, file)
            else:
                self.context.shell.show_error(problem)
            return
        except (UserError, OSError) as problem:
            self.context.shell.show_error(problem)
            return
        self.refresh()
        receipt = taken.receipt
        if taken.about is not None:
            self.table.choose(taken.about.id)
        if taken.doubt is not None:
            self.context.shell.message("warn", str(doubt_words(taken.doubt, receipt)))
            return
        told = (
            _("{name} has received file number {seq}, {period}.")
            if receipt.code is None
            else _("{name} has returned file number {seq}, {period}.")
        )
        name, period = self.above_name.text(), period_name(receipt.period)
        self.context.shell.toast(told.format(name=name, seq=receipt.seq, period=period))

    def _not_a_receipt(self, data: bytes, file: Path) -> None:
        if is_register(data):
            take_register(self.context, data, self.refresh)
            return
        found = look(self.context.office, [file])
        if len(found) == 1 and found[0].deed is Deed.OPEN:
            take_ticket(self.context, self, found[0].content)
        else:
            inspect_file(self.context, self, file, data)

    def dropped(self, files: Sequence[Path]) -> None:
        """A key file is offered, a receipt taken in, one other file looked at; several or a folder are listed."""
        if len(files) > 1 or any(file.is_dir() for file in files):
            self.show_files(files)
            return
        for file in files:
            if file.suffix.lower() == ".hpnkey":
                offer_key(self.context, self, file, self.refresh)
            elif self.context.read_only:
                inspect_file(self.context, self, file)
            else:
                self._read_and_apply(file, or_look=True)
