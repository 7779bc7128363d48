"""A unit's own numbers, and smaller paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from sochihoi.reports import layout, minutes, official, preview, scoring_sheets, sheets
from sochihoi.reports.document import Paragraph
from tests.reports import samples, sheet_samples
from tests.reports.conftest import MM, Line, Tool, find

Read = Callable[[bytes], list[Line]]
A4, A5 = layout.shipped(), layout.shipped().for_paper("A5")


def test_a4_is_the_papers_own_size() -> None:
    assert A4.for_paper("A4") is A4
    with pytest.raises(ValueError, match="A3"):
        A4.for_paper("A3")


def test_a5_is_the_same_paper_made_smaller(lines: Read) -> None:
    share = 148 / 210
    assert (A5.paper_width_mm, A5.paper_height_mm) == (148, 210)
    assert A5.body_pt == pytest.approx(14 * share)
    assert A5.margin_left_mm == pytest.approx(30 * share)
    assert A5.turned().paper_width_mm == A4.turned().for_paper("A5").paper_width_mm == 210
    one = replace(samples.monthly((Paragraph(samples.LONG),)), recipients=samples.RECIPIENTS)
    large, small = lines(official.pdf(one)), lines(official.pdf(one, A5))
    assert [line.text for line in small] == [line.text for line in large]  # broken at the same places
    for text in ("CỘNG HÒA", "BÁO CÁO", "Trong tháng", "TM. BAN THƯỜNG VỤ", "Nơi nhận:"):
        there, here = find(large, text), find(small, text)
        assert here.left == pytest.approx(there.left * share, abs=1), text
        assert here.middle == pytest.approx(there.middle * share, abs=1), text


@pytest.mark.parametrize(
    "make",
    [
        lambda own: sheets.attendance_pdf(sheet_samples.attendance(45), own),
        lambda own: sheets.list_pdf(sheet_samples.members(40), own),
        lambda own: scoring_sheets.household_pdf(sheet_samples.households(), own),
        lambda own: scoring_sheets.branch_pdf(sheet_samples.branch(), own),
        lambda own: minutes.minutes_pdf(sheet_samples.minutes(), own),
    ],
    ids=["attendance", "list", "households", "branch", "minutes"],
)
def test_working_sheets_on_a5_lose_nothing(make: Callable[[layout.Layout], bytes], lines: Read, tool: Tool) -> None:
    small = make(A5)
    for size in preview.page_sizes(small):
        assert sorted(side / MM for side in size) == pytest.approx([148, 210], abs=0.1)
    found = lines(small)
    wide = {at: size[0] / MM for at, size in enumerate(preview.page_sizes(small), 1)}
    for line in found:
        assert 5 <= line.left < line.right <= wide[line.page] - 4, line
    words = sorted(set(" ".join(line.text for line in lines(make(A4))).split()))
    there = " ".join(line.text for line in found)
    lost = [word for word in words if word not in there and not any(letter.isdigit() for letter in word)]
    assert not lost


def test_a_hand_can_still_sign_on_a5(lines: Read) -> None:
    found = lines(sheets.attendance_pdf(sheet_samples.attendance(20), A5))
    numbers = [line for line in found if line.text.split()[0] in {"1", "2", "3"} and line.left < 25]
    assert numbers[1].top - numbers[0].top >= 7.9


@pytest.mark.parametrize(
    ("settings", "line_pt"),
    [
        ({}, 14 * 1.15),
        ({"body_pt": 13}, 13 * 1.15),
        ({"line_spacing": 1.5}, 14 * 1.15 * 1.5),
        ({"fixed_line_pt": 19}, 19),
        ({"fixed_line_pt": 9}, 14),  # letters never touch
    ],
)
def test_lines_of_the_body_stand_as_far_apart_as_the_unit_wants(
    settings: dict[str, float], line_pt: float, lines: Read
) -> None:
    body = (Paragraph(samples.LONG + " " + samples.LONG),)
    found = lines(official.pdf(samples.monthly(body), A4.with_settings(settings)))
    first = find(found, "Trong tháng, Ban Thường vụ")
    below = sorted(line.top for line in found if line.top > first.top + 1)[:3]
    steps = [(after - before) * MM for before, after in zip([first.top, *below], below, strict=False)]
    assert steps == pytest.approx([line_pt] * 3, abs=0.3)
    head = find(found, "Độc lập").top - find(found, "CỘNG HÒA").top
    assert head * MM == pytest.approx(13 * 1.15, abs=0.3)  # the head keeps to single lines
