"""The benchmarks still run, and count what they say; how fast they are is looked at by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench import bench_cipher, bench_figures, bench_lists, bench_reports, bench_search, bench_start


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


def test_memory_does_not_grow_with_a_list(tmp_path: Path) -> None:
    """10,000 members as PDF and as a workbook: every row is there, and little more memory than for a hundred."""
    import openpyxl
    import pypdfium2

    pytest.importorskip("resource")  # which says how much memory a process had
    told = bench_lists.run(tmp_path, rows=10_000)
    assert told["xlsx, ratio"] < 1.6, told  # measured: 1.1
    assert told["pdf, ratio"] < 2.4, told  # measured: 1.6; with the whole list set at once 4.6
    book = openpyxl.load_workbook(tmp_path / "long.xlsx", read_only=True)
    codes = [row[0] for row in book.worksheets[0].iter_rows(min_row=4, max_col=1, values_only=True)]
    book.close()
    assert codes == [f"HV{at:05}" for at in range(1, 10_001)]
    document = pypdfium2.PdfDocument(tmp_path / "long.pdf")
    found = [word for page in document for word in page.get_textpage().get_text_range().split() if word[:2] == "HV"]
    document.close()
    assert found == codes


def test_all_reports_of_a_small_month(tmp_path: Path) -> None:
    told = bench_reports.run(tmp_path, members=30, branches=3)
    assert told["papers"] == 3 + 1
    assert told["pages"] > 2 * 3
    assert told["pages a second"] > 0


@pytest.mark.nightly
def test_all_reports_of_a_month_of_100_branches(tmp_path: Path) -> None:
    """The volume that the program is made for; the printed figure goes into the note of the release."""
    told = bench_reports.run(tmp_path)
    print(bench_reports.table("All reports of a month", told))  # noqa: T201 - the figure is what the run is for
    assert told["papers"] == 100 + 1
    assert told["pages"] >= 200
    assert told["sheets of branches, s"] < 120
