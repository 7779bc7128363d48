"""What all commands share: options, languages, passwords, exit codes, where words and JSON go."""

from __future__ import annotations

import argparse
import errno
import importlib
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from sochihoi import i18n, paths
from sochihoi.cli.spoken import Parser, UsageError, language_first
from sochihoi.domain.errors import Cancelled, NoRecordsHere, UserError
from sochihoi.i18n import _

if TYPE_CHECKING:
    from sochihoi.domain.periods import Period
    from sochihoi.services.office import Office
    from sochihoi.services.opening import Surroundings

DONE, MENDABLE, USAGE, CRASH = 0, 1, 2, 3
# Whoever read our output went away (``| head -1``): what a program shows that the system itself ended for that
READER_GONE = 128 + 13
# Each module registers its commands: ``register(commands)``
MODULES = (
    *(
        "commune",
        "members",
        "households",
        "reorganise",
        "joining",
        "parting",
        "month",
        "reports",
        "signing",
        "sync",
        "transfers",
        "handover",
        "carrying",
        "twice",
        "book",
        "history",
        "server",
        "privacy",
    ),
    "demo",
)

Handler = Callable[["Call"], int]


class Commands:
    """Where a module hangs its commands."""

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        self._subparsers = parser.add_subparsers(
            dest="command", title=_("commands"), metavar=_("COMMAND"), parser_class=Parser
        )

    def add(self, name: str, handler: Handler, text: str) -> argparse.ArgumentParser:
        """A command with its handler; options are added to what comes back."""
        parser = self._subparsers.add_parser(name, help=text, description=text)
        parser.set_defaults(handler=handler)
        return parser


@dataclass(frozen=True, slots=True)
class Call:
    """One call: the parsed options, and the ways out."""

    options: argparse.Namespace
    around: Surroundings
    out: IO[str]
    err: IO[str]

    @property
    def data(self) -> Path:
        """The data folder."""
        return Path(self.options.data) if self.options.data else paths.default_data()

    @property
    def server(self) -> str:
        """The address of a server that was named, or empty; in the environment no list of processes shows it."""
        return str(self.options.database_url or os.environ.get("SOCHIHOI_DATABASE_URL", ""))

    def password(self) -> str:
        """From the environment, standard input, or a prompt at a terminal. Raises ``NoPassword``."""
        from sochihoi.storage.errors import NoPassword

        given = os.environ.get("SOCHIHOI_PASSWORD")
        if given:
            return given
        if self.options.password_stdin:
            line = sys.stdin.readline().rstrip("\r\n")
            if line:
                return line
            raise NoPassword
        if not sys.stdin.isatty():
            raise NoPassword
        import getpass

        return getpass.getpass(_("Password: "))

    @contextmanager
    def office(self, server: str = "") -> Iterator[Office]:
        """The open commune of ``--data``, its records on ``server`` when that is named; closed again at the end."""
        from sochihoi.services.opening import find_book, open_office

        find_book(self.data)  # said before anybody is asked for a password
        named = server or self.server
        office = open_office(self.data, self.password(), self.options.user, around=self.around, server=named)
        try:
            yield office
        finally:
            office.close()

    @contextmanager
    def records(self) -> Iterator[Office]:
        """The same for commands about members, meetings and figures. Raises ``NoRecordsHere`` at a level above."""
        with self.office() as office:
            if office.is_receiver:
                raise NoRecordsHere
            yield office

    def say(self, text: str) -> None:
        """A message for a person: to standard error."""
        print(text, file=self.err)

    def problem(self, error: UserError | OSError) -> int:
        """Say what happened and what to do; exit 1."""
        from sochihoi.ui import words

        message = words.say(error)
        self.say(f"{message.what} {message.todo}".strip())
        return MENDABLE

    def json(self, value: Any) -> None:
        """The result for a program: to standard output, UTF-8 everywhere."""
        print(json.dumps(value, ensure_ascii=False, indent=1), file=self.out)


