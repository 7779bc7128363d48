"""What passes between two levels: how far a key counts, what was sent, whether a goal was reached."""

from __future__ import annotations

from fractions import Fraction

import pytest

from sochihoi.domain.exchange import Direction, ReceivedTarget, SentFile, SentState, Stream, TrustedKey


@pytest.mark.parametrize(("epoch", "seq", "last"), [(1, 7, (1, 7)), (None, 7, None), (1, None, None)])
def test_a_revoked_key_counts_up_to_a_place_of_its_stream(
    epoch: int | None, seq: int | None, last: tuple[int, int] | None
) -> None:
    key = TrustedKey(
        "k", "99001", "xã A", "COMMUNE", Direction.SENDER, b"", "f", "", None, last_epoch_no=epoch, last_seq=seq
    )
    assert key.last_trusted == last


def test_a_file_is_sent_once_a_copy_lies_outside() -> None:
    def file(state: SentState) -> SentFile:
        return SentFile("1", "bao-cao.hpn", "i", "2026-10", 1, "e", 1, "h", "s", "99000", state, "", None)

    assert [file(state).counts_as_sent for state in SentState] == [False, True, True, False, True]


def test_a_stream_begins_with_its_first_file() -> None:
    assert Stream("99001", "e", 1, 1, "h").begun
    assert not Stream("99001", "e", 1, 0, "", receipt_no=3).begun, "all were taken back"


def target(
    direction: str, figure: Fraction | None, goal: Fraction | None, whole: int | None = None, *, is_share: bool = False
) -> ReceivedTarget:
    return ReceivedTarget("99001", "2026-10", "t", "2026", direction, is_share, figure, whole, goal, "f")


@pytest.mark.parametrize(
    ("direction", "below", "at", "above"),
    [
        ("AT_LEAST", False, True, True),
        ("OVER", False, False, True),
        ("AT_MOST", True, True, False),
        ("UNDER", True, False, False),
        ("EXACTLY", False, True, False),
    ],
)
def test_a_goal_is_compared_exactly(direction: str, *, below: bool, at: bool, above: bool) -> None:
    share = [target(direction, Fraction(n), Fraction(17, 20), 1000, is_share=True).met for n in (849, 850, 851)]
    assert share == [below, at, above]
    assert [target(direction, Fraction(n), Fraction(5)).met for n in (4, 5, 6)] == [below, at, above]


def test_what_is_not_known_is_neither_reached_nor_missed() -> None:
    half = Fraction(1, 2)
    assert target("AT_LEAST", None, half).met is None
    assert target("AT_LEAST", half, None).met is None
    assert [target("AT_LEAST", half, half, whole, is_share=True).met for whole in (None, 0)] == [None, None]
