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
    tmp_path: Path, kind: str, counted: Counted, gate: str, communes: int, members: int, branches: int
) -> None:
    told = run(tmp_path, kind, communes, members, branches)
    remark = (
        f"{kind}: {told['lines in the files']:,} lines, median {told['ms a file, median']:.0f} ms,"
        f" p95 {told['ms a file, p95']:.0f} ms, {told['seconds, killed twice']:.0f} s, {told['memory, MB']:.0f} MB"
    )
    counted(gate, communes, {}, least=communes, remark=remark)
    assert told["memory, MB"] < 600, remark


@pytest.mark.parametrize("kind", ENGINES)
def test_twenty_communes(tmp_path: Path, kind: str, counted: Counted, request: pytest.FixtureRequest) -> None:
    if kind == "server":
        request.getfixturevalue("cluster")  # skipped, or failed, where PostgreSQL is missing
    province(tmp_path, kind, counted, f"R19 twenty communes, {kind}", 20, 60, 2)


@pytest.mark.nightly
@pytest.mark.parametrize("kind", ENGINES)
def test_a_province(tmp_path: Path, kind: str, counted: Counted) -> None:
    province(tmp_path, kind, counted, f"R19 a province, {kind}", 168, 3000, 30)
