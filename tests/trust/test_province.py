"""R19: a province of communes received in one drop, killed twice on the way and gone on with, on both engines; every
total counted three times: as it was sent, by the product, by SQL.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.bench.bench_province import run
from tests.trust.conftest import Counted

pytestmark = [
    pytest.mark.R19,
    pytest.mark.skipif(sys.platform == "win32", reason="a process is killed, and its memory told, as Linux does it"),
]
ENGINES = ["file", "server"]


def province(
    tmp_path: Path, kind: str, counted: Counted, gate: str, size: tuple[int, int, int], *, listed: bool
) -> None:
    told = run(tmp_path, kind, *size, listed=listed)
    remark = (
        f"{told['lines in the files']:,} lines, median {told['ms a file, median']:.0f} ms,"
        f" p95 {told['ms a file, p95']:.0f} ms, {told['seconds, killed twice']:.0f} s, {told['memory, MB']:.0f} MB"
    )
    counted(f"R19 {gate}, {kind}", size[0], {}, least=size[0], remark=remark)
    assert told["memory, MB"] < 600, remark


@pytest.mark.parametrize("kind", ENGINES)
def test_twenty_communes(tmp_path: Path, kind: str, counted: Counted, request: pytest.FixtureRequest) -> None:
    if kind == "server":
        request.getfixturevalue("cluster")  # skipped, or failed, where PostgreSQL is missing
    province(tmp_path, kind, counted, "twenty communes", (20, 60, 2), listed=True)


@pytest.mark.nightly
@pytest.mark.parametrize("kind", ENGINES)
@pytest.mark.parametrize("listed", [False, True], ids=["tong-hop", "danh-sach"])
def test_a_province(tmp_path: Path, kind: str, counted: Counted, *, listed: bool) -> None:
    profile = "lists of members" if listed else "figures only"
    province(tmp_path, kind, counted, f"a province, {profile}", (168, 3000, 30), listed=listed)
