"""What all commands share: the language of usage and help, ``--lang`` anywhere, a reader that went away."""

from __future__ import annotations

import argparse
import importlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sochihoi import i18n
from sochihoi.cli import spoken
from sochihoi.cli.frame import DONE, MENDABLE, MODULES, READER_GONE, USAGE, Commands, main
from sochihoi.cli.spoken import language_first
from tests.cli.calls import environment, start
from tests.offices import PASSWORD, around, make_above, make_office

COMMANDS = (
    *("init", "open", "backup", "restore", "import-members", "members", "figures", "close", "report", "check"),
    *("key", "trust", "send", "inspect", "receive", "totals", "demo", "demo-run", "verify-paper", "sign-pdf"),
    *("access-log", "person-file", "consent-slips", "households", "import-households", "reorganise", "join", "joined"),
    *("account", "answer", "approve", "ask", "board", "decide", "enrol", "handover", "judge", "missing", "pack"),
    *(
        "history",
        "part",
        "receipt",
        "register",
        "renew-keys",
        "server",
        "stick",
        "transfer",
        "twice",
        "unite",
        "unreceive",
        "verify",
    ),
)
# What argparse would say by itself, and the placeholders of ours
ENGLISH = re.compile(
    r"\b(usage|positional|arguments?|options?|show|help message|exit|invalid|choose|choice|unrecognized|required"
    r"|following|expected|error|allowed|commands?|DIR|FILE|NAME|TEXT|CODE|FOLDER|PERIOD|SEED|the|and|of)\b"
)


def _ours(text: str) -> str:
    """Without what is typed as it stands: options, their fixed values, names of commands."""
    text = re.sub(r"--[a-z-]+|\{[^}]*\}|'[^']*'|\[-h\]|-h\b|\"[^\"]*\"", "", text)
    for name in sorted((*COMMANDS, "sochihoi", "show"), key=len, reverse=True):  # "show": of a pack, of the register
        text = re.sub(rf"(?<![\w-]){name}(?![\w-])", "", text)
    return text


