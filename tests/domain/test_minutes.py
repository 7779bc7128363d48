"""Minutes: what was said is kept clean, an agenda alone is no minutes, times are read as they are typed."""

from __future__ import annotations

import json

import pytest

from sochihoi.domain.errors import FieldProblem
from sochihoi.domain.minutes import BLANK_MINUTES, Minutes, Vote, read_time


def test_an_agenda_alone_is_a_plan() -> None:
    assert BLANK_MINUTES.said_nothing
    assert Minutes(agenda="1. Điểm danh", review="Tháng trước").said_nothing
    assert not Minutes(discussion="Bàn về quỹ").said_nothing
    assert not Minutes(conclusion="Thống nhất").said_nothing


def test_texts_are_composed_and_blank_votes_go() -> None:
    typed = Minutes(
        agenda="  Điểm danh \n\n Thu quỹ ",
        votes=(Vote("  Bầu tổ trưởng ", 20, 1), Vote("   "), Vote("", 3)),
        next_topic=" Bi\u0300nh  đẳng ",
        fee_collected=0,
    )
    kept = typed.cleaned()
    assert kept.votes == (Vote("Bầu tổ trưởng", 20, 1), Vote("", 3)), "heads without a question are not lost"
    assert kept.next_topic == "Bình đẳng"
    assert kept.fee_collected == 0, "nothing collected is not the same as nothing said"
    assert kept.cleaned() == kept
    assert Minutes.read(json.loads(json.dumps(kept.plain()))) == kept


@pytest.mark.parametrize(
    ("minutes", "field"),
    [
        (Minutes(fee_collected=-1), "fee_collected"),
        (Minutes(votes=(Vote("Bầu", -1),)), "votes"),
        (Minutes(votes=(Vote("Bầu", 1, -1),)), "votes"),
        (Minutes(votes=(Vote("Bầu", 1, 0, -1),)), "votes"),
    ],
)
def test_nothing_is_below_nought(minutes: Minutes, field: str) -> None:
    with pytest.raises(FieldProblem) as told:
        minutes.cleaned()
    assert (told.value.field, told.value.problem) == (field, "NEGATIVE")


def test_what_a_later_version_added_is_left_out() -> None:
    assert Minutes.read({"conclusion": "Xong", "recording": "x.mp3"}) == Minutes(conclusion="Xong")


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("", ""),
        ("  ", ""),
        ("8", "08:00"),
        ("14h", "14:00"),
        ("14h30", "14:30"),
        ("14 giờ 5 phút", "14:05"),
        ("14:30", "14:30"),
        ("1430", "14:30"),
        ("730", "07:30"),
        ("7g15", "07:15"),
        ("00:00", "00:00"),
    ],
)
def test_a_time_is_read_as_it_is_typed(typed: str, time: str) -> None:
    assert read_time(typed, "starts_at") == time


@pytest.mark.parametrize("typed", ["24", "24h", "2460", "14:60", "chiều", "14h30 sáng", "١٤"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(FieldProblem) as told:
        read_time(typed, "ends_at")
    assert (told.value.field, told.value.problem, told.value.value) == ("ends_at", "TIME", typed)
