"""Long lists as files: time, and how much more memory than a short one. By hand:

PYTHONPATH=desktop python -m tests.bench.bench_lists [rows]
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.timing import table

SHORT = 100
# In a process of its own: the peak of a process never falls again
_CODE = """
import json, resource, sys
from time import perf_counter
from tests.bench.bench_lists import write
start = perf_counter()
write(sys.argv[1], int(sys.argv[2]), sys.argv[3])
print(json.dumps([perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


def write(kind: str, count: int, target: str) -> None:
    """A list of so many members, invented row by row."""
    from datetime import date

    people = (
        (f"HV{at:05}", f"Nguyễn Thị {at}", str(1950 + at % 50), f"Ấp {at % 34}", f"09{at:08}", f"Số {at}, đường Lê Lợi")
        for at in range(1, count + 1)
    )
    titles = ("Mã", "Họ và tên", "Năm sinh", "Chi hội", "Điện thoại", "Địa chỉ")
    if kind == "xlsx":
        from sochihoi.reports.lists import ListBook, ListColumn, xlsx

        columns = tuple(ListColumn(title, 20) for title in titles)
        made = xlsx(ListBook("DANH SÁCH HỘI VIÊN", "Tất cả", columns, people, "Hội LHPN xã", date(2026, 10, 1)))
    else:
        from sochihoi.reports.document import Column, Row
        from sochihoi.reports.sheets import ListSheet, list_pdf

        rows = tuple(Row(cells) for cells in people)
        shares = tuple(Column(title, 20) for title in titles)
        lines = ("HỘI LHPN XÃ HÒA PHÚ",)
        made = list_pdf(ListSheet(lines, "DANH SÁCH HỘI VIÊN", "Tất cả", str(count), shares, rows, date(2026, 10, 1)))
    Path(target).write_bytes(made)


def measured(kind: str, count: int, target: Path) -> tuple[float, float]:
    """Seconds, and the highest memory of the process in MB."""
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    arguments = [sys.executable, "-c", _CODE, kind, str(count), str(target)]
    told = subprocess.run(arguments, env=env, check=True, capture_output=True, text=True).stdout
    seconds, peak = json.loads(told)
    return seconds, peak


def run(folder: Path, rows: int = 10_000) -> dict[str, float | int]:
    """Seconds and memory of a long list in both kinds, and the memory beside that of a list of a hundred rows."""
    told: dict[str, float | int] = {"rows": rows}
    for kind in ("pdf", "xlsx"):
        _seconds, short = measured(kind, SHORT, folder / f"short.{kind}")
        seconds, long = measured(kind, rows, folder / f"long.{kind}")
        told |= {f"{kind}, s": seconds, f"{kind}, MB": long, f"{kind}, ratio": long / short}
    return told


if __name__ == "__main__":
    with TemporaryDirectory() as place:
        told = run(Path(place), *(int(one) for one in sys.argv[1:2]))
    print(table("Long lists", told))  # noqa: T201 - run by hand
