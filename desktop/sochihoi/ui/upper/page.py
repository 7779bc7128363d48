"""Cấp dưới: files dropped anywhere are judged one by one; who has sent; the figures of all together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QMenu, QTabBar, QWidget

from sochihoi.domain.exchange import Outcome
from sochihoi.i18n import _
from sochihoi.services.board import BoardSheet
from sochihoi.services.receiving import UnitBelow, Verdict
from sochihoi.services.totals import Totals
from sochihoi.ui.shared.beside import Reading
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import WIDE, Dialog, choose_file, choose_folder
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.paper_code import CodeDialog
from sochihoi.ui.shared.signed_files import (
    KEY_FILES,
    SIGNED_FILES,
    DropPage,
    KeyCard,
    inspect_file,
    kinds,
    offer_key,
)
from sochihoi.ui.shared.stack import Stack
from sochihoi.ui.shared.table import MenuItem, fill_menu
from sochihoi.ui.upper.board import Board
from sochihoi.ui.upper.figures import TotalFigures
from sochihoi.ui.upper.inbox import Inbox
from sochihoi.ui.upper.packs import PacksTab
from sochihoi.ui.upper.presenter import InboxRow
from sochihoi.ui.upper.register import KeyRegister
from sochihoi.ui.upper.targets import TotalTargets
from sochihoi.ui.upper.twice import TwiceTab
from sochihoi.ui.upper.units import Units
from sochihoi.ui.words.board import headline
from sochihoi.ui.words.month import period_name
from sochihoi.ui.words.sync import counted

TABS = ("inbox", "board", "units", "figures", "targets", "keys", "packs", "twice")
INBOX, BOARD, UNITS, FIGURES, TARGETS, KEYS, PACKS, TWICE = range(8)


def build(context: Context) -> Page:
    """The page of the navigation."""
    return UpperPage(context)


class UpperPage(DropPage):
    """``refresh(tab="inbox" | "board" | "units" | "figures" | "targets")`` opens a tab, ``code`` one of the figures
    unit by unit, ``unit`` (a code) the line of a unit on the board."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("Units below"))
        self.more_button = self.add_action(_("&More"), self._more, "", "ellipsis")
        self.key_button = self.add_action(_("&Accept a key"), self.choose_key, "", "key-round")
        self.take_button = self.add_action(_("&Take in files"), self.choose_files, "primary", "inbox")
        for one in (self.key_button, self.take_button):
            one.setVisible(not context.read_only)
        self.code_dialog: CodeDialog | None = None
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName(_("Parts of this page"))
        for text in (_("Inbox"), _("Who has sent"), _("Units"), _("All figures"), _("Targets"), _("Register of keys")):
            self.tabs.addTab(text)
        self.tabs.addTab(_("Definitions"))
        self.tabs.addTab(_("On two lists"))
        self.content.addWidget(self.tabs)
        self._stack = Stack()
        self.content.addWidget(self._stack, 1)
        self.inbox = Inbox(context)
        self.board = Board(context)
        self.units = Units(context)
        self.figures = TotalFigures(context, self)
        self.targets = TotalTargets(context)
        self.keys = KeyRegister(context, self.refresh)
        self.packs = PacksTab(context)
        self.twice = TwiceTab(context)
        self._reading = Reading(context, self)
        self._unit = ""
        for part in self._parts():
            self._stack.addWidget(part)
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)

    # ------------------------------------------------------------------ what the frame asks

    def _parts(self) -> tuple[Inbox, Board, Units, TotalFigures, TotalTargets, KeyRegister, PacksTab, TwiceTab]:
        return (
            self.inbox,
            self.board,
            self.units,
            self.figures,
            self.targets,
            self.keys,
            self.packs,
            self.twice,
        )

    def refresh(self, *, tab: str = "", code: str = "", unit: str = "") -> None:
        office, period = self.context.office, self.context.period
        if tab or code or unit:
            self.tabs.setCurrentIndex(TABS.index(tab or ("figures" if code else "board")))
        self.figures.open_code(code)
        self._unit = unit
        self._reading.read(
            lambda: (
                office.board.of(period),
                office.receiving.totals.of(period),
                office.receiving.units(),
                self.inbox.read(),
            ),
            lambda read: self._show(*read),
            title=_("Reading what the units have sent, {period}…").format(period=period_name(period)),
            failed=self.context.shell.show_error,
            waiting=lambda: None,
        )

    def _show(self, board: BoardSheet, totals: Totals, units: Sequence[UnitBelow], came: tuple[InboxRow, ...]) -> None:
        self.set_title(_("Units below"), headline(board) if totals.known else "")
        self.inbox.refresh(came)
        self.board.refresh(board)
        self.units.refresh(totals, units, due=board.today > board.due)
        self.figures.refresh(totals)
        self.targets.refresh(totals)
        self.keys.refresh()
        self.packs.refresh()
        self.twice.refresh()
        if self._unit:
            self.board.table.choose(self._unit)

    def on_why(self) -> None:
        if self.tabs.currentIndex() == FIGURES:
            self.figures.why()

    def on_escape(self) -> bool:
        at = self.tabs.currentIndex()
        return (at == FIGURES and self.figures.escape()) or (at == TARGETS and self.targets.escape())

    def on_new(self) -> None:
        self.choose_files()

    def first_focus(self) -> QWidget:
        table = self._parts()[self.tabs.currentIndex()].table
        # an empty list cannot hold the focus: the button that fills it can
        return table.view if table.model.rows or self.context.read_only else self.take_button

    def help_text(self) -> str:
        return "".join(
            f"<p>{text}</p>"
            for text in (
                _("Files of the units are dropped anywhere on this page, or a whole folder at once."),
                _("Each file gets a verdict; a refused one changes nothing and is kept with the reason."),
                _("What is unusual waits for a decision: Enter shows why, accepts it or returns it with a reason."),
                _("One return file goes back to each unit; ten letters tell by telephone that its file counts."),
                _("“Who has sent” has the late units first; Enter opens the reminder to one of them."),
                _("“Targets” says how many units have reached each target; Enter shows where each of them stands."),
                _("In “All figures”, Ctrl+I says why a number is so and leads to each unit and its file."),
            )
        )

    # ------------------------------------------------------------------ taking in

    def choose_files(self) -> None:
        """One or many files of the units."""
        if self.context.read_only:
            return
        folder = str(self.context.settings.value("upper/folder", ""))
        names, _kind = QFileDialog.getOpenFileNames(
            self, _("Take in files"), folder, kinds(_("Report file"), SIGNED_FILES)
        )
        self.take([Path(name) for name in names])

    def try_files(self) -> None:
        """What would become of files, in words; nothing is taken in."""
        folder = str(self.context.settings.value("upper/folder", ""))
        title, kind = _("Try files without taking them in"), kinds(_("Report file"), SIGNED_FILES)
        names, _kind = QFileDialog.getOpenFileNames(self, title, folder, kind)
        if names:
            self.try_out([Path(name) for name in names])

    def try_out(self, paths: Sequence[Path]) -> None:
        """The same of these files."""
        receiving = self.context.office.receiving

        def told(verdicts: tuple[Verdict, ...]) -> None:
            self.inbox.show_run(verdicts, tried=True)
            self.tabs.setCurrentIndex(INBOX)
            words_ = _("Nothing was taken in. It would be so: {counted}").format(counted=counted(verdicts))
            self.context.shell.message("info", words_, [(_("Take these files in"), lambda: self.take(paths))])

        self.context.shell.run_job(
            lambda progress: receiving.receive(paths, dry_run=True, progress=progress), told, title=_("Trying files…")
        )

    def choose_from_folder(self) -> None:
        """A whole folder or stick."""
        kept = str(self.context.settings.value("upper/folder", ""))
        folder = choose_folder(self, _("Folder with the files of the units"), Path(kept) if kept else None)
        if folder is not None:
            self.take([folder])

    def take(self, paths: Sequence[Path]) -> None:
        """Judge and store in the background."""
        if not paths:
            return
        first = paths[0]
        self.context.settings.setValue("upper/folder", str(first if first.is_dir() else first.parent))
        receiving = self.context.office.receiving

        def work(progress: Any) -> tuple[Verdict, ...]:
            return receiving.receive(paths, progress=progress)

        self.context.shell.run_job(
            work,
            self._taken,
            title=_("Verifying and taking in files…"),
            stop_says=_("Files taken in so far stay; the rest is left for next time."),
        )

    def _taken(self, verdicts: tuple[Verdict, ...]) -> None:
        self.inbox.show_run(verdicts)
        self.refresh(tab="inbox")
        bad = any(one.outcome in (Outcome.REFUSED, Outcome.HELD) for one in verdicts)
        units = [one.line.unit_code for one in verdicts if one.line is not None and one.outcome is not Outcome.HELD]
        self.context.shell.message("warn" if bad else "ok", counted(verdicts), self.inbox.deeds.return_deed(units))

    def dropped(self, files: Sequence[Path]) -> None:
        """Key files are offered one by one, everything else is judged."""
        if self.context.read_only:
            for file in files[:1]:
                inspect_file(self.context, self, file)
            return
        keys = [file for file in files if file.suffix.lower() == ".hpnkey"]
        for file in keys:
            offer_key(self.context, self, file, self.refresh)
        self.take([file for file in files if file not in keys])

    # ------------------------------------------------------------------ keys, receipts

    def choose_key(self) -> None:
        """The key file of a unit below."""
        file = choose_file(self, _("Key file of a unit below"), kinds(_("Key file"), KEY_FILES))
        if file is not None:
            offer_key(self.context, self, file, self.refresh)

    def show_own_key(self) -> None:
        """The key of this PC, which the units below accept."""
        dialog = Dialog(self, _("Key of this PC, for the units below"), width=WIDE)
        card = KeyCard(self.context)
        card.refresh()
        dialog.body.addWidget(card)
        dialog.add_button(_("Close"), dialog.accept, default=True)
        dialog.exec()

    def choose_and_inspect(self) -> None:
        """Any signed file, without taking it in."""
        wanted = kinds(_("Signed files"), f"{SIGNED_FILES} {KEY_FILES}")
        file = choose_file(self, _("Look at a file"), wanted)
        if file is not None:
            inspect_file(self.context, self, file)

    def check_code(self) -> None:
        """Whether a signed paper of a unit below says what its file said."""
        self.code_dialog = CodeDialog(self.context, self)
        self.code_dialog.open()

    def _more(self) -> None:
        can = not self.context.read_only
        menu = QMenu(self)
        fill_menu(
            menu,
            (
                MenuItem(_("Take in a whole folder…"), self.choose_from_folder, "folder-open", enabled=can),
                MenuItem(_("Try files without taking them in…"), self.try_files, "list-checks", enabled=can),
                MenuItem(_("Look at a file without taking it in…"), self.choose_and_inspect, "search"),
                MenuItem(_("Check a printed report…"), self.check_code, "qr-code"),
                None,
                MenuItem(_("Write the return files of all units…"), self.inbox.deeds.write_returns, "file-check"),
                MenuItem(_("Write all receipts…"), lambda: self.inbox.save_receipts(()), "file-check"),
                MenuItem(_("Take back all that is shown…"), self.inbox.take_back_shown, "undo-2", enabled=can),
                MenuItem(_("Key of this PC…"), self.show_own_key, "key-round"),
            ),
        )
        menu.popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))
