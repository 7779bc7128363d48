"""Folders of definitions as a level above puts them together, and packs made of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from sochihoi import paths
from sochihoi.services.office import Office

DECEMBER = date(2026, 12, 1)
TARGETS = """
source = { title = "Kế hoạch của Hội LHPN tỉnh Mẫu", year = 2026 }

[[targets]]
id = "hh_pass_pct"
title = { vi = "Hộ hội viên đạt 5 không, 3 sạch", en = "Member households that pass" }
numerator = { vi = "hộ hội viên đạt", en = "member households that pass" }
denominator = { vi = "hộ hội viên", en = "member households" }
period = "annual"
level = "commune"
direction = "at_least"
measured = "percent"
value = 90
computed_from = "household.passing_pct"

[[targets]]
id = "bicycles_n"
title = { vi = "Xe đạp tặng học sinh nghèo", en = "Bicycles for poor pupils" }
numerator = { vi = "xe đạp đã tặng", en = "bicycles given" }
period = "annual"
level = "commune"
direction = "at_least"
measured = "count"
value = 5
"""
SHIPPED = paths.resources() / "definitions"
FORM = (
    (SHIPPED / "forms" / "month-2026.toml")
    .read_text(encoding="utf-8")
    .replace('version = "2026.3"', 'version = "tinh-1"')
    .replace("valid_from = 2015-01-01", "valid_from = 2026-12-01")
    .replace("Kết quả công tác Hội và phong trào phụ nữ {period},", "Công tác Hội {period} theo mẫu của tỉnh,")
)
TREE = """
[[changes]]
effective = 2027-01-01
kind = "MERGED"
from = "99001 99002"
to = "99010"
reason = "Nghị quyết 7/NQ-HĐND ngày 20/11/2026"
"""
UNUSUAL = """
code = "figures"
version = "tinh-1"
valid_from = 2026-12-01
source = "Kế hoạch của tỉnh"

[[rules]]
code = "MEMBERS_GONE"
sign = "fall"
indicators = "org.members"
say = 1
hold = 2
least = 0
tell = true
"""
MEMBERS = """
code = "danh-sach"
purpose = { vi = "Rà soát hội viên trùng giữa các xã", en = "Find members entered in two communes" }
columns = "code full_name birth branch national_id joined"
"""
WITH_PARTY = MEMBERS + 'sensitive = "party_member"\n'


def folder(root: Path, files: Mapping[str, str] | None = None) -> Path:
    """A folder of a pack with these files; without any: the targets."""
    for place, text in (files or {"targets/2026.toml": TARGETS}).items():
        target = root / place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return root


def made(above: Office, root: Path, files: Mapping[str, str] | None = None, effective: date | None = None) -> bytes:
    """The next pack of a level above, made of these files."""
    return above.packs.make(folder(root, files), effective=effective)[1]
