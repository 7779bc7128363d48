"""File names."""

from __future__ import annotations

import pytest

from sochihoi.domain.periods import Period
from sochihoi.sync.names import FileName, file_name, receipt_name, recognise

OCTOBER = Period.month(2026, 10)
SEVENTH = FileName("31135", OCTOBER, 7)


def test_a_name_is_ascii_and_recognised() -> None:
    assert file_name("31135", OCTOBER, 7) == "HPN_31135_2026-10_0007.hpn"
    assert recognise(file_name("31135", OCTOBER, 7)) == SEVENTH
    assert recognise(file_name("31135", Period.parse("2026-Q3"), 12345)) == FileName(
        "31135", Period.parse("2026-Q3"), 12345
    )
    assert receipt_name("31135", OCTOBER, 7, 3) == "HPN_31135_2026-10_0007_R0003.hpn"
    assert recognise(receipt_name("31135", OCTOBER, 7, 3)) == FileName("31135", OCTOBER, 7, 3)


@pytest.mark.parametrize(
    "name",
    [
        "HPN_31135_2026-10_0007 (1).hpn",
        "HPN_31135_2026-10_0007(12).hpn",
        "HPN_31135_2026-10_0007 - Copy.hpn",
        "HPN_31135_2026-10_0007 - Bản sao (2).hpn",
        "HPN_31135_2026-10_0007.hpn.zip",
        "HPN_31135_2026-10_0007.zip",
        "HPN_31135_2026-10_0007.hpn (1).zip",
        "hpn_31135_2026-10_0007.HPN",
    ],
)
def test_a_name_is_recognised_after_its_journey(name: str) -> None:
    assert recognise(name) == SEVENTH


@pytest.mark.parametrize(
    "name",
    ["", "a.hpn", "HPN_31135_2026-13_0007.hpn", "HPN_31135_2026-10_7.hpn", "HPN_31135_2026-10_0007.exe", "x" * 999],
)
def test_other_names_are_not_ours(name: str) -> None:
    assert recognise(name) is None
