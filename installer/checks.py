"""The one check: format, lint, types, import contracts, catalogues, tests. Every step runs, even after a failure."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CODE = ("desktop", "installer", "tests")
# program -> what cannot be tested without it
TOOLS = {
    "pdftotext": "the words of the reports",
    "qpdf": "the structure of the reports",
    "age": "the encryption, by an independent program",
    "ssh-keygen": "the signatures, by an independent program",
    "unzip": "the container, by an independent program",
    "Xvfb": "the window on a screen",
    "soffice": "the Word documents and workbooks, opened by LibreOffice",
    "gcc": "faults at every file call",
    "initdb": "the records of a level above on a PostgreSQL server",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One part of the check."""

    name: str
    command: tuple[str, ...]


def steps(python: Path) -> list[Step]:
    """In the order of how soon they say something."""
    tools = python.parent
    return [
        Step("format", (str(tools / "ruff"), "format", "--check", *CODE)),
        Step("lint", (str(tools / "ruff"), "check", "--quiet", *CODE)),
        Step("types", (str(python), "-m", "mypy")),
        Step("imports", (str(tools / "lint-imports"),)),
        Step("catalogues", (str(python), "installer/catalogues.py", "check")),
        Step("rules", (*_pytest(python), "tests/domain", *_coverage())),
        Step("tests", (*_pytest(python), "--ignore=tests/domain")),
    ]


def _pytest(python: Path) -> tuple[str, ...]:
    """A test that waits for ever fails by name and says where it stood, instead of holding the whole run."""
    patience = ("-o", "faulthandler_timeout=300", "-o", "faulthandler_exit_on_timeout=true")
    return (str(python), "-m", "pytest", "-n", "2", "-m", "not nightly", *patience)


def _coverage() -> tuple[str, ...]:
    """Every branch of every rule of the domain is seen by a test of the domain; other layers are measured by nobody.

    Only these tests are measured: measuring makes any other test take half as long again.
    """
    return ("--cov=sochihoi.domain", "--cov-branch", "--cov-report=term-missing:skip-covered", "--cov-fail-under=100")


def absent_tools() -> list[str]:
    """Programs that some tests start and this PC does not have."""
    return [name for name in TOOLS if shutil.which(name) is None and not _kept_apart(name)]


def _kept_apart(name: str) -> bool:
    """Debian keeps the programs of a PostgreSQL server out of the path, by version."""
    return any(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))


def run(python: Path, more: Sequence[str], *, strict: bool) -> int:
    """All steps, or only pytest when it is given arguments. 0 when all passed."""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    environment.pop("SOCHIHOI_ALLOW_MISSING_TOOLS", None)
    if not strict:
        environment["SOCHIHOI_ALLOW_MISSING_TOOLS"] = "1"
    absent = absent_tools()
    if more:
        return subprocess.run([str(python), "-m", "pytest", *more], check=False, cwd=ROOT, env=environment).returncode
    results: list[tuple[str, float, bool]] = []
    for step in steps(python):
        print(f"== {step.name}", flush=True)
        began = time.monotonic()
        passed = subprocess.run(step.command, check=False, cwd=ROOT, env=environment).returncode == 0
        results.append((step.name, time.monotonic() - began, passed))
    print("== summary")
    for name, seconds, passed in results:
        print(f"{name:<12}{'passed' if passed else 'FAILED'}{seconds:8.1f} s")
    for tool in absent:
        print(f"not run: {TOOLS[tool]} ({tool} is not installed)")
    sys.stdout.flush()
    return 0 if all(passed for _name, _seconds, passed in results) and not (strict and absent) else 1
