"""What ``bootstrap.py`` does once the Python fits: the environment, the packages, the built files, then start.

Only the standard library, because nothing is installed yet. Stamps (hashes of what a step depends on) decide whether
the step is taken, so a second start takes none.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from installer import checks, system_packages

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
BUILT = ROOT / "resources" / "built"
WINDOWS = sys.platform == "win32"
LAUNCHER = '#!/bin/sh\nexec "$(dirname "$(readlink -f "$0")")/python" -m sochihoi "$@"\n'
LAUNCHER_WINDOWS = '@"%~dp0python.exe" -m sochihoi %*\r\n'


class CannotGoOn(Exception):
    """A step failed in a way that the person at the keyboard can mend. Carries the sentence."""


def main(arguments: Sequence[str]) -> int:
    """Parse, set up, start. Exit code of what was started; 1 when set-up could not go on; 2 for wrong usage."""
    _plain_output()
    parser = argparse.ArgumentParser(prog="bootstrap.py", description="Set up and start Sổ Chi hội.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("setup", help="only install, so that .venv/bin/sochihoi is there")
    verbs.add_parser("run", help="start; the first time on a demonstration commune")
    test = verbs.add_parser("test", help="the one check; more arguments go to pytest, then only pytest runs")
    test.add_argument("--strict", action="store_true", help="a missing tool is a failure")
    options, more = parser.parse_known_args(arguments)
    if more and options.verb != "test":
        parser.error(f"unrecognized arguments: {' '.join(more)}")
    try:
        python = set_up("test" if options.verb == "test" else "run")
        if options.verb == "setup":
            print(f"Ready: {launcher()}")
            return 0
        if options.verb == "test":
            return checks.run(python, more, strict=options.strict)
        return start(python)
    except (CannotGoOn, system_packages.CannotInstall) as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def set_up(purpose: str) -> Path:
    """Bring everything up to date for ``run`` or ``test``; the Python of the environment."""
    began, steps = time.monotonic(), 0
    if system_packages.on_debian():
        absent = system_packages.missing(system_packages.wanted(purpose))
        if not (_has_environment() or _has_ensurepip()):
            absent += system_packages.venv_packages()  # named with the others: who installs by hand does it once
        if absent:
            system_packages.install(absent)
            steps += 1
    steps += make_environment()
    python = environment_python()
    steps += install_packages(python, purpose)
    steps += build(
        python, "catalogues", ["installer/catalogues.py", "build"], [ROOT / "installer" / "catalogues.py", *_words()]
    )
    cut_from = [ROOT / "installer" / "assets.py", ROOT / "installer" / "icon_names.txt", lock_file("run")]
    steps += build(python, "assets", ["installer/assets.py"], cut_from)
    if steps:
        print(f"Set up in {time.monotonic() - began:.0f} s.", flush=True)
    return python


def environment_python() -> Path:
    """The Python inside ``.venv``."""
    return VENV / "Scripts" / "python.exe" if WINDOWS else VENV / "bin" / "python"


def launcher() -> Path:
    """The command of the program inside ``.venv``."""
    return VENV / "Scripts" / "sochihoi.cmd" if WINDOWS else VENV / "bin" / "sochihoi"


def lock_file(purpose: str) -> Path:
    """Exact versions and hashes for this platform; ``test`` holds all of ``run``."""
    return (
        ROOT / "installer" / "locks" / f"{'windows' if WINDOWS else 'linux'}{'-test' if purpose == 'test' else ''}.txt"
    )


def digest(*parts: Path | str) -> str:
    """One hash over texts and over the contents of files, each with its length, so that none runs into the next."""
    total = hashlib.sha256()
    for part in parts:
        data = part.read_bytes() if isinstance(part, Path) else part.encode()
        total.update(b"%d:" % len(data) + data)
    return total.hexdigest()


def holds(stamp: Path, value: str) -> bool:
    """Whether a stamp says that the step was taken with these very inputs."""
    return stamp.is_file() and stamp.read_text(encoding="ascii", errors="replace").strip() == value


def make_environment() -> int:
    """``.venv`` of this very version of Python. Another version's is made anew. Steps taken: 0 or 1."""
    if _has_environment():
        return 0
    if not _has_ensurepip():
        raise CannotGoOn("This Python has no ensurepip module. Install the complete Python, then start again.")
    if VENV.exists() and not (VENV / "pyvenv.cfg").exists() and any(VENV.iterdir()):
        raise CannotGoOn(f"{VENV} is not a Python environment. Move it away, then start again.")
    print(f"Making {VENV.name} with Python {sys.version_info[0]}.{sys.version_info[1]}", flush=True)
    _do([sys.executable, "-m", "venv", "--clear", VENV], "The environment could not be made.")
    return 1


