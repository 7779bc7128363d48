"""Words for what can go wrong with the data folder, backups and undo. No Qt."""

from __future__ import annotations

from pathlib import Path

from sochihoi.i18n import _
from sochihoi.storage.errors import (
    AlreadyHasData,
    BackupUnusable,
    CannotRead,
    CannotWrite,
    DatabaseDamaged,
    DatabaseNewer,
    DiskFull,
    FileExists,
    FolderInUse,
    FolderUnwritable,
    NoCommune,
    NoPassword,
    NothingToUndo,
    UndoConflict,
)
from sochihoi.ui.words import Message, register


def _name(path: str) -> str:
    return Path(path).name or path


@register(NoPassword)
def _no_password(_error: NoPassword) -> Message:
    return Message(
        _("No password was given."),
        _("Put it into SOCHIHOI_PASSWORD, or use --password-stdin, or call the program at a terminal."),
    )


@register(NoCommune)
def _no_commune(error: NoCommune) -> Message:
    return Message(
        _("The folder {folder} holds no book yet.").format(folder=error.folder),
        _("Make one first, or name the folder where it lies."),
    )


@register(AlreadyHasData)
def _has_data(error: AlreadyHasData) -> Message:
    return Message(
        _("The folder {folder} holds a book already.").format(folder=error.folder),
        _("Open that one, or choose an empty folder."),
    )


@register(FolderInUse)
def _in_use(_error: FolderInUse) -> Message:
    return Message(_("This book is open in another window."), _("Go to that window, or close it and try again."))


@register(FolderUnwritable)
def _unwritable(error: FolderUnwritable) -> Message:
    return Message(
        _("The folder {folder} cannot be made or written.").format(folder=error.folder),
        _("Take off the write protection, or choose a folder on the disk of this computer."),
    )


@register(DatabaseNewer)
def _newer(_error: DatabaseNewer) -> Message:
    return Message(
        _("This book was last opened with a newer version of the program."),
        _("Install the newest version on this computer, then open the book again."),
    )


@register(DatabaseDamaged)
def _damaged(_error: DatabaseDamaged) -> Message:
    return Message(
        _("The file of the book is damaged; nothing in it was changed."),
        _("Restore the newest copy in the set-up; what is here now is set aside and not deleted."),
    )


@register(BackupUnusable)
def _backup(error: BackupUnusable) -> Message:
    return Message(
        _("“{file}” is no whole copy of a book: it is damaged, cut short, or something else.").format(file=error.file),
        _("Choose another copy. The book that is open was not changed."),
    )


@register(FileExists)
def _exists(error: FileExists) -> Message:
    return Message(
        _("“{file}” is there already.").format(file=_name(error.file)),
        _("Choose another name, or say that it may be overwritten."),
    )


@register(DiskFull)
def _full(error: DiskFull) -> Message:
    return Message(
        _("“{file}” could not be written: no room is left. What was saved before is whole.").format(
            file=_name(error.file)
        ),
        _("Delete something there, or choose another place, then try again."),
    )


@register(CannotWrite)
def _write(error: CannotWrite) -> Message:
    return Message(
        _("“{file}” could not be written there.").format(file=_name(error.file)),
        _("Check that the stick is plugged in and may be written, then try again."),
    )


@register(CannotRead)
def _read(error: CannotRead) -> Message:
    return Message(
        _("“{file}” could not be read.").format(file=_name(error.file)),
        _("Check that the stick is plugged in and the name is right, then try again."),
    )


@register(UndoConflict)
def _conflict(_error: UndoConflict) -> Message:
    return Message(
        _("Something of this act was changed again later, so it cannot be taken back by itself."),
        _("Take back the later act first, or correct the entry by hand."),
    )


@register(NothingToUndo)
def _nothing(_error: NothingToUndo) -> Message:
    return Message(
        _("There is nothing left that can be taken back."), _("Look in the history in the set-up for older acts.")
    )
