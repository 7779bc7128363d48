"""Words of refusals: two sentences for every code, and for what one code stands for in several cases. No Qt."""

from __future__ import annotations

from collections.abc import Callable

from sochihoi.i18n import _
from sochihoi.sync.errors import Code, Why
from sochihoi.ui.words import Message

_REFUSALS: dict[Code, Callable[[], tuple[str, str]]] = {
    Code.CONTAINER: lambda: (
        _("This file was changed after it was made: some of it is not as it was."),
        _("Ask the unit to copy or send it once more."),
    ),
    Code.MANIFEST: lambda: (
        _("What this file says of itself cannot be read, or it is a file of another kind."),
        _("Ask the unit for its report file, which ends in .hpn."),
    ),
    Code.KEY_UNKNOWN: lambda: (
        _("This file was signed with a key that has not been accepted here."),
        _("Accept the key file of this unit first, comparing the 12 groups of digits, then take this file in again."),
    ),
    Code.KEY_REVOKED: lambda: (
        _("This file was signed with a key that no longer counts."),
        _("Ask the unit for a file made with its present key."),
    ),
    Code.SIG_FORMAT: lambda: (
        _("The signature of this file is not in its right form, or is from another key than the file names."),
        _("Do not use it. Ask the unit to send its file again from its own PC."),
    ),
    Code.SIG_BAD: lambda: (
        _("This file was changed after it was signed."),
        _("Do not use it. Ask the unit to send its file again from its own PC."),
    ),
    Code.SCHEMA: lambda: (
        _("This file states something that this version of the program does not know."),
        _("See that both sides have the same version, then ask the unit for a new file."),
    ),
    Code.PAYLOAD_HASH: lambda: (
        _("The figures in this file were changed or cut off on the way."),
        _("Ask the unit to copy or send it once more."),
    ),
    Code.NOT_FOR_ME: lambda: (
        _("This file was made for another unit, or for another key than that of this PC."),
        _("Give the unit the key file of this PC, and ask it to make the file again."),
    ),
    Code.DEMO: lambda: (
        _("Demonstration files and real ones do not mix: this one comes from the other side."),
        _("Ask the unit for the file of its real book."),
    ),
    Code.DECRYPT: lambda: (
        _("This file cannot be opened with the key of this PC."),
        _("Give the unit the key file of this PC, and ask it to make the file again."),
    ),
    Code.TOO_BIG: lambda: (
        _("This file is larger than a report file can be."),
        _("Look whether it is the right file, or ask the unit to send it again."),
    ),
    Code.PLAINTEXT_HASH: lambda: (
        _("The figures in this file are not those that were signed."),
        _("Do not use it. Ask the unit to make the file again."),
    ),
    Code.BINDING: lambda: (
        _("The figures in this file belong to another file: somebody put them together."),
        _("Do not use it, and tell the unit whose name it bears."),
    ),
    Code.SCOPE: lambda: (
        _("This file holds figures of a unit that did not sign it."),
        _("Do not use it, and ask the unit how that came about."),
    ),
    Code.ROW: lambda: (
        _("A line of figures in this file is not in its right form."),
        _("See that both sides have the same version, then ask the unit for a new file."),
    ),
    Code.STALE: lambda: (
        _("A newer file of this unit was received already, so this older one changes nothing."),
        _("Nothing needs to be done."),
    ),
    Code.FORK_SAME_SEQ: lambda: (
        _("This unit has sent another file with the same number already."),
        _("Ask the unit whether it works on two PCs, and which of the two files is right."),
    ),
    Code.FORK_CHAIN: lambda: (
        _("This file does not follow the one that this unit sent before."),
        _("Ask the unit whether it works on two PCs or brought back an old copy."),
    ),
    Code.EPOCH_UNPROVEN: lambda: (
        _("This unit has begun anew, on another PC or from a copy, without proof of what it had sent."),
        _("Telephone the unit before its figures are taken; the file is kept here."),
    ),
    Code.UNIT_CLOSED: lambda: (
        _("This unit has sent its last file and takes part no longer."),
        _("Ask which unit its figures belong to now."),
    ),
    Code.HOLD: lambda: (
        _("The figures of this file differ so much from the ones before that somebody must look first."),
        _("Compare both with the unit by telephone; the file is kept here."),
    ),
    Code.UNDONE: lambda: (
        _("This file counted once and was taken back: the figures before it stand again."),
        _("Take it in again when it should count after all."),
    ),
    Code.INTERNAL: lambda: (
        _("The program could not judge this file."),
        _("The file is kept here. Show it to whoever looks after the program."),
    ),
}

