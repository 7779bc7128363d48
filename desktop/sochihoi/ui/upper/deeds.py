"""What can be done with one file that came in, and with the answers to the units."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.domain.exchange import Outcome
from sochihoi.domain.periods import Period
from sochihoi.i18n import _, ngettext, number
from sochihoi.services.receiving import Verdict
from sochihoi.services.totals import Share
from sochihoi.storage.files import write_whole
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.custody import CustodyDialog
from sochihoi.ui.shared.dialogs import ask, choose_folder, choose_target
from sochihoi.ui.shared.history_view import history_item
from sochihoi.ui.shared.preview import show_preview
from sochihoi.ui.shared.signed_files import SIGNED_FILES, inspect_file, kinds
from sochihoi.ui.shared.table import MenuItem
from sochihoi.ui.upper.decisions import AskDialog, DecideDialog, LettersDialog
from sochihoi.ui.upper.presenter import InboxRow
from sochihoi.ui.words.answers import returned_why, slip_line, still_running
from sochihoi.ui.words.month import period_name
from sochihoi.ui.words.sync import counted


class InboxDeeds:
    """``done``: something changed, show it."""

    def __init__(self, context: Context, parent: QWidget, done: Callable[[], None]) -> None:
        self._context, self._parent, self._done = context, parent, done

    def menu(self, row: InboxRow) -> Sequence[MenuItem | None]:
        """Of a line of the inbox."""
        kept = bool(row.line_id)
        can = kept and not self._context.read_only
        counts = row.outcome in (Outcome.STORED, Outcome.DUPLICATE)
        waits = row.outcome is Outcome.HELD or (row.outcome is Outcome.REFUSED and row.decided)
        again = row.outcome in (Outcome.REFUSED, Outcome.UNDONE) and not row.decided
        return (
            MenuItem(_("Look at this file"), lambda: self.look(row), "search", enabled=kept),
            MenuItem(_("Through whose hands…"), lambda: self.custody(row), "arrow-left-right", enabled=kept),
            *([history_item(self._context, self._parent, row.file_name, "received_file", row.line_id)] if kept else []),
            None,
            MenuItem(
                _("Decide whether it counts…"), lambda: self.decide(row), "clipboard-check", enabled=can and waits
            ),
            MenuItem(_("Judge it again"), lambda: self.judge_again([row.line_id]), "refresh-cw", enabled=can and again),
            MenuItem(_("Ask the unit to look at a figure…"), lambda: self.ask(row), "pencil", enabled=can and counts),
            MenuItem(_("Take it back…"), lambda: self.take_back([row]), "undo-2", enabled=can and counts),
            None,
            MenuItem(
                _("Ten letters to tell by telephone…"), lambda: self.tell(row), "qr-code", enabled=kept and counts
            ),
            MenuItem(_("Print its receipt"), lambda: self.slip(row), "printer", enabled=kept),
            MenuItem(_("Save the file as it came…"), lambda: self.save(row), "download", enabled=kept),
            MenuItem(_("Save its receipt…"), lambda: self.save_receipts([row.line_id]), "file-check", enabled=kept),
        )

    # ------------------------------------------------------------------ looking

    def look(self, row: InboxRow) -> None:
        """What it says of itself."""
        if row.line_id:
            data = self._context.office.receiving.file_bytes(row.line_id)
            inspect_file(self._context, self._parent, Path(row.file_name), data)

    def custody(self, row: InboxRow) -> None:
        """Its steps."""
        CustodyDialog(self._context, self._parent, row.sha256, row.file_name, came=True).exec()

    def save(self, row: InboxRow) -> None:
        """Its bytes."""
        title = _("Save the file as it came")
        target = choose_target(self._parent, title, row.file_name, kinds(_("Report file"), SIGNED_FILES))
        if target is not None:
            data = self._context.office.receiving.file_bytes(row.line_id)
            if self._did(lambda: write_whole(target, data, overwrite=True)):
                self._context.shell.toast(_("Saved: {file}").format(file=target))

    # ------------------------------------------------------------------ deciding

    def decide(self, row: InboxRow) -> None:
        """Whether a held file counts."""
        line = self._context.office.receiving.line(row.line_id)
        dialog = DecideDialog(self._context, self._parent, line)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._done()
            self._context.shell.message("ok", f"{line.file_name}: {dialog.said}", self.return_deed([line.unit_code]))

    def judge_again(self, line_ids: Sequence[str]) -> None:
        """Refused files once more, in the background."""
        deciding = self._context.office.receiving.deciding

        def work(progress: Any) -> tuple[Verdict, ...]:
            return deciding.judge_again(line_ids, progress)

        def ended(verdicts: tuple[Verdict, ...]) -> None:
            self._done()
            bad = any(one.outcome in (Outcome.REFUSED, Outcome.HELD) for one in verdicts)
            self._context.shell.message("warn" if bad else "ok", counted(verdicts))

        self._context.shell.run_job(work, ended, title=_("Judging files again…"))

    def ask(self, row: InboxRow) -> None:
        """What the unit should look at."""
        period = row.period or self._context.period.code
        months = [period, *(one for one in (self._context.period.code,) if one != period)]
        self.ask_unit(row.unit_code, row.unit, months)

    def ask_unit(self, code: str, name: str, months: Sequence[str], indicator: str = "") -> None:
        """The same of any unit and figure."""
        dialog = AskDialog(self._context, self._parent, (code, name), months, indicator)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            told = _("Asked. It goes with the next return file of {unit}.").format(unit=name or code)
            self._context.shell.message("ok", told, self.return_deed([code]))

    def of_share(self, share: Share, period: Period, indicator: str) -> Sequence[MenuItem | None]:
        """Of a unit's part of a figure."""
        months = [one.code for one in reversed(period.months())]
        return (
            MenuItem(
                _("Ask the unit to look at this figure…"),
                lambda: self.ask_unit(share.unit_code, share.unit_name, months, indicator),
                "pencil",
                enabled=not self._context.read_only,
            ),
        )

    def take_back(self, rows: Sequence[InboxRow]) -> None:
        """Their figures no longer count; what stood before stands again."""
        names = ", ".join(dict.fromkeys(row.unit or row.file_name for row in rows))
        question = ngettext("Take back {count} file of {units}?", "Take back {count} files of {units}?", len(rows))
        sure = ask(
            self._parent,
            question.format(count=number(len(rows)), units=names),
            _("The figures that stood before stand again, and the unit is told by a receipt. The file is kept."),
            _("Take back"),
            _("Leave it"),
        )
        if not sure:
            return
        ids = [row.line_id for row in rows]
        if self._did(lambda: self._context.office.receiving.deciding.take_back(ids)):
            self._done()
            told = _("Taken back. The figures that stood before stand again.")
            self._context.shell.message("ok", told, self.return_deed([row.unit_code for row in rows]))

    # ------------------------------------------------------------------ answers

    def tell(self, row: InboxRow) -> None:
        """The ten letters of a file that counts."""
        letters: list[str] = []
        if self._did(lambda: letters.append(self._context.office.phone.tell(row.line_id))):
            what = _(
                "Read them to {unit}: typed in there, they prove that exactly its file for {period} counts here."
                " The signed return file still goes to it."
            ).format(unit=row.unit, period=period_name(row.period))
            LettersDialog(self._parent, _("Ten letters to tell by telephone"), letters[0], what).exec()

    def missing(self, code: str, name: str, until: Period) -> None:
        """The code that asks a unit for its missing months."""
        gaps, letters = self._context.office.gaps, list[str]()
        if self._did(lambda: letters.append(gaps.code(code, until))):
            months = ", ".join(period_name(one) for one in gaps.missing(code, until))
            what = _(
                "Missing here: {months}. Read the letters to {unit}: its program makes precisely these files."
            ).format(months=months, unit=name or code)
            running = gaps.running(code, until)
            what += "" if running is None else " " + still_running(running)
            LettersDialog(self._parent, _("Code for the missing months"), letters[0], what).exec()

    def slip(self, row: InboxRow) -> None:
        """The receipt on paper."""
        from sochihoi.services.answer_papers import receipt_slip

        office, made = self._context.office, list[bytes]()
        why = returned_why(office.receiving.line(row.line_id).code).what
        if self._did(lambda: made.append(receipt_slip(office, row.line_id, slip_line(office), why))):
            show_preview(self._context, self._parent, made[0], f"{Path(row.file_name).stem}-bien-nhan.pdf")

    def return_deed(self, units: Iterable[str]) -> list[tuple[str, Callable[[], None]]]:
        """The button of a message that writes the return files of these units."""
        wanted = sorted({one for one in units if one})
        return [(_("Write the return files"), lambda: self.write_returns(wanted))] if wanted else []

    def write_returns(self, units: Sequence[str] = ()) -> None:
        """One file a unit into a folder or onto a stick; of every unit without any."""
        folder = choose_folder(self._parent, _("Where the return files are written"))
        written: list[Path] = []
        if folder is None or not self._did(
            lambda: written.extend(self._context.office.receiving.answers.write(folder, units))
        ):
            return
        told = ngettext(
            "{count} return file written to {folder}.", "{count} return files written to {folder}.", len(written)
        )
        self._context.shell.message("ok", told.format(count=number(len(written)), folder=folder))

    def save_receipts(self, lines: Sequence[str]) -> None:
        """Write receipts into a folder: of these lines, of all without any."""
        folder = choose_folder(self._parent, _("Where the receipts are written"))
        written: list[Path] = []
        if folder is None or not self._did(
            lambda: written.extend(self._context.office.receiving.write_receipts(folder, lines))
        ):
            return
        told = ngettext("{count} receipt written.", "{count} receipts written.", len(written))
        if not written:
            self._context.shell.toast(_("This file has no receipt: it was never proven whose it is."))
        else:
            self._context.shell.toast(told.format(count=len(written)))

    def _did(self, deed: Callable[[], object]) -> bool:
        try:
            deed()
        except (UserError, OSError) as problem:
            self._context.shell.show_error(problem)
            return False
        return True
