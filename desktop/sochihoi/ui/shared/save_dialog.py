"""Saving a paper: in which formats, one file or several into a folder, and whether it is opened afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSettings, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from sochihoi.i18n import _, ngettext, number
from sochihoi.ui.shared.dialogs import Dialog, ask, choose_folder, choose_target
from sochihoi.ui.shared.forms import CheckField, Form
from sochihoi.ui.words.reports import file_kind

KEPT_KINDS, KEPT_OPEN, KEPT_FOLDER = "files/kinds", "files/open", "files/folder"


class SaveDialog(Dialog):
    """After it was accepted: ``kinds`` and ``open_after``. What was ticked is remembered."""

    def __init__(self, parent: QWidget, settings: QSettings, kinds: Sequence[str]) -> None:
        super().__init__(parent, _("Save in which formats?"))
        self.setObjectName("savekinds")
        self._settings = settings
        kept = str(settings.value(KEPT_KINDS, kinds[0])).split()
        self.form = Form()
        self._ticks = {}
        for kind in kinds:
            self._ticks[kind] = self.form.add(CheckField(kind, file_kind(kind)))
            self._ticks[kind].set_value(kind in kept)
        self._open = self.form.add(CheckField("open", _("Open it &afterwards")))
        self._open.set_value(str(settings.value(KEPT_OPEN, "")) == "yes")
        self.body.addWidget(self.form)
        self.add_button(_("Leave it"), self.reject)
        self.deed = self.add_button(_("Choose where and &save"), self._accept, "primary", default=True)
        for tick in self._ticks.values():
            tick.changed.connect(self._enable)
        self._enable()

    @property
    def kinds(self) -> tuple[str, ...]:
        """The formats ticked, in their order."""
        return tuple(kind for kind, tick in self._ticks.items() if tick.value())

    @property
    def open_after(self) -> bool:
        """Whether the files are opened once they are written."""
        return bool(self._open.value())

    def _enable(self) -> None:
        self.deed.setEnabled(bool(self.kinds))

    def _accept(self) -> None:
        self._settings.setValue(KEPT_KINDS, " ".join(self.kinds))
        self._settings.setValue(KEPT_OPEN, "yes" if self.open_after else "")
        self.accept()


def targets(parent: QWidget, settings: QSettings, names: dict[str, str]) -> dict[str, Path] | None:
    """Kind to file: one file is named, several go into a folder; ``None`` when she leaves it."""
    start = Path(str(settings.value(KEPT_FOLDER, "")))
    if len(names) == 1:
        (kind, name), *_rest = names.items()
        target = choose_target(parent, _("Save as a file"), str(start / name), f"{file_kind(kind)} (*.{kind})")
        return None if target is None else {kind: target}
    folder = choose_folder(parent, _("Folder for the files"), start)
    if folder is None:
        return None
    found = {kind: folder / name for kind, name in names.items()}
    there = sum(one.exists() for one in found.values())
    return None if there and not may_replace(parent, there) else found


def may_replace(parent: QWidget, there: int) -> bool:
    """Files of these names are there already."""
    question = ngettext(
        "{count} file lies in that folder already. Write over it?",
        "{count} files lie in that folder already. Write over them?",
        there,
    )
    return ask(
        parent,
        question.format(count=number(there)),
        _("The files of the same names are replaced by new ones; other files stay."),
        _("Write over"),
        _("Leave them as they are"),
        danger=True,
    )


def open_files(files: Sequence[Path], opener: Callable[[QUrl], bool] = QDesktopServices.openUrl) -> bool:
    """Each with the program that the PC has for it; false when one found none."""
    opened = [opener(QUrl.fromLocalFile(str(file))) for file in files]  # every one, also after one that failed
    return all(opened)
