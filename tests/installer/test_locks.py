"""Lock files: everything pinned by hash, for both platforms, with no address of an index in them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "installer" / "locks").glob("*.txt"), key=lambda file: file.stem)
_PIN = re.compile(r"([a-z0-9-]+)==(\S+)")


def _pins(file: Path) -> dict[str, str]:
    return dict(m.groups() for line in file.read_text(encoding="utf-8").splitlines() if (m := _PIN.match(line)))


def _named(requirements: list[str]) -> set[str]:
    """Names alone: a lock pins ``pyhanko[pkcs11]`` as pyhanko, and what the extra brings by its own line."""
    return {re.split(r"[\[<>=~! ]", line)[0].lower() for line in requirements}


def test_a_lock_for_each_platform_and_purpose() -> None:
    assert [file.stem for file in LOCKS] == ["linux", "linux-test", "windows", "windows-test"]


@pytest.mark.parametrize("file", LOCKS, ids=lambda file: file.stem)
def test_only_pins_and_hashes(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert "://" not in text
    assert "index" not in text
    # one requirement: its pin and all of its hashes
    for entry in filter(None, re.split(r"\n(?=[a-z])", text.partition("\n")[2])):
        lines = [line.strip().removesuffix("\\").strip() for line in entry.strip().splitlines()]
        assert _PIN.match(lines[0]), lines[0]
        assert len(lines) > 1, lines[0]
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", line) for line in lines[1:]), lines[0]


@pytest.mark.parametrize("platform", ["linux", "windows"])
def test_locks_follow_the_project_file(platform: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    run = _pins(ROOT / "installer" / "locks" / f"{platform}.txt")
    test = _pins(ROOT / "installer" / "locks" / f"{platform}-test.txt")
    assert _named(project["dependencies"]) | _named(extras["assets"]) <= set(run)
    assert _named(extras["test"]) <= set(test)
    assert run.items() <= test.items()
    assert run["pyside6-essentials"] == "6.8.3"
