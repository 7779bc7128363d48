"""Rules of the house that no linter knows: sizes, names of modules, nothing of one machine in the tree."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = sorted(f for top in ("desktop", "tests", "installer") for f in (ROOT / top).rglob("*.py"))
FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "base", "manager", "core"}
TEXTS = {".py", ".md", ".toml", ".txt", ".po", ".csv", ".svg", ".sh", ".json", ".ini", ".cfg", ".yml", ""}
# an absolute path of somebody's machine, or the address of a package registry
_MACHINE = re.compile(rb"(?<![\w.])/(work|home|root|Users|opt)/\w|file:/{2}/?\w|pypi\.(org|python)|registry\.npmjs")


def _kept() -> list[Path]:
    """Files under version control; without git, every file outside ignored folders."""
    if shutil.which("git") and (ROOT / ".git").exists():
        listed = subprocess.run(["git", "ls-files", "-z"], check=True, cwd=ROOT, capture_output=True).stdout
        return [ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]
    ignored = {".venv", "built", "__pycache__", "sochihoi-demo"}
    return [f for f in ROOT.rglob("*") if f.is_file() and not ignored.intersection(f.relative_to(ROOT).parts)]


def test_no_file_is_longer_than_350_lines() -> None:
    longer = {
        str(f.relative_to(ROOT)): count
        for f in CODE
        if (count := len(f.read_text(encoding="utf-8").splitlines())) > 350
    }
    assert longer == {}


def test_no_module_is_named_after_nothing() -> None:
    named = [str(f.relative_to(ROOT)) for f in CODE if f.stem in FORBIDDEN or f.parent.name in FORBIDDEN]
    assert named == []


def test_nothing_of_one_machine_is_kept() -> None:
    found = []
    for file in _kept():
        if file.suffix in TEXTS and file != Path(__file__):
            found += [
                f"{file.relative_to(ROOT)}:{number}"
                for number, line in enumerate(file.read_bytes().splitlines(), 1)
                if _MACHINE.search(line)
            ]
    assert found == []


@pytest.mark.parametrize("folder", ["resources/built", ".venv", "sochihoi-demo"])
def test_what_is_made_is_ignored(folder: str) -> None:
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert f"{folder}/" in lines
