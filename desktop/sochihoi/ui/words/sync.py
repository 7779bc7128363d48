"""Words of sending and receiving: problems, a sentence for every refusal, verdicts, states, acts. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sochihoi.domain.exchange import (
    DemoMixed,
    KeyNotAbove,
    KeyNotConfirmed,
    NoParentKey,
    NotAReceipt,
    NotAReceiver,
    NotASender,
    NothingToReceive,
    Outcome,
    OwnKey,
    Received,
    SentState,
)
from sochihoi.i18n import _, ngettext, number, pgettext, short_date
from sochihoi.sync.errors import Code, Refused
from sochihoi.ui.words import Message, register, say
from sochihoi.ui.words.month import period_name

if TYPE_CHECKING:
    from sochihoi.services.receiving import Verdict

ACTS: dict[str, Callable[[], str]] = {
    "sync.trust": lambda: _("Key accepted"),
    "sync.prepare": lambda: _("Report file made"),
    "sync.send": lambda: _("Report file written"),
    "sync.receipt": lambda: _("Receipt applied"),
    "sync.receive": lambda: _("Files received"),
}

_REFUSALS: dict[Code, Callable[[], tuple[str, str]]] = {
    Code.CONTAINER: lambda: (
        _("This is no whole report file: it is damaged, cut short, or something else."),
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
    Code.INTERNAL: lambda: (
        _("The program could not judge this file."),
        _("The file is kept here. Show it to whoever looks after the program."),
    ),
}


def level_words(level: str) -> str:
    """A level's code in words."""
    known = {
        "CENTRAL": _("central level"),
        "PROVINCE": _("province level"),
        "DISTRICT": _("district level"),
        "COMMUNE": _("commune level"),
        "AFFILIATED": _("affiliated unit"),
    }
    return known.get(level, level)


def kind_words(kind: str) -> str:
    """What a file is."""
    return {"report": _("Report file"), "receipt": _("Receipt"), "key": _("Key file")}[kind]


def answer_words(answer: str) -> str:
    """What a receipt says of a file."""
    return {"APPLIED": _("received"), "RETURNED": _("returned")}[answer]


def refusal(code: str) -> Message:
    """The two sentences of a code, as the ledger keeps it."""
    what, todo = _REFUSALS[Code(code)]() if code in Code.__members__ else _REFUSALS[Code.INTERNAL]()
    return Message(what, todo)


def sent_state(state: SentState) -> str:
    """Where a file stands, as a badge."""
    return {
        SentState.PREPARED: _("Made, not written yet"),
        SentState.WRITTEN: _("Written"),
        SentState.RECEIVED: pgettext("report file", "Received"),
        SentState.RETURNED: pgettext("report file", "Returned"),
    }[state]


def outcome(one: Outcome) -> str:
    """What became of a file, as a badge."""
    return {
        Outcome.STORED: pgettext("report file", "Received"),
        Outcome.DUPLICATE: _("Had it already"),
        Outcome.REFUSED: pgettext("report file", "Refused"),
    }[one]


def verdict(one: Verdict) -> Message:
    """What became of a file, and what to do about it."""
    if one.outcome is Outcome.REFUSED:
        return say(one.problem) if one.problem is not None else refusal(one.code)
    line = one.line
    period = period_name(line.period) if line is not None else "—"
    if one.outcome is Outcome.DUPLICATE:
        day = short_date(line.received_on if line is not None else None)
        return Message(
            _("This file for {period} was received on {day}.").format(period=period, day=day),
            _("It need not be received again."),
        )
    what = _("The figures for {period} are taken in.").format(period=period)
    return Message(what, warnings(line.warnings) if line is not None else "")


def warnings(codes: tuple[str, ...]) -> str:
    """What is worth a word about a file that was taken in; empty when nothing is."""
    if "GAP" in codes:
        return _("Earlier files of this unit never came; this one holds everything, so nothing is missing.")
    return ""


def line_words(line: Received) -> Message:
    """A line of the ledger: for a refused file why, for a stored one what to know."""
    if line.verdict is Outcome.REFUSED:
        return refusal(line.code)
    return Message(
        _("The figures for {period} are taken in.").format(period=period_name(line.period)),
        warnings(line.warnings),
    )


def counted(verdicts: tuple[Verdict, ...]) -> str:
    """``12 tệp: 10 đã nhận, 1 có rồi, 1 bị từ chối``."""
    by = {kind: sum(1 for one in verdicts if one.outcome is kind) for kind in Outcome}
    total = ngettext("{count} file", "{count} files", len(verdicts)).format(count=number(len(verdicts)))
    return _("{files}: {stored} received, {duplicate} had already, {refused} refused.").format(
        files=total,
        stored=number(by[Outcome.STORED]),
        duplicate=number(by[Outcome.DUPLICATE]),
        refused=number(by[Outcome.REFUSED]),
    )


@register(Refused)
def _refused(error: Refused) -> Message:
    return refusal(error.code.value)


@register(NoParentKey)
def _no_parent(error: NoParentKey) -> Message:
    return Message(
        _("The key of {above} has not been accepted here yet, so the file cannot be locked for it.").format(
            above=error.above or _("the level above")
        ),
        _("Ask for its key file, then accept it under “Sending and receiving”."),
    )


@register(NotASender)
def _not_a_sender(_error: NotASender) -> Message:
    return Message(
        _("This unit receives: it has no book of its own to send."), _("Make report files on the PC of the commune.")
    )


@register(NotAReceiver)
def _not_a_receiver(_error: NotAReceiver) -> Message:
    return Message(
        _("This is the book of a commune: it sends and does not take in the files of others."),
        _("Open the data folder of the level above."),
    )


@register(OwnKey)
def _own_key(_error: OwnKey) -> Message:
    return Message(
        _("This is the key file of this very unit."),
        _("Hand it to the other side, and choose the file that they gave."),
    )


@register(KeyNotAbove)
def _not_above(error: KeyNotAbove) -> Message:
    return Message(
        _("This key file is that of {name}, which is not above this commune.").format(name=error.name),
        _("Choose the key file that the level above gave."),
    )


@register(KeyNotConfirmed)
def _not_confirmed(_error: KeyNotConfirmed) -> Message:
    return Message(
        _("Nobody confirmed that the 12 groups of digits agree, so the key was not accepted."),
        _("Compare them by telephone or on paper, then answer yes or add --yes."),
    )


@register(NothingToReceive)
def _nothing(error: NothingToReceive) -> Message:
    return Message(
        _("There is no report file in {place}.").format(place=error.place),
        _("Choose the files ending in .hpn, or the folder that they lie in."),
    )


@register(DemoMixed)
def _demo(error: DemoMixed) -> Message:
    return Message(
        _("The key of {name} and this book do not belong together: one of them is a demonstration.").format(
            name=error.name
        ),
        _("Choose the key file of the real unit."),
    )


@register(NotAReceipt)
def _not_a_receipt(_error: NotAReceipt) -> Message:
    return Message(_("This is a report file, not a receipt."), _("Choose the receipt that the level above sent back."))
