"""Bản sao: automatic copies, a copy now, the way back, and whether the book is whole."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.i18n import _, ngettext, number
from sochihoi.storage.backup import BackupInfo
from sochihoi.storage.damage import Damage
from sochihoi.storage.errors import DatabaseDamaged
from sochihoi.ui import style, words
from sochihoi.ui.setup import presenter
from sochihoi.ui.setup.handing import HandingCard
from sochihoi.ui.setup.restoring import RestoreDialog, way_of
from sochihoi.ui.shared.buttons import Card, button, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import choose_file, choose_folder, choose_target
from sochihoi.ui.shared.forms import scrolled
from sochihoi.ui.shared.history_view import history_of
from sochihoi.ui.shared.jobs import Progress
from sochihoi.ui.shared.panel import Facts
from sochihoi.ui.shared.part import Part
from sochihoi.ui.words.copies import drilled_text
from sochihoi.ui.words.storage import damage_text


def build(context: Context) -> Part:
    """Copies and the way back."""
    return BackupPart(context)


class BackupPart(Part):
    """Five cards: automatic copies, a copy now, trying one, restoring, checking."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.dialog: RestoreDialog | None = None
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.sizes().space_3)
        writes = not context.read_only
        self.facts = Facts()
        self.choose_button = button(_("Choose the second place…"), self.choose, "", "folder-open")
        self.drop_button = button(_("Without a second place"), self.drop, "quiet")
        self.history_button = button(_("History…"), self.history, "quiet", "history")
        places = [self.choose_button, self.drop_button] if writes else []
        automatic = _(
            "A copy is made by itself after 50 changes or half an hour of work, and when the book is closed. Kept is"
            " the last one of each of 24 hours, 14 days, 8 weeks and 12 months. A second place on another disk or a"
            " stick keeps the book when this computer breaks."
        )
        column.addWidget(_card(_("Automatic copies"), automatic, [self.facts], [*places, self.history_button]))
        self.now_button = button(_("Make a copy now…"), self.make, "primary", "hard-drive")
        self.made = label("", tone="ok", wrap=True)
        column.addWidget(
            _card(
                _("A copy now"),
                _(
                    "One file with the whole book, encrypted with the same passwords. It is opened and checked before"
                    " it counts."
                ),
                [self.made],
                [self.now_button],
            )
        )
        self.drill_button = button(_("Try the newest copy"), self.drill, "", "history")
        self.drill_other_button = button(_("Try another copy…"), self.choose_drill, "quiet")
        self.drilled = label("", wrap=True)
        column.addWidget(
            _card(
                _("Try restoring"),
                _(
                    "Restores a copy into a temporary folder, opens and checks it, and compares it row for row. The"
                    " book is not touched. Do this twice a year: a copy that was never tried is only a hope."
                ),
                [self.drilled],
                [self.drill_button, self.drill_other_button],
            )
        )
        self.restore_button = button(_("Restore a copy…"), self.restore, "danger", "history")
        back = _(
            "The copy is checked first and shows what it holds. What is here now is set aside in a folder beside it and"
            " never deleted."
        )
        if not context.office.account.role.may_manage:
            back += " " + _("Only a chair can restore a copy.")
        column.addWidget(_card(_("Restore"), back, [], [self.restore_button]))
        self.restore_button.setVisible(context.office.account.role.may_manage)
        self.handing = HandingCard(context)
        column.addWidget(self.handing)
        self.check_button = button(_("Check the book now"), self.check, "", "shield-check")
        self.checked = label("", wrap=True)
        column.addWidget(
            _card(
                _("Is the book whole?"),
                _("Reads every page of the file and every line of the journal. That takes up to a minute."),
                [self.checked],
                [self.check_button],
            )
        )
        column.addStretch(1)
        self.column.addWidget(scrolled(whole))

    def refresh(self) -> None:
        office = self.context.office
        self.handing.refresh()
        self.facts.set_facts(presenter.copies_facts(office, self.context.today()))
        self.drop_button.setVisible(office.backups.folder is not None and not self.context.read_only)
        for one in (self.made, self.drilled, self.checked):
            one.setVisible(bool(one.text()))

    def _last_folder(self) -> Path:
        return Path(str(self.context.settings.value("files/folder", "")))

    def _copies_folder(self) -> Path:
        """Where to look for a copy: where one was written last, else where the automatic ones lie."""
        last = str(self.context.settings.value("files/folder", ""))
        backups = self.context.office.backups
        return Path(last) if last else next((one.path.parent for one in backups.kept()), Path())

    # ------------------------------------------------------------------ automatic copies

    def history(self) -> None:
        """Who chose where second copies go, and when a copy was tried."""
        history_of(self.context, self, _("Copies"), "setting", "backup.")

    def choose(self) -> None:
        """A second place."""
        folder = choose_folder(
            self.window(), _("Where shall the second copies go?"), self.context.office.backups.folder
        )
        if folder is not None:
            self.put_second(folder)

    def put_second(self, folder: Path) -> None:
        """Use a folder as the second place, and put the first copy there at once."""
        backups = self.context.office.backups
        if not self.attempt(lambda: backups.choose_folder(folder)):
            return
        told = _("Copies go to {folder} as well.").format(folder=folder)
        if backups.same_disk(folder):
            self.context.shell.message(
                "warn",
                _(
                    "{folder} lies on the same disk as the book. A stick or another disk keeps the copies when this one"
                    " breaks."
                ).format(folder=folder),
            )
        self.context.shell.run_job(
            lambda _progress: backups.automatic(),
            lambda _made: self.acted(told, undo=False),
            title=_("Copying the book"),
        )

    def drop(self) -> None:
        """Only beside the book."""
        if self.attempt(lambda: self.context.office.backups.choose_folder(None)):
            self.acted(_("Copies stay beside the book only."), undo=False)

    # ------------------------------------------------------------------ a copy now

    def make(self) -> None:
        """Choose a file and write it."""
        proposed = self._last_folder() / presenter.backup_name(self.context.office)
        out = choose_target(self.window(), _("Make a copy now…"), str(proposed), _("Copies of the book (*.hpnbak)"))
        if out is not None:
            self.make_at(out if out.suffix == ".hpnbak" else out.with_name(f"{out.name}.hpnbak"))

    def make_at(self, out: Path) -> None:
        """Write a copy there, in the background."""
        backups = self.context.office.backups

        def work(_progress: Progress) -> BackupInfo:
            return backups.make(out, overwrite=True)

        def done(info: BackupInfo) -> None:
            self.context.settings.setValue("files/folder", str(out.parent))
            rows = sum(info.rows.values())
            told = ngettext("{count} entry", "{count} entries", rows).format(count=number(rows))
            self._tell(self.made, _("Written and checked: {file}, {entries}.").format(file=out, entries=told), "ok")

        self.context.shell.run_job(work, done, title=_("Copying the book"))

    # ------------------------------------------------------------------ trying one

    def choose_drill(self) -> None:
        """Choose a copy to try."""
        file = choose_file(
            self.window(), _("Which copy shall be tried?"), _("Copies of the book (*.hpnbak)"), self._copies_folder()
        )
        if file is not None:
            self.drill(file)

    def drill(self, file: Path | None = None) -> None:
        """Try a copy (the newest unless named) in the background."""
        backups = self.context.office.backups

        def failed(problem: UserError) -> None:
            self._tell(self.drilled, str(words.say(problem)), "bad")

        self.context.shell.run_job(
            lambda progress: backups.drill(file, progress),
            lambda found: self._tell(self.drilled, "\n".join(drilled_text(found)), "ok"),
            title=_("Trying the copy, step"),
            stop_says=_("The temporary folder is taken away."),
            failed=failed,
        )

    # ------------------------------------------------------------------ the way back

    def restore(self) -> None:
        """Choose a copy."""
        file = choose_file(
            self.window(), _("Which copy shall come back?"), _("Copies of the book (*.hpnbak)"), self._copies_folder()
        )
        if file is not None:
            self.restore_from(file)

    def restore_from(self, file: Path) -> None:
        """Ask for the password of the copy, show what it holds, then bring it back."""
        self.dialog = RestoreDialog(way_of(self.context, file), self.window(), file)
        self.dialog.open()

    # ------------------------------------------------------------------ check

    def check(self) -> None:
        """Read the whole file and the chain of the journal."""
        store = self.context.office.store

        def done(findings: tuple[Damage, ...]) -> None:
            if findings:
                told = [damage_text(one) for one in findings]
                told.append(_("Restore the newest copy; nothing is deleted by that."))
                self._tell(self.checked, "\n".join(told), "bad")
            else:
                self._tell(
                    self.checked, _("The book is whole: the file and the journal were read without a fault."), "ok"
                )

        def check(_progress: Progress) -> tuple[Damage, ...]:
            try:
                return store.findings()
            except DatabaseDamaged as problem:
                return problem.findings

        self.context.shell.run_job(check, done, title=_("Checking the book"))

    def _tell(self, where: QLabel, text: str, tone: str) -> None:
        style.set_property(where, "tone", tone)
        where.setText(text)
        self.refresh()

    def first_focus(self) -> QWidget | None:
        return self.now_button


def _card(title: str, text: str, widgets: list[QWidget], buttons: list[QWidget]) -> Card:
    card = Card(title)
    card.add(label(text, tone="muted", wrap=True))
    for widget in widgets:
        card.add(widget)
    row = QHBoxLayout()
    row.setSpacing(style.sizes().space_2)
    for one in buttons:
        row.addWidget(one)
    row.addStretch(1)
    card.body.addLayout(row)
    return card
