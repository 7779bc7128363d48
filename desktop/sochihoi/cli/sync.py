"""``send``, ``inspect``, ``receive``: the signed file."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sochihoi.cli import accounts, answers, key_register, keys, packs, totals
from sochihoi.cli.frame import DONE, MENDABLE, Call, Commands, period_option
from sochihoi.cli.spoken import UsageError
from sochihoi.domain.errors import UserError
from sochihoi.i18n import _, number

if TYPE_CHECKING:
    from sochihoi.services.inspecting import Inspected
    from sochihoi.services.office import Office
    from sochihoi.services.receiving import Verdict
    from sochihoi.sync.identity import Register

WATCH_SECONDS = 2.0


def register(commands: Commands) -> None:
    """Hang the commands."""
    send = commands.add("send", _send, _("write the signed file of a closed month"))
    what = send.add_mutually_exclusive_group(required=True)
    what.add_argument("--period", metavar=_("P"), type=period_option, help=_("such as 2026-10"))
    what.add_argument("--gap", metavar=_("CODE"), help=_("the months that a code of the level above asks for"))
    send.add_argument("--out", metavar=_("DIR"), help=_("a stick or folder"))
    send.add_argument("--dry-run", action="store_true", help=_("only say what would leave this PC"))
    send.add_argument("--figures-only", action="store_true", help=_("no list of members, although one is asked for"))
    send.add_argument("--force", action="store_true", help=_("overwrite a file that is there"))
    send.add_argument("--json", action="store_true", help=_("the result as JSON on standard output"))
    send.add_argument("--final", action="store_true", help=_("the unit ends with this file, as a pack said"))
    send.add_argument("--handed-to", metavar=_("NAME"), help=_("who carries it: written down with the file"))
    inspect = commands.add("inspect", _inspect, _("say from whom a file is and whether it is whole"))
    inspect.add_argument("file", metavar=_("FILE"))
    inspect.add_argument("--json", action="store_true", help=_("the result as JSON on standard output"))
    receive = commands.add("receive", _receive, _("take in files of the units below"))
    receive.add_argument("paths", metavar=_("FILE|FOLDER"), nargs="+")
    receive.add_argument("--brought-by", metavar=_("NAME"), help=_("who brought them: written down with the files"))
    receive.add_argument("--watch", action="store_true", help=_("go on looking for new files until Ctrl+C"))
    receive.add_argument("--dry-run", action="store_true", help=_("only say what would become of them"))
    receive.add_argument("--json", action="store_true", help=_("the result as JSON on standard output"))
    for part in (keys, key_register, packs, accounts, answers, totals):
        part.register(commands)


# ---------------------------------------------------------------------- sending


def _send(call: Call) -> int:
    options = call.options
    if options.out is None and (options.gap is not None or not options.dry_run):
        raise UsageError(_("--out says where the file goes"))
    if options.gap is not None:
        return answers.send_gap(call)
    with call.office() as office:
        if not options.dry_run:  # what leaves is not told where nothing may leave
            office.ensure_may("sync.send")
        parts = office.sending.leaving(options.period, figures_only=options.figures_only)
        packs.say_leaving(call, parts)
        if options.dry_run:
            if options.json:
                call.json(packs.leaving_json(parts))
            return DONE
        made = office.sending.prepare(options.period, figures_only=options.figures_only, final=options.final)
        target = office.sending.write(made.id, Path(options.out), overwrite=options.force)
        size = target.stat().st_size
        if options.handed_to:
            from sochihoi.services.custody import Custody

            Custody(office).handed(made.sha256, made.file_name, options.handed_to)
    call.say(_("Written, read back and found equal: {file}").format(file=target))
    if options.json:
        facts = {
            "file": str(target),
            "period": made.period,
            "edition": made.edition,
            "seq": made.seq,
            "to": made.to_unit,
        }
        facts |= packs.leaving_json(parts)
        call.json({**facts, "sha256": made.sha256, "manifest_hash": made.manifest_hash, "size": size})
    return DONE


# ---------------------------------------------------------------------- looking


def _inspect(call: Call) -> int:
    from sochihoi.services.inspecting import inspect
    from sochihoi.storage.files import read_bytes
    from sochihoi.sync.errors import Refused
    from sochihoi.ui import words

    path = Path(call.options.file)
    data = read_bytes(path)
    try:
        found = inspect(data, _register(call))
    except Refused as refusal:
        message = words.say(refusal)
        call.say(f"{refusal.code.value}: {message}")
        if call.options.json:
            facts = {"file": str(path), "whole": False, "code": refusal.code.value}
            call.json({**facts, "what": message.what, "todo": message.todo})
        return MENDABLE
    for line in _inspected(found):
        call.say(line)
    if call.options.json:
        call.json({"file": str(path), **found.facts(), "from": _from_whom(found)})
    return DONE


def _register(call: Call) -> Register | None:
    """The keys accepted here, when there is a book and its password is at hand; nothing is asked for."""
    from sochihoi.services.inspecting import register_here
    from sochihoi.storage.folder import DataFolder

    password_there = bool(os.environ.get("SOCHIHOI_PASSWORD")) or call.options.password_stdin
    if not (password_there and DataFolder(call.data).keyring.exists()):
        return None
    try:
        with call.office() as office:
            return register_here(office)
    except (UserError, OSError):
        return None  # another password, or the window has the book open: the file can be looked at all the same


def _from_whom(found: Inspected) -> str:
    if found.known:
        return found.name
    return _("not proven here")


def _inspected(found: Inspected) -> list[str]:
    from sochihoi.ui.words.month import period_name
    from sochihoi.ui.words.sync import also_answers, answer_words, kind_words

    lines = [_("{kind}, whole.").format(kind=kind_words(found.kind))]
    from_whom = _from_whom(found)
    lines.append(_("From whom: {name} (says of itself: unit {unit})").format(name=from_whom, unit=found.unit))
    facts = found.facts()
    if facts.get("revoked"):
        lines.append(_("The key no longer counts here."))
    if found.keys is not None:
        lines.append(_("Name: {name}").format(name=found.keys.name))
        lines.append("  ".join(found.keys.digits))
    elif "number" in facts:
        lines.append(_("File number: {number}").format(number=number(facts["number"])))
    else:
        period = period_name(facts["period"])
        name = period[:1].upper() + period[1:]
        lines.append(_("{period}, file number {seq}").format(period=name, seq=number(facts["seq"])))
    if found.kind == "receipt":
        lines.append(_("About unit {unit}: {answer}").format(unit=facts["about"], answer=answer_words(facts["answer"])))
        lines += filter(None, [also_answers(len(facts["answered"]))])
    if facts["demo"]:
        lines.append(_("Of a demonstration."))
    lines.append(f"SHA-256 {found.sha256}")
    return lines


# ---------------------------------------------------------------------- receiving


def _receive(call: Call) -> int:
    paths = [Path(text) for text in call.options.paths]
    with call.office() as office:
        if call.options.watch:
            return _watch_until_stopped(call, office, paths)
        verdicts = office.receiving.receive(paths, dry_run=call.options.dry_run)
        if call.options.brought_by and not call.options.dry_run:
            from sochihoi.services.custody import Custody

            came = [(one.line.sha256, one.line.file_name) for one in verdicts if one.line is not None]
            Custody(office).received(came, call.options.brought_by)
        say_verdicts(call, office, verdicts)
    if call.options.json:
        call.json([verdict_json(one) for one in verdicts])
    return code_of(verdicts)


def code_of(verdicts: tuple[Verdict, ...]) -> int:
    """1 when a file was refused or waits for a person."""
    from sochihoi.domain.exchange import Outcome

    return MENDABLE if any(one.outcome in (Outcome.REFUSED, Outcome.HELD) for one in verdicts) else DONE


def _watch_until_stopped(call: Call, office: Office, paths: list[Path]) -> int:
    taken: list[Verdict] = []

    def told(verdicts: tuple[Verdict, ...]) -> None:
        taken.extend(verdicts)
        say_verdicts(call, office, verdicts)

    def answered(files: tuple[Path, ...]) -> None:
        for file in files:
            call.say(_("Return file written: {file}").format(file=file))

    call.say(_("Looking for new files every {seconds} seconds; Ctrl+C ends it.").format(seconds=round(WATCH_SECONDS)))
    with stopping() as stop, contextlib.suppress(KeyboardInterrupt):
        watch(office, paths, told, answered, stop, dry_run=call.options.dry_run)
    if call.options.json:
        call.json([verdict_json(one) for one in taken])
    return code_of(tuple(taken))


@contextlib.contextmanager
def stopping() -> Iterator[threading.Event]:
    """An event that Ctrl+C or the system's request to end sets; before, the one is left as it was."""
    stop = threading.Event()
    before = {}
    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
        number_ = getattr(signal, name, None)
        if number_ is not None and threading.current_thread() is threading.main_thread():
            before[number_] = signal.signal(number_, lambda _number, _frame: stop.set())
    try:
        yield stop
    finally:
        for number_, handler in before.items():
            signal.signal(number_, handler)