# One code, several things that an officer does about differently. CHANGED is what CONTAINER says by itself.
_WHYS: dict[Why, Callable[[], tuple[str, str]]] = {
    Why.EMPTY: lambda: (
        _("This file is empty: nothing was copied into it."),
        _("Copy it from the stick once more, or ask the unit to send it again."),
    ),
    Why.CUT: lambda: (
        _("This file ends too early: the copying or sending broke off before its end."),
        _("Copy it once more and wait until the copy is finished, or ask the unit to send it again."),
    ),
    Why.LONGER: lambda: (
        _("Something was added behind the end of this file."),
        _("Do not use it. Ask the unit to copy or send it once more."),
    ),
    Why.NOT_OURS: lambda: (
        _("This is no file of this program: it is a file of another kind."),
        _("Choose the file that the unit made, which ends in .hpn."),
    ),
    Why.REPACKED: lambda: (
        _("Another program unpacked this report file and packed it again, so it is no longer the one that was made."),
        _("Ask the unit for the .hpn file as its program wrote it, without unpacking it."),
    ),
    Why.WRAPPING: lambda: (
        _("The packed file (ZIP or letter) around the report is damaged, so it cannot be opened."),
        _("Download it once more, or ask the unit to send the .hpn file again."),
    ),
    Why.OTHER_ZIP: lambda: (
        _("This packed file or document has no report file in it."),
        _("Choose the file that the unit made, which ends in .hpn."),
    ),
    Why.LETTER: lambda: (
        _("This letter has no report file attached."),
        _("Save the attachment that ends in .hpn, or ask the unit to send the letter again with it."),
    ),
    Why.SEVERAL: lambda: (
        _("Several report files are packed together in this file."),
        _("Unpack it and look at each by itself; taking it in judges each of them."),
    ),
    Why.LOCKED: lambda: (
        _("This packed file is locked with a password."),
        _("Unpack it with its password first, then choose the .hpn file; it is locked for the level above anyway."),
    ),
    Why.PACKED: lambda: (
        _("This file was packed in a way that this program does not open."),
        _("Unpack it with the program that packed it, then choose the .hpn files."),
    ),
    Why.KEY_FILE: lambda: (
        _("This is the key file of a unit, not a report file."),
        _("Accept it under “Accept a key”, then take in the report file (.hpn) of the unit."),
    ),
    Why.KEY_CHANGED: lambda: (
        _("This key file was changed or is damaged."),
        _("Ask the unit to write its key file once more."),
    ),
    Why.RECEIPT: lambda: (
        _("This is a receipt, not a report file."),
        _("It is taken in on the PC of the unit that sent the report. Choose the report file."),
    ),
    Why.REPORT: lambda: (
        _("This is a report file, not a receipt."),
        _("Choose the receipt that the level above sent back."),
    ),
    Why.OTHER_KIND: lambda: (
        _("This is a file of another kind than the one that is asked for here."),
        _("Choose “Look at a file” to see what it is; it says where it belongs."),
    ),
    Why.WAITS: lambda: (
        _("The key of this file waits for the approval of a second person."),
        _("Let her compare paper and key file in the register of keys, then take this file in again."),
    ),
    Why.NEWER: lambda: (
        _("This file was made by a newer version of the program, which this one cannot read."),
        _("Update the program on this PC, then take the file in again."),
    ),
}


def refusal(code: str, detail: str = "") -> Message:
    """The two sentences of a code and its detail, as the ledger keeps both."""
    if detail in Why.__members__.values() and Why(detail) in _WHYS:
        return Message(*_WHYS[Why(detail)]())
    if code == Code.UNIT_CLOSED and detail:
        told = _("Its figures belong to {unit} now: let that unit enter them and send them.")
        return Message(_REFUSALS[Code.UNIT_CLOSED]()[0], told.format(unit=detail))
    return Message(*_REFUSALS[Code(code) if code in Code.__members__ else Code.INTERNAL]())


def not_a_key(instead: str) -> Message:
    """A key file was asked for, and this is what was given."""
    todo = _("Choose the key file, which ends in .hpnkey; the other side makes it under “Sending and receiving”.")
    if instead in ("report", "receipt"):
        what = (
            _("This is a report file; to accept a unit its key file is needed.")
            if instead == "report"
            else _("This is a receipt; to accept a unit its key file is needed.")
        )
        return Message(what, todo)
    if instead in (Why.KEY_CHANGED, Why.EMPTY, Why.CUT, Why.WRAPPING, Why.LOCKED, Why.PACKED):
        told = _WHYS[Why(instead)]()
        return Message(told[0], todo if instead != Why.KEY_CHANGED else told[1])
    return Message(_("This is no key file."), todo)
