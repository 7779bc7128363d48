"""Gửi và nhận: where the month stands on its way, the file on a stick, in a folder or a letter, keys, receipts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sochihoi.domain.custody import Step
from sochihoi.domain.errors import UserError
from sochihoi.domain.exchange import SentFile, SentState
from sochihoi.domain.member_columns import MEMBER_LIST
from sochihoi.domain.periods import Period
from sochihoi.i18n import _, ngettext, pgettext, short_date
from sochihoi.services.custody import Custody
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import Card, button, label, rule
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.custody import CustodyDialog
from sochihoi.ui.shared.dialogs import ask, choose_folder
from sochihoi.ui.shared.forms import scrolled
from sochihoi.ui.shared.history_view import history_item
from sochihoi.ui.shared.listing.offer import ListPaper
from sochihoi.ui.shared.listing.reading import About
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.preview import show_preview
from sochihoi.ui.shared.signed_files import KeyCard, inspect_file
from sochihoi.ui.shared.table import MenuItem, Table
from sochihoi.ui.sync import presenter
from sochihoi.ui.sync.incoming import IncomingPage
from sochihoi.ui.sync.last_file import is_last
from sochihoi.ui.sync.leaving_dialog import LeavingDialog
from sochihoi.ui.sync.pack_card import PackCard
from sochihoi.ui.sync.parts import Steps, TargetRow, columns
from sochihoi.ui.sync.phone_code import PhoneCodeDialog
from sochihoi.ui.sync.register_line import RegisterLine
from sochihoi.ui.sync.tickets_card import TicketsCard
from sochihoi.ui.words import custody as custody_words
from sochihoi.ui.words.month import period_name

_SIDE = 340


def build(context: Context) -> Page:
    """The page of the navigation."""
    return SyncPage(context)


class SyncPage(IncomingPage):
    """A commune's way to the level above."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("Sending and receiving"))
        self._trails: Mapping[str, tuple[Step, ...]] = {}
        self._figures_only = False
        self.stick_button = self.add_action(_("On the st&ick"), self.choose_stick, "", "usb")
        self.inspect_button = self.add_action(_("&Look at a file"), self.choose_and_inspect, "", "search")
        self.receipt_button = self.add_action(_("&Take in a receipt"), self.choose_receipt, "", "inbox")
        row = QHBoxLayout()
        row.setSpacing(style.sizes().space_4)
        self.content.addLayout(row, 1)
        row.addLayout(self._main(), 1)
        row.addWidget(self._side())
        bar = self.action_bar()
        self.slip_button = bar.add(_("Print the file &slip"), self.print_slip, "", "printer")
        self.mail_button = bar.add(_("&E-mail draft"), self.write_mail, "", "mail")
        self.send_button = bar.add(_("&Write the file"), self.on_finish, "primary", "usb")

    def _main(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(style.sizes().space_3)
        card = Card()
        self.steps = Steps()
        card.add(self.steps)
        card.add(rule())
        self.place = TargetRow(self.context.office.sending.last_folder)
        self.place.changed.connect(self._name_button)
        card.add(self.place)
        column.addWidget(card)
        self.table: Table[SentFile] = Table(
            self.context,
            "sync.sent",
            columns(self._last_step),
            key=lambda f: f.id,
            noun=lambda count: ngettext("file made here", "files made here", count),
            menu=self._menu,
            two_lines=True,
            accessible=_("Files made here"),
        )
        self.table.set_empty("send", _("No file has been made yet. Close a month, then write its file."))
        self.table.opened.connect(self._look)
        about = About[SentFile](
            lambda: _("List of files made here"), order=lambda: pgettext("order", "the day, the newest first")
        )
        self.paper = ListPaper(self.context, self.table, about)
        column.addWidget(self.table, 1)
        return column

    def _side(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.sizes().space_3)
        self.above = Card(_("Level above"))
        self.above_name = label("", wrap=True)
        self.above_key = label("", "small", wrap=True)
        self.above.add(self.above_name)
        self.above.add(self.above_key)
        self.trust_button = button(_("A&ccept its key file"), self.choose_key, "quiet", "key-round")
        self.code_button = button(_("Type a code told by tele&phone"), self.type_code, "quiet", "message-square")
        self.above.body.addWidget(self.code_button, 0, Qt.AlignmentFlag.AlignLeft)
        line = QHBoxLayout()
        line.addWidget(self.trust_button)
        line.addStretch(1)
        self.above.body.addLayout(line)
        self.register = RegisterLine(self.context, self.refresh)
        self.above.add(self.register)
        column.addWidget(self.above)
        self.packs = PackCard(self.context, self.refresh)
        column.addWidget(self.packs)
        self.tickets = TicketsCard(self.context)
        column.addWidget(self.tickets)
        self.keys = KeyCard(self.context)
        column.addWidget(self.keys)
        column.addStretch(1)
        area = scrolled(box)
        area.setFixedWidth(round(_SIDE * style.sizes().body / 14))
        return area

    # ------------------------------------------------------------------ showing

    def refresh(self) -> None:
        sending, commune, period = self.context.office.sending, self.context.office.commune, self.context.period
        self.standing = sending.standing(period)
        note = presenter.note(period, commune, self.context.today(), sent=self.standing.sent)
        self.set_title(_("Sending, {period}").format(period=period_name(period)), note)
        files = sending.history()
        self._trails = Custody(self.context.office).of([one.sha256 for one in files])
        self.steps.show_steps(presenter.steps(self.standing))
        self.table.set_rows(files)
        parent = self.standing.parent
        named = parent.unit_name if parent is not None else commune.above_name
        self.above_name.setText(named or _("No level above is named here yet: its key file names it."))
        self.above_key.setText(
            _("Key accepted on {day}.").format(day=short_date(parent.trusted_on))
            if parent is not None
            else _("Its key is not accepted yet: the file could not be locked for it.")
        )
        self.trust_button.setVisible(not self.context.read_only)
        for one in (self.receipt_button, self.code_button):
            one.setVisible(not self.context.read_only)
        self.packs.refresh()
        self.tickets.refresh()
        self.place.read()
        lack = presenter.missing(self.standing, commune.above_name)
        bar = self.action_bar()
        if lack:
            bar.set_missing(lack)
        else:
            usual = _("Drop a receipt, a key file or any signed file on this page to look at it.")
            bar.set_hint(presenter.not_gone(self.standing) or usual)
        able = not lack and not self.context.read_only
        for one in (self.send_button, self.mail_button):
            one.setEnabled(able)
        self.slip_button.setEnabled(self.standing.file is not None)
        self.context.shell.refresh_frame()
        self.register.refresh()  # last: where the keys of this PC no longer count, this is what cannot be shown
        self.keys.refresh()

    def _last_step(self, file: SentFile) -> str:
        trail = self._trails.get(file.sha256)
        return custody_words.step(trail[-1]) if trail else presenter.where_written(file)

    def _name_button(self) -> None:
        text = _("&Write the file to the USB stick") if self.place.target().stick else _("&Write the file to a folder")
        self.send_button.setText(f"  {text}")
        self.send_button.setAccessibleName(text.replace("&", ""))

    # ------------------------------------------------------------------ sending

    def on_finish(self) -> None:
        """Write the file of this month to the chosen place."""
        if not self.send_button.isEnabled():
            return
        target = self.place.target()
        folder = target.path or choose_folder(self, _("Where the file is written"), self.last_place())
        if folder is None:
            return
        if not self._sure():
            return
        period, sending, plain = self.context.period, self.context.office.sending, self._figures_only
        final = is_last(self.context, self)

        def work(progress: Any) -> tuple[SentFile, Path]:
            made = sending.prepare(period, progress, figures_only=plain, final=final)
            return made, sending.write(made.id, folder)

        self.context.shell.run_job(work, self._written, title=_("Signing and locking the file…"))

    def _last(self) -> Path | None:
        last = self.context.office.sending.last_folder()
        return Path(last) if last else None

    def _sure(self) -> bool:
        """Before a file is made: what leaves this PC is shown wherever somebody is listed in it."""
        self._figures_only = False
        title = _("Make the file of {period} for {above}?").format(
            period=period_name(self.context.period), above=self.above_name.text()
        )
        office = self.context.office
        if office.packs.profile(MEMBER_LIST) is not None:
            dialog = LeavingDialog(self, title, office.sending.leaving(self.context.period))
            done = dialog.exec() == LeavingDialog.DialogCode.Accepted
            self._figures_only = dialog.figures_only
            return done
        return self.standing.file is not None or ask(
            self,
            title,
            _("The signed file cannot be changed afterwards. Should figures change, make a supplement and send again."),
            _("Make the file"),
            _("Do not make it yet"),
        )

    def _written(self, done: tuple[SentFile, Path]) -> None:
        made, place = done
        self.refresh()
        self.table.choose(made.id)
        self.context.shell.clear_message()
        told = _("Written and read back: {file}. Take the stick out safely, and let the slip go with it.")
        self.context.shell.message("ok", told.format(file=place), [(_("Print the file slip"), self.print_slip)])

    def write_mail(self) -> None:
        """Make the letter and open it in the PC's mail program."""
        if not self._sure():
            return
        office, period, plain = self.context.office, self.context.period, self._figures_only
        folder = office.store.folder.path / "letters"

        def work(progress: Any) -> Path:
            from sochihoi.services.mailing import draft

            made = office.sending.prepare(period, progress, figures_only=plain)
            folder.mkdir(exist_ok=True)
            unit = office.commune.union_name
            digits = " ".join(office.sending.keys().digits)
            text = presenter.mail_text(made, unit, office.commune.above_name, digits)
            return draft(office, made.id, folder, subject=presenter.mail_subject(made.period, unit), text=text)

        self.context.shell.run_job(work, self._open_letter, title=_("Signing and locking the file…"))

    def _open_letter(self, letter: Path) -> None:
        self.refresh()
        if QDesktopServices.openUrl(QUrl.fromLocalFile(str(letter))):
            told = _("The letter is open in the mail program of this PC. It is sent only when you send it there.")
            self.context.shell.message("info", told)
        else:
            told = _("No mail program opened. The letter with the file lies here: {file}")
            self.context.shell.message("warn", told.format(file=letter))

    def on_print(self) -> None:
        self.print_slip()

    def print_slip(self, file: SentFile | None = None) -> None:
        """The slip that goes with the file on paper."""
        chosen = file or self.standing.file
        if chosen is None:
            return
        from sochihoi.services.sync_papers import file_slip

        pdf = file_slip(self.context.office, chosen.id)
        show_preview(self.context, self, pdf, f"{Path(chosen.file_name).stem}-phieu-gui.pdf")

    def _menu(self, file: SentFile) -> Sequence[MenuItem | None]:
        can = not self.context.read_only
        return (
            MenuItem(_("Look at this file"), lambda: self._look(file), "search"),
            MenuItem(
                _("Why it was returned…"),
                lambda: self.show_why(file),
                "circle-x",
                enabled=file.state is SentState.RETURNED,
            ),
            MenuItem(_("Through whose hands…"), lambda: self._custody(file), "arrow-left-right"),
            MenuItem(_("Print the file slip"), lambda: self.print_slip(file), "printer"),
            history_item(self.context, self, file.file_name, "sent_file", file.id),
            MenuItem(_("Write it again…"), lambda: self._write_again(file), "folder", enabled=can),
        )

    def _write_again(self, file: SentFile) -> None:
        folder = choose_folder(self, _("Where the file is written"), self.last_place())
        if folder is None:
            return
        try:
            place = self.context.office.sending.write(file.id, folder)
        except (UserError, OSError) as problem:
            self.context.shell.show_error(problem)
        else:
            self._written((file, place))

    # ------------------------------------------------------------------ one file

    def _look(self, file: SentFile) -> None:
        inspect_file(self.context, self, Path(file.file_name), self.context.office.sending.content(file.id))

    def type_code(self) -> None:
        """Ten letters that the level above reads out."""
        PhoneCodeDialog(self.context, self, self._make_months).exec()
        self.refresh()

    def _make_months(self, months: tuple[Period, ...]) -> None:
        """The files that a code asks for, into the chosen place."""
        folder = self.place.target().path or choose_folder(self, _("Where the file is written"), self.last_place())
        if folder is None or not self._sure():
            return
        gaps, plain = self.context.office.gaps, self._figures_only

        def told(files: tuple[Path, ...]) -> None:
            self.refresh()
            words_ = ngettext("{count} file written to {folder}.", "{count} files written to {folder}.", len(files))
            self.context.shell.message("ok", words_.format(count=len(files), folder=folder))

        title = _("Signing and locking the file…")

        def work(_progress: Any) -> tuple[Path, ...]:
            return gaps.write(months, folder, overwrite=True, figures_only=plain)

        self.context.shell.run_job(work, told, title=title)

    def _custody(self, file: SentFile) -> None:
        CustodyDialog(self.context, self, file.sha256, file.file_name).exec()
        self.refresh()

    def first_focus(self) -> QWidget:
        return self.send_button if self.send_button.isEnabled() else self.table.view

    def help_text(self) -> str:
        return "".join(
            f"<p>{text}</p>"
            for text in (
                _("The month is closed, its file is written to a stick, and the slip is printed to go with it."),
                _("Ctrl+Enter writes the file, Ctrl+P shows the slip, F5 looks for sticks again."),
                _("Only a copy that was read back and found equal counts as sent; only a receipt says received."),
            )
        )
