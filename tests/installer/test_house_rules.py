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
    """Files under version control; where git is missing or may not look, every file outside ignored folders."""
    if shutil.which("git") and (ROOT / ".git").exists():
        listed = subprocess.run(["git", "ls-files", "-z"], check=False, cwd=ROOT, capture_output=True)
        if listed.returncode == 0:
            names = listed.stdout.decode().split("\0")
            return [ROOT / name for name in names if name and (ROOT / name).is_file()]
    return _outside_ignored_folders(ROOT)


def _outside_ignored_folders(root: Path) -> list[Path]:
    lines = (root / ".gitignore").read_text(encoding="utf-8").splitlines()
    made = [line.rstrip("/") for line in lines if line.endswith("/")]
    ignored = {".git", *(name for name in made if "/" not in name)}
    deeper = [root / name for name in made if "/" in name]
    found = (f for f in root.rglob("*") if f.is_file() and not ignored.intersection(f.relative_to(root).parts))
    return [f for f in found if not any(f.is_relative_to(folder) for folder in deeper)]


def test_without_git_only_what_could_be_kept_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text(".venv/\n*.mo\nresources/built/\n", encoding="utf-8")
    for name in (".git/config", ".venv/pyvenv.cfg", "resources/built/a.stamp", "resources/b.toml", "built/c.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    kept = {f.relative_to(tmp_path).as_posix() for f in _outside_ignored_folders(tmp_path)}
    assert kept == {".gitignore", "resources/b.toml", "built/c.py"}


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
