"""Words of sending and receiving: problems, a sentence for every refusal, verdicts, states, acts. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sochihoi.domain.exchange import (
    DemoMixed,
    Doubt,
    JournalCut,
    KeyNotAbove,
    KeyNotConfirmed,
    NoParentKey,
    NotAKeyFile,
    NotAReceipt,
    NotAReceiver,
    NotASender,
    NotEnding,
    NothingToReceive,
    Outcome,
    OwnKey,
    Received,
    SentState,
    UnitEnded,
)
from sochihoi.i18n import _, ngettext, number, pgettext, short_date
from sochihoi.sync.errors import Refused
from sochihoi.ui.words import Message, register, say
from sochihoi.ui.words.month import period_name
from sochihoi.ui.words.refusals import not_a_key, refusal

if TYPE_CHECKING:
    from sochihoi.services.receiving import Verdict
    from sochihoi.sync.receipt import Receipt

ACTS: dict[str, Callable[[], str]] = {
    "sync.trust": lambda: _("Key accepted"),
    "sync.prepare": lambda: _("Report file made"),
    "sync.send": lambda: _("Report file written"),
    "sync.receipt": lambda: _("Receipt applied"),
    "sync.receive": lambda: _("Files received"),
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
    known = {
        "report": _("Report file"),
        "receipt": _("Receipt"),
        "key": _("Key file"),
        "register": _("Register of keys"),
        "defpack": _("Pack of definitions"),
        "transfer": _("Transfer of a member"),
        "handover": _("Hand-over file"),
    }
    return known.get(kind) or _("File of a newer version of the program")


def answer_words(answer: str) -> str:
    """What a receipt says of a file."""
    return {"APPLIED": _("received"), "RETURNED": _("returned")}.get(answer, answer)


def also_answers(count: int) -> str:
    """That a receipt repeats answers to other files; empty when it repeats none."""
    if not count:
        return ""
    told = ngettext("Answers {count} other file too.", "Answers {count} other files too.", count)
    return told.format(count=number(count))


def sent_state(state: SentState) -> str:
    """Where a file stands, as a badge."""
    return {
        SentState.PREPARED: _("Made, not written yet"),
        SentState.WRITTEN: _("Written"),
        SentState.RECEIVED: pgettext("report file", "Received"),
        SentState.RETURNED: pgettext("report file", "Returned"),
        SentState.PHONED: _("Received, by telephone"),
    }[state]


def outcome(one: Outcome) -> str:
    """What became of a file, as a badge."""
    return {
        Outcome.STORED: pgettext("report file", "Received"),
        Outcome.DUPLICATE: _("Had it already"),
        Outcome.REFUSED: pgettext("report file", "Refused"),
        Outcome.HELD: pgettext("report file", "Waits for a decision"),
        Outcome.UNDONE: pgettext("report file", "Taken back"),
    }[one]


def verdict(one: Verdict) -> Message:
    """What became of a file, and what to do about it."""
    if one.outcome in (Outcome.REFUSED, Outcome.HELD):
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
    if line.verdict in (Outcome.REFUSED, Outcome.HELD, Outcome.UNDONE):
        return refusal(line.code, str(line.facts.get("detail", "")))
    return Message(
        _("The figures for {period} are taken in.").format(period=period_name(line.period)),
        warnings(line.warnings),
    )


def counted(verdicts: tuple[Verdict, ...]) -> str:
    """``12 tệp: 10 đã nhận, 1 bị từ chối, 1 chờ quyết định.``: only what there is."""
    by = {kind: sum(1 for one in verdicts if one.outcome is kind) for kind in Outcome}
    total = ngettext("{count} file", "{count} files", len(verdicts)).format(count=number(len(verdicts)))
    words_ = {
        Outcome.STORED: _("{count} received"),
        Outcome.DUPLICATE: _("{count} had already"),
        Outcome.REFUSED: _("{count} refused"),
        Outcome.HELD: _("{count} waiting for a decision"),
        Outcome.UNDONE: _("{count} taken back"),
    }
    told = ", ".join(text.format(count=number(by[kind])) for kind, text in words_.items() if by[kind])
    return f"{total}: {told}."


@register(Refused)
def _refused(error: Refused) -> Message:
    return refusal(error.code.value, error.detail)


@register(NotAKeyFile)
def _not_a_key(error: NotAKeyFile) -> Message:
    return not_a_key(error.instead)


@register(JournalCut)
def _journal_cut(error: JournalCut) -> Message:
    return Message(
        _(
            "The journal of this book no longer agrees with file number {seq} ({period}), which was sent: rows were cut"
            " off or changed."
        ).format(seq=number(error.seq), period=period_name(error.period)),
        _("Send nothing more. Restore the newest backup, and tell the level above."),
    )


def doubt_words(doubt: Doubt, receipt: Receipt) -> Message:
    """What a receipt shows besides its answer."""
    if doubt is Doubt.OLDER_BOOK and receipt.last_accepted is not None:
        return Message(
            _(
                "The level above has file number {seq} of this unit, which this book does not know: an older copy of"
                " the book was put back."
            ).format(seq=number(receipt.last_accepted.seq)),
            _("Restore the newest backup before the next file, and tell the level above."),
        )
    return Message(
        _("The level above counts its receipts anew: an older copy of its book was put back."),
        _("Tell the level above, and send it the newest file once more."),
    )


@register(NoParentKey)
def _no_parent(error: NoParentKey) -> Message:
    return Message(
        _("The key of {above} has not been accepted here yet, so the file cannot be locked for it.").format(
            above=error.above or _("the level above")
        ),
        _("Ask for its key file, then accept it under “Sending and receiving”."),
    )


@register(NotEnding)
def _not_ending(error: NotEnding) -> Message:
    return Message(
        _("No pack of the level above says that unit {unit} ends.").format(unit=error.unit),
        _("Send the file of the month as usual, or take the newest pack in first."),
    )


@register(UnitEnded)
def _ended(error: UnitEnded) -> Message:
    return Message(
        _("Unit {unit} has made its last file: it sends no more.").format(unit=error.unit),
        _("What is still to be reported goes with the unit that goes on: {units}.").format(
            units=", ".join(error.to_units) or "—"
        ),
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
