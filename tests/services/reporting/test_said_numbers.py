"""Which numbers of an officer's words the figures no longer bear out."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sochihoi.services.paper_numbers import NBSP
from sochihoi.services.reporting.said_numbers import no_longer_said
from tests.month_data import OCTOBER, autumn
from tests.offices import make_office
from tests.people_data import add_members
from tests.report_data import sections, write

CASES = {
    "a figure that changed": ("Có 50 hội viên.", "5 chi hội với 50 hội viên.", "5 chi hội với 51 hội viên.", ("50",)),
    "what did not change": ("Cả 5 chi hội.", "5 chi hội với 50 hội viên.", "5 chi hội với 51 hội viên.", ()),
    "her own number": ("Có 12 mô hình hay.", "Có 50 hội viên.", "Có 51 hội viên.", ()),
    "the same number still said of something else": (
        "Đã kết nạp 5 hội viên.",
        "Có 5 chi hội. Kết nạp 5 hội viên.",
        "Có 5 chi hội. Kết nạp 3 hội viên.",
        ("5",),
    ),
    "one of two equal numbers changed": ("A 7 hộ, B 7 hộ.", "A 7 hộ, B 7 hộ.", "A 7 hộ, B 8 hộ.", ("7",)),
    "grouped or not": ("Thu 1250000 đồng.", "Thu 1.250.000 đồng.", "Thu 1.300.000 đồng.", ("1250000",)),
    "grouped or not, unchanged": ("Thu 1250000 đồng.", "Thu 1.250.000 đồng.", "Thu 1.250.000 đồng, 2 kỳ.", ()),
    "a part of a longer number": ("Có 250 hộ.", "Thu 1.250 đồng.", "Thu 1.300 đồng.", ()),
    "percents": ("Đạt 77,5%.", f"Đạt 77,5{NBSP}%.", f"Đạt 78,0{NBSP}%.", ("77,5%",)),
    "percents without tenths": ("Đạt 100 %.", f"Đạt 100,0{NBSP}%.", f"Đạt 100,0{NBSP}%, giảm.", ()),
    "points are no percents": (
        "Tăng 9,5 điểm.",
        f"Đạt 9,5{NBSP}%, tăng 9,5 điểm.",
        f"Đạt 9,5{NBSP}%, tăng 8,0 điểm.",
        ("9,5",),
    ),
    "fractions": ("Có 4 / 5 chi hội.", "Có 4/5 chi hội.", "Có 5/5 chi hội.", ("4 / 5",)),
    "a fraction is not its parts": ("Có 4 lớp cho 5 ấp.", "Có 4/5 chi hội.", "Có 5/5 chi hội.", ()),
    "dates": ("Đến 5/2/2026.", "Đến 05/02/2026.", "Đến 06/02/2026.", ("5/2/2026",)),
    "a date is not its year": ("Năm 2026.", "Đến 05/02/2026, năm 2026.", "Đến 06/02/2026, năm 2026.", ()),
    "at the end of a sentence": ("Thu 50. Hết.", "Thu 50.", "Thu 50. Chi 20.", ()),
    "each once, in order": ("2 lớp, 9 hộ, 2 lớp.", "9 hộ, 2 lớp.", "8 hộ, 3 lớp.", ("2", "9")),
}


@pytest.mark.parametrize("case", CASES)
def test_numbers_that_the_draft_no_longer_says(case: str) -> None:
    content, before, now, named = CASES[case]
    assert no_longer_said(content, before, now) == named


def test_her_words_stay_and_what_the_figures_no_longer_say_is_named(tmp_path: Path) -> None:
    office = make_office(tmp_path / "data", moment=datetime(2026, 11, 2, 2, 0, tzinfo=UTC))
    autumn(office)
    hers = "Toàn xã có 50 hội viên ở 5 chi hội; 12 chị là cán bộ; tỷ lệ dự đạt 77,5%."
    write(office, OCTOBER, "organisation", hers)

    def own() -> tuple[str, bool, tuple[str, ...]]:
        one = next(one for one in sections(office, OCTOBER) if one.section.code == "organisation")
        return one.content, one.stale, one.doubtful

    assert own() == (hers, False, ())
    add_members(office, count=1, joined=date(2026, 10, 4))
    assert own() == (hers, True, ("50",))
    office.reports.keep("month", office.reports.span(OCTOBER.code), "organisation")
    assert own() == (hers, False, ())
    office.close()