def _say(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(words)
    told = capsys.readouterr()
    return code, told.out, told.err


def test_no_english_word_is_left_in_any_help(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _err = _say(capsys, "--help")
    assert code == DONE
    assert all(re.search(rf"^    {name}\s", out, re.MULTILINE) for name in COMMANDS)
    for words in ((), *((name,) for name in COMMANDS)):
        code, out, err = _say(capsys, *words, "--help")
        assert (code, err) == (DONE, "")
        assert out.startswith("cách dùng: sochihoi")
        assert ENGLISH.findall(_ours(out)) == [], words


@pytest.mark.parametrize(
    "words",
    [
        ("nothing",),
        ("--lang", "fr", "check"),
        ("--lang",),
        ("init",),
        ("init", "--commune", "1", "--unit", "2"),
        ("init", "--unit", "92", "--level", "BRANCH"),
        ("send",),
        ("send", "--period", "2026-8", "--out", "x"),
        ("members", "--search"),
        ("members", "--nothing"),
        ("members", "--json=yes"),
        ("members", "--sea", "An"),
        ("receive",),
        ("restore", "a", "b"),
        ("demo", "--out", "x", "--members", "no"),
        ("demo", "--out", "x", "--members", "1"),
        ("report", "--format", "docm", "--out", "x"),
        ("close", "--period", "2026-Q5"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_told_in_the_language_chosen(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = _say(capsys, *words)
    assert (code, out) == (USAGE, "")
    assert err.startswith("cách dùng: sochihoi")
    assert ENGLISH.findall(_ours(err)) == []
    code, _out, err = _say(capsys, "--lang", "en", *words)
    assert (code, err.startswith("usage: sochihoi")) == (USAGE, True)


@pytest.mark.parametrize(
    "words",
    [
        ("--lang", "en", "init", "--help"),
        ("--lang=en", "init", "--help"),
        ("init", "--lang", "en", "--help"),
        ("init", "--help", "--lang=en"),
        ("--lang", "vi", "init", "--help", "--lang", "en"),
    ],
    ids=" ".join,
)
def test_the_language_may_stand_anywhere(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _err = _say(capsys, *words)
    assert (code, out.startswith("usage: sochihoi init")) == (DONE, True)
    assert "official five-digit code" in out


def test_the_language_behind_the_command_counts_for_its_sentences(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _out, err = _say(capsys, "--data", str(tmp_path / "none"), "members", "--lang", "en")
    assert (code, "holds no book yet" in err) == (MENDABLE, True)


def test_what_stands_behind_two_hyphens_is_left_alone() -> None:
    assert language_first(["inspect", "--", "--lang", "en"]) == ([], ["inspect", "--", "--lang", "en"])
    assert language_first(["inspect", "--lang"]) == ([], ["inspect", "--lang"])


def test_argparse_has_its_own_words_back_afterwards(capsys: pytest.CaptureFixture[str]) -> None:
    _say(capsys, "--help")
    assert argparse.ArgumentParser(prog="x").format_help().startswith("usage: x")


def test_every_sentence_of_argparse_is_asked_for_as_it_stands_there() -> None:
    source = Path(argparse.__file__).read_text(encoding="utf-8")
    i18n.set_language("vi")
    for text in spoken.ASKED:
        assert f"'{text}'" in source or f'"{text}"' in source, text
        assert i18n._(text) != text


def test_every_command_is_in_the_contract_and_no_other() -> None:
    made = spoken.Parser(prog="x")
    commands = Commands(made)
    for name in MODULES:
        importlib.import_module(f"sochihoi.cli.{name}").register(commands)
    assert set(commands._subparsers.choices) == set(COMMANDS)  # type: ignore[arg-type]
    page = (Path(__file__).parents[2] / "desktop" / "docs" / "commands.md").read_text(encoding="utf-8")
    for name, parser in commands._subparsers.choices.items():  # type: ignore[union-attr]
        told = " ".join(one for one in page.splitlines() if re.match(rf"\|.*`{name}[ `]", one))
        assert told, name
        options = {o for action in parser._actions for o in action.option_strings if o.startswith("--")} - {"--help"}
        if name == "demo-run":
            options -= {"--seed", "--members", "--branches", "--months", "--until"}  # those of demo
        told += "--force"  # told once for all commands
        assert sorted(o for o in options if o not in told) == [], name


@pytest.mark.parametrize("words", [("members", "--json"), ("--help",), ("init", "--help")], ids=" ".join)
def test_a_reader_that_goes_away_is_no_fault(words: tuple[str, ...], tmp_path: Path) -> None:
    make_office(tmp_path / "data").close()
    told = subprocess.Popen(
        [sys.executable, "-m", "sochihoi", "--data", str(tmp_path / "data"), *words],
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert told.stdout is not None
    assert told.stderr is not None
    told.stdout.close()  # before anything is written, whatever the size of the pipe
    said = told.stderr.read().decode()
    told.stderr.close()
    code = told.wait(60)
    assert (code, said) == (READER_GONE, "")


def test_what_only_a_commune_has_is_refused_at_a_level_above(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOCHIHOI_PASSWORD", PASSWORD)
    make_above(tmp_path / "above").close()
    out = str(tmp_path / "o.json")
    for words in (
        ("members",),
        ("import-members", "any.xlsx"),
        ("households", "--out", out),
        ("import-households", "any.xlsx"),
        ("consent-slips", "--out", out),
    ):
        code = main(["--data", str(tmp_path / "above"), *words], around("x"))
        told = capsys.readouterr()
        assert (code, told.out, "bên nhận báo cáo" in told.err) == (MENDABLE, "", True), words


@pytest.mark.parametrize("level", ["commune", "above"])
@pytest.mark.parametrize("demo", [False, True], ids=["real", "demo"])
def test_a_period_to_come_is_a_sentence(
    level: str, demo: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOCHIHOI_PASSWORD", PASSWORD)
    make = make_office if level == "commune" else make_above
    make(tmp_path / "data", demo=demo).close()
    out = str(tmp_path / "out")
    calls = [("figures",), ("close",), ("report", "--format", "pdf", "--out", out), ("send", "--out", str(tmp_path))]
    for words in calls if level == "commune" else [("totals",), ("totals", "--json")]:
        for period in ("2026-11", "2027-01", "2031-12"):
            code = main(["--data", str(tmp_path / "data"), *words, "--period", period], around("x"))
            told = capsys.readouterr()
            assert (code, told.out) == (MENDABLE, ""), (words, period, told.err)
            assert told.err.startswith("Chưa tới tháng"), (words, told.err)
    assert not Path(out).exists()


def test_standard_output_holds_only_the_json(tmp_path: Path) -> None:
    make_office(tmp_path / "data").close()
    done = start(tmp_path, "--data", str(tmp_path / "data"), "members", "--json")
    assert (done.returncode, json.loads(done.stdout), done.stderr) == (DONE, [], "")
