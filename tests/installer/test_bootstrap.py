"""``bootstrap.py``: which Python it takes, when a step is taken, what it starts."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from installer import setup_steps, system_packages
from sochihoi import paths

ROOT = Path(__file__).resolve().parents[2]
BOOTSTRAP = ROOT / "installer" / "bootstrap.py"
PRETEND = """
import runpy, sys
sys.version_info = {version!r}
sys.argv = [{path!r}, "run"]
runpy.run_path({path!r}, run_name="__main__")
"""


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 15), (3, 10, 13), (3, 14, 0), (4, 0, 0)])
def test_another_python_is_refused_with_a_sentence(version: tuple[int, int, int]) -> None:
    code = PRETEND.format(version=version, path=str(BOOTSTRAP))
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stdout == ""
    assert f"3.11, 3.12 or 3.13; this is Python {version[0]}.{version[1]}." in done.stderr
    assert "Traceback" not in done.stderr


def test_any_python_can_read_the_first_file() -> None:
    text = BOOTSTRAP.read_bytes()
    assert text.isascii()
    tree = ast.parse(text)
    newer = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Match, ast.AsyncFunctionDef)
    assert not [node for node in ast.walk(tree) if isinstance(node, newer)]
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert not any(f.returns or any(a.annotation for a in f.args.args) for f in functions)
    at_once = [name.name for node in tree.body if isinstance(node, ast.Import) for name in node.names]
    assert at_once == ["os", "sys"]


@pytest.mark.parametrize("arguments", [[], ["fly"], ["run", "--fast"], ["setup", "x"]])
def test_wrong_usage(arguments: list[str]) -> None:
    done = subprocess.run([sys.executable, str(BOOTSTRAP), *arguments], check=False, capture_output=True, text=True)
    assert done.returncode == 2
    assert "usage" in done.stderr


def test_a_digest_tells_contents_and_their_bounds_apart(tmp_path: Path) -> None:
    file = tmp_path / "lock.txt"
    file.write_text("ab", encoding="utf-8")
    assert setup_steps.digest(file) == setup_steps.digest("ab")
    assert setup_steps.digest("a", "b") != setup_steps.digest("ab")
    assert setup_steps.digest("ab", "c") != setup_steps.digest("a", "bc")


def test_a_step_is_taken_once_and_again_when_its_inputs_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup_steps, "BUILT", tmp_path / "built")
    words, made = tmp_path / "a.po", tmp_path / "made"
    words.write_text("one", encoding="utf-8")
    command = ["-c", f"open({str(made)!r}, 'a').write('x')"]

    def build() -> int:
        return setup_steps.build(Path(sys.executable), "words", command, [words])

    assert [build(), build()] == [1, 0]
    words.write_text("two", encoding="utf-8")
    assert [build(), build()] == [1, 0]
    assert made.read_text(encoding="utf-8") == "xx"


def test_a_failed_step_leaves_no_stamp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup_steps, "BUILT", tmp_path / "built")
    for _attempt in range(2):
        with pytest.raises(setup_steps.CannotGoOn, match="could not be built"):
            setup_steps.build(Path(sys.executable), "words", ["-c", "raise SystemExit(3)"], [])


def test_packages_are_not_installed_a_second_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup_steps, "VENV", tmp_path)
    started = tmp_path / "started"
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\necho pip >> {started}\necho {tmp_path}\n", encoding="utf-8")
    python.chmod(0o755)
    setup_steps.launcher().parent.mkdir(parents=True)
    assert setup_steps.install_packages(python, "test") == 1
    times = started.read_text(encoding="utf-8")
    assert setup_steps.install_packages(python, "test") == 0
    assert setup_steps.install_packages(python, "run") == 0  # what the tests need holds what a run needs
    assert started.read_text(encoding="utf-8") == times
    (tmp_path / "test.stamp").write_text("of another lock", encoding="ascii")
    assert setup_steps.install_packages(python, "run") == 1


def test_a_folder_that_is_no_environment_is_not_cleared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup_steps, "VENV", tmp_path)
    (tmp_path / "letters.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(setup_steps.CannotGoOn, match="not a Python environment"):
        setup_steps.make_environment()
    assert (tmp_path / "letters.txt").exists()


def test_the_launcher_works_in_a_folder_with_blanks_and_vietnamese_letters(tmp_path: Path) -> None:
    folder = tmp_path / "Sổ Chi hội" / "bin"
    folder.mkdir(parents=True)
    (folder / "python").write_text('#!/bin/sh\necho "$@"\n', encoding="utf-8")
    (folder / "sochihoi").write_text(setup_steps.LAUNCHER, encoding="ascii")
    for name in ("python", "sochihoi"):
        (folder / name).chmod(0o755)
    link = tmp_path / "sochihoi"
    link.symlink_to(folder / "sochihoi")
    done = subprocess.run([link, "send", "a b"], check=True, capture_output=True, text=True)
    assert done.stdout == "-m sochihoi send a b\n"


@pytest.mark.parametrize(
    ("names", "there"), [({}, False), ({"DISPLAY": ":0"}, True), ({"WAYLAND_DISPLAY": "wayland-0"}, True)]
)
def test_a_display(monkeypatch: pytest.MonkeyPatch, names: dict[str, str], there: bool) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in names.items():
        monkeypatch.setenv(name, value)
    assert setup_steps.has_display() is there


class _Starts:
    """A program in the place of Python that notes how it was started."""

    def __init__(self, folder: Path, code: int = 0) -> None:
        self.noted = folder / "noted"
        self.python = folder / "python"
        text = f'#!/bin/sh\necho "$@" >> {self.noted}\nexit {code}\n'
        self.python.write_text(text, encoding="utf-8")
        self.python.chmod(0o755)

    @property
    def lines(self) -> list[str]:
        return self.noted.read_text(encoding="utf-8").splitlines()


def test_without_a_display_the_month_is_done_and_its_exit_code_given_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.chdir(tmp_path)
    starts = _Starts(tmp_path, 7)
    assert setup_steps.start(starts.python) == 7
    assert starts.lines == [f"-m sochihoi demo-run --out {tmp_path / 'sochihoi-demo'}"]


def test_the_first_start_makes_the_demonstration_and_the_next_opens_what_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("SOCHIHOI_HOME", str(tmp_path / "home"))
    starts = _Starts(tmp_path)
    shown = tmp_path / "home" / "demonstration"
    assert setup_steps.start(starts.python) == 0
    assert starts.lines == [f"-m sochihoi demo --out {shown}", f"-m sochihoi --data {shown / 'commune'}"]
    (shown / "commune").mkdir(parents=True)
    (shown / "commune" / "keyring.json").touch()
    setup_steps.start(starts.python)
    assert starts.lines[2:] == [f"-m sochihoi --data {shown / 'commune'}"]
    (tmp_path / "home" / "commune").mkdir()
    (tmp_path / "home" / "commune" / "keyring.json").touch()
    setup_steps.start(starts.python)
    assert starts.lines[3:] == ["-m sochihoi"]


def test_a_later_start_leaves_the_choice_to_the_program_once_another_book_was_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("SOCHIHOI_HOME", str(tmp_path / "home"))
    starts = _Starts(tmp_path)
    sample = tmp_path / "home" / "demonstration" / "commune"
    paths.remember_opened(sample)  # the demonstration, and it was deleted: it is made anew
    assert setup_steps.start(starts.python) == 0
    assert starts.lines == [f"-m sochihoi demo --out {sample.parent}", f"-m sochihoi --data {sample}"]
    paths.remember_opened(tmp_path / "stick")  # there or not: the program opens it, or says that it is gone
    assert setup_steps.start(starts.python) == 0
    assert starts.lines[2:] == ["-m sochihoi"]


@pytest.mark.parametrize("debian", [True, False])
def test_what_brings_an_environment_is_installed_with_the_rest(
    debian: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []

    def install(entries: list[str]) -> None:
        asked.append(entries)
        raise system_packages.CannotInstall("one line")

    monkeypatch.setattr(setup_steps, "VENV", tmp_path / "venv")
    monkeypatch.setattr(setup_steps, "_has_ensurepip", lambda: False)
    monkeypatch.setattr(system_packages, "on_debian", lambda: debian)
    monkeypatch.setattr(system_packages, "missing", lambda _entries: ["libegl1"])
    monkeypatch.setattr(system_packages, "install", install)
    with pytest.raises(system_packages.CannotInstall if debian else setup_steps.CannotGoOn):
        setup_steps.set_up("run")
    assert asked == ([["libegl1", f"python3.{sys.version_info[1]}-venv"]] if debian else [])


def test_system_packages_of_a_test_hold_those_of_a_run() -> None:
    run, test = system_packages.wanted("run"), system_packages.wanted("test")
    assert test[: len(run)] == run
    assert len(set(test)) == len(test)
    assert {"poppler-utils", "age", "qpdf", "xvfb"} <= set(test)
    assert "libglib2.0-0|libglib2.0-0t64" in run


@pytest.mark.skipif(not system_packages.on_debian(), reason="asks dpkg")
def test_a_package_that_is_not_there_is_missing_unless_its_other_name_is() -> None:
    assert system_packages.missing(["dpkg", "not-a-package-of-anyone", "not-a-package|dpkg"]) == [
        "not-a-package-of-anyone"
    ]


def test_without_rights_the_one_line_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(system_packages, "missing", list)
    with pytest.raises(system_packages.CannotInstall, match=r"sudo sh -c 'apt-get update && .* libegl1 libglib2\.0-0'"):
        system_packages.install(["libegl1", "libglib2.0-0|libglib2.0-0t64"])