def watch(
    office: Office,
    paths: list[Path],
    told: Callable[[tuple[Verdict, ...]], None],
    answered: Callable[[tuple[Path, ...]], None] = lambda _files: None,
    stop: threading.Event | None = None,
    *,
    dry_run: bool = False,
    wait: Callable[[float], object] | None = None,
    rounds: int | None = None,
) -> None:
    """Look until ``stop`` is set, or ``rounds`` times. ``wait`` waits between two looks.

    Raises ``NotAReceiver``, ``FolderInUse``.
    """
    from sochihoi.services.watching import Watch

    ended = stop or threading.Event()
    one = Watch(office, paths, told, answered, ended.is_set, dry_run=dry_run)
    with one.held():
        at = 0
        while not ended.is_set() and (rounds is None or at < rounds):
            at += 1
            one.look()
            if rounds is None or at < rounds:
                (wait or ended.wait)(WATCH_SECONDS)


def say_verdicts(call: Call, office: Office, verdicts: tuple[Verdict, ...]) -> None:
    """Each file with its verdict, what is unusual in it, and how many of each."""
    from sochihoi.ui.words import sync as words
    from sochihoi.ui.words.unusual import findings_of, names_of

    unusual = any(one.line is not None and one.line.findings for one in verdicts)
    names = names_of(office.definitions) if unusual else {}

    for one in verdicts:
        code = f" [{one.code}]" if one.code else ""
        unit = one.line.unit_name or one.line.unit_code if one.line is not None else ""
        who = f" ({unit})" if unit else ""
        call.say(f"{one.file_name}{who}: {words.outcome(one.outcome)}{code}. {words.verdict(one)}")
        for line in () if one.line is None else findings_of(one.line, names):
            call.say(f"  {line}")
    call.say(words.counted(verdicts))


def verdict_json(one: Verdict) -> dict[str, Any]:
    """One verdict for a program."""
    from sochihoi.ui.words import sync as words

    line, message = one.line, words.verdict(one)
    return {
        "file": one.file_name,
        "verdict": one.outcome.name,
        "code": one.code or None,
        "unit": None if line is None else line.unit_code or None,
        "name": None if line is None else line.unit_name or None,
        "period": None if line is None else line.period or None,
        "seq": None if line is None else line.seq or None,
        "rows": one.rows,
        "warnings": [] if line is None else list(line.warnings),
        "sha256": None if line is None else line.sha256,
        "number": None if line is None else line.id,
        "batch": None if line is None else line.batch or None,
        "findings": [] if line is None else [dict(told) for told in line.findings],
        "what": message.what,
        "todo": message.todo,
    }
