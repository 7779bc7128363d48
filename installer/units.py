"""Write ``resources/units/vn-2025-07-01.csv`` anew: ``.venv/bin/python installer/units.py``.

Codes and names are facts of Decision 19/2025/QĐ-TTg, in force since 1 July 2025; they are read from the package
``vietnam-provinces`` (of the ``dev`` extra, a tool of development only) and counted before anything is written.
"""

from __future__ import annotations

import csv
import json
import unicodedata
from collections import Counter
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "resources" / "units" / "vn-2025-07-01.csv"
PROVINCE_KINDS = {"tỉnh": "tỉnh", "thành phố trung ương": "thành phố"}
COUNTS = {"xã": 2621, "phường": 687, "đặc khu": 13}
HEAD = (
    "# Provinces and communes of Việt Nam since 2025-07-01, Decision 19/2025/QĐ-TTg: 34 provinces, 3321 communes.\n"
    "# Made by installer/units.py. A province has an empty last column.\n"
)


def rows() -> list[tuple[str, str, str, str]]:
    """(code, name without its kind, kind, code of the province), provinces first, by code."""
    import vietnam_provinces

    told = json.loads(vietnam_provinces.NESTED_DIVISIONS_JSON_PATH.read_text(encoding="utf-8"))
    provinces, communes = [], []
    for province in told:
        code = f"{province['code']:02}"
        provinces.append(_row(code, province["name"], PROVINCE_KINDS[province["division_type"]], ""))
        communes += [_row(f"{w['code']:05}", w["name"], w["division_type"], code) for w in province["wards"]]
    return [*sorted(provinces), *sorted(communes)]


def _row(code: str, name: str, kind: str, province: str) -> tuple[str, str, str, str]:
    clean = unicodedata.normalize("NFC", " ".join(name.split()))
    if clean.lower().startswith(f"{kind} "):
        return code, clean[len(kind) + 1 :], kind, province
    if province:  # some provinces are named without their kind, communes never
        raise ValueError(f"{code}: {clean!r} is not a name of a {kind}")
    return code, clean, kind, province


def check(found: list[tuple[str, str, str, str]]) -> None:
    """Raise ``ValueError`` unless there are 34 provinces and 2,621 + 687 + 13 communes, each code once."""
    kinds = Counter(kind for _code, _name, kind, province in found if province)
    provinces = [row for row in found if not row[3]]
    if kinds != COUNTS or len(provinces) != 34 or len({row[0] for row in found}) != len(found):
        raise ValueError(f"{len(provinces)} provinces, {dict(kinds)}: not what the decision says")


def main() -> int:
    """Read, count, write."""
    found = rows()
    check(found)
    TARGET.parent.mkdir(exist_ok=True)
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        file.write(HEAD)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("code", "name", "kind", "province"))
        writer.writerows(found)
    print(f"{TARGET.name}: {len(found)} rows")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
