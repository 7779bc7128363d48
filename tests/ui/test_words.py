"""Every problem has two sentences, in both languages; and what they say holds no code."""

from __future__ import annotations

import errno
import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

import sochihoi
from sochihoi import i18n
from sochihoi.domain.errors import FieldProblem, MonthClosed, NotAllowed, NotFound, UserError
from sochihoi.domain.member_lists import Entry
from sochihoi.domain.people import PartialDate
from sochihoi.ui import words
from sochihoi.ui.words import likeness


def _modules() -> Iterator[str]:
    for found in pkgutil.walk_packages(sochihoi.__path__, "sochihoi."):
        elsewhere = found.name.startswith(("sochihoi.ui", "sochihoi.app", "sochihoi.cli", "sochihoi.__main__"))
        if not elsewhere and "migrations" not in found.name:
            yield found.name


def problems() -> list[type[UserError]]:
    """Every class of a problem in the package."""
    for name in _modules():
        importlib.import_module(name)
    found: list[type[UserError]] = []
    waiting = list(UserError.__subclasses__())
    while waiting:
        kind = waiting.pop()
        if kind.__module__.startswith("sochihoi."):
            found.append(kind)
        waiting += kind.__subclasses__()
    return sorted(set(found), key=lambda kind: (kind.__module__, kind.__qualname__))


@pytest.mark.parametrize("kind", problems(), ids=lambda kind: kind.__qualname__)
def test_every_problem_has_words(kind: type[UserError]) -> None:
    assert words.writer_for(kind) is not None, f"{kind.__module__}.{kind.__qualname__}"


@pytest.mark.parametrize(
    "error",
    [
        NotFound("member", "HP00417"),
        FieldProblem("phone", "SHORT", "0912"),
        FieldProblem("name", "EMPTY"),
        MonthClosed("2026-09", date(2026, 9, 30)),
        NotAllowed("VIEWER", "member.save"),
        OSError(errno.ENOSPC, "No space left", "USB/HPN.hpn"),
        OSError(errno.EBUSY, "busy", "USB/HPN.hpn"),
        OSError(errno.EIO, "io"),
        PermissionError(errno.EACCES, "denied", "USB/HPN.hpn"),
        FileNotFoundError(errno.ENOENT, "missing", "USB/HPN.hpn"),
    ],
    ids=lambda error: f"{type(error).__name__}-{getattr(error, 'errno', '')}",
)
def test_two_sentences_what_happened_and_what_to_do(error: BaseException) -> None:
    said = words.say(error)
    for sentence in (said.what, said.todo):
        assert sentence.endswith(".")
        assert "!" not in sentence
        assert "{" not in sentence
    assert str(said) == f"{said.what} {said.todo}"


def test_an_error_without_words_is_a_fault_of_ours() -> None:
    with pytest.raises(LookupError):
        words.say(ValueError())


def test_words_need_no_qt() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from sochihoi.ui import words; "
        "words.writer_for(OSError); sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, env=_env()).returncode == 0


def _env() -> dict[str, str]:
    import os
    from pathlib import Path

    return os.environ | {"PYTHONPATH": str(Path(sochihoi.__file__).parents[1])}


def test_a_person_who_only_lives_in_a_household_is_no_member() -> None:
    i18n.set_language("vi")
    child = Entry("1", None, "", "Lê Văn An", "", PartialDate(2015), "", "", "")
    assert likeness.entry_line(child) == "Không phải hội viên · 2015"
    assert likeness.entry_line(replace(child, code="HP00417", branch="An Hòa")) == "HP00417 · An Hòa · 2015"
