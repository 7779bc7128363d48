"""``decide``, ``judge``, ``unreceive``, ``ask``, ``answer``, ``missing``, ``receipt``, ``verify``: the way back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sochihoi.cli.frame import DONE, MENDABLE, Call, Commands, period_option
from sochihoi.i18n import _, ngettext, number

if TYPE_CHECKING:
    from sochihoi.services.office import Office
    from sochihoi.services.receipts import Taken


def register(commands: Commands) -> None:
    """Hang the commands."""
    decide = commands.add("decide", _decide, _("accept or return a file that was held"))
    decide.add_argument("file", metavar=_("FILE|NUMBER"))
    how = decide.add_mutually_exclusive_group(required=True)
    how.add_argument("--accept", action="store_true", help=_("its figures count"))
    how.add_argument("--return", dest="back", action="store_true", help=_("its unit is told why they do not"))
    decide.add_argument("--reason", metavar=_("TEXT"), default="", help=_("what the unit reads; needed to return"))
    judge = commands.add("judge", _judge, _("judge refused files once more"))
    judge.add_argument("files", metavar=_("FILE|NUMBER"), nargs="*", help=_("all that were refused without any"))
    back = commands.add("unreceive", _unreceive, _("take back files that were received"))
    back.add_argument("files", metavar=_("FILE|NUMBER"), nargs="*")
    back.add_argument("--batch", metavar=_("ID"), default="", help=_("every file of one drop"))
    ask = commands.add("ask", _ask, _("ask a unit to look at its figures"))
    ask.add_argument("unit", metavar=_("UNIT"))
    ask.add_argument("--period", metavar=_("P"), type=period_option, required=True, help=_("such as 2026-10"))
    ask.add_argument("--indicator", metavar=_("CODE"), default="", help=_("which figure; the whole month without it"))
    ask.add_argument("--say", metavar=_("TEXT"), required=True, help=_("what the unit reads"))
    answer = commands.add("answer", _answer, _("write the return files for the units"))
    answer.add_argument("units", metavar=_("UNIT"), nargs="*", help=_("all units without any"))
    answer.add_argument("--out", metavar=_("DIR"), required=True, help=_("a stick or folder"))
    missing = commands.add(
        "missing", _missing, _("which months of a unit are missing, and the code that asks for them")
    )
    missing.add_argument("unit", metavar=_("UNIT"))
    missing.add_argument("--period", metavar=_("P"), type=period_option, required=True, help=_("up to which month"))
    receipt = commands.add("receipt", _receipt, _("apply a receipt or a whole return file; codes read by telephone"))
    what = receipt.add_mutually_exclusive_group(required=True)
    what.add_argument("file", metavar=_("FILE"), nargs="?")
    what.add_argument("--code", metavar=_("CODE"), help=_("ten letters that the level above told by telephone"))
    what.add_argument("--tell", metavar=_("FILE|NUMBER"), help=_("the ten letters to tell, at the level above"))
    what.add_argument("--slip", metavar=_("FILE|NUMBER"), help=_("the receipt as a paper, at the level above"))
    receipt.add_argument("--out", metavar=_("FILE"), help=_("where the paper goes"))
    receipt.add_argument("--force", action="store_true", help=_("overwrite a file that is there"))
    verify = commands.add("verify", _verify, _("the commands of other programs that check a file"))
    verify.add_argument("file", metavar=_("FILE"))
    for one in (decide, judge, back, ask, answer, missing, receipt, verify):
        one.add_argument("--json", action="store_true", help=_("the result as JSON on standard output"))


# ---------------------------------------------------------------------- at the level above


def _decide(call: Call) -> int:
    from sochihoi.cli.sync import code_of, say_verdicts, verdict_json
    from sochihoi.ui.words.answers import decision_words

    options = call.options
    with call.office() as office:
        deciding = office.receiving.deciding
        line = deciding.find(options.file)
        if options.accept:
            verdict = deciding.accept(line.id)
            say_verdicts(call, office, (verdict,))
            if options.json:
                call.json(verdict_json(verdict))
            return code_of((verdict,))
        returned = deciding.give_back(line.id, options.reason)
        call.say(f"{returned.file_name}: {decision_words(returned)}")
        if options.json:
            call.json({"file": returned.file_name, "number": returned.id, "decision": returned.decision})
        return DONE


def _judge(call: Call) -> int:
    from sochihoi.cli.sync import code_of, say_verdicts, verdict_json

    with call.office() as office:
        deciding = office.receiving.deciding
        lines = [deciding.find(text) for text in call.options.files] or deciding.quarantined()
        verdicts = deciding.judge_again([line.id for line in lines])
        say_verdicts(call, office, verdicts)
    if call.options.json:
        call.json([verdict_json(one) for one in verdicts])
    return code_of(verdicts)


def _unreceive(call: Call) -> int:
    from sochihoi.ui.words.month import period_name

    with call.office() as office:
        deciding = office.receiving.deciding
        lines = [deciding.find(text).id for text in call.options.files]
        lines += [one.id for one in deciding.of_batch(call.options.batch)]
        undone = deciding.take_back(lines)
    for one in undone.files:
        periods = ", ".join(period_name(period) for period in undone.periods[one.unit_code])
        told = _("{file} was taken back. What stood before stands again: {periods}.")
        call.say(told.format(file=one.file_name, periods=periods))
    if call.options.json:
        call.json({"files": [one.file_name for one in undone.files], "periods": undone.periods})
    return DONE


def _ask(call: Call) -> int:
    from sochihoi.domain.corrections import Correction

    options = call.options
    with call.office() as office:
        one = Correction(options.period.code, options.indicator, said=options.say)
        line = office.receiving.deciding.ask(options.unit, [one])
    call.say(_("Asked. It goes with the next return file of {unit}.").format(unit=line.unit_name or line.unit_code))
    if options.json:
        call.json({"unit": line.unit_code, "file": line.file_name, "corrections": line.facts["corrections"]})
    return DONE


def _answer(call: Call) -> int:
    with call.office() as office:
        written = office.receiving.answers.write(Path(call.options.out), call.options.units)
    for file in written:
        call.say(_("Return file written: {file}").format(file=file))
    told = ngettext("{count} return file.", "{count} return files.", len(written))
    call.say(told.format(count=number(len(written))))
    if call.options.json:
        call.json([str(file) for file in written])
    return DONE


def _missing(call: Call) -> int:
    from sochihoi.ui.words.answers import still_running
    from sochihoi.ui.words.month import period_name

    options = call.options
    with call.office() as office:
        months = office.gaps.missing(options.unit, options.period)
        code = office.gaps.code(options.unit, options.period)
        running = office.gaps.running(options.unit, options.period)
    told = _("Missing of {unit}: {months}. The code that asks for them: {code}")
    call.say(told.format(unit=options.unit, months=", ".join(period_name(one) for one in months), code=code))
    if running is not None:
        call.say(still_running(running))
    if options.json:
        facts = {"unit": options.unit, "months": [one.code for one in months], "code": code}
        call.json({**facts, "running": None if running is None else running.code})
    return DONE


# ---------------------------------------------------------------------- at the commune


def send_gap(call: Call) -> int:
    """``send --gap CODE``: precisely the months that are asked for; 1 while one of them is not closed."""
    from sochihoi.ui.words.month import period_name

    options = call.options
    with call.office() as office:
        asked = office.gaps.asked(options.gap)
        written = office.gaps.write(asked.ready, Path(options.out), overwrite=options.force)
    for file in written:
        call.say(_("Written, read back and found equal: {file}").format(file=file))
    for month in asked.open_:
        call.say(_("{month} is asked for and not closed yet. Close it, then send.").format(month=period_name(month)))
    if options.json:
        facts = {"asked": [one.code for one in asked.months], "open": [one.code for one in asked.open_]}
        call.json({**facts, "files": [str(file) for file in written]})
    return MENDABLE if asked.open_ else DONE


def _receipt(call: Call) -> int:
    options = call.options
    with call.office() as office:
        if options.code is not None:
            return _code(call, office)
        if options.tell is not None or options.slip is not None:
            return _told(call, office)
        from sochihoi.storage.files import read_bytes

        taken = office.receipts.take_any(read_bytes(Path(options.file)), packs=True)
        problems = _say_taken(call, office, taken)
    if options.json:
        call.json([_taken_json(one) for one in taken])
    return MENDABLE if problems else DONE


def _code(call: Call, office: Office) -> int:
    from sochihoi.ui.words.answers import phoned_words

    file = office.phone.check(call.options.code)
    call.say(phoned_words(file))
    if call.options.json:
        call.json({"file": file.file_name, "period": file.period, "seq": file.seq, "state": file.state.name})
    return DONE


def _told(call: Call, office: Office) -> int:
    """The code to tell, or the slip as a file."""
    from sochihoi.storage.files import write_whole

    options = call.options
    line = office.receiving.deciding.find(options.tell or options.slip)
    if options.tell is not None:
        code = office.phone.tell(line.id)
        call.say(f"{line.file_name}: {code}")
        if options.json:
            call.json({"file": line.file_name, "code": code})
        return DONE
    from sochihoi.services.answer_papers import receipt_slip
    from sochihoi.ui.words.answers import returned_why, slip_line

    out = Path(options.out or f"{Path(line.file_name).stem}-bien-nhan.pdf")
    write_whole(
        out, receipt_slip(office, line.id, slip_line(office), returned_why(line.code).what), overwrite=options.force
    )
    call.say(_("Saved: {file}").format(file=out))
    if options.json:
        call.json({"file": str(out)})
    return DONE


def _say_taken(call: Call, office: Office, taken: tuple[Taken, ...]) -> bool:
    """What became of each file; whether one of them was not applied."""
    from sochihoi.ui.words import answers as words
    from sochihoi.ui.words.unusual import names_of

    names = names_of(office.definitions) if any(one.receipt and one.receipt.corrections for one in taken) else {}
    for one in taken:
        for line in words.taken_words(one, names):
            call.say(line)
    return any(one.problem is not None for one in taken)


def _taken_json(one: Taken) -> dict[str, Any]:
    receipt = one.receipt
    told: dict[str, Any] = {"file": one.name, "kind": one.kind, "applied": one.result is not None}
    if receipt is not None:
        facts = receipt.receipt
        told |= {"answer": facts.answer.value, "code": None if facts.code is None else facts.code.value}
        told |= {"receipt_no": facts.receipt_no, "period": facts.period.code, "seq": facts.seq}
        told |= {"corrections": [found.to_json() for found in receipt.corrections]}
        told["also"] = [{"period": file.period, "seq": file.seq, "state": file.state.name} for file in receipt.also]
        told["doubt"] = None if receipt.doubt is None else receipt.doubt.name
    return told


# ---------------------------------------------------------------------- other programs


def _verify(call: Call) -> int:
    from sochihoi.services.third_party import commands
    from sochihoi.storage.files import read_bytes

    path = Path(call.options.file)
    lines = commands(path, read_bytes(path))
    if call.options.json:
        call.json({"file": str(path), "commands": list(lines)})
    else:
        print("\n".join(lines), file=call.out)
    return DONE
