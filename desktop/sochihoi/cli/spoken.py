"""argparse in our two languages: what it says by itself goes through our catalogue, like every other sentence."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

from sochihoi import i18n


class UsageError(Exception):
    """Wrong usage: exit 2. Carries what is told."""


def N_(text: str) -> str:
    """Mark a sentence for the catalogue that another program asks for."""
    return text


# What argparse of Python 3.11, 3.12 and 3.13 asks gettext for, letter by letter, as far as our grammar can bring it up
ASKED = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("unrecognized arguments: %s"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("expected one argument"),
    N_("expected at most one argument"),
    N_("expected at least one argument"),
    N_("the following arguments are required: %s"),
    N_("one of the arguments %s is required"),
    N_("not allowed with argument %s"),
    N_("ignored explicit argument %r"),
    N_("unexpected option string: %s"),
)


@contextmanager
def _our_words() -> Iterator[None]:
    """argparse asks two names of its module for every text; while it works for us, they are ours."""
    names: dict[str, Any] = vars(argparse)
    before = names["_"], names["ngettext"]
    names["_"], names["ngettext"] = _translated, i18n.ngettext
    try:
        yield
    finally:
        names["_"], names["ngettext"] = before


def _translated(text: str) -> str:
    return i18n._(text)  # not a literal: the literals stand in ASKED


class Parser(argparse.ArgumentParser):
    """A parser that speaks the language in use, takes no abbreviated options, and raises ``UsageError``."""

    def __init__(self, prog: str | None = None, **options: Any) -> None:
        with _our_words():
            super().__init__(prog=prog, **{**options, "allow_abbrev": False})

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As argparse has it."""
        with _our_words():
            return super().parse_known_args(args, namespace)

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As argparse has it. Raises ``UsageError``, ``SystemExit`` after ``--help``."""
        with _our_words():
            return super().parse_args(args, namespace)

    def format_usage(self) -> str:
        """The line of usage."""
        with _our_words():
            return super().format_usage()

    def format_help(self) -> str:
        """The whole help."""
        with _our_words():
            return super().format_help()

    def print_help(self, file: Any = None) -> None:
        """The help; unlike argparse it does not hide that nobody could read it. Raises ``OSError``."""
        print(self.format_help(), end="", file=file)

    def error(self, message: str) -> NoReturn:
        """Raises ``UsageError``."""
        raise UsageError(f"{self.format_usage()}{self.prog}: {message}")


def language_first(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """``--lang`` with its value, and all the rest: it may be typed anywhere, also behind the command."""
    front: list[str] = []
    rest: list[str] = []
    left = list(arguments)
    while left:
        one = left.pop(0)
        if one == "--":
            rest += [one, *left]
            break
        if one.startswith("--lang="):
            front.append(one)
        elif one == "--lang" and left:
            front += [one, left.pop(0)]
        else:
            rest.append(one)
    return front, rest
