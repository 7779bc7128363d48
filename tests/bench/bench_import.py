"""A large list brought in: time of each step, and the highest memory of the process. By hand:

PYTHONPATH=desktop python -m tests.bench.bench_import [rows]
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.timing import table

# In a process of its own: the peak of a process never falls again
_CODE = """
import json, sys
from pathlib import Path
from tests.bench.bench_import import bring_in
print(json.dumps(bring_in(Path(sys.argv[1]), Path(sys.argv[2]))))
"""
_TITLES = (
    *("STT", "Họ và tên", "Ngày sinh", "Số CCCD", "Dân tộc", "Tôn giáo", "Địa chỉ", "Ấp", "Số điện thoại"),
    *("Chi hội", "Tổ", "Ngày vào Hội", "Đảng viên", "Diện hộ", "Vay vốn", "BHYT", "Câu lạc bộ", "Ghi chú"),
)


def write(path: Path, rows: int) -> None:
    """A list of invented members with the columns that such lists have."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Danh sách")
    sheet.append(list(_TITLES))
    given = ("Hằng", "Ánh", "Bé", "Cúc", "Dung", "Đào", "Hương", "Yến")
    for at in range(rows):
        year, hamlet = 1950 + at % 50, f"Ấp {at % 40 + 1}"
        number = int(f"94{1:1}{year % 100:02}{at:06}")
        name = f"Thạch Thị {given[at % 8]} {given[at // 8 % 8]}"
        place = (f"Số {at}, {hamlet}", hamlet, 900_000_000 + at, hamlet, f"Tổ {at % 5 + 1}", 2010)
        more = ("x" * (at % 9 == 0), "Hộ nghèo" * (at % 13 == 0), "NHCSXH 50 triệu", "x", "Gia đình", "")
        sheet.append([at + 1, name, f"{at % 28 + 1}/{at % 12 + 1}/{year}", number, "Khmer", "Phật", *place, *more])
    book.save(path)


def bring_in(path: Path, folder: Path) -> dict[str, float]:
    """Seconds to look at it and to bring it in; people; the highest memory in MB before, between and after."""
    import resource
    from time import perf_counter

    from tests.offices import make_office

    def peak() -> float:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    office = make_office(folder)
    told = {"MB before": peak()}
    start = perf_counter()
    preview = office.imports.preview(path)
    told |= {"seconds to look": perf_counter() - start, "MB looked at": peak()}
    start = perf_counter()
    result = office.imports.commit(preview)
    told |= {"seconds to bring in": perf_counter() - start, "MB": peak(), "people": len(result.lines)}
    start = perf_counter()
    told["coming again"] = office.imports.preview(path).coming()
    told["seconds to look again"] = perf_counter() - start
    office.close()
    return told


def run(folder: Path, rows: int) -> dict[str, float]:
    """The figures of one list, from a process of its own."""
    write(folder / "list.xlsx", rows)
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    arguments = [sys.executable, "-c", _CODE, str(folder / "list.xlsx"), str(folder / "commune")]
    said = subprocess.run(arguments, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout
    told: dict[str, float] = json.loads(said)
    return told


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 12_000
    with TemporaryDirectory() as folder:
        print(table("A large list", run(Path(folder), rows)))  # noqa: T201 - run by hand


if __name__ == "__main__":
    main()
