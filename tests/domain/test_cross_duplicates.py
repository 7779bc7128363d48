"""One woman on the lists of two communes: whichever of them asks, its own entry comes first."""

from __future__ import annotations

from sochihoi.domain.cross_duplicates import Pair, Side

EAST = Side("99001", "xã Đông", "m9", "HP00009", "Lê Thị Mẫu", "1971-03-08", "Ấp 1", "2000")
WEST = Side("99002", "xã Tây", "m1", "HP00001", "Lê Thị Mẫu", "1971", "Ấp 2", "2015-01")


def test_a_pair_has_one_name_and_two_sides() -> None:
    pair = Pair(EAST, WEST)
    assert pair.units == ("99001", "99002")
    assert pair.of("99001") == (EAST, WEST)
    assert pair.of("99002") == (WEST, EAST)
    assert pair.key == Pair(WEST, EAST).key == "m1/m9"
