"""Bringing a list in: choose the file, see what it would bring, bring it in, take it back. Nothing is written before
the button with the number on it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.domain.progress import Progress
from sochihoi.i18n import _, ngettext, number
from sochihoi.services.household_lists import HomesPreview, HomesResult
from sochihoi.services.imports import Fate, ImportResult, Preview
from sochihoi.ui import style
from sochihoi.ui import words as all_words
from sochihoi.ui.people.intake_columns import beside, kind, sentence, warnings
from sochihoi.ui.people.intake_done import DonePlace
from sochihoi.ui.people.intake_drop import DropPlace
from sochihoi.ui.people.intake_groups import Groups
from sochihoi.ui.people.intake_homes import HomesLook
from sochihoi.ui.people.intake_mapping import read_as
from sochihoi.ui.people.intake_remarks import save_remarks
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import choose_file
from sochihoi.ui.shared.message_bar import MessageBar
from sochihoi.ui.shared.stack import Stack
from sochihoi.ui.words import home_lists
from sochihoi.ui.words.intake_columns import remarks_on, remarks_title

if TYPE_CHECKING:
    from sochihoi.intake.interpret import Opened

KINDS = "Excel (*.xlsx *.xls *.ods *.csv)"


class IntakeView(QWidget):
    """The three steps, in the place of the list. ``left``: she is done or goes back to the list."""

    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.preview: Preview | None = None
        self.result: ImportResult | HomesResult | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.steps = Stack()
        column.addWidget(self.steps)
        self.drop = DropPlace(self.choose)
        self.drop.dropped.connect(self.read)
        self.steps.addWidget(self.drop)
        self.steps.addWidget(self._look_step())
        self.setAcceptDrops(True)  # another list, whatever is looked at
        self.done = DonePlace()
        self.undo_button, self.finish_button = self.done.undo_button, self.done.finish_button
        self.undo_button.clicked.connect(self.undo)
        self.finish_button.clicked.connect(self._finish)
        self.steps.addWidget(self.done)
        self.homes = HomesLook(context)
        self.homes.wanted.connect(self.commit_homes)
        self.homes.another.connect(self.choose)
        self.steps.addWidget(self.homes)
        for groups in (self.groups, self.homes.groups):
            groups.changed.connect(self._columns_changed)
            groups.forgotten.connect(self._columns_forgotten)
            groups.otherwise.connect(self._otherwise)

    # ------------------------------------------------------------------ the steps

    def _look_step(self) -> QWidget:
        size = style.sizes()
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(size.space_2)
        self.summary = label("", "head", wrap=True)
        self.more = label("", tone="muted", wrap=True)
        self.warning = MessageBar(closable=False)
        column.addWidget(self.warning)
        column.addWidget(self.summary)
        column.addWidget(self.more)
        self.groups = Groups(self._context, kind())
        self.tabs, self.table, self.columns = self.groups.tabs, self.groups.table, self.groups.columns
        self.table.add_footer_action(_("Save the list with remarks"), self.save_remarks, "download")
        column.addWidget(self.groups, 1)
        row = QHBoxLayout()
        self.skip = QCheckBox(_("&Leave the doubtful rows out"))
        self.skip.toggled.connect(lambda _on: self._say_number())
        row.addWidget(self.skip)
        row.addStretch(1)
        row.addWidget(button(_("Choose &another file"), self.choose))
        self.commit_button = button("", self.commit, "primary")
        row.addWidget(self.commit_button)
        column.addLayout(row)
        return box

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.drop.dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.drop.dropEvent(event)

    # ------------------------------------------------------------------ what happens

    def start(self) -> None:
        """From the beginning; a list that was looked at is still there."""
        self._context.shell.clear_message()
        looked_at = 1 if self.preview is not None else 3 if self.homes.preview is not None else 0
        self.steps.setCurrentIndex(looked_at if self.result is None else 0)
        if self.steps.currentIndex() == 0:
            self.drop.choose_button.setFocus()

    def choose(self) -> None:
        """Choose a file of this PC."""
        folder = Path(str(self._context.settings.value("files/lists", "")))
        path = choose_file(self, _("Choose the list of members"), KINDS, folder)
        if path is not None:
            self.read(path)

    def read(self, path: Path) -> None:
        """Read a file and show what it would bring, as a list of that which its titles say."""
        self._read(path)

    def _read(
        self,
        path: Path,
        opened: Opened | None = None,
        choices: Any = None,
        *,
        homes: bool | None = None,
        told: bool = False,
    ) -> None:
        """``homes``: of which kind it is; ``told``: she said so, and it is remembered with the columns."""
        self._context.settings.setValue("files/lists", str(path.parent))
        self._context.shell.clear_message()
        office = self._context.office

        def look(progress: Progress) -> Preview | HomesPreview:
            from sochihoi.intake.interpret import open_list

            read = opened or open_list(path)
            if office.household_lists.recognises(read) if homes is None else homes:
                listed = office.household_lists.preview(path, read, choices=choices, guess=True)
                return replace(listed, choices=read_as(listed.headers)) if told else listed
            found = office.imports.preview(path, choices=choices, opened=read, guess=True, progress=progress)
            return replace(found, choices=read_as(found.headers)) if told else found

        self._context.shell.run_job(
            look,
            self._look,
            title=_("Reading {file}…").format(file=path.name),
            stop_says=_("Nothing is stored while a list is read."),
            failed=self._failed,
        )

    def _look(self, preview: Preview | HomesPreview) -> None:
        if isinstance(preview, HomesPreview):
            self.preview, self.result = None, None
            self.homes.show_preview(preview)
            self.steps.setCurrentIndex(3)
            return
        self.homes.preview = None
        self.preview, self.result = preview, None
        self.summary.setText(sentence(preview))
        self.more.setText(" ".join(beside(preview)))
        self.more.setVisible(bool(self.more.text()))
        warned = warnings(preview)
        if warned:
            self.warning.say("warn", " ".join(warned))
        else:
            self.warning.clear()
        self.groups.show_list(preview, preview.coming())
        self.skip.setVisible(bool(preview.count(Fate.DOUBTFUL)))
        self._say_number()
        self.steps.setCurrentIndex(1)
        if not self.columns.take_focus():
            self.commit_button.setFocus()

    def _looked_at(self) -> Preview | HomesPreview | None:
        return self.preview or self.homes.preview

    def _again(self, looked: Preview | HomesPreview, choices: Any) -> None:
        self._read(looked.path, looked.opened, choices, homes=isinstance(looked, HomesPreview))

    def _columns_changed(self, fingerprint: str, told: object) -> None:
        if (looked := self._looked_at()) is not None:
            self._again(looked, {**looked.choices, fingerprint: told})

    def _columns_forgotten(self, fingerprint: str) -> None:
        if (looked := self._looked_at()) is not None:
            self._forget(looked, fingerprint)
            self._again(looked, {key: told for key, told in looked.choices.items() if key != fingerprint})

    def _otherwise(self) -> None:
        """It is a list of the other kind; what was remembered of its columns was of the wrong one."""
        if (looked := self._looked_at()) is not None:
            for header in looked.headers:
                if header.chosen:
                    self._forget(looked, header.fingerprint)
            self._read(looked.path, looked.opened, homes=not isinstance(looked, HomesPreview), told=True)

    def _forget(self, looked: Preview | HomesPreview, fingerprint: str) -> None:
        office = self._context.office
        if not self._context.read_only:
            (office.household_lists if isinstance(looked, HomesPreview) else office.imports).forget_columns(fingerprint)

    def _say_number(self) -> None:
        if self.preview is None:
            return
        count = self.preview.coming(skip_doubtful=self.skip.isChecked())
        text = ngettext("&Bring in {count} person", "&Bring in {count} people", count).format(count=number(count))
        self.commit_button.setText(text if count else _("Nothing to bring in"))
        self.commit_button.setEnabled(bool(count))

    def save_remarks(self) -> None:
        """The same list with what is to be mended coloured and said, for the branch head."""
        preview, imports = self.preview, self._context.office.imports
        if preview is not None:
            notes, title = remarks_on(preview), remarks_title()
            book = partial(imports.annotated, preview, notes, title)
            save_remarks(self._context, self, preview.path, book, self._failed)

    def commit(self) -> None:
        """Bring it in; stopping stores nothing."""
        preview, skip = self.preview, self.skip.isChecked()
        if preview is None:
            return
        self.commit_button.setEnabled(False)
        office = self._context.office
        self._context.shell.run_job(
            lambda progress: office.imports.commit(preview, skip_doubtful=skip, progress=progress),
            self._done,
            title=_("Bringing the members in…"),
            stop_says=_("Stopping stores nothing of this list."),
            failed=self._failed,
        )
        self._say_number()

    def _done(self, result: ImportResult) -> None:
        self.result = result
        came = result.count(Fate.NEW) + (0 if result.skipped_doubtful else result.count(Fate.DOUBTFUL))
        text = ngettext("{count} person was brought in.", "{count} people were brought in.", came)
        told = []
        if changed := result.count(Fate.CHANGED):
            told.append(
                ngettext("{count} was corrected.", "{count} were corrected.", changed).format(count=number(changed))
            )
        if doubtful := (0 if result.skipped_doubtful else result.count(Fate.DOUBTFUL)):
            more = ngettext("{count} is marked “Look at”.", "{count} are marked “Look at”.", doubtful)
            told.append(more.format(count=number(doubtful)))
        if refused := result.count(Fate.REFUSED):
            more = ngettext("{count} row stayed out.", "{count} rows stayed out.", refused)
            told.append(more.format(count=number(refused)))
        self._say_done(result, text.format(count=number(came)), " ".join(told), _("Open the &list of members"))

    def commit_homes(self) -> None:
        """Bring the list of households in."""
        preview, lists = self.homes.preview, self._context.office.household_lists
        if preview is not None:
            self.homes.commit_button.setEnabled(False)
            self._context.shell.run_job(
                lambda _progress: lists.commit(preview),
                self._homes_done,
                title=_("Bringing the households in…"),
                failed=self._failed,
            )

    def _homes_done(self, result: HomesResult) -> None:
        self.result = result
        self._say_done(result, home_lists.sentence(result), "", _("Open the &list of households"))

    def _finish(self) -> None:
        if isinstance(self.result, HomesResult):
            self._context.shell.go("households")
        self.left.emit()

    def _say_done(self, result: ImportResult | HomesResult, words: str, more: str, finish: str) -> None:
        self.done.say(words, more, finish, undo=bool(result.batch))
        self.steps.setCurrentIndex(2)
        self._context.shell.saved_at(self._context.office.now)

    def undo(self) -> None:
        """Take the whole import back, and show the list again as it would come in."""
        if self.result is None:
            return
        batch = self.result.batch
        self._context.shell.run_job(
            lambda _progress: self._context.office.history.undo(batch),
            lambda _act: self._undone(),
            title=_("Taking the import back…"),
            failed=self._failed,
        )

    def _undone(self) -> None:
        if isinstance(looked := self._looked_at(), Preview):
            self._context.shell.toast(_("The import was taken back. Nobody of this list is in the book."))
        elif looked is not None:
            self._context.shell.toast(_("The import was taken back. The households are as they were."))
        if looked is not None:
            self._read(looked.path, None, looked.choices, homes=isinstance(looked, HomesPreview))

    def _failed(self, problem: UserError) -> None:
        self._say_number()
        self._context.shell.message("bad", str(all_words.say(problem)))
