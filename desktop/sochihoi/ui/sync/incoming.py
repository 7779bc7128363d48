"""Files of others on the page of a commune: looked at, dropped, or found on a stick."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QLabel

from sochihoi.domain.custody import Deed
from sochihoi.domain.errors import UserError
from sochihoi.domain.exchange import NotAReceipt, Outcome, SentFile, SentState
from sochihoi.domain.periods import Period
from sochihoi.i18n import _
from sochihoi.services import drives
from sochihoi.services.drives import Drive
from sochihoi.services.packs import Look
from sochihoi.services.receipts import NothingForUs, Taken
from sochihoi.services.receiving import Verdict
from sochihoi.services.sticks import OnStick, look
from sochihoi.sync.errors import Code
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import choose_file, choose_folder
from sochihoi.ui.shared.signed_files import KEY_FILES, SIGNED_FILES, DropPage, inspect_file, kinds, offer_key
from sochihoi.ui.shared.table import Table
from sochihoi.ui.shared.uniting import unite_with
from sochihoi.ui.sync.pack_look import show_pack
from sochihoi.ui.sync.register_line import is_register, take_register
from sochihoi.ui.sync.returned import ReturnedDialog
from sochihoi.ui.sync.sticks import StickDialog, StickWatch
from sochihoi.ui.sync.tickets import take_ticket
from sochihoi.ui.words.answers import taken_words
from sochihoi.ui.words.sync import counted


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
        elif one.deed is Deed.RECEIVE:
            self._receive(one.path)
        elif one.deed is Deed.APPLY:
            self._apply(one.content, one.path)
        else:
            inspect_file(self.context, self, Path(one.name), one.content)

    def _receive(self, file: Path) -> None:
        """At a level above: a report file of a unit below, as in the inbox."""
        receiving, shell = self.context.office.receiving, self.context.shell

        def told(verdicts: tuple[Verdict, ...]) -> None:
            bad = any(one.outcome in (Outcome.REFUSED, Outcome.HELD) for one in verdicts)
            inbox = (_("To the inbox"), lambda: shell.go("upper", tab="inbox"))
            shell.message("warn" if bad else "ok", counted(verdicts), [inbox])

        shell.run_job(
            lambda progress: receiving.receive([file], progress=progress),
            told,
            title=_("Verifying and taking in files…"),
        )

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
        if is_register(data):
            take_register(self.context, data, self.refresh)
            return
        try:
            taken = self.context.office.receipts.take_any(data)
        except (NotAReceipt, NothingForUs) as problem:
            if or_look:
                self._not_a_receipt(data, file)
            else:
                self.context.shell.show_error(problem)
            return
        except (UserError, OSError) as problem:
            self.context.shell.show_error(problem)
            return
        self.refresh()
        self._say(taken)

    def _say(self, taken: Sequence[Taken]) -> None:
        """What became of each file that came; a way to what is to be corrected, and to what a pack would change."""
        lines = [line for one in taken for line in taken_words(one, {}, short=True)]
        receipts = [one.receipt for one in taken if one.receipt is not None]
        for one in receipts:
            if one.about is not None:
                self.table.choose(one.about.id)
        asked = [found for one in receipts for found in one.corrections if not found.of_line]
        deeds: list[tuple[str, Callable[[], None]]] = []
        if asked:
            deeds.append((_("Go to the figures"), lambda: self._to_figures(asked[0].period)))
        packs = [one for one in taken if one.kind == "defpack" and one.problem is None]
        if packs:
            deeds.append((_("What the pack changes"), lambda: self._pack(packs[0])))
        if any(one.receipt.code in (Code.FORK_SAME_SEQ, Code.FORK_CHAIN) for one in receipts):
            deeds.append((_("Put two books together…"), lambda: unite_with(self.context, self)))
        files = [file for one in receipts for file in (one.about, *one.also) if file is not None]
        back = [one for one in files if one.state is SentState.RETURNED]
        deeds += [(_("Why it was returned"), partial(self.show_why, one)) for one in back[:1]]
        bad = any(one.problem is not None for one in taken)
        returned = bool(back) or any(one.receipt.code is not None or one.doubt is not None for one in receipts)
        if bad or returned or deeds:
            self.context.shell.message("bad" if bad else "warn", " ".join(lines), deeds)
        else:
            self.context.shell.toast(" ".join(lines))

    def show_why(self, file: SentFile) -> None:
        """Why a file came back."""
        ReturnedDialog(self.context, self, file).exec()

    def _to_figures(self, period: str) -> None:
        self.context.shell.set_period(Period.parse(period))
        self.context.shell.go("reports", view="figures")

    def _pack(self, one: Taken) -> None:
        """What it would change; then it is applied, or not."""
        if isinstance(one.result, Look) and show_pack(self, one.result, self.context.today()):
            try:
                self.context.office.packs.apply(one.content)
            except (UserError, OSError) as problem:
                self.context.shell.show_error(problem)
            else:
                self.context.shell.message("ok", _("The pack is applied; it takes effect on its day."))

    def _not_a_receipt(self, data: bytes, file: Path) -> None:
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