def period_option(text: str) -> Period:
    """An argparse type: ``2026-10``, ``2026-Q3``, ``2026-H1``, ``2026``; anything else is wrong usage."""
    from sochihoi.domain.periods import Period

    try:
        return Period.parse(text)
    except UserError as problem:
        raise argparse.ArgumentTypeError(_("“{text}” is not a period such as 2026-10").format(text=text)) from problem


def count_option(least: int, most: int) -> Callable[[str], int]:
    """An argparse type: a whole number within bounds."""

    def read(text: str) -> int:
        try:
            value = int(text)
        except ValueError as problem:
            raise argparse.ArgumentTypeError(_("“{text}” is not a whole number").format(text=text)) from problem
        if not least <= value <= most:
            told = _("{value} is not between {least} and {most}").format(value=value, least=least, most=most)
            raise argparse.ArgumentTypeError(told)
        return value

    return read


def parser() -> argparse.ArgumentParser:
    """The whole grammar."""
    made = Parser(prog="sochihoi", description=_("The book of a commune Women's Union"))
    made.add_argument("--data", metavar=_("DIR"), help=_("the data folder"))
    made.add_argument("--lang", choices=i18n.LANGUAGES, default=None, help=_("the language of messages"))
    made.add_argument("--user", metavar=_("NAME"), help=_("whose password is given"))
    made.add_argument(
        "--database-url",
        metavar=_("URL"),
        help=_("where the PostgreSQL server of this level above is now, when not at the kept address"),
    )
    made.add_argument("--password-stdin", action="store_true", help=_("read the password from standard input"))
    commands = Commands(made)
    for name in MODULES:
        importlib.import_module(f"sochihoi.cli.{name}").register(commands)
    return made


def main(arguments: Sequence[str], around: Surroundings | None = None) -> int:
    """Parse, run, and turn whatever happens into an exit code and a sentence."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    named, others = language_first(arguments)
    i18n.set_language(_language_of(named))
    try:
        status = _run([*named, *others], around)
        sys.stdout.flush()  # here, not at the end of Python: only here can it be told
    except OSError as problem:
        if not _is_reader_gone(problem):
            raise
        return _silenced()
    return status


def _run(arguments: Sequence[str], around: Surroundings | None) -> int:
    from sochihoi.services.opening import Surroundings as Default

    call: Call | None = None
    try:
        options = parser().parse_args(arguments)
        call = Call(options, around or Default(), sys.stdout, sys.stderr)
        handler: Handler | None = getattr(options, "handler", None)
        if handler is None:
            from sochihoi.cli.commune import open_window

            handler = open_window
        return handler(call)
    except UsageError as problem:
        print(problem, file=sys.stderr)
        return USAGE
    except SystemExit:  # argparse, after the help
        return DONE
    except (Cancelled, KeyboardInterrupt):
        return MENDABLE
    except (UserError, OSError) as problem:
        if call is None or (isinstance(problem, OSError) and _is_reader_gone(problem)):
            raise
        return call.problem(problem)
    except Exception as problem:  # noqa: BLE001 - the last boundary: never a traceback for an officer
        return _crash(problem)


def _is_reader_gone(problem: OSError) -> bool:
    """A pipe that is closed at the other end. Windows says it as a bad argument, without a file."""
    if isinstance(problem, BrokenPipeError):
        return True
    return sys.platform == "win32" and problem.errno == errno.EINVAL and problem.filename is None


def _silenced() -> int:
    """Nobody reads any more: what is still in the buffers goes nowhere, without a word."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
    return READER_GONE


def _language_of(named: Sequence[str]) -> str:
    """Before parsing, so that usage errors and the help speak it too. The last one named counts, as with argparse."""
    values = [word.removeprefix("--lang=") for word in named]
    return next((word for word in reversed(values) if word in i18n.LANGUAGES), "vi")


def _crash(problem: Exception) -> int:
    if os.environ.get("SOCHIHOI_TRACEBACK"):
        raise problem
    kind = type(problem).__name__
    print(_("The program stopped unexpectedly ({kind}). Saved work is safe.").format(kind=kind), file=sys.stderr)
    return CRASH
