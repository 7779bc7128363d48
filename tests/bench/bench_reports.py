"""All reports of a month of a commune in one batch: a sheet for every branch, and the commune's own. By hand:

PYTHONPATH=desktop python -m tests.bench.bench_reports [members] [branches]
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from sochihoi.reports.preview import page_sizes
from sochihoi.services.demo.build import build
from sochihoi.services.demo.plan import PASSWORD, Places, Plan
from sochihoi.services.opening import open_office
from sochihoi.services.reports import BRANCH_SHEET, MONTH
from tests.bench.timing import table


def run(folder: Path, members: int = 6_000, branches: int = 100, months: int = 2) -> dict[str, float | int]:
    """Seconds of the batch, pages in it, pages a second; the making of the commune is told apart."""
    start = perf_counter()
    made = build(Plan(seed=7, members=members, branches=branches, months=months), Places(folder, folder / "commune"))
    built = perf_counter() - start
    office = open_office(made.places.commune, PASSWORD)
    try:
        span = office.reports.span(max(made.figures))
        sheets = folder / "sheets"
        start, worked = perf_counter(), process_time()
        files = office.reports.write_all(BRANCH_SHEET, span, sheets)
        branch_seconds = perf_counter() - start
        start = perf_counter()
        whole = office.reports.content(office.reports.report(MONTH, span), "pdf")
        commune_seconds = perf_counter() - start
        worked = process_time() - worked  # a busy PC does not count
    finally:
        office.close()
    pages = sum(len(page_sizes(file.read_bytes())) for file in files) + len(page_sizes(whole))
    seconds = branch_seconds + commune_seconds
    return {
        "papers": len(files) + 1,
        "pages": pages,
        "bytes": sum(file.stat().st_size for file in files) + len(whole),
        "sheets of branches, s": branch_seconds,
        "report of the commune, s": commune_seconds,
        "pages a second": pages / seconds,
        "pages a second of work": pages / worked,
        "making the commune, s": built,
    }


if __name__ == "__main__":
    with TemporaryDirectory() as place:
        told = run(Path(place), *(int(one) for one in sys.argv[1:3]))
    print(table("All reports of a month", told))  # noqa: T201 - run by hand