def _has_environment() -> bool:
    return environment_python().exists() and _version_of(environment_python()) == sys.version_info[:2]


def _has_ensurepip() -> bool:
    """Asked of a new process each time: it may have been installed since this one began."""
    asked = subprocess.run([sys.executable, "-c", "import ensurepip"], check=False, capture_output=True)
    return asked.returncode == 0


def _version_of(python: Path) -> tuple[int, ...] | None:
    told = "import pip, sys; print(*sys.version_info[:2])"  # without pip the making was interrupted
    try:
        asked = subprocess.run([python, "-c", told], check=False, capture_output=True, text=True)
    except OSError:  # the Python that it was made with is gone
        return None
    return tuple(int(part) for part in asked.stdout.split()) if asked.returncode == 0 else None


def install_packages(python: Path, purpose: str) -> int:
    """The wheels of the lock file, each checked against its hash, and the program itself. Steps taken: 0 or 1."""
    for known in dict.fromkeys(("test", purpose)):  # what the tests need holds what a run needs
        if holds(VENV / f"{known}.stamp", _packages_digest(known)) and launcher().exists():
            return 0
    lock = lock_file(purpose)
    count = sum("==" in line for line in lock.read_text(encoding="utf-8").splitlines())
    print(
        f"Installing {count} packages of {lock.relative_to(ROOT).as_posix()} (the first time a minute or two)",
        flush=True,
    )
    pip = [python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-input", "--no-deps"]
    _do(
        [*pip, "--require-hashes", "--only-binary", ":all:", "-r", lock],
        "The packages could not be installed. Is there a connection, or a folder of wheels that pip knows of?",
    )
    _put_program(python)
    (VENV / f"{purpose}.stamp").write_text(_packages_digest(purpose), encoding="ascii")
    return 1


def _packages_digest(purpose: str) -> str:
    return digest(lock_file(purpose), LAUNCHER, LAUNCHER_WINDOWS, f"{sys.version_info[:2]} {ROOT}")


def _put_program(python: Path) -> None:
    """Our own code is used from where it lies: a path file and a launcher, no build tool."""
    told = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = subprocess.run([python, "-c", told], check=True, capture_output=True, text=True, encoding="utf-8")
    # a statement in ASCII: Python on Windows reads path files in a code page that lacks Vietnamese letters
    line = f"import sys; sys.path.append({str(ROOT / 'desktop')!a})\n"
    Path(site.stdout.strip(), "sochihoi.pth").write_text(line, encoding="ascii")
    launcher().write_bytes((LAUNCHER_WINDOWS if WINDOWS else LAUNCHER).encode("ascii"))
    launcher().chmod(0o755)


def _words() -> list[Path]:
    return sorted((ROOT / "i18n").rglob("*.po"))


def build(python: Path, name: str, command: Sequence[str], inputs: Iterable[Path]) -> int:
    """Make one of the ignored folders when what it is made from changed. Steps taken: 0 or 1."""
    files = list(inputs)
    value = digest(*files, *(file.name for file in files))
    stamp = BUILT / f"{name}.stamp"
    if holds(stamp, value):
        return 0
    print(f"Building {name}", flush=True)
    _do([python, *command], f"The {name} could not be built.")
    BUILT.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value, encoding="ascii")
    return 1


def _do(command: Sequence[str | Path], problem: str) -> None:
    done = subprocess.run([str(part) for part in command], check=False, cwd=ROOT)
    if done.returncode:
        raise CannotGoOn(problem)


def has_display() -> bool:
    """Windows has one; elsewhere X11 or Wayland must be named."""
    return WINDOWS or sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def start(python: Path) -> int:
    """Open the window: on the book that was open last, else on the user's own, else on the demonstration. Without a
    display do the whole month there.
    """
    program = [str(python), "-m", "sochihoi"]
    if not has_display():
        out = Path.cwd() / "sochihoi-demo"
        print(f"No display: the whole month is done without a window, into {out}", flush=True)
        return subprocess.run([*program, "demo-run", "--out", str(out)], check=False).returncode
    sys.path.insert(0, str(ROOT / "desktop"))
    from sochihoi import paths

    home = paths.home() / "demonstration"
    last = paths.last_opened()
    if paths.holds_book(paths.default_data()) or last not in (None, home / "commune"):
        return subprocess.run([*program], check=False).returncode  # the program knows which was open last
    if not paths.holds_book(home / "commune"):
        if home.exists():  # an interrupted making: only ours lies here, and it is made again from its seed
            shutil.rmtree(home)
        print("The first start: making a demonstration commune", flush=True)
        made = subprocess.run([*program, "demo", "--out", str(home)], check=False)
        if made.returncode:
            return made.returncode
    return subprocess.run([*program, "--data", str(home / "commune")], check=False).returncode


def _plain_output() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
