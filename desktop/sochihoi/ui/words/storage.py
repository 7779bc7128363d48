"""Words for what can go wrong with the data folder, backups and undo. No Qt."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sochihoi.i18n import _, clock, ngettext, number, short_date
from sochihoi.storage.damage import Damage, DamageKind
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
    KeyringDamaged,
    KeyringMissing,
    LaterAct,
    NoCommune,
    NoCopy,
    NoPassword,
    NothingToUndo,
    OtherUnit,
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
def _damaged(error: DatabaseDamaged) -> Message:
    if any(one.kind is DamageKind.MISSING for one in error.findings):
        return Message(
            _("The file of the book, sochihoi.db, is no longer in its folder."),
            _("Put it back if it was moved, or restore the newest copy."),
        )
    return Message(
        _("The file of the book is damaged; nothing in it was changed."),
        _("Restore the newest copy; what is here now is set aside and not deleted."),
    )


def damage_text(one: Damage) -> str:
    """One finding of a check, as a sentence."""
    return _DAMAGE[one.kind](one)


def _seals(one: Damage) -> str:
    return ngettext(
        "{count} page of the file was changed outside the program or lost by the disk (page {first}).",
        "{count} pages of the file were changed outside the program or lost by the disk (the first is page {first}).",
        one.count,
    ).format(count=number(one.count), first=number(one.first))


def _structure(one: Damage) -> str:
    return ngettext(
        "The tables and their indexes do not hang together in {count} place.",
        "The tables and their indexes do not hang together in {count} places.",
        one.count,
    ).format(count=number(one.count))


def _links(one: Damage) -> str:
    return ngettext(
        "{count} entry belongs to an entry that is no longer there (table {table}).",
        "{count} entries belong to entries that are no longer there (table {table}).",
        one.count,
    ).format(count=number(one.count), table=one.noun)


def _records(one: Damage) -> str:
    return ngettext(
        "{count} entry is not what the journal says it became: an older state was put back (table {table}).",
        "{count} entries are not what the journal says they became: an older state was put back (table {table}).",
        one.count,
    ).format(count=number(one.count), table=one.noun)


def _chain(one: Damage) -> str:
    return ngettext(
        "The journal was changed afterwards: the chain does not hold at line {first}.",
        "The journal was changed afterwards: the chain does not hold at {count} lines, the first is {first}.",
        one.count,
    ).format(count=number(one.count), first=number(one.first))


_DAMAGE = {
    DamageKind.MISSING: lambda _one: _("The file of the book, sochihoi.db, is no longer in its folder."),
    DamageKind.UNREADABLE: lambda _one: _("A part of the file can no longer be read."),
    DamageKind.SEALS: _seals,
    DamageKind.STRUCTURE: _structure,
    DamageKind.LINKS: _links,
    DamageKind.RECORDS: _records,
    DamageKind.JOURNAL: _chain,
}


@register(KeyringMissing)
def _no_keyring(error: KeyringMissing) -> Message:
    return Message(
        _("The key file keyring.json is no longer beside the book; without it nobody can open it."), _way(error)
    )


@register(KeyringDamaged)
def _keyring(error: KeyringDamaged) -> Message:
    return Message(_("The key file keyring.json is damaged; the book itself was not touched."), _way(error))


def _way(error: KeyringMissing | KeyringDamaged) -> str:
    if error.kept:
        return _(
            "The key file before it lies beside it: copy keyring.old.json, name the copy keyring.json, and use the"
            " password of that time. Or restore the newest copy."
        )
    return _("Restore the newest copy: its key file comes with it.")


@register(OtherUnit)
def _other(error: OtherUnit) -> Message:
    here = error.here or _("another unit")
    return Message(
        _("“{file}” is a copy of {unit}, but this is the book of {here}.").format(
            file=error.file, unit=error.unit, here=here
        ),
        _("Choose another copy or another folder. If it is meant so, confirm it (on the command line: --other-unit)."),
    )


@register(NoCopy)
def _no_copy(_error: NoCopy) -> Message:
    return Message(_("There is no automatic copy yet."), _("Make a copy first, or name the file of one."))


@register(BackupUnusable)
def _backup(error: BackupUnusable) -> Message:
    choose = _("Choose another copy. The book that is open was not changed.")
    if error.problem == "keyring":
        return Message(
            _("The key file in “{file}” is damaged: nobody could open that copy.").format(file=error.file), choose
        )
    if error.problem == "journal":
        return Message(
            _("The journal in “{file}” was changed afterwards: its chain does not hold.").format(file=error.file),
            choose,
        )
    if error.problem == "key":
        return Message(_("“{file}” is a copy of another book.").format(file=error.file), choose)
    return Message(
        _("“{file}” is no whole copy of a book: it is damaged, cut short, or something else.").format(file=error.file),
        choose,
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
def _conflict(error: UndoConflict) -> Message:
    if not error.by:
        what = _("Something of this act was changed again later, so it cannot be taken back by itself.")
    else:
        later = "; ".join(map(_later, error.by)) + ("…" if error.more else "")
        what = _("This act was built upon and cannot be taken back by itself: {later}.").format(later=later)
    return Message(
        what.replace("….", "…"),
        _("Take back the later act first, or correct the entry by hand."),
    )


def _later(act: LaterAct) -> str:
    """``Sửa hội viên, 12/11/2026 09:20, Lê Thị Lan``."""
    from sochihoi.ui.words.acts import act_words

    at = datetime.fromisoformat(act.at).astimezone()
    names = ", ".join(act.names[:_FEW]) + ("…" if len(act.names) > _FEW else "")
    told = f"{act_words(act.act)}, {short_date(at.date())} {clock(at.time())}"
    return f"{told} ({names})" if names else told


_FEW = 3


@register(NothingToUndo)
def _nothing(_error: NothingToUndo) -> Message:
    return Message(
        _("There is nothing left that can be taken back."), _("Look in the history in the set-up for older acts.")
    )
