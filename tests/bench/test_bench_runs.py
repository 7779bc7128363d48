"""The benchmarks still run, and count what they say; how fast they are is looked at by hand."""

from __future__ import annotations

from pathlib import Path

from tests.bench import bench_cipher, bench_figures, bench_search, bench_start


def test_figures_of_a_small_commune(tmp_path: Path) -> None:
    told = bench_figures.run(tmp_path, members=12, branches=3, runs=1)
    assert (told["members counted"], told["branches met"]) == (12, 3)
    assert told["rows in the file"] > 12 * 4
    assert told["ratio"] > 0


def test_keyed_and_unkeyed_hold_the_same_rows(tmp_path: Path) -> None:
    told = bench_cipher.run(tmp_path, rows=50, runs=1)
    assert (told["rows keyed"], told["rows unkeyed"]) == (50, 50)
    assert not (tmp_path / "keyed.db").read_bytes().startswith(b"SQLite format 3")
    assert (tmp_path / "unkeyed.db").read_bytes().startswith(b"SQLite format 3")


def test_both_starts_are_read() -> None:
    told = bench_start.run(runs=1)
    assert told["modules of sochihoi.app"] > told["modules of QtWidgets"] > 0


def test_the_search_of_a_small_commune(tmp_path: Path) -> None:
    told = bench_search.run(tmp_path, members=12, branches=3, runs=1)
    assert (told["names"], told["found at most"]) == (12, 12)
    assert told["ratio"] > 0
