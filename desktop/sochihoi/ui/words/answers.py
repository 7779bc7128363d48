"""Words of decisions and answers: who decided what, why a file was returned, what became of a return file. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sochihoi.domain.corrections import (
    BuiltUpon,
    CannotRebuild,
    Correction,
    NoSuchFile,
    NotHeld,
    NothingCounts,
    NothingToTakeBack,
    ReasonMissing,
    SeveralFiles,
)
from sochihoi.domain.exchange import Decision, Received, SentFile, SentState
from sochihoi.domain.gap_codes import BadGapCode
from sochihoi.domain.periods import Period
from sochihoi.i18n import _, ngettext, number, short_date
from sochihoi.services.gaps import NothingMissing
from sochihoi.services.phone_codes import CodeOfNoFile, NotACode, NotCounted
from sochihoi.services.receipts import NothingForUs
from sochihoi.sync.errors import Code
from sochihoi.ui.words import Message, register, say
from sochihoi.ui.words.month import period_name
from sochihoi.ui.words.unusual import Names, correction_words, names_of

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.services.receipts import Taken

ACTS: dict[str, Callable[[], str]] = {
    "sync.decide": lambda: _("Held file decided on"),
    "sync.ask": lambda: _("Correction asked for"),
    "sync.undo": lambda: _("Received files taken back"),
    "sync.answer": lambda: _("Return files written"),
    "sync.looked_at": lambda: _("Looked at what was to be corrected"),
    "sync.phone": lambda: _("Code told by telephone checked"),
}


def correction_line(one: Correction, names: Names) -> str:
    """The same with its period in front."""
    period = period_name(one.period)
    return f"{period[:1].upper()}{period[1:]}: {correction_words(one, names)}"


def slip_line(office: Office) -> Callable[[Correction], str]:
    """That for a paper of this unit."""
    names = names_of(office.definitions)
    return lambda one: correction_line(one, names)


def taken_words(one: Taken, names: Names, *, short: bool = False) -> list[str]:
    """What became of one file of a return file: a line, and one more for each thing to correct, or (``short``) how
    many there are.
    """
    from sochihoi.ui.words.sync import doubt_words, kind_words

    if one.problem is not None:
        return [f"{one.name or kind_words(one.kind)}: {say(one.problem)}"]
    if one.receipt is None:
        told = (
            _("{kind}: applied.") if one.result is not None else _("{kind}: left for a newer version of the program.")
        )
        return [told.format(kind=kind_words(one.kind))]
    receipt = one.receipt.receipt
    place = {"seq": number(receipt.seq), "period": period_name(receipt.period)}
    if receipt.code is None:
        lines = [_("The level above has received file number {seq}, {period}.").format(**place)]
    else:
        returned = _("The level above has returned file number {seq}, {period}.").format(**place)
        lines = [f"{returned} {returned_why(receipt.code.value)}"]
    lines += [_also(file) for file in one.receipt.also]
    if one.receipt.doubt is not None:
        lines.append(str(doubt_words(one.receipt.doubt, receipt)))
    asked = one.receipt.corrections
    if short and asked:
        lines += [_wrong_lines(len([one for one in asked if one.of_line]))] if asked[0].of_line else []
        asked = tuple(one for one in asked if not one.of_line)
    if short and asked:
        told = ngettext("{count} thing is to be looked at.", "{count} things are to be looked at.", len(asked))
        return [*lines, told.format(count=number(len(asked)))]
    return lines + [correction_line(found, names) for found in asked]


def _also(file: SentFile) -> str:
    told = (
        _("It has returned file number {seq}, {period}, too.")
        if file.state is SentState.RETURNED
        else _("It has received file number {seq}, {period}, too.")
    )
    return told.format(seq=number(file.seq), period=period_name(file.period))


def _wrong_lines(count: int) -> str:
    told = ngettext("{count} line of it is named.", "{count} lines of it are named.", count)
    return told.format(count=number(count))


def phoned_words(file: SentFile) -> str:
    """What a code read over the telephone says, and what it does not."""
    told = {
        SentState.RECEIVED: _(
            "The code is right: the level above counts exactly file number {seq}, {period}. Its receipt is here too."
        ),
        SentState.RETURNED: _(
            "The code is that of file number {seq}, {period}, and a receipt says that it was returned."
            " What is signed holds: ask the level above for a new receipt."
        ),
    }.get(
        file.state,
        _(
            "The code is right: the level above counts exactly file number {seq}, {period}."
            " The file is marked as received, by telephone; the signed receipt still comes."
        ),
    )
    return told.format(seq=number(file.seq), period=period_name(file.period))


def decision_words(line: Received) -> str:
    """Who decided what and when; empty before."""
    if line.decision not in Decision.__members__:
        return ""
    told = (
        _("{who} accepted it on {day}.")
        if Decision[line.decision] is Decision.ACCEPTED
        else _("{who} returned it on {day}.")
    )
    return told.format(who=line.decided_by, day=short_date(line.decided_on))


def returned_why(code: str) -> Message:
    """Why the level above returned a file, for the unit that sent it."""
    told: dict[str, Callable[[], tuple[str, str]]] = {
        Code.ROW: lambda: (
            _("Lines of the file are not in the form that the level above knows, so it took none of it."),
            _(
                "See that both sides have the newest version of the program, then write the file of the month again."
                " If it comes back once more, telephone the level above and read it the lines."
            ),
        ),
        Code.SCOPE: lambda: (
            _("Lines of the file are of another unit than the one that signed it, so the level above took none of it."),
            _(
                "Write the file of the month again in this unit's own book;"
                " if it comes back, telephone the level above."
            ),
        ),
        Code.STALE: lambda: (
            _("The level above has a newer file of this unit already."),
            _("Nothing needs to be done."),
        ),
        Code.FORK_SAME_SEQ: lambda: (
            _("The level above has another file of this unit with the same number."),
            _("See whether two PCs of this unit send, then telephone the level above."),
        ),
        Code.FORK_CHAIN: lambda: (
            _("The file does not follow the one that the level above has."),
            _("See whether two PCs of this unit send, then telephone the level above."),
        ),
        Code.EPOCH_UNPROVEN: lambda: (
            _("This book began anew without proof of what it had sent, and the level above did not accept it."),
            _("Telephone the level above, then send the file once more."),
        ),
        Code.UNIT_CLOSED: lambda: (
            _("The level above counts this unit as ended."),
            _("Ask the level above which unit its figures belong to."),
        ),
        Code.HOLD: lambda: (
            _("The level above looked at the file and returned it."),
            _("Read what is to be corrected, make a supplement of the month, and send again."),
        ),
        Code.UNDONE: lambda: (
            _("The level above took this file back: it no longer counts there."),
            _("Ask the level above why, then send the file of the month again."),
        ),
    }
    said = told.get(code)
    if said is None:
        return Message(
            _("The level above could not take this file."), _("Telephone the level above, then send a new file.")
        )
    return Message(*said())


@register(ReasonMissing)
def _reason(_error: ReasonMissing) -> Message:
    return Message(_("Nothing says why."), _("Write a sentence: the unit reads it in its own window."))


@register(NotHeld)
def _not_held(error: NotHeld) -> Message:
    return Message(
        _("“{file}” waits for no decision.").format(file=error.file_name),
        _("Look at the inbox: only files that are held are accepted or returned."),
    )


@register(NoSuchFile)
def _no_such(error: NoSuchFile) -> Message:
    return Message(
        _("No file “{asked}” came in.").format(asked=error.asked),
        _("Use its name or number as the inbox and “receive --json” show it."),
    )


@register(SeveralFiles)
def _several(error: SeveralFiles) -> Message:
    return Message(
        _("Several files called “{asked}” came in.").format(asked=error.asked),
        _("Use the number of one of them: {numbers}.").format(numbers=", ".join(error.numbers)),
    )


@register(BuiltUpon)
def _built_upon(error: BuiltUpon) -> Message:
    return Message(
        _("“{file}” cannot be taken back: the newer file “{by}” of the same unit stands on it.").format(
            file=error.file_name, by=error.by
        ),
        _("Take the newer file back first."),
    )


@register(NothingToTakeBack)
def _nothing(_error: NothingToTakeBack) -> Message:
    return Message(
        _("None of these files counts, so there is nothing to take back."), _("Choose files that were received.")
    )


@register(CannotRebuild)
def _cannot(error: CannotRebuild) -> Message:
    return Message(
        _("“{file}”, which stood before, cannot be opened with the key of this PC, so nothing was taken back.").format(
            file=error.file_name
        ),
        _("Ask the unit to send its newest file again instead."),
    )


@register(NothingCounts)
def _nothing_counts(error: NothingCounts) -> Message:
    return Message(
        _("No file of unit {unit} counts here, so there is no figure to ask about.").format(unit=error.unit),
        _("Wait for its file, or telephone the unit."),
    )


@register(NothingForUs)
def _nothing_for_us(_error: NothingForUs) -> Message:
    return Message(
        _("Nothing in this file can be applied by this version of the program."),
        _("Update the program on this PC, then take the file in again."),
    )


@register(NotACode)
def _not_a_code(error: NotACode) -> Message:
    return Message(
        _("“{typed}” is no code: it has ten letters and digits, without 0, 1, I and O.").format(typed=error.typed),
        _("Have it read once more, letter by letter."),
    )


@register(CodeOfNoFile)
def _code_of_no_file(error: CodeOfNoFile) -> Message:
    return Message(
        _("“{typed}” is the code of no file that was made here.").format(typed=error.typed),
        _("Have it read once more. If it stays the same, the level above has another file: wait for the receipt."),
    )


@register(NotCounted)
def _not_counted(error: NotCounted) -> Message:
    return Message(
        _("“{file}” does not count here, so there is no code to tell.").format(file=error.file_name),
        _("Decide on the file first, or take it in again."),
    )


@register(BadGapCode)
def _bad_gap(error: BadGapCode) -> Message:
    return Message(
        _("“{typed}” is no code of missing months of this unit.").format(typed=error.typed),
        _("Have it read once more, letter by letter, and say the code of your unit."),
    )


@register(NothingMissing)
def _nothing_missing(error: NothingMissing) -> Message:
    what = _("No month of unit {unit} is missing here.").format(unit=error.unit)
    if error.running:
        return Message(what, still_running(Period.parse(error.running)))
    return Message(what, _("Nothing needs to be asked for."))


def still_running(month: Period) -> str:
    """Why the running month is not among those that are missing."""
    text = _("{month} is still going on: nothing of it is due yet.").format(month=period_name(month))
    return text[:1].upper() + text[1:]
