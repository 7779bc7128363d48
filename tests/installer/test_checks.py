"""The one check: what it runs, and what a missing tool means."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from installer import checks


def _programs(folder: Path, failing: str = "") -> Path:
    """Programs that say their name and pass, one of them failing."""
    for name in ("python", "ruff", "lint-imports"):
        file = folder / name
        lines = ["#!/bin/sh", f'echo "{name} $* missing=$SOCHIHOI_ALLOW_MISSING_TOOLS" >> {folder}/said']
        if failing:
            lines.append(f'case "{name} $*" in *{failing}*) exit 1;; esac')
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return folder / "python"


def _said(folder: Path) -> list[str]:
    return (folder / "said").read_text(encoding="utf-8").splitlines()


@pytest.fixture(autouse=True)
def _all_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "absent_tools", list)


def test_all_steps_run_even_after_a_failure(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    python = _programs(tmp_path, failing="format")
    assert checks.run(python, [], strict=True) == 1
    out = capfd.readouterr().out
    names = ["format", "lint", "types", "imports", "catalogues", "rules", "tests"]
    assert [line.removeprefix("== ") for line in out.splitlines() if line.startswith("== ")] == [*names, "summary"]
    assert [line.split()[1] for line in out.splitlines() if line.endswith(" s")] == ["FAILED"] + ["passed"] * 6
    assert len(_said(tmp_path)) == 7


def test_arguments_start_only_pytest_with_them(tmp_path: Path) -> None:
    assert checks.run(_programs(tmp_path), ["-k", "age"], strict=False) == 0
    assert _said(tmp_path) == ["python -m pytest -k age missing=1"]


def test_strict_does_not_allow_missing_tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python = _programs(tmp_path)
    monkeypatch.setenv("SOCHIHOI_ALLOW_MISSING_TOOLS", "1")
    assert checks.run(python, ["-q"], strict=True) == 0
    assert _said(tmp_path) == ["python -m pytest -q missing="]


def test_a_missing_tool_is_named_and_only_strict_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(checks, "absent_tools", lambda: ["age"])
    assert checks.run(_programs(tmp_path), [], strict=False) == 0
    assert "(age is not installed)" in capfd.readouterr().out
    assert checks.run(_programs(tmp_path), [], strict=True) == 1
